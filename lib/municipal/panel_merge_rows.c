/* panel_merge_rows.c - where each row of a panel goes when its municipalities become those of another year. Sums nothing. */
#include "panel_merge_parts.h"
#include "text_list.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/code.h>
#include <behov/number.h>
#include <behov/word.h>

enum { MERGE_YEARS_MAX = 400 };

behov_status behov_merging_out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_MERGE_NO_MEMORY);
}

const char *behov_merging_variant_name(const behov_merging *merging, size_t variant, char name[300])
{
    behov_municipality_variant found = behov_municipality_history_variant(merging->history, variant);
    snprintf(name, 300, "%s %s", found.code, behov_cut(found.name, 200).text);
    return name;
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

/* Of a municipality that keeps its code, several names are one. */
static bool is_same_fact(const behov_merge_fact *fact, behov_merge_fact_kind kind, const char *subject,
                         const char *detail)
{
    if (fact->kind != kind)
        return false;
    bool is_fate = kind >= BEHOV_MERGE_RENUMBERED;
    return is_fate ? strncmp(fact->subject, subject, 5) == 0 && strncmp(fact->detail, detail, 5) == 0
                   : strcmp(fact->subject, subject) == 0 && strcmp(fact->detail, detail) == 0;
}

behov_status behov_merging_fact(behov_merging *merging, behov_merge_fact_kind kind, const char *subject,
                                const char *detail, int year)
{
    behov_panel_merge *out = merging->out;
    for (size_t i = out->n_facts; i-- > 0;) {
        behov_merge_fact *fact = &out->facts[i];
        if (!is_same_fact(fact, kind, subject, detail))
            continue;
        fact->n_rows++;
        fact->first_year = year < fact->first_year ? year : fact->first_year;
        fact->last_year = year > fact->last_year ? year : fact->last_year;
        return BEHOV_OK;
    }
    if (out->n_facts == out->room) {
        size_t room = out->room ? 2 * out->room : 64;
        behov_merge_fact *facts = realloc(out->facts, room * sizeof *facts);
        if (!facts)
            return behov_merging_out_of_memory(merging->err);
        out->facts = facts;
        out->room = room;
    }
    char *own_subject = strdup(subject), *own_detail = strdup(detail);
    if (!own_subject || !own_detail) {
        free(own_subject);
        free(own_detail);
        return behov_merging_out_of_memory(merging->err);
    }
    out->facts[out->n_facts++] = (behov_merge_fact){kind, own_subject, own_detail, year, year, 1};
    return BEHOV_OK;
}

/* The names of variants as a list (free); NULL without memory. */
static char *name_list(const behov_merging *merging, const behov_variant_list *list)
{
    behov_text_list names = {0};
    char name[300];
    for (size_t i = 0; i < list->n; i++)
        behov_text_list_add(&names, ", ", behov_merging_variant_name(merging, list->all[i], name));
    if (names.has_no_memory) {
        free(names.text);
        return NULL;
    }
    return names.text ? names.text : strdup("");
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static behov_status targets_find(behov_merging *merging, size_t variant, const behov_variant_list **targets)
{
    behov_variant_list *list = &merging->targets[variant];
    *targets = list;
    return list->all ? BEHOV_OK
                     : behov_municipality_history_follow(merging->history, variant, merging->date, list, merging->err);
}

/* Whether a row has a figure that is neither missing nor 0, its year aside. */
static bool has_figures(const behov_panel *panel, size_t row)
{
    for (size_t j = 0; j < behov_table_n_columns(panel->table); j++) {
        const double *numbers = behov_table_numbers(panel->table, j);
        bool is_role =
            (ptrdiff_t)j == panel->columns[BEHOV_ROLE_YEAR] || (ptrdiff_t)j == panel->columns[BEHOV_ROLE_ESTIMATED_ON];
        if (numbers && !is_role && !isnan(numbers[row]) && numbers[row] != 0)
            return true;
    }
    return false;
}

static behov_status fact_of_row(behov_merging *merging, behov_merge_fact_kind kind, size_t row, const char *detail)
{
    const behov_panel *panel = merging->panel;
    char name[300];
    snprintf(name, sizeof name, "%s %s", behov_panel_code(panel, row),
             behov_cut(behov_panel_municipality(panel, row), 200).text);
    size_t length = strlen(name);
    if (length && name[length - 1] == ' ')
        name[length - 1] = '\0';
    return behov_merging_fact(merging, kind, name, detail, behov_panel_year(panel, row));
}

static behov_status unknown_code(behov_merging *merging, size_t row)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(merging->panel->table, row, merging->panel->columns[BEHOV_ROLE_CODE], where);
    return behov_error_say(merging->err, BEHOV_E_NAME, where, SAY_MERGE_CODE_UNKNOWN,
                           behov_cut(behov_panel_code(merging->panel, row), 40).text);
}

/* Whether every code of the panel is one of a municipality on a date. */
static bool has_codes_of(const behov_merging *merging, int date)
{
    const behov_panel *panel = merging->panel;
    for (size_t row = 0; row < behov_table_n_rows(panel->table); row++)
        if (!behov_table_row_mark(panel->table, row) &&
            behov_municipality_history_find(merging->history, behov_panel_code(panel, row), date) < 0)
            return false;
    return true;
}

/* A merged panel has codes of one year in all its years: 1103 of 2018, made of 1103, 1141 and 1142, is not the Stavanger that
 * 1103 was in 2018. The year is the latest that all codes are of, the asked-for one where they are. */
static void find_origin(behov_merging *merging)
{
    ptrdiff_t column = behov_table_find(merging->panel->table, BEHOV_MERGE_ORIGIN_COLUMN);
    int year = behov_municipality_history_last_date(merging->history) / 10000;
    merging->origin = -1;
    if (column < 0 || !behov_table_codes(merging->panel->table, (size_t)column))
        return;
    if (year < merging->first_year + merging->n_years)
        year = merging->first_year + merging->n_years;
    merging->origin_date = merging->date;
    bool is_found = has_codes_of(merging, merging->date);
    for (; !is_found && year >= merging->first_year; year--) {
        merging->origin_date = behov_municipality_history_date(year);
        is_found = has_codes_of(merging, merging->origin_date);
    }
    if (is_found)
        merging->origin = column;
}

/* Whether an earlier merging made a row of something else than what its code was in its year. */
static bool is_made_of_others(const behov_merging *merging, size_t row)
{
    const behov_table *table = merging->panel->table;
    int32_t origin = merging->origin < 0 ? -1 : behov_table_codes(table, (size_t)merging->origin)[row];
    return origin >= 0 && strcmp(behov_dictionary_text(behov_table_levels(table, (size_t)merging->origin), origin),
                                 behov_panel_code(merging->panel, row)) != 0;
}

static behov_status place_row(behov_merging *merging, size_t row)
{
    const behov_panel *panel = merging->panel;
    const char *code = behov_panel_code(panel, row);
    int year = behov_panel_year(panel, row), date = behov_municipality_history_date(year);
    merging->variants[row] = -1;
    bool is_none =
        behov_table_row_mark(panel->table, row) || behov_code_and_name_mark(code, behov_panel_municipality(panel, row));
    ptrdiff_t variant = behov_municipality_history_find(merging->history, code,
                                                        is_made_of_others(merging, row) ? merging->origin_date : date);
    if (variant < 0 && behov_municipality_history_nearest(merging->history, code, date) >= 0 &&
        !has_figures(panel, row))
        return fact_of_row(merging, BEHOV_MERGE_DID_NOT_EXIST, row, "");
    /* What a fit leaves out is no municipality here either, also a total under a municipality's code. */
    bool is_left_out = variant >= 0 && behov_table_row_mark(panel->table, row);
    if (is_left_out || (variant < 0 && (is_none || behov_code_mark(code, strlen(code)) || behov_code_is_outside(code))))
        return fact_of_row(merging, BEHOV_MERGE_NO_MUNICIPALITY, row, "");
    if (variant < 0) {
        variant = behov_municipality_history_nearest(merging->history, code, date);
        if (variant < 0)
            return unknown_code(merging, row);
        merging->is_outside_life[row] = true;
        behov_municipality_variant nearest = behov_municipality_history_variant(merging->history, (size_t)variant);
        char life[64];
        if (nearest.valid_from > date)
            snprintf(life, sizeof life, "%d–", nearest.valid_from / 10000);
        else
            snprintf(life, sizeof life, "–%d", nearest.valid_to / 10000 - (nearest.valid_to % 10000 == 101));
        behov_status status = fact_of_row(merging, BEHOV_MERGE_OUTSIDE_LIFE, row, life);
        if (status)
            return status;
    }
    merging->variants[row] = variant;
    return BEHOV_OK;
}

behov_status behov_panel_merge_mark(behov_table *table, const behov_panel *panel,
                                    const behov_municipality_history *history, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < behov_table_n_rows(table) && !status; row++) {
        const char *code = behov_panel_code(panel, row);
        int date = behov_municipality_history_date(behov_panel_year(panel, row));
        if (!behov_table_row_mark(table, row) && behov_municipality_history_find(history, code, date) < 0 &&
            behov_municipality_history_nearest(history, code, date) >= 0 && !has_figures(panel, row))
            status = behov_table_mark_row(table, row, BEHOV_ROW_UNKNOWN, err);
    }
    return status;
}

