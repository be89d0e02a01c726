/* fit_sections.c - the sections of a fit or an application: tables from result_tables.c, notes from results.c. */
#include "fit_sections.h"

#include <stdio.h>
#include <string.h>

#include "about.h"
#include "diagnosis.h"
#include "figures.h"
#include "format.h"
#include "labels.h"
#include "remarks.h"
#include "result_sentences.h"
#include "result_tables.h"
#include "study_words.h"
#include "write_diagnosis.h"
#include "write_json.h"

enum { NOTE_SIZE = 1400 };

static behov_status add_note(section_list *list, const char *text, behov_error *err)
{
    return section_list_note(list, text, err);
}

static behov_status simulated_note(section_list *list, const results *of, behov_error *err)
{
    return of->of->is_simulated ? add_note(list, label(of->of->lang, "simulated_explained"), err) : BEHOV_OK;
}

/* Notes by their keys, ended by NULL. */
static behov_status label_notes(section_list *list, const results *of, const char *const *keys, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (; *keys && !status; keys++)
        status = add_note(list, label(of->of->lang, *keys), err);
    return status;
}

static behov_status reference_notes(section_list *list, const results *of, behov_error *err)
{
    const behov_formula *formula = of->of->formula;
    behov_status status = BEHOV_OK;
    char text[NOTE_SIZE];
    for (size_t t = 0; t < behov_formula_n_terms(formula) && !status; t++) {
        behov_component piece = behov_formula_component(formula, t, 0);
        if (behov_formula_n_components(formula, t) != 1 || !piece.is_factor || !piece.reference ||
            !behov_formula_uses_reference(formula, t, 0))
            continue;
        label_fill(of->of->lang, strcmp(piece.name, "year") == 0 ? "note_reference_year" : "note_reference_level", text,
                   sizeof text, "column", piece.name, "level", piece.reference, NULL);
        status = add_note(list, text, err);
    }
    return status;
}

/* Which year's effect was lent; nothing where none was. */
static behov_status lent_note(section_list *list, const results *of, behov_error *err)
{
    wording words = {0};
    results_lent(of, &words);
    behov_status status = section_list_say(list, "", &words, err);
    wording_free(&words);
    return status;
}

/* The outcome, the estimator and what there is to say of the errors. */
static behov_status estimation_notes(section_list *list, const results *of, behov_error *err)
{
    static const results_says before[] = {results_r2_from_zero, results_no_error}, after[] = {results_cut, results_weights};
    behov_language lang = of->of->lang;
    wording words = {0}, note = {0};
    results_outcome(of, &words);
    wording_fill(&note, lang, "note_outcome", "outcome", wording_text(&words), NULL);
    behov_status status = section_list_say(list, "", &note, err);
    results_errors(of, &words);
    wording_clear(&note);
    wording_fill(&note, lang, "note_estimator", "estimator", label(lang, "ols"), "errors", wording_text(&words), NULL);
    status = status ? status : wording_status(&words, err);
    status = status ? status : section_list_say(list, "", &note, err);
    for (size_t i = 0; i < sizeof before / sizeof *before && !status; i++) {
        before[i](of, &words);
        status = section_list_say(list, "", &words, err);
    }
    for (size_t i = 0; !status && results_cluster_warning(of, i, &words); i++)
        status = section_list_say(list, "", &words, err);
    for (size_t i = 0; i < sizeof after / sizeof *after && !status; i++) {
        after[i](of, &words);
        status = section_list_say(list, "", &words, err);
    }
    wording_free(&words), wording_free(&note);
    return status;
}

static behov_status proxy_notes(section_list *list, const results *of, behov_error *err)
{
    wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; !status && results_proxy(of, i, &words); i++)
        status = section_list_say(list, "", &words, err);
    wording_free(&words);
    return status;
}

/* Annex 1's notes: N, adjusted R2, estimator, clustering, reference levels, stars. */
static behov_status regression_notes(section_list *list, const results *of, behov_error *err)
{
    behov_language lang = of->of->lang;
    char text[NOTE_SIZE], number[BEHOV_NUMBER_SIZE], other[BEHOV_NUMBER_SIZE];
    behov_status status = simulated_note(list, of, err);
    if (status)
        return status;
    if (!of->fit) {
        label_fill(lang, "note_coefficients_from", text, sizeof text, "from", of->coefficients_from, NULL);
        status = add_note(list, text, err);
        return status ? status : lent_note(list, of, err);
    }
    behov_number_fixed(behov_fit_n_observations(of->fit), 0, '.', label_group_mark(lang), 4, number);
    format_cell(BEHOV_Q_SHARE, behov_fit_adj_r2(of->fit), lang, other);
    label_fill(lang, behov_fit_is_from_zero(of->fit) ? "note_n_and_r2_from_zero" : "note_n_and_r2", text, sizeof text,
               "n", number, "r2", other[0] ? other : "–", NULL);
    status = add_note(list, text, err);
    if (!status)
        status = estimation_notes(list, of, err);
    if (!status)
        status = reference_notes(list, of, err);
    if (!status)
        status = proxy_notes(list, of, err);
    return status ? status : add_note(list, label(lang, "stars_explained"), err);
}

