/* dialect_gretl.c - gretl's language of scripts, hansl: a fit refitted by `ols` or `wls`.
 *
 * gretl reads no data out of a script; they stand in it as a matrix. Texts become the numbers of their levels, which
 * `stringify` gives their names again. What gretl has: classical errors, HC0 to HC3, CV1. CV0 is CV1 by its factor; of
 * two keys V_a + V_b - V_ab; CV3 and CV3J are refits without each cluster. CV2 it has not.
 *
 * Not here: frequency weights' errors, for gretl has no such weights (their coefficients are those of wls).
 * The version at hand was 2022c. */
#include "dialects.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>
#include <behov/table.h>

#include "refit.h"

/* Bytes from which on a command is parted: gretl's longest is 131072 in 2022c, and was 16384 before. */
enum { LONGEST_COMMAND = 8000 };

/* @name would be the value of a string of that name, so the sign is its wide sister; data and conditions have the same. */
static void add_text(behov_wording *out, const char *text)
{
    behov_wording_add(out, "\"");
    for (; *text; text++)
        if (*text == '@')
            behov_wording_add(out, "\xEF\xBC\xA0");
        else {
            if (*text == '"' || *text == '\\')
                behov_wording_add(out, "\\");
            behov_wording_add_letter(out, *text);
        }
    behov_wording_add(out, "\"");
}

/* No line may end in a backslash, which goes on in the next, and none open a comment of its own. */
static void add_comment(behov_wording *out, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool parts = i > 0 && ((line[i - 1] == '/' && line[i] == '*') || (line[i - 1] == '*' && line[i] == '/'));
        if (parts)
            behov_wording_add(out, " ");
        behov_wording_add_letter(out, (unsigned char)line[i] < ' ' ? ' ' : line[i]);
    }
    if (length > 0 && line[length - 1] == '\\')
        behov_wording_add(out, " .");
}

/* ---- data --------------------------------------------------------------------------------------------------------- */

static void add_cell(const export_fit *fit, size_t column, size_t row, behov_wording *out)
{
    if (fit->columns[column].is_text) {
        const behov_table *table = fit->results->study->table;
        int32_t code = behov_table_codes(table, fit->columns[column].table_column)[row];
        if (code >= 0)
            behov_wording_print(out, "%ld", (long)code + 1);
        else
            behov_wording_add(out, "NA");
        return;
    }
    dialect_add_figure(out, export_fit_number(fit, column, row), "NA");
}

static void add_row(const export_fit *fit, const size_t *columns, size_t row, behov_wording *out)
{
    for (const size_t *column = columns; *column < fit->n_columns; column++) {
        behov_wording_add(out, column == columns ? "" : ", ");
        add_cell(fit, *column, row, out);
    }
}

/* behov_rows[1:50,] = {...} */
static void add_rows(const export_fit *fit, const size_t *columns, behov_wording *out)
{
    behov_wording command = {0};
    size_t n_done = 0, first = 1;
    for (size_t i = 0; i < fit->n_rows; i++) {
        if (!refit_uses_row(fit, i))
            continue;
        behov_wording_add(&command, command.length ? "; " : "");
        add_row(fit, columns, behov_row_at(fit->rows, i), &command);
        n_done++;
        if (command.length > LONGEST_COMMAND || n_done == fit->n_estimated) {
            behov_wording_print(out, "behov_rows[%zu:%zu,] = {%s}\n", first, n_done, behov_wording_text(&command));
            behov_wording_clear(&command);
            first = n_done + 1;
        }
    }
    behov_wording_spend(out, &command);
}

/* The texts of a column of text, in the order of their numbers. */
static void add_levels(const export_fit *fit, const export_column *column, behov_wording *out)
{
    const behov_dictionary *levels = behov_table_levels(fit->results->study->table, column->table_column);
    size_t n = behov_dictionary_count(levels);
    behov_wording_print(out, "behov_levels = array(%zu)\n", n);
    for (size_t i = 0; i < n; i++) {
        behov_wording_print(out, "behov_levels[%zu] = ", i + 1);
        add_text(out, behov_dictionary_text(levels, (int32_t)i));
        behov_wording_add(out, "\n");
    }
    behov_wording_print(out, "stringify(%s, behov_levels)\n", column->identifier);
}

