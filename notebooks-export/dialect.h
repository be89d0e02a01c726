/* dialect.h - how a language of scripts writes what depends on the fit: texts, numbers, arithmetic, comments, and the
 * blocks of code that its template asks for.
 *
 * To add a language: a file dialect_NAME.c with a struct dialect, its template in templates/nb and templates/en, and its
 * line in formats.c. */
#ifndef BEHOV_EXPORT_DIALECT_H
#define BEHOV_EXPORT_DIALECT_H

#include <stdint.h>

#include "export_fit.h"
#include "template.h"

typedef struct dialect {
    const char *name; /* "R" */
    /* Each operation with $1 and $2 in the place of its operands; a comparison has the value 1 or 0, and is added up
     * with others. Of NUMBER, COLUMN, TEXT_IN, NUMBER_IN and CUT none is asked: those are made of the others. TEXT_EQUAL
     * and TEXT_UNEQUAL have the column and the text. */
    const char *patterns[BEHOV_N_OPERATIONS];
    void (*column)(behov_wording *out, const char *identifier); /* "d$population"; NULL = the identifier itself */
    void (*number)(behov_wording *out, double value);           /* NULL = dialect_add_number */
    void (*text)(behov_wording *out, const char *text);         /* a literal, nothing in it ends it */
    void (*lines)(behov_wording *out, const char *text);        /* one of many lines; NULL = none is asked for */
    template_escape *comment;                                   /* a line of words in a comment */
    bool (*redoes_errors)(const export_fit *fit);               /* of refit_say_unchecked; NULL = none is asked for */
    behov_word aloud;                                           /* the sentence of refit_say_unchecked_aloud, */
    const char *aloud_pattern;    /* and the line that prints it, with $1 in its place; the sentence has no quotes */
    const template_value *values; /* blocks of code of this language's templates */
} dialect;

/* Patterns that all languages have alike, and those of languages in which a comparison is a number. */
#define DIALECT_ARITHMETIC                                                                                             \
    [BEHOV_OPERATION_NEGATE] = "(-$1)", [BEHOV_OPERATION_MULTIPLY] = "($1 * $2)",                                      \
    [BEHOV_OPERATION_DIVIDE] = "($1 / $2)", [BEHOV_OPERATION_ADD] = "($1 + $2)",                                       \
    [BEHOV_OPERATION_SUBTRACT] = "($1 - $2)"
#define DIALECT_COMPARISONS                                                                                            \
    [BEHOV_OPERATION_TEXT_EQUAL] = "($1 == $2)", [BEHOV_OPERATION_TEXT_UNEQUAL] = "($1 != $2)",                        \
    [BEHOV_OPERATION_NOT] = "($1 == 0)", [BEHOV_OPERATION_LESS] = "($1 < $2)",                                         \
    [BEHOV_OPERATION_LESS_EQUAL] = "($1 <= $2)", [BEHOV_OPERATION_GREATER] = "($1 > $2)",                              \
    [BEHOV_OPERATION_GREATER_EQUAL] = "($1 >= $2)", [BEHOV_OPERATION_EQUAL] = "($1 == $2)",                            \
    [BEHOV_OPERATION_UNEQUAL] = "($1 != $2)"
#define DIALECT_FUNCTIONS(prefix, natural)                                                                             \
    [BEHOV_OPERATION_LOG] = prefix natural "($1)", [BEHOV_OPERATION_LOG10] = prefix "log10($1)",                       \
    [BEHOV_OPERATION_EXP] = prefix "exp($1)", [BEHOV_OPERATION_SQRT] = prefix "sqrt($1)",                              \
    [BEHOV_OPERATION_ABS] = prefix "abs($1)"

/* What a value of a template is asked with. */
typedef struct script {
    const export_fit *fit;
    const dialect *dialect;
    const char *data_file; /* name of the data beside the script; NULL = they stand in it */
    const char *templates; /* folder of the user's own; NULL = none */
    void *more;            /* of a notebook */
} script;

/* The shortest text that reads back as the same double; a number below 0 stands in parentheses. */
void dialect_add_number(behov_wording *out, double value);
/* 17 significant digits at the most, no parentheses: -2.05e-07; "nan" written as the text given. */
void dialect_add_figure(behov_wording *out, double value, const char *missing);
/* A pattern with its operands. */
void dialect_add_pattern(behov_wording *out, const char *pattern, const char *first, const char *second);
/* An expression over the fit's columns; every operand of a comparison of text is a text column, or a number's text where
 * the column is of numbers. */
behov_status dialect_add_expression(const script *script, const behov_expression *expression, behov_wording *out,
                                    behov_error *err) BEHOV_MUST_CHECK;
/* A regressor: the product of its parts; "1" for the constant. */
behov_status dialect_add_term(const script *script, const export_term *term, behov_wording *out,
                              behov_error *err) BEHOV_MUST_CHECK;
/* The lines that make columns which the data have not: regressors that are no columns, an outcome or weights or clusters
 * that are arithmetic. \param pattern  with $1 = the new identifier, $2 = its arithmetic, a line end at its end */
behov_status dialect_add_derived(const script *script, const char *pattern, behov_wording *out,
                                 behov_error *err) BEHOV_MUST_CHECK;
/* The bytes of a mark at the beginning of a text that no eye sees or that turns what stands beside it (U+202E and its
 * like, which R refuses in a script), and its code; 0 where a letter stands there. */
size_t dialect_unseen(const char *text, uint32_t *code);
/* Adds such a mark at the beginning of a text as \u202e, which R and Python read back; its bytes, 0 where none is. */
size_t dialect_add_unseen(behov_wording *out, const char *text);
/* Adds the text up to the first of `marks`, unseen marks as above; its bytes. */
size_t dialect_add_seen(behov_wording *out, const char *text, const char *marks);
/* The text between double quotes with \ before those and before itself, marks that no eye sees as \u202e; a line break is
 * line_break. R and Python. */
void dialect_add_quoted(behov_wording *out, const char *text, const char *line_break);
/* Our figures as columns of a table: name, term, coefficient, std_error, dof, tolerance, an entry each regressor that is
 * not dropped. \param beginning  of a column, with $1 = its name  \param end  of one  \param between  them */
void dialect_add_our_figures(const script *script, const char *beginning, const char *end, const char *between,
                             const char *missing, behov_wording *out);
/* "a": x, "b": y - each column of the data by a pattern, $1 = its identifier, $2 = one of the kinds. */
void dialect_add_column_kinds(const export_fit *fit, const char *pattern, const char *text_kind,
                              const char *number_kind, behov_wording *out);
bool dialect_has_intercept(const export_fit *fit);
/* A comment of one line where only the line's end ends it: R, Python. */
void dialect_comment_line(behov_wording *out, const char *line, size_t length);

#endif