/* ---- groups ------------------------------------------------------------------------------------------------------ */

static behov_status group_find(behov_merging *merging, size_t variant, int year, behov_merge_group **group)
{
    size_t *position =
        &merging->groups_index[variant * (size_t)merging->n_years + (size_t)(year - merging->first_year)];
    if (!*position) {
        if (merging->n_groups == merging->groups_room) {
            size_t room = merging->groups_room ? 2 * merging->groups_room : 256;
            behov_merge_group *groups = realloc(merging->groups, room * sizeof *groups);
            if (!groups)
                return behov_merging_out_of_memory(merging->err);
            merging->groups = groups;
            merging->groups_room = room;
        }
        merging->groups[merging->n_groups++] =
            (behov_merge_group){.variant = variant,
                                .code = behov_municipality_history_variant(merging->history, variant).code,
                                .year = year};
        *position = merging->n_groups;
    }
    *group = &merging->groups[*position - 1];
    return BEHOV_OK;
}

static behov_status add_part(behov_merging *merging, size_t variant, int year, behov_merge_part part)
{
    behov_merge_group *group = NULL;
    behov_status status = group_find(merging, variant, year, &group);
    if (status)
        return status;
    behov_merge_part *parts = realloc(group->parts, (group->n_parts + 1) * sizeof *parts);
    if (!parts)
        return behov_merging_out_of_memory(merging->err);
    group->parts = parts;
    /* By code, so that sums do not depend on the order of rows. */
    size_t i = group->n_parts++;
    for (; i > 0 &&
           strcmp(behov_panel_code(merging->panel, parts[i - 1].row), behov_panel_code(merging->panel, part.row)) > 0;
         i--)
        parts[i] = parts[i - 1];
    parts[i] = part;
    return BEHOV_OK;
}