static behov_status say_data(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = ((const script *)context)->fit;
    size_t *columns = refit_columns(fit), n = 0;
    bool has_texts = false;
    if (!columns)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_EXPORT_NO_MEMORY);
    for (; columns[n] < fit->n_columns; n++)
        has_texts = has_texts || fit->columns[columns[n]].is_text;
    behov_wording_print(out, "nulldata %zu --preserve\nmatrix behov_rows = zeros(%zu, %zu)\n", fit->n_estimated,
                        fit->n_estimated, n);
    add_rows(fit, columns, out);
    for (size_t i = 0; i < n; i++)
        behov_wording_print(out, "series %s = behov_rows[,%zu]\n", fit->columns[columns[i]].identifier, i + 1);
    behov_wording_add(out, has_texts ? "strings behov_levels = array(1)\n" : "");
    for (size_t i = 0; i < n; i++)
        if (fit->columns[columns[i]].is_text)
            add_levels(fit, &fit->columns[columns[i]], out);
    free(columns);
    return behov_wording_status(out, err);
}

static behov_status say_derived(const void *context, behov_wording *out, behov_error *err)
{
    behov_status status = dialect_add_derived(context, "series $1 = $2\n", out, err);
    return status ? status : behov_wording_status(out, err);
}

/* ---- the refit ---------------------------------------------------------------------------------------------------- */

/* Whether gretl redoes the standard errors. */
static bool redoes_errors(const export_fit *fit)
{
    bool has_frequencies = fit->weights && fit->weight_kind == BEHOV_WEIGHT_FREQUENCY;
    return fit->kind != BEHOV_VCOV_CV2 && !has_frequencies && behov_vcov_n_cut(fit->results->vcov) == 0;
}

/* The regressors less their means, beside a constant: the slopes are the same, and gretl, which inverts their products,
 * keeps the digits that raw year and year^2 cost (4 per cent of a standard error). behov_turn takes the constant back. */
static void add_regressors(const export_fit *fit, behov_wording *out)
{
    if (!dialect_has_intercept(fit)) {
        behov_wording regressors = {0};
        refit_add_regressors(fit, "", &regressors);
        behov_wording_print(out, "list behov_x = %s\nmatrix behov_turn = I(%zu)\n", behov_wording_text(&regressors),
                            fit->n_kept);
        behov_wording_spend(out, &regressors);
        return;
    }
    behov_wording_print(out, "list behov_x = const\nmatrix behov_turn = I(%zu)\n", fit->n_kept);
    for (size_t k = 1, n = 1; k < fit->n_terms; k++)
        if (!fit->terms[k].is_dropped) {
            n++;
            behov_wording_print(out,
                                "series behov_c%zu = %s - mean(%s)\nbehov_turn[1,%zu] = -mean(%s)\n"
                                "behov_x += behov_c%zu\n",
                                n, fit->terms[k].identifier, fit->terms[k].identifier, n, fit->terms[k].identifier, n);
        }
}

/* ols y X, wls w y X */
static void add_estimator(const export_fit *fit, const char *options, behov_wording *out)
{
    behov_wording_add(out, fit->weights ? "wls " : "ols ");
    if (fit->weights)
        behov_wording_print(out, "%s ", fit->weights_identifier);
    behov_wording_print(out, "%s behov_x%s --quiet\n", fit->outcome_identifier, options);
}

