/* clustering_sentences.c - see clustering_sentences.h. */
#include <behov/clustering_sentences.h>

#include <string.h>

#include <behov/clustering.h>
#include <behov/convention_sentences.h>
#include <behov/design.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/result_sentences.h>
#include <behov/study_words.h>

static const char *municipality(const behov_fit_results *fit_results)
{
    return behov_study_key_in_sentence(fit_results->study, behov_clustering_municipality(&fit_results->study->panel));
}

static void say_default(const behov_fit_results *fit_results, behov_wording *words)
{
    if (fit_results->is_default_cluster)
        behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_CLUSTERED_BY_DEFAULT, "key",
                           behov_study_key_in_sentence(fit_results->study, fit_results->cluster), NULL);
}

void behov_clustering_say_kind(const behov_fit_results *fit_results, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (!fit_results->is_default_kind || !fit_results->vcov ||
        (behov_vcov_kind_of(fit_results->vcov) != BEHOV_VCOV_CV3 && !fit_results->has_no_jackknife))
        return;
    behov_wording keys = {0};
    behov_fit_results_cluster_keys(fit_results, &keys);
    behov_wording_fill(
        words, fit_results->study->lang,
        fit_results->has_no_jackknife ? BEHOV_WORD_NO_JACKKNIFE_BY_DEFAULT : BEHOV_WORD_JACKKNIFE_BY_DEFAULT, "key",
        behov_wording_text(&keys), "n",
        behov_format_count(fit_results->study->lang, (double)behov_vcov_n_clusters(fit_results->vcov), number), NULL);
    behov_wording_spend(words, &keys);
}

/* "*** → **", "none → *"; in a table without stars "0.003 → 0.12", the p-values. */
static void say_change(const behov_fit_results *fit_results, const behov_coefficient *own, const behov_coefficient *by,
                       behov_wording *list)
{
    behov_language lang = fit_results->study->lang;
    const char *none = behov_label(lang, BEHOV_WORD_NO_STARS);
    char p[BEHOV_NUMBER_SIZE];
    if (!fit_results->study->conventions.stars.is_none) {
        behov_wording_print(list, " (%s → %s)", own->stars[0] ? own->stars : none, by->stars[0] ? by->stars : none);
        return;
    }
    behov_wording_print(list, " (%s", behov_format_cell(BEHOV_Q_P, own->p, lang, p));
    behov_wording_print(list, " → %s)", behov_format_cell(BEHOV_Q_P, by->p, lang, p));
}

/* "X (*** → **); Z (none → *)": the terms that have other stars by municipality. */
static void list_changes(const behov_fit_results *fit_results, behov_wording *list)
{
    behov_wording term = {0};
    for (size_t k = 0; k < behov_design_n_regressors(fit_results->design); k++) {
        const behov_coefficient *own = &fit_results->coefficients[k], *by = &fit_results->by_municipality[k];
        if (strcmp(behov_conventions_mark(fit_results->study, own), behov_conventions_mark(fit_results->study, by)) ==
            0)
            continue;
        behov_study_say_term(fit_results->study, behov_design_regressor(fit_results->design, k), &term);
        behov_wording_add_after(list, "; ", behov_wording_text(&term));
        say_change(fit_results, own, by, list);
    }
    behov_wording_spend(list, &term);
}

static void say_by_municipality(const behov_fit_results *fit_results, behov_wording *words)
{
    behov_language lang = fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording list = {0};
    if (!fit_results->by_municipality || !fit_results->coefficients)
        return;
    list_changes(fit_results, &list);
    bool has_stars = !fit_results->study->conventions.stars.is_none;
    behov_wording_fill(words, lang,
                       list.length ? (has_stars ? BEHOV_WORD_MUNICIPALITY_OTHER_STARS : BEHOV_WORD_MUNICIPALITY_OTHER_P)
                                   : (has_stars ? BEHOV_WORD_MUNICIPALITY_SAME_STARS : BEHOV_WORD_MUNICIPALITY_SAME_P),
                       "key", municipality(fit_results), "n",
                       behov_format_count(lang, (double)fit_results->n_municipality_clusters, number), "terms",
                       behov_wording_text(&list), NULL);
    behov_wording_spend(words, &list);
}

bool behov_clustering_note(const behov_fit_results *fit_results, size_t i, behov_wording *words)
{
    static const behov_fit_results_says says[] = {say_default, behov_clustering_say_kind, say_by_municipality};
    for (size_t s = 0; s < sizeof says / sizeof *says; s++) {
        behov_wording_clear(words);
        says[s](fit_results, words);
        if (words->length && i-- == 0)
            return true;
    }
    behov_wording_clear(words);
    return false;
}

void behov_clustering_say_parted(const behov_fit_results *fit_results, behov_wording *words)
{
    behov_wording_clear(words);
    bool reproduces = fit_results->study->is_bundled_model && !fit_results->asked_cluster && fit_results->coefficients;
    if (!fit_results->parts_municipalities || reproduces)
        return;
    behov_wording keys = {0};
    behov_fit_results_cluster_keys(fit_results, &keys);
    behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_WARNING_CLUSTERS_PART, "key",
                       behov_wording_text(&keys), "municipality", municipality(fit_results), NULL);
    behov_wording_spend(words, &keys);
}

void behov_clustering_say_over_years(const behov_fit_results *pooled, const behov_by_year *by_year,
                                     behov_wording *words)
{
    behov_wording_clear(words);
    if (!by_year->is_cluster_replaced)
        return;
    behov_wording keys = {0};
    bool is_clustered = pooled->cluster != NULL;
    const behov_vcov *vcov = by_year->interacted.vcov;
    const char *kind = vcov && behov_vcov_kind_of(vcov) == BEHOV_VCOV_CV3 ? "CV3" : "CV1";
    if (is_clustered)
        behov_fit_results_cluster_keys(pooled, &keys);
    behov_wording_fill(words, pooled->study->lang,
                       !is_clustered ? BEHOV_WORD_YEARS_TESTED_CLUSTERED
                       : vcov && behov_vcov_kind_of(vcov) != behov_vcov_kind_of(pooled->vcov)
                           ? BEHOV_WORD_YEARS_TESTED_BY_MUNICIPALITY_KIND
                           : BEHOV_WORD_YEARS_TESTED_BY_MUNICIPALITY,
                       "municipality", municipality(pooled), "key", behov_wording_text(&keys), "kind", kind, NULL);
    behov_wording_spend(words, &keys);
}
