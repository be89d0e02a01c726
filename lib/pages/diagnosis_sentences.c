/* diagnosis_sentences.c - see diagnosis_sentences.h. */
#include <behov/diagnosis_sentences.h>

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/result_sentences.h>
#include <behov/study_words.h>

static const char *figure(behov_language lang, behov_quantity quantity, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(quantity, value, lang, text);
}

/* "0301 Oslo" of a row of the table */
static void municipality_of_row(const behov_panel *panel, size_t row, behov_wording *words)
{
    behov_wording_add(words, behov_panel_code(panel, row));
    behov_wording_add_after(words, behov_panel_municipality(panel, row)[0] ? " " : "",
                            behov_panel_municipality(panel, row));
}

void behov_diagnosis_cluster_name(const behov_diagnosis *diagnosis, size_t cluster, behov_wording *words)
{
    const behov_panel *panel = &diagnosis->fit_results->study->panel;
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(diagnosis->fit_results->design, &n_rows);
    uint32_t first = behov_row_at(rows, diagnosis->first_rows[cluster]);
    behov_wording_clear(words);
    if (diagnosis->is_one_municipality[cluster]) {
        char year[32];
        municipality_of_row(panel, first, words);
        snprintf(year, sizeof year, ", %d", behov_panel_year(panel, first));
        if (!diagnosis->is_by_municipality && behov_cluster_diagnosis_sizes(diagnosis->by_cluster)[cluster] == 1 &&
            behov_panel_year(panel, first))
            behov_wording_add(words, year);
        return;
    }
    char value[400];
    behov_clusters_label(diagnosis->clusters, cluster, value);
    behov_wording_add(words, diagnosis->key);
    behov_wording_add(words, " = ");
    behov_wording_add(words, value);
}

static const char *term_of(const behov_diagnosis *diagnosis, size_t k)
{
    return behov_design_regressor(diagnosis->fit_results->design, k);
}

/* What a sentence is about. */
typedef struct subjects {
    behov_wording cluster, term;
} subjects;

static void subjects_say(const behov_diagnosis *diagnosis, size_t cluster, size_t regressor, subjects *subjects)
{
    behov_diagnosis_cluster_name(diagnosis, cluster, &subjects->cluster);
    behov_study_say_term(diagnosis->fit_results->study, term_of(diagnosis, regressor), &subjects->term);
}

/* A sentence whose subjects are not whole is not whole either. */
static void subjects_free(subjects *subjects, behov_wording *words)
{
    words->has_no_memory = words->has_no_memory || subjects->cluster.has_no_memory || subjects->term.has_no_memory;
    behov_wording_free(&subjects->cluster);
    behov_wording_free(&subjects->term);
}

static void mark_simulated(const behov_study *study, behov_wording *words)
{
    if (!study->is_simulated || !words->length)
        return;
    behov_wording_add(words, " ");
    behov_wording_add(words, behov_label(study->lang, BEHOV_WORD_PROFILE_SIMULATED));
    behov_wording_add(words, ".");
}

/* Two coefficients with as many digits as it takes to see that they differ. */
static void differing(behov_language lang, double a, double b, char first[BEHOV_NUMBER_SIZE],
                      char second[BEHOV_NUMBER_SIZE])
{
    int digits = 2;
    do {
        digits++;
        behov_number_significant(a, digits, behov_label_decimal_mark(lang), first);
        behov_number_significant(b, digits, behov_label_decimal_mark(lang), second);
    } while (digits < 8 && strcmp(first, second) == 0);
    behov_format_minus(first);
    behov_format_minus(second);
}

static void fill_mover(const behov_diagnosis *diagnosis, const behov_mover *mover, behov_word key, behov_wording *words)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    char excluding_text[BEHOV_NUMBER_SIZE], including_text[BEHOV_NUMBER_SIZE], change[BEHOV_NUMBER_SIZE],
        sign[BEHOV_NUMBER_SIZE];
    double size = mover->change_in_se;
    subjects subjects = {0};
    subjects_say(diagnosis, mover->cluster, mover->regressor, &subjects);
    differing(lang, mover->without, mover->coefficient, excluding_text, including_text);
    behov_format_fixed(lang, size, fabs(size) < 0.095 ? 2 : 1, change);
    snprintf(sign, sizeof sign, "%s%.40s", size > 0 ? "+" : "", change);
    behov_wording_clear(words);
    behov_wording_fill(words, lang, key, "cluster", behov_wording_text(&subjects.cluster), "term",
                       behov_wording_text(&subjects.term), "without", excluding_text, "with", including_text, "change",
                       sign, NULL);
    subjects_free(&subjects, words);
}

void behov_diagnosis_mover(const behov_diagnosis *diagnosis, const behov_mover *mover, behov_wording *words)
{
    fill_mover(diagnosis, mover, BEHOV_WORD_DIAGNOSIS_MOVER, words);
}

