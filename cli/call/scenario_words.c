/* scenario_words.c - see scenario_words.h.
 *
 *   set    [NAME:] MUNICIPALITY[,MUNICIPALITY...] COLUMN=CHANGE ... and again ... [PANEL]
 *   merge  [NAME:] MUNICIPALITY,MUNICIPALITY... and again ... [PANEL]
 *
 * A word without = is a municipality when a change follows it, and else, as the last word, the panel. A word that is the
 * name of a file is the panel in either. */
#include "scenario_words.h"

#include <stdlib.h>
#include <string.h>

#include <behov/column_labels.h>

#include "messages.h"
#include "read_scenarios.h"
#include "system.h"

/* Bytes of a scenario's name, which heads columns. */
enum { MOST_NAME = 200 };

static behov_status no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SCENARIO_NO_MEMORY);
}

static int no_memory_of_call(void)
{
    behov_error err;
    (void)no_memory(&err);
    return print_failure(&err);
}

void scenario_words_free(scenario_words *words)
{
    for (size_t i = 0; i < words->n_texts; i++)
        free(words->texts[i]);
    free(words->texts), free(words->groups), free(words->changes);
    free(words->requests), free(words->mergers), free(words->members);
    behov_municipality_names_free(&words->names);
    behov_table_free(words->table);
    *words = (scenario_words){0};
}

/* ---- keeping ----------------------------------------------------------------------------------------------------- */

/* A copy of some bytes without the blanks around them; NULL without memory. */
static char *keep(scenario_words *words, const char *text, size_t length)
{
    for (; length && (*text == ' ' || *text == '\t'); length--)
        text++;
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    char **texts = realloc(words->texts, (words->n_texts + 1) * sizeof *texts);
    char *copy = texts ? strndup(text, length) : NULL;
    if (texts)
        words->texts = texts;
    if (copy)
        words->texts[words->n_texts++] = copy;
    return copy;
}

static bool add_group(scenario_words *words, scenario_group group)
{
    scenario_group *groups = realloc(words->groups, (words->n_groups + 1) * sizeof *groups);
    if (!groups)
        return false;
    words->groups = groups;
    group.first_change = words->n_changes;
    groups[words->n_groups++] = group;
    return true;
}

/* A change of the group added last. */
static bool add_change(scenario_words *words, behov_scenario_change change)
{
    behov_scenario_change *changes = realloc(words->changes, (words->n_changes + 1) * sizeof *changes);
    if (!changes)
        return false;
    words->changes = changes;
    changes[words->n_changes++] = change;
    words->groups[words->n_groups - 1].n_changes++;
    return true;
}

/* ---- words of the call ------------------------------------------------------------------------------------------- */

static bool is_name(const char *word)
{
    size_t length = strlen(word);
    return length > 1 && word[length - 1] == ':' && !strchr(word, '=');
}

/* "Nord: 1860,1865" as one word of the call, with or without the blank before a code: where its municipalities begin; NULL
 * when it is no such word. */
static const char *behind_name(const char *word)
{
    const char *colon = strchr(word, ':');
    while (colon && colon[1] != ' ' && !(colon[1] >= '0' && colon[1] <= '9'))
        colon = strchr(colon + 1, ':');
    return colon && colon > word && !strchr(word, '=') && colon[1 + strspn(colon + 1, " ")] ? colon + 1 : NULL;
}

static bool is_change(const char *word)
{
    return strchr(word, '=') && word[0] != '=' && !system_is_regular_file(word);
}

static bool is_panel(const char *word)
{
    return strcmp(word, "-") == 0 || system_is_regular_file(word);
}

static int set_panel(const command_line *line, scenario_words *words, const char *word)
{
    if (words->panel)
        return wrong_call(line->verb, SAY_SCENARIO_PANEL_TWICE, words->panel, word);
    words->panel = word;
    return 0;
}

static int read_change(const command_line *line, scenario_words *words, const char *word)
{
    const char *equals = strchr(word, '=');
    if (!words->n_groups)
        return wrong_call(line->verb, SAY_SCENARIO_NO_MUNICIPALITY);
    char *column = keep(words, word, (size_t)(equals - word)), *text = keep(words, equals + 1, strlen(equals + 1));
    return column && text && add_change(words, (behov_scenario_change){column, text, NULL}) ? 0 : no_memory_of_call();
}

/* A group's municipalities; `name` is that of the word before, with its colon, NULL = none. */
static int read_group(const command_line *line, scenario_words *words, const char *name, const char *word)
{
    char *kept_name = name ? keep(words, name, strcspn(name, ":")) : NULL;
    if (kept_name && strlen(kept_name) > MOST_NAME)
        return wrong_call(line->verb, SAY_SCENARIO_NAME_TOO_LONG, (int)MOST_NAME);
    return (name && !kept_name) || !add_group(words, (scenario_group){.name = kept_name, .municipalities = word})
               ? no_memory_of_call()
               : 0;
}

