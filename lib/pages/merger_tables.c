/* merger_tables.c - mergers as tables and sections: see behov/scenario_tables.h. */
#include <behov/scenario_tables.h>

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include <behov/labels.h>
#include <behov/study_words.h>
#include "scenario_pieces.h"
#include "sentence_parts.h"

static behov_status no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SCENARIO_NO_MEMORY);
}

/* ---- who --------------------------------------------------------------------------------------------------------- */

/* The parts, all of them apart, and as one: a row of each. */
typedef struct merger_row {
    const behov_merger *merger;
    const behov_municipality *municipality; /* NULL = of several */
    bool is_one;
    double n_ranked;
    behov_scenario_figures figures;
} merger_row;

static size_t list_rows(const behov_mergers *mergers, merger_row *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < mergers->n; i++) {
        const behov_merger *merger = &mergers->all[i];
        for (size_t k = 0; k < merger->n_parts + 2; k++, n++) {
            if (!rows)
                continue;
            bool is_part = k < merger->n_parts, is_apart = k == merger->n_parts;
            rows[n] = (merger_row){.merger = merger,
                                   .municipality = is_part ? merger->municipalities[k] : NULL,
                                   .is_one = !is_part && !is_apart,
                                   .figures = is_part    ? merger->parts[k]
                                              : is_apart ? merger->apart
                                                         : merger->merged};
            rows[n].n_ranked = isnan(rows[n].figures.rank) ? NAN : (double)rows[n].figures.n_ranked;
        }
    }
    return n;
}

/* What a merger is called where there are several: its name, else its codes. */
static void name_merger(const behov_merger *merger, behov_wording *words)
{
    behov_wording_clear(words);
    behov_wording_add(words, merger->name ? merger->name : "");
    for (size_t i = 0; i < merger->n_parts && !merger->name; i++)
        behov_wording_add_after(words, "+",
                                merger->municipalities[i]->code[0] ? merger->municipalities[i]->code
                                                                   : merger->municipalities[i]->name);
}

static bool has_names(const behov_mergers *mergers)
{
    return mergers->n > 1 || (mergers->n && mergers->all[0].name);
}

