/* pxweb_selection.c - see pxweb_selection.h. */
#include "pxweb_selection.h"

#include <stdlib.h>
#include <string.h>

#include <behov/near_word.h>
#include <behov/wording.h>

static behov_status out_of_memory(const char *where, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, where, SAY_FETCH_NO_MEMORY);
}

/* ---- expressions ------------------------------------------------------------------------------------------------- */

char **pxweb_expressions(const char *list, size_t *n)
{
    size_t length = strlen(list), n_most = 1;
    for (const char *mark = list; *mark; mark++)
        n_most += *mark == ',';
    char **texts = malloc(n_most * sizeof *texts + 2 * length + 2);
    if (!texts)
        return NULL;
    char *end = (char *)(texts + n_most);
    int depth = 0;
    *n = 0;
    texts[0] = end;
    for (size_t i = 0; i <= length; i++) {
        char mark = list[i];
        if (mark == '(')
            depth++;
        else if (mark == ')' && depth)
            depth--;
        if (mark && (mark != ',' || depth)) {
            /* The brackets are those that an address needs around a comma. */
            if (mark != '[' && mark != ']' && (mark != ' ' || end > texts[*n]))
                *end++ = mark;
            continue;
        }
        while (end > texts[*n] && end[-1] == ' ')
            end--;
        *end++ = '\0';
        if (texts[*n][0])
            ++*n;
        if (mark)
            texts[*n] = end;
    }
    return texts;
}

/* Whether a code fits a mask: ? is one letter of UTF-8, * any number. */
static bool fits(const char *mask, const char *code)
{
    const char *star = NULL, *kept = NULL;
    for (;;) {
        if (*mask == '*') {
            star = ++mask;
            kept = code;
        } else if (*code && *mask == '?') {
            mask++;
            code++;
            while (((unsigned char)*code & 0xC0) == 0x80)
                code++;
        } else if (*code && *mask == *code) {
            mask++;
            code++;
        } else if (!*code && !*mask) {
            return true;
        } else if (star && *kept) {
            mask = star;
            code = ++kept;
        } else {
            return false;
        }
    }
}

/* One expression on one variable. */
typedef struct expansion {
    const pxweb_variable *variable;
    const char *expression, *where;
    bool *is_chosen; /* by position */
    size_t n_found;
    const behov_notice *notice;
    behov_error *err;
} expansion;

static void choose(expansion *expansion, size_t position)
{
    expansion->n_found++;
    expansion->is_chosen[position] = true;
}

static behov_status refuse_expression(const expansion *expansion)
{
    return behov_error_say(expansion->err, BEHOV_E_ARGUMENT, expansion->where, SAY_FETCH_EXPRESSION,
                           behov_cut(expansion->expression, 80).text, behov_cut(expansion->variable->code, 80).text);
}

static behov_status no_such_value(const expansion *expansion, const char *code)
{
    const pxweb_variable *variable = expansion->variable;
    behov_near_word spelling = behov_near_word_start(code);
    for (size_t i = 0; i < variable->n_values; i++)
        behov_near_word_try(&spelling, variable->values[i].code);
    behov_excerpt shown = behov_cut(code, 80), name = behov_cut(variable->code, 80);
    if (spelling.n_nearest == 1)
        return behov_error_say(expansion->err, BEHOV_E_NAME, expansion->where, SAY_FETCH_NO_VALUE_NEAR, name.text,
                               shown.text, behov_cut(spelling.nearest, 80).text);
    return behov_error_say(expansion->err, BEHOV_E_NAME, expansion->where, SAY_FETCH_NO_VALUE, name.text, shown.text);
}

/* The position of a code; n_values when there is none. */
static size_t position_of(const pxweb_variable *variable, const char *code)
{
    for (size_t i = 0; i < variable->n_values; i++)
        if (strcmp(variable->values[i].code, code) == 0)
            return i;
    for (size_t i = 0; i < variable->n_values; i++)
        if (pxweb_is_same_code(variable->values[i].code, code))
            return i;
    return variable->n_values;
}

