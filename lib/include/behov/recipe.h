/* recipe.h - how a panel is made of published files, as its author wrote it: sources (a table or a file, where it is had,
 * how it is read) and columns (which cells of a source, summed; or one column divided by another). Plain data; reading a
 * recipe file is read_recipe.c's, making a panel of it panel_build.h's, asking a server for a source that of the program's
 * room cli/fetch. */
#ifndef BEHOV_RECIPE_H
#define BEHOV_RECIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Texts, owned, in the order of the file. Zero-initialise.
typedef struct behov_recipe_texts {
    char **all;
    size_t n;
} behov_recipe_texts;

/// Something said of a dimension: `select Tid = {years}`, `filter Alder age = 16-66`.
typedef struct behov_recipe_pair {
    behov_recipe_texts names;  /* of one dimension, as different files may have it; of `select` and `codelist` one */
    behov_recipe_texts values; /* without the commas between them; {years} stands as it is */
    bool *is_optional;         /* for each value: it stood in parentheses, and may be absent from the file */
    size_t line;
} behov_recipe_pair;

typedef struct behov_recipe_pairs {
    behov_recipe_pair *all;
    size_t n;
} behov_recipe_pairs;

/// `code 1903 2012 = 1901`: what stands under a code in some years is another municipality's.
typedef struct behov_recipe_code {
    char code[5], stands_for[5];
    int first_year, last_year; /* of the figures */
    size_t line;
} behov_recipe_code;

typedef struct behov_recipe_codes {
    behov_recipe_code *all;
    size_t n;
} behov_recipe_codes;

typedef enum behov_recipe_fetch {
    BEHOV_FETCH_NONE = 0, /* a file that only the user can save */
    BEHOV_FETCH_PXWEB2,   /* PxWebApi 2: table, select, codelist */
    BEHOV_FETCH_PXWEB0,   /* its version 0: table, select */
    BEHOV_FETCH_KLASS,    /* KLASS: address */
    BEHOV_FETCH_ADDRESS   /* whatever lies at address */
} behov_recipe_fetch;

/// [source NAME]; texts are NULL, lists empty, where the file does not say.
typedef struct behov_recipe_source {
    char *name;
    char *title, *publisher, *table, *place, *address, *date, *revision, *note, *unconfirmed;
    char *file;               /* what a fetched file is called, without its ending; NULL = by its table or address */
    behov_recipe_texts files; /* patterns of names in the folder of files: *, ? and {year} */
    behov_recipe_fetch fetch;
    behov_recipe_pairs selects, codelists;         /* of what is asked of a server */
    behov_recipe_texts region, region_label, year; /* names of these dimensions, the first that a file has counts */
    behov_recipe_texts measure; /* the one that is taken where a file says which it has: code, label or mask */
    behov_recipe_texts
        says; /* words one of which the title or what is taken of a file has to have ("netto"), or it is told */
    char *sheet, *encoding, *value, *format; /* how the file is read, NULL = found out */
    char separator, decimal;                 /* 0 = found out */
    int year_shift;                          /* added to the year of the file: the year of its figures */
    int code_year_shift;      /* added to the year of the figures: the year on whose 1 January its codes were in use */
    behov_recipe_codes codes; /* of some years, that stand for others */
    behov_recipe_texts zeros; /* marks that mean 0 */
    size_t line;
} behov_recipe_source;

typedef enum behov_recipe_kind {
    BEHOV_RECIPE_COUNT = 1, /* persons, cases: whole, never negative; summed */
    BEHOV_RECIPE_AMOUNT,    /* kroner: summed */
    BEHOV_RECIPE_RATE,      /* numerator / denominator * scale, after all summing */
    BEHOV_RECIPE_PUBLISHED  /* a share or an index that the publisher has divided: one cell, never summed */
} behov_recipe_kind;

/// [column NAME]. A rate has numerator and denominator, the other kinds a source. Several may have one name, with years that
/// do not overlap.
typedef struct behov_recipe_column {
    char *name;
    char *source, *unit, *date, *revision, *note, *unconfirmed;
    behov_recipe_kind kind;
    behov_recipe_pairs filters;
    behov_recipe_texts sums;       /* dimensions over which all that is left is summed; a file need not have them */
    char *numerator, *denominator; /* names of columns */
    double scale; /* 100 for per cent; 1 where nothing is said. Of other kinds: the figure is multiplied by it */
    char *weight; /* column by which a published figure of merged municipalities is weighted, an estimate */
    int first_year, last_year; /* of this column, 0 = those of the panel */
    bool is_helper;            /* `panel = no`: numerators and denominators that the panel does not hold */
    size_t line;
} behov_recipe_column;

/// Zero-initialise; free with behov_recipe_free in any case.
typedef struct behov_recipe {
    char *title, *model, *note; /* model: the bundled model, or a model file, that the panel is for; NULL = none */
    int first_year, last_year;  /* 0 = not said */
    int municipalities;         /* of 1 January of which year; 0 = as published */
    behov_recipe_source *sources;
    size_t n_sources;
    behov_recipe_column *columns;
    size_t n_columns;
    bool encoding_is_guess; /* the file is no UTF-8 and was read as Windows-1252 */
} behov_recipe;

BEHOV_API void behov_recipe_free(behov_recipe *recipe);

/// The position of a source, or of the first column, by its name, -1 when there is none.
BEHOV_API ptrdiff_t behov_recipe_find_source(const behov_recipe *recipe, const char *name);
BEHOV_API ptrdiff_t behov_recipe_find_column(const behov_recipe *recipe, const char *name);

/// The words of a kind and of a way to fetch as recipes write them ("count", "pxweb2"; "" for BEHOV_FETCH_NONE).
BEHOV_API const char *behov_recipe_kind_text(behov_recipe_kind kind);
BEHOV_API const char *behov_recipe_fetch_text(behov_recipe_fetch fetch);

#ifdef __cplusplus
}
#endif
#endif
