/* dialect_microdata.c - microdata.no, Statistics Norway's service for analyses of registers of persons.
 *
 * Nobody brings figures of his own there, and what a municipality spends is in no register of persons: the script states
 * the model in the service's commands, with what is to be filled in marked as such, and our figures in comments. It
 * checks nothing. What it uses of the language is what the service's manual documents (microdata.no/manual, 2.3 import,
 * 2.4 import-panel, 2.8 collapse, 3.1 generate, 5.4 regress with robust and cluster()); nothing of it was run.
 *
 * No name of a register's variable is made up: there is one alone, BEFOLKNING_KOMMNR_FORMELL, from the manual. */
#include "dialects.h"

#include <math.h>

#include <behov/number.h>

#include "refit.h"

static const export_fit *fit_of(const void *context)
{
    return ((const script *)context)->fit;
}

/* Texts stand between single quotes, for which the language has no escape. */
static void add_text(behov_wording *out, const char *text)
{
    behov_wording_add(out, "'");
    for (; *text; text++)
        behov_wording_add(out, *text == '\'' ? "\xE2\x80\x99" : *text == '$' ? "\xEF\xBC\x84" : (char[]){*text, '\0'});
    behov_wording_add(out, "'");
}

/* $name is the value of a binding. */
static void add_comment(behov_wording *out, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (line[i] == '$')
            behov_wording_add(out, "\xEF\xBC\x84");
        else
            behov_wording_add_letter(out, (unsigned char)line[i] < ' ' ? ' ' : line[i]);
}

/* " 2012-01-01 2013-01-01", the first of January of each year of the rows estimated on. */
static behov_status say_dates(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    double last = -INFINITY;
    while (fit->year < fit->n_columns && !fit->columns[fit->year].is_text) {
        double next = INFINITY;
        for (size_t i = 0; i < fit->n_rows; i++) {
            double year = export_fit_number(fit, fit->year, behov_row_at(fit->rows, i));
            if (refit_uses_row(fit, i) && year > last && year < next)
                next = year;
        }
        if (!(next >= 1000 && next <= 9999))
            break;
        behov_wording_print(out, "%s%d-01-01", out->length ? " " : "", (int)next);
        last = next;
    }
    if (!out->length)
        behov_wording_add(out, "<YYYY-MM-DD>");
    return behov_wording_status(out, err);
}

static behov_status say_column_list(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    for (size_t j = 0; j < fit->n_columns; j++)
        if (refit_uses_column(fit, j) && j != fit->year && j != fit->code)
            behov_wording_add_after(out, " ", fit->columns[j].identifier);
    return behov_wording_status(out, err);
}

static behov_status say_derived(const void *context, behov_wording *out, behov_error *err)
{
    behov_status status = dialect_add_derived(context, "generate $1 = $2\n", out, err);
    return status ? status : behov_wording_status(out, err);
}

static behov_status say_regression(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    behov_wording regressors = {0};
    refit_add_regressors(fit, "", &regressors);
    behov_wording_print(out, "regress %s %s", fit->outcome_identifier, behov_wording_text(&regressors));
    if (behov_vcov_kind_is_clustered(fit->kind))
        behov_wording_print(out, ", cluster(%s)", fit->clusters[0].identifier);
    else if (fit->kind != BEHOV_VCOV_CLASSICAL)
        behov_wording_add(out, ", robust");
    behov_wording_spend(out, &regressors);
    return behov_wording_status(out, err);
}

/* "disabled_18_49  0.27599995170929741  0.034999998872521113": prose, a line each. */
static behov_status say_our_figures(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    for (size_t k = 0; k < fit->n_terms; k++) {
        const export_term *term = &fit->terms[k];
        if (term->is_dropped)
            continue;
        behov_wording line = {0};
        behov_wording_print(&line, "%s  ", term->is_intercept ? "_cons" : term->identifier);
        dialect_add_figure(&line, term->coefficient.estimate, ".");
        behov_wording_add(&line, "  ");
        dialect_add_figure(&line, term->coefficient.se, ".");
        behov_wording_add_after(out, "\n", behov_wording_text(&line));
        behov_wording_spend(out, &line);
    }
    return behov_wording_status(out, err);
}

/* What the service's regress has not: weights, a second key, errors of other kinds, a regression through the origin. */
static behov_status say_lacking(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    bool has_intercept = dialect_has_intercept(fit);
    bool is_plain = fit->kind == BEHOV_VCOV_CLASSICAL || fit->kind == BEHOV_VCOV_HC1 || fit->kind == BEHOV_VCOV_CV1;
    if (fit->weights || fit->n_clusters > 1 || !is_plain || !has_intercept)
        behov_wording_add(out, behov_label(fit->lang, BEHOV_WORD_EXPORT_MICRODATA_LACKS));
    return behov_wording_status(out, err);
}

static const template_value values[] = {{"dates", TEMPLATE_CODE, say_dates},
                                        {"column_list", TEMPLATE_CODE, say_column_list},
                                        {"derived", TEMPLATE_CODE, say_derived},
                                        {"regression", TEMPLATE_CODE, say_regression},
                                        {"our_figures", TEMPLATE_PROSE, say_our_figures},
                                        {"columns", TEMPLATE_PROSE, refit_say_columns},
                                        {"lacking", TEMPLATE_PROSE, say_lacking},
                                        {NULL, TEMPLATE_CODE, NULL}};

const dialect dialect_microdata = {
    .name = "microdata.no",
    .patterns = {DIALECT_ARITHMETIC, DIALECT_COMPARISONS,
                 DIALECT_FUNCTIONS("", "ln"), [BEHOV_OPERATION_POWER] = "($1 ** $2)",
                 [BEHOV_OPERATION_AND] = "($1 & $2)", [BEHOV_OPERATION_OR] = "($1 | $2)"},
    .text = add_text,
    .comment = add_comment,
    .values = values,
};