/* A column of what the mergers of some rows are called. */
static behov_status add_names(const behov_mergers *mergers, const behov_merger *const *row_mergers,
                              behov_report *report, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = behov_report_add_texts(
        report,
        (behov_report_column){"scenario", behov_label(mergers->fit_results->study->lang, BEHOV_WORD_MERGER_COL_MERGER),
                              BEHOV_Q_TEXT},
        err);
    for (size_t row = 0; row < behov_report_n_rows(report) && !status; row++) {
        name_merger(row_mergers[row], &words);
        status = behov_wording_status(&words, err);
        if (!status)
            status =
                behov_report_set_text(report, behov_report_n_columns(report) - 1, row, behov_wording_text(&words), err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status add_who(const behov_mergers *mergers, const merger_row *rows, behov_report *report,
                            behov_error *err)
{
    size_t n = behov_report_n_rows(report);
    behov_language lang = mergers->fit_results->study->lang;
    const char **texts = malloc((n + 1) * sizeof *texts);
    const behov_merger **row_mergers = calloc(n + 1, sizeof *row_mergers);
    behov_status status = texts && row_mergers ? BEHOV_OK : no_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        row_mergers[i] = rows[i].merger;
    if (!status && has_names(mergers))
        status = add_names(mergers, row_mergers, report, err);
    for (size_t i = 0; i < n && !status; i++)
        texts[i] = rows[i].municipality ? rows[i].municipality->code : NULL;
    if (!status)
        status = scenario_texts_add(mergers->fit_results, "municipality_code", BEHOV_WORD_NUMBER, BEHOV_Q_CODE, texts,
                                    report, err);
    for (size_t i = 0; i < n && !status; i++)
        texts[i] = rows[i].municipality
                       ? rows[i].municipality->name
                       : behov_label(lang, rows[i].is_one ? BEHOV_WORD_MERGER_AS_ONE : BEHOV_WORD_MERGER_APART);
    if (!status)
        status = scenario_texts_add(mergers->fit_results, "municipality", BEHOV_WORD_MERGER_COL_WHO, BEHOV_Q_TEXT,
                                    texts, report, err);
    free(texts);
    free(row_mergers);
    return status;
}

static behov_status add_marks(const behov_mergers *mergers, const merger_row *rows, behov_report *report,
                              behov_error *err)
{
    behov_wording words = {0};
    behov_status status = behov_report_add_texts(
        report,
        (behov_report_column){"note", behov_label(mergers->fit_results->study->lang, BEHOV_WORD_SCENARIO_COL_NOTE),
                              BEHOV_Q_TEXT},
        err);
    for (size_t i = 0; i < behov_report_n_rows(report) && !status; i++) {
        if (!rows[i].is_one)
            continue;
        behov_merger_mark(mergers, rows[i].merger, &words);
        status = behov_wording_status(&words, err);
        if (!status && words.length)
            status =
                behov_report_set_text(report, behov_report_n_columns(report) - 1, i, behov_wording_text(&words), err);
    }
    behov_wording_free(&words);
    return status;
}

/* ---- figures ----------------------------------------------------------------------------------------------------- */

#define AT(member) offsetof(merger_row, member)
#define NEED SCENARIO_NEED_PAGE
#define RATIO SCENARIO_RATIO_PAGE

static const scenario_figure figures[] = {
    {"population", BEHOV_WORD_POPULATION, BEHOV_Q_COUNT, AT(figures.population), NEED, 0},
    {"actual", BEHOV_WORD_MERGER_COL_ACTUAL, BEHOV_Q_OUTCOME, AT(figures.actual), NEED, 0},
    {"need", BEHOV_WORD_MERGER_COL_NEED, BEHOV_Q_OUTCOME, AT(figures.need), NEED, 0},
    {"need_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_OUTCOME, AT(figures.need_interval.low), NEED, 0},
    {"need_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_OUTCOME, AT(figures.need_interval.high), NEED, 0},
    {"index", BEHOV_WORD_MERGER_COL_INDEX, BEHOV_Q_INDEX, AT(figures.index), NEED, 0},
    {"need_rank", BEHOV_WORD_MERGER_COL_NEED_RANK, BEHOV_Q_RANK, AT(figures.need_rank), NEED, 0},
    {"ratio", BEHOV_WORD_MERGER_COL_RATIO, BEHOV_Q_RATIO, AT(figures.ratio), RATIO, 0},
    {"ratio_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_RATIO, AT(figures.ratio_interval.low), RATIO, 0},
    {"ratio_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_RATIO, AT(figures.ratio_interval.high), RATIO, 0},
    {"gap_1000kr", BEHOV_WORD_MERGER_COL_GAP_1000KR, BEHOV_Q_GAP, AT(figures.gap_1000kr), RATIO, SCENARIO_IN_KRONER},
    {"gap_1000kr_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_GAP, AT(figures.gap_1000kr_interval.low), RATIO,
     SCENARIO_IN_KRONER},
    {"gap_1000kr_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_GAP, AT(figures.gap_1000kr_interval.high), RATIO,
     SCENARIO_IN_KRONER},
    {"gap", BEHOV_WORD_MERGER_COL_GAP, BEHOV_Q_OUTCOME, AT(figures.gap), RATIO, SCENARIO_IN_NO_KRONER},
    {"gap_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_OUTCOME, AT(figures.gap_interval.low), RATIO,
     SCENARIO_IN_NO_KRONER},
    {"gap_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_OUTCOME, AT(figures.gap_interval.high), RATIO,
     SCENARIO_IN_NO_KRONER},
    {"rank", BEHOV_WORD_MERGER_COL_RANK, BEHOV_Q_RANK, AT(figures.rank), RATIO, 0},
    {"n_ranked", BEHOV_WORD_MERGER_COL_N_RANKED, BEHOV_Q_COUNT, AT(n_ranked), RATIO, 0},
};
#undef AT

static behov_status make_table(const behov_mergers *mergers, unsigned pages, bool has_mark, const char *key,
                               behov_report **out, behov_error *err)
{
    size_t n = list_rows(mergers, NULL);
    behov_report *report = NULL;
    merger_row *rows = malloc((n + 1) * sizeof *rows);
    behov_status status = rows ? behov_report_new(key, n, NULL, &report, err) : no_memory(err);
    if (!status) {
        list_rows(mergers, rows);
        status = add_who(mergers, rows, report, err);
    }
    if (!status)
        status = scenario_figures_add(mergers->fit_results, mergers->choices.level, figures,
                                      sizeof figures / sizeof *figures, pages, rows, sizeof *rows, report, err);
    if (!status && has_mark)
        status = add_marks(mergers, rows, report, err);
    free(rows);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status behov_mergers_table(const behov_mergers *mergers, behov_report **report, behov_error *err)
{
    return make_table(mergers, SCENARIO_EVERY_PAGE, true, "mergers", report, err);
}

/* ---- terms ------------------------------------------------------------------------------------------------------- */

typedef struct term_row {
    const behov_merger *merger;
    size_t regressor; /* n_regressors = the sum */
    behov_merger_term term;
} term_row;

/* Terms that make a difference, and their sum. */
static size_t list_terms(const behov_mergers *mergers, term_row *rows)
{
    size_t n = 0, n_regressors = behov_fit_n_regressors(mergers->fit_results->fit);
    for (size_t i = 0; i < mergers->n; i++) {
        const behov_merger *merger = &mergers->all[i];
        for (size_t k = 0; k <= n_regressors; k++) {
            bool is_sum = k == n_regressors;
            if (!is_sum && merger->terms[k].difference == 0)
                continue;
            if (rows)
                rows[n] = (term_row){
                    merger, k,
                    is_sum ? (behov_merger_term){NAN, NAN, NAN, merger->difference, merger->difference_1000kr,
                                                 merger->difference_interval, merger->difference_1000kr_interval}
                           : merger->terms[k]};
            n++;
        }
    }
    return n;
}

#define AT(member) offsetof(term_row, term.member)
static const scenario_figure term_figures[] = {
    {"mean", BEHOV_WORD_MERGER_COL_MEAN, BEHOV_Q_VALUE, AT(mean), NEED, 0},
    {"merged", BEHOV_WORD_MERGER_COL_MERGED, BEHOV_Q_VALUE, AT(merged), NEED, 0},
    {"coefficient", BEHOV_WORD_MERGER_COL_COEFFICIENT, BEHOV_Q_COEFFICIENT, AT(coefficient), NEED, 0},
    {"difference", BEHOV_WORD_MERGER_COL_DIFFERENCE, BEHOV_Q_OUTCOME, AT(difference), NEED, 0},
    {"difference_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_OUTCOME, AT(interval.low), NEED, 0},
    {"difference_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_OUTCOME, AT(interval.high), NEED, 0},
    {"difference_1000kr", BEHOV_WORD_MERGER_COL_DIFFERENCE_1000KR, BEHOV_Q_GAP, AT(difference_1000kr), NEED,
     SCENARIO_IN_KRONER},
    {"difference_1000kr_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_GAP, AT(interval_1000kr.low), NEED,
     SCENARIO_IN_KRONER},
    {"difference_1000kr_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_GAP, AT(interval_1000kr.high), NEED,
     SCENARIO_IN_KRONER},
};
#undef AT

static behov_status add_terms(const behov_mergers *mergers, const term_row *rows, behov_report *report,
                              behov_error *err)
{
    const behov_fit_results *results = mergers->fit_results;
    size_t n = behov_report_n_rows(report);
    const behov_merger **row_mergers = calloc(n + 1, sizeof *row_mergers);
    behov_status status = row_mergers ? BEHOV_OK : no_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        row_mergers[i] = rows[i].merger;
    if (!status && has_names(mergers))
        status = add_names(mergers, row_mergers, report, err);
    free(row_mergers);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"term", NULL, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < n && !status; i++) {
        behov_wording words = {0};
        if (rows[i].regressor == behov_fit_n_regressors(results->fit))
            behov_wording_add(&words, behov_label(results->study->lang, BEHOV_WORD_MERGER_SUM));
        else
            behov_study_say_term(results->study, behov_design_regressor(results->design, rows[i].regressor), &words);
        status = behov_wording_status(&words, err);
        if (!status)
            status =
                behov_report_set_text(report, behov_report_n_columns(report) - 1, i, behov_wording_text(&words), err);
        behov_wording_free(&words);
    }
    return status;
}

behov_status behov_merger_terms_table(const behov_mergers *mergers, behov_report **out, behov_error *err)
{
    size_t n = list_terms(mergers, NULL);
    behov_report *report = NULL;
    term_row *rows = malloc((n + 1) * sizeof *rows);
    behov_status status = rows ? behov_report_new("merger_terms", n, NULL, &report, err) : no_memory(err);
    if (!status) {
        list_terms(mergers, rows);
        status = add_terms(mergers, rows, report, err);
    }
    if (!status)
        status = scenario_figures_add(mergers->fit_results, mergers->choices.level, term_figures,
                                      sizeof term_figures / sizeof *term_figures, SCENARIO_EVERY_PAGE, rows,
                                      sizeof *rows, report, err);
    free(rows);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* ---- sections ---------------------------------------------------------------------------------------------------- */

static void answer_all(const void *context, behov_wording *words)
{
    behov_mergers_answer(context, words);
}

static bool warning_at(const void *context, size_t i, behov_wording *words)
{
    return behov_mergers_warning(context, i, words);
}

static bool note_at(const void *context, size_t i, behov_wording *words)
{
    return behov_mergers_note(context, i, words);
}

static behov_status table_of(const void *context, unsigned pages, bool has_mark, const char *key, behov_report **report,
                             behov_error *err)
{
    return make_table(context, pages, has_mark, key, report, err);
}

static behov_status parts_of(const void *context, behov_report **report, behov_error *err)
{
    return behov_merger_terms_table(context, report, err);
}

behov_status behov_mergers_add(const behov_mergers *mergers, bool is_workbook, behov_section_list *list,
                               behov_error *err)
{
    const scenario_pages pages = {.fit_results = mergers->fit_results,
                                  .scenarios = mergers,
                                  .year = mergers->year,
                                  .has_names = has_names(mergers),
                                  .answer = answer_all,
                                  .warning = warning_at,
                                  .note = note_at,
                                  .table = table_of,
                                  .parts = parts_of,
                                  .key = "mergers",
                                  .ratio_key = "merger_ratios",
                                  .sheet = BEHOV_WORD_SHEET_MERGER,
                                  .title = BEHOV_WORD_MERGER_TITLE,
                                  .ratio_title = BEHOV_WORD_MERGER_RATIO_TITLE,
                                  .parts_sheet = BEHOV_WORD_SHEET_MERGER_TERMS,
                                  .parts_title = BEHOV_WORD_MERGER_TERMS_TITLE,
                                  .n_frozen_of_parts = 1};
    return scenario_pages_add(&pages, is_workbook, list, err);
}