/* Whether the values of a time variable go from late to early. */
static bool is_falling(const pxweb_variable *variable)
{
    return variable->n_values > 1 &&
           strcmp(variable->values[0].code, variable->values[variable->n_values - 1].code) > 0;
}

static behov_status choose_ends(expansion *expansion, const char *arguments, bool is_top)
{
    const pxweb_variable *variable = expansion->variable;
    char *end;
    unsigned long n = strtoul(arguments, &end, 10), offset = 0;
    if (end == arguments || arguments[0] == '-')
        return refuse_expression(expansion);
    if (*end == ',')
        offset = strtoul(end + 1, &end, 10);
    if (*end || !n)
        return refuse_expression(expansion);
    bool from_the_end = variable->is_time ? is_top != is_falling(variable) : !is_top;
    for (unsigned long i = offset; i < variable->n_values && i - offset < n; i++)
        choose(expansion, from_the_end ? variable->n_values - 1 - i : i);
    return BEHOV_OK;
}

/* Of the time variable a quarter 2020K3 lies within from(2020) and to(2020). */
static bool lies_in_time(const char *code, const char *first, const char *last)
{
    return (!first || strncmp(code, first, strlen(first)) >= 0) && (!last || strncmp(code, last, strlen(last)) <= 0);
}

static behov_status choose_time(expansion *expansion, const char *first, const char *last)
{
    const pxweb_variable *variable = expansion->variable;
    bool has_first = !first, has_last = !last;
    for (size_t i = 0; i < variable->n_values; i++) {
        const char *code = variable->values[i].code;
        if (!lies_in_time(code, first, last))
            continue;
        choose(expansion, i);
        has_first = has_first || strncmp(code, first, strlen(first)) == 0;
        has_last = has_last || strncmp(code, last, strlen(last)) == 0;
    }
    if (expansion->n_found && (!has_first || !has_last)) {
        bool falls = is_falling(variable);
        const json_stat_category *low = &variable->values[falls ? variable->n_values - 1 : 0],
                                 *high = &variable->values[falls ? 0 : variable->n_values - 1];
        behov_notice_tell(expansion->notice, SAY_FETCH_TIME_IS_SHORTER, expansion->where,
                          behov_cut(variable->code, 80).text, behov_cut(expansion->expression, 80).text,
                          behov_cut(low->code, 40).text, behov_cut(high->code, 40).text);
    }
    return BEHOV_OK;
}

static behov_status choose_range(expansion *expansion, const char *first, const char *last)
{
    const pxweb_variable *variable = expansion->variable;
    size_t n = variable->n_values, low = first ? position_of(variable, first) : 0,
           high = last ? position_of(variable, last)
                  : n  ? n - 1
                       : 0;
    if (variable->is_time)
        return choose_time(expansion, first, last);
    if (low == n || high == n)
        return no_such_value(expansion, low == n ? first : last);
    for (size_t i = low; i <= high; i++)
        choose(expansion, i);
    return BEHOV_OK;
}

/* The arguments of "name(...)", without blanks around (malloc); NULL when the expression is none of that name, or without
 * memory. */
static char *arguments_of(const char *expression, const char *name)
{
    size_t length = strlen(name), whole = strlen(expression);
    if (whole < length + 2 || expression[length] != '(' || expression[whole - 1] != ')')
        return NULL;
    for (size_t i = 0; i < length; i++)
        if ((expression[i] | 0x20) != name[i])
            return NULL;
    return strndup(expression + length + 1, whole - length - 2);
}

static char *trimmed(char *text)
{
    while (*text == ' ')
        text++;
    size_t length = strlen(text);
    while (length && text[length - 1] == ' ')
        text[--length] = '\0';
    return text;
}