static void add_clustered(const export_fit *fit, const char *identifier, behov_wording *out)
{
    behov_wording option = {0};
    behov_wording_print(&option, " --cluster=%s", identifier);
    add_estimator(fit, behov_wording_text(&option), out);
    if (fit->kind == BEHOV_VCOV_CV0)
        behov_wording_print(out,
                            "scalar behov_g = rows(values(%s))\n"
                            "behov_v = $vcv * ((behov_g - 1) / behov_g) * (($nobs - $ncoeff) / ($nobs - 1))\n",
                            identifier);
    else
        behov_wording_add(out, "behov_v = $vcv\n");
    behov_wording_spend(out, &option);
}

/* V_a + V_b - V_ab, each with its own factor. */
static void add_two_way(const export_fit *fit, behov_wording *out)
{
    const char *first = fit->clusters[0].identifier, *second = fit->clusters[1].identifier;
    behov_wording_print(out,
                        "matrix behov_a = values(%s)\nmatrix behov_c = values(%s)\n"
                        "series behov_pair = replace(%s, behov_a, seq(1, rows(behov_a))') * (rows(behov_c) + 1) + "
                        "replace(%s, behov_c, seq(1, rows(behov_c))')\n",
                        first, second, first, second);
    add_clustered(fit, first, out);
    behov_wording_add(out, "matrix behov_v_first = behov_v\n");
    add_clustered(fit, second, out);
    behov_wording_add(out, "matrix behov_v_second = behov_v\n");
    add_clustered(fit, "behov_pair", out);
    behov_wording_add(out, "behov_v = behov_v_first + behov_v_second - behov_v\n");
}

/* (G-1)/G sum of the squares of b without the cluster less b (CV3), or less their mean (CV3J); columns are scaled first,
 * and the roots of the weights multiplied in. */
static void add_jackknife(const export_fit *fit, behov_wording *out)
{
    add_estimator(fit, "", out);
    behov_wording_print(out,
                        "matrix behov_w = ones($nobs, 1)\n"
                        "matrix behov_scale = maxc(abs({behov_x}))\n"
                        "matrix behov_z = ({behov_x} ./ behov_scale) .* behov_w\n"
                        "matrix behov_y = {%s} .* behov_w\nmatrix behov_cluster = {%s}\n",
                        fit->outcome_identifier, fit->clusters[0].identifier);
    if (fit->weights)
        behov_wording_print(out,
                            "behov_w = sqrt({%s})\nbehov_z = ({behov_x} ./ behov_scale) .* behov_w\n"
                            "behov_y = {%s} .* behov_w\n",
                            fit->weights_identifier, fit->outcome_identifier);
    behov_wording_print(
        out,
        "matrix behov_zz = behov_z'behov_z\nmatrix behov_zy = behov_z'behov_y\n"
        "matrix behov_g = values(behov_cluster)\nmatrix behov_without = zeros(rows(behov_g), cols(behov_z))\n"
        "loop i = 1..rows(behov_g) --quiet\n"
        "    matrix behov_is = behov_cluster .= behov_g[i]\n"
        "    matrix behov_zi = selifr(behov_z, behov_is)\n"
        "    matrix behov_yi = selifr(behov_y, behov_is)\n"
        "    behov_without[i,] = (invpd(behov_zz - behov_zi'behov_zi) * (behov_zy - behov_zi'behov_yi))' ./ "
        "behov_scale\n"
        "endloop\n"
        "matrix behov_d = behov_without .- %s\n"
        "behov_v = (rows(behov_g) - 1) / rows(behov_g) * behov_d'behov_d\n",
        fit->kind == BEHOV_VCOV_CV3J ? "meanc(behov_without)" : "$coeff'");
}

