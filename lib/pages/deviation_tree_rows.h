/* deviation_tree_rows.h - the tree of deviations row by row, for its table and its picture. */
#ifndef BEHOV_DEVIATION_TREE_ROWS_H
#define BEHOV_DEVIATION_TREE_ROWS_H

#include <behov/deviation_tree.h>
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

#endif
