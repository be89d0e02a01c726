/* recipe_filter.h - which levels of a dimension a filter takes: texts, masks, ranges over whole numbers. */
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

/* Whether the filter takes a level, by its code or its label (NULL = none). *straddles: an age group that reaches across
 * the end of a range, 60-69 of 16-66. */
bool recipe_filter_takes(recipe_filter *filter, const char *code, const char *label, bool *straddles);

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
