/* simulate.c - how often tests at 5 per cent reject hypotheses that are true, in panels whose chance lasts.
 *
 *     size_of_tests [--panels 2000] [--draws 399] [--municipalities 400,200,100,40,30,20] [--seed 1] [--threads 1]
 *
 *   y_it = c_i (u_i + e_it),  u_i ~ N(0, 0.4),  e_it = 0.7 e_i,t-1 + chance, Var e = 0.6,  five years
 *
 * so that years 1, 2, 3 and 4 apart correlate 0.82, 0.69, 0.61 and 0.54. No regressor matters; they last too, four fifths
 * of the variance of one for good and a fifth as e. The model has three of them and the dummies of the years. Two designs:
 *
 *   even    three normal regressors x1, x2, x3;  c_i = 1
 *   uneven  population^1.2, x2 and x3, with populations log-normal about 4 700 (standard deviation of the logarithm 1.2)
 *           and x2, x3 = exp(0.6 normal);  c_i^2 = 0.1 + 2000 / population: small places vary more
 *
 * Clusters by population have the figure of each year for a key, which nearly every row has for itself. Each panel has
 * dice of its own, made of the seed, the design, the municipalities and its number, and its results are put together in
 * the order of the panels: the number of threads changes no digit. Exit code 1 when a figure that README.md vouches for
 * is outside its bounds (`bounds` below). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <behov/parallel.h>
#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "tables.h"

enum { N_YEARS = 5, N_TESTED = 3, MOST_REGRESSORS = 24, N_DESIGNS = 2, MOST_SIZES = 8 };
static const double alpha = 0.05, lasting_share = 0.4, phi = 0.7;

/* What a hypothesis is tested with, and which hypotheses. */
enum { CLASSICAL, BY_POPULATION, CV1, CV2, CV3, BOOTSTRAP, N_KINDS };
static const char *const kind_names[] = {"classical", "CV1 by population", "CV1", "CV2", "CV3", "wild bootstrap"};
enum { FIRST, OTHERS, THREE, ONE_OVER_YEARS, ALL_OVER_YEARS, N_TESTS };
static const char *const test_names[N_DESIGNS][N_TESTS] = {
    {"x1 = 0", "x2 = 0, x3 = 0, each", "x1 = x2 = x3 = 0", "one over the years", "all three over the years"},
    {"population^1.2 = 0", "x2 = 0, x3 = 0, each", "all three = 0", "one over the years", "all three over the years"}};
static const char *const regressors[N_DESIGNS][N_TESTED] = {{"x1", "x2", "x3"}, {"I(population^1.2)", "x2", "x3"}};
static const char *const formulas[N_DESIGNS] = {"y ~ x1 + x2 + x3 + factor(year)",
                                                "y ~ I(population^1.2) + x2 + x3 + factor(year)"};

/* Effective clusters of a coefficient by class, those under CV1 that reject among them. */
static const double class_bounds[] = {10, 20, 30, INFINITY};
enum { N_CLASSES = 4 };

/* One panel: of the tests of a cell those that reject, those that do not, and those that the library refuses. */
typedef struct outcome {
    unsigned char n_rejecting[N_TESTS][N_KINDS], n_keeping[N_TESTS][N_KINDS], n_refused[N_TESTS][N_KINDS];
    double effective[N_TESTED];
    bool rejects[N_TESTED]; /* under CV1 */
} outcome;

typedef struct setting {
    int design;
    size_t n_municipalities, n_draws;
    uint64_t seed;
    outcome *outcomes;
} setting;

static void *room(size_t n, size_t size)
{
    void *memory = calloc(n ? n : 1, size);
    if (!memory)
        exit(3);
    return memory;
}

static void stop_on(behov_status status, const behov_error *err)
{
    if (!status)
        return;
    fprintf(stderr, "size: %s: %s\n", err->where, err->what);
    exit(3);
}

/* ---- a panel ------------------------------------------------------------------------------------------------------ */

/* What lasts for good and what fades, together of variance 1: N_YEARS numbers. */
static void draw_series(dice *random, double share, double *series)
{
    double for_good = sqrt(share) * dice_normal(random), fading = dice_normal(random);
    for (size_t t = 0; t < N_YEARS; t++) {
        if (t)
            fading = phi * fading + sqrt(1 - phi * phi) * dice_normal(random);
        series[t] = for_good + sqrt(1 - share) * fading;
    }
}

