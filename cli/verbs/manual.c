/* manual.c - a program of the build: the manual page, whose options are those of the tables of verbs.
 *
 *     manual TEMPLATE     the template with its marks replaced, to standard output
 *
 * In the section of a verb (.SH "BEHOV FIT") a line of its own may be
 *     @option top around@   the heads of options: letter, name, what the value is called; their prose stands below
 *     @help code@           the same, and the help of the option as prose
 *     @others@              a list of the heads of all options of the verb that no such line of the section names
 * An option that is in no section, or a name that is no option of the verb, is an error. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include "verbs.h"

enum { LINE_SIZE = 1000, OPTIONS_MAX = 64 };

static const option_text help_option = {"help", 'h', NO_ARGUMENT, HELP(OPTION_HELP), NULL};

typedef struct manual_section {
    const verb *verb; /* NULL = of no verb */
    bool is_named[OPTIONS_MAX + 1], has_others;
} manual_section;

static const verb *find_verb(const char *name)
{
    for (size_t i = 0; all_verbs[i]; i++)
        if (strcmp(all_verbs[i]->name, name) == 0)
            return all_verbs[i];
    return NULL;
}

/* The options of a verb, and --help behind them. */
static const option_text *option_at(const verb *verb, size_t i)
{
    return i < verb->n_options ? &verb->options[i] : &help_option;
}

/* Text as roff has it, without a line break of its own. */
static void print_roff(const char *text)
{
    for (const char *c = text; *c; c++)
        if (strncmp(c, "\xC3\xA5", 2) == 0) {
            fputs("\\*(oA", stdout);
            c++;
        } else {
            switch (*c) {
            case '-': fputs("\\-", stdout); break;
            case '\'': fputs("\\(aq", stdout); break;
            case '`': fputs("\\(ga", stdout); break;
            case '^': fputs("\\(ha", stdout); break;
            case '~': fputs("\\(ti", stdout); break;
            case '"': fputs("\\(dq", stdout); break;
            case '\\': fputs("\\e", stdout); break;
            case '\n': putchar(' '); break;
            default: putchar(*c);
            }
        }
}

/* "FILE" in italics, "nb|en" in bold: what is typed as it stands. Within quotes of a .BR line. */
static void print_argument(const char *text)
{
    for (const char *word = text; *word;) {
        size_t length = strcspn(word, "|");
        bool is_literal = islower((unsigned char)word[0]);
        printf("%s%.*s\\fP", is_literal ? "\\fB" : "\\fI", (int)length, word);
        word += length;
        if (*word) {
            putchar('|');
            word++;
        }
    }
}

/* The head of an option within a .BR line, whose words are bold and roman in turn. \param end  behind it, in roman */
static void print_head(const option_text *option, const char *end)
{
    if (option->letter)
        printf(" \\-%c \", \"", option->letter);
    fputs(" \\-\\-", stdout);
    print_roff(option->name);
    if (option->argument) {
        fputs(" \" ", stdout);
        print_argument(behov_label(BEHOV_LANGUAGE_EN, option->argument));
        printf("%s\"", end);
    } else if (end[0]) {
        printf(end[1] ? " \"%s\"" : " %s", end);
    }
}

static void print_help(const option_text *option)
{
    const char *text = behov_label(BEHOV_LANGUAGE_EN, option->help);
    char first[2] = {(char)toupper((unsigned char)text[0]), '\0'};
    print_roff(first);
    print_roff(text + 1);
    puts(".");
}

/* The names of a mark, "top around"; false and a message when one is no option of the verb. */
static bool print_options(manual_section *section, char *names, bool has_help)
{
    const option_text *options[OPTIONS_MAX];
    size_t n = 0;
    for (char *name = strtok(names, " "); name && section->verb; name = strtok(NULL, " ")) {
        size_t i = 0;
        while (i <= section->verb->n_options && strcmp(option_at(section->verb, i)->name, name) != 0)
            i++;
        if (i > section->verb->n_options || n == OPTIONS_MAX) {
            fprintf(stderr, "manual: behov %s has no option --%s\n", section->verb->name, name);
            return false;
        }
        section->is_named[i] = true;
        options[n++] = option_at(section->verb, i);
    }
    if (!n) {
        fputs("manual: a mark outside the section of a verb\n", stderr);
        return false;
    }
    fputs(n > 1 || options[0]->letter || options[0]->argument ? ".BR" : ".B", stdout);
    for (size_t i = 0; i < n; i++)
        print_head(options[i], i + 1 < n ? ", " : "");
    putchar('\n');
    if (has_help)
        print_help(options[n - 1]);
    return true;
}

static void print_others(manual_section *section)
{
    size_t n = section->verb ? section->verb->n_options + 1 : 0, last = 0;
    section->has_others = true;
    for (size_t i = 0; i < n; i++)
        last = section->is_named[i] ? last : i;
    for (size_t i = 0; i < n; i++)
        if (!section->is_named[i]) {
            fputs(".BR", stdout);
            print_head(option_at(section->verb, i), i == last ? "." : ",");
            putchar('\n');
        }
}

/* Whether all options of a verb stand in its section. */
static bool end_section(const manual_section *section)
{
    bool is_whole = true;
    for (size_t i = 0; section->verb && !section->has_others && i <= section->verb->n_options; i++)
        if (!section->is_named[i]) {
            fprintf(stderr, "manual: --%s of behov %s is not there\n", option_at(section->verb, i)->name,
                    section->verb->name);
            is_whole = false;
        }
    return is_whole;
}

static void begin_section(manual_section *section, const char *line)
{
    char name[LINE_SIZE] = "";
    if (sscanf(line, ".SH \"BEHOV %999[A-Z]\"", name) == 1)
        for (char *c = name; *c; c++)
            *c = (char)tolower((unsigned char)*c);
    *section = (manual_section){.verb = find_verb(name)};
}

static bool print_line_of(manual_section *section, char *line)
{
    bool is_whole = true;
    size_t length = strlen(line);
    if (strncmp(line, ".SH", 3) == 0) {
        is_whole = end_section(section);
        begin_section(section, line);
    }
    if (line[0] != '@' || length < 3 || line[length - 2] != '@') {
        fputs(line, stdout);
        return is_whole;
    }
    line[length - 2] = '\0';
    if (strcmp(line, "@others") == 0)
        print_others(section);
    else if (strncmp(line, "@option ", 8) == 0)
        return print_options(section, line + 8, false);
    else if (strncmp(line, "@help ", 6) == 0)
        return print_options(section, line + 6, true);
    else
        is_whole = false;
    return is_whole;
}

int main(int n_arguments, char **arguments)
{
    char line[LINE_SIZE];
    bool is_whole = true;
    manual_section section = {0};
    FILE *template = n_arguments == 2 ? fopen(arguments[1], "r") : NULL;
    if (!template) {
        fputs("manual: which template?\n", stderr);
        return 2;
    }
    while (fgets(line, sizeof line, template))
        is_whole = print_line_of(&section, line) && is_whole;
    fclose(template);
    return is_whole && end_section(&section) && fflush(stdout) == 0 ? 0 : 1;
}
