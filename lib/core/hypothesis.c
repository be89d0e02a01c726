/* hypothesis.c - linear hypotheses R b = r about coefficients: made, spelt, their rank.
 *
 * Rank is decided on rows of length 1 in units of the scaled columns (design exponents), so that it does not depend on
 * units. Text is read by hypothesis_text.c, the test is test.c. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "test_parts.h"
#include "token.h"

/* Weights as users write them (1/3, 0.1) differ from exact dependence by rounding, 1e-16; a restriction that is meant
 * to be another one differs by far more. */
static const double dependent_tolerance = 1e-10;

void behov_hypothesis_free(behov_hypothesis *hypothesis)
{
    if (!hypothesis)
        return;
    for (size_t i = 0; hypothesis->texts && i < 2 * hypothesis->n_restrictions; i++)
        free(hypothesis->texts[i]);
    for (size_t k = 0; hypothesis->names && k < hypothesis->n_regressors; k++)
        free(hypothesis->names[k]);
    free(hypothesis->names);
    free(hypothesis->texts);
    free(hypothesis->matrix);
    free(hypothesis->values);
    free(hypothesis);
}

static behov_status spell(behov_hypothesis *hypothesis, size_t i, behov_error *err)
{
    behov_spelling spelling = {0};
    bool is_first = true;
    for (size_t k = 0; k < hypothesis->n_regressors; k++) {
        double weight = hypothesis->matrix[i * hypothesis->n_regressors + k];
        if (weight == 0)
            continue;
        behov_spell(&spelling, is_first ? (weight < 0 ? "-" : "") : weight < 0 ? " - " : " + ");
        is_first = false;
        if (fabs(weight) != 1) {
            behov_spell_number(&spelling, fabs(weight));
            behov_spell(&spelling, "*");
        }
        behov_spell(&spelling, hypothesis->names[k]);
    }
    if (!spelling.has_failed && spelling.text)
        hypothesis->texts[hypothesis->n_restrictions + i] = behov_copy_text(spelling.text, spelling.length);
    behov_spell(&spelling, " = ");
    behov_spell_number(&spelling, hypothesis->values[i]);
    hypothesis->texts[i] = spelling.text;
    return spelling.has_failed || !hypothesis->texts[hypothesis->n_restrictions + i]
               ? behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS)
               : BEHOV_OK;
}

/* Gram-Schmidt with one repetition on the rows of R in scaled units; r goes along. A row of which nothing is left
 * follows from those before it, or contradicts them. */
static behov_status check_rank(const behov_hypothesis *hypothesis, const behov_design *design, const size_t *positions,
                               behov_error *err)
{
    size_t q = hypothesis->n_restrictions, n = hypothesis->n_regressors;
    double *basis = behov_alloc(q, n * sizeof *basis), *values = behov_alloc(q, 2 * sizeof *values);
    double *weights = behov_alloc(q, q * sizeof *weights), *lengths = values ? values + q : NULL;
    behov_status status =
        basis && values && weights ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS);
    for (size_t i = 0; i < q && !status; i++) {
        double *row = basis + i * n, *weight = weights + i * q, length = 0, rest = 0;
        for (size_t k = 0; k < n; k++) {
            row[k] = ldexp(hypothesis->matrix[i * n + k], -behov_design_exponent(design, k));
            length = hypot(length, row[k]);
        }
        lengths[i] = length;
        values[i] = hypothesis->values[i] / length;
        weight[i] = 1;
        double scale = fabs(values[i]);
        for (size_t k = 0; k < n; k++)
            row[k] /= length;
        for (int pass = 0; pass < 2; pass++)
            for (size_t j = 0; j < i; j++) {
                double dot = 0;
                for (size_t k = 0; k < n; k++)
                    dot += basis[j * n + k] * row[k];
                for (size_t k = 0; k < n; k++)
                    row[k] -= dot * basis[j * n + k];
                for (size_t k = 0; k <= j; k++)
                    weight[k] -= dot * weights[j * q + k];
                values[i] -= dot * values[j];
                scale = fabs(dot * values[j]) > scale ? fabs(dot * values[j]) : scale;
            }
        for (size_t k = 0; k < n; k++)
            rest = hypot(rest, row[k]);
        if (rest > dependent_tolerance) {
            for (size_t k = 0; k < n; k++)
                row[k] /= rest;
            for (size_t k = 0; k <= i; k++)
                weight[k] /= rest;
            values[i] /= rest;
            continue;
        }
        behov_said others = {""};
        for (size_t j = 0, shown = 0; j < i && shown + 100 < 280; j++)
            if (fabs(weight[j]) > dependent_tolerance) {
                behov_excerpt other = behov_cut(hypothesis->texts[j], 90);
                others =
                    shown ? behov_phrase(SAY_LIST_AND, others.text, other.text) : behov_phrase(SAY_MESSAGE, other.text);
                shown += strlen(other.text) + (shown ? strlen(" and ") : 0);
            }
        behov_said where = positions ? behov_phrase(SAY_HYPOTHESIS_WHERE_POSITION, positions[i])
                                     : behov_phrase(SAY_HYPOTHESIS_WHERE_RESTRICTION, i + 1);
        bool follows = fabs(values[i]) <= dependent_tolerance * scale;
        status = (follows ? behov_error_say(err, BEHOV_E_RANK, where.text, SAY_HYPOTHESIS_FOLLOWS,
                                            behov_cut(hypothesis->texts[i], 90).text, others.text)
                          : behov_error_say(err, BEHOV_E_RANK, where.text, SAY_HYPOTHESIS_CONTRADICTS,
                                            behov_cut(hypothesis->texts[i], 90).text, others.text));
    }
    free(basis), free(values), free(weights);
    return status;
}

