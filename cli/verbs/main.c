/* main.c - from the first word to its verb. The only place that turns GSL's process-wide error handler off. */
#include <errno.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "messages.h"
#include "system.h"
#include "target.h"
#include "verbs.h"
#include <behov/error.h>

static const verb *find(const char *name)
{
    for (size_t i = 0; all_verbs[i]; i++)
        if (strcmp(all_verbs[i]->name, name) == 0)
            return all_verbs[i];
    return NULL;
}

static int unknown_verb(const char *name)
{
    behov_near_word spelling = behov_near_word_start(name);
    for (size_t i = 0; all_verbs[i]; i++)
        behov_near_word_try(&spelling, all_verbs[i]->name);
    behov_near_word_try(&spelling, "help");
    return wrong_word(NULL, &spelling, SAY_MAIN_VERB_UNKNOWN, name);
}

/* `behov help [VERB]`, with or without --lang. */
static int help(int n_arguments, char **arguments)
{
    behov_language lang = messages_language();
    int index = 2;
    while (index < n_arguments && help_language_words(arguments[index]))
        index += (int)help_language_words(arguments[index]);
    if (index >= n_arguments || arguments[index][0] == '-') {
        verbs_print_help(all_verbs, lang, stdout);
        return 0;
    }
    const verb *verb = find(arguments[index]);
    if (!verb)
        return unknown_verb(arguments[index]);
    verb_print_help(verb, lang, stdout);
    return 0;
}

/* `behov --lang en fit` is `behov fit --lang en`. \return how many arguments are left: 1 where no verb follows */
static int put_verb_first(int n_arguments, char **arguments)
{
    int index = 1;
    while (index < n_arguments && help_language_words(arguments[index]))
        index += (int)help_language_words(arguments[index]);
    if (index >= n_arguments)
        return 1;
    char *word = arguments[index];
    memmove(arguments + 2, arguments + 1, (size_t)(index - 1) * sizeof *arguments);
    arguments[1] = word;
    return n_arguments;
}

static int run(int n_arguments, char **arguments)
{
    n_arguments = put_verb_first(n_arguments, arguments);
    if (n_arguments < 2) {
        verbs_print_help(all_verbs, messages_language(), stderr);
        return 2;
    }
    const char *word = arguments[1];
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        printf("behov %s\n", behov_version());
        return 0;
    }
    bool is_help = strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
    if (is_help)
        return help(n_arguments, arguments);
    const verb *verb = find(word);
    if (!verb)
        return unknown_verb(word);
    return verb_run(verb, n_arguments - 1, arguments + 1);
}

/* The marks of a phrase (behov/phrase.h) never come from a user: what a message says of a word would be another's. */
static bool has_phrase_marks(int n_arguments, char **arguments)
{
    for (int i = 1; i < n_arguments; i++)
        if (strpbrk(arguments[i], "\002\003\037"))
            return true;
    return false;
}

int main(int n_arguments, char **arguments)
{
    memory_return_early();
    system_streams_hold();
    gsl_set_error_handler_off();
    const char *unknown;
    messages_set_language(help_language(n_arguments, arguments, &unknown));
    if (unknown)
        print_line(SAY_MAIN_LANG_UNKNOWN, unknown);
    int code = has_phrase_marks(n_arguments, arguments) ? wrong_call(NULL, SAY_MAIN_CONTROL_CHARACTER)
                                                        : run(n_arguments, arguments);
    /* A full disk shows only when the last bytes leave: a page that was cut is no success. */
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == 0) {
        print_line(SAY_STREAM_NOT_WRITTEN, PHRASE_STANDARD_OUTPUT, target_reason(errno));
        return 1;
    }
    return code;
}