/* ---- splits ------------------------------------------------------------------------------------------------------ */

/* Whether a code that shares are given for means a municipality of the asked-for year: by its own number, or by that which
 * it had from the split on (or later) when all of it became that one. */
static behov_status share_goes_to(const behov_merging *merging, const behov_merge_share *given, int split_date,
                                  size_t target, bool *is_so)
{
    *is_so = strcmp(behov_municipality_history_variant(merging->history, target).code, given->new_code) == 0;
    ptrdiff_t variant = split_date > merging->date
                            ? -1
                            : behov_municipality_history_nearest(merging->history, given->new_code, split_date);
    if (*is_so || variant < 0 ||
        behov_municipality_history_variant(merging->history, (size_t)variant).valid_from > merging->date)
        return BEHOV_OK;
    behov_variant_list later = {0};
    behov_status status =
        behov_municipality_history_follow(merging->history, (size_t)variant, merging->date, &later, merging->err);
    *is_so = !status && later.n == 1 && later.all[0] == target;
    free(later.all);
    return status;
}

static bool has_shares(const behov_merging *merging, const char *old_code)
{
    for (size_t i = 0; i < merging->options->n_shares; i++)
        if (strcmp(merging->options->shares[i].old_code, old_code) == 0)
            return true;
    return false;
}

