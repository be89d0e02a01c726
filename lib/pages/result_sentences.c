/* result_sentences.c - see result_sentences.h. */
#include <behov/result_sentences.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/clustering_sentences.h>
#include <behov/findings.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/model_labels.h>
#include <behov/remarks.h>
#include "sentence_parts.h"
#include <behov/study_words.h>

/* ---- sentences ----------------------------------------------------------------------------------------------------
 */

/* Why a row is no municipality, by the name that fate.c gives it. */
static behov_word mark_word(const char *name)
{
    static const struct {
        const char *name;
        behov_word word;
    } marks[] = {{"country", BEHOV_WORD_MARK_COUNTRY}, {"county", BEHOV_WORD_MARK_COUNTY},
                 {"group", BEHOV_WORD_MARK_GROUP},     {"unknown", BEHOV_WORD_MARK_UNKNOWN},
                 {"outside", BEHOV_WORD_MARK_OUTSIDE}, {"sum", BEHOV_WORD_MARK_SUM}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(marks[i].name, name) == 0)
            return marks[i].word;
    return BEHOV_NO_WORD;
}

void behov_fit_results_reason(const behov_fit_results *fit_results, behov_reason reason, behov_language lang,
                              behov_wording *words)
{
    static const behov_word keys[] = {
        [BEHOV_REASON_EXCLUDED] = BEHOV_WORD_REASON_EXCLUDED,
        [BEHOV_REASON_REGRESSOR_MISSING] = BEHOV_WORD_REASON_MISSING,
        [BEHOV_REASON_OUTCOME_MISSING] = BEHOV_WORD_REASON_MISSING,
        [BEHOV_REASON_CLUSTER_MISSING] = BEHOV_WORD_REASON_MISSING,
        [BEHOV_REASON_WEIGHT_MISSING] = BEHOV_WORD_REASON_MISSING,
        [BEHOV_REASON_WEIGHT_ZERO] = BEHOV_WORD_REASON_WEIGHT_ZERO,
        [BEHOV_REASON_NO_MUNICIPALITY] = BEHOV_WORD_REASON_NO_MUNICIPALITY,
        [BEHOV_REASON_SET_ASIDE] = BEHOV_WORD_REASON_SET_ASIDE,
        [BEHOV_REASON_LEVEL_UNKNOWN] = BEHOV_WORD_REASON_LEVEL_UNKNOWN,
    };
    behov_wording_clear(words);
    if (reason.kind == BEHOV_REASON_SET_ASIDE && strcmp(reason.subject, "estimated_on == 0") == 0) {
        behov_wording_add(words, behov_label(lang, BEHOV_WORD_REASON_SET_ASIDE_BY_PANEL));
        return;
    }
    if (reason.kind == BEHOV_REASON_NO_MUNICIPALITY) {
        behov_wording_fill(words, lang, keys[reason.kind], "subject", behov_label(lang, mark_word(reason.subject)),
                           NULL);
        return;
    }
    const char *mark = reason.mark == BEHOV_MISSING_OTHER
                           ? (fit_results->study->missing_mark ? fit_results->study->missing_mark
                                                               : behov_label(lang, BEHOV_WORD_MARK_OF_THE_USER))
                           : behov_label_of_missing(lang, reason.mark);
    behov_wording_fill(words, lang, keys[reason.kind], "subject", reason.subject, "mark", mark, NULL);
}

void behov_fit_results_fate(const behov_fit_results *fit_results, behov_reason reason, behov_wording *words)
{
    behov_wording why = {0};
    behov_language lang = fit_results->study->lang;
    behov_fit_results_reason(fit_results, reason, lang, &why);
    behov_wording_clear(words);
    if (reason.kind != BEHOV_REASON_EXCLUDED) { /* whose words say already that the row is left out */
        behov_wording_add(words, behov_label(lang, reason.fate == BEHOV_ROW_LEFT_OUT ? BEHOV_WORD_LEFT_OUT
                                                                                     : BEHOV_WORD_PREDICTED_ONLY));
        behov_wording_add(words, ": ");
    }
    behov_wording_add(words, behov_wording_text(&why));
    behov_wording_spend(words, &why);
}

