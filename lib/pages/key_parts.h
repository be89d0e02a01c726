/* key_parts.h - what the sentences and the tables of cost keys share. */
#ifndef BEHOV_KEY_PARTS_H
#define BEHOV_KEY_PARTS_H

#include <behov/key_results.h>
#include <behov/labels.h>
#include <behov/number.h>
#include <behov/report.h>
#include <behov/section.h>
#include <behov/wording.h>

enum { KEY_DECIMALS = 4 }; /* those that Gront hefte prints keys and weights with */

/* A key or a weight with as many decimals. Returns `text`. */
const char *key_figure(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE]);
/* What the key of the country, or of the file, is: "1", or the sum of weights that do not sum to 1. */
const char *key_same(const behov_key_results *results, char text[BEHOV_NUMBER_SIZE]);
/* Sets as many decimals in every cell of the columns of a table from `first` to before `end`. */
behov_status key_set_decimals(behov_report *report, size_t first, size_t end, behov_error *err) BEHOV_MUST_CHECK;
/* Begins a sentence of its own line. */
void key_new_line(behov_wording *words);
/* A section with its title (freed), which says that its figures are simulated, and its notes (freed), a line each.
 * \param sheet          its name and that of its table
 * \param title, notes   NULL = none
 * \param table          belongs to the list from now on, also when adding fails */
behov_status key_add_section(behov_section_list *list, behov_language lang, behov_word sheet, behov_section section,
                             bool is_simulated, behov_wording *title, behov_wording *notes, behov_report *table,
                             behov_error *err) BEHOV_MUST_CHECK;
/* The lines of a text as notes under the section added last; frees the text. */
behov_status key_add_notes(behov_section_list *list, behov_wording *words, behov_error *err) BEHOV_MUST_CHECK;

#endif