static behov_status choose_by_function(expansion *expansion, bool *is_function)
{
    static const char *const names[] = {"top", "bottom", "from", "to", "range"};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && !*is_function; i++) {
        char *arguments = arguments_of(expansion->expression, names[i]);
        if (!arguments)
            continue;
        *is_function = true;
        char *comma = strchr(arguments, ','), *first = trimmed(arguments), *last = NULL;
        if (i == 4 && comma) {
            *comma = '\0';
            first = trimmed(arguments);
            last = trimmed(comma + 1);
        }
        if (!first[0] || (i == 4 && (!last || !last[0])))
            status = refuse_expression(expansion);
        else if (i < 2)
            status = choose_ends(expansion, first, i == 0);
        else
            status = choose_range(expansion, i == 3 ? NULL : first, i == 3 ? first : last);
        free(arguments);
    }
    return status;
}

static behov_status expand(expansion *expansion, bool is_optional)
{
    const pxweb_variable *variable = expansion->variable;
    const char *expression = expansion->expression;
    size_t position = position_of(variable, expression);
    bool is_function = false;
    if (position < variable->n_values) {
        choose(expansion, position);
        return BEHOV_OK;
    }
    behov_status status = choose_by_function(expansion, &is_function);
    bool is_mask = strpbrk(expression, "*?") != NULL;
    for (size_t i = 0; i < variable->n_values && is_mask && !is_function; i++)
        if (fits(expression, variable->values[i].code))
            choose(expansion, i);
    if (status || expansion->n_found || is_optional)
        return status && is_optional && status == BEHOV_E_NAME ? BEHOV_OK : status;
    return is_function || is_mask
               ? behov_error_say(expansion->err, BEHOV_E_NAME, expansion->where, SAY_FETCH_NOTHING_FITS,
                                 behov_cut(expression, 80).text, behov_cut(variable->code, 80).text)
               : no_such_value(expansion, expression);
}

/* ---- one variable ------------------------------------------------------------------------------------------------ */

/* Version 0 does not list the codes of an aggregation: they are taken as they are written. */
static behov_status take_codes(const fetch_choice *choice, const char *where, pxweb_codes *codes, behov_error *err)
{
    for (size_t i = 0; i < choice->n_expressions; i++) {
        const char *code = choice->expressions[i];
        bool is_there = false;
        if (strpbrk(code, "*?()"))
            return behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_FETCH_CODES_NEEDED, behov_cut(code, 80).text,
                                   behov_cut(choice->code_list, 80).text);
        for (size_t j = 0; j < codes->n && !is_there; j++)
            is_there = pxweb_is_same_code(codes->codes[j], code);
        if (!is_there)
            codes->codes[codes->n++] = code;
    }
    return BEHOV_OK;
}

static behov_status expand_all(const pxweb_variable *variable, const fetch_choice *choice, const char *where,
                               const behov_notice *notice, bool *is_chosen, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < choice->n_expressions && !status; i++) {
        expansion expansion = {variable, choice->expressions[i], where, is_chosen, 0, notice, err};
        status = expand(&expansion, choice->is_optional && choice->is_optional[i]);
    }
    return status;
}

static bool lists_codes(const fetch_choice *choice)
{
    return !choice->code_list || !strchr(choice->code_list, ':');
}

static behov_status choose_codes(const pxweb_variable *variable, const fetch_choice *choice, const char *where,
                                 const behov_notice *notice, pxweb_codes *codes, behov_error *err)
{
    size_t n = variable->n_values, room = n > choice->n_expressions ? n : choice->n_expressions;
    bool *is_chosen = calloc(n + 1, sizeof *is_chosen);
    *codes = (pxweb_codes){variable, choice->code_list, malloc((room + 1) * sizeof *codes->codes), 0};
    behov_status status = is_chosen && codes->codes ? BEHOV_OK : out_of_memory(where, err);
    if (!status && !lists_codes(choice))
        status = take_codes(choice, where, codes, err);
    else if (!status)
        status = expand_all(variable, choice, where, notice, is_chosen, err);
    for (size_t i = 0; i < n && !status; i++)
        if (is_chosen[i])
            codes->codes[codes->n++] = variable->values[i].code;
    free(is_chosen);
    if (!status && !codes->n)
        status =
            behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_FETCH_NOTHING_CHOSEN, behov_cut(variable->code, 80).text);
    return status;
}

/* ---- all variables ----------------------------------------------------------------------------------------------- */

