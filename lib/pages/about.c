/* about.c - what was done, of which figures, and how to read it: two columns of text. */
#include <behov/about.h>
#include <behov/clustering_sentences.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/level_words.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>

typedef struct about_line {
    const char *key; /* of the words; static */
    char *text;      /* owned */
} about_line;

/* Lines of which a fit has not more beside its reasons, which are counted. */
enum { ABOUT_USUAL = 64 };

typedef struct about {
    about_line *lines;
    size_t n, room;
    bool has_no_memory;
} about;

static void about_text(about *list, behov_language lang, behov_word key, const char *text)
{
    if (list->n == list->room) {
        about_line *larger = realloc(list->lines, 2 * list->room * sizeof *larger);
        if (!larger) {
            list->has_no_memory = true;
            return;
        }
        list->lines = larger;
        list->room *= 2;
    }
    about_line *line = &list->lines[list->n];
    line->text = malloc(strlen(text) + 1);
    if (!line->text) {
        list->has_no_memory = true;
        return;
    }
    strcpy(line->text, text);
    line->key = behov_label(lang, key);
    list->n++;
}

/* A sentence that has grown; nothing when it is empty. */
static void about_said(about *list, behov_language lang, behov_word key, const behov_wording *words)
{
    list->has_no_memory = list->has_no_memory || words->has_no_memory;
    if (words->length)
        about_text(list, lang, key, behov_wording_text(words));
}

/* An explanation "Index: need against ..." beside its own name: without the name. */
static void about_explained(about *list, behov_language lang, behov_word key, behov_word explanation)
{
    const char *words = strstr(behov_label(lang, explanation), ": ");
    about_text(list, lang, key, words ? words + 2 : behov_label(lang, explanation));
}

static void about_count(about *list, behov_language lang, behov_word key, double value)
{
    char number[BEHOV_NUMBER_SIZE];
    about_text(list, lang, key, behov_format_count(lang, value, number));
}

static void about_figure(about *list, behov_language lang, behov_word key, double value, int digits)
{
    char number[BEHOV_NUMBER_SIZE];
    if (isnan(value))
        return;
    behov_number_significant(value, digits, behov_label_decimal_mark(lang), number);
    about_text(list, lang, key, behov_format_minus(number));
}

static void about_years(const behov_fit_results *fit_results, about *list)
{
    size_t n_years;
    const int *years = behov_need_years(fit_results->need, &n_years);
    char text[40];
    if (n_years == 0 || !years[0])
        return;
    if (n_years == 1)
        snprintf(text, sizeof text, "%d", years[0]);
    else
        snprintf(text, sizeof text, "%d–%d", years[0], years[n_years - 1]);
    about_text(list, fit_results->study->lang, n_years == 1 ? BEHOV_WORD_YEAR : BEHOV_WORD_YEARS, text);
}

static void about_data(const behov_fit_results *fit_results, about *list)
{
    behov_language lang = fit_results->study->lang;
    behov_wording words = {0};
    behov_fit_results_data_name(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_DATA_FILE, &words);
    if (fit_results->study->is_simulated)
        about_text(list, lang, BEHOV_WORD_ABOUT_SIMULATED, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED));
    size_t n_estimated, n_predicted;
    behov_design_estimated(fit_results->design, &n_estimated);
    behov_design_predicted(fit_results->design, &n_predicted);
    if (fit_results->study->panel.columns[BEHOV_ROLE_CODE] >= 0)
        about_count(list, lang, BEHOV_WORD_N_MUNICIPALITIES, (double)fit_results->study->n_municipalities);
    about_years(fit_results, list);
    about_count(list, lang, BEHOV_WORD_N_ROWS, (double)behov_table_n_rows(fit_results->study->table));
    if (fit_results->fit) {
        about_count(list, lang, BEHOV_WORD_N_ESTIMATED, (double)n_estimated);
        about_count(list, lang, BEHOV_WORD_N_PREDICTED_ONLY, (double)(n_predicted - n_estimated));
    } else {
        about_count(list, lang, BEHOV_WORD_N_PREDICTED, (double)n_predicted);
    }
    about_count(list, lang, BEHOV_WORD_N_LEFT_OUT,
                (double)(behov_table_n_rows(fit_results->study->table) - n_predicted));
    for (size_t i = 0; i < behov_design_n_reasons(fit_results->design); i++) {
        behov_reason reason = behov_design_reason(fit_results->design, i);
        if (reason.n_rows == 0 || (!fit_results->fit && reason.fate == BEHOV_ROW_PREDICTED_ONLY))
            continue;
        behov_fit_results_rows_with_reason(fit_results, reason, &words);
        about_said(list, lang, BEHOV_WORD_REASON, &words);
    }
    static const behov_word headings[BEHOV_N_REMARKS] = {[BEHOV_REMARK_COUNTRY] = BEHOV_WORD_ABOUT_COUNTRY,
                                                         [BEHOV_REMARK_CODES] = BEHOV_WORD_ABOUT_MUNICIPALITY_CODES,
                                                         [BEHOV_REMARK_CLUSTERS] = BEHOV_WORD_ABOUT_CLUSTERS,
                                                         [BEHOV_REMARK_PRICES] = BEHOV_WORD_ABOUT_AMOUNTS};
    for (int i = 0; i < BEHOV_N_REMARKS; i++) {
        if (i == BEHOV_REMARK_CLUSTERS)
            continue; /* which the warnings of the fit say */
        behov_remark_say(fit_results, (behov_remark)i, &words);
        about_said(list, lang, headings[i], &words);
    }
    behov_wording_free(&words);
}

