/* options.c - getopt_long over the table of a verb. */
#define _GNU_SOURCE
#include "options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "verb.h"
#include "visible.h"

enum { FIRST_LONG = 256, OPTIONS_MAX = 64 };

static int refer_to_help(const verb *verb, const char *sentence)
{
    if (verb)
        print_line(SAY_CALL_SEE_HELP_OF, sentence, verb->name);
    else
        print_line(SAY_CALL_SEE_HELP, sentence);
    return 2;
}

int wrong_call(const verb *verb, behov_word word, const char *format, ...)
{
    behov_error call;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&call, BEHOV_E_ARGUMENT, "", word, format, arguments);
    va_end(arguments);
    return refer_to_help(verb, behov_error_phrase(&call).text);
}

/* Asks whether the nearest word was meant, if just one is the nearest. */
static int ask_and_refer(const verb *verb, const behov_near_word *spelling, const behov_error *call)
{
    if (spelling->n_nearest != 1)
        return refer_to_help(verb, behov_error_phrase(call).text);
    return refer_to_help(verb,
                         behov_phrase(SAY_CALL_DID_YOU_MEAN, behov_error_phrase(call).text, spelling->nearest).text);
}

int wrong_word(const verb *verb, const behov_near_word *spelling, behov_word word, const char *format, ...)
{
    behov_error call;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&call, BEHOV_E_ARGUMENT, "", word, format, arguments);
    va_end(arguments);
    return ask_and_refer(verb, spelling, &call);
}

int wrong_value(const verb *verb, const char *option, const char *value, behov_word word, const char *format, ...)
{
    behov_error call;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&call, BEHOV_E_ARGUMENT, "", word, format, arguments);
    va_end(arguments);
    const char *list = "";
    for (size_t i = 0; i < verb->n_options; i++)
        if (strcmp(verb->options[i].name, option) == 0 && verb->options[i].values)
            list = verb->options[i].values;
    char *known_words = calloc(strlen(list) + 1, 1), *end = known_words;
    behov_near_word spelling = behov_near_word_start(value);
    for (const char *known = list; known_words && *known; known += strspn(known, " ")) {
        size_t length = strcspn(known, " ");
        memcpy(end, known, length); /* the list with zeros for blanks */
        behov_near_word_try(&spelling, end);
        end += length + (known[length] != '\0');
        known += length;
    }
    int code = ask_and_refer(verb, &spelling, &call);
    free(known_words);
    return code;
}

/* An option that is none: "--clustr=county" is near --cluster. */
static int unknown_option(const verb *verb, const char *word)
{
    char name[100];
    const char *bare = word + strspn(word, "-");
    snprintf(name, sizeof name, "%.*s", (int)strcspn(bare, "="), bare);
    behov_near_word spelling = behov_near_word_start(name);
    for (size_t i = 0; i < verb->n_options; i++)
        behov_near_word_try(&spelling, verb->options[i].name);
    for (size_t i = 0; i < verb->n_options; i++) /* the groups of another verb: --within of rank is -g too */
        if (strcmp(name, "group") == 0 && verb->options[i].letter == 'g') {
            spelling.nearest = verb->options[i].name;
            spelling.n_nearest = 1;
        }
    char nearest[110] = "--";
    if (spelling.nearest) {
        snprintf(nearest, sizeof nearest, "--%.99s", spelling.nearest);
        spelling.nearest = nearest;
    }
    return wrong_word(verb, &spelling, SAY_OPTION_UNKNOWN, word);
}

