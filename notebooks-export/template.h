/* template.h - a text with placeholders {{name}}, filled from a table of values.
 *
 * A template says what a script or a notebook looks like; code that depends on the fit comes from a dialect. What is put
 * in is never looked through again, so a name with {{ in it stays a name. */
#ifndef BEHOV_EXPORT_TEMPLATE_H
#define BEHOV_EXPORT_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include <behov/error.h>
#include <behov/language.h>
#include <behov/wording.h>

typedef struct template_value {
    const char *name;
    /* Code goes in as it is. Prose is words of people, a line each: every line is escaped for where it stands, and what
     * stands before the placeholder on its line is repeated before each ("# {{rows}}"); without any, its line goes. */
    enum { TEMPLATE_CODE, TEMPLATE_PROSE } kind;
    behov_status (*say)(const void *context, behov_wording *out, behov_error *err);
} template_value;

/* Adds a line of prose to a text so that nothing in it ends the comment, the cell or the tag it stands in. */
typedef void template_escape(behov_wording *out, const char *line, size_t length);

/* Tables of values, the first that knows a name gives it; ended by one without a name each, the list by NULL. */
typedef struct template_filling {
    const template_value *const *values;
    const void *context; /* handed to each */
    template_escape *escape;
    const char *folder; /* of templates of the user's own, where {{code/NAME}} is looked for first; NULL = none */
    bool is_fragment;   /* of such a one, which holds no other */
} template_filling;

/* A template, or one cell of it. */
typedef struct template_text {
    const char *file;  /* what messages call it */
    size_t first_line; /* of the text in the file, from 1 */
    const char *text;  /* n bytes, not ended by zero */
    size_t n;
} template_text;

/* Adds the filled text. {{code/NAME}} is the template code/NAME, filled too: code that all languages have in common.
 * BEHOV_E_NAME for a name that no table has, BEHOV_E_SYNTAX for {{ without }} on its line, where =
 * the file and the line; what a value returns. */
behov_status template_fill(const template_text *source, const template_filling *filling, behov_wording *out,
                           behov_error *err) BEHOV_MUST_CHECK;

/* The template of a name ("nb/fit.R", "code/check.R"): that of the folder where it has one (FOLDER/nb/fit.R), else the one
 * compiled in. \param folder NULL = none. free(*owned) when done, which is NULL for one compiled in. BEHOV_E_FILE. */
behov_status template_find(const char *folder, const char *name, char **owned, template_text *source,
                           behov_error *err) BEHOV_MUST_CHECK;
/* The same of the language: "fit.R" is "nb/fit.R". */
behov_status template_find_in(const char *folder, behov_language lang, const char *name, char **owned,
                              template_text *source, behov_error *err) BEHOV_MUST_CHECK;
/* What template_find reads holds the file's name here; of one compiled in too. */
enum { TEMPLATE_PATH_SIZE = 1100 };

#endif