static behov_status say_estimate(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = ((const script *)context)->fit;
    behov_wording_add(out, "matrix behov_v = {}\n");
    add_regressors(fit, out);
    if (!redoes_errors(fit)) {
        add_estimator(fit, "", out);
        behov_wording_add(out, "behov_v = $vcv\n");
    } else if (fit->kind == BEHOV_VCOV_CLASSICAL) {
        add_estimator(fit, "", out);
        behov_wording_add(out, "behov_v = $vcv\n");
    } else if (fit->kind <= BEHOV_VCOV_HC3) {
        behov_wording_print(out, "set hc_version %d\n", (int)(fit->kind - BEHOV_VCOV_HC0));
        add_estimator(fit, " --robust", out);
        behov_wording_add(out, "behov_v = $vcv\n");
    } else if (fit->kind == BEHOV_VCOV_CV3 || fit->kind == BEHOV_VCOV_CV3J) {
        add_jackknife(fit, out);
    } else if (fit->n_clusters == 2) {
        add_two_way(fit, out);
    } else {
        add_clustered(fit, fit->clusters[0].identifier, out);
    }
    behov_wording_add(out, "matrix behov_b = behov_turn * $coeff\n"
                           "matrix behov_se = sqrt(diag(behov_turn * behov_v * behov_turn'))\n");
    return behov_wording_status(out, err);
}

/* ---- our figures -------------------------------------------------------------------------------------------------- */

/* A row a coefficient: it, its standard error, how far each may be from gretl's; NA where there is none. */
static behov_status say_ours(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = ((const script *)context)->fit;
    behov_wording_print(out, "matrix behov_ours = zeros(%zu, 4)\n", fit->n_kept);
    size_t row = 0;
    for (size_t k = 0; k < fit->n_terms; k++) {
        const behov_coefficient *c = &fit->terms[k].coefficient;
        if (fit->terms[k].is_dropped)
            continue;
        behov_wording_print(out, "behov_ours[%zu,] = {", ++row);
        dialect_add_figure(out, c->estimate, "NA");
        behov_wording_add(out, ", ");
        dialect_add_figure(out, c->se, "NA");
        behov_wording_add(out, ", ");
        dialect_add_figure(out, refit_tolerance(c), "NA");
        behov_wording_add(out, ", ");
        dialect_add_figure(out, redoes_errors(fit) ? refit_se_tolerance(c) : NAN, "NA");
        behov_wording_add(out, "}\n");
    }
    return behov_wording_status(out, err);
}

static behov_status say_term_names(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = ((const script *)context)->fit;
    behov_wording_print(out, "strings behov_terms = array(%zu)\n", fit->n_kept);
    size_t row = 0;
    for (size_t k = 0; k < fit->n_terms; k++)
        if (!fit->terms[k].is_dropped)
            behov_wording_print(out, "behov_terms[%zu] = \"%s\"\n", ++row,
                                fit->terms[k].is_intercept ? "const" : fit->terms[k].identifier);
    return behov_wording_status(out, err);
}

static const template_value values[] = {{"data", TEMPLATE_CODE, say_data},
                                        {"derived", TEMPLATE_CODE, say_derived},
                                        {"estimate", TEMPLATE_CODE, say_estimate},
                                        {"ours", TEMPLATE_CODE, say_ours},
                                        {"term_names", TEMPLATE_CODE, say_term_names},
                                        {"columns", TEMPLATE_PROSE, refit_say_columns},
                                        {"unchecked", TEMPLATE_PROSE, refit_say_unchecked},
                                        {"say_unchecked", TEMPLATE_CODE, refit_say_unchecked_aloud},
                                        {NULL, TEMPLATE_CODE, NULL}};

const dialect dialect_gretl = {
    .name = "gretl",
    .patterns = {DIALECT_ARITHMETIC, DIALECT_COMPARISONS,
                 DIALECT_FUNCTIONS("", "log"), [BEHOV_OPERATION_POWER] = "($1 ^ $2)",
                 [BEHOV_OPERATION_AND] = "($1 && $2)", [BEHOV_OPERATION_OR] = "($1 || $2)"},
    .text = add_text,
    .comment = add_comment,
    .redoes_errors = redoes_errors,
    .aloud = BEHOV_WORD_EXPORT_ERRORS_OTHER_KIND,
    .aloud_pattern = "print \"$1\"",
    .values = values,
};
