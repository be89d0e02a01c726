/* panel_merge.c - see panel_merge.h: rules of columns, the figures of merged municipalities, the table of them. */
#include "panel_merge_parts.h"
#include "text_list.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/number.h>
#include <behov/word.h>

/* ---- rules ------------------------------------------------------------------------------------------------------- */

behov_status behov_merge_rule_parse(const char *column, const char *text, behov_merge_rule *rule, behov_error *err)
{
    static const struct {
        const char *word;
        behov_merge_kind kind;
        bool has_weight;
    } kinds[] = {{"sum", BEHOV_MERGE_SUM, false},
                 {"every", BEHOV_MERGE_EVERY, false},
                 {"rate", BEHOV_MERGE_RATE, true},
                 {"mean", BEHOV_MERGE_MEAN, true}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i].word);
        const char *rest = text + length;
        if (strncmp(text, kinds[i].word, length) != 0)
            continue;
        while (*rest == ' ' || *rest == '\t')
            rest++;
        if (kinds[i].has_weight ? *rest && rest > text + length : !*rest) {
            *rule = (behov_merge_rule){column, kinds[i].has_weight ? rest : NULL, kinds[i].kind};
            return BEHOV_OK;
        }
    }
    return behov_error_say(err, BEHOV_E_SYNTAX, column, SAY_MERGE_NO_RULE, behov_cut(text, 60).text);
}

static ptrdiff_t text_column(const behov_table *table, const char *name, behov_error *err, behov_status *status)
{
    ptrdiff_t column = behov_table_find(table, name);
    if (column < 0)
        *status = behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_HISTORY_NO_COLUMN, name);
    else if (!behov_table_codes(table, (size_t)column))
        *status = behov_error_say(err, BEHOV_E_TYPE, behov_table_source(table), SAY_HISTORY_NO_TEXT, name);
    return column;
}

static behov_status shares_check(const behov_table *table, const behov_merge_share *shares, size_t n, behov_error *err)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(table, i, -1, where);
        if (!shares[i].old_code || !shares[i].new_code || !(shares[i].share >= 0 && shares[i].share <= 1))
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_MERGE_SHARE_WRONG);
        for (size_t k = 0; k < n; k++) {
            if (!shares[k].old_code || strcmp(shares[i].old_code, shares[k].old_code) != 0)
                continue;
            if (k < i && strcmp(shares[i].new_code, shares[k].new_code) == 0)
                return behov_error_say(err, BEHOV_E_DATA, where, SAY_MERGE_SHARE_TWICE, shares[i].old_code,
                                       shares[i].new_code);
            sum += shares[k].share;
        }
        if (!(fabs(sum - 1) <= 1e-9))
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_MERGE_SHARES_SUM, shares[i].old_code);
    }
    return BEHOV_OK;
}

behov_status behov_merge_shares_read(const behov_table *table, behov_merge_share **shares, size_t *n, behov_error *err)
{
    behov_status status = BEHOV_OK;
    ptrdiff_t columns[2] = {text_column(table, "old_code", err, &status), -1}, share = -1;
    if (!status)
        columns[1] = text_column(table, "new_code", err, &status);
    if (!status && ((share = behov_table_find(table, "share")) < 0 || !behov_table_numbers(table, (size_t)share)))
        status = behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_HISTORY_NO_COLUMN, "share");
    size_t n_rows = behov_table_n_rows(table);
    behov_merge_share *all = status ? NULL : calloc(n_rows + 1, sizeof *all);
    if (!status && !all)
        status = behov_merging_out_of_memory(err);
    for (size_t i = 0; !status && i < n_rows; i++) {
        const char *codes[2];
        for (size_t k = 0; k < 2; k++) {
            int32_t code = behov_table_codes(table, (size_t)columns[k])[i];
            codes[k] = code < 0 ? NULL : behov_dictionary_text(behov_table_levels(table, (size_t)columns[k]), code);
        }
        all[i] = (behov_merge_share){codes[0], codes[1], behov_table_numbers(table, (size_t)share)[i]};
    }
    if (!status)
        status = shares_check(table, all, n_rows, err);
    if (status) {
        free(all);
        return status;
    }
    *shares = all;
    *n = n_rows;
    return BEHOV_OK;
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

/* What a column of the panel becomes. */
typedef struct plan {
    size_t column;
    behov_merge_kind kind;
    bool is_whole;         /* a sum of whole figures stays whole, also of a part of one */
    const double *weights; /* of the panel's rows */
} plan;

