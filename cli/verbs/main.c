/* main.c - from the first word to its verb. The only place that turns GSL's process-wide error handler off. */
#include <errno.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>

#include "system.h"
#include "target.h"
#include "verbs.h"
#include <behov/error.h>

static void print_help(FILE *out)
{
    fputs("behov - expected municipal expenditure by regression, and actual expenditure against it\n\n"
          "    behov VERB [ARGUMENTS]\n\n",
          out);
    for (size_t i = 0; all_verbs[i]; i++)
        fprintf(out, "  %-10s %s\n", all_verbs[i]->name, all_verbs[i]->summary);
    fputs("  help       Help on a verb: behov help fit\n\n"
          "behov --version prints the version. Figures go to standard output, messages to standard error.\n"
          "Exit code: 0 done, 1 the data or the model is wrong, 2 the call is wrong.\n",
          out);
}

static const verb *find(const char *name)
{
    for (size_t i = 0; all_verbs[i]; i++)
        if (strcmp(all_verbs[i]->name, name) == 0)
            return all_verbs[i];
    return NULL;
}

static int run(int n_arguments, char **arguments)
{
    if (n_arguments < 2) {
        print_help(stderr);
        return 2;
    }
    const char *word = arguments[1];
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        printf("behov %s\n", behov_version());
        return 0;
    }
    bool is_help = strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
    if (is_help && n_arguments == 2) {
        print_help(stdout);
        return 0;
    }
    const verb *verb = find(is_help ? arguments[2] : word);
    if (!verb)
        return wrong_call(NULL, "there is no verb %s", is_help ? arguments[2] : word);
    if (is_help) {
        verb_print_help(verb, stdout);
        return 0;
    }
    return verb_run(verb, n_arguments - 1, arguments + 1);
}

int main(int n_arguments, char **arguments)
{
    system_streams_hold();
    gsl_set_error_handler_off();
    int code = run(n_arguments, arguments);
    /* A full disk shows only when the last bytes leave: a page that was cut is no success. */
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == 0) {
        fprintf(stderr, "behov: standard output: cannot be written: %s\n", target_reason(errno));
        return 1;
    }
    return code;
}
