/* about.c - what was done, of which figures, and how to read it: two columns of text. */
#include "about.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"

typedef struct about_list {
    char key[64];
    char text[1400];
} about_list;

/* Lines of which a fit has not more beside its reasons, which are counted. */
enum { ABOUT_USUAL = 64 };

typedef struct about {
    about_list *lines;
    size_t n, room;
    bool has_no_memory;
    about_list spare; /* written to without memory, so that callers need not ask */
} about;

static char *about_line(about *list, language lang, const char *key)
{
    if (list->n == list->room) {
        about_list *larger = realloc(list->lines, 2 * list->room * sizeof *larger);
        if (!larger) {
            list->has_no_memory = true;
            return list->spare.text;
        }
        list->lines = larger;
        list->room *= 2;
    }
    snprintf(list->lines[list->n].key, sizeof list->lines[0].key, "%s", label(lang, key));
    return list->lines[list->n++].text;
}

static void about_text(about *list, language lang, const char *key, const char *text)
{
    snprintf(about_line(list, lang, key), sizeof list->lines[0].text, "%s", text);
}

/* An explanation "Index: need against ..." beside its own name: without the name. */
static void about_explained(about *list, language lang, const char *key, const char *explanation)
{
    const char *words = strstr(label(lang, explanation), ": ");
    about_text(list, lang, key, words ? words + 2 : label(lang, explanation));
}

static void about_count(about *list, language lang, const char *key, double value)
{
    char number[BEHOV_NUMBER_SIZE];
    about_text(list, lang, key, format_cell(BEHOV_Q_COUNT, value, lang, number));
}

static void about_figure(about *list, language lang, const char *key, double value, int digits)
{
    char number[BEHOV_NUMBER_SIZE];
    if (isnan(value))
        return;
    behov_number_significant(value, digits, label_decimal_mark(lang), number);
    about_text(list, lang, key, format_minus(number));
}

static void about_data(const results *of, about *list)
{
    language lang = of->of->lang;
    char text[500];
    results_data_name(of, text);
    about_text(list, lang, "data_file", text);
    if (of->of->is_simulated)
        about_text(list, lang, "warning", label(lang, "simulated_explained"));
    size_t n_estimated, n_predicted;
    behov_design_estimated(of->design, &n_estimated);
    behov_design_predicted(of->design, &n_predicted);
    about_count(list, lang, "n_rows", (double)behov_table_n_rows(of->of->table));
    if (of->fit) {
        about_count(list, lang, "n_estimated", (double)n_estimated);
        about_count(list, lang, "n_predicted_only", (double)(n_predicted - n_estimated));
    } else {
        about_count(list, lang, "n_predicted", (double)n_predicted);
    }
    about_count(list, lang, "n_left_out", (double)(behov_table_n_rows(of->of->table) - n_predicted));
    for (size_t i = 0; i < behov_design_n_reasons(of->design); i++) {
        behov_reason reason = behov_design_reason(of->design, i);
        if (reason.n_rows == 0 || (!of->fit && reason.fate == BEHOV_ROW_PREDICTED_ONLY))
            continue;
        char why[600];
        results_rows_with_reason(of, reason, why);
        snprintf(about_line(list, lang, "reason"), sizeof list->lines[0].text, "%s", why);
    }
}