/* A share that went nowhere would take its inhabitants with it. */
static behov_status share_elsewhere(const behov_merging *merging, size_t row, const behov_merge_share *given,
                                    const behov_variant_list *targets)
{
    char where[BEHOV_PLACE_SIZE], name[300];
    behov_table_where(merging->panel->table, row, merging->panel->columns[BEHOV_ROLE_CODE], where);
    char *list = name_list(merging, targets);
    behov_status status =
        !list ? behov_merging_out_of_memory(merging->err)
              : behov_error_say(merging->err, BEHOV_E_DATA, where, SAY_MERGE_SHARE_ELSEWHERE, given->old_code,
                                behov_cut(given->new_code, 40).text,
                                behov_merging_variant_name(merging, (size_t)merging->variants[row], name), list);
    free(list);
    return status;
}

/* The shares of `old_code` that went to each target. Each that is given goes to one of them, or is refused. */
static behov_status shares_divide(const behov_merging *merging, size_t row, const char *old_code, int split_date,
                                  const behov_variant_list *targets, double *shares)
{
    for (size_t i = 0; i < merging->options->n_shares; i++) {
        const behov_merge_share *given = &merging->options->shares[i];
        if (strcmp(given->old_code, old_code) != 0)
            continue;
        bool is_so = false;
        for (size_t k = 0; k < targets->n && !is_so; k++) {
            behov_status status = share_goes_to(merging, given, split_date, targets->all[k], &is_so);
            if (status)
                return status;
            shares[k] += is_so ? given->share : 0;
        }
        if (!is_so)
            return share_elsewhere(merging, row, given, targets);
    }
    return BEHOV_OK;
}

/* The municipality on a row's way that was split: its variant is the row's own, or one that all of it became a part of. */
static size_t split_variant(const behov_merging *merging, size_t variant)
{
    size_t n = 0;
    const size_t *next = behov_municipality_history_successors(merging->history, variant, &n);
    while (n == 1) {
        variant = next[0];
        next = behov_municipality_history_successors(merging->history, variant, &n);
    }
    return variant;
}

/* The code that shares are given for: that of the row's municipality, or else of the one that it had become before it
 * was split. Shares of some parts beside those of the whole would count what went where twice. */
static behov_status shares_find(const behov_merging *merging, size_t row, const char *target_code, const char **code)
{
    size_t own = (size_t)merging->variants[row], split = split_variant(merging, own), n = 0;
    const char *own_code = behov_municipality_history_variant(merging->history, own).code;
    const char *split_code = behov_municipality_history_variant(merging->history, split).code;
    char where[BEHOV_PLACE_SIZE], name[300], split_name[300];
    behov_table_where(merging->panel->table, row, merging->panel->columns[BEHOV_ROLE_CODE], where);
    *code = own_code;
    if (has_shares(merging, own_code))
        return BEHOV_OK;
    bool has_split = split != own && has_shares(merging, split_code);
    const size_t *parts = behov_municipality_history_predecessors(merging->history, split, &n);
    for (size_t i = 0; has_split && i < n; i++) {
        const char *part = behov_municipality_history_variant(merging->history, parts[i]).code;
        if (strcmp(part, split_code) != 0 && has_shares(merging, part))
            return behov_error_say(merging->err, BEHOV_E_DATA, where, SAY_MERGE_SHARES_MIXED,
                                   behov_merging_variant_name(merging, split, split_name),
                                   behov_merging_variant_name(merging, parts[i], name));
    }
    *code = split_code;
    if (has_split)
        return BEHOV_OK;
    behov_merging_variant_name(merging, own, name);
    if (split == own)
        return behov_error_say(merging->err, BEHOV_E_DATA, where, SAY_MERGE_NO_SHARE, name, target_code);
    return behov_error_say(merging->err, BEHOV_E_DATA, where, SAY_MERGE_NO_SHARE_WAY, name, target_code,
                           behov_merging_variant_name(merging, split, split_name), split_code);
}

