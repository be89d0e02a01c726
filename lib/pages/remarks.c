/* remarks.c - what a page that compares municipalities or years has to say of its data: whom the condition leaves out
 * of the country, who changes the code, what the intervals stand on, that amounts are those of the panel. Each is a
 * sentence that a page has once; which of them a page needs, the page knows. */
#include <behov/remarks.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/left_out.h>
#include <behov/result_sentences.h>
#include <behov/wording.h>

enum { NAMED_MAX = 3 }; /* more municipalities are counted */

static const char *whole(behov_language lang, size_t value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_COUNT, (double)value, lang, text);
}

/* ---- whom a condition leaves out -----------------------------------------------------------------------------------
 * */

void behov_remark_left_out_names(const behov_fit_results *fitted, behov_wording *words)
{
    const behov_panel *panel = &fitted->study->panel;
    size_t *rows, n;
    behov_wording_clear(words);
    if (behov_left_out_rows(fitted, &rows, &n, NULL)) {
        words->has_no_memory = true;
        return;
    }
    for (size_t i = 0; i < n && n <= NAMED_MAX; i++) {
        behov_wording_add_after(words, ", ", behov_panel_code(panel, rows[i]));
        if (behov_panel_municipality(panel, rows[i])[0])
            behov_wording_add_after(words, " ", behov_panel_municipality(panel, rows[i]));
    }
    free(rows);
    if (n > NAMED_MAX) {
        char number[BEHOV_NUMBER_SIZE];
        behov_language lang = fitted->study->lang;
        behov_wording_fill(words, lang, BEHOV_WORD_REMARK_MUNICIPALITIES, "n", whole(lang, n, number), NULL);
    }
}

static void say_country(const behov_fit_results *fitted, behov_wording *words)
{
    behov_wording names = {0};
    behov_remark_left_out_names(fitted, &names);
    if (names.length)
        behov_wording_fill(words, fitted->study->lang, BEHOV_WORD_REMARK_COUNTRY, "who",
                           behov_label(fitted->study->lang, fitted->study->model_excludes ? BEHOV_WORD_WORD_THE_MODEL
                                                                                          : BEHOV_WORD_WORD_THE_OPTION),
                           "names", behov_wording_text(&names), NULL);
    words->has_no_memory = words->has_no_memory || names.has_no_memory;
    behov_wording_free(&names);
}

/* ---- the others ----------------------------------------------------------------------------------------------------
 * */

static void say_codes(const behov_fit_results *fitted, behov_wording *words)
{
    const behov_study *study = fitted->study;
    if (!study->plausibility) /* of factors: no rows have been looked at */
        return;
    size_t n_findings, n = behov_plausibility_count(study->plausibility, BEHOV_ODD_TWO_CODES, BEHOV_WARNING);
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n_findings), *oddity = NULL;
    for (size_t i = 0; i < n_findings && !oddity; i++)
        if (findings[i].kind == BEHOV_ODD_TWO_CODES && findings[i].severity == BEHOV_WARNING)
            oddity = &findings[i];
    if (!oddity)
        return;
    char number[BEHOV_NUMBER_SIZE], previous_text[16], year[16];
    snprintf(previous_text, sizeof previous_text, "%d", behov_panel_year(&study->panel, (size_t)oddity->other_row));
    snprintf(year, sizeof year, "%d", behov_panel_year(&study->panel, (size_t)oddity->row));
    behov_wording_fill(words, study->lang, n > 1 ? BEHOV_WORD_REMARK_CODES : BEHOV_WORD_REMARK_CODES_ONE, "n",
                       whole(study->lang, n, number), "name",
                       behov_panel_municipality(&study->panel, (size_t)oddity->row), "old",
                       behov_panel_code(&study->panel, (size_t)oddity->other_row), "before", previous_text, "new",
                       behov_panel_code(&study->panel, (size_t)oddity->row), "year", year, NULL);
}

