/* remarks.h - what a page that compares municipalities or years has to say of its data, a sentence each. */
#ifndef BEHOV_CLI_REMARKS_H
#define BEHOV_CLI_REMARKS_H

#include <stdbool.h>
#include <stdio.h>

#include "directory.h"
#include "results.h"
#include "section.h"
#include "wording.h"

typedef enum remark {
    REMARK_COUNTRY,  /* whom a condition leaves out of the country that figures are held against */
    REMARK_CODES,    /* a municipality has a new code in a later year and counts as two */
    REMARK_CLUSTERS, /* the intervals stand on too few clusters, or on hardly any */
    REMARK_PRICES,   /* amounts of several years are not adjusted for prices */
    N_REMARKS
} remark;

/* The remarks of a page, as bits. */
enum { COUNTRY_REMARK = 1u << REMARK_COUNTRY, CODES_REMARK = 1u << REMARK_CODES,
       CLUSTERS_REMARK = 1u << REMARK_CLUSTERS, PRICES_REMARK = 1u << REMARK_PRICES, EVERY_REMARK = 15u };

/* The sentence, or nothing where it does not hold. What the sentence said before is gone. */
void remark_say(const results *fitted, remark which, wording *words);
/* Those of the bits as notes under the section added last, as lines. BEHOV_E_MEMORY. */
behov_status remarks_add(const results *fitted, unsigned which, section_list *list, behov_error *err) BEHOV_MUST_CHECK;
behov_status remarks_print(const results *fitted, unsigned which, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* "Standard errors: cluster-robust ..." as a note under the section added last. */
behov_status remarks_add_errors(section_list *list, const results *fitted, behov_error *err) BEHOV_MUST_CHECK;
/* "0301 Oslo", "12 municipalities": those that have no row but such as a condition leaves out; nothing when there is
 * none, or no column of codes. */
void remark_left_out_names(const results *fitted, wording *words);

/* Whether a condition leaves every row of the municipality out. */
bool remark_is_left_out(const results *fitted, const municipality *asked_for);
/* BEHOV_E_DATA that says so, and how it takes part again, when it does; else BEHOV_OK. */
behov_status remark_refuse_left_out(const results *fitted, const municipality *asked_for, const char *where,
                                    behov_error *err) BEHOV_MUST_CHECK;
/* Those of a list: a note on standard error for each of some, BEHOV_E_DATA when the condition leaves no one of them. */
behov_status remark_refuse_all_left_out(const results *fitted, const municipality *places, const size_t *listed,
                                        size_t n_listed, const char *where, behov_error *err) BEHOV_MUST_CHECK;

#endif
