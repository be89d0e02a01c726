/* split_tables.c - see split_tables.h. */
#include <behov/split_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include <behov/split_sentences.h>
#include "table_columns.h"

const char *behov_split_key_label(const behov_split_page *page, size_t key)
{
    static const struct {
        const char *name;
        behov_word word;
    } known[] = {{"population", BEHOV_WORD_SPLIT_KEY_POPULATION},
                 {"refugees", BEHOV_WORD_SPLIT_KEY_REFUGEES},
                 {"equal", BEHOV_WORD_SPLIT_KEY_EQUAL},
                 {"fixed", BEHOV_WORD_SPLIT_KEY_FIXED},
                 {"mix", BEHOV_WORD_SPLIT_KEY_MIX}};
    const char *name = page->split->keys[key].name;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0)
            return behov_label(page->lang, known[i].word);
    return name;
}

static double in_kroner(const behov_split_page *page, int64_t amount)
{
    return (double)amount / (double)page->units_per_krone;
}

/* ---- a row for each key and municipality --------------------------------------------------------------------------- */

typedef struct line_list {
    const behov_split_page *page;
    size_t *keys; /* those that are split by */
    size_t n_keys;
} line_list;

static size_t key_at(const void *context, size_t row)
{
    const line_list *list = context;
    return list->keys[row / list->page->split->request.n_places];
}

static size_t place_at(const void *context, size_t row)
{
    return row % ((const line_list *)context)->page->split->request.n_places;
}

static const char *key_text(const void *context, size_t row)
{
    return ((const line_list *)context)->page->split->keys[key_at(context, row)].name;
}

static const char *code_text(const void *context, size_t row)
{
    return ((const line_list *)context)->page->split->request.places[place_at(context, row)].code;
}

static const char *name_text(const void *context, size_t row)
{
    return ((const line_list *)context)->page->split->request.places[place_at(context, row)].name;
}

static double share_figure(const void *context, size_t row)
{
    const behov_split *split = ((const line_list *)context)->page->split;
    return split->shares_pct[key_at(context, row) * split->request.n_places + place_at(context, row)];
}

static double amount_figure(const void *context, size_t row)
{
    const behov_split_page *page = ((const line_list *)context)->page;
    return in_kroner(page, behov_split_share(page->split, key_at(context, row), place_at(context, row)));
}

static double difference_figure(const void *context, size_t row)
{
    const behov_split_page *page = ((const line_list *)context)->page;
    return in_kroner(page, behov_split_difference(page->split, key_at(context, row), place_at(context, row)));
}

static double follows_figure(const void *context, size_t row)
{
    const behov_split_page *page = ((const line_list *)context)->page;
    return in_kroner(page, behov_split_follows(page->follows, page->n_follows, place_at(context, row)));
}

static double net_figure(const void *context, size_t row)
{
    const behov_split_page *page = ((const line_list *)context)->page;
    return in_kroner(page, behov_split_net(page->split, page->follows, page->n_follows, key_at(context, row),
                                           place_at(context, row)));
}

/* Two decimals in every column of kroner, where øre are split. */
static behov_status set_ore(const behov_split_page *page, behov_report *report, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < behov_report_n_columns(report) && page->units_per_krone > 1; j++)
        for (size_t row = 0; row < behov_report_n_rows(report) && !status; row++)
            if (behov_report_column_at(report, j).quantity == BEHOV_Q_GAP)
                status = behov_report_set_decimals(report, j, row, 2, err);
    return status;
}

