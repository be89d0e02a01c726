/* given_coefficients.c - see given_coefficients.h. */
#include <behov/given_coefficients.h>

#include <stdlib.h>

void behov_given_coefficients_free(behov_given_coefficients *given)
{
    for (size_t i = 0; i < given->n; i++)
        free(given->terms[i]);
    for (size_t i = 0; i < given->n_levels; i++) {
        free((char *)given->levels[i].factor);
        free((char *)given->levels[i].level);
    }
    for (size_t i = 0; i < given->n_columns; i++)
        free(given->columns[i].name);
    free(given->columns);
    behov_model_free(&given->names);
    behov_dictionary_free(given->dictionary);
    free(given->levels);
    free(given->terms);
    free(given->estimates);
    free(given->formula);
    free(given->exclude);
    *given = (behov_given_coefficients){0};
}
