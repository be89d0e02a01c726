/* completion.c - a program of the build: the completion of bash, made from the tables of verbs, options and writers.
 *
 *     completion TEMPLATE     the template with @TABLES@ replaced, to standard output */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verbs.h"
#include "writers.h"

static void print_verbs(void)
{
    printf("_behov_verbs='");
    for (size_t i = 0; all_verbs[i]; i++)
        printf("%s%s", i ? " " : "", all_verbs[i]->name);
    printf("'\n\n");
}

static void print_options(void)
{
    printf("# The long options of a verb.\n_behov_options() {\n    case $1 in\n");
    for (size_t i = 0; all_verbs[i]; i++) {
        const verb *verb = all_verbs[i];
        printf("    %s) echo '", verb->name);
        for (size_t j = 0; j < verb->n_options; j++)
            printf("--%s ", verb->options[j].name);
        printf("--help' ;;\n");
    }
    printf("    esac\n}\n\n");
}

/* Words and endings of files; "-" where a value is free. */
static bool print_values(const verb *verb, const option_text *option)
{
    if (option->help != HELP(OPTION_OUTPUT)) {
        printf("%s", option->values ? option->values : "-");
        return true;
    }
    char *list = writer_list(outputs_holds(verb->writers), "", "", NULL);
    for (char *c = list; c && *c; c++)
        *c = *c == ',' ? ' ' : *c;
    printf("%s", list ? list : "");
    free(list);
    return list != NULL;
}

static bool print_all_values(void)
{
    bool is_whole = true;
    printf("# The values of an option that takes one: words, endings of files, - for a free one.\n"
           "_behov_values() {\n    case $1:$2 in\n");
    for (size_t i = 0; all_verbs[i]; i++)
        for (size_t j = 0; j < all_verbs[i]->n_options; j++) {
            const option_text *option = &all_verbs[i]->options[j];
            if (option->argument == NO_ARGUMENT)
                continue;
            printf("    %s:--%s", all_verbs[i]->name, option->name);
            if (option->letter)
                printf(" | %s:-%c", all_verbs[i]->name, option->letter);
            printf(") echo '");
            is_whole = print_values(all_verbs[i], option) && is_whole;
            printf("' ;;\n");
        }
    printf("    esac\n}\n");
    return is_whole;
}

int main(int n_arguments, char **arguments)
{
    char line[1000];
    bool is_whole = true;
    FILE *template = n_arguments == 2 ? fopen(arguments[1], "r") : NULL;
    if (!template) {
        fputs("completion: which template?\n", stderr);
        return 2;
    }
    while (fgets(line, sizeof line, template)) {
        if (strcmp(line, "@TABLES@\n") != 0) {
            fputs(line, stdout);
            continue;
        }
        print_verbs();
        print_options();
        is_whole = print_all_values();
    }
    fclose(template);
    return is_whole && fflush(stdout) == 0 ? 0 : 1;
}