behov_status behov_split_rows(const behov_split_page *page, behov_report **report, behov_error *err)
{
    behov_language lang = page->lang;
    const behov_table_column columns[] = {
        {{"key", behov_label(lang, BEHOV_WORD_SPLIT_COLUMN_KEY), BEHOV_Q_TEXT}, NULL, key_text},
        {{"municipality_code", NULL, BEHOV_Q_CODE}, NULL, code_text},
        {{"municipality", NULL, BEHOV_Q_TEXT}, NULL, name_text},
        {{"share_pct", behov_label(lang, BEHOV_WORD_SPLIT_COLUMN_SHARE), BEHOV_Q_SHARE}, share_figure, NULL},
        {{"amount_kr", behov_label(lang, BEHOV_WORD_SPLIT_COLUMN_AMOUNT), BEHOV_Q_GAP}, amount_figure, NULL},
        {{"difference_kr", behov_label(lang, BEHOV_WORD_SPLIT_COLUMN_DIFFERENCE), BEHOV_Q_GAP},
         difference_figure,
         NULL},
        {{"follows_kr", behov_label(lang, BEHOV_WORD_SPLIT_COLUMN_FOLLOWS), BEHOV_Q_GAP}, follows_figure, NULL},
        {{"net_kr", behov_label(lang, BEHOV_WORD_SPLIT_COLUMN_NET), BEHOV_Q_GAP}, net_figure, NULL},
    };
    line_list list = {.page = page, .keys = calloc(page->split->n_keys + 1, sizeof *list.keys)};
    if (!list.keys)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SPLIT_NO_MEMORY);
    for (size_t k = 0; k < page->split->n_keys; k++)
        if (page->split->is_split[k])
            list.keys[list.n_keys++] = k;
    behov_report *rows = NULL;
    size_t n_columns = sizeof columns / sizeof *columns - (page->n_follows ? 0 : 2);
    behov_status status = behov_table_columns_new("split", list.n_keys * page->split->request.n_places, columns,
                                                  n_columns, &list, &rows, err);
    if (!status)
        status = set_ore(page, rows, err);
    free(list.keys);
    return behov_table_columns_return(status, rows, report);
}

/* ---- tables with a row for each municipality ----------------------------------------------------------------------- */

/* What a column of kroner, or of per cent, holds of each municipality. */
typedef struct place_column {
    const behov_split_page *page;
    enum { AMOUNTS, SHARES, DIFFERENCES, A_FOLLOW, ALL_FOLLOWS, NET, POPULATION, REFUGEES } kind;
    size_t index; /* of the key, or of what follows */
} place_column;

static double value_of_place(const place_column *column, size_t place)
{
    const behov_split_page *page = column->page;
    const behov_split *split = page->split;
    switch (column->kind) {
    case AMOUNTS: return in_kroner(page, behov_split_share(split, column->index, place));
    case SHARES: return split->shares_pct[column->index * split->request.n_places + place];
    case DIFFERENCES: return in_kroner(page, behov_split_difference(split, column->index, place));
    case A_FOLLOW: return in_kroner(page, page->follows[column->index].amounts[place]);
    case ALL_FOLLOWS: return in_kroner(page, behov_split_follows(page->follows, page->n_follows, place));
    case NET: return in_kroner(page, behov_split_net(split, page->follows, page->n_follows, split->chosen, place));
    case POPULATION: return (double)page->table->population[place];
    case REFUGEES: return (double)page->table->refugees[place];
    }
    return NAN;
}

/* The last row is the sum. Sums of whole kroner are exact; those of shares are 100 by definition. */
static double place_figure(const void *context, size_t row)
{
    const place_column *column = context;
    size_t n = column->page->split->request.n_places;
    double sum = 0;
    if (row < n)
        return value_of_place(column, row);
    if (column->kind == SHARES)
        return 100;
    for (size_t i = 0; i < n; i++)
        sum += value_of_place(column, i);
    return column->page->units_per_krone == 1 ? sum : round(100 * sum) / 100;
}

static const char *place_code(const void *context, size_t row)
{
    const behov_split_request *request = &((const behov_split_page *)context)->split->request;
    return row < request->n_places ? request->places[row].code : NULL;
}

static const char *place_name(const void *context, size_t row)
{
    const behov_split_page *page = context;
    return row < page->split->request.n_places ? page->split->request.places[row].name
                                               : behov_label(page->lang, BEHOV_WORD_SPLIT_SUM);
}

static behov_status begin_table(const behov_split_page *page, const char *key, behov_report **report, behov_error *err)
{
    static const behov_table_column columns[] = {{{"municipality_code", NULL, BEHOV_Q_CODE}, NULL, place_code},
                                                 {{"municipality", NULL, BEHOV_Q_TEXT}, NULL, place_name}};
    return behov_table_columns_new(key, page->split->request.n_places + 1, columns, 2, page, report, err);
}

static behov_status add_column(behov_report *report, const char *key, const char *label, behov_quantity quantity,
                               place_column column, behov_error *err)
{
    return behov_table_columns_add(report, &(behov_table_column){{key, label, quantity}, place_figure, NULL}, 1,
                                   &column, err);
}

