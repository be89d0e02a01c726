/* latex.h - sections as a fragment for \input in a LaTeX document. */
#ifndef BEHOV_LATEX_H
#define BEHOV_LATEX_H

#include "error.h"
#include "phrase.h"
#include "sections_document.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A table for each section: a float when it is short, a longtable that breaks across pages when it has more than 40
/// rows, with \caption, \label{tab:...} from the section's table_name, and the notes beneath. Comments at the top name
/// the packages. Compiles with pdflatex and lualatex; characters that a plain installation of the former has no letter
/// for are shown as [U+1F600].
BEHOV_API behov_status behov_latex_page(const behov_document *document, behov_wording *out,
                                        behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
