/* test_plausibility.c - what a look at a panel may say of panels that are right, and what it has to say of planted faults.
 *
 * Panels are simulated with fixed seeds: 1 to 400 municipalities, 1 to 20 years, populations log-normal from 200 to
 * 700 000, shares and spending of the size of public figures and as uneven where municipalities are small, reforms that
 * give new codes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "effort.h"
#include "tables.h"

enum { OUTCOME, DISABLED, POPULATION, INDEX, WORKING_AGE, IMMIGRANTS, REFUGEES, COMPLETION, N_COLUMNS };

static const char *const names[N_COLUMNS] = {
    "net_expenditure",  "disabled_18_49",         "population",   "clustering_index",
    "population_16_66", "non_western_immigrants", "new_refugees", "upper_secondary_completion",
};

typedef struct panel_text {
    char code[12], name[24];
} panel_text;

typedef struct simulated {
    size_t n_rows, room, n_municipalities, n_years;
    double *columns[N_COLUMNS], *years;
    panel_text *texts;
} simulated;

static double within(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

static void simulated_free(simulated *sample)
{
    for (size_t j = 0; j < N_COLUMNS; j++)
        free(sample->columns[j]);
    free(sample->years);
    free(sample->texts);
}

/* Figures of one municipality, year by year. */
static void add_municipality(simulated *sample, dice *die, size_t number, int first_year, int reform)
{
    double population = within(round(pow(10, 3.75 + 0.6 * dice_normal(die))), 200, 700000);
    double disabled = 1.5 * exp(0.35 * dice_normal(die)), age = within(63 + 2.5 * dice_normal(die), 54, 72);
    double immigrants = 3 * exp(0.6 * dice_normal(die)), rate = 0.002 * exp(0.8 * dice_normal(die));
    double completion = within(72 + 8 * dice_normal(die), 45, 95), index = 1 + 0.35 * dice_uniform(die);
    double spending = 1.9 * exp(0.35 * dice_normal(die)), uneven = within(20 / sqrt(population), 0.05, 0.8);
    bool is_renamed = reform && dice_uniform(die) < 0.5;
    for (size_t t = 0; t < sample->n_years; t++) {
        size_t row = sample->n_rows++;
        int year = first_year + (int)t;
        population = fmax(round(population * (1 + 0.01 * dice_normal(die))), 150);
        double refugees = round(population * rate * exp(0.6 * dice_normal(die)));
        snprintf(sample->texts[row].code, sizeof sample->texts[row].code, "%04zu",
                 101 + number + (is_renamed && year >= reform ? 3000 : 0));
        snprintf(sample->texts[row].name, sizeof sample->texts[row].name, "Kommune %zu", number);
        sample->years[row] = year;
        sample->columns[POPULATION][row] = population;
        sample->columns[DISABLED][row] = disabled * exp(0.04 * dice_normal(die));
        sample->columns[WORKING_AGE][row] = age + 0.2 * dice_normal(die);
        sample->columns[IMMIGRANTS][row] = within(immigrants * exp(0.08 * dice_normal(die)) + 0.1 * (double)t, 0, 100);
        sample->columns[REFUGEES][row] = within(100 * refugees / population, 0, 100);
        sample->columns[COMPLETION][row] =
            within(completion + 3 * dice_normal(die) + 60 * uneven * dice_normal(die) / 10, 0, 100);
        sample->columns[INDEX][row] = index * exp(0.05 * dice_normal(die));
        double spent = spending * exp(uneven * dice_normal(die)) * (1 + 0.03 * (double)t);
        /* Utsira 2013: few inhabitants, who cost little in other years too */
        bool may_be_none = population < 1000 && spending < 1.2;
        sample->columns[OUTCOME][row] = dice_uniform(die) < 0.01 * uneven && may_be_none ? 0 : spent;
    }
}

