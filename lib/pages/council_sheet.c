/* council_sheet.c - the table of all municipalities of the year as a sheet, for the workbook within the page. */
#include <behov/council_page.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include "council_page_parts.h"
#include "table_columns.h"

enum { DECIMALS = 1 }; /* a workbook of all digits would be twice as large */

typedef struct sheet_source {
    const behov_council *council;
    size_t *places; /* of the rows */
    size_t n;
} sheet_source;

static const behov_ranked_municipality *ranked_of(const void *context, size_t row)
{
    const sheet_source *source = context;
    return &source->council->ranking.all[source->places[row]];
}

static const behov_council *council_of(const void *context)
{
    return ((const sheet_source *)context)->council;
}

static size_t place_of(const void *context, size_t row)
{
    return ((const sheet_source *)context)->places[row];
}

static const char *code(const void *context, size_t row)
{
    return council_municipality(council_of(context), place_of(context, row))->code;
}

static const char *name(const void *context, size_t row)
{
    return council_name(council_of(context), place_of(context, row));
}

static const char *group(const void *context, size_t row)
{
    return council_group(council_of(context), place_of(context, row));
}

static const char *certainty(const void *context, size_t row)
{
    return council_claim_label(council_of(context), place_of(context, row));
}

static double population(const void *context, size_t row)
{
    return ranked_of(context, row)->population;
}

static double amount(const void *context, double value)
{
    return behov_number_rounded(behov_profile_shown(&council_of(context)->profiles, value),
                                council_in_kroner(council_of(context)) ? 0 : 6);
}

static double actual(const void *context, size_t row)
{
    return amount(context, ranked_of(context, row)->actual);
}

static double need(const void *context, size_t row)
{
    return amount(context, ranked_of(context, row)->need);
}

static double ratio(const void *context, size_t row)
{
    return behov_number_rounded(ranked_of(context, row)->ratio, DECIMALS);
}

static double level(const void *context, size_t row)
{
    return behov_number_rounded(ranked_of(context, row)->lasting.ratio, DECIMALS);
}

static double level_low(const void *context, size_t row)
{
    return behov_number_rounded(ranked_of(context, row)->lasting.interval.low, DECIMALS);
}

static double level_high(const void *context, size_t row)
{
    return behov_number_rounded(ranked_of(context, row)->lasting.interval.high, DECIMALS);
}

static double rank_low(const void *context, size_t row)
{
    return ranked_of(context, row)->rank_low;
}

static double rank_high(const void *context, size_t row)
{
    return ranked_of(context, row)->rank_high;
}

enum { NEEDS_CODE = 1, NEEDS_GROUP = 2, NEEDS_POPULATION = 4 };

typedef struct sheet_column {
    const char *key;
    behov_quantity quantity;
    behov_word word;
    int part; /* of a word that holds several, divided by | */
    double (*figure)(const void *context, size_t row);
    const char *(*text)(const void *context, size_t row);
    unsigned needs;
} sheet_column;

static const sheet_column columns[] = {
    {"municipality", BEHOV_Q_TEXT, BEHOV_WORD_MUNICIPALITY, 0, NULL, name, 0},
    {"municipality_code", BEHOV_Q_CODE, BEHOV_WORD_MUNICIPALITY_CODE, 0, NULL, code, NEEDS_CODE},
    {"group", BEHOV_Q_TEXT, BEHOV_WORD_GROUP, 0, NULL, group, NEEDS_GROUP},
    {"population", BEHOV_Q_COUNT, BEHOV_WORD_POPULATION, 0, population, NULL, NEEDS_POPULATION},
    {"actual", BEHOV_Q_GAP, BEHOV_WORD_COUNCIL_COLUMN_ACTUAL, 0, actual, NULL, 0},
    {"need", BEHOV_Q_GAP, BEHOV_WORD_COUNCIL_COLUMN_NEED, 0, need, NULL, 0},
    {"ratio", BEHOV_Q_RATIO, BEHOV_WORD_COUNCIL_COLUMN_RATIO, 0, ratio, NULL, 0},
    {"level", BEHOV_Q_RATIO, BEHOV_WORD_COUNCIL_FILE_LEVEL, 0, level, NULL, 0},
    {"level_low", BEHOV_Q_RATIO, BEHOV_WORD_COUNCIL_FILE_LEVEL, 1, level_low, NULL, 0},
    {"level_high", BEHOV_Q_RATIO, BEHOV_WORD_COUNCIL_FILE_LEVEL, 2, level_high, NULL, 0},
    {"certainty", BEHOV_Q_TEXT, BEHOV_WORD_COUNCIL_COLUMN_CERTAINTY, 0, NULL, certainty, 0},
    {"rank_low", BEHOV_Q_RANK, BEHOV_WORD_COUNCIL_FILE_PLACE, 1, rank_low, NULL, 0},
    {"rank_high", BEHOV_Q_RANK, BEHOV_WORD_COUNCIL_FILE_PLACE, 2, rank_high, NULL, 0},
};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

