/* dialect_stata.c - Stata, from version 14 on (UTF-8): a fit refitted by `regress`.
 *
 *   classical, HC1, HC2, HC3   regress, vce(ols | robust | hc2 | hc3)
 *   HC0, CV0                   HC1, CV1 by their factor
 *   CV1                        vce(cluster c);  two keys: V_a + V_b - V_ab, each with its own factor
 *   CV2                        vce(hc2 c, dfadjust), from version 18 on
 *   CV3, CV3J                  vce(jackknife, cluster(c) mse), without mse
 *
 * Precision weights are aweights, frequencies fweights; beside weights hc2, hc3 and jackknife are left out. There was no
 * Stata at hand: no script was run.
 * Texts are written piece by piece, a quote, ` $ and \ by their number, so that no macro is ever read out of them. */
#include "dialects.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>
#include <behov/fit.h>
#include <behov/table.h>

#include "refit.h"

enum { LONGEST_TEXT = 2045 /* of str; a longer one is strL */ };

static const export_fit *fit_of(const void *context)
{
    return ((const script *)context)->fit;
}

/* ("Gj" + char(36) + "vik"); Stata takes each piece as it stands. */
static void add_text(behov_wording *out, const char *text)
{
    bool is_open = false, is_empty = true;
    behov_wording_add(out, "(");
    for (; *text; text++, is_empty = false) {
        bool is_hostile = strchr("\"'`$\\", *text) != NULL;
        if (is_hostile) {
            behov_wording_print(out, "%s%schar(%d)", is_open ? "\"" : "", is_empty ? "" : " + ", *text);
            is_open = false;
            continue;
        }
        if (!is_open)
            behov_wording_print(out, "%s\"", is_empty ? "" : " + ");
        is_open = true;
        behov_wording_add_letter(out, *text);
    }
    behov_wording_add(out, is_open ? "\")" : is_empty ? "\"\")" : ")");
}

/* In a comment that begins with *, Stata reads macros, begins others at slash and star, and goes on behind three slashes. */
static void add_comment(behov_wording *out, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char before = '\0';
        if (i > 0)
            before = line[i - 1];
        if ((before == '/' && (line[i] == '*' || line[i] == '/')) || (before == '*' && line[i] == '/'))
            behov_wording_add(out, " ");
        if (line[i] == '`')
            behov_wording_add(out, "\xE2\x80\x98");
        else if (line[i] == '$')
            behov_wording_add(out, "\xEF\xBC\x84");
        else
            behov_wording_add_letter(out, (unsigned char)line[i] < ' ' ? ' ' : line[i]);
    }
}

/* ---- data --------------------------------------------------------------------------------------------------------- */

/* The number of a text's level stands in the rows; its text is put there afterwards. */
static void add_row(const export_fit *fit, const size_t *columns, size_t row, behov_wording *out)
{
    for (const size_t *column = columns; *column < fit->n_columns; column++) {
        behov_wording_add(out, column == columns ? "" : " ");
        if (!fit->columns[*column].is_text) {
            dialect_add_figure(out, export_fit_number(fit, *column, row), ".");
            continue;
        }
        const behov_table *table = fit->results->study->table;
        int32_t code = behov_table_codes(table, fit->columns[*column].table_column)[row];
        if (code >= 0)
            behov_wording_print(out, "%ld", (long)code + 1);
        else
            behov_wording_add(out, ".");
    }
    behov_wording_add(out, "\n");
}

static void add_levels(const export_fit *fit, size_t column, behov_wording *out)
{
    const export_column *c = &fit->columns[column];
    const behov_dictionary *levels = behov_table_levels(fit->results->study->table, c->table_column);
    size_t longest = 1;
    for (size_t i = 0; i < behov_dictionary_count(levels); i++) {
        size_t length = strlen(behov_dictionary_text(levels, (int32_t)i));
        longest = length > longest ? length : longest;
    }
    behov_wording_print(out, "rename %s behov_level\n", c->identifier);
    if (longest <= LONGEST_TEXT)
        behov_wording_print(out, "generate str%zu %s = \"\"\n", longest, c->identifier);
    else
        behov_wording_print(out, "generate strL %s = \"\"\n", c->identifier);
    for (size_t i = 0; i < behov_dictionary_count(levels); i++) {
        behov_wording_print(out, "quietly replace %s = ", c->identifier);
        add_text(out, behov_dictionary_text(levels, (int32_t)i));
        behov_wording_print(out, " if behov_level == %zu\n", i + 1);
    }
    behov_wording_add(out, "drop behov_level\n");
}

