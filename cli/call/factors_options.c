/* factors_options.c - see factors_options.h. */
#include "factors_options.h"

#include <stdlib.h>
#include <string.h>

#include <behov/cautions.h>
#include <behov/findings.h>
#include <behov/format.h>
#include <behov/panel.h>
#include <behov/part_cautions.h>
#include <behov/study_words.h>

#include "estimation_options.h"
#include "messages.h"
#include "read_factors.h"
#include "study_options.h"

/* All else is fixed when the parts are made, or needs the rows. */
static const char allowed[] =
    "factors se level lang names stars brackets output csv-style json date quiet drop-collinear "
    "bootstrap draws unrestricted seed threads top formula query allow";

bool factors_asked(const command_line *line)
{
    return verb_has_option(line->verb, "factors") && option_given(line, "factors");
}

int factors_options_check(const verb_call *call)
{
    const command_line *line = call->line;
    size_t n_others = call->needs & NAMES_ITS_PANEL ? 1 : 0; /* operands before the panel */
    const char *se = option_value(line, "se");
    if (!factors_asked(line))
        return 0;
    if (line->n_operands > n_others)
        return wrong_call(line->verb, SAY_FACTORS_OR_PANEL, line->operands[n_others]);
    for (size_t i = 0; i < line->n_given; i++) {
        const char *name = line->parsed_option[i].option->name;
        if (!option_is_listed(allowed, name))
            return wrong_call(line->verb, SAY_FACTORS_NOT_WITH, name, line->verb->name);
    }
    if (option_count(line, "formula") > 1)
        return wrong_call(line->verb, SAY_FACTORS_NOT_WITH, "formula", line->verb->name);
    for (size_t i = 0; i < option_count(line, "allow"); i++) {
        const char *kind = option_value_at(line, "allow", i);
        if (strcmp(kind, "unit") != 0 && strcmp(kind, "copied") != 0)
            return wrong_call(line->verb, SAY_FACTORS_ALLOW, kind);
    }
    bool has_database = false;
    for (size_t i = 0; i < option_count(line, "factors"); i++)
        has_database = has_database || factors_are_of_database(option_value_at(line, "factors", i));
    if (has_database && !option_given(line, "query"))
        return wrong_call(line->verb, SAY_FACTORS_QUERY_MISSING);
    if (!has_database && option_given(line, "query"))
        return wrong_call(line->verb, SAY_FACTORS_QUERY_ALONE);
    if (se && (strncmp(se, "hc", 2) == 0 || strcmp(se, "all") == 0))
        return wrong_call(line->verb, SAY_VCOV_NEEDS_ROWS, se);
    return 0;
}

/* "part1.factors, part2.factors": the patterns as they were given. */
static char *name_of_all(const command_line *line)
{
    behov_wording words = {0};
    for (size_t i = 0; i < option_count(line, "factors"); i++)
        behov_wording_add_after(&words, ", ",
                                factors_are_of_database(option_value_at(line, "factors", i))
                                    ? "postgres"
                                    : option_value_at(line, "factors", i));
    char *name = words.has_no_memory ? NULL : strdup(behov_wording_text(&words));
    behov_wording_free(&words);
    return name;
}

static behov_status read_parts(verb_call *call, behov_error *err)
{
    const command_line *line = call->line;
    size_t n = option_count(line, "factors");
    const char **patterns = calloc(n + 1, sizeof *patterns);
    char *name = name_of_all(line);
    behov_status status = patterns && name ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FACTORS_NO_MEMORY);
    for (size_t i = 0; i < n && !status; i++)
        patterns[i] = option_value_at(line, "factors", i);
    if (!status)
        status = read_factors(patterns, n,
                              &(factor_words){option_value(line, "formula"),
                                              option_given(line, "query") ? option_value(line, "query") : NULL},
                              &call->factor_parts, err);
    if (!status)
        status = behov_factor_study_open(&call->factor_parts, name, &call->study, err);
    free(patterns);
    free(name);
    return status;
}

int factors_options_open(verb_call *call)
{
    behov_error err;
    int code = study_begin(&call->study, call->line);
    if (code)
        return code;
    if (read_parts(call, &err) || behov_factor_study_merge(&call->factor_parts, &call->study, &call->fit_choices,
                                                           &call->estimation, &call->has_extended_factors, &err))
        return print_failure(&err);
    return 0;
}

