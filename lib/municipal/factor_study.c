/* factor_study.c - see factor_study.h. */
#include <behov/factor_study.h>

#include <behov.h>
#include <stdlib.h>
#include <string.h>

#include <behov/clustering.h>
#include <behov/default_errors.h>
#include <behov/study_findings.h>

static behov_status no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FACTORS_NO_MEMORY);
}

void behov_factor_parts_free(behov_factor_parts *parts)
{
    for (size_t i = 0; i < parts->n; i++) {
        behov_factor_part_free(&parts->parts[i]);
        free(parts->names[i]);
    }
    free(parts->parts);
    free(parts->names);
    behov_unit_differences_free(&parts->differences);
    *parts = (behov_factor_parts){0};
}

/* ---- a part of a study --------------------------------------------------------------------------------------------- */

const char *behov_factor_cluster(const behov_study *study, const behov_cluster_options *cluster_options,
                                 bool *is_default)
{
    *is_default = !cluster_options->is_given && !study->model.cluster;
    return cluster_options->is_given ? cluster_options->keys[0]
           : study->model.cluster    ? behov_clustering_of_model(&study->model)
                                     : behov_clustering_municipality(&study->panel);
}

static const char *unit_text(behov_outcome_unit unit)
{
    return unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? "1000kr_per_inhabitant"
           : unit == BEHOV_UNIT_KR_PER_INHABITANT   ? "kr_per_inhabitant"
                                                    : "other";
}

static behov_status set_texts(const behov_study *study, const char *cluster, behov_factor_part *part, behov_error *err)
{
    const char *const texts[BEHOV_N_PART_TEXTS] = {
        [BEHOV_PART_FORMULA] = behov_formula_text(study->formula),
        [BEHOV_PART_CLUSTER] = cluster,
        [BEHOV_PART_EXCLUDE] = study->exclude_text,
        [BEHOV_PART_SET_ASIDE] = study->set_aside ? behov_expression_text(study->set_aside) : NULL,
        [BEHOV_PART_WEIGHTS] = study->weights ? behov_expression_text(study->weights) : NULL,
        [BEHOV_PART_WEIGHT_KIND] = !study->weights                                ? NULL
                                   : study->weight_kind == BEHOV_WEIGHT_FREQUENCY ? "frequency"
                                                                                  : "precision",
        [BEHOV_PART_OUTCOME_UNIT] = unit_text(study->unit),
    };
    behov_status status = BEHOV_OK;
    for (int i = 0; i < BEHOV_N_PART_TEXTS && !status; i++)
        status = behov_factor_part_set_text(part, (behov_part_text)i, texts[i], err);
    return status;
}

/* The model's words by section, each for the languages. */
typedef struct word_section {
    const char *names[BEHOV_N_LANGUAGES];
    behov_model_pair **pairs; /* by language */
    size_t *n;
} word_section;

enum { N_SECTIONS = 3 };

static void list_sections(behov_model *model, word_section sections[N_SECTIONS])
{
    sections[0] = (word_section){{"labels_nb", "labels_en"}, model->labels, model->n_labels};
    sections[1] = (word_section){{"proxies_nb", "proxies_en"}, model->proxies, model->n_proxies};
    sections[2] = (word_section){{"units_nb", "units_en"}, model->units, model->n_units};
}

static const char own_section[] = "model", title_key[] = "title";

static behov_status add_names(const behov_model *model, behov_factor_part *part, behov_error *err)
{
    behov_model view = *model;
    word_section sections[N_SECTIONS];
    list_sections(&view, sections);
    behov_status status =
        model->title ? behov_factor_part_add_name(part, own_section, title_key, model->title, err) : BEHOV_OK;
    for (size_t s = 0; s < N_SECTIONS; s++)
        for (int lang = 0; lang < BEHOV_N_LANGUAGES; lang++)
            for (size_t i = 0; i < sections[s].n[lang] && !status; i++)
                status = behov_factor_part_add_name(part, sections[s].names[lang], sections[s].pairs[lang][i].key,
                                                    sections[s].pairs[lang][i].value, err);
    return status;
}

behov_status behov_factor_part_of_study(const behov_study *study, const behov_cluster_options *cluster_options,
                                        behov_factor_part *part, behov_error *err)
{
    bool is_default;
    const char *cluster = behov_factor_cluster(study, cluster_options, &is_default);
    behov_design_options options = {.exclude = study->exclude,
                                    .set_aside = study->set_aside,
                                    .weights = study->weights,
                                    .weight_kind = study->weight_kind,
                                    .cluster_keys = &cluster,
                                    .n_cluster_keys = cluster && !is_default,
                                    .is_part = true,
                                    .n_threads = study->n_threads};
    behov_design *design = NULL;
    behov_clusters *clusters = NULL;
    behov_status status = behov_findings_refuse_lacking(study, true, err);
    if (!status)
        status = behov_design_new(study->formula, study->table, &options, &design, err);
    if (!status && cluster) {
        size_t n_rows;
        const uint32_t *rows = behov_design_estimated(design, &n_rows);
        status = behov_clusters_new(study->table, cluster, rows, n_rows, &clusters, err);
    }
    if (!status)
        status = set_texts(study, cluster, part, err);
    if (!status)
        status = add_names(&study->model, part, err);
    if (!status)
        status = behov_factor_part_measure(design, clusters, part, err);
    part->is_default_cluster = is_default && cluster;
    part->is_bundled_model = study->is_bundled_model && !cluster_options->is_given;
    part->is_simulated = study->is_simulated;
    behov_clusters_free(clusters);
    behov_design_free(design);
    return status;
}