/* A column for each key that is split by, but `without`. */
static behov_status add_keys(const behov_split_page *page, behov_report *report, int kind, size_t without,
                             behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < page->split->n_keys && !status; k++) {
        char key[60];
        behov_wording label = {0};
        if (!page->split->is_split[k] || k == without)
            continue;
        snprintf(key, sizeof key, "%s_%zu", kind == SHARES ? "share_pct" : "amount_kr", k + 1);
        behov_wording_fill(&label, page->lang, kind == SHARES ? BEHOV_WORD_SPLIT_BY_PCT : BEHOV_WORD_SPLIT_BY_KR, "key",
                           behov_split_key_label(page, k), NULL);
        status = behov_wording_status(&label, err);
        if (!status)
            status = add_column(report, key, behov_wording_text(&label), kind == SHARES ? BEHOV_Q_SHARE : BEHOV_Q_GAP,
                                (place_column){.page = page, .kind = kind, .index = k}, err);
        behov_wording_free(&label);
    }
    return status;
}

static behov_status add_counts(const behov_split_page *page, behov_report *report, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if (page->table->population)
        status = add_column(report, "population", NULL, BEHOV_Q_COUNT, (place_column){.page = page, .kind = POPULATION},
                            err);
    if (!status && page->table->refugees)
        status = add_column(report, "settled_refugees", behov_label(page->lang, BEHOV_WORD_SPLIT_COLUMN_REFUGEES),
                            BEHOV_Q_COUNT, (place_column){.page = page, .kind = REFUGEES}, err);
    return status;
}

/* ---- sections ------------------------------------------------------------------------------------------------------ */

typedef void (*split_says)(const behov_split_page *page, behov_wording *words);

static behov_status note(const behov_split_page *page, split_says say, behov_section_list *list, behov_error *err)
{
    behov_wording words = {0};
    say(page, &words);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

static behov_status note_each(const behov_split_page *page, size_t n,
                              void (*say)(const behov_split_page *, size_t, behov_wording *), behov_section_list *list,
                              behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        behov_wording words = {0};
        say(page, i, &words);
        status = behov_section_list_say(list, "", &words, err);
        behov_wording_free(&words);
    }
    return status;
}

static behov_status add_amounts(const behov_split_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_wording title = {0}, subtitle = {0};
    const char *sheet = behov_label(page->lang, BEHOV_WORD_SHEET_SPLIT);
    behov_split_say_title(page, &title);
    behov_split_say_basis(page, &subtitle);
    behov_status status = begin_table(page, "split_amounts", &table, err);
    if (!status)
        status = add_counts(page, table, err);
    if (!status)
        status = add_keys(page, table, AMOUNTS, page->split->n_keys, err);
    if (!status)
        status = set_ore(page, table, err);
    if (status)
        behov_report_free(table);
    else
        status = behov_section_list_add_said(
            list, (behov_section){.name = sheet, .table_name = sheet, .n_frozen_columns = 2, .landscape = true}, &title,
            &subtitle, table, err);
    behov_wording_free(&title);
    behov_wording_free(&subtitle);
    if (!status)
        status = note_each(page, page->split->request.n_places, behov_split_say_place, list, err);
    if (!status)
        status = note(page, behov_split_say_sole, list, err);
    if (!status)
        status = note_each(page, page->split->n_keys, behov_split_say_key, list, err);
    return status ? status : note(page, behov_split_say_rounding, list, err);
}

/* A table that stands alone under a title of its own. */
static behov_status add_section(const behov_split_page *page, behov_word sheet_word, behov_word title,
                                behov_report *table, behov_status status, behov_section_list *list, behov_error *err)
{
    const char *sheet = behov_label(page->lang, sheet_word);
    if (!status)
        status = set_ore(page, table, err);
    if (status) {
        behov_report_free(table);
        return status;
    }
    return behov_section_list_add(list,
                                  (behov_section){.name = sheet,
                                                  .title = behov_label(page->lang, title),
                                                  .table_name = sheet,
                                                  .n_frozen_columns = 2,
                                                  .landscape = true},
                                  table, err);
}

static behov_status add_shares(const behov_split_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = begin_table(page, "split_shares", &table, err);
    if (!status)
        status = add_keys(page, table, SHARES, page->split->n_keys, err);
    return add_section(page, BEHOV_WORD_SHEET_SPLIT_SHARES, BEHOV_WORD_TITLE_SPLIT_SHARES, table, status, list, err);
}

