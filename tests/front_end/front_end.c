/* front_end.c - a front end of somebody else: from arrays in memory to a fit, its covariance, need, ratios, a ranking with
 * intervals, a profile in two languages and its page in HTML, through the installed headers alone. It opens no file.
 *
 * Compiled as C11 and as C++17 against an installed tree, with panel_arrays.h that front_end.sh makes of the bundled panel.
 * Prints "KEY VALUE" lines, 17 significant digits, which front_end.py holds against what the program prints. */
#include <behov.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panel_arrays.h"

static void stop(const behov_error *err)
{
    fprintf(stderr, "front_end: %s: %s\n", err->where, err->what);
    exit(1);
}

/* The panel: three columns come by copy, the others stay where they are. */
static behov_table *make_table(void)
{
    behov_table *table = NULL;
    behov_error err;
    if (behov_table_new(PANEL_ROWS, "arrays", &table, &err) ||
        behov_table_copy_text(table, "municipality_code", panel_code, &err) ||
        behov_table_copy_text(table, "municipality", panel_municipality, &err) ||
        behov_table_copy_text(table, "source", panel_source, &err))
        stop(&err);
    for (size_t j = 0; j < PANEL_COLUMNS; j++)
        if (behov_table_borrow_numbers(table, panel_names[j], panel_values[j], &err))
            stop(&err);
    return table;
}

static void open_study(behov_study *study)
{
    behov_error err;
    behov_model_request model;
    memset(&model, 0, sizeof model);
    model.formula = PANEL_FORMULA;
    model.exclude = PANEL_EXCLUDE;
    memset(study, 0, sizeof *study);
    study->unit = BEHOV_UNIT_1000KR_PER_INHABITANT;
    if (behov_study_set_model(study, &model, &err))
        stop(&err);
    static const char *const keys[] = {PANEL_CLUSTER};
    behov_panel_request request;
    memset(&request, 0, sizeof request);
    request.study = study;
    request.cluster_keys = keys;
    request.n_cluster_keys = 1;
    if (behov_panel_request_prepare(&request, &err) || behov_study_set_table(study, &request, make_table(), &err))
        stop(&err);
    behov_panel_request_free(&request);
}

static void print_fit(const behov_estimation *estimation)
{
    size_t n = behov_fit_n_regressors(estimation->fit);
    const double *covariance = behov_vcov_matrix(estimation->vcov);
    for (size_t k = 0; k < n; k++) {
        const char *name = behov_design_regressor(estimation->design, k);
        printf("coefficient[%s] %.17g\n", name, estimation->coefficients[k].estimate);
        printf("standard_error[%s] %.17g\n", name, estimation->coefficients[k].se);
        printf("p[%s] %.17g\n", name, estimation->coefficients[k].p);
        for (size_t j = 0; j <= k; j++)
            printf("covariance[%s|%s] %.17g\n", name, behov_design_regressor(estimation->design, j),
                   covariance[k * n + j]);
    }
}

static void print_ratios(const behov_study *study, const behov_estimation *estimation)
{
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++)
        printf("need[%s-%d] %.17g\nratio[%s-%d] %.17g\n", behov_panel_code(&study->panel, row),
               behov_panel_year(&study->panel, row), behov_need_need(estimation->need, row),
               behov_panel_code(&study->panel, row), behov_panel_year(&study->panel, row),
               behov_need_ratio(estimation->need, row));
}

static void print_ranking(const behov_fit_results *fit_results)
{
    behov_error err;
    behov_ranking_choices choices;
    behov_ranking ranking;
    memset(&choices, 0, sizeof choices);
    memset(&ranking, 0, sizeof ranking);
    choices.ranked_by = BEHOV_BY_RATIO;
    choices.level = 0.90;
    choices.n_draws = PANEL_DRAWS;
    choices.seed = PANEL_SEED;
    if (behov_ranking_new(fit_results, &choices, &ranking, &err))
        stop(&err);
    for (size_t i = 0; i < ranking.places.n; i++) {
        const behov_ranked_municipality *ranked = &ranking.all[i];
        const char *code = ranking.places.all[i].code;
        printf("rank[%s] %.17g\nrank_low[%s] %.17g\nrank_high[%s] %.17g\nlasting[%s] %.17g\n", code, ranked->rank, code,
               ranked->rank_low, code, ranked->rank_high, code, ranked->lasting.ratio);
    }
    behov_ranking_free(&ranking);
}