static simulated simulate(uint64_t seed, size_t n_municipalities, size_t n_years)
{
    dice die = dice_of(seed);
    simulated sample = {
        .n_municipalities = n_municipalities, .n_years = n_years, .room = n_municipalities * n_years + 8};
    for (size_t j = 0; j < N_COLUMNS; j++)
        sample.columns[j] = calloc(sample.room, sizeof(double));
    sample.years = calloc(sample.room, sizeof(double));
    sample.texts = calloc(sample.room, sizeof *sample.texts);
    int first_year = 2003 + (int)dice_below(&die, 15);
    int reform = first_year <= 2018 && first_year + (int)n_years > 2020 ? 2020 : 0;
    for (size_t i = 0; i < n_municipalities; i++)
        add_municipality(&sample, &die, i, first_year, reform);
    return sample;
}

/* One more row: a copy of another, to be changed. */
static size_t copy_row(simulated *sample, size_t row)
{
    size_t added_index = sample->n_rows++;
    for (size_t j = 0; j < N_COLUMNS; j++)
        sample->columns[j][added_index] = sample->columns[j][row];
    sample->years[added_index] = sample->years[row];
    sample->texts[added_index] = sample->texts[row];
    return added_index;
}

static behov_plausibility *look(const simulated *sample, behov_table **table)
{
    const char **texts = calloc(sample->n_rows, sizeof *texts);
    *table = table_of_rows(sample->n_rows);
    for (size_t i = 0; i < sample->n_rows; i++)
        texts[i] = sample->texts[i].code;
    table_add_texts(*table, "municipality_code", texts);
    for (size_t i = 0; i < sample->n_rows; i++)
        texts[i] = sample->texts[i].name;
    table_add_texts(*table, "municipality", texts);
    free(texts);
    table_add(*table, "year", sample->years);
    static const double usual_means[N_COLUMNS][2] = {[DISABLED] = {0.5, 4},
                                                     [WORKING_AGE] = {50, 75},
                                                     [IMMIGRANTS] = {0.3, 20},
                                                     [REFUGEES] = {0.1, 1.5},
                                                     [COMPLETION] = {40, 90}};
    behov_column_limits limits[N_COLUMNS];
    behov_column_range usual[N_COLUMNS];
    size_t n_limits = 0, n_usual = 0;
    for (size_t j = 0; j < N_COLUMNS; j++) {
        table_add(*table, names[j], sample->columns[j]);
        ptrdiff_t column = behov_table_find(*table, names[j]);
        if (j == OUTCOME)
            continue;
        if (usual_means[j][1] > 0)
            usual[n_usual++] = (behov_column_range){(size_t)column, usual_means[j][0], NAN, usual_means[j][1]};
        limits[n_limits++] = (behov_column_limits){(size_t)column, j == POPULATION,
                                                   j == POPULATION || j == INDEX ? NAN : 100, j == POPULATION};
    }
    behov_panel panel;
    behov_error err;
    behov_plausibility *plausibility = NULL;
    assert_int_equal(behov_panel_find(*table, NULL, &panel, &err), BEHOV_OK);
    assert_int_equal(behov_plausibility_mark(*table, &panel, &err), BEHOV_OK);
    behov_plausibility_options options = {.limits = limits,
                                          .n_limits = n_limits,
                                          .usual = usual,
                                          .n_usual = n_usual,
                                          .outcome = names[OUTCOME],
                                          .unit = BEHOV_UNIT_1000KR_PER_INHABITANT};
    assert_int_equal(behov_plausibility_new(&panel, &options, &plausibility, &err), BEHOV_OK);
    return plausibility;
}

static void panels_that_are_right_give_no_error(void **state)
{
    (void)state;
    size_t n = effort(200), n_warnings = 0, n_two_codes = 0, n_rows = 0;
    dice sizes = dice_of(20261129);
    for (size_t i = 0; i < n; i++) {
        size_t n_municipalities = 1 + dice_below(&sizes, 400), n_years = 1 + dice_below(&sizes, 20);
        simulated panel = simulate(1000 + i, n_municipalities, n_years);
        behov_table *table;
        behov_plausibility *plausibility = look(&panel, &table);
        size_t n_findings;
        const behov_oddity *findings = behov_plausibility_findings(plausibility, &n_findings);
        for (size_t k = 0; k < n_findings; k++) {
            const behov_oddity *oddity = &findings[k];
            if (oddity->severity != BEHOV_WARNING)
                fail_msg(
                    "panel %zu (%zu municipalities, %zu years): kind %d, cause %d, row %td, column %td, value %g, %g",
                    i, n_municipalities, n_years, oddity->kind, oddity->cause, oddity->row, oddity->column,
                    oddity->value, oddity->low);
            n_two_codes += oddity->kind == BEHOV_ODD_TWO_CODES ? oddity->count : 0;
            n_warnings += oddity->kind == BEHOV_ODD_TWO_CODES ? 0 : oddity->count;
        }
        n_rows += panel.n_rows;
        behov_plausibility_free(plausibility);
        behov_table_free(table);
        simulated_free(&panel);
    }
    printf("%zu panels, %zu rows: no error, %zu warnings beside %zu changes of code\n", n, n_rows, n_warnings,
           n_two_codes);
}

