/* simulate.c - whether nine of ten intervals of lasting levels and of ranks hold the truth.
 *
 *     coverage_of_ranks [--panels 1000] [--draws 2000] [--seed 1] [--years 5] [--from 1] [--bundled 1]
 *
 * The bundled panel gives municipalities, populations, covariates and which rows are estimated on; its fit gives b.
 * Each of the panels is then simulated from the model itself,
 *
 *   y_it = x_it'b + u_i + e_it,  u_i ~ N(0, Var u),  e_it ~ N(0, s0^2 + s1^2 / population_it)
 *
 * Var u 0.25, s0^2 0.02, s1^2 400 in (1000 kr per inhabitant)^2 unless --bundled takes those that are estimated on the
 * bundled panel: with 1 000 inhabitants chance is then more than half of what a year shows, with 20 000 it is a
 * seventh. Each is fitted by least squares, and its lasting levels and rank intervals are held against the u that were
 * drawn. --years and
 * --from take that many years from the panel, starting with the first, second ...; with one year s0 is 0 in the
 * simulation unless --row-chance 1, as the method assumes. Exit code 1 when a share of 90 per cent lies outside 88 to
 * 92, or a class has shrunk levels that are no nearer to the truth than raw ones. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "tables.h"

static const char formula[] =
    "y ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66 + non_western_immigrants + "
    "new_refugees + upper_secondary_completion";
static const char *const covariates[] = {"disabled_18_49",   "population",   "clustering_index",
                                         "population_16_66", "year",         "non_western_immigrants",
                                         "new_refugees",     "estimated_on", "upper_secondary_completion"};
static const double bounds[] = {2000, 5000, 10000, 20000, INFINITY};
enum { CLASSES = 5, K_MAX = 16 };
static const double level = 0.90;

/* The rows that are simulated, and what is known about their municipalities. */
typedef struct frame {
    size_t n, n_municipalities, n_regressors;
    behov_table *table; /* of the covariates and y, made anew for each panel */
    uint32_t *municipalities;
    double *columns[9], *populations, *regressors, *residuals;
    bool *is_estimated;
    double *rows, *sizes, *means; /* per municipality: mean x, mean population, mean of x'b */
    double *n_rows;
    double coefficients[K_MAX];
    behov_shrink_variances truth;
    char text[400];
} frame;

typedef struct tally {
    double n, n_ratios, level, ratio, rank, gap_rank, raw_error, shrunk_error, raw_ratio_error, shrunk_ratio_error,
        rank_width;
} tally;

static double option(int n, char **arguments, const char *name, double value)
{
    for (int i = 1; i + 1 < n; i++)
        if (strcmp(arguments[i], name) == 0)
            value = atoi(arguments[i + 1]);
    return value;
}

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

/* The covariates with an outcome, fitted as the program does. */
static void fit(frame *frame, const double *y, estimation *estimation)
{
    frame->table = table_of_rows(frame->n);
    for (size_t k = 0; k < 9; k++)
        table_add(frame->table, covariates[k], frame->columns[k]);
    table_add(frame->table, "y", y);
    estimation_options options = {
        .kind = BEHOV_VCOV_CLASSICAL, .set_aside = "estimated_on == 0", .fit = {.double_only = true}};
    stop_on(estimate(estimation, frame->table, frame->text, options), &estimation->err);
}

static behov_shrink *shrink_of(frame *frame, const double *y, const double *coefficients)
{
    for (size_t i = 0; i < frame->n; i++) {
        frame->residuals[i] = y[i];
        for (size_t k = 0; k < frame->n_regressors; k++)
            frame->residuals[i] -= frame->regressors[i * frame->n_regressors + k] * coefficients[k];
    }
    behov_shrink *shrink = NULL;
    behov_error err;
    stop_on(behov_shrink_new(&(behov_shrink_data){.n_rows = frame->n,
                                                  .n_municipalities = frame->n_municipalities,
                                                  .n_regressors = frame->n_regressors,
                                                  .municipalities = frame->municipalities,
                                                  .residuals = frame->residuals,
                                                  .populations = frame->populations,
                                                  .regressors = frame->regressors,
                                                  .is_estimated = frame->is_estimated},
                             &shrink, &err),
            &err);
    return shrink;
}