static void print_sentences(const behov_profiles *profiles, const char *language)
{
    behov_wording words;
    const behov_profile *profile = &profiles->all[0];
    memset(&words, 0, sizeof words);
    for (int kind = 0; kind < BEHOV_PROFILE_N_SENTENCES; kind++) {
        behov_wording_clear(&words);
        behov_profile_sentence(profiles, profile, profile->index, (behov_profile_sentence_kind)kind, &words);
        if (words.length)
            printf("sentence[%s-%d] %s\n", language, kind, behov_wording_text(&words));
    }
    behov_wording_free(&words);
}

/* The page in HTML after a line that says so; nothing follows it. */
static void print_page(const behov_profiles *profiles)
{
    behov_error err;
    behov_section_list list;
    behov_document document;
    behov_document_properties properties;
    behov_wording page;
    memset(&list, 0, sizeof list);
    memset(&document, 0, sizeof document);
    memset(&properties, 0, sizeof properties);
    memset(&page, 0, sizeof page);
    if (behov_profiles_add(profiles, false, &list, &err))
        stop(&err);
    document.sections = list.sections;
    document.n_sections = list.n;
    document.properties = &properties;
    document.lang = BEHOV_LANGUAGE_NB;
    if (behov_html_page(&document, &page, &err) || behov_wording_status(&page, &err))
        stop(&err);
    printf("html\n%s", behov_wording_text(&page));
    behov_wording_free(&page);
    behov_section_list_free(&list);
}

static void print_profile(behov_study *study, const behov_fit_results *fit_results)
{
    static const char municipality[] = PANEL_PROFILE;
    behov_error err;
    behov_municipality_names names;
    behov_profile_choices choices;
    behov_profiles profiles;
    memset(&names, 0, sizeof names);
    memset(&choices, 0, sizeof choices);
    memset(&profiles, 0, sizeof profiles);
    if (behov_municipality_names_split(&names, municipality, &err))
        stop(&err);
    choices.list = &names;
    choices.level = 0.90;
    choices.n_draws = PANEL_DRAWS;
    choices.seed = PANEL_SEED;
    choices.label = behov_model_label;
    /* The figures know no language: the same profile is said in both. */
    if (behov_profiles_new(fit_results, &choices, &profiles, &err))
        stop(&err);
    study->lang = BEHOV_LANGUAGE_EN;
    print_sentences(&profiles, "en");
    study->lang = BEHOV_LANGUAGE_NB;
    print_sentences(&profiles, "nb");
    print_page(&profiles);
    behov_profiles_free(&profiles);
    behov_municipality_names_free(&names);
}

/* What the library says of a wrong column, in both languages. */
static void print_error_message(const behov_study *study)
{
    behov_error err;
    behov_wording words;
    behov_expression *expression = NULL;
    memset(&words, 0, sizeof words);
    if (behov_expression_parse("nothing_of_the_kind > 1", 23, "condition", &expression, &err) ||
        behov_expression_bind(expression, study->table, &err) == BEHOV_OK)
        exit(3);
    behov_error_sentence(&err, BEHOV_LANGUAGE_EN, &words);
    printf("error[en] %s\n", behov_wording_text(&words));
    behov_wording_clear(&words);
    behov_error_sentence(&err, BEHOV_LANGUAGE_NB, &words);
    printf("error[nb] %s\n", behov_wording_text(&words));
    behov_wording_free(&words);
    behov_expression_free(expression);
}

int main(void)
{
    behov_error err;
    behov_study study;
    behov_fit_choices choices;
    behov_estimation estimation;
    behov_fit_results fit_results;
    open_study(&study);
    memset(&choices, 0, sizeof choices);
    memset(&estimation, 0, sizeof estimation);
    memset(&fit_results, 0, sizeof fit_results);
    choices.cluster = PANEL_CLUSTER;
    choices.kind = BEHOV_VCOV_CV1;
    choices.level = 0.90;
    if (behov_estimation_results(&study, &choices, &estimation, &fit_results, &err))
        stop(&err);
    print_fit(&estimation);
    print_ratios(&study, &estimation);
    print_ranking(&fit_results);
    print_error_message(&study);
    print_profile(&study, &fit_results);
    behov_estimation_free(&estimation);
    behov_study_close(&study);
    return 0;
}
