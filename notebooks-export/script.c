/* script.c - see script.h. The values here are words about the fit, and figures that stand in every language alike; code
 * comes from the dialects. */
#include "script.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/result_sentences.h>

#include "target.h"

/* ---- prose: a line for each thing said ---------------------------------------------------------------------------- */

static const export_fit *fit_of(const void *context)
{
    return ((const script *)context)->fit;
}

static behov_status say_title(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, fit_of(context)->title);
    return behov_wording_status(out, err);
}

static behov_status say_simulated(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    if (fit->results->study->is_simulated)
        behov_wording_add(out, behov_label(fit->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
    return behov_wording_status(out, err);
}

static behov_status say_formula(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, fit_of(context)->formula);
    return behov_wording_status(out, err);
}

/* A sentence of lib/pages about the results. */
static behov_status say_with(const void *context, behov_fit_results_says says, behov_wording *out, behov_error *err)
{
    behov_wording sentence = {0};
    says(fit_of(context)->results, &sentence);
    behov_wording_add(out, behov_wording_text(&sentence));
    behov_wording_spend(out, &sentence);
    return behov_wording_status(out, err);
}

static behov_status say_outcome(const void *context, behov_wording *out, behov_error *err)
{
    return say_with(context, behov_fit_results_outcome, out, err);
}

static behov_status say_data_name(const void *context, behov_wording *out, behov_error *err)
{
    return say_with(context, behov_fit_results_data_name, out, err);
}

static behov_status say_errors(const void *context, behov_wording *out, behov_error *err)
{
    return say_with(context, behov_fit_results_errors, out, err);
}

static behov_status say_weights(const void *context, behov_wording *out, behov_error *err)
{
    return say_with(context, behov_fit_results_weights, out, err);
}

static void say_count(const export_fit *fit, behov_word word, size_t n, behov_wording *out)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_number_fixed((double)n, 0, '.', behov_label_group_mark(fit->lang), 4, number);
    behov_wording sentence = {0};
    behov_wording_fill(&sentence, fit->lang, word, "n", number, NULL);
    behov_wording_add_after(out, "\n", behov_wording_text(&sentence));
    behov_wording_spend(out, &sentence);
}

static behov_status say_rows(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    const behov_design *design = fit->results->design;
    behov_wording sentence = {0};
    say_count(fit, BEHOV_WORD_EXPORT_ROWS_ESTIMATED, fit->n_estimated, out);
    for (size_t i = 0; i < behov_design_n_reasons(design); i++) {
        behov_fit_results_rows_with_reason(fit->results, behov_design_reason(design, i), &sentence);
        behov_wording_add_after(out, "\n", behov_wording_text(&sentence));
    }
    behov_wording_spend(out, &sentence);
    return behov_wording_status(out, err);
}

/* The names of the data: what they are, their units, and what the panel calls them where that is something else. */
static behov_status say_columns(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    for (size_t j = 0; j < fit->n_columns; j++) {
        const export_column *column = &fit->columns[j];
        behov_wording line = {0};
        behov_wording_print(&line, "%s: %s", column->identifier, column->label);
        bool says_unit = strcmp(column->unit, "0/1") == 0 || strstr(column->label, column->unit) ||
                         strcasecmp(column->label, column->unit) == 0;
        if (column->unit[0] && !says_unit)
            behov_wording_print(&line, ", %s", column->unit);
        if (strcmp(column->identifier, column->name) != 0) {
            behov_wording_add_letter(&line, ' ');
            behov_wording_fill(&line, fit->lang, BEHOV_WORD_EXPORT_RENAMED, "name", column->name, NULL);
        }
        behov_wording_add_after(out, "\n", behov_wording_text(&line));
        behov_wording_spend(out, &line);
    }
    return behov_wording_status(out, err);
}

/* The regressors that are no columns: their name in scripts, in the formula, and for readers. */
static behov_status say_terms(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    for (size_t k = 0; k < fit->n_terms; k++) {
        const export_term *term = &fit->terms[k];
        behov_wording line = {0};
        bool is_same = strcmp(term->identifier, term->name) == 0;
        behov_wording_print(&line, "%s%s%s", term->identifier, is_same ? "" : " = ", is_same ? "" : term->name);
        if (strcmp(term->label, term->name) != 0)
            behov_wording_print(&line, ": %s", term->label);
        if (term->is_dropped)
            behov_wording_add_after(&line, " ", behov_label(fit->lang, BEHOV_WORD_EXPORT_DROPPED));
        behov_wording_add_after(out, "\n", behov_wording_text(&line));
        behov_wording_spend(out, &line);
    }
    return behov_wording_status(out, err);
}

static behov_status say_cautions(const void *context, behov_wording *out, behov_error *err)
{
    const behov_study *study = fit_of(context)->results->study;
    for (size_t i = 0; i < study->n_cautions; i++)
        behov_wording_add_after(out, "\n", study->cautions[i]);
    return behov_wording_status(out, err);
}

static behov_status say_not_a_verdict(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, behov_label(fit_of(context)->lang, BEHOV_WORD_EXPORT_NOT_A_VERDICT));
    return behov_wording_status(out, err);
}