/* By the shares that are given, to all of which the row goes. */
static behov_status divide_row(behov_merging *merging, size_t row, const behov_variant_list *targets)
{
    const char *code = NULL;
    behov_status status =
        shares_find(merging, row, behov_municipality_history_variant(merging->history, targets->all[0]).code, &code);
    if (status)
        return status;
    size_t split = split_variant(merging, (size_t)merging->variants[row]);
    int split_date = behov_municipality_history_variant(merging->history, split).valid_to;
    double before = 0, *shares = calloc(targets->n + 1, sizeof *shares);
    status = shares ? shares_divide(merging, row, code, split_date, targets, shares)
                    : behov_merging_out_of_memory(merging->err);
    for (size_t i = 0; i < targets->n && !status; i++) {
        status = add_part(merging, targets->all[i], behov_panel_year(merging->panel, row),
                          (behov_merge_part){row, shares[i] < 1 ? shares[i] : 1, before});
        before += shares[i];
    }
    free(shares);
    return status;
}

static behov_status split_row(behov_merging *merging, size_t row, const behov_variant_list *targets)
{
    char name[300];
    behov_merging_variant_name(merging, (size_t)merging->variants[row], name);
    int year = behov_panel_year(merging->panel, row);
    char *list = name_list(merging, targets);
    behov_status status = list ? behov_merging_fact(merging, BEHOV_MERGE_SPLIT, name, list, year)
                               : behov_merging_out_of_memory(merging->err);
    free(list);
    for (size_t i = 0; i < targets->n && !status && merging->options->splits != BEHOV_SPLITS_WEIGHTED; i++) {
        behov_merge_group *group = NULL;
        if (!(status = group_find(merging, targets->all[i], year, &group)))
            group->is_left_out = true;
    }
    return status || merging->options->splits != BEHOV_SPLITS_WEIGHTED ? status : divide_row(merging, row, targets);
}

static behov_status refuse_splits(const behov_merging *merging)
{
    behov_text_list splits = {0};
    for (size_t i = 0; i < merging->out->n_facts; i++) {
        const behov_merge_fact *fact = &merging->out->facts[i];
        if (fact->kind != BEHOV_MERGE_SPLIT)
            continue;
        char years[32];
        snprintf(years, sizeof years, fact->first_year < fact->last_year ? " (%d–%d) → " : " (%d) → ", fact->first_year,
                 fact->last_year);
        behov_text_list_add(&splits, "; ", fact->subject);
        behov_text_list_add(&splits, "", years);
        behov_text_list_add(&splits, "", fact->detail);
    }
    behov_status status =
        splits.has_no_memory ? behov_merging_out_of_memory(merging->err)
                             : behov_error_say(merging->err, BEHOV_E_DATA, behov_table_source(merging->panel->table),
                                               SAY_MERGE_SPLITS, behov_text_list_text(&splits), merging->options->year);
    free(splits.text);
    return status;
}

/* ---- whole parts ------------------------------------------------------------------------------------------------- */

/* What there was in the year of a group of which it is made: each must have its row. A row under a later code stands for
 * all that its code came from. */
static behov_status look_for_parts(behov_merging *merging, behov_merge_group *group)
{
    behov_variant_list expected = {0};
    int date = behov_municipality_history_date(group->year);
    behov_status status =
        behov_municipality_history_follow(merging->history, group->variant, date, &expected, merging->err);
    size_t *n_rows = calloc(expected.n + 1, sizeof *n_rows), *last = calloc(expected.n + 1, sizeof *last);
    if (!status && (!n_rows || !last))
        status = behov_merging_out_of_memory(merging->err);
    for (size_t i = 0; i < group->n_parts && !status; i++) {
        size_t row = group->parts[i].row;
        behov_variant_list met = {0};
        status = behov_municipality_history_follow(merging->history, (size_t)merging->variants[row], date, &met,
                                                   merging->err);
        for (size_t k = 0; k < met.n && !status; k++)
            for (size_t e = 0; e < expected.n && !status; e++) {
                if (expected.all[e] != met.all[k])
                    continue;
                if (n_rows[e]++ > 0) {
                    char where[BEHOV_PLACE_SIZE], name[300];
                    behov_table_where(merging->panel->table, row, merging->panel->columns[BEHOV_ROLE_CODE], where);
                    status = behov_error_say(merging->err, BEHOV_E_DATA, where, SAY_MERGE_TWICE,
                                             behov_panel_code(merging->panel, row),
                                             behov_panel_code(merging->panel, last[e]),
                                             behov_merging_variant_name(merging, expected.all[e], name), group->year);
                }
                last[e] = row;
            }
        free(met.all);
    }
    char name[300], part[300];
    for (size_t e = 0; e < expected.n && !status; e++)
        if (!n_rows[e]) {
            group->is_left_out = true;
            status = behov_merging_fact(merging, BEHOV_MERGE_INCOMPLETE,
                                        behov_merging_variant_name(merging, group->variant, name),
                                        behov_merging_variant_name(merging, expected.all[e], part), group->year);
        }
    free(n_rows);
    free(last);
    free(expected.all);
    return status;
}