/* Where all keys ask the same there is no key of which it is least. */
static bool are_ends_one(const behov_split_page *page, size_t place, size_t least, size_t most)
{
    return behov_split_share(page->split, least, place) == behov_split_share(page->split, most, place);
}

static const char *least_text(const void *context, size_t row)
{
    const behov_split_page *page = context;
    size_t least, most;
    if (row >= page->split->request.n_places)
        return NULL;
    behov_split_ends(page->split, row, &least, &most);
    return are_ends_one(page, row, least, most) ? NULL : behov_split_key_label(page, least);
}

static const char *most_text(const void *context, size_t row)
{
    const behov_split_page *page = context;
    size_t least, most;
    if (row >= page->split->request.n_places)
        return NULL;
    behov_split_ends(page->split, row, &least, &most);
    return are_ends_one(page, row, least, most) ? NULL : behov_split_key_label(page, most);
}

static behov_status add_differences(const behov_split_page *page, behov_section_list *list, behov_error *err)
{
    bool is_income = page->split->request.amount < 0;
    const char *least = behov_label(page->lang,
                                    is_income ? BEHOV_WORD_SPLIT_COLUMN_LEAST_INCOME : BEHOV_WORD_SPLIT_COLUMN_LEAST),
               *most = behov_label(page->lang,
                                   is_income ? BEHOV_WORD_SPLIT_COLUMN_MOST_INCOME : BEHOV_WORD_SPLIT_COLUMN_MOST);
    const behov_table_column ends[] = {{{"least", least, BEHOV_Q_TEXT}, NULL, least_text},
                                       {{"most", most, BEHOV_Q_TEXT}, NULL, most_text}};
    behov_report *table = NULL;
    behov_status status = begin_table(page, "split_differences", &table, err);
    if (!status)
        status = add_keys(page, table, DIFFERENCES, page->split->chosen, err);
    if (!status)
        status = behov_table_columns_add(table, ends, 2, page, err);
    status = add_section(page, BEHOV_WORD_SHEET_SPLIT_DIFFERENCES, BEHOV_WORD_TITLE_SPLIT_DIFFERENCES, table, status,
                         list, err);
    return status ? status : note(page, behov_split_say_difference, list, err);
}

static behov_status add_follows(const behov_split_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = begin_table(page, "split_follows", &table, err);
    for (size_t k = 0; k < page->n_follows && !status; k++) {
        char key[60];
        snprintf(key, sizeof key, "follow_kr_%zu", k + 1);
        status = add_column(table, key, page->follows[k].name, BEHOV_Q_GAP,
                            (place_column){.page = page, .kind = A_FOLLOW, .index = k}, err);
    }
    if (!status && page->n_follows > 1)
        status = add_column(table, "follows_kr", behov_label(page->lang, BEHOV_WORD_SPLIT_COLUMN_FOLLOWS), BEHOV_Q_GAP,
                            (place_column){.page = page, .kind = ALL_FOLLOWS}, err);
    if (!status)
        status = add_column(table, "share_kr", behov_label(page->lang, BEHOV_WORD_SPLIT_COLUMN_OF_SERVICE), BEHOV_Q_GAP,
                            (place_column){.page = page, .kind = AMOUNTS, .index = page->split->chosen}, err);
    if (!status)
        status = add_column(table, "net_kr", behov_label(page->lang, BEHOV_WORD_SPLIT_COLUMN_NET), BEHOV_Q_GAP,
                            (place_column){.page = page, .kind = NET}, err);
    status =
        add_section(page, BEHOV_WORD_SHEET_SPLIT_FOLLOWS, BEHOV_WORD_TITLE_SPLIT_FOLLOWS, table, status, list, err);
    return status ? status : note(page, behov_split_say_follows, list, err);
}

behov_status behov_split_add(const behov_split_page *page, behov_section_list *list, behov_error *err)
{
    size_t n_split = 0;
    for (size_t k = 0; k < page->split->n_keys; k++)
        n_split += page->split->is_split[k];
    behov_status status = add_amounts(page, list, err);
    if (!status)
        status = add_shares(page, list, err);
    if (!status && n_split > 1)
        status = add_differences(page, list, err);
    if (!status && page->n_follows)
        status = add_follows(page, list, err);
    return status ? status : behov_section_list_note(list, behov_label(page->lang, BEHOV_WORD_SPLIT_NO_VERDICT), err);
}