/* ---- what a part was made with ------------------------------------------------------------------------------------- */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static behov_status keep_choice(behov_factor_part *part, const char *name, const char *value, behov_error *err)
{
    return value[0] ? behov_factor_part_add_name(part, "call", name, value, err) : BEHOV_OK;
}

/* "-9, x": sorted, each once. */
static behov_status keep_missing(const command_line *line, behov_factor_part *part, behov_error *err)
{
    size_t n = option_count(line, "missing");
    const char **marks = calloc(n + 1, sizeof *marks);
    behov_wording words = {0};
    if (!marks)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FACTORS_NO_MEMORY);
    for (size_t i = 0; i < n; i++)
        marks[i] = option_value_at(line, "missing", i);
    qsort(marks, n, sizeof *marks, compare_texts);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(marks[i - 1], marks[i]) != 0)
            behov_wording_add_after(&words, ", ", marks[i]);
    behov_status status = behov_wording_status(&words, err);
    if (!status)
        status = keep_choice(part, "missing", behov_wording_text(&words), err);
    behov_wording_free(&words);
    free(marks);
    return status;
}

behov_status factors_options_keep(const command_line *line, behov_factor_part *part, behov_error *err)
{
    const char *population = option_value(line, "population");
    bool is_usual = !population || strcmp(population, behov_role_name(BEHOV_ROLE_POPULATION)) == 0;
    behov_status status = is_usual ? BEHOV_OK : keep_choice(part, "population", population, err);
    return status ? status : keep_missing(line, part, err);
}

/* ---- what outputs say ---------------------------------------------------------------------------------------------- */

/* Parts that were made with clusters lack rows without one, which a fit without clusters would have. */
static behov_status say_rows_without_cluster(behov_study *study, const behov_estimation *estimation, const char *key,
                                             behov_error *err)
{
    size_t n = 0;
    char rows[60];
    behov_wording words = {0};
    for (size_t i = 0; i < behov_design_n_reasons(estimation->design); i++) {
        behov_reason reason = behov_design_reason(estimation->design, i);
        n += reason.kind == BEHOV_REASON_CLUSTER_MISSING ? reason.n_rows : 0;
    }
    if (!n || behov_vcov_n_clusters(estimation->vcov) > 0)
        return BEHOV_OK;
    behov_wording_fill(&words, study->lang, BEHOV_WORD_FACTORS_CAUTION_NO_CLUSTER, "rows",
                       behov_finding_rows(study->lang, n, rows), "key", behov_study_key_in_sentence(study, key), NULL);
    return behov_cautions_add(study, &words, err);
}

/* What every output says: of how many parts, in which arithmetic, what cannot be had. */
static behov_status add_caution(verb_call *call, behov_error *err)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    behov_language lang = call->study.lang;
    bool is_extended = behov_fit_is_extended(call->estimation.fit);
    behov_wording_fill(
        &words, lang, call->factor_parts.n == 1 ? BEHOV_WORD_FACTORS_CAUTION_ONE : BEHOV_WORD_FACTORS_CAUTION, "n",
        behov_format_count(lang, (double)call->factor_parts.n, number), "how",
        behov_label(lang, is_extended ? BEHOV_WORD_FACTORS_IN_DOUBLE_DOUBLE : BEHOV_WORD_FACTORS_IN_DOUBLE), NULL);
    behov_status status = behov_wording_status(&words, err);
    if (!status)
        status = behov_study_add_caution(&call->study, behov_wording_text(&words), err);
    behov_wording_free(&words);
    if (!status)
        status = say_rows_without_cluster(&call->study, &call->estimation,
                                          call->factor_parts.parts[0].texts[BEHOV_PART_CLUSTER], err);
    bool has_weights = call->study.weights && call->study.weight_kind == BEHOV_WEIGHT_PRECISION;
    if (!status && has_weights && behov_vcov_n_clusters(call->estimation.vcov) > 0)
        status = behov_study_add_caution(&call->study, behov_label(lang, BEHOV_WORD_FACTORS_CAUTION_WEIGHTS), err);
    return status;
}

int factors_options_fit(verb_call *call)
{
    behov_error err;
    if (behov_factor_study_fit(&call->study, &call->fit_choices, call->has_extended_factors, &call->estimation,
                               &call->fit_results, &err) ||
        behov_part_cautions_say(&call->factor_parts, &call->study, &err) || add_caution(call, &err))
        return print_failure(&err);
    call->fit_results.made_on = call->day;
    estimation_print_notes_dropped(&call->estimation);
    return 0;
}