static void open_frame(frame *frame, int n_years, int start, bool is_bundled, bool has_row_chance)
{
    char path[1000];
    const char *source = getenv("BEHOV_SOURCE");
    snprintf(path, sizeof path, "%s/datasets/simulated/panel.csv", source ? source : ".");
    behov_table *whole = table_of_file(path);
    const double *years = table_numbers(whole, "year");
    ptrdiff_t code_column = behov_table_find(whole, "municipality_code");
    const int32_t *codes = behov_table_codes(whole, (size_t)code_column);
    size_t n_all = behov_table_n_rows(whole);
    int first = 2011 + start;
    double *y = room(n_all, sizeof *y);
    frame->n_municipalities = behov_dictionary_count(behov_table_levels(whole, (size_t)code_column));
    frame->municipalities = room(n_all, sizeof *frame->municipalities);
    for (size_t k = 0; k < 9; k++)
        frame->columns[k] = room(n_all, sizeof(double));
    for (size_t row = 0; row < n_all; row++) {
        if (years[row] < first || years[row] >= first + n_years)
            continue;
        for (size_t k = 0; k < 9; k++)
            frame->columns[k][frame->n] = table_numbers(whole, covariates[k])[row];
        frame->municipalities[frame->n] = (uint32_t)codes[row];
        y[frame->n++] = table_numbers(whole, "net_expenditure")[row];
    }
    behov_table_free(whole);
    snprintf(frame->text, sizeof frame->text, "%s%s", formula, n_years > 1 ? " + factor(year)" : "");
    frame->residuals = room(frame->n, sizeof *frame->residuals);
    frame->populations = frame->columns[1];
    frame->is_estimated = room(frame->n, sizeof *frame->is_estimated);
    for (size_t i = 0; i < frame->n; i++)
        frame->is_estimated[i] = frame->columns[7][i] != 0;
    estimation estimation;
    fit(frame, y, &estimation);
    frame->n_regressors = behov_fit_n_regressors(estimation.fit);
    memcpy(frame->coefficients, behov_fit_coefficients(estimation.fit),
           frame->n_regressors * sizeof *frame->coefficients);
    frame->regressors = room(frame->n, frame->n_regressors * sizeof *frame->regressors);
    for (uint32_t row = 0; row < frame->n; row++)
        behov_design_fill(estimation.design, &row, 1, frame->regressors + row * frame->n_regressors,
                          frame->n_regressors, NULL);
    estimation_free(&estimation);
    behov_table_free(frame->table);
    behov_shrink *shrink = shrink_of(frame, y, frame->coefficients);
    frame->truth = is_bundled
                       ? behov_shrink_variances_of(shrink)
                       : (behov_shrink_variances){.lasting = 0.25, .row = has_row_chance ? 0.02 : 0, .person = 400};
    behov_shrink_free(shrink);
    frame->rows = room(frame->n_municipalities, frame->n_regressors * sizeof *frame->rows);
    frame->sizes = room(frame->n_municipalities, sizeof *frame->sizes);
    frame->means = room(frame->n_municipalities, sizeof *frame->means);
    frame->n_rows = room(frame->n_municipalities, sizeof *frame->n_rows);
    for (size_t i = 0; i < frame->n; i++)
        frame->n_rows[frame->municipalities[i]]++;
    for (size_t i = 0; i < frame->n; i++) {
        uint32_t m = frame->municipalities[i];
        frame->sizes[m] += frame->populations[i] / frame->n_rows[m];
        for (size_t k = 0; k < frame->n_regressors; k++) {
            double x = frame->regressors[i * frame->n_regressors + k] / frame->n_rows[m];
            frame->rows[m * frame->n_regressors + k] += x;
            frame->means[m] += x * frame->coefficients[k];
        }
    }
    free(y);
}

static size_t class_of(double population)
{
    size_t size_class = 0;
    while (population >= bounds[size_class])
        size_class++;
    return size_class;
}

static void rank(const double *values, size_t n, double *ranks)
{
    behov_error err;
    stop_on(behov_rank_values(values, n, NULL, ranks, &err), &err);
}