/* ---- planted faults ------------------------------------------------------------------------------------------------ */

typedef struct fault {
    const char *name;
    void (*plant)(simulated *new_sample, size_t row, dice *die);
    behov_oddity_kind kind;
    behov_severity severity;
    int cause;    /* -1 = any */
    double share; /* of the planted ones that have to be found */
} fault;

static void plant_total(simulated *sample, size_t row, dice *die)
{
    (void)die;
    row = copy_row(sample, row);
    strcpy(sample->texts[row].code, "0000");
    strcpy(sample->texts[row].name, "Hele landet");
}

static void plant_county(simulated *sample, size_t row, dice *die)
{
    (void)die;
    strcpy(sample->texts[copy_row(sample, row)].code, "30");
}

static void plant_group(simulated *sample, size_t row, dice *die)
{
    (void)die;
    strcpy(sample->texts[copy_row(sample, row)].code, "EKG03");
}

static void plant_unknown(simulated *sample, size_t row, dice *die)
{
    (void)die;
    strcpy(sample->texts[copy_row(sample, row)].code, "9999");
}

static void plant_named_total(simulated *sample, size_t row, dice *die)
{
    (void)die;
    row = copy_row(sample, row);
    strcpy(sample->texts[row].code, "2998");
    strcpy(sample->texts[row].name, "I alt");
}

static double sum_of_year(const simulated *sample, double year)
{
    double sum = 0;
    for (size_t i = 0; i < sample->n_rows; i++)
        sum += sample->years[i] == year ? sample->columns[POPULATION][i] : 0;
    return sum;
}

static void plant_sum(simulated *sample, size_t row, dice *die)
{
    (void)die;
    double sum = sum_of_year(sample, sample->years[row]);
    row = copy_row(sample, row);
    strcpy(sample->texts[row].code, "2998");
    strcpy(sample->texts[row].name, "Noe annet");
    sample->columns[POPULATION][row] = sum;
}

/* A total in each year, rounded to thousands. */
static void plant_near_sums(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t t = 0; t < sample->n_years; t++) {
        double sum = sum_of_year(sample, sample->years[t]);
        size_t added_index = copy_row(sample, t);
        strcpy(sample->texts[added_index].code, "2998");
        strcpy(sample->texts[added_index].name, "Noe annet");
        sample->columns[POPULATION][added_index] = round(sum * 1.0004);
    }
}

static void plant_limit(simulated *sample, size_t row, dice *die)
{
    (void)die;
    sample->columns[COMPLETION][row] = 861;
}

static void plant_date(simulated *sample, size_t row, dice *die)
{
    (void)die;
    sample->columns[DISABLED][row] = 45352;
}

static void plant_code(simulated *sample, size_t row, dice *die)
{
    (void)die;
    strcpy(sample->texts[row].code, "AB01");
}

static void plant_double(simulated *sample, size_t row, dice *die)
{
    (void)die;
    copy_row(sample, row);
}

static void times_in_year(simulated *sample, size_t column, double year, double factor)
{
    for (size_t i = 0; i < sample->n_rows; i++)
        if (sample->years[i] == year)
            sample->columns[column][i] *= factor;
}

static void plant_kroner_in_a_year(simulated *sample, size_t row, dice *die)
{
    (void)die;
    times_in_year(sample, OUTCOME, sample->years[row], 1000);
}

