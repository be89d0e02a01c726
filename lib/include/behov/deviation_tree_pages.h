/* deviation_tree_pages.h - a deviation taken apart as a table, as sentences and as a picture. */
#ifndef BEHOV_DEVIATION_TREE_PAGES_H
#define BEHOV_DEVIATION_TREE_PAGES_H

#include <stdbool.h>

#include "deviation_tree.h"
#include "error.h"
#include "fit_results.h"
#include "labels.h"
#include "phrase.h"
#include "picture.h"
#include "report.h"
#include "section.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_tree_page {
    const behov_deviation_tree *tree; /* borrowed, as all here */
    const char *group;                /* name of the group for readers; NULL = all municipalities of the file */
    const char *path;
    const behov_fit_results *like; /* of the panel that the group was found in; NULL = the group is no like ones */
    size_t n_like, n_like_missing; /* like municipalities of the panel, and those that the file lacks */
    behov_language lang;
} behov_tree_page;

/// Rows of all levels: all, each function, each factor of it (returned, free with behov_report_free).
BEHOV_API behov_status behov_tree_table(const behov_tree_page *page, behov_report **report,
                                        behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_tree_add(const behov_tree_page *page, behov_section_list *list,
                                      behov_error *err) BEHOV_MUST_CHECK;
/// The steps of the picture as a table, which the chart of the tree's section is drawn from: of a workbook alone.
BEHOV_API behov_status behov_tree_steps_add(const behov_tree_page *page, behov_section_list *list,
                                            behov_error *err) BEHOV_MUST_CHECK;
/// "Avvik etter nivå: 1860 Vestvågøy, 2013".
BEHOV_API void behov_tree_title(const behov_tree_page *page, behov_wording *words);
/// The i-th sentence, for i from 0; false behind the last. An empty one says nothing.
BEHOV_API bool behov_tree_sentence(const behov_tree_page *page, size_t i, behov_wording *words);
/// Steps from the reference to the municipality's own expenditure, kr per inhabitant: each factor a bar that begins where
/// the one before it ended. Free with behov_picture_free in any case; its width and height are the caller's.
BEHOV_API behov_status behov_tree_draw(const behov_tree_page *page, behov_picture *out,
                                       behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