static void about_fit(const results *of, about *list)
{
    language lang = of->of->lang;
    char text[500];
    about_text(list, lang, "estimator", label(lang, behov_fit_is_extended(of->fit) ? "ols_extended" : "ols"));
    results_errors(of, text);
    about_text(list, lang, "se_kind", text);
    char cut[RESULTS_NO_ERROR_SIZE];
    results_no_error(of, cut);
    if (cut[0])
        about_text(list, lang, "warning", cut);
    for (size_t i = 0; results_cluster_warning(of, i, cut); i++)
        about_text(list, lang, "warning", cut);
    if (of->rounding)
        about_text(list, lang, "warning", of->rounding);
    if (of->influence)
        about_text(list, lang, "warning", of->influence);
    results_cut(of, cut);
    if (cut[0])
        about_text(list, lang, "warning", cut);
    results_weights(of, text);
    if (text[0])
        about_text(list, lang, "weights", text);
    results_r2_from_zero(of, cut);
    if (cut[0])
        about_text(list, lang, "warning", cut);
    bool from_zero = behov_fit_is_from_zero(of->fit);
    about_figure(list, lang, from_zero ? "r2_measured_from_zero" : "r2", behov_fit_r2(of->fit), 3);
    about_figure(list, lang, from_zero ? "adj_r2_from_zero" : "adj_r2", behov_fit_adj_r2(of->fit), 3);
    about_figure(list, lang, "rmse", behov_fit_rmse(of->fit), 3);
    about_figure(list, lang, "f", of->f, 3);
    about_figure(list, lang, "condition_number", behov_fit_condition(of->fit), 3);
}

behov_status about_table(const results *of, behov_report **out, behov_error *err)
{
    language lang = of->of->lang;
    about list = {.lines = calloc(ABOUT_USUAL, sizeof *list.lines), .room = ABOUT_USUAL};
    if (!list.lines)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the result tables");
    char text[500];
    bool in_kroner = behov_need_gap_is_1000kr(of->need);
    about_text(&list, lang, "how_to_read", label(lang, in_kroner ? "ratio_explained" : "ratio_explained_other"));
    about_text(&list, lang, "caution", label(lang, "not_a_verdict"));
    if (of->of->model.title)
        about_text(&list, lang, "model_title", of->of->model.title);
    about_text(&list, lang, "formula", behov_formula_text(of->of->formula));
    results_outcome(of, text);
    about_text(&list, lang, "outcome", text);
    const char *outcome = behov_formula_outcome_name(of->of->formula);
    if (strcmp(model_label(&of->of->model, lang, outcome), outcome) != 0)
        about_text(&list, lang, "outcome_label", model_label(&of->of->model, lang, outcome));
    if (of->of->model.source)
        about_text(&list, lang, "model_source", of->of->model.source);
    char proxy[700];
    for (size_t i = 0; results_proxy(of, i, proxy); i++)
        about_text(&list, lang, "proxy", proxy);
    if (of->coefficients_from)
        about_text(&list, lang, "coefficients_from", of->coefficients_from);
    results_lent(of, text);
    if (text[0])
        about_text(&list, lang, "year_effect", text);
    about_data(of, &list);
    if (of->fit)
        about_fit(of, &list);
    about_explained(&list, lang, in_kroner ? "need" : "need_other",
                    in_kroner ? "need_explained" : "need_explained_other");
    about_explained(&list, lang, in_kroner ? "index" : "index_other",
                    in_kroner ? "index_explained" : "index_explained_other");
    if (in_kroner)
        about_explained(&list, lang, "gap_1000kr", "gap_explained");
    results_unit_warning(of, text);
    if (text[0])
        about_text(&list, lang, "warning", text);
    for (size_t i = of->of->doubts_the_unit; i < of->of->n_cautions; i++)
        about_text(&list, lang, "warning", of->of->cautions[i]);
    results_gap_sum(of, text);
    if (text[0])
        about_text(&list, lang, "gap_sum_caption", text);
    about_text(&list, lang, "created_at", of->made_on);
    snprintf(text, sizeof text, "behov %s", behov_version());
    about_text(&list, lang, "program", text);

    behov_report *report = NULL;
    behov_status status = list.has_no_memory
                              ? behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the result tables")
                              : behov_report_new("about", list.n, NULL, &report, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"item", NULL, BEHOV_Q_TEXT}, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"content", NULL, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        status = behov_report_set_text(report, 0, i, list.lines[i].key, err);
        if (!status)
            status = behov_report_set_text(report, 1, i, list.lines[i].text, err);
    }
    free(list.lines);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}