behov_status behov_merge_rule_find(const behov_merge_rule *rules, size_t n_rules, const behov_model *model,
                                   const char *column, behov_merge_rule *rule, behov_error *err)
{
    *rule = (behov_merge_rule){column, NULL, BEHOV_MERGE_UNKNOWN};
    for (size_t i = 0; i < n_rules; i++)
        if (strcmp(rules[i].column, column) == 0) {
            *rule = rules[i];
            return BEHOV_OK;
        }
    const char *text = model ? behov_model_find_pair(model->merging, model->n_merging, column) : NULL;
    return text ? behov_merge_rule_parse(column, text, rule, err) : BEHOV_OK;
}

static behov_status rule_find(const behov_merging *merging, const char *name, behov_merge_rule *rule)
{
    const behov_merge_options *options = merging->options;
    return behov_merge_rule_find(options->rules, options->n_rules, options->model, name, rule, merging->err);
}

static bool merges(const behov_merging *merging)
{
    for (size_t i = 0; i < merging->n_groups; i++)
        if (!merging->groups[i].is_left_out &&
            (merging->groups[i].n_parts > 1 || merging->groups[i].parts[0].share < 1))
            return true;
    return false;
}

static behov_status weights_find(const behov_merging *merging, const behov_merge_rule *rule, plan *plan)
{
    const behov_table *table = merging->panel->table;
    ptrdiff_t column = behov_table_find(table, rule->weight);
    if (column < 0)
        return behov_error_say(merging->err, BEHOV_E_NAME, behov_table_source(table), SAY_MERGE_WEIGHT_LACKS,
                               rule->column, rule->weight);
    if (!(plan->weights = behov_table_numbers(table, (size_t)column)))
        return behov_error_say(merging->err, BEHOV_E_TYPE, behov_table_source(table), SAY_MERGE_WEIGHT_IS_TEXT,
                               rule->column, rule->weight);
    behov_merge_rule weight;
    behov_status status = rule_find(merging, rule->weight, &weight);
    if (status)
        return status;
    if (weight.kind != BEHOV_MERGE_SUM && (weight.kind || column != merging->panel->columns[BEHOV_ROLE_POPULATION]))
        return behov_error_say(merging->err, BEHOV_E_ARGUMENT, behov_table_source(table), SAY_MERGE_WEIGHT_NO_SUM,
                               rule->column, rule->weight);
    for (size_t row = 0; row < behov_table_n_rows(table); row++)
        if (plan->weights[row] < 0 && merging->variants[row] >= 0) {
            char where[BEHOV_PLACE_SIZE];
            behov_table_where(table, row, column, where);
            return behov_error_say(merging->err, BEHOV_E_DATA, where, SAY_MERGE_WEIGHT_NEGATIVE, rule->column);
        }
    return BEHOV_OK;
}

/* Whether the call itself names a rule of the column. */
static bool is_named(const behov_merging *merging, const char *name)
{
    for (size_t i = 0; i < merging->options->n_rules; i++)
        if (strcmp(merging->options->rules[i].column, name) == 0)
            return true;
    return false;
}

static bool are_whole(const behov_table *table, size_t column)
{
    const double *values = behov_table_numbers(table, column);
    for (size_t row = 0; row < behov_table_n_rows(table); row++)
        if (!isnan(values[row]) && values[row] != floor(values[row]))
            return false;
    return true;
}

static behov_status plan_column(const behov_merging *merging, size_t column, plan *plan)
{
    const behov_panel *panel = merging->panel;
    const char *name = behov_table_name(panel->table, column);
    *plan = (struct plan){.column = column};
    behov_merge_rule rule;
    behov_status status = rule_find(merging, name, &rule);
    if (status || !behov_table_numbers(panel->table, column))
        return !status && rule.kind && is_named(merging, name)
                   ? behov_error_say(merging->err, BEHOV_E_TYPE, behov_table_source(panel->table),
                                     SAY_MERGE_RULE_OF_TEXT, name)
                   : status;
    if (!rule.kind && (ptrdiff_t)column == panel->columns[BEHOV_ROLE_POPULATION])
        rule.kind = BEHOV_MERGE_SUM;
    if (!rule.kind && (ptrdiff_t)column == panel->columns[BEHOV_ROLE_ESTIMATED_ON])
        rule.kind = BEHOV_MERGE_EVERY;
    plan->kind = rule.kind;
    plan->is_whole = rule.kind == BEHOV_MERGE_SUM && are_whole(panel->table, column);
    if (rule.weight)
        return weights_find(merging, &rule, plan);
    if (!rule.kind && merges(merging) && (ptrdiff_t)column != panel->columns[BEHOV_ROLE_YEAR])
        return behov_error_say(merging->err, BEHOV_E_ARGUMENT, behov_table_source(panel->table), SAY_MERGE_RULE_LACKS,
                               name);
    return BEHOV_OK;
}