static void plant_fractions_in_a_year(simulated *sample, size_t row, dice *die)
{
    (void)die;
    times_in_year(sample, WORKING_AGE, sample->years[row], 0.01);
}

static void plant_thousands_in_a_year(simulated *sample, size_t row, dice *die)
{
    (void)die;
    times_in_year(sample, POPULATION, sample->years[row], 1000);
}

static void plant_kroner_in_a_row(simulated *sample, size_t row, dice *die)
{
    (void)die;
    sample->columns[OUTCOME][row] = 2000 * (0.7 + sample->columns[INDEX][row] / 4);
}

static void plant_fraction_in_a_row(simulated *sample, size_t row, dice *die)
{
    (void)die;
    sample->columns[WORKING_AGE][row] /= 100;
}

static void plant_kroner_of_a_municipality(simulated *sample, size_t row, dice *die)
{
    (void)die;
    size_t first = row / sample->n_years * sample->n_years;
    for (size_t i = first; i < first + sample->n_years; i++)
        sample->columns[OUTCOME][i] = 2000 * sample->columns[INDEX][i];
}

static void plant_kroner(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        sample->columns[OUTCOME][i] *= 1000;
}

static void plant_totals(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        sample->columns[OUTCOME][i] *= sample->columns[POPULATION][i];
}

static void plant_whole_fractions(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        sample->columns[WORKING_AGE][i] /= 100;
}

static void plant_disabled_fractions(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        sample->columns[DISABLED][i] /= 100;
}

static void plant_refugee_fractions(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        sample->columns[REFUGEES][i] /= 100;
}

/* A municipality's, in all its years and under whichever code. */
static void plant_fractions_of_a_municipality(simulated *sample, size_t row, dice *die)
{
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        if (strcmp(sample->texts[i].name, sample->texts[row].name) == 0)
            sample->columns[DISABLED][i] /= 100;
}

static void plant_slipped_mark(simulated *sample, size_t row, dice *die)
{
    (void)die;
    sample->columns[DISABLED][row] *= 10;
}

static void plant_new_code(simulated *sample, size_t row, dice *die)
{
    (void)die;
    size_t first = row / sample->n_years * sample->n_years;
    for (size_t i = first + sample->n_years / 2; i < first + sample->n_years; i++)
        strcpy(sample->texts[i].code, "2997");
}

static void plant_missing_code(simulated *sample, size_t row, dice *die)
{
    sample->columns[OUTCOME][row] = -9999;
    sample->columns[OUTCOME][dice_below(die, sample->n_rows)] = -9999;
}

static void plant_nines(simulated *sample, size_t row, dice *die)
{
    (void)die;
    sample->columns[OUTCOME][row] = 9999;
}

static void plant_totals_of_a_municipality(simulated *sample, size_t row, dice *die)
{
    (void)die;
    size_t first = row / sample->n_years * sample->n_years;
    for (size_t i = first; i < first + sample->n_years; i++)
        sample->columns[OUTCOME][i] = round((0.5 + sample->columns[INDEX][i]) * sample->columns[POPULATION][i]);
}

static void times_in_half(simulated *sample, size_t column, double factor)
{
    for (size_t i = 0; i < sample->n_rows; i++)
        if (i / sample->n_years % 2 == 0)
            sample->columns[column][i] *= factor;
}

static void plant_kroner_of_half(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    times_in_half(sample, OUTCOME, 1000);
}

static void plant_times_100(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        sample->columns[OUTCOME][i] *= 100;
}

static void plant_millions(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        sample->columns[OUTCOME][i] /= 1000;
}

static void plant_inhabitants_in_thousands(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        sample->columns[POPULATION][i] = fmax(1, round(sample->columns[POPULATION][i] / 1000));
}

static void plant_half_of_inhabitants_in_thousands(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    for (size_t i = 0; i < sample->n_rows; i++)
        if (i / sample->n_years % 2 == 0)
            sample->columns[POPULATION][i] = fmax(1, round(sample->columns[POPULATION][i] / 1000));
}

static void plant_index_times_1000(simulated *sample, size_t row, dice *die)
{
    (void)die;
    sample->columns[INDEX][row] *= 1000;
}