static void simulate(frame *frame, dice *random, size_t n_draws, tally *tallies, behov_shrink_variances *mean,
                     double n_panels)
{
    size_t n = frame->n_municipalities, width = frame->n_regressors;
    double *y = room(frame->n, sizeof *y), *u = room(n, sizeof *u), *needs = room(n, sizeof *needs);
    double *figures = room(n, 9 * sizeof *figures), *ratios = figures, *gaps = ratios + n, *ranks = gaps + n,
           *gap_ranks = ranks + n, *low = gap_ranks + n, *high = low + n, *gap_low = high + n, *gap_high = gap_low + n,
           *raw = gap_high + n;
    for (size_t m = 0; m < n; m++)
        u[m] = sqrt(frame->truth.lasting) * dice_normal(random);
    for (size_t i = 0; i < frame->n; i++) {
        y[i] = u[frame->municipalities[i]] +
               sqrt(frame->truth.row + frame->truth.person / frame->populations[i]) * dice_normal(random);
        for (size_t k = 0; k < width; k++)
            y[i] += frame->regressors[i * width + k] * frame->coefficients[k];
    }
    estimation estimation;
    fit(frame, y, &estimation);
    behov_shrink *shrink = shrink_of(frame, y, behov_fit_coefficients(estimation.fit));
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    mean->lasting += got.lasting / n_panels;
    mean->row += got.row / n_panels;
    mean->person += got.person / n_panels;
    mean->n_steps += got.n_steps;
    mean->is_converged = mean->is_converged && got.is_converged;
    for (size_t i = 0; i < frame->n; i++)
        raw[frame->municipalities[i]] += frame->residuals[i] / frame->n_rows[frame->municipalities[i]];
    for (size_t m = 0; m < n; m++) {
        for (size_t k = 0; k < width; k++)
            needs[m] += frame->rows[m * width + k] * behov_fit_coefficients(estimation.fit)[k];
        ratios[m] = 100 * (frame->means[m] + u[m]) / frame->means[m];
        gaps[m] = u[m] * frame->sizes[m];
    }
    rank(ratios, n, ranks);
    rank(gaps, n, gap_ranks);
    behov_shrink_ranking how = {
        .needs = needs, .regressors = frame->rows, .n_draws = n_draws, .level = level, .seed = random->state};
    behov_error err;
    stop_on(behov_shrink_ranks(shrink, &how, low, high, &err), &err);
    how.by = BEHOV_BY_GAP;
    how.scales = frame->sizes;
    stop_on(behov_shrink_ranks(shrink, &how, gap_low, gap_high, &err), &err);
    for (size_t m = 0; m < n; m++) {
        tally *out = &tallies[class_of(frame->sizes[m])];
        double effect = behov_shrink_effects(shrink)[m];
        behov_interval interval = behov_level_interval(effect, behov_shrink_uncertainties(shrink)[m], INFINITY, level);
        behov_lasting lasting = behov_shrink_ratio(shrink, m, needs[m], frame->rows + m * width, level);
        out->n++;
        out->level += u[m] >= interval.low && u[m] <= interval.high;
        out->gap_rank += gap_ranks[m] >= gap_low[m] && gap_ranks[m] <= gap_high[m];
        out->raw_error += (raw[m] - u[m]) * (raw[m] - u[m]);
        out->shrunk_error += (effect - u[m]) * (effect - u[m]);
        if (needs[m] <= 0 || frame->means[m] <= 0)
            continue; /* no ratio */
        out->n_ratios++;
        out->ratio += ratios[m] >= lasting.interval.low && ratios[m] <= lasting.interval.high;
        out->rank += ranks[m] >= low[m] && ranks[m] <= high[m];
        out->rank_width += high[m] - low[m] + 1;
        double raw_ratio = 100 * (needs[m] + raw[m]) / needs[m];
        out->raw_ratio_error += (raw_ratio - ratios[m]) * (raw_ratio - ratios[m]);
        out->shrunk_ratio_error += (lasting.ratio - ratios[m]) * (lasting.ratio - ratios[m]);
    }
    behov_shrink_free(shrink);
    estimation_free(&estimation);
    behov_table_free(frame->table);
    free(y), free(u), free(needs), free(figures);
}