static behov_status ratio_notes(section_list *list, const results *of, behov_error *err)
{
    bool in_kroner = behov_need_gap_is_1000kr(of->need);
    const char *const keys[] = {in_kroner ? "ratio_explained" : "ratio_explained_other", "missing_explained",
                                "not_a_verdict", NULL};
    behov_status status = simulated_note(list, of, err);
    if (!status)
        status = lent_note(list, of, err);
    if (!status)
        status = label_notes(list, of, keys, err);
    return status ? status : remarks_add(of, CODES_REMARK, list, err);
}

static behov_status municipality_notes(section_list *list, const results *of, behov_error *err)
{
    static const char *const in_kroner[] = {"rank_explained",    "index_explained", "gap_explained",
                                            "missing_explained", "not_a_verdict",   NULL};
    static const char *const other[] = {"rank_explained_other", "index_explained_other", "missing_explained",
                                        "not_a_verdict", NULL};
    char text[NOTE_SIZE];
    behov_status status = simulated_note(list, of, err);
    if (!status)
        status = lent_note(list, of, err);
    results_gap_sum(of, text);
    if (!status)
        status = add_note(list, text, err);
    if (!status)
        status = label_notes(list, of, behov_need_gap_is_1000kr(of->need) ? in_kroner : other, err);
    return status ? status : remarks_add(of, COUNTRY_REMARK | CODES_REMARK | PRICES_REMARK, list, err);
}

static behov_status no_notes(section_list *list, const results *of, behov_error *err)
{
    (void)list, (void)of, (void)err;
    return BEHOV_OK;
}

typedef struct section_plan {
    behov_status (*make)(const results *, behov_report **, behov_error *);
    behov_status (*notes)(section_list *, const results *, behov_error *);
    const char *sheet, *title, *subtitle, *table_name;
    size_t n_frozen;
    bool landscape;
} section_plan;

static const section_plan about_plan = {about_table,   no_notes, "sheet_about", "title_about", "subtitle_about",
                                        "table_about", 0,        false};
static const section_plan regression_plan = {results_regression,
                                             regression_notes,
                                             "sheet_regression",
                                             "title_regression",
                                             "subtitle_regression",
                                             "table_regression",
                                             1,
                                             true};
/* In print terms have their labels alone; the names that programs use stand in the workbook. */
static const section_plan regression_in_print_plan = {results_regression_in_print,
                                                      regression_notes,
                                                      "sheet_regression",
                                                      "title_regression",
                                                      "subtitle_regression",
                                                      "table_regression",
                                                      1,
                                                      true};
static const section_plan ratios_plan = {results_ratios, ratio_notes, "sheet_ratios", "title_ratios", "subtitle_ratios",
                                         "table_ratios", 2,           false};
static const section_plan municipalities_plan = {results_municipalities,
                                                 municipality_notes,
                                                 "sheet_municipalities",
                                                 "title_municipalities",
                                                 "subtitle_municipalities",
                                                 "table_municipalities",
                                                 2,
                                                 true};
static const section_plan data_plan = {
    results_data, simulated_note, "sheet_data", "title_data", "subtitle_data", "table_data", 3, true};

/* Titles that hold the outcome or the year, or do not speak of expenditure. */
static const char *title_of(const results *of, const section_plan *plan, char text[400])
{
    behov_language lang = of->of->lang;
    bool in_kroner = behov_need_gap_is_1000kr(of->need);
    if (plan->make == results_regression || plan->make == results_regression_in_print) {
        results_title(of, "title_regression", text);
        return text;
    }
    if (plan->make == results_municipalities) {
        char year[16] = "";
        int last = results_last_year(of);
        if (last)
            snprintf(year, sizeof year, ", %d", last);
        label_fill(lang, in_kroner ? "title_municipalities" : "title_municipalities_other", text, 400, "year", year,
                   NULL);
        return text;
    }
    return label(lang, plan->make == results_ratios && !in_kroner ? "title_ratios_other" : plan->title);
}

