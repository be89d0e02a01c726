/* levels.c - whether nine of ten intervals of levels hold the truth when chance lasts, and how often 'clearly' is wrong.
 *
 *     coverage_of_levels [--years 5] [--phi 0.5] [--panels 1000] [--panel-range 0-250] [--threads 2] [--seed 1]
 *                        [--draws 2000] [--white 0.5] [--heavy] [--by-size] [--hard] [--gls] [--sums FILE]
 *     coverage_of_levels --table FILE...
 *
 * The bundled panel gives 424 municipalities, their populations and covariates, all rows estimated on; years beyond its
 * five repeat the last year's populations and covariates and have an effect of their own. Each panel is drawn from
 *
 *   y_it = x_it'b + u_i + e_it,  u_i ~ N(0, 0.25),  Var e_it = v_it = 0.02 + 400 / population_it,
 *   Corr(e_it, e_is) = phi^|t - s|
 *
 * fitted by least squares, and levels, next year's row and places are held against what was drawn: u_i, the level of
 * three years L_i = u_i + m e_iT with the true phi's m, the row of year T + 1. Beside it stands what independence says of
 * the same panels. Other truths: --hard s0^2 0.2 and s1^2 200; --white the share of each row's chance that is white noise
 * (L and the next year hold the lasting share alone); --heavy u from t(4) of the same variance; --by-size Var u = 0.15 +
 * 300 / population.
 *
 * A panel is drawn from the seed and its own number: neither threads nor the parts into which --panel-range splits the
 * work change it. --sums writes sums over panels, which --table adds over files of one setting into a markdown table.
 * Exit code 1 where a setting of the model itself lies outside 88-92 of a hundred, 87-93 for the ten extremes, or more
 * than 2 of a hundred claims are wrong. */
#include <errno.h>
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

enum { N_SLOPES = 7, BUNDLED_YEARS = 5, HORIZON = 3, N_EXTREME = 5, SMALL_BELOW = 2000, SETTING = 200 };
static const double level = 0.90, quantile = 1.6448536269514722, clear = 0.95;
static const char *const covariates[N_SLOPES] = {
    "disabled_18_49",         "population",   "clustering_index",          "population_16_66",
    "non_western_immigrants", "new_refugees", "upper_secondary_completion"};

/* What is counted of a method over municipalities and panels. */
enum {
    HELD_U,
    HELD_U_EXTREME,
    HELD_U_SMALL,
    WIDTH_U,
    HELD_L,
    HELD_L_EXTREME,
    HELD_L_SMALL,
    WIDTH_L,
    HELD_NEXT,
    HELD_RANK_U,
    HELD_RANK_L,
    WIDTH_RANK_U,
    WIDTH_RANK_L,
    CLEAR_U,
    CLEAR_U_WRONG,
    CLEAR_L,
    CLEAR_L_WRONG,
    BEYOND_U,
    BEYOND_U_WRONG,
    BEYOND_L,
    BEYOND_L_WRONG,
    N_COUNTS
};
enum { N_METHODS = 2 };
static const char *const methods[N_METHODS] = {"AR(1)", "independence"};
/* Of a panel. */
enum {
    PANELS,
    MUNICIPALITIES,
    SMALL_ONES,
    RANKED,
    VAR_U,
    ROW,
    PERSON,
    PHI,
    NOT_CONVERGED,
    AT_BORDER,
    MS,
    MS_LEVELS,
    N_PANEL_COUNTS
};
typedef struct sums {
    double panel[N_PANEL_COUNTS], method[N_METHODS][N_COUNTS];
} sums;

typedef struct setting {
    int n_years;
    double phi, white, row, person;
    bool is_heavy, is_by_size, is_hard;
    behov_shrink_coefficients coefficients;
    size_t n_draws, first, end, n_threads;
    uint64_t seed;
    const char *sums_path;
} setting;

/* The rows that are simulated, by municipality and year. */
typedef struct frame {
    setting setting;
    size_t n, n_municipalities, n_regressors;
    uint32_t *municipalities;
    int32_t *years;
    double *populations, *needs;     /* n: x'b of the truth */
    double *regressors, *orthogonal; /* n x K; K x n, orthonormal */
    double *mean_regressors, *mean_needs;
    sums *panels;
} frame;

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
    fprintf(stderr, "coverage: %s: %s\n", err->where, err->what);
    exit(3);
}