static bool print_line(const char *name, const tally *tally, bool is_all)
{
    printf("%-16s %8.0f   %5.1f   %5.1f   %5.1f   %5.1f  %6.0f   %8.0f %8.0f   %8.1f %8.1f\n", name, tally->n,
           100 * tally->level / tally->n, 100 * tally->ratio / tally->n_ratios, 100 * tally->rank / tally->n_ratios,
           100 * tally->gap_rank / tally->n, tally->rank_width / tally->n_ratios, 1e6 * tally->raw_error / tally->n,
           1e6 * tally->shrunk_error / tally->n, tally->raw_ratio_error / tally->n_ratios,
           tally->shrunk_ratio_error / tally->n_ratios);
    const double shares[] = {tally->level / tally->n, tally->ratio / tally->n_ratios, tally->rank / tally->n_ratios,
                             tally->gap_rank / tally->n};
    bool holds = tally->shrunk_error < tally->raw_error && tally->shrunk_ratio_error < tally->raw_ratio_error;
    for (size_t i = 0; is_all && i < 4; i++)
        holds = holds && shares[i] >= 0.88 && shares[i] <= 0.92;
    return holds;
}

int main(int n_arguments, char **arguments)
{
    gsl_set_error_handler_off();
    size_t n_panels = (size_t)option(n_arguments, arguments, "--panels", 1000);
    size_t n_draws = (size_t)option(n_arguments, arguments, "--draws", 2000);
    int n_years = (int)option(n_arguments, arguments, "--years", 5),
        start = (int)option(n_arguments, arguments, "--from", 1);
    dice random = dice_of((uint64_t)option(n_arguments, arguments, "--seed", 1));
    frame frame = {0};
    bool is_bundled = option(n_arguments, arguments, "--bundled", 0) != 0;
    open_frame(&frame, n_years, start, is_bundled, option(n_arguments, arguments, "--row-chance", n_years > 1) != 0);
    printf("%lu panels of %lu rows, %lu municipalities, %d years; %lu draws\n", (unsigned long)n_panels,
           (unsigned long)frame.n, (unsigned long)frame.n_municipalities, n_years, (unsigned long)n_draws);
    printf("truth: Var u %.6g, s0^2 %.6g, s1^2 %.6g\n", frame.truth.lasting, frame.truth.row, frame.truth.person);
    static const char *const names[] = {"under 2 000", "2 000-5 000", "5 000-10 000", "10 000-20 000",
                                        "20 000 and more"};
    tally tallies[CLASSES] = {{0}}, all = {0};
    behov_shrink_variances mean = {.is_converged = true};
    clock_t begun = clock();
    for (size_t panel = 0; panel < n_panels; panel++)
        simulate(&frame, &random, n_draws, tallies, &mean, (double)n_panels);
    printf("means of estimates: Var u %.6g, s0^2 %.6g, s1^2 %.6g; %.1f steps each%s; %.0f s\n\n", mean.lasting,
           mean.row, mean.person, (double)mean.n_steps / (double)n_panels,
           mean.is_converged ? "" : ", not all converged", (double)(clock() - begun) / CLOCKS_PER_SEC);
    printf("%-16s %8s   %5s   %5s   %5s   %5s  %6s   %17s   %17s\n", "", "", "level", "ratio", "rank", "rank", "rank",
           "mean sq. error of", "mean sq. error of");
    printf("%-16s %8s   %5s   %5s   %5s   %5s  %6s   %17s   %17s\n", "inhabitants", "n", "", "", "ratio", "gap",
           "width", "level, (kr/inh)^2", "ratio");
    printf("%-16s %8s   %5s   %5s   %5s   %5s  %6s   %8s %8s   %8s %8s\n", "", "", "", "", "", "", "", "raw", "shrunk",
           "raw", "shrunk");
    bool holds = true;
    for (size_t size_class = 0; size_class < CLASSES; size_class++) {
        holds = print_line(names[size_class], &tallies[size_class], false) && holds;
        const double *from_class = (const double *)&tallies[size_class];
        for (size_t k = 0; k < sizeof all / sizeof(double); k++)
            ((double *)&all)[k] += from_class[k];
    }
    holds = print_line("all", &all, true) && holds;
    puts(holds ? "holds" : "does not hold");
    return holds ? 0 : 1;
}