static behov_status add_section(const results *of, const section_plan *plan, section_list *list, behov_error *err)
{
    behov_language lang = of->of->lang;
    behov_report *table = NULL;
    char title[400];
    behov_status status = plan->make(of, &table, err);
    const char *words = title_of(of, plan, title);
    if (words != title)
        snprintf(title, sizeof title, "%s", words);
    if (plan->make != results_regression && plan->make != results_regression_in_print)
        study_mark_title(of->of, title, sizeof title);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = label(lang, plan->sheet),
                                            .title = title,
                                            .subtitle = label(lang, plan->subtitle),
                                            .table_name = label(lang, plan->table_name),
                                            .n_frozen_columns = plan->n_frozen,
                                            .landscape = plan->landscape},
                                  table, err);
    return status ? status : plan->notes(list, of, err);
}

behov_status fit_sections_regression(const results *of, section_list *list, behov_error *err)
{
    return add_section(of, &regression_in_print_plan, list, err);
}

behov_status fit_sections_ratio_notes(const results *of, section_list *list, behov_error *err)
{
    return ratio_notes(list, of, err);
}

enum { MOVERS_NAMED = 10 };

/* What the coefficients hang on, without each municipality; `behov diagnose` has the tables behind it. */
static behov_status add_diagnosis(const results *of, section_list *list, behov_error *err)
{
    diagnosis found = {0};
    behov_status status = diagnosis_compute_coefficients(of, diagnosis_key_of(of), &found, err);
    if (!status)
        status = diagnosis_add_answers(&found, MOVERS_NAMED, list, err);
    if (!status && found.key) {
        char text[NOTE_SIZE];
        label_fill(of->of->lang, "diagnosis_errors", text, sizeof text, "key",
                   study_key_in_sentence(of->of, found.key), NULL);
        status = add_note(list, text, err);
    }
    if (!status)
        status = add_note(list, label(of->of->lang, "diagnosis_more"), err);
    diagnosis_free(&found);
    return status;
}

/* ---- what goes where -----------------------------------------------------------------------------------------------
 */

static behov_status fit_pages(const fit_outputs *what, section_list *list, behov_error *err)
{
    if (what->more)
        return what->more(what->more_context, list, err);
    behov_status status = add_section(what->of, &regression_in_print_plan, list, err);
    return status ? status : add_section(what->of, &ratios_plan, list, err);
}

/* Places and their intervals are charted where there is an interval. */
static const char *ranking_sheet(const fit_outputs *what)
{
    bool is_there = what->finance && what->finance->has_all && what->finance->profiles.country.variances.is_known;
    return is_there ? label(what->of->of->lang, "sheet_ranking") : NULL;
}

/* Under Om: where to begin. */
static const char *const finance_notes[] = {"about_sheet_municipality", "about_sheet_ranking", "about_sheets_lookup",
                                            NULL};

static behov_status fit_sheets(const fit_outputs *what, section_list *list, behov_error *err)
{
    const results *of = what->of;
    section_list tables = {0};
    behov_status status = add_section(of, &about_plan, list, err);
    if (!status && what->finance && what->finance->has_all)
        status = label_notes(list, of, finance_notes, err);
    if (!status)
        status = add_section(of, &regression_plan, list, err);
    if (!status && what->more)
        status = what->more(what->more_context, list, err);
    if (!status)
        status = add_section(of, &ratios_plan, list, err);
    if (!status)
        status = add_section(of, &municipalities_plan, list, err);
    if (!status && what->finance)
        status = finance_add(what->finance, list, &tables, err);
    if (!status && what->is_full)
        status = figures_add(of, label(of->of->lang, "sheet_municipalities"), ranking_sheet(what), list, err);
    if (!status && what->is_full && of->fit)
        status = add_diagnosis(of, list, err);
    if (!status)
        status = add_section(of, &data_plan, list, err);
    if (!status)
        status = section_list_append(list, &tables, err);
    section_list_free(&tables);
    return status;
}

static behov_status fit_sections(const void *context, bool is_workbook, section_list *list, behov_error *err)
{
    return is_workbook ? fit_sheets(context, list, err) : fit_pages(context, list, err);
}

static behov_status fit_rows(const void *context, behov_report **report, behov_error *err)
{
    return results_rows(((const fit_outputs *)context)->of, report, err);
}

static behov_status fit_json(const void *context, const char *path, behov_error *err)
{
    const results *of = ((const fit_outputs *)context)->of;
    return of->fit ? write_json_fit(path, of, err) : write_json_apply(path, of, err);
}

const output_writers fit_writers = {fit_sections, fit_rows, fit_json, "workbook_title"};