static bool is_shown(const behov_council *council, const sheet_column *column)
{
    return (!(column->needs & NEEDS_CODE) || council->fit_results->study->panel.columns[BEHOV_ROLE_CODE] >= 0) &&
           (!(column->needs & NEEDS_GROUP) || council->profiles.has_group) &&
           (!(column->needs & NEEDS_POPULATION) || council->profiles.has_population);
}

/* The part of a word between its marks. */
static void say_heading(const behov_council *council, const sheet_column *column, behov_wording *words)
{
    behov_wording all = {0};
    behov_level_fill(&council->ranking.variances, 100 * council->choices.profile.level,
                     council_word(council, column->word), council_language(council), &all);
    const char *first = behov_wording_text(&all);
    for (int part = 0; part < column->part && strchr(first, '|'); part++)
        first = strchr(first, '|') + 1;
    behov_wording_add_bytes(words, first, strcspn(first, "|"));
    behov_wording_spend(words, &all);
}

static behov_status add_columns(const sheet_source *source, behov_report *report, behov_error *err)
{
    behov_wording heading = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < N_COLUMNS && !status; i++) {
        if (!is_shown(source->council, &columns[i]))
            continue;
        behov_wording_clear(&heading);
        say_heading(source->council, &columns[i], &heading);
        status = behov_wording_status(&heading, err);
        if (!status)
            status = behov_table_columns_add(
                report,
                &(behov_table_column){{columns[i].key, behov_wording_text(&heading),
                                       columns[i].quantity == BEHOV_Q_GAP && !council_in_kroner(source->council)
                                           ? BEHOV_Q_OUTCOME
                                           : columns[i].quantity},
                                      columns[i].figure,
                                      columns[i].text},
                1, source, err);
    }
    behov_wording_free(&heading);
    return status;
}

static behov_status list_places(const behov_council *council, sheet_source *source, behov_error *err)
{
    *source =
        (sheet_source){.council = council, .places = calloc(council->ranking.places.n + 1, sizeof *source->places)};
    if (!source->places)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
    for (size_t i = 0; i < council->ranking.places.n; i++)
        if (!isnan(council->ranking.all[i].need))
            source->places[source->n++] = i;
    return BEHOV_OK;
}

static behov_status add_notes(const behov_council *council, behov_section_list *list, behov_error *err)
{
    const behov_study *study = council->fit_results->study;
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    behov_level_fill(&council->ranking.variances, 100 * council->choices.profile.level,
                     BEHOV_WORD_COUNCIL_TERM_LEVEL_IS, council_language(council), &words);
    status = behov_section_list_say(list, "", &words, err);
    behov_wording_clear(&words);
    council_say_below_zero(council, &words);
    if (!status && words.length)
        status = behov_section_list_say(list, "", &words, err);
    if (!status && study->is_simulated)
        status = behov_section_list_note(list, behov_label(study->lang, BEHOV_WORD_SIMULATED_EXPLAINED), err);
    if (!status)
        status = behov_section_list_note(list, behov_label(study->lang, BEHOV_WORD_NOT_A_VERDICT), err);
    for (size_t i = 0; i < study->n_cautions && !status; i++)
        status = behov_section_list_note(list, study->cautions[i], err);
    for (size_t i = 0; !status && council_caution(council, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_clear(&words);
    council_say_lacking(council, &words);
    if (!status && words.length)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

behov_status behov_council_sheet_add(const behov_council *council, behov_section_list *list, behov_error *err)
{
    sheet_source source = {0};
    behov_report *report = NULL;
    behov_wording title = {0}, subtitle = {0};
    behov_status status = list_places(council, &source, err);
    if (!status)
        status = behov_report_new("council", source.n, NULL, &report, err);
    if (!status)
        status = add_columns(&source, report, err);
    if (status) {
        behov_report_free(report);
    } else {
        behov_wording_add(&title, council_label(council, BEHOV_WORD_COUNCIL_ALL));
        behov_wording_add(&title, council->year ? ", " : "");
        council_add_year(council, &title);
        behov_wording_add(&subtitle, council_label(council, BEHOV_WORD_COUNCIL_SHEET_SUBTITLE));
        status =
            behov_section_list_add_said(list,
                                        (behov_section){.name = council_label(council, BEHOV_WORD_COUNCIL_ALL),
                                                        .table_name = "Kommuner",
                                                        .landscape = true,
                                                        .n_frozen_columns = is_shown(council, &columns[0]) ? 2 : 1},
                                        &title, &subtitle, report, err);
        if (!status)
            status = add_notes(council, list, err);
    }
    free(source.places);
    behov_wording_free(&title);
    behov_wording_free(&subtitle);
    return status;
}