static bool is_left_out(const behov_merging *merging, const char *name)
{
    for (size_t i = 0; i < merging->options->n_left_out; i++)
        if (strcmp(merging->options->left_out[i], name) == 0)
            return true;
    return false;
}

/* ---- figures ----------------------------------------------------------------------------------------------------- */

/* Sums of several terms are compensated (Neumaier 1974), so that they do not depend on how many there are. */
typedef struct sum {
    double high, low;
} sum;

static void add(sum *sum, double value)
{
    double total = sum->high + value;
    sum->low += fabs(sum->high) >= fabs(value) ? (sum->high - total) + value : (value - total) + sum->high;
    sum->high = total;
}

/* What of a row's sum goes to a group. Whole figures are divided into whole ones that add up to the row's. */
static double part_of_sum(const plan *plan, const behov_merge_part *part, double value)
{
    if (part->share == 1)
        return value;
    return plan->is_whole ? floor(value * (part->before + part->share) + 0.5) - floor(value * part->before + 0.5)
                          : part->share * value;
}

static double value_of(const double *values, const plan *plan, const behov_merge_group *group, bool *is_no_denominator)
{
    sum numerator = {0, 0}, denominator = {0, 0};
    double smallest = INFINITY;
    for (size_t i = 0; i < group->n_parts; i++) {
        double value = values[group->parts[i].row], weight = plan->weights ? plan->weights[group->parts[i].row] : 1;
        if (group->parts[i].share == 0)
            continue;
        if (isnan(value) || isnan(weight))
            return isnan(value) ? value : weight;
        add(&numerator,
            plan->weights ? group->parts[i].share * weight * value : part_of_sum(plan, &group->parts[i], value));
        add(&denominator, group->parts[i].share * weight);
        smallest = value < smallest ? value : smallest;
    }
    if (plan->kind == BEHOV_MERGE_EVERY)
        return smallest;
    double total = numerator.high + numerator.low, weight = denominator.high + denominator.low;
    if (plan->kind == BEHOV_MERGE_SUM)
        return total;
    *is_no_denominator = weight == 0;
    return weight == 0 ? behov_missing_number(BEHOV_MISSING_EMPTY) : total / weight;
}

static bool is_one(const behov_merge_group *group)
{
    return group->n_parts == 1 && group->parts[0].share == 1;
}

static behov_status tell_value(behov_merging *merging, const plan *plan, const behov_merge_group *group, double value,
                               bool is_no_denominator)
{
    const char *name = behov_table_name(merging->panel->table, plan->column);
    if (is_no_denominator)
        return behov_merging_fact(merging, BEHOV_MERGE_NO_DENOMINATOR, name, "", group->year);
    if (isnan(value))
        return behov_merging_fact(merging, BEHOV_MERGE_MISSING, name, "", group->year);
    return plan->kind == BEHOV_MERGE_MEAN ? behov_merging_fact(merging, BEHOV_MERGE_ESTIMATED, name, "", group->year)
                                          : BEHOV_OK;
}

/* What the outcome has of a sum is what its parts had, however they were divided. Parts that are rounded to whole figures may
 * lack one where their other parts are in a row that was left out. */
static behov_status check_sum(const behov_merging *merging, const plan *plan, const double *values,
                              const double *numbers)
{
    sum outcome = {0, 0}, parts = {0, 0};
    double size = 0, n_rounded = 0;
    for (size_t g = 0, row = 0; g < merging->n_groups; g++) {
        const behov_merge_group *group = &merging->groups[g];
        if (group->is_left_out)
            continue;
        double number = numbers[row++];
        for (size_t i = 0; i < group->n_parts && !isnan(number); i++) {
            if (group->parts[i].share == 0)
                continue;
            add(&parts, group->parts[i].share * values[group->parts[i].row]);
            size += fabs(values[group->parts[i].row]);
            n_rounded += plan->is_whole && group->parts[i].share < 1;
        }
        if (!isnan(number))
            add(&outcome, number);
    }
    double given = parts.high + parts.low, got = outcome.high + outcome.low;
    if (fabs(got - given) <= 1e-9 * size + n_rounded)
        return BEHOV_OK;
    char got_text[BEHOV_NUMBER_SIZE], given_text[BEHOV_NUMBER_SIZE];
    behov_number_shortest(got, got_text);
    behov_number_shortest(given, given_text);
    return behov_error_say(merging->err, BEHOV_E_DATA, behov_table_source(merging->panel->table),
                           SAY_MERGE_NOT_CONSERVED, behov_table_name(merging->panel->table, plan->column), got_text,
                           given_text);
}

