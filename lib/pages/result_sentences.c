/* result_sentences.c - see result_sentences.h. */
#include "result_sentences.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "findings.h"
#include "format.h"
#include "labels.h"
#include "model_labels.h"
#include "remarks.h"
#include "study_words.h"

/* ---- sentences ----------------------------------------------------------------------------------------------------
 */

static const char *format_count(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    return format_cell(BEHOV_Q_COUNT, value, lang, text);
}

void results_reason(const results *of, behov_reason reason, behov_language lang, wording *words)
{
    static const char *const keys[] = {
        [BEHOV_REASON_EXCLUDED] = "reason_excluded",           [BEHOV_REASON_REGRESSOR_MISSING] = "reason_missing",
        [BEHOV_REASON_OUTCOME_MISSING] = "reason_missing",     [BEHOV_REASON_CLUSTER_MISSING] = "reason_missing",
        [BEHOV_REASON_WEIGHT_MISSING] = "reason_missing",      [BEHOV_REASON_WEIGHT_ZERO] = "reason_weight_zero",
        [BEHOV_REASON_NO_MUNICIPALITY] = "reason_no_municipality",
        [BEHOV_REASON_SET_ASIDE] = "reason_set_aside",         [BEHOV_REASON_LEVEL_UNKNOWN] = "reason_level_unknown",
    };
    wording_clear(words);
    if (reason.kind == BEHOV_REASON_SET_ASIDE && strcmp(reason.subject, "estimated_on == 0") == 0) {
        wording_add(words, label(lang, "reason_set_aside_by_panel"));
        return;
    }
    if (reason.kind == BEHOV_REASON_NO_MUNICIPALITY) {
        char mark[40];
        snprintf(mark, sizeof mark, "mark_%.20s", reason.subject);
        wording_fill(words, lang, keys[reason.kind], "subject", label(lang, mark), NULL);
        return;
    }
    const char *mark = reason.mark == BEHOV_MISSING_OTHER
                           ? (of->of->missing_mark ? of->of->missing_mark : label(lang, "mark_of_the_user"))
                       : reason.mark == BEHOV_MISSING_EMPTY ? label(lang, "mark_empty")
                                                            : behov_missing_text(reason.mark);
    wording_fill(words, lang, keys[reason.kind], "subject", reason.subject, "mark", mark, NULL);
}

void results_fate(const results *of, behov_reason reason, wording *words)
{
    wording why = {0};
    behov_language lang = of->of->lang;
    results_reason(of, reason, lang, &why);
    wording_clear(words);
    if (reason.kind != BEHOV_REASON_EXCLUDED) { /* whose words say already that the row is left out */
        wording_add(words, label(lang, reason.fate == BEHOV_ROW_LEFT_OUT ? "left_out" : "predicted_only"));
        wording_add(words, ": ");
    }
    wording_add(words, wording_text(&why));
    words->has_no_memory = words->has_no_memory || why.has_no_memory;
    wording_free(&why);
}

void results_rows_with_reason(const results *of, behov_reason reason, wording *words)
{
    char rows[BEHOV_NUMBER_SIZE];
    wording fate = {0}, names = {0};
    results_fate(of, reason, &fate);
    wording_clear(words);
    wording_fill(words, of->of->lang, reason.n_rows == 1 ? "rows_with_reason_one" : "rows_with_reason", "n",
                  format_count(of->of->lang, (double)reason.n_rows, rows), "why", wording_text(&fate), NULL);
    if (reason.kind == BEHOV_REASON_EXCLUDED)
        remark_left_out_names(of, &names);
    if (names.length)
        wording_fill(words, of->of->lang, of->of->model_excludes ? "left_out_by_model" : "left_out_named", "names",
                      wording_text(&names), NULL);
    words->has_no_memory = words->has_no_memory || fate.has_no_memory || names.has_no_memory;
    wording_free(&fate);
    wording_free(&names);
}