/* Whether a word begins a group rather than being the panel. */
typedef bool (*begins_group)(const command_line *line, const scenario_words *words, size_t i);

static bool begins_set(const command_line *line, const scenario_words *words, size_t i)
{
    bool is_last = i + 1 == line->n_operands;
    return !is_last || (!words->n_groups && !option_given(line, "scenario"));
}

static bool begins_merger(const command_line *line, const scenario_words *words, size_t i)
{
    bool is_last = i + 1 == line->n_operands;
    return !is_last || !words->n_groups || !strpbrk(line->operands[i], "./\\");
}

static int read_words(const command_line *line, begins_group begins, bool has_changes, scenario_words *words)
{
    const char *name = NULL;
    int code = 0;
    for (size_t i = 1; i < line->n_operands && !code; i++) {
        const char *word = line->operands[i];
        if (is_name(word) && !is_panel(word)) {
            if (name)
                return wrong_call(line->verb, SAY_SCENARIO_GROUP_WITHOUT, name);
            name = word;
        } else if (behind_name(word) && !is_panel(word)) {
            if (name)
                return wrong_call(line->verb, SAY_SCENARIO_GROUP_WITHOUT, name);
            code = read_group(line, words, word, behind_name(word));
        } else if (has_changes && is_change(word)) {
            if (name)
                return wrong_call(line->verb, SAY_SCENARIO_GROUP_WITHOUT, name);
            code = read_change(line, words, word);
        } else if (!is_panel(word) && (name || begins(line, words, i))) {
            code = read_group(line, words, name, word);
            name = NULL;
        } else {
            code = set_panel(line, words, word);
        }
    }
    return !code && name ? wrong_call(line->verb, SAY_SCENARIO_GROUP_WITHOUT, name) : code;
}

/* ---- a file ------------------------------------------------------------------------------------------------------ */

static const char *cell(const behov_table *table, ptrdiff_t column, size_t row)
{
    int32_t code = column < 0 ? -1 : behov_table_codes(table, (size_t)column)[row];
    return code < 0 ? NULL : behov_dictionary_text(behov_table_levels(table, (size_t)column), code);
}

static bool is_same(const char *text, const char *other)
{
    return text && other ? strcmp(text, other) == 0 : text == other;
}

/* The rows of one name and municipality are one scenario, wherever they stand: those of a group are put together. */
static behov_status add_rows_of(scenario_words *words, const scenario_columns *columns, size_t first, bool *is_taken,
                                behov_error *err)
{
    const behov_table *table = words->table;
    const char *name = cell(table, columns->scenario, first), *code = cell(table, columns->municipality, first);
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(table, first, columns->municipality, where);
    const char *place = keep(words, where, strlen(where));
    if (!place || !add_group(words, (scenario_group){.name = name, .municipalities = code, .where = place}))
        return no_memory(err);
    for (size_t row = first; row < behov_table_n_rows(table); row++) {
        if (is_taken[row] || !is_same(cell(table, columns->scenario, row), name) ||
            !is_same(cell(table, columns->municipality, row), code))
            continue;
        is_taken[row] = true;
        behov_table_where(table, row, columns->change, where);
        place = keep(words, where, strlen(where));
        if (!place || !add_change(words, (behov_scenario_change){cell(table, columns->column, row),
                                                                 cell(table, columns->change, row), place}))
            return no_memory(err);
    }
    return BEHOV_OK;
}

static behov_status check_cells(const behov_table *table, const scenario_columns *columns, behov_error *err)
{
    const ptrdiff_t needed[] = {columns->municipality, columns->column, columns->change};
    for (size_t row = 0; row < behov_table_n_rows(table); row++)
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
            char where[BEHOV_PLACE_SIZE];
            if (cell(table, needed[i], row))
                continue;
            behov_table_where(table, row, needed[i], where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_SCENARIO_FILE_EMPTY_CELL);
        }
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        char where[BEHOV_PLACE_SIZE];
        const char *name = cell(table, columns->scenario, row);
        if (!name || strlen(name) <= MOST_NAME)
            continue;
        behov_table_where(table, row, columns->scenario, where);
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SCENARIO_NAME_LONG, (int)MOST_NAME);
    }
    return BEHOV_OK;
}

/* A spreadsheet takes the plus away from a number: +0,5 that was typed is the level 0,5 here, and that is told. */
static void tell_levels(const behov_table *table, const scenario_columns *columns)
{
    size_t n = 0, first = 0;
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        behov_step_kind kind;
        behov_step_unit unit;
        double amount;
        behov_error err;
        if (behov_scenario_step_parse(cell(table, columns->change, row), "", &kind, &unit, &amount, &err) ||
            kind != BEHOV_STEP_LEVEL)
            continue;
        first = n++ ? first : row;
    }
    if (!n)
        return;
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(table, first, columns->change, where);
    const behov_excerpt text = behov_cut(cell(table, columns->change, first), 60);
    if (n == 1)
        print_note(SAY_SCENARIO_FILE_LEVEL, where, text.text);
    else
        print_note(SAY_SCENARIO_FILE_LEVELS, where, text.text, (unsigned long)n);
}