void behov_fit_results_rows_with_reason(const behov_fit_results *fit_results, behov_reason reason, behov_wording *words)
{
    char rows[BEHOV_NUMBER_SIZE];
    behov_wording fate = {0}, names = {0};
    behov_fit_results_fate(fit_results, reason, &fate);
    behov_wording_clear(words);
    behov_wording_fill(words, fit_results->study->lang,
                       reason.n_rows == 1 ? BEHOV_WORD_ROWS_WITH_REASON_ONE : BEHOV_WORD_ROWS_WITH_REASON, "n",
                       behov_format_count(fit_results->study->lang, (double)reason.n_rows, rows), "why",
                       behov_wording_text(&fate), NULL);
    if (reason.kind == BEHOV_REASON_EXCLUDED)
        behov_remark_left_out_names(fit_results, &names);
    if (names.length)
        behov_wording_fill(words, fit_results->study->lang,
                           fit_results->study->model_excludes ? BEHOV_WORD_LEFT_OUT_BY_MODEL
                                                              : BEHOV_WORD_LEFT_OUT_NAMED,
                           "names", behov_wording_text(&names), NULL);
    behov_wording_spend(words, &fate), behov_wording_spend(words, &names);
}

/* Takes an ending off a name that is longer than it. */
static void take_off(behov_wording *name, const char *before, const char *unit, const char *behind)
{
    behov_wording tail = {0};
    behov_wording_print(&tail, "%s%s%s", before, unit, behind);
    if (tail.length && name->length > tail.length && strcmp(name->text + name->length - tail.length, tail.text) == 0)
        name->text[name->length -= tail.length] = '\0';
    behov_wording_spend(name, &tail);
}

/* Takes a unit per inhabitant off the end of a name, where it stands in brackets or behind a comma: the unit of the
 * fit is said beside it. */
static void take_off_unit(behov_language lang, behov_wording *name)
{
    static const behov_word units[] = {BEHOV_WORD_UNIT_1000KR_PER_INHABITANT, BEHOV_WORD_UNIT_KR_PER_INHABITANT};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        take_off(name, " (", behov_label(lang, units[i]), ")");
        take_off(name, ", ", behov_label(lang, units[i]), "");
    }
}

void behov_fit_results_outcome(const behov_fit_results *fit_results, behov_wording *words)
{
    behov_word unit = fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT
                          ? BEHOV_WORD_UNIT_1000KR_PER_INHABITANT
                      : fit_results->study->unit == BEHOV_UNIT_KR_PER_INHABITANT ? BEHOV_WORD_UNIT_KR_PER_INHABITANT
                                                                                 : BEHOV_NO_WORD;
    behov_study_say_term(fit_results->study, behov_formula_outcome_name(fit_results->study->formula), words);
    if (!unit)
        return;
    take_off_unit(fit_results->study->lang, words);
    behov_wording_add_after(words, ", ", behov_label(fit_results->study->lang, unit));
}

static void lent_words(const behov_fit_results *fit_results, const behov_word keys[4], behov_wording *words)
{
    const behov_lent_effects *lent_effects = fit_results->lent_effects;
    behov_language lang = fit_results->study->lang;
    char years[100], number[BEHOV_NUMBER_SIZE], effect[BEHOV_NUMBER_SIZE + 3], first[16], last[16];
    behov_wording_clear(words);
    if (!lent_effects || lent_effects->kind == BEHOV_LENT_NOTHING)
        return;
    behov_lent_effects_years(lent_effects, years);
    snprintf(first, sizeof first, "%d", lent_effects->first);
    snprintf(last, sizeof last, "%d", lent_effects->last);
    behov_format_cell(BEHOV_Q_COEFFICIENT, fabs(lent_effects->effect), lang, number);
    snprintf(effect, sizeof effect, "%s%s", lent_effects->effect < 0 ? "−" : "",
             number); /* a sentence has a minus sign */
    behov_wording_fill(words, lang, keys[lent_effects->kind], "years", years, "from", fit_results->coefficients_from,
                       "effect", effect, "first", first, "last", last, NULL);
}

void behov_fit_results_lent(const behov_fit_results *fit_results, behov_wording *words)
{
    static const behov_word keys[] = {BEHOV_NO_WORD, BEHOV_WORD_YEAR_EFFECT_LAST, BEHOV_WORD_YEAR_EFFECT_MEAN,
                                      BEHOV_WORD_YEAR_EFFECT_NUMBER};
    lent_words(fit_results, keys, words);
}

void behov_fit_results_lent_note(const behov_fit_results *fit_results, size_t row, behov_wording *words)
{
    static const behov_word keys[] = {BEHOV_NO_WORD, BEHOV_WORD_YEAR_EFFECT_NOTE_LAST, BEHOV_WORD_YEAR_EFFECT_NOTE_MEAN,
                                      BEHOV_WORD_YEAR_EFFECT_NOTE_NUMBER};
    behov_wording_clear(words);
    int year = fit_results->lent_effects ? behov_panel_year(&fit_results->study->panel, row) : 0;
    for (size_t i = 0; fit_results->lent_effects && i < fit_results->lent_effects->n; i++)
        if (fit_results->lent_effects->years[i] == year)
            lent_words(fit_results, keys, words);
}