/* The first warning of a kind, NULL when there is none. */
static const behov_cluster_warning *warning_of_kind(const behov_diagnosis *diagnosis, behov_cluster_warning_kind kind)
{
    size_t n;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(diagnosis->by_cluster, &n);
    for (size_t i = 0; i < n; i++)
        if (warnings[i].kind == kind)
            return &warnings[i];
    return NULL;
}

void behov_diagnosis_answer(const behov_diagnosis *diagnosis, behov_wording *words)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    behov_wording_clear(words);
    if (!diagnosis->by_cluster)
        return;
    const behov_cluster_warning *unidentified = warning_of_kind(diagnosis, BEHOV_WARN_UNIDENTIFIED);
    char number[BEHOV_NUMBER_SIZE];
    subjects subjects = {0};
    if (diagnosis->n_moves_much) {
        fill_mover(diagnosis, &diagnosis->movers[0], BEHOV_WORD_DIAGNOSIS_YES, words);
        figure(lang, BEHOV_Q_COUNT, (double)diagnosis->n_moves_much, number);
        if (diagnosis->n_moves_much > 1) {
            behov_wording_add(words, " ");
            behov_wording_fill(words, lang,
                               diagnosis->is_by_municipality ? BEHOV_WORD_DIAGNOSIS_YES_MORE
                                                             : BEHOV_WORD_DIAGNOSIS_YES_MORE_CLUSTERS,
                               "n", number, NULL);
        }
    } else if (unidentified) {
        subjects_say(diagnosis, unidentified->cluster, unidentified->regressor, &subjects);
        behov_wording_fill(words, lang, BEHOV_WORD_DIAGNOSIS_YES_UNIDENTIFIED, "cluster",
                           behov_wording_text(&subjects.cluster), "term", behov_wording_text(&subjects.term), NULL);
    } else if (diagnosis->n_movers) {
        double most = fabs(diagnosis->movers[0].change_in_se);
        subjects_say(diagnosis, diagnosis->movers[0].cluster, diagnosis->movers[0].regressor, &subjects);
        behov_wording_fill(words, lang,
                           diagnosis->is_by_municipality ? BEHOV_WORD_DIAGNOSIS_NO : BEHOV_WORD_DIAGNOSIS_NO_CLUSTERS,
                           "most", behov_format_fixed(lang, most, most < 0.095 ? 2 : 1, number), "cluster",
                           behov_wording_text(&subjects.cluster), "term", behov_wording_text(&subjects.term), NULL);
    }
    subjects_free(&subjects, words);
    if (diagnosis->is_by_municipality)
        mark_simulated(diagnosis->fit_results->study, words);
}

void behov_diagnosis_narrowest(const behov_diagnosis *diagnosis, behov_wording *words)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design),
           narrowest = behov_diagnosis_narrowest_regressor(diagnosis);
    behov_wording_clear(words);
    if (narrowest == n)
        return;
    size_t cluster = behov_diagnosis_largest_partial(diagnosis, narrowest),
           n_clusters = behov_clusters_count(diagnosis->clusters);
    double share = behov_cluster_diagnosis_partial_leverage(diagnosis->by_cluster)[cluster * n + narrowest];
    double number = behov_cluster_diagnosis_fewest(diagnosis->by_cluster, narrowest);
    char pct[BEHOV_NUMBER_SIZE], effective[BEHOV_NUMBER_SIZE], count[BEHOV_NUMBER_SIZE];
    bool is_too_few = number < BEHOV_FEW_CLUSTERS && n_clusters >= BEHOV_FEW_CLUSTERS;
    subjects subjects = {0};
    subjects_say(diagnosis, cluster, narrowest, &subjects);
    behov_wording_fill(words, lang,
                       diagnosis->is_by_municipality ? BEHOV_WORD_DIAGNOSIS_NARROWEST
                                                     : BEHOV_WORD_DIAGNOSIS_NARROWEST_CLUSTERS,
                       "term", behov_wording_text(&subjects.term), "cluster", behov_wording_text(&subjects.cluster),
                       "share", behov_format_fixed(lang, 100 * share, share < 0.1 ? 1 : 0, pct), "effective",
                       behov_format_fixed(lang, number, number < 10 ? 1 : 0, effective), "n",
                       figure(lang, BEHOV_Q_COUNT, (double)n_clusters, count), "verdict",
                       is_too_few ? behov_label(lang, BEHOV_WORD_DIAGNOSIS_TOO_FEW) : "", NULL);
    subjects_free(&subjects, words);
    if (diagnosis->is_by_municipality)
        mark_simulated(diagnosis->fit_results->study, words);
}

enum { MOST_LISTED = 5 };