static int read_file(const char *path, scenario_words *words)
{
    behov_error err;
    scenario_columns columns;
    behov_status status = read_scenarios(path, &note_beside, &words->table, &columns, &err);
    if (!status)
        status = check_cells(words->table, &columns, &err);
    size_t n_rows = status ? 0 : behov_table_n_rows(words->table);
    bool *is_taken = calloc(n_rows + 1, sizeof *is_taken);
    if (!status && !is_taken)
        status = no_memory(&err);
    for (size_t row = 0; row < n_rows && !status; row++)
        if (!is_taken[row])
            status = add_rows_of(words, &columns, row, is_taken, &err);
    if (!status)
        tell_levels(words->table, &columns);
    free(is_taken);
    return status ? print_failure(&err) : 0;
}

/* ---- what a call asks for ---------------------------------------------------------------------------------------- */

int scenario_words_read_set(const command_line *line, scenario_words *words)
{
    const char *path = option_value(line, "scenario");
    int code = read_words(line, begins_set, true, words);
    if (!code && path && words->n_groups)
        return wrong_call(line->verb, SAY_SCENARIO_FILE_OR_CALL, words->groups[0].municipalities);
    if (!code && !path && !words->n_groups)
        return wrong_call(line->verb, SAY_SCENARIO_NO_MUNICIPALITY);
    return !code && path ? read_file(path, words) : code;
}

int scenario_words_read_merge(const command_line *line, scenario_words *words)
{
    int code = read_words(line, begins_merger, false, words);
    return !code && !words->n_groups ? wrong_call(line->verb, SAY_SCENARIO_NO_MERGERS) : code;
}

/* The municipalities of every group in one list; n_of_groups: how many each has. */
static behov_status split_names(scenario_words *words, size_t *n_of_groups, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < words->n_groups && !status; i++) {
        size_t before = words->names.n;
        const scenario_group *group = &words->groups[i];
        status = group->where ? behov_municipality_names_add(&words->names, group->municipalities,
                                                             strlen(group->municipalities), group->where, err)
                              : behov_municipality_names_split(&words->names, group->municipalities, err);
        n_of_groups[i] = words->names.n - before;
    }
    return status;
}

static bool any_column(void *context, const char *column)
{
    (void)context, (void)column;
    return true;
}

/* A column that is called by its label gets its name. */
static behov_status know_column(const behov_study *study, behov_scenario_change *change, behov_error *err)
{
    const char *column = NULL;
    bool is_there = behov_table_find(study->table, change->column) >= 0;
    for (size_t i = 0; i < behov_table_n_unread(study->table) && !is_there; i++)
        is_there = strcmp(behov_table_unread(study->table, i), change->column) == 0;
    if (is_there)
        return BEHOV_OK;
    behov_status status = behov_column_of_label(study, change->column, any_column, NULL, &column, err);
    if (!status && column)
        change->column = column;
    return status;
}

behov_status scenario_words_requests(scenario_words *words, const behov_study *study, behov_error *err)
{
    size_t *n_of_groups = calloc(words->n_groups + 1, sizeof *n_of_groups);
    behov_status status = n_of_groups ? split_names(words, n_of_groups, err) : no_memory(err);
    words->requests = calloc(words->names.n + 1, sizeof *words->requests);
    if (!status && !words->requests)
        status = no_memory(err);
    for (size_t i = 0; i < words->n_changes && !status; i++)
        status = know_column(study, &words->changes[i], err);
    for (size_t i = 0, name = 0; i < words->n_groups && !status; i++)
        for (size_t k = 0; k < n_of_groups[i]; k++, name++)
            words->requests[words->n_requests++] = (behov_scenario_request){
                .name = words->groups[i].name,
                .municipality = words->names.all[name].text,
                .where = words->names.all[name].where,
                .changes = words->changes ? words->changes + words->groups[i].first_change : NULL,
                .n_changes = words->groups[i].n_changes};
    free(n_of_groups);
    return status;
}

behov_status scenario_words_mergers(scenario_words *words, behov_error *err)
{
    size_t *n_of_groups = calloc(words->n_groups + 1, sizeof *n_of_groups);
    behov_status status = n_of_groups ? split_names(words, n_of_groups, err) : no_memory(err);
    words->mergers = calloc(words->n_groups + 1, sizeof *words->mergers);
    words->members = calloc(words->names.n + 1, sizeof *words->members);
    if (!status && (!words->mergers || !words->members))
        status = no_memory(err);
    for (size_t i = 0; i < words->names.n && !status; i++)
        words->members[i] = words->names.all[i].text;
    for (size_t i = 0, name = 0; i < words->n_groups && !status; name += n_of_groups[i++])
        words->mergers[words->n_requests++] =
            (behov_merger_request){words->groups[i].name, words->members + name, n_of_groups[i]};
    free(n_of_groups);
    return status;
}