void behov_fit_results_interval_label(const behov_fit_results *fit_results, behov_word key, char text[100])
{
    char level[BEHOV_NUMBER_SIZE];
    behov_language lang = fit_results->study->lang;
    behov_label_fill(lang, key, text, 100, "level", behov_format_level(lang, fit_results->level_pct, level), NULL);
}

/* ": K03 (1104), K07 (1108) and 3 more": whose rows these are; nothing without codes, or without memory for them. */
static void name_needs_too_low(const behov_fit_results *fit_results, behov_wording *names)
{
    enum { NAMED_MOST = 10 };
    const behov_study *study = fit_results->study;
    ptrdiff_t column = study->panel.columns[BEHOV_ROLE_CODE];
    size_t n = 0, n_rows;
    if (column < 0 || behov_table_kind(study->table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return;
    const int32_t *codes = behov_table_codes(study->table, (size_t)column);
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    bool *is_named = calloc(behov_dictionary_count(behov_table_levels(study->table, (size_t)column)) + 1, 1);
    names->has_no_memory = names->has_no_memory || !is_named;
    for (size_t i = 0; i < n_rows && is_named; i++) {
        if (codes[behov_row_at(rows, i)] < 0 || is_named[codes[behov_row_at(rows, i)]] ||
            behov_need_note_of(fit_results->need, behov_row_at(rows, i)) != BEHOV_NOTE_NEED_TOO_LOW)
            continue;
        is_named[codes[behov_row_at(rows, i)]] = true;
        if (n++ >= NAMED_MOST)
            continue;
        const behov_municipality municipality = {.code = behov_panel_code(&study->panel, behov_row_at(rows, i)),
                                                 .name =
                                                     behov_panel_municipality(&study->panel, behov_row_at(rows, i))};
        behov_wording_add(names, n > 1 ? ", " : ": ");
        behov_sentence_municipality_name_first(names, &municipality);
    }
    free(is_named);
    char number[BEHOV_NUMBER_SIZE];
    if (n > NAMED_MOST) {
        behov_wording_add(names, " ");
        behov_wording_fill(names, study->lang, BEHOV_WORD_AND_MORE, "n",
                           behov_format_count(study->lang, (double)(n - NAMED_MOST), number), NULL);
    }
}

void behov_fit_results_needs_too_low(const behov_fit_results *fit_results, behov_wording *words)
{
    size_t n = behov_need_n_too_low(fit_results->need);
    char number[BEHOV_NUMBER_SIZE];
    behov_language lang = fit_results->study->lang;
    behov_wording names = {0};
    behov_wording_clear(words);
    if (n)
        name_needs_too_low(fit_results, &names);
    if (n)
        behov_wording_fill(words, lang, n == 1 ? BEHOV_WORD_NEED_TOO_LOW : BEHOV_WORD_NEEDS_TOO_LOW, "n",
                           behov_format_count(lang, (double)n, number), "limit",
                           behov_label(lang, fit_results->floor > 0 ? BEHOV_WORD_LIMIT_FLOOR : BEHOV_WORD_LIMIT_ZERO),
                           "names", behov_wording_text(&names), NULL);
    behov_wording_spend(words, &names);
}

void behov_fit_results_actuals_negative(const behov_fit_results *fit_results, behov_wording *words)
{
    size_t n = behov_need_n_negative(fit_results->need);
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (n)
        behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_ACTUALS_NEGATIVE, "n",
                           behov_format_count(fit_results->study->lang, (double)n, number), NULL);
}

void behov_fit_results_title(const behov_fit_results *fit_results, behov_word key, behov_wording *words)
{
    const char *name = behov_formula_outcome_name(fit_results->study->formula);
    behov_wording_clear(words);
    behov_wording_fill(words, fit_results->study->lang, key, "outcome",
                       behov_model_label(&fit_results->study->model, fit_results->study->lang, name), NULL);
}

void behov_fit_results_data_name(const behov_fit_results *fit_results, behov_wording *words)
{
    const char *path = fit_results->study->panel_path;
    behov_language lang = fit_results->study->lang;
    behov_wording_clear(words);
    if (fit_results->study->is_bundled) {
        behov_wording_add(words, behov_label(lang, BEHOV_WORD_BUNDLED_DATA));
        return;
    }
    bool is_file = fit_results->study->is_simulated || strcmp(path, "-") != 0;
    behov_wording_add(words, is_file ? path : behov_label(lang, BEHOV_WORD_STANDARD_INPUT));
    if (!fit_results->study->is_simulated)
        return;
    behov_wording_add(words, " (");
    behov_wording_add(words, behov_label(lang, BEHOV_WORD_IS_SIMULATED));
    behov_wording_add(words, ")");
}

/* Whether coefficients have degrees of freedom of their own, as for CV2: then the least are said, and that they are. */
static bool has_own_degrees(const behov_fit_results *fit_results)
{
    for (size_t k = 0; k < behov_fit_n_regressors(fit_results->fit); k++)
        if (behov_vcov_dof_of(fit_results->vcov, k) > behov_vcov_dof(fit_results->vcov))
            return true;
    return false;
}

/* As pages write it: "CV1". */
static void name_kind(const behov_fit_results *fit_results, char kind[16])
{
    snprintf(kind, 16, "%s", behov_vcov_kind_name(behov_vcov_kind_of(fit_results->vcov)));
    for (char *c = kind; *c && strcmp(kind, "classical") != 0; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
}

void behov_fit_results_errors(const behov_fit_results *fit_results, behov_wording *words)
{
    behov_language lang = fit_results->study->lang;
    char clusters[BEHOV_NUMBER_SIZE], dof[BEHOV_NUMBER_SIZE], kind[16];
    bool clustered = behov_vcov_kind_is_clustered(behov_vcov_kind_of(fit_results->vcov));
    name_kind(fit_results, kind);
    bool is_one_x = behov_vcov_dof(fit_results->vcov) == 1;
    behov_word key = behov_fit_is_exact(fit_results->fit)       ? BEHOV_WORD_ERRORS_NONE
                     : clustered && fit_results->second_cluster ? BEHOV_WORD_ERRORS_TWO_WAY
                     : clustered                                ? BEHOV_WORD_ERRORS_CLUSTERED
                     : strcmp(kind, "classical")                ? BEHOV_WORD_ERRORS_ROBUST
                                                                : BEHOV_WORD_ERRORS_CLASSICAL;
    behov_wording_clear(words);
    behov_wording_fill(
        words, lang, key, "kind", kind, "n",
        behov_format_count(lang, (double)behov_vcov_n_clusters(fit_results->vcov), clusters), "key",
        behov_study_key_in_sentence(fit_results->study, fit_results->cluster ? fit_results->cluster : ""), "second",
        behov_study_key_in_sentence(fit_results->study, fit_results->second_cluster ? fit_results->second_cluster : ""),
        "dof", behov_format_cell(BEHOV_Q_DOF, behov_vcov_dof(fit_results->vcov), lang, dof), "degrees",
        behov_label(lang, has_own_degrees(fit_results) ? BEHOV_WORD_DEGREES_OF_FREEDOM_LEAST
                          : is_one_x                   ? BEHOV_WORD_DEGREE_OF_FREEDOM
                                                       : BEHOV_WORD_DEGREES_OF_FREEDOM),
        NULL);
}

void behov_fit_results_r2_from_zero(const behov_fit_results *fit_results, behov_wording *words)
{
    bool is_said =
        fit_results->fit && behov_fit_is_from_zero(fit_results->fit) && !isnan(behov_fit_r2(fit_results->fit));
    behov_wording_clear(words);
    behov_wording_add(words, is_said ? behov_label(fit_results->study->lang, BEHOV_WORD_R2_FROM_ZERO) : "");
}

const char *behov_fit_results_adj_r2_label(const behov_fit_results *fit_results)
{
    return behov_label(fit_results->study->lang, fit_results->fit && behov_fit_is_from_zero(fit_results->fit)
                                                     ? BEHOV_WORD_ADJ_R2_FROM_ZERO
                                                     : BEHOV_WORD_ADJ_R2);
}

/* "x (g = 1), z (g = 2) and 40 more": those without an error, or those whose error is too small. */
static void list_sole(const behov_fit_results *fit_results, bool has_error, behov_wording *names)
{
    enum { LISTED_BYTES = 180 }; /* a longer list is counted on; each name is whole */
    size_t n_more = 0;
    behov_wording_clear(names);
    for (size_t k = 0; fit_results->vcov && k < behov_vcov_n_regressors(fit_results->vcov); k++) {
        const char *sole = behov_vcov_sole(fit_results->vcov, k);
        if (!sole || behov_vcov_has_no_error(fit_results->vcov, k) == has_error)
            continue;
        if (names->length >= LISTED_BYTES) {
            n_more++;
            continue;
        }
        behov_wording_add_after(names, ", ", behov_design_regressor(fit_results->design, k));
        behov_wording_add(names, " (");
        behov_wording_add(names, sole);
        behov_wording_add(names, ")");
    }
    char number[BEHOV_NUMBER_SIZE];
    if (n_more) {
        behov_wording_add(names, " ");
        behov_wording_fill(names, fit_results->study->lang, BEHOV_WORD_AND_MORE, "n",
                           behov_format_count(fit_results->study->lang, (double)n_more, number), NULL);
    }
}

void behov_fit_results_no_error(const behov_fit_results *fit_results, behov_wording *words)
{
    static const behov_word keys[2][2] = {{BEHOV_WORD_SOLE_ROW, BEHOV_WORD_SOLE_CLUSTER},
                                          {BEHOV_WORD_SOLE_ROW_IN_PART, BEHOV_WORD_SOLE_CLUSTER_IN_PART}};
    bool is_clustered = fit_results->vcov && behov_vcov_n_clusters(fit_results->vcov);
    behov_wording names = {0};
    behov_wording_clear(words);
    if (fit_results->fit && behov_fit_is_exact(fit_results->fit)) {
        behov_wording_fill(words, fit_results->study->lang,
                           isnan(behov_fit_r2(fit_results->fit)) ? BEHOV_WORD_CONSTANT_OUTCOME : BEHOV_WORD_EXACT_FIT,
                           "outcome", behov_formula_outcome_name(fit_results->study->formula), NULL);
        return;
    }
    for (int has_error = 0; has_error < 2; has_error++) {
        list_sole(fit_results, has_error, &names);
        if (!names.length)
            continue;
        behov_wording_add_after(words, " ", "");
        behov_wording_fill(words, fit_results->study->lang, keys[has_error][is_clustered], "names",
                           behov_wording_text(&names), NULL);
    }
    behov_wording_spend(words, &names);
}

static void say_many_restrictions(const behov_fit_results *fit_results, size_t n_restrictions, behov_wording *words)
{
    char q[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    behov_wording_fill(
        words, fit_results->study->lang, BEHOV_WORD_WARNING_MANY_RESTRICTIONS, "q",
        behov_format_count(fit_results->study->lang, (double)n_restrictions, q), "n",
        behov_format_count(fit_results->study->lang, (double)behov_vcov_n_clusters(fit_results->vcov), n), NULL);
}

void behov_fit_results_unreliable_f(const behov_fit_results *fit_results, behov_wording *words)
{
    char q[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (behov_fit_results_f_is_unreliable(fit_results))
        behov_wording_fill(
            words, fit_results->study->lang, BEHOV_WORD_WARNING_MODEL_F, "q",
            behov_format_count(fit_results->study->lang, (double)fit_results->f_restrictions, q), "n",
            behov_format_count(fit_results->study->lang, (double)behov_vcov_n_clusters(fit_results->vcov), n), NULL);
}

bool behov_fit_results_f_is_unreliable(const behov_fit_results *fit_results)
{
    return !isnan(fit_results->f) && behov_wald_is_unreliable(fit_results->vcov, fit_results->f_restrictions);
}

void behov_fit_results_many_restrictions(const behov_fit_results *fit_results, const behov_wald_result *wald,
                                         behov_wording *words)
{
    behov_wording_clear(words);
    if (wald->is_unreliable)
        say_many_restrictions(fit_results, wald->n_restrictions, words);
}

/* Rows a cluster at or above which errors say that rows belong together. */
static const double CLUSTERED_ROWS = 1.5;

bool behov_fit_results_is_hardly_clustered(const behov_fit_results *fit_results, double *rows_per_cluster)
{
    *rows_per_cluster = (double)behov_fit_n_rows(fit_results->fit) / (double)behov_vcov_n_clusters(fit_results->vcov);
    bool is_each_alone = fit_results->n_municipality_clusters > 0 && !fit_results->repeats_municipalities;
    return *rows_per_cluster < CLUSTERED_ROWS && !is_each_alone;
}

void behov_fit_results_cluster_keys(const behov_fit_results *fit_results, behov_wording *keys)
{
    behov_wording_clear(keys);
    behov_wording_add(keys, behov_study_key_in_sentence(fit_results->study, fit_results->cluster));
    if (fit_results->second_cluster)
        behov_wording_add_after(keys, " & ",
                                behov_study_key_in_sentence(fit_results->study, fit_results->second_cluster));
}

const char *behov_fit_results_key_of_few_clusters(const behov_fit_results *fit_results)
{
    return behov_study_key_in_sentence(fit_results->study,
                                       fit_results->second_cluster && fit_results->has_fewest_in_second
                                           ? fit_results->second_cluster
                                           : fit_results->cluster);
}

static void hardly_clustered(const behov_fit_results *fit_results, const char *keys, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    double per_cluster;
    if (!behov_fit_results_is_hardly_clustered(fit_results, &per_cluster))
        return;
    behov_number_fixed(per_cluster, 1, behov_label_decimal_mark(fit_results->study->lang), "", 4, number);
    behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_WARNING_HARDLY_CLUSTERED, "key", keys, "n", number,
                       NULL);
}

/* Clusters that part the rows of municipalities, or hardly hold any together: one sentence of the two. */
static void parted(const behov_fit_results *fit_results, const char *keys, behov_wording *words)
{
    behov_clustering_say_parted(fit_results, words);
    if (!words->length)
        hardly_clustered(fit_results, keys, words);
}

void behov_fit_results_say_few_clusters(const behov_fit_results *fit_results, bool is_remark, const char *key,
                                        const char *n, behov_wording *words)
{
    static const behov_word sentences[2][3] = {{BEHOV_WORD_WARNING_FEW_CLUSTERS,
                                                BEHOV_WORD_WARNING_FEW_CLUSTERS_ADJUSTED,
                                                BEHOV_WORD_WARNING_FEW_CLUSTERS_OTHER_KIND},
                                               {BEHOV_WORD_REMARK_FEW_CLUSTERS, BEHOV_WORD_REMARK_FEW_CLUSTERS_ADJUSTED,
                                                BEHOV_WORD_REMARK_FEW_CLUSTERS_OTHER_KIND}};
    behov_vcov_kind kind = behov_vcov_kind_of(fit_results->vcov);
    bool is_adjusted = kind == BEHOV_VCOV_CV2 || kind == BEHOV_VCOV_CV3 || kind == BEHOV_VCOV_CV3J;
    char name[16];
    name_kind(fit_results, name);
    behov_wording_fill(words, fit_results->study->lang,
                       sentences[is_remark][fit_results->second_cluster || fit_results->has_no_jackknife ? 0
                                            : is_adjusted                                                ? 1
                                                                                                         : 2],
                       "key", key, "n", n, "kind", name, NULL);
}

static void few_clusters(const behov_fit_results *fit_results, const char *keys, behov_wording *words)
{
    behov_language lang = fit_results->study->lang;
    size_t n_clusters = behov_vcov_n_clusters(fit_results->vcov);
    char number[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], others[BEHOV_NUMBER_SIZE];
    behov_format_count(lang, (double)n_clusters, all);
    if (n_clusters < BEHOV_FEW_CLUSTERS) {
        const char *key = fit_results->second_cluster ? behov_fit_results_key_of_few_clusters(fit_results) : keys;
        behov_fit_results_say_few_clusters(fit_results, false, key, all, words);
    } else if (fit_results->n_narrow > 0) {
        behov_wording term = {0}, next = {0};
        behov_study_say_term(fit_results->study, behov_design_regressor(fit_results->design, fit_results->narrowest),
                             &term);
        if (fit_results->n_narrow == 2)
            behov_study_say_term(fit_results->study,
                                 behov_design_regressor(fit_results->design, fit_results->next_narrowest), &next);
        behov_number_fixed(fit_results->fewest_effective, fit_results->fewest_effective < 10 ? 1 : 0,
                           behov_label_decimal_mark(lang), "", 4, number);
        behov_wording_fill(words, lang,
                           fit_results->n_narrow == 1   ? BEHOV_WORD_WARNING_FEW_EFFECTIVE
                           : fit_results->n_narrow == 2 ? BEHOV_WORD_WARNING_FEW_EFFECTIVE_TWO
                                                        : BEHOV_WORD_WARNING_FEW_EFFECTIVE_MORE,
                           "term", behov_wording_text(&term), "next", behov_wording_text(&next), "n", number, "all",
                           all, "key", keys, "others",
                           behov_format_count(lang, (double)fit_results->n_narrow - 1, others), NULL);
        behov_wording_spend(words, &term), behov_wording_spend(words, &next);
    }
}

/* As the file calls it. */
static const char *municipality_column(const behov_study *study)
{
    ptrdiff_t column = behov_table_find(study->table, behov_clustering_municipality(&study->panel));
    return behov_table_name(study->table, (size_t)column);
}

bool behov_fit_results_takes_rows_apart(const behov_fit_results *fit_results)
{
    const char *of_model = fit_results->study->model.cluster;
    bool is_chosen = fit_results->asked_cluster || (of_model && !of_model[0]);
    return fit_results->vcov && behov_vcov_n_clusters(fit_results->vcov) == 0 && !is_chosen &&
           !behov_fit_is_exact(fit_results->fit) && fit_results->repeats_municipalities;
}

bool behov_fit_results_cluster_warning(const behov_fit_results *fit_results, size_t i, behov_wording *words)
{
    void (*const say[])(const behov_fit_results *, const char *, behov_wording *) = {parted, few_clusters};
    bool is_there = false;
    behov_wording keys = {0};
    behov_wording_clear(words);
    if (i == 0 && behov_fit_results_takes_rows_apart(fit_results))
        behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_ROWS_TAKEN_APART, "key",
                           municipality_column(fit_results->study), NULL);
    if (words->length)
        return true;
    if (behov_vcov_n_clusters(fit_results->vcov) == 0 || behov_fit_is_exact(fit_results->fit))
        return false;
    behov_fit_results_cluster_keys(fit_results, &keys);
    for (size_t s = 0; s < sizeof say / sizeof *say && !is_there; s++) {
        say[s](fit_results, behov_wording_text(&keys), words);
        is_there = words->length && i-- == 0;
        if (!is_there)
            behov_wording_clear(words);
    }
    behov_wording_spend(words, &keys);
    return is_there;
}

/* 150 000 kr per inhabitant is more than a middling municipality spends on everything; 20 kr is a hundredth of what the
 * cheapest spend on social assistance. */
void behov_fit_results_unit_warning(const behov_fit_results *fit_results, behov_wording *words)
{
    const double LARGE_KR = 150000, SMALL_KR = 20;
    behov_outcome_unit unit = fit_results->study->unit;
    bool in_1000kr = unit == BEHOV_UNIT_1000KR_PER_INHABITANT;
    size_t n_rows, n = 0, n_large = 0, n_small = 0;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    behov_wording_clear(words);
    if (!fit_results->need)
        return;
    if ((fit_results->study->n_allowed >> BEHOV_ODD_UNIT) & 1u) /* which every output says */
        return;
    for (size_t i = 0; i < n_rows; i++) {
        double size_kr = fabs(behov_need_actual(fit_results->need, behov_row_at(rows, i))) * (in_1000kr ? 1000 : 1);
        if (isnan(size_kr) || size_kr == 0) /* nothing spent is nothing in any unit */
            continue;
        n++;
        n_large += size_kr > LARGE_KR;
        n_small += size_kr < SMALL_KR;
    }
    bool is_off = 2 * n_large > n || 2 * n_small > n;
    if (is_off && (in_1000kr || unit == BEHOV_UNIT_KR_PER_INHABITANT))
        behov_wording_add(words, behov_label(fit_results->study->lang,
                                             behov_finding_unit_key(unit, n_large > n_small ? INFINITY : 0)));
}

/* Whether the weights are the column of inhabitants itself. */
static bool is_weighted_by_population(const behov_fit_results *fit_results)
{
    ptrdiff_t population = fit_results->study->panel.columns[BEHOV_ROLE_POPULATION];
    const char *column = fit_results->study->weights ? behov_expression_sole_column(fit_results->study->weights) : NULL;
    return column && population >= 0 && behov_table_find(fit_results->study->table, column) == population;
}

bool behov_fit_results_proxy(const behov_fit_results *fit_results, size_t i, behov_wording *words)
{
    const behov_model *source = &fit_results->study->model;
    const behov_model_pair *proxy;
    behov_wording_clear(words);
    for (size_t index = 0; (proxy = behov_model_proxy(source, fit_results->study->lang, index)); index++)
        if (behov_study_formula_names(fit_results->study->formula, proxy->key) && i-- == 0)
            break;
    if (!proxy)
        return false;
    behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_PROXY_EXPLAINED, "name",
                       behov_model_label(source, fit_results->study->lang, proxy->key), "what", proxy->value, NULL);
    for (size_t c = 0; c < words->length; c++) /* a value that goes on over lines of the file */
        if (words->text[c] == '\n')
            words->text[c] = ' ';
    return true;
}

void behov_fit_results_weights(const behov_fit_results *fit_results, behov_wording *words)
{
    behov_wording_clear(words);
    if (!fit_results->study->weights || !fit_results->fit)
        return;
    char number[BEHOV_NUMBER_SIZE];
    bool counts = fit_results->study->weight_kind == BEHOV_WEIGHT_FREQUENCY;
    const char *weights = behov_expression_text(fit_results->study->weights);
    bool is_population = is_weighted_by_population(fit_results);
    behov_wording_fill(words, fit_results->study->lang,
                       counts          ? BEHOV_WORD_WEIGHTS_FREQUENCY
                       : is_population ? BEHOV_WORD_WEIGHTS_POPULATION
                                       : BEHOV_WORD_WEIGHTS_PRECISION,
                       "weights", weights, "n",
                       behov_format_count(fit_results->study->lang, behov_fit_n_observations(fit_results->fit), number),
                       NULL);
    if (behov_fit_results_cv2_working(fit_results))
        behov_wording_add_after(
            words, " ",
            behov_label(fit_results->study->lang, behov_vcov_working(fit_results->vcov) == BEHOV_WORKING_EQUAL
                                                      ? BEHOV_WORD_CV2_WORKING_IDENTITY
                                                      : BEHOV_WORD_CV2_WORKING_INVERSE));
}

/* Millions with three digits, from a hundred on to the million; below a million whole kroner. */
static void say_amount(behov_language lang, double amount_1000kr, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording amount_text = {0};
    double amount = fabs(amount_1000kr) / 1000;
    if (amount < 1)
        behov_number_fixed(1000 * fabs(amount_1000kr), 0, behov_label_decimal_mark(lang), behov_label_group_mark(lang),
                           4, number);
    else if (amount < 100)
        behov_number_significant(amount, 3, behov_label_decimal_mark(lang), number);
    else
        behov_number_fixed(amount, 0, behov_label_decimal_mark(lang), behov_label_group_mark(lang), 4, number);
    behov_wording_print(&amount_text, "%s%s", amount_1000kr < 0 ? "−" : "", number); /* no hyphen in a sentence */
    behov_wording_fill(words, lang, amount < 1 ? BEHOV_WORD_AMOUNT_KR : BEHOV_WORD_AMOUNT_MILL_KR, "n",
                       behov_wording_text(&amount_text), NULL);
    behov_wording_spend(words, &amount_text);
}

/* A gap is the difference of two amounts, so it is rounded with them. Fits weighted by population gave sums of 4e-16 of
 * the absolute gaps (bundled panel, extended arithmetic), 1e-13 (194 000 rows in double) and 2e-9 (the same with raw
 * year, year^2 and population to population^3). On 5 000 million kr the limit is 50 kr. */
static const double ZERO_GAP_SUM = 1e-8;

void behov_fit_results_gap_sum(const behov_fit_results *fit_results, behov_wording *words)
{
    behov_wording_clear(words);
    if (!fit_results->need || !behov_need_gap_is_1000kr(fit_results->need))
        return;
    behov_language lang = fit_results->study->lang;
    behov_gap_sum gaps = behov_fit_results_gaps(fit_results);
    if (gaps.n_rows == 0)
        return;
    size_t n_estimated;
    behov_design_estimated(fit_results->design, &n_estimated);
    bool is_zero = fabs(gaps.gap) <= ZERO_GAP_SUM * (fabs(gaps.actual) + fabs(gaps.need) + gaps.absolute);
    bool by_population = fit_results->fit && is_weighted_by_population(fit_results);
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], pct[BEHOV_NUMBER_SIZE];
    behov_wording rows = {0}, amount = {0};
    behov_wording_fill(&rows, lang,
                       !fit_results->fit            ? BEHOV_WORD_GAP_SUM_COMPARED
                       : gaps.n_rows == n_estimated ? BEHOV_WORD_GAP_SUM_ESTIMATED
                                                    : BEHOV_WORD_GAP_SUM_ESTIMATED_SOME,
                       "n", behov_format_count(lang, (double)gaps.n_rows, n), "all",
                       behov_format_count(lang, (double)n_estimated, all), NULL);
    say_amount(lang, gaps.gap, &amount);
    double share = 100 * fabs(gaps.gap / gaps.actual);
    behov_number_significant(share, 2, behov_label_decimal_mark(lang), pct);
    behov_word key = is_zero ? (by_population ? BEHOV_WORD_GAP_SUM_ZERO_POPULATION : BEHOV_WORD_GAP_SUM_ZERO)
                     : fit_results->fit && !by_population && behov_design_has_intercept(fit_results->design)
                         ? BEHOV_WORD_GAP_SUM_NOT_WEIGHTED
                         : BEHOV_WORD_GAP_SUM;
    behov_wording_fill(words, lang, key, "rows", behov_wording_text(&rows), "amount", behov_wording_text(&amount),
                       "pct", isfinite(share) ? pct : "–", NULL);
    behov_wording_spend(words, &rows), behov_wording_spend(words, &amount);
}