/* ---- code that is the same everywhere ------------------------------------------------------------------------------ */

static behov_status say_version(const void *context, behov_wording *out, behov_error *err)
{
    (void)context;
    behov_wording_add(out, behov_version());
    return behov_wording_status(out, err);
}

static behov_status say_sha256(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, fit_of(context)->sha256);
    return behov_wording_status(out, err);
}

static behov_status say_tolerance(const void *context, behov_wording *out, behov_error *err)
{
    (void)context;
    behov_wording_add(out, "1e-7");
    return behov_wording_status(out, err);
}

static behov_status say_outcome_identifier(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, fit_of(context)->outcome_identifier);
    return behov_wording_status(out, err);
}

/* Words in strings of code: none of them has a quote or a backslash. */
static behov_status say_label(const void *context, behov_word word, behov_wording *out, behov_error *err)
{
    behov_wording_fill(out, fit_of(context)->lang, word, "program", ((const script *)context)->dialect->name, NULL);
    return behov_wording_status(out, err);
}

static behov_status say_other_data(const void *context, behov_wording *out, behov_error *err)
{
    return say_label(context, BEHOV_WORD_EXPORT_REFIT_OTHER_DATA, out, err);
}

static behov_status say_differs(const void *context, behov_wording *out, behov_error *err)
{
    return say_label(context, BEHOV_WORD_EXPORT_REFIT_DIFFERS, out, err);
}

/* A format of R's sprintf and Python's %. */
static behov_status say_agrees(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_fill(out, fit_of(context)->lang, BEHOV_WORD_EXPORT_REFIT_AGREES, "coefficients", "%d", "errors", "%d",
                       NULL);
    return behov_wording_status(out, err);
}

static behov_status say_no_errors(const void *context, behov_wording *out, behov_error *err)
{
    return say_label(context, BEHOV_WORD_EXPORT_REFIT_NO_ERRORS, out, err);
}

const template_value script_values[] = {
    {"title", TEMPLATE_PROSE, say_title},
    {"simulated", TEMPLATE_PROSE, say_simulated}, /* nothing where the data are not */
    {"formula", TEMPLATE_PROSE, say_formula},
    {"outcome", TEMPLATE_PROSE, say_outcome},
    {"data_name", TEMPLATE_PROSE, say_data_name},
    {"errors_in_words", TEMPLATE_PROSE, say_errors},
    {"weights_in_words", TEMPLATE_PROSE, say_weights}, /* nothing without */
    {"rows", TEMPLATE_PROSE, say_rows},
    {"columns", TEMPLATE_PROSE, say_columns},
    {"terms", TEMPLATE_PROSE, say_terms},
    {"cautions", TEMPLATE_PROSE, say_cautions},
    {"not_a_verdict", TEMPLATE_PROSE, say_not_a_verdict},
    {"version", TEMPLATE_CODE, say_version},
    {"sha256", TEMPLATE_CODE, say_sha256},
    {"tolerance", TEMPLATE_CODE, say_tolerance},
    {"outcome_identifier", TEMPLATE_CODE, say_outcome_identifier},
    {"words_other_data", TEMPLATE_CODE, say_other_data},
    {"words_differs", TEMPLATE_CODE, say_differs},
    {"words_agrees", TEMPLATE_CODE, say_agrees},
    {"words_no_errors", TEMPLATE_CODE, say_no_errors},
    {NULL, TEMPLATE_CODE, NULL},
};

/* ---- files -------------------------------------------------------------------------------------------------------- */

static behov_status print_text(FILE *out, const void *context, behov_error *err)
{
    const behov_wording *text = context;
    (void)err;
    fwrite(behov_wording_text(text), 1, text->length, out);
    return BEHOV_OK;
}

behov_status script_write_text(const char *path, const behov_wording *text, behov_error *err)
{
    behov_status status = behov_wording_status(text, err);
    return status ? status : target_write(path, print_text, text, err);
}

const char *script_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

behov_status script_write(const export_fit *fit, const export_format *format, const export_choices *choices,
                          const char *path, behov_error *err)
{
    char *owned = NULL, *data_path = NULL;
    behov_wording text = {0};
    template_text source;
    if (choices->is_beside && !(data_path = formats_data_path(format, path)))
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_EXPORT_NO_MEMORY);
    script script = {
        .fit = fit, .dialect = format->dialect, .data_file = data_path ? script_file_name(data_path) : NULL};
    const template_value *const tables[] = {format->dialect->values, script_values, NULL};
    behov_status status = template_find_in(choices->templates, fit->lang, format->template, &owned, &source, err);
    if (!status)
        status = template_fill(
            &source,
            &(template_filling){
                .values = tables, .context = &script, .escape = format->dialect->comment, .folder = choices->templates},
            &text, err);
    if (!status && data_path)
        status = script_write_text(data_path, &fit->csv, err);
    if (!status)
        status = script_write_text(path, &text, err);
    behov_wording_free(&text);
    free(data_path);
    free(owned);
    return status;
}