static behov_status add_numbers(behov_merging *merging, const plan *plan, double *is_exact)
{
    const behov_table *table = merging->panel->table;
    const double *values = behov_table_numbers(table, plan->column);
    bool is_year = (ptrdiff_t)plan->column == merging->panel->columns[BEHOV_ROLE_YEAR];
    double *numbers = malloc((merging->out->n_rows + 1) * sizeof *numbers);
    behov_status status = numbers ? BEHOV_OK : behov_merging_out_of_memory(merging->err);
    for (size_t g = 0, row = 0; g < merging->n_groups && !status; g++) {
        const behov_merge_group *group = &merging->groups[g];
        if (group->is_left_out)
            continue;
        bool is_no_denominator = false;
        if (is_year || is_one(group))
            numbers[row] = values[group->parts[0].row];
        else {
            numbers[row] = value_of(values, plan, group, &is_no_denominator);
            status = tell_value(merging, plan, group, numbers[row], is_no_denominator);
            if (plan->kind == BEHOV_MERGE_MEAN && !isnan(numbers[row]))
                is_exact[row] = 0;
        }
        row++;
    }
    if (!status && plan->kind == BEHOV_MERGE_SUM)
        status = check_sum(merging, plan, values, numbers);
    if (!status)
        status =
            behov_table_add_numbers(merging->out->table, behov_table_name(table, plan->column), numbers, merging->err);
    if (status)
        free(numbers);
    return status;
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

static const char *text_at(const behov_table *table, size_t column, size_t row)
{
    int32_t code = behov_table_codes(table, column)[row];
    return code < 0 ? NULL : behov_dictionary_text(behov_table_levels(table, column), code);
}

/* The text of all parts, NULL where they differ. */
static behov_status common_text(behov_merging *merging, size_t column, const behov_merge_group *group,
                                const char **text)
{
    const behov_table *table = merging->panel->table;
    *text = text_at(table, column, group->parts[0].row);
    for (size_t i = 1; i < group->n_parts; i++) {
        const char *other = text_at(table, column, group->parts[i].row);
        if (*text == other || (*text && other && strcmp(*text, other) == 0))
            continue;
        *text = NULL;
        return behov_merging_fact(merging, BEHOV_MERGE_TEXTS_DIFFER, behov_table_name(table, column), "", group->year);
    }
    return BEHOV_OK;
}

static behov_status add_texts(behov_merging *merging, size_t column)
{
    const behov_panel *panel = merging->panel;
    const char **texts = malloc((merging->out->n_rows + 1) * sizeof *texts);
    behov_status status = texts ? BEHOV_OK : behov_merging_out_of_memory(merging->err);
    for (size_t g = 0, row = 0; g < merging->n_groups && !status; g++) {
        const behov_merge_group *group = &merging->groups[g];
        if (group->is_left_out)
            continue;
        behov_municipality_variant variant = behov_municipality_history_variant(merging->history, group->variant);
        if ((ptrdiff_t)column == panel->columns[BEHOV_ROLE_CODE])
            texts[row] = variant.code;
        else if ((ptrdiff_t)column == panel->columns[BEHOV_ROLE_MUNICIPALITY])
            texts[row] = variant.name;
        else
            status = common_text(merging, column, group, &texts[row]);
        row++;
    }
    if (!status)
        status =
            behov_table_copy_text(merging->out->table, behov_table_name(panel->table, column), texts, merging->err);
    free(texts);
    return status;
}

/* What a part is: of a panel that was merged before, where it keeps its code, what that merging had made it of. */
static const char *origin_of_part(const behov_merging *merging, const behov_merge_group *group,
                                  const behov_merge_part *part)
{
    const char *code = behov_panel_code(merging->panel, part->row), *origin = NULL;
    if (merging->origin >= 0 && part->share == 1 && strcmp(code, group->code) == 0)
        origin = text_at(merging->panel->table, (size_t)merging->origin, part->row);
    return origin ? origin : code;
}

/* "0104+0136", "0.25×1850": of what each row was made. */
static behov_status add_origin(behov_merging *merging)
{
    size_t n = merging->out->n_rows;
    behov_text_list *lists = calloc(n + 1, sizeof *lists);
    const char **texts = malloc((n + 1) * sizeof *texts);
    behov_status status = lists && texts ? BEHOV_OK : behov_merging_out_of_memory(merging->err);
    for (size_t g = 0, row = 0; g < merging->n_groups && !status; g++) {
        const behov_merge_group *group = &merging->groups[g];
        if (group->is_left_out)
            continue;
        for (size_t i = 0; i < group->n_parts; i++) {
            char share[BEHOV_NUMBER_SIZE] = "";
            if (group->parts[i].share == 0)
                continue;
            if (group->parts[i].share < 1)
                behov_number_shortest(group->parts[i].share, share);
            behov_text_list_add(&lists[row], "+", share);
            behov_text_list_add(&lists[row], share[0] ? "×" : "", origin_of_part(merging, group, &group->parts[i]));
        }
        if (lists[row].has_no_memory)
            status = behov_merging_out_of_memory(merging->err);
        texts[row] = behov_text_list_text(&lists[row]);
        row++;
    }
    if (!status)
        status = behov_table_copy_text(merging->out->table, BEHOV_MERGE_ORIGIN_COLUMN, texts, merging->err);
    for (size_t row = 0; lists && row < n; row++)
        free(lists[row].text);
    free(lists);
    free(texts);
    return status;
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static void count_rows(behov_merging *merging)
{
    const char *last = "";
    for (size_t g = 0; g < merging->n_groups; g++) {
        if (merging->groups[g].is_left_out)
            continue;
        merging->out->n_rows++;
        merging->out->n_municipalities += strcmp(last, merging->groups[g].code) != 0;
        last = merging->groups[g].code;
    }
}

static behov_status add_columns(behov_merging *merging, double *is_exact)
{
    const behov_table *table = merging->panel->table;
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < behov_table_n_columns(table) && !status; j++) {
        const char *name = behov_table_name(table, j);
        if (is_left_out(merging, name) || strcmp(name, BEHOV_MERGE_ORIGIN_COLUMN) == 0 ||
            strcmp(name, BEHOV_MERGE_EXACT_COLUMN) == 0)
            continue;
        plan plan;
        status = plan_column(merging, j, &plan);
        if (!status)
            status = behov_table_numbers(table, j) ? add_numbers(merging, &plan, is_exact) : add_texts(merging, j);
    }
    return status;
}

/* A panel that was merged before keeps what it says of its estimates. */
static bool was_exact(const behov_merging *merging, const behov_merge_group *group)
{
    ptrdiff_t column = behov_table_find(merging->panel->table, BEHOV_MERGE_EXACT_COLUMN);
    const double *said = column < 0 ? NULL : behov_table_numbers(merging->panel->table, (size_t)column);
    for (size_t i = 0; said && i < group->n_parts; i++)
        if (said[group->parts[i].row] == 0)
            return false;
    return true;
}

static behov_status build(behov_merging *merging)
{
    behov_panel_merge *out = merging->out;
    count_rows(merging);
    double *is_exact = malloc((out->n_rows + 1) * sizeof *is_exact);
    if (!is_exact)
        return behov_merging_out_of_memory(merging->err);
    for (size_t g = 0, row = 0; g < merging->n_groups; g++)
        if (!merging->groups[g].is_left_out) {
            is_exact[row] = was_exact(merging, &merging->groups[g]);
            for (size_t i = 0; i < merging->groups[g].n_parts; i++)
                if (merging->groups[g].parts[i].share > 0 && merging->groups[g].parts[i].share < 1)
                    is_exact[row] = 0;
            row++;
        }
    behov_status status =
        behov_table_new(out->n_rows, behov_table_source(merging->panel->table), &out->table, merging->err);
    if (!status)
        status = add_columns(merging, is_exact);
    if (!status)
        status = add_origin(merging);
    for (size_t row = 0; row < out->n_rows && !status; row++)
        out->n_not_exact += is_exact[row] == 0;
    if (!status)
        status = behov_table_add_numbers(out->table, BEHOV_MERGE_EXACT_COLUMN, is_exact, merging->err);
    if (status)
        free(is_exact);
    return status;
}

static int compare_facts(const void *a, const void *b)
{
    const behov_merge_fact *first = a, *second = b;
    if (first->kind != second->kind)
        return first->kind < second->kind ? -1 : 1;
    int order = strcmp(first->subject, second->subject);
    return order ? order : strcmp(first->detail, second->detail);
}

/* The columns that a call names, those of rules first. */
static const char *named_column(const behov_merge_options *options, size_t i)
{
    return i < options->n_rules ? options->rules[i].column : options->left_out[i - options->n_rules];
}

static behov_status check_options(const behov_panel *panel, const behov_municipality_history *history,
                                  const behov_merge_options *options, behov_error *err)
{
    if (panel->columns[BEHOV_ROLE_CODE] < 0 || panel->columns[BEHOV_ROLE_YEAR] < 0)
        return behov_error_say(err, BEHOV_E_NAME, behov_table_source(panel->table), SAY_MERGE_NO_ROLES);
    if (behov_municipality_history_count(history, behov_municipality_history_date(options->year)) == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_MERGE_YEAR_OUTSIDE, options->year);
    for (size_t i = 0; i < options->n_rules + options->n_left_out; i++) {
        const char *name = named_column(options, i);
        ptrdiff_t column = behov_table_find(panel->table, name);
        if (column < 0)
            return behov_error_say(err, BEHOV_E_NAME, behov_table_source(panel->table), SAY_HISTORY_NO_COLUMN, name);
        if (column == panel->columns[BEHOV_ROLE_CODE] || column == panel->columns[BEHOV_ROLE_YEAR])
            return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(panel->table), SAY_MERGE_KEY_COLUMN, name);
        for (size_t k = 0; k < i; k++)
            if (strcmp(name, named_column(options, k)) == 0)
                return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(panel->table), SAY_MERGE_NAMED_TWICE,
                                       name);
    }
    return BEHOV_OK;
}