/* " and 3 more" of a list that names five. */
static void say_more(const behov_diagnosis *diagnosis, size_t count, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_language lang = diagnosis->fit_results->study->lang;
    if (count > MOST_LISTED)
        behov_wording_add(words, " ");
    if (count > MOST_LISTED)
        behov_wording_fill(words, lang, BEHOV_WORD_AND_MORE, "n",
                           behov_format_count(lang, (double)(count - MOST_LISTED), number), NULL);
}

/* The terms of the coefficients that a cluster alone holds: "x, w, year=2013 and 3 more". */
static void unidentified_terms(const behov_diagnosis *diagnosis, size_t cluster, behov_wording *words)
{
    size_t n, count = 0;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(diagnosis->by_cluster, &n);
    behov_wording term = {0};
    for (size_t i = 0; i < n; i++) {
        if (warnings[i].kind != BEHOV_WARN_UNIDENTIFIED || warnings[i].cluster != cluster)
            continue;
        behov_study_say_term(diagnosis->fit_results->study, term_of(diagnosis, warnings[i].regressor), &term);
        if (++count <= MOST_LISTED)
            behov_wording_add_after(words, ", ", behov_wording_text(&term));
    }
    say_more(diagnosis, count, words);
    words->has_no_memory = words->has_no_memory || term.has_no_memory;
    behov_wording_free(&term);
}

/* Whether warning i is one that behov_diagnosis_warning says: one sentence stands for all that a cluster alone holds,
 * and behov_diagnosis_narrowest has said the rest of its own. */
static bool is_told(const behov_cluster_warning *cluster_warning, size_t narrowest, size_t *last)
{
    if (cluster_warning->kind == BEHOV_WARN_UNIDENTIFIED && cluster_warning->cluster == *last)
        return false;
    if ((cluster_warning->kind == BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS ||
         cluster_warning->kind == BEHOV_WARN_CLUSTER_DOMINATES) &&
        cluster_warning->regressor == narrowest)
        return false;
    *last = cluster_warning->kind == BEHOV_WARN_UNIDENTIFIED ? cluster_warning->cluster : SIZE_MAX;
    return true;
}

bool behov_diagnosis_more_warnings(const behov_diagnosis *diagnosis, size_t n_shown, behov_wording *words)
{
    size_t n, n_told = 0, last = SIZE_MAX, narrowest = behov_diagnosis_narrowest_regressor(diagnosis);
    const behov_cluster_warning *warnings =
        diagnosis->by_cluster ? behov_cluster_diagnosis_warnings(diagnosis->by_cluster, &n) : NULL;
    for (size_t i = 0; warnings && i < n; i++)
        n_told += is_told(&warnings[i], narrowest, &last);
    if (n_told <= n_shown)
        return false;
    char number[BEHOV_NUMBER_SIZE];
    behov_language lang = diagnosis->fit_results->study->lang;
    behov_wording_clear(words);
    behov_wording_fill(words, lang, behov_word_by_count(BEHOV_WORD_MORE_WARNINGS, (double)(n_told - n_shown)), "n",
                       figure(lang, BEHOV_Q_COUNT, (double)(n_told - n_shown), number), NULL);
    return true;
}

static void say_warning(const behov_diagnosis *diagnosis, const behov_cluster_warning *warning, behov_wording *words)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE], other[BEHOV_NUMBER_SIZE];
    subjects subjects = {0};
    switch (warning->kind) {
    case BEHOV_WARN_FEW_CLUSTERS:
        behov_fit_results_say_few_clusters(diagnosis->fit_results, false,
                                           behov_study_key_in_sentence(diagnosis->fit_results->study, diagnosis->key),
                                           figure(lang, BEHOV_Q_COUNT, warning->value, number), words);
        break;
    case BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS:
        subjects_say(diagnosis, warning->cluster, warning->regressor, &subjects);
        behov_wording_fill(words, lang, BEHOV_WORD_DIAGNOSIS_FEW_EFFECTIVE, "term", behov_wording_text(&subjects.term),
                           "n", behov_format_fixed(lang, warning->value, warning->value < 10 ? 1 : 0, number), "limit",
                           figure(lang, BEHOV_Q_COUNT, warning->threshold, other), NULL);
        break;
    case BEHOV_WARN_CLUSTER_DOMINATES:
        subjects_say(diagnosis, warning->cluster, warning->regressor, &subjects);
        behov_wording_fill(words, lang, BEHOV_WORD_DIAGNOSIS_DOMINATES, "cluster",
                           behov_wording_text(&subjects.cluster), "term", behov_wording_text(&subjects.term), "share",
                           behov_format_fixed(lang, 100 * warning->value, 0, number), NULL);
        break;
    case BEHOV_WARN_UNIDENTIFIED:
        behov_diagnosis_cluster_name(diagnosis, warning->cluster, &subjects.cluster);
        unidentified_terms(diagnosis, warning->cluster, &subjects.term);
        behov_wording_fill(words, lang, BEHOV_WORD_DIAGNOSIS_UNIDENTIFIED, "cluster",
                           behov_wording_text(&subjects.cluster), "terms", behov_wording_text(&subjects.term), NULL);
        break;
    }
    subjects_free(&subjects, words);
}

