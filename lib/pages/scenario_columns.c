/* scenario_columns.c - columns and sections of scenarios and mergers (scenario_pieces.h). */
#include "scenario_pieces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include <behov/study_words.h>
#include "sentence_parts.h"
#include "table_columns.h"

static void fill_heading(const behov_fit_results *fit_results, double level, behov_word heading, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_language lang = fit_results->study->lang;
    behov_wording_fill(words, lang, heading, "unit", behov_scenario_unit(fit_results), "level",
                       behov_format_level(lang, 100 * level, number), NULL);
}

static bool is_end(const scenario_figure *figure)
{
    return figure->heading == BEHOV_WORD_SCENARIO_COL_LOW || figure->heading == BEHOV_WORD_SCENARIO_COL_HIGH;
}

/* The heading of figure i. In a table that may be a sheet, where every column needs a name of its own, an end of an
 * interval says whose it is: the figure before, without its unit. */
static void say_heading(const behov_fit_results *fit_results, double level, const scenario_figure *figures, size_t i,
                        bool is_of_sheet, behov_wording *words)
{
    behov_wording figure = {0};
    size_t owner = i;
    behov_wording_clear(words);
    while (owner && is_end(&figures[owner]))
        owner--;
    if (is_of_sheet && owner != i) {
        fill_heading(fit_results, level, figures[owner].heading, &figure);
        const char *text = behov_wording_text(&figure), *unit = strstr(text, " (");
        behov_wording_add_bytes(words, text, unit ? (size_t)(unit - text) : strlen(text));
        behov_wording_add(words, ", ");
    }
    fill_heading(fit_results, level, figures[i].heading, words);
    behov_wording_spend(words, &figure);
}

static bool is_there(const behov_fit_results *fit_results, const scenario_figure *figure, unsigned pages)
{
    bool in_kroner = behov_need_gap_is_1000kr(fit_results->need);
    return (figure->pages & pages) &&
           (figure->when == SCENARIO_ALWAYS || (figure->when == SCENARIO_IN_KRONER) == in_kroner);
}

/* A figure as computed has sixteen digits; a reader is served by six. */
static behov_status round_values(behov_report *report, const double *values, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < behov_report_n_rows(report) && !status; row++)
        if (!isnan(values[row]) && values[row] != floor(values[row]))
            status = behov_report_set_decimals(report, behov_report_n_columns(report) - 1, row,
                                               scenario_decimals(values[row]), err);
    return status;
}

behov_status scenario_figures_add(const behov_fit_results *fit_results, double level, const scenario_figure *figures,
                                  size_t n_figures, unsigned pages, const void *first, size_t size,
                                  behov_report *report, behov_error *err)
{
    behov_wording heading = {0};
    behov_status status = BEHOV_OK;
    size_t n = behov_report_n_rows(report);
    for (size_t i = 0; i < n_figures && !status; i++) {
        if (!is_there(fit_results, &figures[i], pages))
            continue;
        double *values = malloc((n + 1) * sizeof *values);
        for (size_t row = 0; row < n && values; row++)
            memcpy(&values[row], (const char *)first + row * size + figures[i].offset, sizeof *values);
        say_heading(fit_results, level, figures, i, pages == SCENARIO_EVERY_PAGE, &heading);
        behov_quantity quantity = figures[i].quantity == BEHOV_Q_OUTCOME
                                      ? behov_study_amount_quantity(fit_results->study)
                                      : figures[i].quantity;
        status = behov_table_columns_add_values(
            report, (behov_report_column){figures[i].key, behov_wording_text(&heading), quantity}, values, err);
        if (!status && quantity == BEHOV_Q_VALUE)
            status = round_values(report, values, err);
    }
    status = status ? status : behov_wording_status(&heading, err);
    behov_wording_free(&heading);
    return status;
}

behov_status scenario_texts_add(const behov_fit_results *fit_results, const char *key, behov_word heading,
                                behov_quantity quantity, const char *const *texts, behov_report *report,
                                behov_error *err)
{
    behov_status status = behov_report_add_texts(
        report, (behov_report_column){key, behov_label(fit_results->study->lang, heading), quantity}, err);
    size_t column = status ? 0 : behov_report_n_columns(report) - 1;
    for (size_t row = 0; row < behov_report_n_rows(report) && !status; row++)
        if (texts[row] && texts[row][0])
            status = behov_report_set_text(report, column, row, texts[row], err);
    return status;
}

behov_status scenario_section_add(const behov_fit_results *fit_results, behov_word sheet, behov_word title, int year,
                                  const behov_wording *subtitle, size_t n_frozen_columns, behov_report *table,
                                  behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    behov_wording words = {0}, years = {0};
    behov_sentence_years(&years, ", ", year, year);
    behov_wording_fill(&words, lang, title, "year", behov_wording_text(&years), NULL);
    behov_wording_spend(&words, &years);
    if (fit_results->study->is_simulated)
        behov_sentence_simulated_title(&words, lang);
    behov_status status = behov_section_list_add_said(list,
                                                      (behov_section){.name = behov_label(lang, sheet),
                                                                      .table_name = behov_label(lang, sheet),
                                                                      .n_frozen_columns = n_frozen_columns,
                                                                      .landscape = true},
                                                      &words, subtitle, table, err);
    behov_wording_free(&words);
    return status;
}

behov_status scenario_pages_add(const scenario_pages *pages, bool is_workbook, behov_section_list *list,
                                behov_error *err)
{
    const behov_fit_results *results = pages->fit_results;
    behov_report *table = NULL;
    behov_wording answer = {0};
    size_t n_frozen = 2 + pages->has_names;
    pages->answer(pages->scenarios, &answer);
    behov_status status = pages->table(pages->scenarios, is_workbook ? SCENARIO_EVERY_PAGE : SCENARIO_NEED_PAGE, true,
                                       pages->key, &table, err);
    if (!status)
        status =
            scenario_section_add(results, pages->sheet, pages->title, pages->year, &answer, n_frozen, table, list, err);
    behov_wording_free(&answer);
    status = status ? status : scenario_notes_add(pages, list, err);
    if (!status && !is_workbook) {
        status = pages->table(pages->scenarios, SCENARIO_RATIO_PAGE, false, pages->ratio_key, &table, err);
        if (!status)
            status = scenario_section_add(results, BEHOV_WORD_SHEET_SCENARIO_RATIO, pages->ratio_title, pages->year,
                                          NULL, n_frozen, table, list, err);
    }
    status = status ? status : pages->parts(pages->scenarios, &table, err);
    return status ? status
                  : scenario_section_add(results, pages->parts_sheet, pages->parts_title, pages->year, NULL,
                                         pages->n_frozen_of_parts + pages->has_names, table, list, err);
}
