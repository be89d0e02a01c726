/* country.h - whether a panel holds the country: nearly every municipality of each of its years. */
#ifndef BEHOV_COUNTRY_H
#define BEHOV_COUNTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "expression.h"
#include "panel.h"
#include "phrase.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Of its municipalities, for a panel to be called the country.
enum { BEHOV_LEAST_PER_CENT_OF_COUNTRY = 95 };

/// How many municipalities Norway has on 1 January of a year, by the catalogue that the table in country.c names; 0 for
/// years before it begins. Years after its last change have the last number.
BEHOV_API int behov_country_n_municipalities(int year);
/// About how many inhabitants Norway had on 1 January of a year, not more: that of the nearest earlier year of the table in
/// country.c; 0 for years before it begins.
BEHOV_API double behov_country_least_inhabitants(int year);
/// Whether so many municipalities with so many inhabitants are nearly the country: 95 per cent of both. Inhabitants that are
/// not known (NaN, 0) are not looked at; without a number of municipalities (a year before the table) they are not.
BEHOV_API bool behov_country_is_nearly(size_t n_municipalities, double inhabitants, int year);
/// Whether every year of the panel has at least 95 per cent of them, rows that the condition leaves out not counted
/// (NULL leaves out none). False without codes or years, for then it cannot be known. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_country_is_in(const behov_panel *panel, const behov_table *table,
                                           const behov_expression *left_out, bool *is_in,
                                           behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
