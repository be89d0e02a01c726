/* filing_tables.h - net operating expenditure out of a municipality's own KOSTRA filing as sentences and a table. */
#ifndef BEHOV_FILING_TABLES_H
#define BEHOV_FILING_TABLES_H

#include "error.h"
#include "kostra_filing.h"
#include "language.h"
#include "phrase.h"
#include "report.h"
#include "section.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is said of a filing (all borrowed). */
typedef struct behov_filing_page {
    const behov_kostra_net *net;
    const char *const *functions; /* as they were summed */
    size_t n_functions;
    double inhabitants; /* 0 = not given */
    bool is_whole;      /* the functions are all of social assistance */
    behov_language lang;
} behov_filing_page;

/// What a filing is of, what it adds up to by function and in total, and per inhabitant.
BEHOV_API void behov_filing_say(const behov_filing_page *page, const behov_kostra_filing *filing, behov_wording *words);
/// How it was computed and how surely, what was left out of it, and what is odd in it: a sentence on each line.
BEHOV_API void behov_filing_say_notes(const behov_filing_page *page, const behov_kostra_filing *filing,
                                      behov_wording *words);
/// A row for each function and one for their sum ("242+243"), of each filing (returned, free with behov_report_free).
BEHOV_API behov_status behov_filing_table(const behov_filing_page *page, behov_report **report,
                                          behov_error *err) BEHOV_MUST_CHECK;
/// The table with these sentences under it.
BEHOV_API behov_status behov_filing_add(const behov_filing_page *page, behov_section_list *list,
                                        behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