bool behov_diagnosis_warning(const behov_diagnosis *diagnosis, size_t position, behov_wording *words)
{
    size_t n, n_found = 0, last = SIZE_MAX, narrowest = behov_diagnosis_narrowest_regressor(diagnosis);
    behov_wording_clear(words);
    if (!diagnosis->by_cluster)
        return false;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(diagnosis->by_cluster, &n);
    for (size_t i = 0; i < n; i++)
        if (is_told(&warnings[i], narrowest, &last) && n_found++ == position) {
            say_warning(diagnosis, &warnings[i], words);
            return true;
        }
    return false;
}

/* "0301 Oslo, 1151 Utsira ...": at most five */
static void not_measured(const behov_diagnosis *diagnosis, const behov_cluster_diagnosis *cluster_diagnosis,
                         const behov_clusters *clusters, behov_wording *names)
{
    size_t count = 0;
    behov_wording name = {0};
    for (size_t g = 0; g < behov_clusters_count(clusters); g++) {
        char value[400];
        if (behov_cluster_diagnosis_measure(cluster_diagnosis, g) != BEHOV_LEFT_OUT_NOT_MEASURED)
            continue;
        behov_clusters_label(clusters, g, value);
        if (cluster_diagnosis == diagnosis->by_cluster)
            behov_diagnosis_cluster_name(diagnosis, g, &name);
        if (++count <= MOST_LISTED)
            behov_wording_add_after(names, ", ",
                                    cluster_diagnosis == diagnosis->by_cluster ? behov_wording_text(&name) : value);
    }
    say_more(diagnosis, count, names);
    names->has_no_memory = names->has_no_memory || name.has_no_memory;
    behov_wording_free(&name);
}

bool behov_diagnosis_left_out_note(const behov_diagnosis *diagnosis, size_t position, behov_wording *words)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    const struct {
        const behov_cluster_diagnosis *cluster_diagnosis;
        const behov_clusters *clusters;
        behov_word own, not_measured;
    } kinds[] = {
        {diagnosis->by_year, diagnosis->years, BEHOV_WORD_LEFT_OUT_YEAR_LEVEL, BEHOV_WORD_LEFT_OUT_YEARS_NOT_MEASURED},
        {diagnosis->by_municipality, diagnosis->is_by_municipality ? diagnosis->clusters : diagnosis->municipalities,
         BEHOV_WORD_LEFT_OUT_MUNICIPALITY_LEVEL, BEHOV_WORD_LEFT_OUT_MUNICIPALITIES_NOT_MEASURED},
        {diagnosis->is_by_municipality ? NULL : diagnosis->by_cluster, diagnosis->clusters,
         BEHOV_WORD_LEFT_OUT_CLUSTER_LEVEL, BEHOV_WORD_LEFT_OUT_CLUSTERS_NOT_MEASURED},
    };
    size_t n_found = 1;
    behov_wording_clear(words);
    if (position == 0) {
        const char *unit =
            behov_study_label_by_unit(diagnosis->fit_results->study, BEHOV_WORD_UNIT_1000KR_PER_INHABITANT,
                                      BEHOV_WORD_UNIT_KR_PER_INHABITANT, BEHOV_WORD_UNIT_OF_OUTCOME);
        behov_wording_fill(words, lang, BEHOV_WORD_LEFT_OUT_EXPLAINED, "unit", unit, NULL);
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!kinds[i].cluster_diagnosis)
            continue;
        behov_left_out left_out = behov_cluster_diagnosis_left_out(kinds[i].cluster_diagnosis);
        char number[BEHOV_NUMBER_SIZE];
        if (left_out.n_level_from_own && n_found++ == position) {
            figure(lang, BEHOV_Q_COUNT, (double)left_out.n_level_from_own, number);
            behov_wording_fill(words, lang, kinds[i].own, "n", number, NULL);
            return true;
        }
        if (left_out.n_not_measured && n_found++ == position) {
            figure(lang, BEHOV_Q_COUNT, (double)left_out.n_not_measured, number);
            behov_wording names = {0};
            not_measured(diagnosis, kinds[i].cluster_diagnosis, kinds[i].clusters, &names);
            behov_wording_fill(words, lang, kinds[i].not_measured, "n", number, "names", behov_wording_text(&names),
                               NULL);
            words->has_no_memory = words->has_no_memory || names.has_no_memory;
            behov_wording_free(&names);
            return true;
        }
    }
    return false;
}
