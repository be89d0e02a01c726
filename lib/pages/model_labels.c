/* model_labels.c - see model_labels.h. */
#include <behov/model_labels.h>

#include <string.h>

#include <behov/labels.h>

/* Columns and terms that have words of their own. A column that only happens to be called as some other words are
 * keyed, `t` or `p`, is not meant. */
static bool has_own_words(const char *name)
{
    static const char *const names[] = {"(Intercept)",
                                        "I(population^1.2)",
                                        "clustering_index",
                                        "disabled_18_49",
                                        "municipality",
                                        "municipality_code",
                                        "net_expenditure",
                                        "new_refugees",
                                        "non_western_immigrants",
                                        "population",
                                        "population_16_66",
                                        "upper_secondary_completion",
                                        "year"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

const char *behov_model_label(const behov_model *model, behov_language lang, const char *name)
{
    behov_language alone = behov_language_alone(lang);
    const char *match = behov_model_find_pair(model->labels[alone], model->n_labels[alone], name);
    if (match)
        return match;
    if (has_own_words(name))
        return behov_label_of_key(lang, name);
    if (strncmp(name, "year=", 5) == 0 && !strchr(name, ':'))
        return name + 5;
    return name;
}

void behov_model_label_without_unit(char *label_text, const char *unit)
{
    char *tail = label_text;
    for (char *next = label_text; (next = strstr(next, ", ")) != NULL; next += 2)
        tail = next;
    if (tail != label_text && unit[0] && strncmp(unit, tail + 2, strlen(tail + 2)) == 0)
        *tail = '\0';
}