static behov_table *draw_panel(const setting *setting, dice *random)
{
    static const char *const names[] = {"municipality", "year", "population", "y", "x1", "x2", "x3"};
    enum { MUNICIPALITY, YEAR, POPULATION, Y, X1, N_COLUMNS = X1 + N_TESTED };
    size_t n = setting->n_municipalities * N_YEARS;
    double *columns = room(n, N_COLUMNS * sizeof *columns), series[N_YEARS];
    bool is_uneven = setting->design == 1;
    for (size_t m = 0; m < setting->n_municipalities; m++) {
        size_t row = m * N_YEARS;
        double population = exp(8.45 + 1.2 * dice_normal(random));
        for (size_t t = 0; t < N_YEARS; t++) {
            columns[MUNICIPALITY * n + row + t] = (double)m;
            columns[YEAR * n + row + t] = 2012 + (double)t;
            columns[POPULATION * n + row + t] = floor(population);
            population *= 1.005 + 0.01 * dice_normal(random);
        }
        for (size_t k = 0; k < N_TESTED; k++) {
            draw_series(random, 0.8, series);
            for (size_t t = 0; t < N_YEARS; t++)
                columns[(X1 + k) * n + row + t] = is_uneven ? exp(0.6 * series[t]) : series[t];
        }
        draw_series(random, lasting_share, series);
        for (size_t t = 0; t < N_YEARS; t++)
            columns[Y * n + row + t] =
                series[t] * (is_uneven ? sqrt(0.1 + 2000 / columns[POPULATION * n + row + t]) : 1);
    }
    behov_table *table = table_of_rows(n);
    for (size_t k = 0; k < N_COLUMNS; k++)
        table_add(table, names[k], columns + k * n);
    free(columns);
    return table;
}

/* ---- its tests ---------------------------------------------------------------------------------------------------- */

static behov_vcov *errors_of(const estimation *estimation, int kind, const behov_clusters *by_population)
{
    static const behov_vcov_kind kinds[] = {BEHOV_VCOV_CLASSICAL, BEHOV_VCOV_CV1, BEHOV_VCOV_CV1, BEHOV_VCOV_CV2,
                                            BEHOV_VCOV_CV3};
    behov_vcov *vcov = NULL;
    behov_error err;
    stop_on(behov_vcov_new(estimation->fit, estimation->design,
                           kind == BY_POPULATION ? by_population : estimation->clusters, kinds[kind], &vcov, &err),
            &err);
    return vcov;
}

typedef enum decision { KEPT, REJECTED, REFUSED } decision;

static void count(outcome *out, int test, int kind, decision decision)
{
    out->n_rejecting[test][kind] += decision == REJECTED;
    out->n_keeping[test][kind] += decision == KEPT;
    out->n_refused[test][kind] += decision == REFUSED;
}

/* Whether R b = 0 is rejected, the coefficients `tested` each 0. */
static decision decide(const estimation *estimation, const behov_vcov *vcov, const size_t *tested, size_t n_tested)
{
    size_t width = behov_design_n_regressors(estimation->design);
    double *matrix = room(n_tested * width, sizeof *matrix), *zeros = room(n_tested, sizeof *zeros);
    for (size_t i = 0; i < n_tested; i++)
        matrix[i * width + tested[i]] = 1;
    behov_hypothesis *hypothesis = NULL;
    behov_wald_result wald;
    behov_error err;
    stop_on(behov_hypothesis_new(estimation->design, n_tested, matrix, zeros, &hypothesis, &err), &err);
    behov_status status = behov_wald(vcov, estimation->fit, hypothesis, &wald, &err);
    if (status && status != BEHOV_E_TOO_FEW && status != BEHOV_E_RANK)
        stop_on(status, &err);
    behov_hypothesis_free(hypothesis);
    free(matrix), free(zeros);
    return status ? REFUSED : wald.p < alpha ? REJECTED : KEPT;
}