/* ---- the frame ---- */

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* y without its projection on the columns. */
static void take_out(const frame *frame, size_t n_columns, double *y)
{
    for (size_t k = 0; k < n_columns; k++) {
        const double *column = frame->orthogonal + k * frame->n;
        double share = dot(column, y, frame->n);
        for (size_t i = 0; i < frame->n; i++)
            y[i] -= share * column[i];
    }
}

/* Gram and Schmidt, twice. */
static void orthogonalise(frame *frame)
{
    frame->orthogonal = room(frame->n_regressors * frame->n, sizeof *frame->orthogonal);
    for (size_t k = 0; k < frame->n_regressors; k++) {
        double *column = frame->orthogonal + k * frame->n;
        for (size_t i = 0; i < frame->n; i++)
            column[i] = frame->regressors[i * frame->n_regressors + k];
        double length = sqrt(dot(column, column, frame->n));
        for (size_t i = 0; i < frame->n; i++)
            column[i] /= length;
        for (int again = 0; again < 2; again++)
            take_out(frame, k, column);
        length = sqrt(dot(column, column, frame->n));
        if (!(length > 1e-8))
            exit(3);
        for (size_t i = 0; i < frame->n; i++)
            column[i] /= length;
    }
}

static void fill_row(frame *frame, const behov_table *bundled, size_t row, size_t municipality, int year)
{
    double *x = frame->regressors + frame->n * frame->n_regressors;
    x[0] = 1;
    for (size_t k = 0; k < N_SLOPES; k++)
        x[1 + k] = table_numbers(bundled, covariates[k])[row];
    frame->populations[frame->n] = x[2];
    x[2] = pow(x[2], 1.2);
    if (year > 0)
        x[N_SLOPES + year] = 1;
    frame->municipalities[frame->n] = (uint32_t)municipality;
    frame->years[frame->n] = 2012 + year;
    frame->needs[frame->n++] = table_numbers(bundled, "net_expenditure")[row];
}

static void set_means(frame *frame)
{
    size_t width = frame->n_regressors, n_years = (size_t)frame->setting.n_years;
    frame->mean_regressors = room(frame->n_municipalities * width, sizeof *frame->mean_regressors);
    frame->mean_needs = room(frame->n_municipalities, sizeof *frame->mean_needs);
    for (size_t i = 0; i < frame->n; i++) {
        uint32_t m = frame->municipalities[i];
        frame->mean_needs[m] += frame->needs[i] / (double)n_years;
        for (size_t k = 0; k < width; k++)
            frame->mean_regressors[m * width + k] += frame->regressors[i * width + k] / (double)n_years;
    }
}

/* The bundled rows come by municipality and year. */
static void open_frame(frame *frame)
{
    char path[1000];
    const char *source = getenv("BEHOV_SOURCE");
    snprintf(path, sizeof path, "%s/datasets/simulated/panel.csv", source ? source : ".");
    behov_table *bundled = table_of_file(path);
    int n_years = frame->setting.n_years;
    frame->n_municipalities = behov_table_n_rows(bundled) / BUNDLED_YEARS;
    size_t n = frame->n_municipalities * (size_t)n_years;
    frame->n_regressors = N_SLOPES + (size_t)n_years;
    frame->municipalities = room(n, sizeof *frame->municipalities);
    frame->years = room(n, sizeof *frame->years);
    frame->populations = room(n, sizeof *frame->populations);
    frame->needs = room(n, sizeof *frame->needs);
    frame->regressors = room(n * frame->n_regressors, sizeof *frame->regressors);
    for (size_t m = 0; m < frame->n_municipalities; m++)
        for (int year = 0; year < n_years; year++) {
            int bundled_year = year < BUNDLED_YEARS ? year : BUNDLED_YEARS - 1;
            fill_row(frame, bundled, m * BUNDLED_YEARS + (size_t)bundled_year, m, year);
        }
    behov_table_free(bundled);
    orthogonalise(frame);
    double *residuals = room(n, sizeof *residuals);
    memcpy(residuals, frame->needs, n * sizeof *residuals);
    take_out(frame, frame->n_regressors, residuals);
    for (size_t i = 0; i < n; i++)
        frame->needs[i] -= residuals[i];
    free(residuals);
    set_means(frame);
}