behov_status hypothesis_new(const behov_design *design, size_t n_restrictions, const double *matrix,
                            const double *values, const size_t *positions, behov_hypothesis **hypothesis,
                            behov_error *err)
{
    size_t n = behov_design_n_regressors(design);
    if (n_restrictions == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_NONE);
    if (n_restrictions > n)
        return behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_TOO_MANY, n_restrictions, n);
    behov_hypothesis *new_hypothesis = behov_alloc(1, sizeof *new_hypothesis);
    if (!new_hypothesis)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS);
    new_hypothesis->n_restrictions = n_restrictions;
    new_hypothesis->n_regressors = n;
    new_hypothesis->matrix = behov_alloc(n_restrictions, n * sizeof *new_hypothesis->matrix);
    new_hypothesis->values = behov_alloc(n_restrictions, sizeof *new_hypothesis->values);
    new_hypothesis->texts = behov_alloc(n_restrictions, 2 * sizeof *new_hypothesis->texts);
    new_hypothesis->names = behov_alloc(n, sizeof *new_hypothesis->names);
    behov_status status =
        new_hypothesis->matrix && new_hypothesis->values && new_hypothesis->texts && new_hypothesis->names
            ? BEHOV_OK
            : behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS);
    for (size_t k = 0; k < n && !status; k++) {
        const char *name = behov_design_regressor(design, k);
        if (!(new_hypothesis->names[k] = behov_copy_text(name, strlen(name))))
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_HYPOTHESIS);
    }
    for (size_t i = 0; i < n_restrictions && !status; i++) {
        bool is_usable = false;
        for (size_t k = 0; k < n; k++) {
            new_hypothesis->matrix[i * n + k] = matrix[i * n + k] + 0.0; /* no -0 */
            is_usable = is_usable || matrix[i * n + k] != 0;
        }
        new_hypothesis->values[i] = values[i] + 0.0;
        for (size_t k = 0; k < n; k++)
            is_usable = is_usable && isfinite(matrix[i * n + k]) && isfinite(values[i]);
        status = is_usable ? spell(new_hypothesis, i, err)
                           : behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_NOT_USABLE,
                                             i + 1);
    }
    if (!status)
        status = check_rank(new_hypothesis, design, positions, err);
    if (status)
        behov_hypothesis_free(new_hypothesis);
    else
        *hypothesis = new_hypothesis;
    return status;
}

behov_status behov_hypothesis_new(const behov_design *design, size_t n_restrictions, const double *matrix,
                                  const double *values, behov_hypothesis **hypothesis, behov_error *err)
{
    return hypothesis_new(design, n_restrictions, matrix, values, NULL, hypothesis, err);
}

size_t behov_hypothesis_n_restrictions(const behov_hypothesis *hypothesis)
{
    return hypothesis->n_restrictions;
}

size_t behov_hypothesis_n_regressors(const behov_hypothesis *hypothesis)
{
    return hypothesis->n_regressors;
}

const double *behov_hypothesis_matrix(const behov_hypothesis *hypothesis)
{
    return hypothesis->matrix;
}

const double *behov_hypothesis_values(const behov_hypothesis *hypothesis)
{
    return hypothesis->values;
}

const char *behov_hypothesis_text(const behov_hypothesis *hypothesis, size_t i)
{
    return hypothesis->texts[i];
}

const char *behov_hypothesis_left(const behov_hypothesis *hypothesis, size_t i)
{
    return hypothesis->texts[hypothesis->n_restrictions + i];
}