/* ---- a study of parts ---------------------------------------------------------------------------------------------- */

static behov_status add_pair(behov_model_pair **pairs, size_t *n, const behov_part_name *name, behov_error *err)
{
    behov_model_pair *larger = realloc(*pairs, (*n + 1) * sizeof *larger);
    if (!larger)
        return no_memory(err);
    *pairs = larger;
    larger[*n] = (behov_model_pair){.key = strdup(name->key), .value = strdup(name->value)};
    *n += 1;
    return larger[*n - 1].key && larger[*n - 1].value ? BEHOV_OK : no_memory(err);
}

static behov_status take_names(const behov_factor_part *part, behov_model *model, behov_error *err)
{
    word_section sections[N_SECTIONS];
    list_sections(model, sections);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < part->n_names && !status; i++) {
        const behov_part_name *name = &part->names[i];
        if (strcmp(name->section, own_section) == 0 && strcmp(name->key, title_key) == 0 && !model->title &&
            !(model->title = strdup(name->value)))
            status = no_memory(err);
        for (size_t s = 0; s < N_SECTIONS && !status; s++)
            for (int lang = 0; lang < BEHOV_N_LANGUAGES && !status; lang++)
                if (strcmp(name->section, sections[s].names[lang]) == 0)
                    status = add_pair(&sections[s].pairs[lang], &sections[s].n[lang], name, err);
    }
    return status;
}

static behov_status take_model(const behov_factor_part *part, behov_study *study, behov_error *err)
{
    char *const *texts = part->texts;
    behov_model_request request = {
        .formula = texts[BEHOV_PART_FORMULA],
        .exclude = texts[BEHOV_PART_EXCLUDE],
        .exclude_origin = PHRASE_PART_TEXT_EXCLUDE,
        .set_aside = texts[BEHOV_PART_SET_ASIDE],
        .set_aside_origin = PHRASE_PART_TEXT_SET_ASIDE,
        .weights = texts[BEHOV_PART_WEIGHTS][0] ? texts[BEHOV_PART_WEIGHTS] : NULL,
        .weights_origin = PHRASE_PART_TEXT_WEIGHTS,
        .weight_kind =
            strcmp(texts[BEHOV_PART_WEIGHT_KIND], "frequency") == 0 ? BEHOV_WEIGHT_FREQUENCY : BEHOV_WEIGHT_PRECISION,
    };
    behov_status status = take_names(part, &study->model, err);
    if (!status)
        status =
            behov_read_outcome_unit(texts[BEHOV_PART_OUTCOME_UNIT], PHRASE_PART_TEXT_OUTCOME_UNIT, &study->unit, err);
    if (!status)
        status = behov_study_set_model(study, &request, err);
    if (!status && part->is_bundled_model && !(study->model.cluster = strdup(texts[BEHOV_PART_CLUSTER])))
        return no_memory(err);
    study->is_bundled_model = part->is_bundled_model;
    return status;
}

/* What was let through in a part is let through in the whole. */
static void take_allowed(const behov_factor_part *part, behov_study *study)
{
    static const char allow[] = "allow ";
    for (size_t c = 0; c < part->n_counts; c++)
        for (int kind = 0; kind < BEHOV_N_ODDITY_KINDS; kind++)
            if (strncmp(part->counts[c].subject, allow, sizeof allow - 1) == 0 &&
                strcmp(part->counts[c].subject + sizeof allow - 1, behov_finding_kind_word((behov_oddity_kind)kind)) ==
                    0)
                study->n_allowed |= 1u << kind;
}

/* "1000 times", "a thousandth of" */
static const char *times_phrase(double times)
{
    return times > 500     ? PHRASE_PART_TIMES_1000
           : times > 1     ? PHRASE_PART_TIMES_100
           : times > 0.005 ? PHRASE_PART_TIMES_HUNDREDTH
                           : PHRASE_PART_TIMES_THOUSANDTH;
}