/* How long chance lasts, and how surely that is known. */
static void about_chance(const behov_fit_results *fit_results, about *list)
{
    behov_wording whole = {0}, words = {0};
    for (size_t i = 0; fit_results->variances && i < BEHOV_CHANCE_SENTENCES; i++) {
        if (i != BEHOV_CHANCE_PHI && i != BEHOV_CHANCE_WARNINGS)
            continue;
        behov_chance_sentence(fit_results->variances, 0, i, fit_results->study->lang, &words);
        if (words.length)
            behov_wording_add_after(&whole, " ", behov_wording_text(&words));
    }
    about_said(list, fit_results->study->lang, BEHOV_WORD_ABOUT_CHANCE, &whole);
    whole.has_no_memory = whole.has_no_memory || words.has_no_memory;
    list->has_no_memory = list->has_no_memory || whole.has_no_memory;
    behov_wording_free(&whole);
    behov_wording_free(&words);
}

static void about_fit(const behov_fit_results *fit_results, about *list)
{
    behov_language lang = fit_results->study->lang;
    behov_wording words = {0};
    about_text(list, lang, BEHOV_WORD_ESTIMATOR,
               behov_label(lang, behov_fit_is_extended(fit_results->fit) ? BEHOV_WORD_OLS_EXTENDED : BEHOV_WORD_OLS));
    behov_fit_results_errors(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_SE_KIND, &words);
    behov_fit_results_no_error(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_ABOUT_ERROR_MISSING, &words);
    behov_wording warnings = {0};
    for (size_t i = 0; behov_clustering_note(fit_results, i, &words); i++)
        behov_wording_add_after(&warnings, " ", behov_wording_text(&words));
    for (size_t i = 0; behov_fit_results_cluster_warning(fit_results, i, &words); i++)
        behov_wording_add_after(&warnings, " ", behov_wording_text(&words));
    about_said(list, lang, BEHOV_WORD_ABOUT_CLUSTERS, &warnings);
    behov_wording_free(&warnings);
    about_chance(fit_results, list);
    if (fit_results->rounding)
        about_text(list, lang, BEHOV_WORD_ABOUT_ROUNDING, fit_results->rounding);
    if (fit_results->influence)
        about_text(list, lang, BEHOV_WORD_ABOUT_INFLUENCE, fit_results->influence);
    behov_fit_results_cut(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_ABOUT_CELLS_CUT, &words);
    behov_fit_results_weights(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_WEIGHTS, &words);
    behov_fit_results_r2_from_zero(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_ABOUT_R2, &words);
    bool from_zero = behov_fit_is_from_zero(fit_results->fit);
    about_figure(list, lang, from_zero ? BEHOV_WORD_R2_MEASURED_FROM_ZERO : BEHOV_WORD_R2,
                 behov_fit_r2(fit_results->fit), 3);
    about_figure(list, lang, from_zero ? BEHOV_WORD_ADJ_R2_FROM_ZERO : BEHOV_WORD_ADJ_R2,
                 behov_fit_adj_r2(fit_results->fit), 3);
    about_figure(list, lang, BEHOV_WORD_RMSE, behov_fit_rmse(fit_results->fit), 3);
    about_figure(list, lang, BEHOV_WORD_F, fit_results->f, 3);
    behov_fit_results_unreliable_f(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_ABOUT_F, &words);
    behov_wording_free(&words);
    about_figure(list, lang, BEHOV_WORD_CONDITION_NUMBER, behov_fit_condition(fit_results->fit), 3);
}

