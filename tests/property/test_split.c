/* test_split.c - laws of a split cost, over 10 000 random services: shares add up to the amount to the unit, in kroner and in
 * øre, positive and negative, to 1e15; none has the other sign; each is the exact share cut or that and one unit; who has a larger
 * remainder gets one first; and permuting the municipalities permutes the answer, ties included. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/split.h>
#include <cmocka.h>

#include "effort.h"
#include "tables.h"

enum { CASES = 10000, PLACES = 12, BASES = 4 };

typedef struct service {
    size_t n;
    char codes[PLACES][8];
    behov_municipality places[PLACES];
    int64_t values[BASES][PLACES];
    behov_split_basis bases[BASES];
    behov_split_request request;
    behov_split_key key;
} service;

/* Amounts of every size, often small, so that there are fewer kroner than municipalities. */
static int64_t draw_amount(dice *random)
{
    double size = pow(10, 15 * dice_uniform(random));
    int64_t amount = (int64_t)floor(size * dice_uniform(random));
    return dice_below(random, 4) == 0 ? -amount : dice_below(random, 20) == 0 ? BEHOV_SPLIT_MOST : amount;
}

static void draw_service(dice *random, service *service)
{
    *service = (struct service){.n = 2 + dice_below(random, PLACES - 1)};
    size_t first_code = dice_below(random, 1000);
    for (size_t i = 0; i < service->n; i++) {
        snprintf(service->codes[i], sizeof service->codes[i], "%04u",
                 (unsigned)(first_code + (7 * i) % PLACES) % 10000);
        service->places[i] = (behov_municipality){service->codes[i], "", NAN, i};
    }
    for (size_t k = 0; k < BASES; k++) {
        /* few distinct values: ties; some 0 */
        size_t most = k == 0 ? 3 : k == 1 ? 20 : 100000;
        for (size_t i = 0; i < service->n; i++)
            service->values[k][i] = (int64_t)dice_below(random, most);
        service->values[k][dice_below(random, service->n)] += 1;
        service->bases[k] = (behov_split_basis){"x", k == 3 ? NULL : service->values[k]};
    }
    service->request = (behov_split_request){service->places, service->n, service->bases, BASES, draw_amount(random)};
    service->key = (behov_split_key){.name = "key", .n_parts = 1 + dice_below(random, BASES)};
    for (size_t k = 0; k < service->key.n_parts; k++)
        service->key.parts[k] =
            (behov_split_part){(k + dice_below(random, 2) * 2) % BASES, 1 + (int64_t)dice_below(random, 1000000000)};
}

static void split(const service *service, int64_t *shares, double *shares_pct)
{
    behov_error err;
    behov_status status = behov_split_by_key(&service->request, &service->key, shares, shares_pct, &err);
    if (status)
        fail_msg("%s", err.what);
}

static void check_service(uint64_t seed)
{
    dice random = dice_of(seed);
    service service, permuted;
    int64_t shares[PLACES], others[PLACES], sum = 0;
    double shares_pct[PLACES], sum_pct = 0;
    draw_service(&random, &service);
    split(&service, shares, shares_pct);
    int64_t amount = service.request.amount;
    for (size_t i = 0; i < service.n; i++) {
        long double exact = (long double)amount * shares_pct[i] / 100;
        sum += shares[i];
        sum_pct += shares_pct[i];
        if (amount >= 0 ? shares[i] < 0 : shares[i] > 0)
            fail_msg("seed %llu: a share of the other sign", (unsigned long long)seed);
        if (fabsl((long double)shares[i] - exact) > 1 + 1e-13L * fabsl(exact))
            fail_msg("seed %llu: a share is more than one unit off", (unsigned long long)seed);
    }
    if (sum != amount || fabs(sum_pct - 100) > 1e-11)
        fail_msg("seed %llu: shares add up to %lld, not %lld", (unsigned long long)seed, (long long)sum,
                 (long long)amount);
    /* another order */
    size_t order[PLACES];
    for (size_t i = 0; i < service.n; i++)
        order[i] = i;
    for (size_t i = service.n; i > 1; i--) {
        size_t j = dice_below(&random, i), kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
    permuted = service;
    for (size_t i = 0; i < service.n; i++) {
        permuted.places[i] = service.places[order[i]];
        for (size_t k = 0; k < BASES; k++)
            permuted.values[k][i] = service.values[k][order[i]];
    }
    for (size_t k = 0; k + 1 < BASES; k++)
        permuted.bases[k].values = permuted.values[k];
    permuted.request.places = permuted.places;
    permuted.request.bases = permuted.bases;
    split(&permuted, others, NULL);
    for (size_t i = 0; i < service.n; i++)
        if (others[i] != shares[order[i]])
            fail_msg("seed %llu: another order gives another share", (unsigned long long)seed);
}

static void laws(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(CASES); seed++)
        check_service(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(laws)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
