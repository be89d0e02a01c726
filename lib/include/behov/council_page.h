/* council_page.h - the page for a municipal council: one HTML file that asks for nothing beside itself.
 *
 * It is made in memory of the figures of council.h, in the language of the study. What is of one municipality comes in
 * pieces, so that a page of many can hold those of all but the first packed and show one at a time; everything else is of
 * all. Nothing has a style attribute or a script in it, so that the page's policy can forbid both. */
#ifndef BEHOV_COUNCIL_PAGE_H
#define BEHOV_COUNCIL_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "council.h"
#include "council_charts.h"
#include "error.h"
#include "phrase.h"
#include "ratio_map.h"
#include "section.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What is of one municipality.
typedef enum behov_council_piece {
    BEHOV_COUNCIL_ANSWER = 0, /* what was spent against need; the year and the level */
    BEHOV_COUNCIL_SURE,       /* how sure that is; over the years */
    BEHOV_COUNCIL_WHY,        /* what makes the need differ */
    BEHOV_COUNCIL_MISUSE,     /* what the figures are not for; a sentence to quote */
    BEHOV_COUNCIL_LIKE,       /* against like municipalities, group and country; the nearest places */
    BEHOV_COUNCIL_YEARS,      /* figures per year */
    BEHOV_COUNCIL_DATA        /* a JSON object: its code, name, title and what sliders reckon with */
} behov_council_piece;
enum { BEHOV_N_COUNCIL_PIECES = 7 };

/// What the page holds beside the figures; all of it is borrowed.
typedef struct behov_council_extras {
    const char *style_digest, *script_digest; /* SHA-256 of the style and the script, in base64 */
    const char *workbook;                     /* the table of all as a workbook, in base64; NULL = none */
    const char *workbook_name;                /* what it is called when it is saved */
    /* The pieces of all municipalities, packed (deflate, raw) in base64, a text for every `n_each` of them: piece by
     * piece, within a piece municipality by municipality, each ended by U+001E. NULL: the page is of one. */
    const char *const *packed;
    size_t n_packed, n_each;
    const char *made_on;        /* a date; NULL = none is said */
    const behov_ratio_map *map; /* of council->ranking; NULL = none */
    const behov_error *no_map;  /* why there is none; NULL = nothing is said */
} behov_council_extras;

/// Adds a piece of the page at a position among council->pages. BEHOV_E_MEMORY.
/// \param is_packed  rows of other municipalities are named alone: the page's script takes them from the table of all
BEHOV_API behov_status behov_council_piece_add(const behov_council *council, size_t page, behov_council_piece piece,
                                               bool is_packed, behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;
/// Adds the whole page, with the first of the municipalities on it. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_council_page_add(const behov_council *council, const behov_council_extras *extras,
                                              behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;
/// The style and the script as they stand between their tags (style: added; script: static).
BEHOV_API void behov_council_style_add(behov_wording *out);
BEHOV_API const char *behov_council_script(void);
/// Adds the table of all municipalities of the year as a sheet, per cent with one decimal. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_council_sheet_add(const behov_council *council, behov_section_list *list,
                                               behov_error *err) BEHOV_MUST_CHECK;
/// The headline and the sentences beneath it, as plain text: what the page of a municipality answers.
enum { BEHOV_COUNCIL_SENTENCES = 4 };
BEHOV_API void behov_council_sentence(const behov_council *council, size_t page, size_t i, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