/* ---- a panel ---- */

/* What is drawn, and what least squares leaves of it. */
typedef struct panel {
    double *residuals, *u, *ahead, *next, *needs; /* needs: estimated, mean over the years */
    double *low, *high, *ratios, *ranks;
} panel;

static double student_4(dice *random)
{
    double square = 0, z = dice_normal(random);
    for (int i = 0; i < 4; i++) {
        double other = dice_normal(random);
        square += other * other;
    }
    return z / sqrt(square / 4);
}

static double draw_lasting(const setting *setting, double population, dice *random)
{
    if (setting->is_heavy)
        return sqrt(0.25 / 2) * student_4(random); /* the variance of t(4) is 2 */
    double variance = setting->is_by_size ? 0.15 + 300 / population : 0.25;
    return sqrt(variance) * dice_normal(random);
}

static void draw(const frame *frame, dice *random, panel *panel)
{
    const setting *setting = &frame->setting;
    double phi = setting->phi, kept = 0, z = 0;
    size_t n_years = (size_t)setting->n_years;
    for (int k = 1; k <= HORIZON; k++)
        kept += pow(phi, k) / HORIZON;
    for (size_t i = 0; i < frame->n; i++) {
        uint32_t m = frame->municipalities[i];
        double spread = sqrt(setting->row + setting->person / frame->populations[i]);
        bool is_first = i % n_years == 0;
        if (is_first)
            panel->u[m] = draw_lasting(setting, frame->populations[i], random);
        z = is_first ? dice_normal(random) : phi * z + sqrt(1 - phi * phi) * dice_normal(random);
        double lasting = spread * sqrt(1 - setting->white) * z, white = spread * sqrt(setting->white);
        panel->residuals[i] = panel->u[m] + lasting + white * dice_normal(random);
        panel->ahead[m] = panel->u[m] + kept * lasting;
        panel->next[m] = panel->u[m] + phi * lasting +
                         spread * sqrt((1 - setting->white) * (1 - phi * phi)) * dice_normal(random) +
                         white * dice_normal(random);
    }
    memcpy(panel->needs, frame->mean_needs, frame->n_municipalities * sizeof *panel->needs);
    for (size_t i = 0; i < frame->n; i++) /* mean of the estimated needs = that of outcomes less that of residuals */
        panel->needs[frame->municipalities[i]] += panel->residuals[i] / (double)n_years;
    take_out(frame, frame->n_regressors, panel->residuals);
    for (size_t i = 0; i < frame->n; i++)
        panel->needs[frame->municipalities[i]] -= panel->residuals[i] / (double)n_years;
}

static behov_shrink *shrink_of(const frame *frame, const panel *panel, behov_chance chance)
{
    behov_shrink *shrink = NULL;
    behov_error err;
    stop_on(behov_shrink_new(&(behov_shrink_data){.n_rows = frame->n,
                                                  .n_municipalities = frame->n_municipalities,
                                                  .n_regressors = frame->n_regressors,
                                                  .municipalities = frame->municipalities,
                                                  .residuals = panel->residuals,
                                                  .populations = frame->populations,
                                                  .regressors = frame->regressors,
                                                  .chance = chance,
                                                  .years = frame->years,
                                                  .horizon = HORIZON,
                                                  .coefficients = frame->setting.coefficients},
                             &shrink, &err),
            &err);
    return shrink;
}

static bool is_held(double truth, double middle, double spread)
{
    return fabs(truth - middle) <= quantile * spread;
}

/* Whether fewer than five lie above, or below. */
static bool is_extreme(const double *levels, size_t n, size_t m)
{
    size_t n_above = 0, n_below = 0;
    for (size_t i = 0; i < n; i++) {
        n_above += levels[i] > levels[m];
        n_below += levels[i] < levels[m];
    }
    return n_above < N_EXTREME || n_below < N_EXTREME;
}