/* Takes a unit per inhabitant off the end of a name, where it stands in brackets or behind a comma: the unit of the
 * fit is said beside it. */
static void take_off_unit(behov_language lang, wording *name)
{
    static const char *const units[] = {"unit_1000kr_per_inhabitant", "unit_kr_per_inhabitant"};
    for (size_t i = 0; i < 2 * sizeof units / sizeof *units; i++) {
        char tail[100];
        snprintf(tail, sizeof tail, i % 2 ? ", %s" : " (%s)", label(lang, units[i / 2]));
        size_t n_tail = strlen(tail);
        if (name->length > n_tail && strcmp(name->text + name->length - n_tail, tail) == 0)
            name->text[name->length -= n_tail] = '\0';
    }
}

void results_outcome(const results *of, wording *words)
{
    const char *unit = of->of->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? "unit_1000kr_per_inhabitant"
                       : of->of->unit == BEHOV_UNIT_KR_PER_INHABITANT   ? "unit_kr_per_inhabitant"
                                                                        : NULL;
    study_say_term(of->of, behov_formula_outcome_name(of->of->formula), words);
    if (!unit)
        return;
    take_off_unit(of->of->lang, words);
    wording_add_after(words, ", ", label(of->of->lang, unit));
}

static void lent_words(const results *of, const char *const keys[4], wording *words)
{
    const lent_effects *lent = of->lent;
    behov_language lang = of->of->lang;
    char years[100], number[BEHOV_NUMBER_SIZE], effect[BEHOV_NUMBER_SIZE + 3], first[16], last[16];
    wording_clear(words);
    if (!lent || lent->kind == LENT_NOTHING)
        return;
    lent_effects_years(lent, years);
    snprintf(first, sizeof first, "%d", lent->first);
    snprintf(last, sizeof last, "%d", lent->last);
    format_cell(BEHOV_Q_COEFFICIENT, fabs(lent->effect), lang, number);
    snprintf(effect, sizeof effect, "%s%s", lent->effect < 0 ? "−" : "", number); /* a sentence has a minus sign */
    wording_fill(words, lang, keys[lent->kind], "years", years, "from", of->coefficients_from, "effect", effect, "first",
                  first, "last", last, NULL);
}

void results_lent(const results *of, wording *words)
{
    static const char *const keys[] = {"", "year_effect_last", "year_effect_mean", "year_effect_number"};
    lent_words(of, keys, words);
}

void results_lent_note(const results *of, size_t row, wording *words)
{
    static const char *const keys[] = {"", "year_effect_note_last", "year_effect_note_mean", "year_effect_note_number"};
    wording_clear(words);
    int year = of->lent ? behov_panel_year(&of->of->panel, row) : 0;
    for (size_t i = 0; of->lent && i < of->lent->n; i++)
        if (of->lent->years[i] == year)
            lent_words(of, keys, words);
}

void results_interval_label(const results *of, const char *key, char text[100])
{
    char level[BEHOV_NUMBER_SIZE];
    /* 97.5 given as 0.975 times 100 again: rounded to what a user types */
    behov_number_significant(of->level_pct, 6, '.', level);
    double rounded;
    if (behov_number_parse(level, strlen(level), '.', &rounded) == BEHOV_NUMBER_OK)
        behov_number_shortest(rounded, level);
    for (char *c = level; *c; c++)
        if (*c == '.')
            *c = label_decimal_mark(of->of->lang);
    label_fill(of->of->lang, key, text, 100, "level", level, NULL);
}

void results_needs_too_low(const results *of, char text[400])
{
    size_t n = behov_need_n_too_low(of->need);
    char number[BEHOV_NUMBER_SIZE];
    label_fill(of->of->lang, n == 1 ? "need_too_low" : "needs_too_low", text, 400, "n",
               format_count(of->of->lang, (double)n, number), "limit",
               label(of->of->lang, of->floor > 0 ? "limit_floor" : "limit_zero"), NULL);
}

