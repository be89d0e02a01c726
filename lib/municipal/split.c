/* split.c - see split.h. Remainders are whole numbers over one denominator: sums of bases times the sum of weights. */
#include <behov/split.h>

#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide_whole;

/* Doubling and adding one share stays far below 2^128. */
static const wide_whole GREATEST = (wide_whole)1 << 120;

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SPLIT_NO_MEMORY);
}

behov_split_key behov_split_fixed_key(const char *name, int64_t amount, int64_t fixed, size_t equal_basis,
                                      size_t variable_basis)
{
    behov_split_key key = {.name = name};
    int64_t rest = amount - fixed;
    if (fixed)
        key.parts[key.n_parts++] = (behov_split_part){equal_basis, fixed < 0 ? -fixed : fixed};
    if (rest)
        key.parts[key.n_parts++] = (behov_split_part){variable_basis, rest < 0 ? -rest : rest};
    if (!key.n_parts) /* nothing to split */
        key.parts[key.n_parts++] = (behov_split_part){equal_basis, 1};
    return key;
}

/* ---- one key ------------------------------------------------------------------------------------------------------- */

static bool multiply(wide_whole *product, wide_whole factor)
{
    if (factor && *product > GREATEST / factor)
        return false;
    *product *= factor;
    return true;
}

static wide_whole basis_value(const behov_split_basis *basis, size_t place)
{
    return basis->values ? (wide_whole)basis->values[place] : 1;
}

static behov_status sum_basis(const behov_split_request *request, const behov_split_basis *basis, wide_whole *sum,
                              behov_error *err)
{
    *sum = 0;
    for (size_t i = 0; i < request->n_places; i++) {
        if (basis->values && basis->values[i] < 0)
            return behov_error_say(err, BEHOV_E_DATA, request->places[i].code, SAY_SPLIT_BASIS_NEGATIVE, basis->name);
        *sum += basis_value(basis, i);
    }
    return *sum ? BEHOV_OK : behov_error_say(err, BEHOV_E_DATA, "", SAY_SPLIT_BASIS_EMPTY, basis->name);
}

/* The numerator of each place, and the denominator that they add up to. */
static behov_status add_fractions(const behov_split_request *request, const behov_split_key *key,
                                  wide_whole *numerators, wide_whole *denominator, behov_error *err)
{
    wide_whole sums[BEHOV_SPLIT_PARTS], weights = 0;
    behov_status status = BEHOV_OK;
    if (!key->n_parts || key->n_parts > BEHOV_SPLIT_PARTS)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SPLIT_BAD_WEIGHT, key->name);
    for (size_t k = 0; k < key->n_parts && !status; k++) {
        const behov_split_part *part = &key->parts[k];
        if (part->basis >= request->n_bases || part->weight <= 0 || part->weight > BEHOV_SPLIT_MOST)
            return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SPLIT_BAD_WEIGHT, key->name);
        weights += (wide_whole)part->weight;
        status = sum_basis(request, &request->bases[part->basis], &sums[k], err);
    }
    *denominator = weights;
    for (size_t k = 0; k < key->n_parts && !status; k++)
        if (!multiply(denominator, sums[k]))
            status = behov_error_say(err, BEHOV_E_RANGE, "", SAY_SPLIT_TOO_LARGE, key->name);
    for (size_t k = 0; k < key->n_parts && !status; k++) {
        wide_whole factor = *denominator / weights / sums[k] * (wide_whole)key->parts[k].weight;
        for (size_t i = 0; i < request->n_places; i++)
            numerators[i] += factor * basis_value(&request->bases[key->parts[k].basis], i);
    }
    return status;
}

/* amount * numerator / denominator as a whole number and a remainder, bit by bit of the amount. */
static uint64_t divide(uint64_t amount, wide_whole numerator, wide_whole denominator, wide_whole *remainder)
{
    uint64_t whole = 0;
    *remainder = 0;
    for (int bit = 63; bit >= 0; bit--) {
        whole *= 2;
        *remainder *= 2;
        if (amount >> bit & 1u)
            *remainder += numerator;
        for (; *remainder >= denominator; whole++)
            *remainder -= denominator;
    }
    return whole;
}

/* 100 * numerator / denominator, rounded once: a long double has other digits on other machines. */
static double divide_to_pct(wide_whole numerator, wide_whole denominator)
{
    wide_whole remainder;
    uint64_t bits = divide(100, numerator, denominator, &remainder);
    int power = 0;
    for (; remainder && bits < (uint64_t)1 << 62; power++) {
        remainder *= 2;
        bits = 2 * bits + (remainder >= denominator);
        remainder -= remainder >= denominator ? denominator : 0;
    }
    double share_pct = (double)(bits | (remainder != 0)); /* the lowest bit settles what is no tie */
    for (; power; power--)
        share_pct /= 2;
    return share_pct;
}

typedef struct remainder {
    wide_whole value;
    const char *code;
    size_t place;
} remainder;

static int compare_remainders(const void *a, const void *b)
{
    const remainder *x = a, *y = b;
    return x->value > y->value ? -1 : x->value < y->value ? 1 : strcmp(x->code, y->code);
}

static int compare_codes(const void *a, const void *b)
{
    return strcmp(((const remainder *)a)->code, ((const remainder *)b)->code);
}

static behov_status refuse_two_of_one_code(const behov_split_request *request, remainder *remainders, behov_error *err)
{
    for (size_t i = 0; i < request->n_places; i++)
        remainders[i] = (remainder){0, request->places[i].code, i};
    qsort(remainders, request->n_places, sizeof *remainders, compare_codes);
    for (size_t i = 1; i < request->n_places; i++)
        if (strcmp(remainders[i - 1].code, remainders[i].code) == 0)
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_SPLIT_CODE_TWICE, remainders[i].code);
    return BEHOV_OK;
}