static decision bootstrap(const estimation *estimation, size_t k, size_t n_draws, uint64_t seed)
{
    size_t width = behov_design_n_regressors(estimation->design);
    double row[MOST_REGRESSORS] = {0}, zero = 0;
    behov_hypothesis *hypothesis = NULL;
    behov_boot_result result;
    behov_error err;
    row[k] = 1;
    if (width > MOST_REGRESSORS)
        exit(3);
    stop_on(behov_hypothesis_new(estimation->design, 1, row, &zero, &hypothesis, &err), &err);
    stop_on(behov_boot_wild(estimation->fit, estimation->factors, hypothesis,
                            &(behov_boot_options){.n_draws = n_draws, .seed = seed}, &result, &err),
            &err);
    behov_hypothesis_free(hypothesis);
    return result.p_symmetric < alpha ? REJECTED : KEPT;
}

/* All years together. */
static void test_coefficients(const setting *setting, const behov_table *table, uint64_t seed, outcome *out)
{
    estimation estimation;
    stop_on(
        estimate(&estimation, table, formulas[setting->design],
                 (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "municipality", .fit = {.double_only = true}}),
        &estimation.err);
    size_t n_rows, positions[N_TESTED];
    const uint32_t *rows = behov_design_estimated(estimation.design, &n_rows);
    for (size_t i = 0; i < N_TESTED; i++)
        positions[i] = position_of(&estimation, regressors[setting->design][i]);
    behov_clusters *by_population = NULL;
    behov_error err;
    stop_on(behov_clusters_new(table, "population", rows, n_rows, &by_population, &err), &err);
    for (int kind = 0; kind < BOOTSTRAP; kind++) {
        behov_vcov *vcov = errors_of(&estimation, kind, by_population);
        for (size_t i = 0; i < N_TESTED; i++) {
            decision decision = decide(&estimation, vcov, &positions[i], 1);
            count(out, i ? OTHERS : FIRST, kind, decision);
            if (kind == CV1)
                out->rejects[i] = decision == REJECTED;
        }
        count(out, THREE, kind, decide(&estimation, vcov, positions, N_TESTED));
        behov_vcov_free(vcov);
    }
    for (size_t i = 0; setting->n_draws > 0 && i < N_TESTED; i++)
        count(out, i ? OTHERS : FIRST, BOOTSTRAP, bootstrap(&estimation, positions[i], setting->n_draws, seed));
    double effective[MOST_REGRESSORS];
    stop_on(behov_effective_clusters(estimation.fit, estimation.design, estimation.clusters, effective, &err), &err);
    for (size_t i = 0; i < N_TESTED; i++)
        out->effective[i] = effective[positions[i]];
    behov_clusters_free(by_population);
    estimation_free(&estimation);
}

/* As --by year: every regressor times the years, on the clusters of the municipalities. */
static void test_years(const setting *setting, const behov_table *table, outcome *out)
{
    const char *const *names = regressors[setting->design];
    char formula[400];
    snprintf(formula, sizeof formula, "%s + %s:factor(year) + %s:factor(year) + %s:factor(year)",
             formulas[setting->design], names[0], names[1], names[2]);
    estimation estimation;
    stop_on(
        estimate(&estimation, table, formula,
                 (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "municipality", .fit = {.double_only = true}}),
        &estimation.err);
    size_t products[N_TESTED * (N_YEARS - 1)];
    for (size_t i = 0; i < N_TESTED; i++)
        for (size_t t = 1; t < N_YEARS; t++) {
            char name[100];
            snprintf(name, sizeof name, "%s:year=%d", names[i], 2012 + (int)t);
            products[i * (N_YEARS - 1) + t - 1] = position_of(&estimation, name);
        }
    for (int kind = CV1; kind <= CV3; kind++) {
        behov_vcov *vcov = errors_of(&estimation, kind, NULL);
        for (size_t i = 0; i < N_TESTED; i++)
            count(out, ONE_OVER_YEARS, kind, decide(&estimation, vcov, products + i * (N_YEARS - 1), N_YEARS - 1));
        count(out, ALL_OVER_YEARS, kind, decide(&estimation, vcov, products, sizeof products / sizeof *products));
        behov_vcov_free(vcov);
    }
    estimation_free(&estimation);
}

