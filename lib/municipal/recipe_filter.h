/* recipe_filter.h - which levels of a dimension a filter takes: texts, masks, ranges over whole numbers; what it leaves out. */
#ifndef BEHOV_RECIPE_FILTER_H
#define BEHOV_RECIPE_FILTER_H

#include <behov/error.h>
#include <behov/recipe.h>
#include <stdbool.h>
#include <stddef.h>

/* What of a filter has been found, in all files together. Zero-initialise; free with recipe_filter_free. */
typedef struct recipe_filter {
    const behov_recipe_pair *pair; /* borrowed */
    bool *is_found;                /* for each value: some level was taken by it */
    unsigned char **covered;       /* for each value that is a range: its numbers that have been found */
    long lowest_open;              /* the lowest number of an open group (105+) that was taken, -1 = none */
    char levels[200];              /* the first levels that files have, for messages */
} recipe_filter;

behov_status recipe_filter_new(const behov_recipe_pair *pair, recipe_filter *filter, behov_error *err) BEHOV_MUST_CHECK;
void recipe_filter_free(recipe_filter *filter);

/* A level of a dimension: its code and its label, NULL = none. */
typedef struct recipe_level {
    const char *code, *label;
} recipe_level;

/* What a filter does with the levels of a file: arrays of n, of the caller, all false before. */
typedef struct recipe_choice {
    bool *takes, *is_named; /* taken; by its very text, not by a mask or a range */
    bool *is_out;           /* left out by "!" */
    ptrdiff_t straddling;   /* an age group that reaches across the end of a range, 60-69 of 16-66; -1 = none */
} recipe_choice;

/* Each value is looked for among the codes, and among the labels where no code fits: a code "1" is not the label "1" of
 * another. A value "!Total" leaves out what the others take. */
void recipe_filter_take(recipe_filter *filter, const recipe_level *levels, size_t n, recipe_choice *choice);

/* The first value that was not found and is not optional, and in *number the first number that a range lacks, -1 where it
 * lacks all; NULL when all is found. */
const char *recipe_filter_lacks(const recipe_filter *filter, long *number);

/* A range without an end (0-) that has to be there, NULL when the filter has none: it lacks its end where no open group is
 * taken. */
const char *recipe_filter_open_range(const behov_recipe_pair *pair);

/* "105+", "105 år eller eldre", "80 years or older". */
bool recipe_level_is_open(const char *code, const char *label);

bool recipe_fits_mask(const char *mask, const char *text);

#endif