/* Left out by a split: with all that leads in, which has no exact sum either. */
static behov_status tell_not_exact(behov_merging *merging, const behov_merge_group *group)
{
    behov_variant_list parts = {0};
    behov_status status = behov_municipality_history_follow(
        merging->history, group->variant, behov_municipality_history_date(group->year), &parts, merging->err);
    char name[300], *list = status ? NULL : name_list(merging, &parts);
    if (!status)
        status = list ? behov_merging_fact(merging, BEHOV_MERGE_NOT_EXACT,
                                           behov_merging_variant_name(merging, group->variant, name), list, group->year)
                      : behov_merging_out_of_memory(merging->err);
    free(list);
    free(parts.all);
    return status;
}

/* What became of each municipality of the panel that there was on one of its years. */
static behov_status tell_fates(behov_merging *merging, const behov_merge_group *group)
{
    for (size_t i = 0; i < group->n_parts; i++) {
        size_t row = group->parts[i].row;
        behov_municipality_variant source =
            behov_municipality_history_variant(merging->history, (size_t)merging->variants[row]);
        behov_municipality_variant target = behov_municipality_history_variant(merging->history, group->variant);
        bool is_same_code = strcmp(source.code, target.code) == 0;
        behov_merge_fact_kind kind = group->n_parts > 1 || group->parts[i].share < 1 ? BEHOV_MERGE_MERGED
                                     : !is_same_code                                 ? BEHOV_MERGE_RENUMBERED
                                     : strcmp(source.name, target.name) != 0         ? BEHOV_MERGE_RENAMED
                                                                                     : BEHOV_MERGE_UNCHANGED;
        char name[300], target_name[300];
        behov_status status = behov_merging_fact(
            merging, kind, behov_merging_variant_name(merging, (size_t)merging->variants[row], name),
            kind == BEHOV_MERGE_UNCHANGED ? "" : behov_merging_variant_name(merging, group->variant, target_name),
            group->year);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

static behov_status find_years(behov_merging *merging)
{
    int first = 0, last = 0;
    for (size_t row = 0; row < behov_table_n_rows(merging->panel->table); row++) {
        int year = behov_panel_year(merging->panel, row);
        if (!year || behov_table_row_mark(merging->panel->table, row))
            continue;
        if (behov_municipality_history_count(merging->history, behov_municipality_history_date(year)) == 0) {
            char where[BEHOV_PLACE_SIZE];
            behov_table_where(merging->panel->table, row, merging->panel->columns[BEHOV_ROLE_YEAR], where);
            return behov_error_say(merging->err, BEHOV_E_DATA, where, SAY_MERGE_YEAR_OUTSIDE, year);
        }
        first = !first || year < first ? year : first;
        last = year > last ? year : last;
    }
    if (last - first >= MERGE_YEARS_MAX)
        return behov_error_say(merging->err, BEHOV_E_DATA, behov_table_source(merging->panel->table),
                               SAY_MERGE_TOO_MANY_YEARS, first, last);
    merging->first_year = first;
    merging->n_years = last - first + 1;
    return BEHOV_OK;
}

static behov_status alloc_rows(behov_merging *merging)
{
    size_t n_rows = behov_table_n_rows(merging->panel->table);
    size_t n_variants = behov_municipality_history_n_variants(merging->history);
    merging->variants = calloc(n_rows + 1, sizeof *merging->variants);
    merging->is_outside_life = calloc(n_rows + 1, sizeof *merging->is_outside_life);
    merging->targets = calloc(n_variants + 1, sizeof *merging->targets);
    merging->groups_index = calloc((n_variants + 1) * (size_t)merging->n_years, sizeof *merging->groups_index);
    return merging->variants && merging->is_outside_life && merging->targets && merging->groups_index
               ? BEHOV_OK
               : behov_merging_out_of_memory(merging->err);
}

static behov_status send_row(behov_merging *merging, size_t row)
{
    if (merging->variants[row] < 0)
        return BEHOV_OK;
    const behov_variant_list *targets = NULL;
    behov_status status = targets_find(merging, (size_t)merging->variants[row], &targets);
    if (status)
        return status;
    return targets->n == 1 ? add_part(merging, targets->all[0], behov_panel_year(merging->panel, row),
                                      (behov_merge_part){row, 1, 0})
                           : split_row(merging, row, targets);
}

/* Every row has gone somewhere whole, or its split left it out. */
static behov_status check_rows_are_whole(const behov_merging *merging)
{
    size_t n_rows = behov_table_n_rows(merging->panel->table);
    double *gone = calloc(n_rows + 1, sizeof *gone);
    behov_status status = gone ? BEHOV_OK : behov_merging_out_of_memory(merging->err);
    for (size_t i = 0; i < merging->n_groups && !status; i++)
        for (size_t k = 0; k < merging->groups[i].n_parts; k++)
            gone[merging->groups[i].parts[k].row] += merging->groups[i].parts[k].share;
    for (size_t row = 0; row < n_rows && !status; row++) {
        bool is_dropped =
            merging->variants[row] < 0 || (gone[row] == 0 && merging->options->splits != BEHOV_SPLITS_WEIGHTED);
        if (is_dropped || fabs(gone[row] - 1) <= 1e-9)
            continue;
        char where[BEHOV_PLACE_SIZE], total[BEHOV_NUMBER_SIZE];
        behov_table_where(merging->panel->table, row, merging->panel->columns[BEHOV_ROLE_CODE], where);
        behov_number_shortest(gone[row], total);
        status = behov_error_say(merging->err, BEHOV_E_DATA, where, SAY_MERGE_ROW_NOT_WHOLE,
                                 behov_panel_code(merging->panel, row), total);
    }
    free(gone);
    return status;
}

static int compare_groups(const void *a, const void *b)
{
    const behov_merge_group *first = a, *second = b;
    int order = strcmp(first->code, second->code);
    if (order)
        return order;
    return first->year < second->year ? -1 : first->year > second->year;
}

behov_status behov_merging_place(behov_merging *merging)
{
    behov_status status = find_years(merging);
    if (!status)
        status = alloc_rows(merging);
    if (!status)
        find_origin(merging);
    size_t n_rows = behov_table_n_rows(merging->panel->table);
    for (size_t row = 0; row < n_rows && !status; row++)
        status = place_row(merging, row);
    for (size_t row = 0; row < n_rows && !status; row++)
        status = send_row(merging, row);
    bool has_splits = false;
    for (size_t i = 0; i < merging->out->n_facts; i++)
        has_splits = has_splits || merging->out->facts[i].kind == BEHOV_MERGE_SPLIT;
    if (!status && has_splits && merging->options->splits == BEHOV_SPLITS_REFUSED)
        status = refuse_splits(merging);
    if (!status)
        status = check_rows_are_whole(merging);
    if (merging->n_groups)
        qsort(merging->groups, merging->n_groups, sizeof *merging->groups, compare_groups);
    for (size_t i = 0; i < merging->n_groups && !status; i++)
        status = merging->groups[i].is_left_out ? tell_not_exact(merging, &merging->groups[i])
                                                : look_for_parts(merging, &merging->groups[i]);
    for (size_t i = 0; i < merging->n_groups && !status; i++)
        if (!merging->groups[i].is_left_out)
            status = tell_fates(merging, &merging->groups[i]);
    return status;
}

void behov_merging_free(behov_merging *merging)
{
    size_t n = merging->history ? behov_municipality_history_n_variants(merging->history) : 0;
    for (size_t i = 0; merging->targets && i < n; i++)
        free(merging->targets[i].all);
    for (size_t i = 0; i < merging->n_groups; i++)
        free(merging->groups[i].parts);
    free(merging->groups);
    free(merging->groups_index);
    free(merging->targets);
    free(merging->variants);
    free(merging->is_outside_life);
}