/* How to read it, the model, and where coefficients came from. */
static void about_model(const behov_fit_results *fit_results, about *list)
{
    behov_language lang = fit_results->study->lang;
    behov_wording words = {0};
    bool in_kroner = behov_need_gap_is_1000kr(fit_results->need);
    about_text(list, lang, BEHOV_WORD_HOW_TO_READ,
               behov_label(lang, in_kroner ? BEHOV_WORD_RATIO_EXPLAINED : BEHOV_WORD_RATIO_EXPLAINED_OTHER));
    about_text(list, lang, BEHOV_WORD_CAUTION, behov_label(lang, BEHOV_WORD_NOT_A_VERDICT));
    if (fit_results->study->model.title)
        about_text(list, lang, BEHOV_WORD_MODEL_TITLE, fit_results->study->model.title);
    about_text(list, lang, BEHOV_WORD_FORMULA, behov_formula_text(fit_results->study->formula));
    behov_fit_results_outcome(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_OUTCOME, &words);
    if (fit_results->study->model.source)
        about_text(list, lang, BEHOV_WORD_MODEL_SOURCE, fit_results->study->model.source);
    for (size_t i = 0; behov_fit_results_proxy(fit_results, i, &words); i++)
        about_said(list, lang, BEHOV_WORD_PROXY, &words);
    if (behov_study_formula_names(fit_results->study->formula, "non_western_immigrants"))
        about_text(list, lang, BEHOV_WORD_ABOUT_NON_WESTERN, behov_label(lang, BEHOV_WORD_NON_WESTERN_EXPLAINED));
    if (fit_results->coefficients_from)
        about_text(list, lang, BEHOV_WORD_COEFFICIENTS_FROM, fit_results->coefficients_from);
    behov_fit_results_lent(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_YEAR_EFFECT, &words);
    behov_wording_free(&words);
}

/* What the figures are, what is odd about them, and when they were made. */
static void about_figures(const behov_fit_results *fit_results, about *list)
{
    behov_language lang = fit_results->study->lang;
    behov_wording words = {0};
    bool in_kroner = behov_need_gap_is_1000kr(fit_results->need);
    about_explained(list, lang, in_kroner ? BEHOV_WORD_NEED : BEHOV_WORD_NEED_OTHER,
                    in_kroner ? BEHOV_WORD_NEED_EXPLAINED : BEHOV_WORD_NEED_EXPLAINED_OTHER);
    about_explained(list, lang, in_kroner ? BEHOV_WORD_INDEX : BEHOV_WORD_INDEX_OTHER,
                    in_kroner ? BEHOV_WORD_INDEX_EXPLAINED : BEHOV_WORD_INDEX_EXPLAINED_OTHER);
    if (in_kroner)
        about_explained(list, lang, BEHOV_WORD_GAP_1000KR, BEHOV_WORD_GAP_EXPLAINED);
    behov_fit_results_unit_warning(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_ABOUT_UNIT, &words);
    behov_wording_clear(&words);
    for (size_t i = fit_results->study->doubts_the_unit; i < fit_results->study->n_cautions; i++)
        behov_wording_add_after(&words, " ", fit_results->study->cautions[i]);
    about_said(list, lang, BEHOV_WORD_ABOUT_CAUTIONS, &words);
    behov_fit_results_gap_sum(fit_results, &words);
    about_said(list, lang, BEHOV_WORD_GAP_SUM_CAPTION, &words);
    about_text(list, lang, BEHOV_WORD_CREATED_AT, fit_results->made_on);
    behov_wording_clear(&words);
    behov_wording_print(&words, "behov %s", behov_version());
    about_said(list, lang, BEHOV_WORD_PROGRAM, &words);
    behov_wording_free(&words);
}

behov_status behov_about_table(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    about list = {.lines = calloc(ABOUT_USUAL, sizeof *list.lines), .room = ABOUT_USUAL};
    if (!list.lines)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABOUT_NO_MEMORY);
    about_model(fit_results, &list);
    about_data(fit_results, &list);
    if (fit_results->fit)
        about_fit(fit_results, &list);
    about_figures(fit_results, &list);
    behov_report *report = NULL;
    behov_status status = list.has_no_memory ? behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABOUT_NO_MEMORY)
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
    for (size_t i = 0; i < list.n; i++)
        free(list.lines[i].text);
    free(list.lines);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}