/* Why no row is left: the first that was left out, of the reason that says most. */
static behov_status nothing_left(const behov_panel_merge *out, const char *source, behov_error *err)
{
    static const behov_merge_fact_kind kinds[] = {BEHOV_MERGE_INCOMPLETE, BEHOV_MERGE_NOT_EXACT,
                                                  BEHOV_MERGE_NO_MUNICIPALITY, BEHOV_MERGE_DID_NOT_EXIST};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < out->n_facts; i++) {
            const behov_merge_fact *fact = &out->facts[i];
            if (fact->kind != kinds[k])
                continue;
            if (kinds[k] == BEHOV_MERGE_INCOMPLETE)
                return behov_error_say(err, BEHOV_E_DATA, source, SAY_MERGE_NOTHING_LEFT_INCOMPLETE, fact->subject,
                                       fact->detail, fact->first_year);
            if (kinds[k] == BEHOV_MERGE_NOT_EXACT)
                return behov_error_say(err, BEHOV_E_DATA, source, SAY_MERGE_NOTHING_LEFT_SPLIT, fact->subject);
            if (kinds[k] == BEHOV_MERGE_NO_MUNICIPALITY)
                return behov_error_say(err, BEHOV_E_DATA, source, SAY_MERGE_NOTHING_LEFT_NO_MUNICIPALITY,
                                       fact->subject);
            return behov_error_say(err, BEHOV_E_DATA, source, SAY_MERGE_NOTHING_LEFT_DID_NOT_EXIST, fact->subject,
                                   fact->first_year);
        }
    return behov_error_say(err, BEHOV_E_DATA, source, SAY_MERGE_NOTHING_LEFT);
}

behov_status behov_panel_merge_compute(const behov_panel *panel, const behov_municipality_history *history,
                                       const behov_merge_options *options, behov_panel_merge *out, behov_error *err)
{
    *out = (behov_panel_merge){.n_rows_read = behov_table_n_rows(panel->table), .year = options->year};
    behov_merging merging = {.panel = panel,
                             .history = history,
                             .options = options,
                             .out = out,
                             .err = err,
                             .date = behov_municipality_history_date(options->year)};
    behov_status status = check_options(panel, history, options, err);
    if (!status)
        status = behov_merging_place(&merging);
    if (!status)
        status = build(&merging);
    behov_merging_free(&merging);
    if (!status && out->n_facts)
        qsort(out->facts, out->n_facts, sizeof *out->facts, compare_facts);
    return status || out->n_rows ? status : nothing_left(out, behov_table_source(panel->table), err);
}

void behov_panel_merge_free(behov_panel_merge *merge)
{
    for (size_t i = 0; i < merge->n_facts; i++) {
        free(merge->facts[i].subject);
        free(merge->facts[i].detail);
    }
    free(merge->facts);
    behov_table_free(merge->table);
    *merge = (behov_panel_merge){0};
}