void results_actuals_negative(const results *of, char text[400])
{
    char number[BEHOV_NUMBER_SIZE];
    label_fill(of->of->lang, "actuals_negative", text, 400, "n",
               format_count(of->of->lang, (double)behov_need_n_negative(of->need), number), NULL);
}

void results_title(const results *of, const char *key, char text[400])
{
    const char *name = behov_formula_outcome_name(of->of->formula);
    label_fill(of->of->lang, key, text, 400, "outcome", model_label(&of->of->model, of->of->lang, name), NULL);
}

void results_data_name(const results *of, wording *words)
{
    const char *path = of->of->panel_path;
    behov_language lang = of->of->lang;
    wording_clear(words);
    if (of->of->is_bundled) {
        wording_add(words, label(lang, "bundled_data"));
        return;
    }
    bool is_file = of->of->is_simulated || strcmp(path, "-") != 0;
    wording_add(words, is_file ? path : label(lang, "standard_input"));
    if (!of->of->is_simulated)
        return;
    wording_add(words, " (");
    wording_add(words, label(lang, "is_simulated"));
    wording_add(words, ")");
}

void results_errors(const results *of, wording *words)
{
    behov_language lang = of->of->lang;
    char clusters[BEHOV_NUMBER_SIZE], dof[BEHOV_NUMBER_SIZE], kind[16];
    snprintf(kind, sizeof kind, "%s", behov_vcov_kind_name(behov_vcov_kind_of(of->vcov)));
    bool clustered = behov_vcov_kind_is_clustered(behov_vcov_kind_of(of->vcov));
    for (char *c = kind; *c && strcmp(kind, "classical") != 0; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
    bool one = behov_vcov_dof(of->vcov) == 1;
    const char *key = behov_fit_is_exact(of->fit)       ? "errors_none"
                      : clustered && of->second_cluster ? "errors_two_way"
                      : clustered                       ? "errors_clustered"
                      : strcmp(kind, "classical")       ? "errors_robust"
                                                        : "errors_classical";
    wording_clear(words);
    wording_fill(words, lang, key, "kind", kind, "n",
                  format_count(lang, (double)behov_vcov_n_clusters(of->vcov), clusters), "key",
                  study_key_in_sentence(of->of, of->cluster ? of->cluster : ""), "second",
                  study_key_in_sentence(of->of, of->second_cluster ? of->second_cluster : ""), "dof",
                  format_cell(BEHOV_Q_DOF, behov_vcov_dof(of->vcov), lang, dof), "degrees",
                  label(lang, one ? "degree_of_freedom" : "degrees_of_freedom"), NULL);
}

void results_r2_from_zero(const results *of, wording *words)
{
    bool is_said = of->fit && behov_fit_is_from_zero(of->fit) && !isnan(behov_fit_r2(of->fit));
    wording_clear(words);
    wording_add(words, is_said ? label(of->of->lang, "r2_from_zero") : "");
}

const char *results_adj_r2_label(const results *of)
{
    return label(of->of->lang, of->fit && behov_fit_is_from_zero(of->fit) ? "adj_r2_from_zero" : "adj_r2");
}

/* "x (g = 1), z (g = 2) and 40 more": those without an error, or those whose error is too small. */
static void list_sole(const results *of, bool has_error, wording *names)
{
    enum { LISTED_BYTES = 180 }; /* a longer list is counted on; each name is whole */
    size_t n_more = 0;
    wording_clear(names);
    for (size_t k = 0; of->vcov && k < behov_vcov_n_regressors(of->vcov); k++) {
        const char *sole = behov_vcov_sole(of->vcov, k);
        if (!sole || behov_vcov_has_no_error(of->vcov, k) == has_error)
            continue;
        if (names->length >= LISTED_BYTES) {
            n_more++;
            continue;
        }
        wording_add_after(names, ", ", behov_design_regressor(of->design, k));
        wording_add(names, " (");
        wording_add(names, sole);
        wording_add(names, ")");
    }
    char number[BEHOV_NUMBER_SIZE];
    if (n_more) {
        wording_add(names, " ");
        wording_fill(names, of->of->lang, "and_more", "n",
                      format_count(of->of->lang, (double)n_more, number), NULL);
    }
}

void results_no_error(const results *of, wording *words)
{
    static const char *const keys[2][2] = {{"sole_row", "sole_cluster"}, {"sole_row_in_part", "sole_cluster_in_part"}};
    bool is_clustered = of->vcov && behov_vcov_n_clusters(of->vcov);
    wording names = {0};
    wording_clear(words);
    if (of->fit && behov_fit_is_exact(of->fit)) {
        wording_fill(words, of->of->lang, isnan(behov_fit_r2(of->fit)) ? "constant_outcome" : "exact_fit", "outcome",
                      behov_formula_outcome_name(of->of->formula), NULL);
        return;
    }
    for (int has_error = 0; has_error < 2; has_error++) {
        list_sole(of, has_error, &names);
        if (!names.length)
            continue;
        wording_add_after(words, " ", "");
        wording_fill(words, of->of->lang, keys[has_error][is_clustered], "names", wording_text(&names), NULL);
    }
    words->has_no_memory = words->has_no_memory || names.has_no_memory;
    wording_free(&names);
}

static void say_many_restrictions(const results *of, size_t n_restrictions, wording *words)
{
    char q[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    wording_fill(words, of->of->lang, "warning_many_restrictions", "q",
                  format_count(of->of->lang, (double)n_restrictions, q), "n",
                  format_count(of->of->lang, (double)behov_vcov_n_clusters(of->vcov), n), NULL);
}

void results_unreliable_f(const results *of, wording *words)
{
    char q[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    wording_clear(words);
    if (results_f_is_unreliable(of))
        wording_fill(words, of->of->lang, "warning_model_f", "q",
                     format_count(of->of->lang, (double)of->f_restrictions, q), "n",
                     format_count(of->of->lang, (double)behov_vcov_n_clusters(of->vcov), n), NULL);
}

bool results_f_is_unreliable(const results *of)
{
    return !isnan(of->f) && behov_wald_is_unreliable(of->f_restrictions, behov_vcov_n_clusters(of->vcov));
}

void results_many_restrictions(const results *of, const behov_wald_result *wald, wording *words)
{
    wording_clear(words);
    if (wald->is_unreliable)
        say_many_restrictions(of, wald->n_restrictions, words);
}

/* Rows a cluster at or above which errors say that rows belong together. */
static const double CLUSTERED_ROWS = 1.5;

bool results_is_hardly_clustered(const results *of, double *rows_per_cluster)
{
    *rows_per_cluster = (double)behov_fit_n_rows(of->fit) / (double)behov_vcov_n_clusters(of->vcov);
    return *rows_per_cluster < CLUSTERED_ROWS;
}

void results_cluster_keys(const results *of, wording *keys)
{
    wording_clear(keys);
    wording_add(keys, study_key_in_sentence(of->of, of->cluster));
    if (of->second_cluster)
        wording_add_after(keys, " & ", study_key_in_sentence(of->of, of->second_cluster));
}

const char *results_key_of_few_clusters(const results *of)
{
    return study_key_in_sentence(of->of,
                                 of->second_cluster && of->has_fewest_in_second ? of->second_cluster : of->cluster);
}

static void hardly_clustered(const results *of, const char *keys, wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    double per_cluster;
    if (!results_is_hardly_clustered(of, &per_cluster))
        return;
    behov_number_fixed(per_cluster, 1, label_decimal_mark(of->of->lang), "", 4, number);
    wording_fill(words, of->of->lang, "warning_hardly_clustered", "key", keys, "n", number, NULL);
}

static void few_clusters(const results *of, const char *keys, wording *words)
{
    behov_language lang = of->of->lang;
    size_t n_clusters = behov_vcov_n_clusters(of->vcov);
    char number[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], others[BEHOV_NUMBER_SIZE];
    format_count(lang, (double)n_clusters, all);
    if (n_clusters < BEHOV_FEW_CLUSTERS) {
        const char *key = of->second_cluster ? results_key_of_few_clusters(of) : keys;
        wording_fill(words, lang, "warning_few_clusters", "key", key, "n", all, NULL);
    } else if (of->n_narrow > 0) {
        wording term = {0}, next = {0};
        study_say_term(of->of, behov_design_regressor(of->design, of->narrowest), &term);
        if (of->n_narrow == 2)
            study_say_term(of->of, behov_design_regressor(of->design, of->next_narrowest), &next);
        behov_number_fixed(of->fewest_effective, of->fewest_effective < 10 ? 1 : 0, label_decimal_mark(lang), "", 4,
                           number);
        wording_fill(words, lang,
                      of->n_narrow == 1   ? "warning_few_effective"
                      : of->n_narrow == 2 ? "warning_few_effective_two"
                                          : "warning_few_effective_more",
                      "term", wording_text(&term), "next", wording_text(&next), "n", number, "all", all, "key", keys,
                      "others", format_count(lang, (double)of->n_narrow - 1, others), NULL);
        words->has_no_memory = words->has_no_memory || term.has_no_memory || next.has_no_memory;
        wording_free(&term), wording_free(&next);
    }
}

static bool has_equal_codes(const int32_t *codes, const uint32_t *rows, size_t n_rows, size_t n_codes)
{
    bool is_found = false;
    char *is_seen = calloc(n_codes + 1, 1);
    for (size_t i = 0; i < n_rows && is_seen && !is_found; i++) {
        if (codes[rows[i]] < 0)
            continue;
        is_found = is_seen[codes[rows[i]]];
        is_seen[codes[rows[i]]] = 1;
    }
    free(is_seen);
    return is_found;
}

/* Whether rows estimated on repeat a municipality. */
static bool repeats_municipalities(const results *of)
{
    const behov_panel *panel = &of->of->panel;
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(of->design, &n_rows);
    if (panel->columns[BEHOV_ROLE_CODE] < 0)
        return false;
    size_t column = (size_t)panel->columns[BEHOV_ROLE_CODE];
    const int32_t *codes = behov_table_codes(of->of->table, column);
    size_t n_codes = behov_dictionary_count(behov_table_levels(of->of->table, column));
    return n_rows > n_codes || (n_rows > 1 && codes && has_equal_codes(codes, rows, n_rows, n_codes));
}

bool results_takes_rows_apart(const results *of)
{
    return of->vcov && behov_vcov_n_clusters(of->vcov) == 0 && !of->asked_cluster && !of->of->model.cluster &&
           !behov_fit_is_exact(of->fit) && repeats_municipalities(of);
}

bool results_cluster_warning(const results *of, size_t i, wording *words)
{
    void (*const say[])(const results *, const char *, wording *) = {hardly_clustered, few_clusters};
    bool is_there = false;
    wording keys = {0};
    wording_clear(words);
    if (i == 0 && results_takes_rows_apart(of))
        wording_fill(words, of->of->lang, "rows_taken_apart", "key",
                     behov_table_name(of->of->table, (size_t)of->of->panel.columns[BEHOV_ROLE_CODE]), NULL);
    if (words->length)
        return true;
    if (behov_vcov_n_clusters(of->vcov) == 0 || behov_fit_is_exact(of->fit))
        return false;
    results_cluster_keys(of, &keys);
    for (size_t s = 0; s < sizeof say / sizeof *say && !is_there; s++) {
        say[s](of, wording_text(&keys), words);
        is_there = words->length && i-- == 0;
        if (!is_there)
            wording_clear(words);
    }
    words->has_no_memory = words->has_no_memory || keys.has_no_memory;
    wording_free(&keys);
    return is_there;
}

/* 150 000 kr per inhabitant is more than a middling municipality spends on everything; 20 kr is a hundredth of what the
 * cheapest spend on social assistance. */
void results_unit_warning(const results *of, wording *words)
{
    const double LARGE_KR = 150000, SMALL_KR = 20;
    behov_outcome_unit unit = of->of->unit;
    bool in_1000kr = unit == BEHOV_UNIT_1000KR_PER_INHABITANT;
    size_t n_rows, n = 0, n_large = 0, n_small = 0;
    const uint32_t *rows = behov_design_predicted(of->design, &n_rows);
    const double *actual = behov_need_actual(of->need);
    wording_clear(words);
    if ((of->of->allowed >> BEHOV_ODD_UNIT) & 1u) /* which every output says */
        return;
    for (size_t i = 0; i < n_rows; i++) {
        double size_kr = fabs(actual[rows[i]]) * (in_1000kr ? 1000 : 1);
        if (isnan(size_kr) || size_kr == 0) /* nothing spent is nothing in any unit */
            continue;
        n++;
        n_large += size_kr > LARGE_KR;
        n_small += size_kr < SMALL_KR;
    }
    bool is_off = 2 * n_large > n || 2 * n_small > n;
    if (is_off && (in_1000kr || unit == BEHOV_UNIT_KR_PER_INHABITANT))
        wording_add(words, label(of->of->lang, finding_unit_key(unit, n_large > n_small ? INFINITY : 0)));
}

/* Whether the weights are the column of inhabitants itself. */
static bool is_weighted_by_population(const results *of)
{
    ptrdiff_t population = of->of->panel.columns[BEHOV_ROLE_POPULATION];
    const char *column = of->of->weights ? behov_expression_sole_column(of->of->weights) : NULL;
    return column && population >= 0 && behov_table_find(of->of->table, column) == population;
}

bool results_proxy(const results *of, size_t i, wording *words)
{
    const model *from = &of->of->model;
    const model_pair *proxy;
    wording_clear(words);
    for (size_t at = 0; (proxy = model_proxy(from, of->of->lang, at)); at++)
        if (study_formula_names(of->of->formula, proxy->key) && i-- == 0)
            break;
    if (!proxy)
        return false;
    wording_fill(words, of->of->lang, "proxy_explained", "name", model_label(from, of->of->lang, proxy->key), "what",
                  proxy->value, NULL);
    for (size_t c = 0; c < words->length; c++) /* a value that goes on over lines of the file */
        if (words->text[c] == '\n')
            words->text[c] = ' ';
    return true;
}

void results_weights(const results *of, wording *words)
{
    wording_clear(words);
    if (!of->of->weights || !of->fit)
        return;
    char number[BEHOV_NUMBER_SIZE];
    bool counts = of->of->weight_kind == BEHOV_WEIGHT_FREQUENCY;
    const char *weights = behov_expression_text(of->of->weights);
    bool is_population = is_weighted_by_population(of);
    wording_fill(words, of->of->lang,
                  counts          ? "weights_frequency"
                  : is_population ? "weights_population"
                                  : "weights_precision",
                  "weights", weights, "n", format_count(of->of->lang, behov_fit_n_observations(of->fit), number), NULL);
}

/* Millions with three digits, from a hundred on to the million; below a million whole kroner. */
static void format_amount(behov_language lang, double amount_1000kr, char text[100])
{
    char number[BEHOV_NUMBER_SIZE], with_sign[BEHOV_NUMBER_SIZE + 3];
    bool is_below = amount_1000kr < 0; /* a sentence has a minus sign, not a hyphen */
    amount_1000kr = fabs(amount_1000kr);
    double amount = amount_1000kr / 1000;
    if (amount < 1)
        behov_number_fixed(1000 * amount_1000kr, 0, label_decimal_mark(lang), label_group_mark(lang), 4, number);
    else if (amount < 100)
        behov_number_significant(amount, 3, label_decimal_mark(lang), number);
    else
        behov_number_fixed(amount, 0, label_decimal_mark(lang), label_group_mark(lang), 4, number);
    snprintf(with_sign, sizeof with_sign, "%s%s", is_below ? "−" : "", number);
    label_fill(lang, amount < 1 ? "amount_kr" : "amount_mill_kr", text, 100, "n", with_sign, NULL);
}

/* A gap is the difference of two amounts, so it is rounded with them. Fits weighted by population gave sums of 4e-16 of
 * the absolute gaps (bundled panel, extended arithmetic), 1e-13 (194 000 rows in double) and 2e-9 (the same with raw
 * year, year^2 and population to population^3). On 5 000 million kr the limit is 50 kr. */
static const double ZERO_GAP_SUM = 1e-8;

void results_gap_sum(const results *of, char text[500])
{
    text[0] = '\0';
    if (!of->need || !behov_need_gap_is_1000kr(of->need))
        return;
    behov_language lang = of->of->lang;
    behov_gap_sum gaps = results_gaps(of);
    if (gaps.n_rows == 0)
        return;
    size_t n_estimated;
    behov_design_estimated(of->design, &n_estimated);
    bool is_zero = fabs(gaps.gap) <= ZERO_GAP_SUM * (fabs(gaps.actual) + fabs(gaps.need) + gaps.absolute);
    bool by_population = of->fit && is_weighted_by_population(of);
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], pct[BEHOV_NUMBER_SIZE], amount[100], rows[200];
    label_fill(lang,
               !of->fit                     ? "gap_sum_compared"
               : gaps.n_rows == n_estimated ? "gap_sum_estimated"
                                            : "gap_sum_estimated_some",
               rows, sizeof rows, "n", format_count(lang, (double)gaps.n_rows, n), "all",
               format_count(lang, (double)n_estimated, all), NULL);
    format_amount(lang, gaps.gap, amount);
    double share = 100 * fabs(gaps.gap / gaps.actual);
    behov_number_significant(share, 2, label_decimal_mark(lang), pct);
    const char *key = is_zero ? (by_population ? "gap_sum_zero_population" : "gap_sum_zero")
                      : of->fit && !by_population && behov_design_has_intercept(of->design) ? "gap_sum_not_weighted"
                                                                                            : "gap_sum";
    label_fill(lang, key, text, 500, "rows", rows, "amount", amount, "pct", isfinite(share) ? pct : "–", NULL);
}

void results_cut(const results *of, wording *words)
{
    wording_clear(words);
    const double *uncut = of->vcov ? behov_vcov_uncut(of->vcov) : NULL;
    if (!uncut || behov_vcov_n_cut(of->vcov) == 0)
        return;
    char number[BEHOV_NUMBER_SIZE];
    wording names = {0}, term = {0};
    for (size_t k = 0; k < behov_vcov_n_regressors(of->vcov); k++)
        if (uncut[k] < 0) {
            study_say_term(of->of, behov_design_regressor(of->design, k), &term);
            wording_add_after(&names, ", ", wording_text(&term));
        }
    wording_fill(words, of->of->lang, names.length ? "warning_cut_named" : "warning_cut", "n_values",
                  label(of->of->lang, behov_vcov_n_cut(of->vcov) == 1 ? "eigenvalue" : "eigenvalues"), "n",
                  format_count(of->of->lang, (double)behov_vcov_n_cut(of->vcov), number), "names",
                  wording_text(&names), NULL);
    words->has_no_memory = words->has_no_memory || names.has_no_memory || term.has_no_memory;
    wording_free(&names);
    wording_free(&term);
}