bool command_line_read(const verb *verb, int n_arguments, char **arguments, command_line *line, bool *helped)
{
    struct option longs[OPTIONS_MAX + 2];
    char shorts[2 * OPTIONS_MAX + 4] = ":h";
    size_t index = 2;
    *helped = false;
    *line = (command_line){.verb = verb};
    line->parsed_option = calloc((size_t)n_arguments + 1, sizeof *line->parsed_option);
    line->operands = calloc((size_t)n_arguments + 1, sizeof *line->operands);
    if (!line->parsed_option || !line->operands) {
        print_line(SAY_OPTION_NO_MEMORY);
        return false;
    }
    for (size_t i = 0; i < verb->n_options; i++) {
        const option_text *option = &verb->options[i];
        longs[i] = (struct option){option->name, option->argument ? required_argument : no_argument, NULL,
                                   FIRST_LONG + (int)i};
        if (option->letter) {
            shorts[index++] = option->letter;
            if (option->argument)
                shorts[index++] = ':';
        }
    }
    shorts[index] = '\0';
    longs[verb->n_options] = (struct option){"help", no_argument, NULL, 'h'};
    longs[verb->n_options + 1] = (struct option){NULL, 0, NULL, 0};
    optind = 0; /* glibc: start anew */
    opterr = 0;
    for (;;) {
        int found_number = getopt_long(n_arguments, arguments, shorts, longs, NULL);
        if (found_number == -1)
            break;
        if (found_number == 'h') {
            verb_print_help(verb, messages_language(), stdout);
            *helped = true;
            return false;
        }
        if (found_number == ':' || found_number == '?') {
            char word_without_value[100] = {'-', (char)optopt};
            if (found_number == ':') { /* by number: musl steps past the last word, and has moved them */
                if (optopt >= FIRST_LONG)
                    snprintf(word_without_value, sizeof word_without_value, "--%.90s",
                             verb->options[optopt - FIRST_LONG].name);
                wrong_call(verb, SAY_OPTION_NEEDS_VALUE, word_without_value);
                return false;
            }
            const char *word = arguments[optind - 1];
            if (optopt >= FIRST_LONG)
                wrong_call(verb, SAY_OPTION_TAKES_NO_VALUE, verb->options[optopt - FIRST_LONG].name);
            else if (optopt)
                wrong_call(verb, SAY_OPTION_UNKNOWN_LETTER, optopt);
            else
                unknown_option(verb, word);
            return false;
        }
        const option_text *option = NULL;
        for (size_t i = 0; i < verb->n_options && !option; i++)
            if (found_number == FIRST_LONG + (int)i ||
                (found_number < FIRST_LONG && verb->options[i].letter == found_number))
                option = &verb->options[i];
        line->parsed_option[line->n_given++] = (parsed_option){option, option->argument ? optarg : ""};
    }
    while (optind < n_arguments)
        line->operands[line->n_operands++] = arguments[optind++];
    return true;
}

void command_line_free(command_line *line)
{
    free(line->parsed_option);
    free(line->operands);
    *line = (command_line){0};
}

bool option_is_listed(const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *word = list; word && *word; word += strcspn(word, " "), word += strspn(word, " "))
        if (strcspn(word, " ") == length && strncmp(word, name, length) == 0)
            return true;
    return false;
}

size_t option_count(const command_line *line, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < line->n_given; i++)
        count += strcmp(line->parsed_option[i].option->name, name) == 0;
    return count;
}

const char *option_value_at(const command_line *line, const char *name, size_t position)
{
    for (size_t i = 0; i < line->n_given; i++)
        if (strcmp(line->parsed_option[i].option->name, name) == 0 && position-- == 0)
            return line->parsed_option[i].value;
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

bool command_line_with_one(const command_line *line, const char *first, const char *second, size_t wanted_index,
                           command_line *single_command_line)
{
    *single_command_line =
        (command_line){.verb = line->verb,
                       .parsed_option = calloc(line->n_given + 1, sizeof *single_command_line->parsed_option),
                       .operands = calloc(line->n_operands + 1, sizeof *single_command_line->operands)};
    if (!single_command_line->parsed_option || !single_command_line->operands) {
        print_line(SAY_OPTION_NO_MEMORY);
        return false;
    }
    size_t met = 0;
    for (size_t i = 0; i < line->n_given; i++) {
        const char *name = line->parsed_option[i].option->name;
        bool is_one = strcmp(name, first) == 0 || strcmp(name, second) == 0;
        if (!is_one || met++ == wanted_index)
            single_command_line->parsed_option[single_command_line->n_given++] = line->parsed_option[i];
    }
    for (size_t i = 0; i < line->n_operands; i++)
        single_command_line->operands[single_command_line->n_operands++] = line->operands[i];
    return true;
}