void behov_fit_results_cut(const behov_fit_results *fit_results, behov_wording *words)
{
    behov_wording_clear(words);
    const double *uncut = fit_results->vcov ? behov_vcov_uncut(fit_results->vcov) : NULL;
    if (!uncut || behov_vcov_n_cut(fit_results->vcov) == 0)
        return;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording names = {0}, term = {0};
    for (size_t k = 0; k < behov_vcov_n_regressors(fit_results->vcov); k++)
        if (uncut[k] < 0) {
            behov_study_say_term(fit_results->study, behov_design_regressor(fit_results->design, k), &term);
            behov_wording_add_after(&names, ", ", behov_wording_text(&term));
        }
    behov_wording_fill(
        words, fit_results->study->lang, names.length ? BEHOV_WORD_WARNING_CUT_NAMED : BEHOV_WORD_WARNING_CUT,
        "n_values",
        behov_label(fit_results->study->lang,
                    behov_vcov_n_cut(fit_results->vcov) == 1 ? BEHOV_WORD_EIGENVALUE : BEHOV_WORD_EIGENVALUES),
        "n", behov_format_count(fit_results->study->lang, (double)behov_vcov_n_cut(fit_results->vcov), number), "names",
        behov_wording_text(&names), NULL);
    behov_wording_spend(words, &names), behov_wording_spend(words, &term);
}