static void split_amount(const behov_split_request *request, const wide_whole *numerators, wide_whole denominator,
                         remainder *remainders, int64_t *shares)
{
    bool is_negative = request->amount < 0;
    uint64_t amount = (uint64_t)(is_negative ? -request->amount : request->amount), left = amount;
    for (size_t i = 0; i < request->n_places; i++) {
        remainders[i] = (remainder){0, request->places[i].code, i};
        uint64_t whole = divide(amount, numerators[i], denominator, &remainders[i].value);
        shares[i] = (int64_t)whole;
        left -= whole;
    }
    qsort(remainders, request->n_places, sizeof *remainders, compare_remainders);
    for (size_t i = 0; i < left; i++) /* fewer than there are remainders above 0 */
        shares[remainders[i].place]++;
    for (size_t i = 0; is_negative && i < request->n_places; i++)
        shares[i] = -shares[i];
}

behov_status behov_split_by_key(const behov_split_request *request, const behov_split_key *key, int64_t *shares,
                                double *shares_pct, behov_error *err)
{
    wide_whole denominator = 0;
    if (request->amount < -BEHOV_SPLIT_MOST || request->amount > BEHOV_SPLIT_MOST)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SPLIT_AMOUNT_TOO_LARGE);
    if (!request->n_places)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SPLIT_NO_PLACES);
    wide_whole *numerators = calloc(request->n_places, sizeof *numerators);
    remainder *remainders = calloc(request->n_places, sizeof *remainders);
    int64_t *found = calloc(request->n_places, sizeof *found);
    behov_status status = numerators && remainders && found ? BEHOV_OK : out_of_memory(err);
    if (!status)
        status = refuse_two_of_one_code(request, remainders, err);
    if (!status)
        status = add_fractions(request, key, numerators, &denominator, err);
    if (!status) {
        split_amount(request, numerators, denominator, remainders, found);
        memcpy(shares, found, request->n_places * sizeof *shares);
        for (size_t i = 0; shares_pct && i < request->n_places; i++)
            shares_pct[i] = divide_to_pct(numerators[i], denominator);
    }
    free(numerators);
    free(remainders);
    free(found);
    return status;
}

/* ---- several keys -------------------------------------------------------------------------------------------------- */

static bool is_empty(const behov_split_request *request, const behov_split_basis *basis)
{
    for (size_t i = 0; i < request->n_places; i++)
        if (!basis->values || basis->values[i] != 0)
            return false;
    return true;
}

static bool has_empty_basis(const behov_split_request *request, const behov_split_key *key)
{
    for (size_t k = 0; k < key->n_parts && k < BEHOV_SPLIT_PARTS; k++)
        if (key->parts[k].basis < request->n_bases && is_empty(request, &request->bases[key->parts[k].basis]))
            return true;
    return false;
}

behov_status behov_split_new(const behov_split_request *request, const behov_split_key *keys, size_t n_keys,
                             size_t chosen, behov_split *split, behov_error *err)
{
    size_t n = request->n_places;
    *split = (behov_split){.request = *request, .keys = keys, .n_keys = n_keys, .chosen = chosen};
    if (chosen >= n_keys)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SPLIT_NO_PLACES);
    split->is_split = calloc(n_keys, sizeof *split->is_split);
    split->shares = calloc(n_keys * n + 1, sizeof *split->shares);
    split->shares_pct = calloc(n_keys * n + 1, sizeof *split->shares_pct);
    if (!split->is_split || !split->shares || !split->shares_pct)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < n_keys && !status; k++) {
        if (k != chosen && has_empty_basis(request, &keys[k]))
            continue;
        status = behov_split_by_key(request, &keys[k], &split->shares[k * n], &split->shares_pct[k * n], err);
        split->is_split[k] = !status;
    }
    return status;
}

void behov_split_free(behov_split *split)
{
    free(split->is_split);
    free(split->shares);
    free(split->shares_pct);
    *split = (behov_split){.n_keys = 0};
}

int64_t behov_split_share(const behov_split *split, size_t key, size_t place)
{
    return split->shares[key * split->request.n_places + place];
}

int64_t behov_split_difference(const behov_split *split, size_t key, size_t place)
{
    return behov_split_share(split, key, place) - behov_split_share(split, split->chosen, place);
}

void behov_split_ends(const behov_split *split, size_t place, size_t *least, size_t *most)
{
    *least = *most = split->chosen;
    bool is_first = true;
    for (size_t k = 0; k < split->n_keys; k++) {
        if (!split->is_split[k])
            continue;
        int64_t share = behov_split_share(split, k, place);
        if (is_first || share < behov_split_share(split, *least, place))
            *least = k;
        if (is_first || share > behov_split_share(split, *most, place))
            *most = k;
        is_first = false;
    }
}

size_t behov_split_sole(const behov_split *split, size_t basis)
{
    size_t sole = split->request.n_places, n_with = 0;
    const int64_t *values = split->request.bases[basis].values;
    for (size_t i = 0; values && i < split->request.n_places; i++)
        if (values[i] > 0) {
            sole = i;
            n_with++;
        }
    return n_with == 1 && split->request.n_places > 1 ? sole : split->request.n_places;
}

int64_t behov_split_follows(const behov_split_follow *follows, size_t n_follows, size_t place)
{
    int64_t sum = 0;
    for (size_t k = 0; k < n_follows; k++)
        sum += follows[k].amounts[place];
    return sum;
}

int64_t behov_split_net(const behov_split *split, const behov_split_follow *follows, size_t n_follows, size_t key,
                        size_t place)
{
    return behov_split_share(split, key, place) + behov_split_follows(follows, n_follows, place);
}