/* `counts` begin with those of u or L; `claims` with those of CLEAR_U or CLEAR_L. */
static void count_target(const frame *frame, const panel *panel, const behov_shrink *shrink, behov_shrink_target target,
                         const double *truth, double *counts, double *claims)
{
    const double *levels = behov_shrink_levels(shrink, target),
                 *variances = behov_shrink_level_variances(shrink, target);
    size_t width = frame->n_regressors, n_years = (size_t)frame->setting.n_years;
    for (size_t m = 0; m < frame->n_municipalities; m++) {
        double spread = sqrt(variances[m]);
        bool holds = is_held(truth[m], levels[m], spread);
        counts[HELD_U] += holds;
        counts[HELD_U_EXTREME] += holds && is_extreme(levels, frame->n_municipalities, m);
        counts[HELD_U_SMALL] += holds && frame->populations[m * n_years] < SMALL_BELOW;
        counts[WIDTH_U] += 2 * quantile * spread;
        bool is_beyond = fabs(levels[m]) > quantile * spread;
        claims[BEYOND_U - CLEAR_U] += is_beyond;
        claims[BEYOND_U_WRONG - CLEAR_U] += is_beyond && levels[m] * truth[m] <= 0;
        behov_shrink_need need = {m, fabs(panel->needs[m]) + 1, frame->mean_regressors + m * width};
        double above = behov_shrink_target_ratio(shrink, target, &need, level).probability_above;
        claims[0] += above >= clear || above <= 1 - clear;
        claims[1] += (above >= clear && truth[m] <= 0) || (above <= 1 - clear && truth[m] >= 0);
    }
}

static void count_ranks(const frame *frame, panel *panel, const behov_shrink *shrink, behov_shrink_target target,
                        const double *truth, uint64_t seed, double *held, double *width)
{
    size_t n = frame->n_municipalities;
    behov_error err;
    for (size_t m = 0; m < n; m++) {
        bool has_ratio = panel->needs[m] > 0 && frame->mean_needs[m] > 0;
        panel->ratios[m] = has_ratio ? 100 * (frame->mean_needs[m] + truth[m]) / frame->mean_needs[m] : NAN;
        if (!has_ratio)
            panel->needs[m] = NAN;
    }
    stop_on(behov_rank_values(panel->ratios, n, NULL, panel->ranks, &err), &err);
    behov_shrink_ranking how = {.needs = panel->needs,
                                .regressors = frame->mean_regressors,
                                .n_draws = frame->setting.n_draws,
                                .level = level,
                                .seed = seed,
                                .target = target};
    stop_on(behov_shrink_ranks(shrink, &how, panel->low, panel->high, &err), &err);
    for (size_t m = 0; m < n; m++)
        if (!isnan(panel->needs[m])) {
            *held += panel->ranks[m] >= panel->low[m] && panel->ranks[m] <= panel->high[m];
            *width += panel->high[m] - panel->low[m] + 1;
        }
}

static void count_method(const frame *frame, panel *panel, const behov_shrink *shrink, double *counts)
{
    count_target(frame, panel, shrink, BEHOV_TARGET_PERMANENT, panel->u, counts, counts + CLEAR_U);
    count_target(frame, panel, shrink, BEHOV_TARGET_AHEAD, panel->ahead, counts + HELD_L, counts + CLEAR_L);
    const double *levels = behov_shrink_levels(shrink, BEHOV_TARGET_NEXT_ROW),
                 *variances = behov_shrink_level_variances(shrink, BEHOV_TARGET_NEXT_ROW);
    for (size_t m = 0; m < frame->n_municipalities; m++)
        counts[HELD_NEXT] += is_held(panel->next[m], levels[m], sqrt(variances[m]));
}

static double ms_of_thread(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * (double)time.tv_sec + 1e-6 * (double)time.tv_nsec;
}

static void take_estimates(const behov_shrink *shrink, double *counts)
{
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    counts[VAR_U] = got.lasting, counts[ROW] = got.row, counts[PERSON] = got.person, counts[PHI] = got.phi;
    counts[NOT_CONVERGED] = !got.is_converged;
    counts[AT_BORDER] = got.is_lasting_at_border || got.is_phi_at_border;
}

