/* options.c - getopt_long over the table of a verb. */
#define _GNU_SOURCE
#include "options.h"

#include "messages.h"
#include "visible.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "inputs.h"
#include "standard_streams.h"
#include "study.h"

enum { FIRST_LONG = 256, OPTIONS_MAX = 64 };

int wrong_call(const verb *of, const char *format, ...)
{
    fputs("behov: ", stderr);
    va_list arguments;
    va_start(arguments, format);
    print_visible_list(stderr, format, arguments);
    va_end(arguments);
    if (of)
        print_visible(stderr, "; see `behov help %s`\n", of->name);
    else
        fputs("; see `behov --help`\n", stderr);
    return 2;
}

/* Whether a name is one of a list's, which are parted by blanks. */
static bool is_listed(const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *word = list; word && *word; word += strcspn(word, " "), word += strspn(word, " "))
        if (strcspn(word, " ") == length && strncmp(word, name, length) == 0)
            return true;
    return false;
}

bool command_line_read(const verb *of, int n_arguments, char **arguments, command_line *line, bool *helped)
{
    struct option longs[OPTIONS_MAX + 2];
    char shorts[2 * OPTIONS_MAX + 4] = ":h";
    size_t at = 2;
    *helped = false;
    *line = (command_line){.of = of};
    line->given = calloc((size_t)n_arguments + 1, sizeof *line->given);
    line->operands = calloc((size_t)n_arguments + 1, sizeof *line->operands);
    if (!line->given || !line->operands) {
        fputs("behov: not enough memory for the command line\n", stderr);
        return false;
    }
    for (size_t i = 0; i < of->n_options; i++) {
        const option_text *option = &of->options[i];
        longs[i] = (struct option){option->name, option->argument ? required_argument : no_argument, NULL,
                                   FIRST_LONG + (int)i};
        if (option->letter) {
            shorts[at++] = option->letter;
            if (option->argument)
                shorts[at++] = ':';
        }
    }
    shorts[at] = '\0';
    longs[of->n_options] = (struct option){"help", no_argument, NULL, 'h'};
    longs[of->n_options + 1] = (struct option){NULL, 0, NULL, 0};
    optind = 0; /* glibc: start anew */
    opterr = 0;
    for (;;) {
        int found = getopt_long(n_arguments, arguments, shorts, longs, NULL);
        if (found == -1)
            break;
        if (found == 'h') {
            verb_print_help(of, stdout);
            *helped = true;
            return false;
        }
        if (found == ':' || found == '?') {
            const char *word = arguments[optind - 1];
            if (found == ':')
                wrong_call(of, "the option %s needs a value", word);
            else if (optopt >= FIRST_LONG)
                wrong_call(of, "the option --%s takes no value", of->options[optopt - FIRST_LONG].name);
            else if (optopt)
                wrong_call(of, "there is no option -%c", optopt);
            else
                wrong_call(of, "there is no option %s, or it stands for several", word);
            return false;
        }
        const option_text *option = NULL;
        for (size_t i = 0; i < of->n_options && !option; i++)
            if (found == FIRST_LONG + (int)i || (found < FIRST_LONG && of->options[i].letter == found))
                option = &of->options[i];
        line->given[line->n_given++] = (parsed_option){option, option->argument ? optarg : ""};
    }
    while (optind < n_arguments)
        line->operands[line->n_operands++] = arguments[optind++];
    return true;
}

void command_line_free(command_line *line)
{
    free(line->given);
    free(line->operands);
    *line = (command_line){0};
}

size_t option_count(const command_line *line, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < line->n_given; i++)
        count += strcmp(line->given[i].option->name, name) == 0;
    return count;
}

const char *option_value_at(const command_line *line, const char *name, size_t position)
{
    for (size_t i = 0; i < line->n_given; i++)
        if (strcmp(line->given[i].option->name, name) == 0 && position-- == 0)
            return line->given[i].value;
    return NULL;
}

const char *option_value(const command_line *line, const char *name)
{
    size_t count = option_count(line, name);
    return count ? option_value_at(line, name, count - 1) : NULL;
}

bool option_given(const command_line *line, const char *name)
{
    return option_count(line, name) > 0;
}

/* The last of two values would win without a word. An option that stands alone says the same twice. */
static int check_once(const command_line *line)
{
    static const char *const everywhere = "allow missing";
    for (size_t i = 0; i < line->n_given; i++) {
        const option_text *option = line->given[i].option;
        if (option->argument && option_count(line, option->name) > 1 && !is_listed(everywhere, option->name) &&
            !is_listed(line->of->repeatable, option->name))
            return wrong_call(line->of, "--%s is given twice (%s, %s); give it once", option->name,
                              option_value_at(line, option->name, 0), option_value_at(line, option->name, 1));
    }
    return 0;
}

int verb_run(const verb *of, int n_arguments, char **arguments)
{
    command_line line;
    bool helped;
    int code = 2;
    if (command_line_read(of, n_arguments, arguments, &line, &helped)) {
        inputs_forget();
        note_silence(option_given(&line, "quiet"));
        code = inputs_check(&line);
        if (!code)
            code = check_once(&line);
        if (!code && option_given(&line, "output"))
            standard_streams_let_page_go();
        if (!code)
            code = of->run(&line);
    } else if (helped) {
        code = 0;
    } else if (!line.given || !line.operands) {
        code = 1; /* the call may be right */
    }
    command_line_free(&line);
    return code;
}

bool verb_has_option(const verb *of, const char *name)
{
    for (size_t i = 0; i < of->n_options; i++)
        if (strcmp(of->options[i].name, name) == 0)
            return true;
    return false;
}

bool command_line_with_one(const command_line *line, const char *first, const char *second, size_t wanted,
                           command_line *one)
{
    *one = (command_line){.of = line->of, .given = calloc(line->n_given + 1, sizeof *one->given),
                          .operands = calloc(line->n_operands + 1, sizeof *one->operands)};
    if (!one->given || !one->operands) {
        fputs("behov: not enough memory for the command line\n", stderr);
        return false;
    }
    size_t met = 0;
    for (size_t i = 0; i < line->n_given; i++) {
        const char *name = line->given[i].option->name;
        bool is_one = strcmp(name, first) == 0 || strcmp(name, second) == 0;
        if (!is_one || met++ == wanted)
            one->given[one->n_given++] = line->given[i];
    }
    for (size_t i = 0; i < line->n_operands; i++)
        one->operands[one->n_operands++] = line->operands[i];
    return true;
}

void verb_print_help(const verb *of, FILE *out)
{
    fprintf(out, "%s\n\n    behov %s%s%s\n\n", of->summary, of->name, of->usage[0] ? " " : "", of->usage);
    for (size_t i = 0; i < of->n_options; i++) {
        const option_text *option = &of->options[i];
        char head[80];
        snprintf(head, sizeof head, "%s%c%s--%s%s%s", option->letter ? "-" : "  ", option->letter ? option->letter : ' ',
                 option->letter ? ", " : " ", option->name, option->argument ? " " : "",
                 option->argument ? option->argument : "");
        const char *text = option->help;
        bool first = true;
        while (*text) {
            size_t length = strcspn(text, "\n");
            if (first && strlen(head) > 24)
                fprintf(out, "  %s\n  %-24s  %.*s\n", head, "", (int)length, text);
            else
                fprintf(out, "  %-24s  %.*s\n", first ? head : "", (int)length, text);
            first = false;
            text += length + (text[length] == '\n');
        }
    }
    fprintf(out, "  %-24s  %s\n", "-h, --help", "show this help");
    if (of->details)
        fprintf(out, "\n%s\n", of->details);
}