static behov_status refuse_unit(const behov_factor_parts *parts, const behov_unit_difference *difference,
                                const behov_study *study, behov_error *err)
{
    size_t part = 0;
    while (!difference->is_of_part[part])
        part++;
    const char *outcome = behov_formula_outcome_name(study->formula);
    unsigned long n = (unsigned long)difference->n_parts;
    behov_said more = {""};
    if (n > 1)
        more = behov_phrase(SAY_FACTOR_UNITS_IN_PARTS, n);
    return difference->is_within
               ? behov_error_say(err, BEHOV_E_DATA, parts->names[part], SAY_FACTOR_UNITS_WITHIN,
                                 behov_cut(outcome, 100).text, times_phrase(difference->times), more.text)
               : behov_error_say(err, BEHOV_E_DATA, parts->names[part], SAY_FACTOR_UNITS_BETWEEN,
                                 behov_cut(outcome, 100).text, times_phrase(difference->times), more.text);
}

/* Figures of the outcome in two units stop the fit, as in a panel; what else is measured nobody knows here. */
static behov_status compare_units(behov_factor_parts *parts, bool allows_units, const behov_study *study,
                                  behov_error *err)
{
    behov_status status = behov_factor_parts_units(parts->parts, parts->n, &parts->differences, err);
    for (size_t i = 0; i < parts->differences.n && !status; i++)
        if (!parts->differences.list[i].column && !allows_units)
            status = refuse_unit(parts, &parts->differences.list[i], study, err);
    return status;
}

behov_status behov_factor_study_open(behov_factor_parts *parts, const char *source, behov_study *study,
                                     behov_error *err)
{
    uint64_t n_rows = 0;
    bool allows_copies = (study->n_allowed >> BEHOV_ODD_COPIED) & 1u,
         allows_units = (study->n_allowed >> BEHOV_ODD_UNIT) & 1u;
    behov_status status = behov_factor_parts_check(parts->parts, (const char *const *)parts->names, parts->n,
                                                   allows_copies, &parts->n_copies, err);
    for (size_t role = 0; role < BEHOV_N_ROLES; role++)
        study->panel.columns[role] = -1;
    for (size_t i = 0; i < parts->n; i++) {
        take_allowed(&parts->parts[i], study);
        n_rows += parts->parts[i].n_rows;
        study->is_simulated = study->is_simulated || parts->parts[i].is_simulated;
    }
    if (!status)
        status = behov_table_new(n_rows < UINT32_MAX ? (size_t)n_rows : UINT32_MAX, source, &study->table, err);
    study->panel.table = study->table;
    if (!status && !(study->panel_path = strdup(source)))
        status = no_memory(err);
    if (!status)
        status = take_model(&parts->parts[0], study, err);
    return status ? status : compare_units(parts, allows_units, study, err);
}

/* Clusters that nobody asked for are those of a panel that repeats municipalities. */
static void settle_clusters(const behov_factor_parts *parts, bool repeats, behov_fit_choices *choices,
                            behov_estimation *estimation)
{
    bool is_default = estimation->clusters != NULL;
    for (size_t i = 0; i < parts->n; i++)
        is_default = is_default && parts->parts[i].is_default_cluster;
    if (is_default && !repeats) {
        behov_clusters_free(estimation->clusters);
        estimation->clusters = NULL;
    }
    choices->cluster = estimation->clusters ? parts->parts[0].texts[BEHOV_PART_CLUSTER] : NULL;
    choices->is_default_cluster = is_default && repeats;
    choices->asked_cluster = is_default || parts->parts[0].is_bundled_model ? NULL
                             : choices->cluster                             ? choices->cluster
                                                                            : "";
}

behov_status behov_factor_study_merge(const behov_factor_parts *parts, const behov_study *study,
                                      behov_fit_choices *choices, behov_estimation *estimation, bool *is_extended,
                                      behov_error *err)
{
    behov_merged_factors merged;
    behov_status status = behov_factor_parts_merge(parts->parts, parts->n, study->formula, study->table, &merged, err);
    if (status)
        return status;
    estimation->design = merged.design;
    estimation->clusters = merged.clusters;
    *is_extended = merged.is_extended;
    settle_clusters(parts, merged.repeats_a_cluster, choices, estimation);
    return BEHOV_OK;
}

behov_status behov_factor_study_fit(const behov_study *study, const behov_fit_choices *choices, bool is_extended,
                                    behov_estimation *estimation, behov_fit_results *out, behov_error *err)
{
    if (!behov_vcov_kind_is_clustered(choices->kind)) {
        behov_clusters_free(estimation->clusters);
        estimation->clusters = NULL;
    }
    behov_status status = behov_factors_new(estimation->design, choices->keep_clusters ? estimation->clusters : NULL,
                                            &estimation->factors, err);
    if (!status)
        status =
            behov_fit_new(estimation->design, estimation->factors,
                          &(behov_fit_options){.double_only = !is_extended, .drop_collinear = choices->drop_collinear},
                          &estimation->fit, err);
    if (!status)
        status = behov_default_errors_make(study, choices, estimation, err);
    if (!status)
        status = behov_estimation_infer(study, choices, estimation, out, err);
    out->is_default_cluster = choices->is_default_cluster && estimation->clusters;
    out->is_default_kind = choices->is_default_kind;
    out->has_no_jackknife = estimation->has_no_jackknife;
    return status;
}
