/* verb_help.c - the help of the program and of its verbs, made from the tables of verbs, options and writers. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "system.h"
#include "verb.h"
#include <behov/wording.h>
#include "writers.h"

enum { HEAD_WIDTH = 24, FILES_WIDTH = 95 };
static const size_t any_width = SIZE_MAX; /* words.txt has its own lines */

behov_language help_language(int n_arguments, char *const *arguments)
{
    const char *name = system_environment("BEHOV_LANG");
    for (int i = 1; i < n_arguments && strcmp(arguments[i], "--") != 0; i++) {
        const char *word = arguments[i];
        if ((strcmp(word, "--lang") == 0 || strcmp(word, "-l") == 0) && i + 1 < n_arguments)
            name = arguments[i + 1];
        else if (strncmp(word, "--lang=", 7) == 0)
            name = word + 7;
        else if (strncmp(word, "-l", 2) == 0 && word[2])
            name = word + 2;
    }
    behov_language lang = BEHOV_LANGUAGE_NB;
    (void)behov_language_find(name, &lang);
    return lang;
}

void verbs_print_help(const verb *const *verbs, behov_language lang, FILE *out)
{
    fputs(behov_label(lang, HELP(GENERAL_HEAD)), out);
    for (; *verbs; verbs++)
        fprintf(out, "  %-10s %s\n", (*verbs)->name, behov_label(lang, (*verbs)->summary));
    fputs(behov_label(lang, HELP(GENERAL_FOOT)), out);
}

static void print_blanks(size_t n, FILE *out)
{
    fprintf(out, "%*s", (int)n, "");
}

/* How many bytes of a line are printed before it goes on below: all of one that fits, else up to a semicolon or to the
 * last blank that fits. */
static size_t fitting(const char *line, size_t length, size_t width)
{
    if (length <= width)
        return length;
    size_t blank = 0, semicolon = 0;
    for (size_t i = 0; i < width; i++) {
        blank = line[i] == ' ' ? i : blank;
        semicolon = i && line[i] == ' ' && line[i - 1] == ';' ? i : semicolon;
    }
    return semicolon ? semicolon : blank ? blank : length;
}

/* \param head  "-o, --output FILE"
 * \param most  how wide a line of the text may be */
static void print_option(const char *head, const char *text, size_t most, FILE *out)
{
    size_t width = behov_format_width(head);
    fprintf(out, "  %s", head);
    if (width > HEAD_WIDTH) {
        fputs("\n  ", out);
        width = 0;
    }
    print_blanks(HEAD_WIDTH - width, out);
    for (bool is_first = true; *text; is_first = false) {
        size_t length = fitting(text, strcspn(text, "\n"), most);
        if (!is_first)
            print_blanks(2 + HEAD_WIDTH, out);
        fprintf(out, "  %.*s\n", (int)length, text);
        text += length + (text[length] == '\n' || text[length] == ' ');
    }
}

/* "FILE.xlsx, FILE.csv (a row per municipality and year) or FILE.json"; malloc, NULL without memory. */
static char *list_files(const verb *verb, behov_language lang)
{
    const char *rows = verb->rows ? behov_label(lang, verb->rows) : NULL;
    return writer_list(outputs_holds(verb->writers), behov_label(lang, ARGUMENT(FILE)), behov_label(lang, HELP(OR)),
                       rows);
}

void verb_print_help(const verb *verb, behov_language lang, FILE *out)
{
    const char *usage = behov_label(lang, verb->usage);
    fprintf(out, "%s\n\n    behov %s%s%s\n\n", behov_label(lang, verb->summary), verb->name, usage[0] ? " " : "",
            usage);
    for (size_t i = 0; i < verb->n_options; i++) {
        const option_text *option = &verb->options[i];
        char head[120];
        snprintf(head, sizeof head, "%s%c%s--%s%s%s", option->letter ? "-" : "  ",
                 option->letter ? option->letter : ' ', option->letter ? ", " : " ", option->name,
                 option->argument ? " " : "", behov_label(lang, option->argument));
        if (option->help == HELP(OPTION_OUTPUT)) {
            behov_wording words = {0};
            char *files = list_files(verb, lang);
            behov_wording_fill(&words, lang, option->help, "files", files ? files : "", NULL);
            print_option(head, behov_wording_text(&words), FILES_WIDTH, out);
            behov_wording_free(&words);
            free(files);
        } else {
            print_option(head, behov_label(lang, option->help), any_width, out);
        }
    }
    print_option("-h, --help", behov_label(lang, HELP(OPTION_HELP)), any_width, out);
    fprintf(out, "\n%s\n", behov_label(lang, verb->details));
}
