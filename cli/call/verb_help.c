/* verb_help.c - the help of the program and of its verbs, made from the tables of verbs, options and writers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include "help_lines.h"
#include <behov/labels.h>
#include "system.h"
#include "verb.h"
#include <behov/wording.h>
#include "writers.h"

enum { HEAD_WIDTH = 24, VERB_WIDTH = 10 };

size_t help_language_words(const char *word)
{
    if (strcmp(word, "--lang") == 0 || strcmp(word, "-l") == 0)
        return 2;
    return strncmp(word, "--lang=", 7) == 0 || (strncmp(word, "-l", 2) == 0 && word[2]);
}

behov_language help_language(int n_arguments, char *const *arguments, const char **unknown)
{
    const char *name = system_environment("BEHOV_LANG");
    bool is_of_call = false;
    for (int i = 1; i < n_arguments && strcmp(arguments[i], "--") != 0; i++) {
        const char *word = arguments[i];
        is_of_call = is_of_call || help_language_words(word);
        if ((strcmp(word, "--lang") == 0 || strcmp(word, "-l") == 0) && i + 1 < n_arguments)
            name = arguments[i + 1];
        else if (strncmp(word, "--lang=", 7) == 0)
            name = word + 7;
        else if (strncmp(word, "-l", 2) == 0 && word[2])
            name = word + 2;
    }
    behov_language lang = BEHOV_LANGUAGE_NB;
    bool is_known = !name || !name[0] || behov_language_find(name, &lang);
    *unknown = is_known || is_of_call ? NULL : name;
    return lang;
}

void verbs_print_help(const verb *const *verbs, behov_language lang, FILE *out)
{
    help_lines_print(behov_label(lang, HELP(GENERAL_HEAD)), out);
    for (; *verbs; verbs++) {
        fprintf(out, "  %-*s ", VERB_WIDTH, (*verbs)->name);
        help_lines_fill(behov_label(lang, (*verbs)->summary), VERB_WIDTH + 3, VERB_WIDTH + 3, out);
    }
    help_lines_print(behov_label(lang, HELP(GENERAL_FOOT)), out);
}

static void print_blanks(size_t n, FILE *out)
{
    fprintf(out, "%*s", (int)n, "");
}

/* \param head  "-o, --output FILE" */
static void print_option(const char *head, const char *text, FILE *out)
{
    enum { TEXT_COLUMN = 2 + HEAD_WIDTH + 2 };
    size_t width = behov_format_width(head);
    fprintf(out, "  %s", head);
    if (width > HEAD_WIDTH) {
        fputs("\n  ", out);
        width = 0;
    }
    print_blanks(HEAD_WIDTH - width + 2, out);
    help_lines_fill(text, TEXT_COLUMN, TEXT_COLUMN, out);
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
    size_t usage_column = sizeof "    behov " + strlen(verb->name);
    help_lines_fill(behov_label(lang, verb->summary), 0, 0, out);
    fprintf(out, "\n    behov %s%s", verb->name, usage[0] ? " " : "");
    help_lines_fill(usage, usage_column, usage_column, out);
    fputc('\n', out);
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
            print_option(head, behov_wording_text(&words), out);
            behov_wording_free(&words);
            free(files);
        } else {
            print_option(head, behov_label(lang, option->help), out);
        }
    }
    print_option("-h, --help", behov_label(lang, HELP(OPTION_HELP)), out);
    fputc('\n', out);
    help_lines_print(behov_label(lang, verb->details), out);
}
