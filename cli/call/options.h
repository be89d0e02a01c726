/* options.h - the command line of a verb: a table of options, from which parsing, help and completion are made. */
#ifndef BEHOV_CLI_OPTIONS_H
#define BEHOV_CLI_OPTIONS_H

#include <behov/error.h>
#include <behov/near_word.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <behov/labels.h>

/* One declaration, from which parsing, help and completion are made. */
typedef struct option_text {
    const char *name;    /* "output", given as --output */
    char letter;         /* 'o', given as -o; 0 = none */
    behov_word argument; /* what the help calls the value; NO_ARGUMENT = the option stands alone */
    behov_word help;     /* one or more lines */
    const char *values;  /* for completion, separated by blanks: words, and endings of files (".csv"); NULL = none */
} option_text;

#define NO_ARGUMENT BEHOV_NO_WORD
#define ARGUMENT(word) BEHOV_WORD_HELP_ARGUMENT_##word
#define HELP(word) BEHOV_WORD_HELP_##word

typedef struct command_line command_line;

typedef struct verb verb;           /* verb.h */
typedef struct verb_call verb_call; /* the same */

/* What the command line said. */
typedef struct parsed_option {
    const option_text *option;
    const char *value; /* NULL for an option that stands alone */
} parsed_option;

struct command_line {
    const verb *verb;
    parsed_option *parsed_option;
    size_t n_given;
    const char **operands;
    size_t n_operands;
};

/* Reads the arguments of a verb, whose name is the first of them. On a wrong call prints a sentence to standard error and returns false; --help
 * prints the help, sets *helped and returns false. Free with command_line_free in any case. */
bool command_line_read(const verb *verb, int n_arguments, char **arguments, command_line *line, bool *helped);
void command_line_free(command_line *line);

/* The last value of an option; NULL when it was not given. For an option that stands alone: "" when given. */
const char *option_value(const command_line *line, const char *name);
bool option_given(const command_line *line, const char *name);
/* Whether a name is one of a list's (NULL = of none), which are separated by blanks. */
bool option_is_listed(const char *list, const char *name);
/* How often an option was given, and its i-th value. */
size_t option_count(const command_line *line, const char *name);
const char *option_value_at(const command_line *line, const char *name, size_t i);

/* The same call with one alone of the options --first and --second, the i-th that was given of the two (borrows all but
 * its list; free with command_line_free). False without memory. */
bool command_line_with_one(const command_line *line, const char *first, const char *second, size_t i,
                           command_line *command_line);

/* The help of a verb; that of the program, with a line for each verb of a list that NULL ends. */
void verb_print_help(const verb *verb, behov_language lang, FILE *out);
void verbs_print_help(const verb *const *verbs, behov_language lang, FILE *out);
/* The language of help, before the options are read: that of --lang, else of BEHOV_LANG, else bokmål. */
/* \param unknown  BEHOV_LANG where it decides and names no language, else NULL; borrowed */
behov_language help_language(int n_arguments, char *const *arguments, const char **unknown);
/* How many words of a call a word that names the language is: --lang en is 2, --lang=en 1, another 0. */
size_t help_language_words(const char *word);

/* Prints "behov: ..." to standard error and returns 2: the call is wrong. */
int wrong_call(const verb *verb, behov_word word, const char *format, ...) BEHOV_PRINTF(3, 4);
/* The same of a word that is none of a few: asks whether the one that is near in spelling was meant, if just one is. */
int wrong_word(const verb *verb, const behov_near_word *spelling, behov_word word, const char *format, ...)
    BEHOV_PRINTF(4, 5);
/* The same of the value of an option, beside those that the option's completion has. */
int wrong_value(const verb *verb, const char *option, const char *value, behov_word word, const char *format, ...)
    BEHOV_PRINTF(5, 6);

#endif