static void plant_names_a_row_down(simulated *sample, size_t row, dice *die)
{
    (void)row;
    (void)die;
    char last[sizeof sample->texts->name];
    strcpy(last, sample->texts[sample->n_rows - 1].name);
    for (size_t i = sample->n_rows - 1; i > 0; i--)
        strcpy(sample->texts[i].name, sample->texts[i - 1].name);
    strcpy(sample->texts[0].name, last);
}

static void plant_year_that_is_alone(simulated *sample, size_t row, dice *die)
{
    (void)die;
    sample->years[row] += 12;
}

static void times_in_all_years(simulated *sample, size_t row, double factor)
{
    size_t first = row / sample->n_years * sample->n_years;
    for (size_t i = first; i < first + sample->n_years; i++)
        sample->columns[OUTCOME][i] *= factor;
}

static void plant_ten_times(simulated *sample, size_t row, dice *die)
{
    (void)die;
    times_in_all_years(sample, row, 10);
}

static void plant_a_hundredth(simulated *sample, size_t row, dice *die)
{
    (void)die;
    times_in_all_years(sample, row, 0.01);
}

static void plant_zero(simulated *sample, size_t row, dice *die)
{
    (void)die;
    sample->columns[OUTCOME][row] = 0;
}

static const fault faults[] = {
    {"ten times in all years", plant_ten_times, BEHOV_ODD_UNIT, BEHOV_WARNING, BEHOV_UNIT_MUNICIPALITY, 0.3},
    {"a hundredth in all years", plant_a_hundredth, BEHOV_ODD_UNIT, BEHOV_WARNING, BEHOV_UNIT_MUNICIPALITY, 0.3},
    {"0 among figures", plant_zero, BEHOV_ODD_MISSING, BEHOV_WARNING, -1, 0.3},
    {"-9999", plant_missing_code, BEHOV_ODD_MISSING, BEHOV_ERROR, -1, 1},
    {"9999", plant_nines, BEHOV_ODD_MISSING, BEHOV_ERROR, -1, 1},
    {"totals of a municipality", plant_totals_of_a_municipality, BEHOV_ODD_UNIT, BEHOV_ERROR, -1, 1},
    {"kroner of half", plant_kroner_of_half, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_TWO_LEVELS, 1},
    {"times 100", plant_times_100, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_WHOLE_COLUMN, 0.9},
    {"millions", plant_millions, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_WHOLE_COLUMN, 1},
    {"inhabitants in thousands", plant_inhabitants_in_thousands, BEHOV_ODD_UNIT, BEHOV_ERROR,
     BEHOV_UNIT_FEW_INHABITANTS, 1},
    {"half of them in thousands", plant_half_of_inhabitants_in_thousands, BEHOV_ODD_UNIT, BEHOV_ERROR,
     BEHOV_UNIT_FEW_INHABITANTS, 1},
    {"an index times 1000", plant_index_times_1000, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_ONE_ROW, 1},
    {"names a row down", plant_names_a_row_down, BEHOV_ODD_TWO_CODES, BEHOV_ERROR, BEHOV_NAMES_CROSSED, 1},
    {"a year that is alone", plant_year_that_is_alone, BEHOV_ODD_ROW, BEHOV_WARNING, BEHOV_ROW_YEAR_IS_FAR, 0.7},
    {"0000 Hele landet", plant_total, BEHOV_ODD_NO_MUNICIPALITY, BEHOV_MENDED, BEHOV_ROW_COUNTRY, 1},
    {"county 30", plant_county, BEHOV_ODD_NO_MUNICIPALITY, BEHOV_MENDED, BEHOV_ROW_COUNTY, 1},
    {"EKG03", plant_group, BEHOV_ODD_NO_MUNICIPALITY, BEHOV_MENDED, BEHOV_ROW_GROUP, 1},
    {"9999", plant_unknown, BEHOV_ODD_NO_MUNICIPALITY, BEHOV_MENDED, BEHOV_ROW_UNKNOWN, 1},
    {"I alt", plant_named_total, BEHOV_ODD_NO_MUNICIPALITY, BEHOV_MENDED, BEHOV_ROW_COUNTRY, 1},
    {"a sum of populations", plant_sum, BEHOV_ODD_NO_MUNICIPALITY, BEHOV_MENDED, BEHOV_ROW_SUM, 1},
    {"a rounded sum of populations", plant_near_sums, BEHOV_ODD_NO_MUNICIPALITY, BEHOV_ERROR, BEHOV_ROW_SUM, 1},
    {"861 per cent", plant_limit, BEHOV_ODD_LIMIT, BEHOV_ERROR, -1, 1},
    {"a date", plant_date, BEHOV_ODD_LIMIT, BEHOV_ERROR, -1, 1},
    {"AB01", plant_code, BEHOV_ODD_CODE, BEHOV_ERROR, BEHOV_CODE_NONE, 1},
    {"a double row", plant_double, BEHOV_ODD_ROW, BEHOV_ERROR, BEHOV_ROW_IS_DOUBLE, 1},
    {"kroner in a year", plant_kroner_in_a_year, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_ONE_YEAR, 1},
    {"fractions in a year", plant_fractions_in_a_year, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_ONE_YEAR, 1},
    {"thousands in a year", plant_thousands_in_a_year, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_ONE_YEAR, 1},
    {"kroner in a row", plant_kroner_in_a_row, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_ONE_ROW, 0.8},
    {"a fraction in a row", plant_fraction_in_a_row, BEHOV_ODD_UNIT, BEHOV_ERROR, -1, 1},
    {"kroner of a municipality", plant_kroner_of_a_municipality, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_MUNICIPALITY,
     0.9},
    {"kroner", plant_kroner, BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_WHOLE_COLUMN, 1},
    {"totals", plant_totals, BEHOV_ODD_TOTAL, BEHOV_ERROR, -1, 0.9},
    {"fractions", plant_whole_fractions, BEHOV_ODD_UNIT, BEHOV_WARNING, BEHOV_UNIT_FRACTIONS, 1},
    {"fractions of disabled", plant_disabled_fractions, BEHOV_ODD_UNIT, BEHOV_WARNING, BEHOV_UNIT_FRACTIONS, 1},
    {"fractions of refugees", plant_refugee_fractions, BEHOV_ODD_UNIT, BEHOV_WARNING, BEHOV_UNIT_FRACTIONS, 1},
    {"fractions of a municipality", plant_fractions_of_a_municipality, BEHOV_ODD_UNIT, BEHOV_ERROR,
     BEHOV_UNIT_MUNICIPALITY, 0.9},
    {"a decimal mark that slipped", plant_slipped_mark, BEHOV_ODD_JUMP, BEHOV_WARNING, -1, 0.9},
    {"a new code", plant_new_code, BEHOV_ODD_TWO_CODES, BEHOV_WARNING, -1, 1},
};