static void list_values(const pxweb_variable *variable, behov_wording *list)
{
    enum { MOST_SHOWN = 6 };
    behov_wording_add(list, variable->code);
    behov_wording_add(list, " (");
    for (size_t i = 0; i < variable->n_values && i < MOST_SHOWN; i++) {
        const json_stat_category *value = &variable->values[i];
        behov_wording_add(list, i ? ", " : "");
        behov_wording_add(list, value->code);
        if (value->label && strcmp(value->label, value->code) != 0)
            behov_wording_print(list, " %s", behov_cut(value->label, 40).text);
    }
    if (variable->n_values > MOST_SHOWN)
        behov_wording_print(list, ", ... %zu", variable->n_values);
    behov_wording_add(list, ")");
}

static const fetch_choice *choice_of(const pxweb_table *table, const pxweb_variable *variable,
                                     const fetch_choice *choices, size_t n_choices)
{
    for (size_t i = 0; i < n_choices; i++)
        if (pxweb_table_find(table, choices[i].variable) == variable)
            return &choices[i];
    return NULL;
}

static behov_status check_names(const pxweb_table *table, const fetch_choice *choices, size_t n_choices,
                                const char *where, behov_error *err)
{
    for (size_t i = 0; i < n_choices; i++) {
        const pxweb_variable *variable = pxweb_table_find(table, choices[i].variable);
        behov_excerpt name = behov_cut(choices[i].variable, 80);
        behov_wording list = {0};
        for (size_t j = 0; j < table->n_variables && !variable; j++)
            behov_wording_add_after(&list, ", ", table->variables[j].code);
        behov_status status = BEHOV_OK;
        if (!variable)
            status = behov_error_say(err, BEHOV_E_NAME, where, SAY_FETCH_NO_VARIABLE, name.text,
                                     behov_cut(behov_wording_text(&list), 200).text);
        else if (choice_of(table, variable, choices, i))
            status = behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_FETCH_CHOSEN_TWICE, name.text);
        behov_wording_free(&list);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

static behov_status check_mandatory(const pxweb_table *table, const fetch_choice *choices, size_t n_choices,
                                    const char *where, behov_error *err)
{
    behov_wording list = {0};
    for (size_t i = 0; i < table->n_variables; i++) {
        const pxweb_variable *variable = &table->variables[i];
        if (variable->may_be_left_out || variable->n_values == 1 || choice_of(table, variable, choices, n_choices))
            continue;
        behov_wording_add_after(&list, "; ", "");
        list_values(variable, &list);
    }
    behov_status status = behov_wording_status(&list, err);
    if (!status && list.length)
        status = behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_FETCH_MUST_BE_CHOSEN, behov_wording_text(&list));
    behov_wording_free(&list);
    return status;
}

behov_status pxweb_select(const pxweb_table *table, const fetch_choice *choices, size_t n_choices, const char *where,
                          const behov_notice *notice, pxweb_selection *selection, behov_error *err)
{
    static const char *const everything[] = {"*"};
    static const behov_notice nobody = {0};
    *selection = (pxweb_selection){calloc(table->n_variables + 1, sizeof *selection->variables), 0};
    behov_status status = selection->variables ? BEHOV_OK : out_of_memory(where, err);
    if (!status)
        status = check_names(table, choices, n_choices, where, err);
    if (!status)
        status = check_mandatory(table, choices, n_choices, where, err);
    for (size_t i = 0; i < table->n_variables && !status; i++) {
        const pxweb_variable *variable = &table->variables[i];
        const fetch_choice *choice = choice_of(table, variable, choices, n_choices);
        fetch_choice whole = {variable->code, NULL, everything, NULL, 1};
        if (!choice && variable->may_be_left_out)
            continue;
        status = choose_codes(variable, choice ? choice : &whole, where, notice ? notice : &nobody,
                              &selection->variables[selection->n++], err);
    }
    return status;
}

void pxweb_selection_free(pxweb_selection *selection)
{
    for (size_t i = 0; i < selection->n; i++)
        free(selection->variables[i].codes);
    free(selection->variables);
    *selection = (pxweb_selection){0};
}
