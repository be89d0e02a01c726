/* refit.c - see refit.h. */
#include "refit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/design.h>

static bool names_column(const export_fit *fit, const behov_expression *expression, size_t column)
{
    for (size_t i = 0; expression && i < behov_expression_n_columns(expression); i++)
        if (export_fit_find_column(fit, behov_expression_column(expression, i)) == column)
            return true;
    return false;
}

bool refit_uses_column(const export_fit *fit, size_t column)
{
    if (names_column(fit, fit->outcome, column) || names_column(fit, fit->weights, column))
        return true;
    for (size_t i = 0; i < fit->n_clusters; i++)
        if (names_column(fit, fit->clusters[i].expression, column))
            return true;
    for (size_t k = 0; k < fit->n_terms; k++)
        for (size_t i = 0; i < fit->terms[k].n_parts; i++) {
            const export_part *part = &fit->terms[k].parts[i];
            if (part->expression ? names_column(fit, part->expression, column) : part->column == column)
                return true;
        }
    return false;
}

size_t *refit_columns(const export_fit *fit)
{
    size_t *columns = malloc((fit->n_columns + 1) * sizeof *columns), n = 0;
    if (!columns)
        return NULL;
    for (size_t j = 0; j < fit->n_columns; j++)
        if (refit_uses_column(fit, j))
            columns[n++] = j;
    columns[n] = fit->n_columns;
    return columns;
}

bool refit_uses_row(const export_fit *fit, size_t i)
{
    return behov_design_fate(fit->results->design, behov_row_at(fit->rows, i)) == BEHOV_ROW_ESTIMATED;
}

double refit_n_observations(const export_fit *fit)
{
    return behov_design_n_observations(fit->results->design);
}

double refit_tolerance(const behov_coefficient *coefficient)
{
    double size = fabs(coefficient->estimate), se = coefficient->se;
    if (!(se > 0))
        return 1e-7 * size;
    return 1e-7 * fmax(fmin(se, size), 0.1 * se);
}

double refit_se_tolerance(const behov_coefficient *coefficient)
{
    return coefficient->se > 0 ? 1e-7 * coefficient->se : NAN;
}

void refit_add_regressors(const export_fit *fit, const char *intercept, behov_wording *out)
{
    for (size_t k = 0; k < fit->n_terms; k++) {
        const export_term *term = &fit->terms[k];
        const char *name = term->is_intercept ? intercept : term->identifier;
        if (!term->is_dropped && name[0])
            behov_wording_add_after(out, " ", name);
    }
}

static behov_status say_unchecked(const script *script, behov_word sentence, const char *pattern, behov_wording *out,
                                  behov_error *err)
{
    behov_wording words = {0};
    if (script->dialect->redoes_errors(script->fit))
        return BEHOV_OK;
    behov_wording_fill(&words, script->fit->lang, sentence, "program", script->dialect->name, NULL);
    dialect_add_pattern(out, pattern, behov_wording_text(&words), "");
    behov_wording_spend(out, &words);
    return behov_wording_status(out, err);
}

behov_status refit_say_unchecked(const void *context, behov_wording *out, behov_error *err)
{
    return say_unchecked(context, BEHOV_WORD_EXPORT_ERRORS_NOT_REDONE, "$1", out, err);
}

behov_status refit_say_unchecked_aloud(const void *context, behov_wording *out, behov_error *err)
{
    const script *script = context;
    return say_unchecked(script, script->dialect->aloud, script->dialect->aloud_pattern, out, err);
}

behov_status refit_say_columns(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = ((const script *)context)->fit;
    for (size_t j = 0; j < fit->n_columns; j++) {
        const export_column *column = &fit->columns[j];
        if (!refit_uses_column(fit, j))
            continue;
        behov_wording line = {0};
        behov_wording_print(&line, "%s: %s", column->identifier, column->label);
        if (column->unit[0] && !strstr(column->label, column->unit))
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
