/* deviation_tree_rows.h - the tree of deviations row by row, for its table and its picture. */
#ifndef BEHOV_DEVIATION_TREE_ROWS_H
#define BEHOV_DEVIATION_TREE_ROWS_H

#include <behov/deviation_tree_pages.h>
#include <behov/labels.h>

/* All: no function; a function: factor -1; else a factor of it. */
typedef struct behov_tree_row {
    const behov_tree_function *function;
    int factor;
} behov_tree_row;

size_t behov_tree_n_rows(const behov_deviation_tree *tree);
behov_tree_row behov_tree_row_at(const behov_deviation_tree *tree, size_t row);
double behov_tree_row_deviation_1000kr(const behov_deviation_tree *tree, behov_tree_row row);
const char *behov_tree_factor_words(const behov_tree_function *function, int factor, behov_language lang);
/* What a function is called; its number where it is not the report's. */
const char *behov_tree_function_words(const char *function, behov_language lang);

/* A part without parts of its own, from what the parts before it have come to: kr per inhabitant. */
typedef struct behov_tree_step {
    behov_tree_row part;
    double start, end;
} behov_tree_step;

/* From the reference to the municipality's own expenditure (malloc), n of them; NULL without memory. */
behov_tree_step *behov_tree_steps(const behov_deviation_tree *tree, size_t *n);
/* "281 kr per måned". */
void behov_tree_step_name(const behov_tree_page *page, behov_tree_row part, behov_wording *name);
/* What the steps begin at: the group, or all municipalities of the file. */
const char *behov_tree_reference_name(const behov_tree_page *page);
/* What the sheet of the tree draws from the sheet of its steps. */
behov_sheet_chart behov_tree_chart(const behov_deviation_tree *tree, behov_language lang);
/* The municipality, name first. */
void behov_tree_own_name(const behov_tree_page *page, behov_wording *name);

#endif