static behov_status say_data(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    size_t *columns = refit_columns(fit);
    if (!columns)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_EXPORT_NO_MEMORY);
    behov_wording_add(out, "input");
    for (const size_t *column = columns; *column < fit->n_columns; column++)
        behov_wording_print(out, " double %s", fit->columns[*column].identifier);
    behov_wording_add(out, "\n");
    for (size_t i = 0; i < fit->n_rows; i++)
        if (refit_uses_row(fit, i))
            add_row(fit, columns, behov_row_at(fit->rows, i), out);
    behov_wording_add(out, "end\n");
    for (const size_t *column = columns; *column < fit->n_columns; column++)
        if (fit->columns[*column].is_text)
            add_levels(fit, *column, out);
    behov_wording_print(out, "assert _N == %zu", fit->n_estimated);
    free(columns);
    return behov_wording_status(out, err);
}

static behov_status say_derived(const void *context, behov_wording *out, behov_error *err)
{
    behov_status status = dialect_add_derived(context, "generate double $1 = $2\n", out, err);
    return status ? status : behov_wording_status(out, err);
}

/* ---- the refit ---------------------------------------------------------------------------------------------------- */

/* Which weights hc2, hc3 and jackknife take could not be tried. */
static bool redoes_errors(const export_fit *fit)
{
    bool takes_weights = fit->kind == BEHOV_VCOV_CLASSICAL || fit->kind == BEHOV_VCOV_HC0 ||
                         fit->kind == BEHOV_VCOV_HC1 || fit->kind == BEHOV_VCOV_CV0 || fit->kind == BEHOV_VCOV_CV1;
    return behov_vcov_n_cut(fit->results->vcov) == 0 && (takes_weights || !fit->weights);
}

/* regress y x [aw = w], vce(...) noconstant */
static void add_regress(const export_fit *fit, const char *vce, behov_wording *out)
{
    behov_wording regressors = {0};
    bool has_intercept = dialect_has_intercept(fit);
    refit_add_regressors(fit, "", &regressors);
    behov_wording_print(out, "regress %s %s", fit->outcome_identifier, behov_wording_text(&regressors));
    if (fit->weights)
        behov_wording_print(out, " [%s = %s]", fit->weight_kind == BEHOV_WEIGHT_FREQUENCY ? "fweight" : "aweight",
                            fit->weights_identifier);
    behov_wording_print(out, ", vce(%s)%s\n", vce, has_intercept ? "" : " noconstant");
    behov_wording_spend(out, &regressors);
}

static void add_clustered(const export_fit *fit, const char *key, behov_wording *out)
{
    behov_wording vce = {0};
    behov_wording_print(&vce, "cluster %s", key);
    add_regress(fit, behov_wording_text(&vce), out);
    behov_wording_add(out, "matrix behov_v = e(V)\n");
    if (fit->kind == BEHOV_VCOV_CV0)
        behov_wording_add(out, "matrix behov_v = behov_v * (((e(N_clust) - 1) / e(N_clust)) * ((e(N) - "
                               "e(rank)) / (e(N) - 1)))\n");
    behov_wording_spend(out, &vce);
}

/* A key of text is numbered: not every version takes texts for clusters. */
static void add_keys(const export_fit *fit, behov_wording *out)
{
    for (size_t i = 0; i < fit->n_clusters; i++)
        behov_wording_print(out, "egen long behov_key_%zu = group(%s)\n", i + 1, fit->clusters[i].identifier);
}

static void add_two_way(const export_fit *fit, behov_wording *out)
{
    behov_wording_add(out, "egen long behov_pair = group(behov_key_1 behov_key_2)\n");
    add_clustered(fit, "behov_key_1", out);
    behov_wording_add(out, "matrix behov_sum = behov_v\n");
    add_clustered(fit, "behov_key_2", out);
    behov_wording_add(out, "matrix behov_sum = behov_sum + behov_v\n");
    add_clustered(fit, "behov_pair", out);
    behov_wording_add(out, "matrix behov_v = behov_sum - behov_v\n");
}