static bool is_found(const behov_plausibility *plausibility, const fault *planted)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].kind == planted->kind && findings[i].severity == planted->severity &&
            (planted->cause < 0 || findings[i].cause == planted->cause))
            return true;
    return false;
}

static void planted_faults_are_found(void **state)
{
    (void)state;
    size_t n = effort(50);
    for (size_t k = 0; k < sizeof faults / sizeof *faults; k++) {
        size_t n_found = 0;
        for (size_t i = 0; i < n; i++) {
            dice die = dice_of(77 + i);
            simulated panel = simulate(5000 + i, 30 + dice_below(&die, 100), 4 + dice_below(&die, 4));
            faults[k].plant(&panel, dice_below(&die, panel.n_rows), &die);
            behov_table *table;
            behov_plausibility *plausibility = look(&panel, &table);
            n_found += is_found(plausibility, &faults[k]);
            behov_plausibility_free(plausibility);
            behov_table_free(table);
            simulated_free(&panel);
        }
        printf("%-30s %zu of %zu\n", faults[k].name, n_found, n);
        if ((double)n_found < faults[k].share * (double)n)
            fail_msg("%s: %zu of %zu found", faults[k].name, n_found, n);
    }
}

/* The order of the rows changes no finding but its row. */
static void the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < effort(20); i++) {
        simulated panel = simulate(9000 + i, 40, 5);
        plant_kroner_in_a_year(&panel, 2, NULL);
        plant_limit(&panel, 7, NULL);
        behov_table *table, *turned_table;
        behov_plausibility *plausibility = look(&panel, &table);
        for (size_t a = 0, b = panel.n_rows - 1; a < b; a++, b--) {
            panel_text text = panel.texts[a];
            panel.texts[a] = panel.texts[b], panel.texts[b] = text;
            double year = panel.years[a];
            panel.years[a] = panel.years[b], panel.years[b] = year;
            for (size_t j = 0; j < N_COLUMNS; j++) {
                double value = panel.columns[j][a];
                panel.columns[j][a] = panel.columns[j][b], panel.columns[j][b] = value;
            }
        }
        behov_plausibility *again = look(&panel, &turned_table);
        for (int kind = 0; kind < BEHOV_N_ODDITY_KINDS; kind++)
            for (int severity = 0; severity <= BEHOV_ERROR; severity++)
                assert_int_equal(
                    behov_plausibility_count(plausibility, (behov_oddity_kind)kind, (behov_severity)severity),
                    behov_plausibility_count(again, (behov_oddity_kind)kind, (behov_severity)severity));
        behov_plausibility_free(plausibility);
        behov_plausibility_free(again);
        behov_table_free(table);
        behov_table_free(turned_table);
        simulated_free(&panel);
    }
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* An outcome of this size throughout is told with its median, which a sort gives too. */
static void check_median(const double *amounts, size_t n_rows, size_t n_threads)
{
    behov_table *table = table_of_rows(n_rows);
    behov_error err;
    behov_panel panel;
    behov_plausibility *plausibility = NULL;
    size_t n_findings, n = 0;
    double told = NAN, *sizes = malloc(n_rows * sizeof *sizes);
    assert_non_null(sizes);
    for (size_t i = 0; i < n_rows; i++)
        if (!isnan(amounts[i]))
            sizes[n++] = fabs(amounts[i]);
    qsort(sizes, n, sizeof *sizes, compare_numbers);
    assert_int_equal(behov_table_copy_numbers(table, "y", amounts, &err), BEHOV_OK);
    assert_int_equal(behov_panel_find(table, NULL, &panel, &err), BEHOV_OK);
    const behov_plausibility_options options = {
        .outcome = "y", .unit = BEHOV_UNIT_1000KR_PER_INHABITANT, .n_threads = n_threads};
    assert_int_equal(behov_plausibility_new(&panel, &options, &plausibility, &err), BEHOV_OK);
    const behov_oddity *findings = behov_plausibility_findings(plausibility, &n_findings);
    for (size_t i = 0; i < n_findings; i++)
        if (findings[i].kind == BEHOV_ODD_UNIT && findings[i].cause == BEHOV_UNIT_WHOLE_COLUMN)
            told = findings[i].value;
    if (!(told == sizes[(n - 1) / 2]))
        fail_msg("median of %zu of %zu rows: %.17g, by a sort %.17g", n, n_rows, told, sizes[(n - 1) / 2]);
    behov_plausibility_free(plausibility);
    behov_table_free(table);
    free(sizes);
}

/* Medians of more rows than are kept at once: numbers spread over many sizes, near each other to the last bits, and equal. */
static void medians_of_long_columns(void **state)
{
    (void)state;
    enum { LONG = 150000 };
    static const size_t lengths[] = {65535, 65536, 65537, LONG};
    double *amounts = malloc(LONG * sizeof *amounts);
    assert_non_null(amounts);
    for (size_t kind = 0; kind < 4; kind++)
        for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
            dice die = dice_of(31 + kind);
            for (size_t i = 0; i < lengths[k]; i++) {
                double u = dice_uniform(&die);
                amounts[i] = kind == 0   ? 200 * exp(3 * u)
                             : kind == 1 ? 200 + 1e-9 * floor(1e5 * u)
                             : kind == 2 ? 300
                                         : (u < 0.2 ? NAN : 200 + u);
            }
            check_median(amounts, lengths[k], 1 + k % 3);
        }
    free(amounts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(medians_of_long_columns),
        cmocka_unit_test(panels_that_are_right_give_no_error),
        cmocka_unit_test(planted_faults_are_found),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