static void run_panel(void *context, size_t panel)
{
    const setting *setting = context;
    outcome *out = &setting->outcomes[panel];
    uint64_t key =
        ((setting->seed * N_DESIGNS + (uint64_t)setting->design) * 1000 + setting->n_municipalities) * 1000000 + panel;
    dice random = dice_of(key);
    for (int i = 0; i < 20; i++) /* neighbouring keys begin alike */
        dice_uniform(&random);
    *out = (outcome){.n_rejecting = {{0}}};
    behov_table *table = draw_panel(setting, &random);
    test_coefficients(setting, table, key, out);
    test_years(setting, table, out);
    behov_table_free(table);
}

/* ---- what came of it ---------------------------------------------------------------------------------------------- */

typedef struct rate {
    double pct, error_pct, refused_pct; /* of tests that are not refused, by panels; of all */
    bool is_there;
} rate;

static rate rate_of(const outcome *outcomes, size_t n_panels, int test, int kind)
{
    double sum = 0, squares = 0, n = 0, n_refused = 0, n_tests = 0;
    for (size_t i = 0; i < n_panels; i++) {
        double rejecting = outcomes[i].n_rejecting[test][kind], refused = outcomes[i].n_refused[test][kind],
               tests = rejecting + outcomes[i].n_keeping[test][kind];
        n_refused += refused, n_tests += tests + refused;
        if (tests == 0)
            continue;
        sum += rejecting / tests, squares += rejecting / tests * (rejecting / tests), n++;
    }
    double mean = sum / n;
    return (rate){100 * mean, 100 * sqrt((squares / n - mean * mean) / n), 100 * n_refused / n_tests, n_tests > 0};
}

/* What README.md vouches for: per cent at 5 per cent, with 2 000 panels of this many municipalities or more. */
typedef struct bound {
    int design, test, kind;
    size_t n_municipalities;
    double low, high;
} bound;

static const bound bounds[] = {
    {0, FIRST, CV1, 40, 4, 7},           {0, OTHERS, CV1, 40, 4, 7},           {1, OTHERS, CV1, 100, 4, 7},
    {0, FIRST, CV2, 20, 4, 7},           {0, OTHERS, CV2, 20, 4, 7},           {0, FIRST, CV3, 20, 4, 7},
    {0, OTHERS, CV3, 20, 4, 7},          {0, FIRST, BOOTSTRAP, 20, 4, 7},      {0, OTHERS, BOOTSTRAP, 20, 4, 7},
    {1, OTHERS, CV3, 20, 4, 7},          {1, OTHERS, BOOTSTRAP, 20, 4, 7},     {0, THREE, CV2, 20, 3, 7},
    {0, THREE, CV3, 20, 3, 7.5},         {0, ONE_OVER_YEARS, CV3, 20, 3, 7.5}, {0, ALL_OVER_YEARS, CV3, 100, 3, 7.5},
    {1, THREE, CV3, 20, 3, 7.5},         {1, ONE_OVER_YEARS, CV3, 20, 3, 7.5}, {1, ALL_OVER_YEARS, CV3, 100, 3, 7.5},
    {0, ALL_OVER_YEARS, CV1, 400, 3, 8}, {1, ALL_OVER_YEARS, CV1, 400, 3, 8},  {1, FIRST, CV2, 20, 0, 5},
    {1, FIRST, CV3, 20, 0, 5},           {1, OTHERS, CV2, 20, 3, 5},
};

static bool holds(const setting *setting, size_t n_panels)
{
    bool is_met = true;
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        const bound *bound = &bounds[i];
        if (bound->design != setting->design || setting->n_municipalities < bound->n_municipalities)
            continue;
        rate rate = rate_of(setting->outcomes, n_panels, bound->test, bound->kind);
        if (!rate.is_there || (rate.pct >= bound->low && rate.pct <= bound->high))
            continue;
        printf("%s, %zu municipalities, %s: %.1f is not within %g and %g\n", test_names[bound->design][bound->test],
               setting->n_municipalities, kind_names[bound->kind], rate.pct, bound->low, bound->high);
        is_met = false;
    }
    return is_met;
}