static behov_status say_estimate(const void *context, behov_wording *out, behov_error *err)
{
    static const char *const vce[] = {
        [BEHOV_VCOV_CLASSICAL] = "ols",
        [BEHOV_VCOV_HC0] = "robust",
        [BEHOV_VCOV_HC1] = "robust",
        [BEHOV_VCOV_HC2] = "hc2",
        [BEHOV_VCOV_HC3] = "hc3",
        [BEHOV_VCOV_CV2] = "hc2 behov_key_1, dfadjust",
        [BEHOV_VCOV_CV3] = "jackknife, cluster(behov_key_1) mse",
        [BEHOV_VCOV_CV3J] = "jackknife, cluster(behov_key_1)",
    };
    const export_fit *fit = fit_of(context);
    if (behov_vcov_kind_is_clustered(fit->kind))
        add_keys(fit, out);
    if (!redoes_errors(fit)) {
        add_regress(fit, "ols", out);
        behov_wording_add(out, "matrix behov_v = e(V)\n");
    } else if (fit->kind == BEHOV_VCOV_CV0 || fit->kind == BEHOV_VCOV_CV1) {
        if (fit->n_clusters == 2)
            add_two_way(fit, out);
        else
            add_clustered(fit, "behov_key_1", out);
    } else {
        add_regress(fit, vce[fit->kind], out);
        behov_wording_add(out, "matrix behov_v = e(V)\n");
        if (fit->kind == BEHOV_VCOV_HC0)
            behov_wording_add(out, "matrix behov_v = behov_v * ((e(N) - e(rank)) / e(N))\n");
    }
    return behov_wording_status(out, err);
}

/* behov_check NAME OURS ERROR TOLERANCE ERROR-TOLERANCE, a line each. */
static behov_status say_checks(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    for (size_t k = 0; k < fit->n_terms; k++) {
        const export_term *term = &fit->terms[k];
        const double figures[] = {term->coefficient.estimate, term->coefficient.se, refit_tolerance(&term->coefficient),
                                  redoes_errors(fit) ? refit_se_tolerance(&term->coefficient) : NAN};
        if (term->is_dropped)
            continue;
        behov_wording_print(out, "behov_check %s", term->is_intercept ? "_cons" : term->identifier);
        for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
            behov_wording_add(out, " ");
            dialect_add_figure(out, figures[i], ".");
        }
        behov_wording_add(out, "\n");
    }
    return behov_wording_status(out, err);
}

/* CV2 came with version 18, the rest is older than 14, the first that reads UTF-8. */
static behov_status say_version(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, fit_of(context)->kind == BEHOV_VCOV_CV2 ? "18" : "14");
    return behov_wording_status(out, err);
}

static const template_value values[] = {{"data", TEMPLATE_CODE, say_data},
                                        {"derived", TEMPLATE_CODE, say_derived},
                                        {"estimate", TEMPLATE_CODE, say_estimate},
                                        {"checks", TEMPLATE_CODE, say_checks},
                                        {"stata_version", TEMPLATE_CODE, say_version},
                                        {"columns", TEMPLATE_PROSE, refit_say_columns},
                                        {"unchecked", TEMPLATE_PROSE, refit_say_unchecked},
                                        {"say_unchecked", TEMPLATE_CODE, refit_say_unchecked_aloud},
                                        {NULL, TEMPLATE_CODE, NULL}};

const dialect dialect_stata = {
    .name = "Stata",
    .patterns = {DIALECT_ARITHMETIC, DIALECT_COMPARISONS,
                 DIALECT_FUNCTIONS("", "ln"), [BEHOV_OPERATION_POWER] = "($1^$2)", [BEHOV_OPERATION_AND] = "($1 & $2)",
                 [BEHOV_OPERATION_OR] = "($1 | $2)"},
    .text = add_text,
    .comment = add_comment,
    .redoes_errors = redoes_errors,
    .aloud = BEHOV_WORD_EXPORT_ERRORS_OTHER_KIND,
    .aloud_pattern = "display \"$1\"",
    .values = values,
};
