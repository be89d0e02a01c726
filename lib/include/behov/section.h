/* section.h - one table with its words: what every writer prints. A workbook has a sheet for it, a page a heading.
 *
 * The same sections go to Excel, LaTeX, Markdown, HTML and plain text, so that these cannot disagree. */
#ifndef BEHOV_SECTION_H
#define BEHOV_SECTION_H

#include <stdbool.h>

#include "error.h"
#include "phrase.h"
#include "report.h"
#include "sheet_chart.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

struct behov_input_sheet;

typedef struct behov_section {
    const char *name;          /* "Forholdstall": the sheet; at most 31 characters, unique in the file */
    const char *title;         /* heading; A1 of the sheet */
    const char *subtitle;      /* what the table holds, one sentence; NULL = none */
    const char *second_line;   /* of a sheet alone, below the subtitle; NULL = none */
    const behov_report *table; /* NULL for a form */
    struct behov_input_sheet
        *input_sheet;         /* a sheet of formulas (input_sheet.h), in a workbook alone; NULL = the table */
    const char *table_name;   /* unique in the file: "Forholdstall"; an Excel table, an anchor, a label */
    size_t n_frozen_columns;  /* columns that say which row it is */
    size_t n_printed_columns; /* of a sheet: those behind are on the screen alone; 0 = all */
    bool landscape;
    bool is_of_panel;         /* this one alone rests on the panel: what is said of it stands here, not at the head */
    bool one_page;            /* a sheet is printed on one page, however small */
    bool is_hidden;           /* a sheet that others look up in: not shown and not printed until it is asked for */
    const char *const *notes; /* paragraphs under the table */
    size_t n_notes;
    const behov_sheet_chart *charts; /* beside the table */
    size_t n_charts;
} behov_section;

/// Sections that own all they are made of. Zero-initialise; free with behov_section_list_free in any case.
typedef struct behov_section_list {
    behov_section *sections;
    size_t n, room;
} behov_section_list;

/// Adds a section; its words are copied (blanks of the table's name become _), its notes and charts too, its table
/// belongs to the list from now on, also when adding fails.
BEHOV_API behov_status behov_section_list_add(behov_section_list *list, behov_section section, behov_report *table,
                                              behov_error *err) BEHOV_MUST_CHECK;
/// The same with a title and a subtitle that have grown (copied); NULL = those of the section. BEHOV_E_MEMORY too when
/// one could not grow.
BEHOV_API behov_status behov_section_list_add_said(behov_section_list *list, behov_section section,
                                                   const behov_wording *title, const behov_wording *subtitle,
                                                   behov_report *table, behov_error *err) BEHOV_MUST_CHECK;
/// Adds a sheet of formulas, which belongs to the list from now on, also when adding fails. It has a name, and nothing
/// else of a section.
BEHOV_API behov_status behov_section_list_add_form(behov_section_list *list, const char *name,
                                                   struct behov_input_sheet *sheet, behov_error *err) BEHOV_MUST_CHECK;
/// Moves all sections of `source`, which is empty afterwards, to the end of a list. When it fails `source` is as
/// before.
BEHOV_API behov_status behov_section_list_append(behov_section_list *list, behov_section_list *source,
                                                 behov_error *err) BEHOV_MUST_CHECK;
/// Another subtitle (copied) of a section, in the place of its own.
BEHOV_API behov_status behov_section_list_subtitle(behov_section_list *list, size_t i, const char *subtitle,
                                                   behov_error *err) BEHOV_MUST_CHECK;
/// One more note under the section added last (copied); "" and NULL add nothing.
BEHOV_API behov_status behov_section_list_note(behov_section_list *list, const char *text,
                                               behov_error *err) BEHOV_MUST_CHECK;
/// The same of a text that grows, after words such as "(1) "; nothing when it is empty. BEHOV_E_MEMORY too when it
/// could not grow.
BEHOV_API behov_status behov_section_list_say(behov_section_list *list, const char *previous_text,
                                              const behov_wording *words, behov_error *err) BEHOV_MUST_CHECK;
/// One more note under every section.
BEHOV_API behov_status behov_section_list_note_all(behov_section_list *list, const char *text,
                                                   behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_section_list_free(behov_section_list *list);

#ifdef __cplusplus
}
#endif
#endif