static void say_clusters(const behov_fit_results *fitted, behov_wording *words)
{
    behov_language lang = fitted->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    double rows;
    if (!fitted->vcov || behov_vcov_n_clusters(fitted->vcov) == 0)
        return;
    behov_wording keys = {0};
    behov_fit_results_cluster_keys(fitted, &keys);
    if (behov_vcov_n_clusters(fitted->vcov) < BEHOV_FEW_CLUSTERS) {
        behov_fit_results_say_few_clusters(fitted, true, behov_fit_results_key_of_few_clusters(fitted),
                                           whole(lang, behov_vcov_n_clusters(fitted->vcov), number), words);
    } else {
        behov_clustering_say_parted(fitted, words);
    }
    if (!words->length && behov_fit_results_is_hardly_clustered(fitted, &rows)) {
        behov_number_fixed(rows, 1, behov_label_decimal_mark(lang), "", 4, number);
        behov_wording_fill(words, lang, BEHOV_WORD_REMARK_HARDLY_CLUSTERED, "key", behov_wording_text(&keys), "n",
                           number, NULL);
    }
    words->has_no_memory = words->has_no_memory || keys.has_no_memory;
    behov_wording_free(&keys);
}

static bool has_outcomes(const behov_fit_results *fitted)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(fitted->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++)
        if (!isnan(behov_need_actual(fitted->need, behov_row_at(rows, i))))
            return true;
    return false;
}

static void say_prices(const behov_fit_results *fitted, behov_wording *words)
{
    size_t n_years;
    const int *years = behov_need_years(fitted->need, &n_years);
    if (fitted->study->unit == BEHOV_UNIT_UNKNOWN || !years[0])
        return;
    const behov_lent_effects *lent_effects = fitted->lent_effects;
    bool is_lent = lent_effects && lent_effects->kind != BEHOV_LENT_NOTHING && lent_effects->n;
    if (n_years > 1 || fitted->coefficients_from)
        behov_wording_add(words, behov_label(fitted->study->lang, BEHOV_WORD_REMARK_PRICES));
    if (is_lent && has_outcomes(fitted)) {
        char names[100];
        behov_lent_effects_years(lent_effects, names);
        behov_wording_add(words, " ");
        behov_wording_fill(words, fitted->study->lang, BEHOV_WORD_REMARK_PRICES_LENT, "years", names, NULL);
    }
}

void behov_remark_say(const behov_fit_results *fitted, behov_remark which, behov_wording *words)
{
    static void (*const say[BEHOV_N_REMARKS])(const behov_fit_results *, behov_wording *) = {say_country, say_codes,
                                                                                             say_clusters, say_prices};
    behov_wording_clear(words);
    say[which](fitted, words);
}

/* ---- pages ----------------------------------------------------------------------------------------------------------
 * */

behov_status behov_remarks_each(const behov_fit_results *fitted, unsigned which,
                                behov_status (*take)(void *context, const char *sentence, behov_error *err),
                                void *context, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (int i = 0; i < BEHOV_N_REMARKS && !status; i++) {
        if (!((which >> i) & 1u))
            continue;
        behov_remark_say(fitted, (behov_remark)i, &words);
        status = behov_wording_status(&words, err);
        if (!status && words.length)
            status = take(context, behov_wording_text(&words), err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status add_note(void *list, const char *sentence, behov_error *err)
{
    return behov_section_list_note(list, sentence, err);
}

behov_status behov_remarks_add(const behov_fit_results *fitted, unsigned which, behov_section_list *list,
                               behov_error *err)
{
    return behov_remarks_each(fitted, which, add_note, list, err);
}

behov_status behov_remarks_add_errors(behov_section_list *list, const behov_fit_results *fitted, behov_error *err)
{
    behov_wording errors = {0}, words = {0};
    behov_fit_results_errors(fitted, &errors);
    behov_wording_add(&words, behov_label(fitted->study->lang, BEHOV_WORD_SE_KIND));
    behov_wording_add(&words, ": ");
    behov_status status = behov_wording_status(&words, err);
    if (!status)
        status = behov_section_list_say(list, behov_wording_text(&words), &errors, err);
    behov_wording_free(&errors), behov_wording_free(&words);
    return status;
}