/* splitmix64 (Steele, Lea & Flood 2014): a stream for each panel. */
static uint64_t seed_of(uint64_t seed, size_t number)
{
    uint64_t z = seed * 0x9e3779b97f4a7c15u + ((uint64_t)number + 1) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void run_panel(void *context, size_t part)
{
    const frame *frame = context;
    const setting *setting = &frame->setting;
    size_t n = frame->n_municipalities, n_years = (size_t)setting->n_years;
    dice random = dice_of(seed_of(setting->seed, setting->first + part));
    double begun = ms_of_thread(), *memory = room(frame->n + 8 * n, sizeof *memory), *rest = memory + frame->n;
    panel panel = {memory,       rest,         rest + n,     rest + 2 * n, rest + 3 * n,
                   rest + 4 * n, rest + 5 * n, rest + 6 * n, rest + 7 * n};
    sums *out = &frame->panels[part];
    draw(frame, &random, &panel);
    for (int method = N_METHODS - 1; method >= 0; method--) {
        double started = ms_of_thread();
        behov_shrink *shrink = shrink_of(frame, &panel, method == 0 ? BEHOV_CHANCE_AR1 : BEHOV_CHANCE_INDEPENDENT);
        out->panel[MS_LEVELS] = ms_of_thread() - started;
        double *counts = out->method[method];
        count_method(frame, &panel, shrink, counts);
        if (method == 0) {
            take_estimates(shrink, out->panel);
            count_ranks(frame, &panel, shrink, BEHOV_TARGET_PERMANENT, panel.u, random.state, &counts[HELD_RANK_U],
                        &counts[WIDTH_RANK_U]);
            count_ranks(frame, &panel, shrink, BEHOV_TARGET_AHEAD, panel.ahead, random.state, &counts[HELD_RANK_L],
                        &counts[WIDTH_RANK_L]);
        }
        behov_shrink_free(shrink);
    }
    out->panel[PANELS] = 1;
    out->panel[MUNICIPALITIES] = (double)n;
    for (size_t m = 0; m < n; m++) {
        out->panel[SMALL_ONES] += frame->populations[m * n_years] < SMALL_BELOW;
        out->panel[RANKED] += !isnan(panel.needs[m]);
    }
    out->panel[MS] = ms_of_thread() - begun;
    free(memory);
}

/* ---- sums and tables ---- */

static void add(sums *total, const sums *part)
{
    double *to = (double *)total;
    const double *from = (const double *)part;
    for (size_t i = 0; i < sizeof *total / sizeof(double); i++)
        to[i] += from[i];
}

/* Years, phi and which truth, as three cells of a table. */
static void name_setting(const setting *setting, char *text)
{
    char truth[80] = "the model";
    if (setting->is_hard)
        snprintf(truth, sizeof truth, "s0² 0.2, s1² 200");
    if (setting->is_heavy)
        snprintf(truth, sizeof truth, "u from t(4)");
    if (setting->is_by_size)
        snprintf(truth, sizeof truth, "Var u by size");
    if (setting->white > 0)
        snprintf(truth, sizeof truth, "%g of chance white", setting->white);
    snprintf(text, SETTING, "%d | %g | %s%s", setting->n_years, setting->phi, truth,
             setting->coefficients == BEHOV_LEVELS_GLS ? ", GLS" : "");
}

static double hundred(double part, double whole)
{
    return whole > 0 ? 100 * part / whole : 0;
}

static bool is_within(double share, double low, double high)
{
    return share >= low && share <= high;
}

/* Whether the limits hold; they are those of levels under the model that is fitted. */
static bool is_right(const sums *sums)
{
    const double *counts = sums->method[0], n = sums->panel[MUNICIPALITIES],
                 extremes = 2 * N_EXTREME * sums->panel[PANELS];
    return is_within(hundred(counts[HELD_U], n), 88, 92) && is_within(hundred(counts[HELD_L], n), 88, 92) &&
           is_within(hundred(counts[HELD_NEXT], n), 88, 92) &&
           is_within(hundred(counts[HELD_RANK_U], sums->panel[RANKED]), 88, 92) &&
           is_within(hundred(counts[HELD_RANK_L], sums->panel[RANKED]), 88, 92) &&
           is_within(hundred(counts[HELD_U_EXTREME], extremes), 87, 93) &&
           is_within(hundred(counts[HELD_L_EXTREME], extremes), 87, 93) &&
           hundred(counts[CLEAR_U_WRONG], counts[CLEAR_U]) <= 2 && hundred(counts[CLEAR_L_WRONG], counts[CLEAR_L]) <= 2;
}

static void print_rows(const char *setting, const sums *sums)
{
    double n = sums->panel[MUNICIPALITIES], n_panels = sums->panel[PANELS], extremes = 2 * N_EXTREME * n_panels,
           n_small = sums->panel[SMALL_ONES];
    for (int method = 0; method < N_METHODS; method++) {
        const double *counts = sums->method[method];
        printf("| %s | %.0f | %s | %.1f | %.1f | %.1f | %.2f | %.1f | %.1f | %.1f | %.2f | %.1f", setting, n_panels,
               methods[method], hundred(counts[HELD_U], n), hundred(counts[HELD_U_EXTREME], extremes),
               hundred(counts[HELD_U_SMALL], n_small), counts[WIDTH_U] / n, hundred(counts[HELD_L], n),
               hundred(counts[HELD_L_EXTREME], extremes), hundred(counts[HELD_L_SMALL], n_small), counts[WIDTH_L] / n,
               hundred(counts[HELD_NEXT], n));
        if (method == 0)
            printf(" | %.1f (%.0f) | %.1f (%.0f)", hundred(counts[HELD_RANK_U], sums->panel[RANKED]),
                   counts[WIDTH_RANK_U] / sums->panel[RANKED], hundred(counts[HELD_RANK_L], sums->panel[RANKED]),
                   counts[WIDTH_RANK_L] / sums->panel[RANKED]);
        else
            printf(" | | ");
        for (int claim = CLEAR_U; claim < N_COUNTS; claim += 2)
            printf(" | %.0f / %.1f", counts[claim] / n_panels, hundred(counts[claim + 1], counts[claim]));
        puts(" |");
    }
}

static void print_head(void)
{
    puts("| years | φ | truth | panels | method | u | u, extremes | u, small | width | L | L, extremes | L, small | "
         "width "
         "| next year | place by u (width) | place by L (width) | clear by u / wrong % | clear by L / wrong % | by u's "
         "interval | by L's interval |");
    puts("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
}

static void print_estimates(const char *setting, const sums *sums)
{
    double n = sums->panel[PANELS];
    printf("| %s | %.3f | %.4f | %.0f | %.3f | %.0f | %.0f | %.0f | %.0f |\n", setting, sums->panel[VAR_U] / n,
           sums->panel[ROW] / n, sums->panel[PERSON] / n, sums->panel[PHI] / n, sums->panel[AT_BORDER],
           sums->panel[NOT_CONVERGED], sums->panel[MS] / n, sums->panel[MS_LEVELS] / n);
}

static void write_sums(const char *path, const char *setting, const sums *total)
{
    FILE *file = fopen(path, "w");
    const double *values = (const double *)total;
    if (!file || fprintf(file, "%s\n", setting) < 0) {
        fprintf(stderr, "coverage: %s: %s\n", path, strerror(errno));
        exit(3);
    }
    for (size_t i = 0; i < sizeof *total / sizeof(double); i++)
        fprintf(file, "%.17g\n", values[i]);
    if (fclose(file))
        exit(3);
}

static void read_sums(const char *path, char *setting, sums *part)
{
    FILE *file = fopen(path, "r");
    double *values = (double *)part;
    if (!file || !fgets(setting, SETTING, file)) {
        fprintf(stderr, "coverage: %s: not there, or empty\n", path);
        exit(3);
    }
    setting[strcspn(setting, "\n")] = 0;
    for (size_t i = 0; i < sizeof *part / sizeof(double); i++)
        if (fscanf(file, "%lf", &values[i]) != 1) {
            fprintf(stderr, "coverage: %s: cut short\n", path);
            exit(3);
        }
    fclose(file);
}

/* Files of one setting are added, in the order in which a setting is first met. */
static int print_table(int n_files, char **paths)
{
    char(*names)[SETTING] = room((size_t)n_files, sizeof *names), name[SETTING];
    sums *totals = room((size_t)n_files, sizeof *totals), part;
    int n = 0;
    bool is_all_right = true;
    for (int i = 0; i < n_files; i++) {
        read_sums(paths[i], name, &part);
        int found = 0;
        while (found < n && strcmp(names[found], name) != 0)
            found++;
        if (found == n)
            memcpy(names[n++], name, SETTING);
        add(&totals[found], &part);
    }
    print_head();
    for (int i = 0; i < n; i++)
        print_rows(names[i], &totals[i]);
    puts("\n| years | φ | truth | Var u | s0² | s1² | φ | panels with Var u or φ at a border | not converged | ms a "
         "panel "
         "| ms of the levels |");
    puts("|---|---|---|---|---|---|---|---|---|---|---|");
    for (int i = 0; i < n; i++)
        print_estimates(names[i], &totals[i]);
    puts("");
    for (int i = 0; i < n; i++)
        if (strstr(names[i], "the model") && !is_right(&totals[i])) {
            printf("does not hold: %s\n", names[i]);
            is_all_right = false;
        }
    puts(is_all_right ? "holds" : "does not hold");
    free(names), free(totals);
    return is_all_right ? 0 : 1;
}

/* ---- the call ---- */

static const char *option(int n, char **arguments, const char *name, const char *value)
{
    for (int i = 1; i + 1 < n; i++)
        if (strcmp(arguments[i], name) == 0)
            value = arguments[i + 1];
    return value;
}

static bool has_flag(int n, char **arguments, const char *name)
{
    for (int i = 1; i < n; i++)
        if (strcmp(arguments[i], name) == 0)
            return true;
    return false;
}

static setting setting_of(int n, char **arguments)
{
    setting setting = {.n_years = atoi(option(n, arguments, "--years", "5")),
                       .phi = atof(option(n, arguments, "--phi", "0.5")),
                       .white = atof(option(n, arguments, "--white", "0")),
                       .is_heavy = has_flag(n, arguments, "--heavy"),
                       .is_by_size = has_flag(n, arguments, "--by-size"),
                       .is_hard = has_flag(n, arguments, "--hard"),
                       .coefficients = has_flag(n, arguments, "--gls") ? BEHOV_LEVELS_GLS : BEHOV_LEVELS_OLS,
                       .n_draws = (size_t)atol(option(n, arguments, "--draws", "2000")),
                       .n_threads = (size_t)atol(option(n, arguments, "--threads", "1")),
                       .end = (size_t)atol(option(n, arguments, "--panels", "1000")),
                       .seed = (uint64_t)atol(option(n, arguments, "--seed", "1")),
                       .sums_path = option(n, arguments, "--sums", NULL)};
    const char *range = option(n, arguments, "--panel-range", NULL), *dash = range ? strchr(range, '-') : NULL;
    if (dash) { /* from the first up to, but not including, the second */
        setting.first = (size_t)atol(range);
        setting.end = (size_t)atol(dash + 1);
    }
    setting.row = setting.is_hard ? 0.2 : 0.02;
    setting.person = setting.is_hard ? 200 : 400;
    if (setting.n_years < 2 || setting.n_years > 40 || setting.end <= setting.first || !(setting.phi >= 0) ||
        !(setting.phi < 1) || !(setting.white >= 0) || !(setting.white < 1)) {
        fputs("coverage: --years 2 .. 40, --phi and --white 0 .. 1, some panels\n", stderr);
        exit(2);
    }
    return setting;
}

int main(int n_arguments, char **arguments)
{
    gsl_set_error_handler_off();
    if (n_arguments > 2 && strcmp(arguments[1], "--table") == 0)
        return print_table(n_arguments - 2, arguments + 2);
    frame frame = {.setting = setting_of(n_arguments, arguments)};
    char name[SETTING];
    size_t n_panels = frame.setting.end - frame.setting.first;
    open_frame(&frame);
    frame.panels = room(n_panels, sizeof *frame.panels);
    behov_parallel(frame.setting.n_threads, n_panels, run_panel, &frame);
    sums total = {{0}, {{0}}};
    for (size_t i = 0; i < n_panels; i++)
        add(&total, &frame.panels[i]);
    name_setting(&frame.setting, name);
    if (frame.setting.sums_path) {
        write_sums(frame.setting.sums_path, name, &total);
    } else {
        print_head();
        print_rows(name, &total);
        puts("");
        print_estimates(name, &total);
    }
    return 0;
}
