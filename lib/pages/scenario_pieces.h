/* scenario_pieces.h - pieces of the pages of scenarios and of mergers. */
#ifndef BEHOV_SCENARIO_PIECES_H
#define BEHOV_SCENARIO_PIECES_H

#include <behov/format.h>
#include <behov/scenario_sentences.h>
#include <behov/section.h>

/* A figure in a sentence; an amount per inhabitant (scenario_amount_unit); all with the minus sign of pages. */
const char *scenario_number(const behov_fit_results *fit_results, behov_quantity quantity, double value,
                            char text[BEHOV_NUMBER_SIZE]);
/* A figure of a column: whole, or with six digits. How many of them are decimals. */
const char *scenario_value(const behov_fit_results *fit_results, double value, char text[BEHOV_NUMBER_SIZE]);
int scenario_decimals(double value);
const char *scenario_amount(const behov_fit_results *fit_results, double value, char text[BEHOV_NUMBER_SIZE]);
const char *scenario_amount_unit(const behov_fit_results *fit_results);
/* Why there is none. */
void scenario_say_no_ratio(const behov_fit_results *fit_results, behov_wording *words);
/* What a share is of, or weighted by, within a sentence, in the place of what was said. */
void scenario_say_weight(const behov_fit_results *fit_results, const char *column, behov_wording *words);
/* Notes that both have, first and last; false when there are no more. */
bool scenario_common_note(const behov_fit_results *fit_results, double level, double country_need, size_t i,
                          behov_wording *words);
bool scenario_last_note(const behov_fit_results *fit_results, size_t i, behov_wording *words);
/* A warning of a column: its figure, the lowest and the highest of the data. */
void scenario_outside(const behov_fit_results *fit_results, behov_word word, const char *place, const char *change,
                      const char *column, const double figures[3], behov_wording *words);
/* The warning of a municipality beyond the sample. */
void scenario_far(const behov_fit_results *fit_results, const char *place, double leverage, double most,
                  behov_wording *words);
/* One more mark after a semicolon; column NULL = it is of none. */
void scenario_mark_add(const behov_fit_results *fit_results, behov_word word, const char *column, behov_wording *words);

/* ---- tables ------------------------------------------------------------------------------------------------------ */

enum { SCENARIO_NEED_PAGE = 1, SCENARIO_RATIO_PAGE = 2, SCENARIO_EVERY_PAGE = 3 };

/* A column of figures that lie at an offset of a row. */
typedef struct scenario_figure {
    const char *key;
    behov_word heading;      /* may hold {unit} and {level} */
    behov_quantity quantity; /* BEHOV_Q_OUTCOME = in the outcome's unit */
    size_t offset;           /* of a double */
    unsigned pages;
    enum { SCENARIO_ALWAYS, SCENARIO_IN_KRONER, SCENARIO_IN_NO_KRONER } when;
} scenario_figure;

/* Adds those of some pages, of every page with headings that are each another: rows lie `size` bytes apart from `first` on. */
behov_status scenario_figures_add(const behov_fit_results *fit_results, double level, const scenario_figure *figures,
                                  size_t n_figures, unsigned pages, const void *first, size_t size,
                                  behov_report *report, behov_error *err) BEHOV_MUST_CHECK;
/* A column of texts (n rows of them, each may be NULL) under the heading of a word. */
behov_status scenario_texts_add(const behov_fit_results *fit_results, const char *key, behov_word heading,
                                behov_quantity quantity, const char *const *texts, behov_report *report,
                                behov_error *err) BEHOV_MUST_CHECK;
/* A section with the year in its title; the table belongs to the list, also after a failure. */
behov_status scenario_section_add(const behov_fit_results *fit_results, behov_word sheet, behov_word title, int year,
                                  const behov_wording *subtitle, size_t n_frozen_columns, behov_report *table,
                                  behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

/* ---- sections ---------------------------------------------------------------------------------------------------- */

/* The i-th sentence of scenarios or mergers; false behind the last. */
typedef bool scenario_sentence(const void *scenarios, size_t i, behov_wording *words);

/* What scenarios and mergers print: a table of needs, in a workbook of all figures, its notes, one of ratios on a page,
 * and one of what the difference is made of. */
typedef struct scenario_pages {
    const behov_fit_results *fit_results;
    const void *scenarios; /* handed to the functions */
    int year;
    bool has_names;
    void (*answer)(const void *scenarios, behov_wording *words);
    scenario_sentence *warning, *note;
    behov_status (*table)(const void *scenarios, unsigned pages, bool has_mark, const char *key, behov_report **report,
                          behov_error *err);
    behov_status (*parts)(const void *scenarios, behov_report **report, behov_error *err);
    const char *key, *ratio_key; /* of the tables */
    behov_word sheet, title, ratio_title, parts_sheet, parts_title;
    size_t n_frozen_of_parts; /* without a name */
} scenario_pages;

/* Warnings, how many more there are than are told, notes and remarks under the section added last. */
behov_status scenario_notes_add(const scenario_pages *pages, behov_section_list *list,
                                behov_error *err) BEHOV_MUST_CHECK;
behov_status scenario_pages_add(const scenario_pages *pages, bool is_workbook, behov_section_list *list,
                                behov_error *err) BEHOV_MUST_CHECK;

#endif
