/* merge_options.c - see merge_options.h. */
#include "merge_options.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "number_options.h"

/* A copy of an option's value that lives as long as the state; NULL without memory. */
static char *keep(merge_options *options, const char *text)
{
    char **texts = realloc(options->texts, (options->n_texts + 1) * sizeof *texts), *copy = texts ? strdup(text) : NULL;
    if (texts)
        options->texts = texts;
    if (copy)
        options->texts[options->n_texts++] = copy;
    return copy;
}

static bool add_rule(merge_options *options, behov_merge_rule rule)
{
    behov_merge_rule *rules = realloc(options->rules, (options->n_rules + 1) * sizeof *rules);
    if (!rules)
        return false;
    options->rules = rules;
    rules[options->n_rules++] = rule;
    return true;
}

static bool add_left_out(merge_options *options, const char *column)
{
    const char **left_out = realloc(options->left_out, (options->n_left_out + 1) * sizeof *left_out);
    if (!left_out)
        return false;
    options->left_out = left_out;
    left_out[options->n_left_out++] = column;
    return true;
}

static int no_memory(void)
{
    behov_error err;
    behov_error_say(&err, BEHOV_E_MEMORY, "", SAY_MERGE_NO_MEMORY);
    return print_failure(&err);
}

/* "a,b": each name, without the blanks around it. */
static int read_list(const command_line *line, merge_options *options, const char *option, bool is_sum)
{
    for (size_t i = 0; i < option_count(line, option); i++) {
        char *text = keep(options, option_value_at(line, option, i)), *rest = NULL;
        if (!text)
            return no_memory();
        for (char *name = strtok_r(text, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
            name += strspn(name, " ");
            for (size_t n = strlen(name); n && name[n - 1] == ' '; n--)
                name[n - 1] = '\0';
            if (!(is_sum ? add_rule(options, (behov_merge_rule){name, NULL, BEHOV_MERGE_SUM})
                         : add_left_out(options, name)))
                return no_memory();
        }
    }
    return 0;
}

/* "a/b": a per b. */
static int read_ratios(const command_line *line, merge_options *options, const char *option, behov_merge_kind kind)
{
    for (size_t i = 0; i < option_count(line, option); i++) {
        char *text = keep(options, option_value_at(line, option, i)), *slash = text ? strrchr(text, '/') : NULL;
        if (!text)
            return no_memory();
        if (!slash || slash == text || !slash[1])
            return wrong_value(line->verb, option, text, SAY_PANEL_NO_DENOMINATOR, option, text);
        *slash = '\0';
        if (!add_rule(options, (behov_merge_rule){text, slash + 1, kind}))
            return no_memory();
    }
    return 0;
}

static int read_splits(const command_line *line, merge_options *options)
{
    const char *splits = option_value(line, "splits"), *shares = option_value(line, "shares");
    if (splits && strcmp(splits, "error") != 0 && strcmp(splits, "drop") != 0 && strcmp(splits, "weights") != 0)
        return wrong_value(line->verb, "splits", splits, SAY_PANEL_SPLITS, splits);
    bool is_weighted = splits && strcmp(splits, "weights") == 0;
    if (shares ? splits && !is_weighted : is_weighted)
        return wrong_call(line->verb, SAY_PANEL_SHARES);
    options->splits = shares                                  ? BEHOV_SPLITS_WEIGHTED
                      : splits && strcmp(splits, "drop") == 0 ? BEHOV_SPLITS_DROPPED
                                                              : BEHOV_SPLITS_REFUSED;
    return 0;
}

int merge_options_read(const command_line *line, merge_options *options)
{
    if (!option_given(line, "to"))
        return wrong_call(line->verb, SAY_PANEL_TO_MISSING);
    if (!whole_option(line, "to", 1838, 2100, &options->year))
        return 2;
    int code = read_splits(line, options);
    if (!code)
        code = read_list(line, options, "leave-out", false);
    return code ? code : merge_options_read_rules(line, options);
}

int merge_options_read_rules(const command_line *line, merge_options *options)
{
    int code = read_list(line, options, "sum", true);
    if (!code)
        code = read_ratios(line, options, "rate", BEHOV_MERGE_RATE);
    return code ? code : read_ratios(line, options, "mean", BEHOV_MERGE_MEAN);
}

int merge_options_read_if_given(const command_line *line, merge_options *options)
{
    if (option_given(line, "to") && !whole_option(line, "to", 1838, 2100, &options->year))
        return 2;
    return read_splits(line, options);
}

void merge_options_free(merge_options *options)
{
    for (size_t i = 0; i < options->n_texts; i++)
        free(options->texts[i]);
    free(options->texts);
    free(options->rules);
    free(options->left_out);
}