static void print_setting(const setting *setting, size_t n_panels)
{
    for (int test = 0; test < N_TESTS; test++) {
        printf("| %zu | %s |", setting->n_municipalities, test_names[setting->design][test]);
        for (int kind = 0; kind < N_KINDS; kind++) {
            rate rate = rate_of(setting->outcomes, n_panels, test, kind);
            if (!rate.is_there)
                printf(" |");
            else if (rate.refused_pct == 100)
                printf(" no test |");
            else if (rate.refused_pct > 0)
                printf(" %.1f (%.1f); no test in %.0f |", rate.pct, rate.error_pct, rate.refused_pct);
            else
                printf(" %.1f (%.1f) |", rate.pct, rate.error_pct);
        }
        puts("");
    }
    fflush(stdout);
}

typedef struct tally {
    double n[MOST_SIZES][N_CLASSES], rejecting[MOST_SIZES][N_CLASSES];
} tally;

static void count_effective(const outcome *outcomes, size_t n_panels, size_t size, tally *tally)
{
    for (size_t i = 0; i < n_panels; i++)
        for (size_t k = 0; k < N_TESTED; k++) {
            size_t class = 0;
            while (outcomes[i].effective[k] >= class_bounds[class])
                class ++;
            tally->n[size][class]++;
            tally->rejecting[size][class] += outcomes[i].rejects[k];
        }
}

static void print_effective(const tally *tally, const size_t *sizes, size_t n_sizes)
{
    puts("\n| municipalities | G* under 10 | 10-20 | 20-30 | 30 and more |\n|---|---|---|---|---|");
    for (size_t size = 0; size < n_sizes; size++) {
        printf("| %zu |", sizes[size]);
        for (size_t class = 0; class < N_CLASSES; class ++)
            if (tally->n[size][class] < 100)
                printf(" |");
            else
                printf(" %.1f of %.0f |", 100 * tally->rejecting[size][class] / tally->n[size][class],
                       tally->n[size][class]);
        puts("");
    }
}

static const char *option(int n, char **arguments, const char *name, const char *value)
{
    for (int i = 1; i + 1 < n; i++)
        if (strcmp(arguments[i], name) == 0)
            value = arguments[i + 1];
    return value;
}

static size_t number(int n, char **arguments, const char *name, const char *value)
{
    return strtoul(option(n, arguments, name, value), NULL, 10);
}

int main(int n_arguments, char **arguments)
{
    gsl_set_error_handler_off();
    size_t n_panels = number(n_arguments, arguments, "--panels", "2000"), n_sizes = 0, sizes[MOST_SIZES];
    const char *list = option(n_arguments, arguments, "--municipalities", "400,200,100,40,30,20");
    for (char *end; n_sizes < MOST_SIZES && *list; list = *end == ',' ? end + 1 : end) {
        sizes[n_sizes++] = strtoul(list, &end, 10);
        if (end == list)
            return 2;
    }
    setting setting = {.n_draws = number(n_arguments, arguments, "--draws", "399"),
                       .seed = number(n_arguments, arguments, "--seed", "1"),
                       .outcomes = room(n_panels, sizeof *setting.outcomes)};
    bool is_met = true;
    clock_t begun = clock();
    for (; setting.design < N_DESIGNS; setting.design++) {
        tally tally = {.n = {{0}}};
        printf("\n%s design, %zu panels each: per cent rejected at 5 per cent (standard error)\n\n| municipalities | "
               "hypothesis |",
               setting.design ? "uneven" : "even", n_panels);
        for (size_t kind = 0; kind < N_KINDS; kind++)
            printf(" %s |", kind_names[kind]);
        puts("\n|---|---|---|---|---|---|---|---|");
        for (size_t size = 0; size < n_sizes; size++) {
            setting.n_municipalities = sizes[size];
            behov_parallel(number(n_arguments, arguments, "--threads", "1"), n_panels, run_panel, &setting);
            print_setting(&setting, n_panels);
            count_effective(setting.outcomes, n_panels, size, &tally);
            is_met = holds(&setting, n_panels) && is_met;
        }
        print_effective(&tally, sizes, n_sizes);
    }
    free(setting.outcomes);
    printf("\n%.0f s of the processor\n%s\n", (double)(clock() - begun) / CLOCKS_PER_SEC,
           is_met ? "holds" : "does not hold");
    return is_met ? 0 : 1;
}
