/* survey_answers.c - see survey_answers.h. */
#include <behov/survey_answers.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <behov/code.h>
#include <behov/number.h>
#include <behov/panel.h>

#include "letters.h"
#include "missing_numbers.h"
#include "name.h"
#include "survey_scales.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SURVEY_NO_MEMORY);
}

/* ---- columns ------------------------------------------------------------------------------------------------------- */

static bool is_any(const char *text, const char *const *words, size_t n_words)
{
    for (size_t i = 0; i < n_words; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

static bool is_office(const char *name)
{
    static const char *const names[] = {"office", "kontor", "nav-kontor", "nav kontor", "nav_kontor"};
    return is_any(name, names, sizeof names / sizeof *names);
}

static bool is_codes(const char *name)
{
    static const char *const names[] = {"municipality_codes", "kommunenumre", "kommunenummer", "kommunenr"};
    return behov_role_of_name(name) == BEHOV_ROLE_CODE || is_any(name, names, sizeof names / sizeof *names);
}

static bool is_names(const char *name)
{
    static const char *const names[] = {"municipalities", "kommuner"};
    return behov_role_of_name(name) == BEHOV_ROLE_MUNICIPALITY || is_any(name, names, sizeof names / sizeof *names);
}

static bool is_trait(const behov_survey_columns *columns, const char *name)
{
    if (columns->traits)
        return is_any(name, columns->traits, columns->n_traits);
    return !is_office(name) && !is_codes(name) && !is_names(name) && behov_role_of_name(name) == BEHOV_N_ROLES &&
           !(columns->weight && strcasecmp(name, columns->weight) == 0);
}

behov_read_kind behov_survey_answers_column(void *context, const char *name)
{
    const behov_survey_columns *columns = context;
    if (columns->weight && strcasecmp(name, columns->weight) == 0)
        return BEHOV_READ_AS_NUMBER;
    return is_office(name) || is_codes(name) || is_names(name) || is_trait(columns, name) ? BEHOV_READ_AS_TEXT
                                                                                          : BEHOV_READ_NOT;
}

static ptrdiff_t find_column(const behov_table *table, bool (*is_meant)(const char *))
{
    for (size_t j = 0; j < behov_table_n_columns(table); j++)
        if (is_meant(behov_table_name(table, j)) && behov_table_codes(table, j))
            return (ptrdiff_t)j;
    return -1;
}

static const char *text_at(const behov_table *table, ptrdiff_t column, size_t row)
{
    int32_t code = column < 0 ? -1 : behov_table_codes(table, (size_t)column)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, (size_t)column), code);
}

static behov_status no_column(const behov_table *table, const char *name, behov_error *err)
{
    const char *nearest = behov_table_nearest_name(table, name), *source = behov_table_source(table);
    return nearest ? behov_error_say(err, BEHOV_E_NAME, source, SAY_PANEL_NO_COLUMN_NEAREST, name, nearest)
                   : behov_error_say(err, BEHOV_E_NAME, source, SAY_SURVEY_NO_COLUMN, name);
}

/* ---- offices ------------------------------------------------------------------------------------------------------- */

typedef struct reading {
    const behov_table *table;
    behov_survey_answers *out;
    ptrdiff_t office, codes, names, weight;
} reading;

/* 301 for 0301: a spreadsheet has taken a zero for no digit. The first is kept for who tells of it. */
static bool put_zero_back(const char *text, size_t length, behov_survey_answers *out, char code[5])
{
    if (length != 3 || strspn(text, "0123456789") < 3 || *text == '0')
        return false;
    snprintf(code, 5, "0%.3s", text);
    if (out->n_zeros++ == 0)
        memcpy(out->with_zero, code, sizeof out->with_zero);
    return true;
}

/* The municipalities of a cell: separated by ; , / or, where there are only digits, by blanks. */
static behov_status split_cell(const char *cell, const char *where, behov_survey_answers *out,
                               behov_municipality_names *names, behov_error *err)
{
    const char *marks = strspn(cell, "0123456789 ;,/") == strlen(cell) ? " ;,/" : ";,/";
    behov_status status = BEHOV_OK;
    for (const char *part = cell; *part && !status;) {
        size_t length = strcspn(part, marks), first = strspn(part, " "), last = length;
        while (last > first && part[last - 1] == ' ')
            last--;
        char code[5];
        if (last > first && put_zero_back(part + first, last - first, out, code))
            status = behov_municipality_names_add(names, code, 4, where, err);
        else if (last > first)
            status = behov_municipality_names_add(names, part + first, last - first, where, err);
        part += length + (part[length] != '\0');
    }
    return status;
}

static behov_status take_weight(const reading *reading, size_t row, double *weight, behov_error *err)
{
    *weight = 1;
    if (reading->weight < 0)
        return BEHOV_OK;
    *weight = behov_table_numbers(reading->table, (size_t)reading->weight)[row];
    if (*weight > 0)
        return BEHOV_OK;
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(reading->table, row, reading->weight, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_SURVEY_WEIGHT);
}

static behov_status refuse_office_again(const reading *reading, size_t row, behov_error *err)
{
    ptrdiff_t column = reading->codes >= 0 ? reading->codes : reading->names;
    const char *name = text_at(reading->table, reading->office, row), *cell = text_at(reading->table, column, row);
    for (size_t i = 0; i < reading->out->n_offices && name[0]; i++) {
        size_t other = reading->out->offices[i].row;
        char where[BEHOV_PLACE_SIZE];
        if (strcmp(name, reading->out->offices[i].name) != 0 ||
            strcmp(cell, text_at(reading->table, column, other)) != 0)
            continue;
        behov_table_where(reading->table, row, reading->office, where);
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SURVEY_OFFICE_TWICE, name,
                               (unsigned long)behov_table_line(reading->table, other));
    }
    return BEHOV_OK;
}

static behov_status take_office(const reading *reading, size_t row, behov_error *err)
{
    behov_survey_office *office = &reading->out->offices[reading->out->n_offices];
    ptrdiff_t column = reading->codes >= 0 ? reading->codes : reading->names;
    const char *cell = text_at(reading->table, column, row);
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(reading->table, row, column, where);
    if (behov_code_and_name_mark(reading->codes >= 0 ? cell : "", text_at(reading->table, reading->names, row)) !=
        BEHOV_ROW_MUNICIPALITY) {
        reading->out->n_left_out++;
        return BEHOV_OK;
    }
    behov_status status = refuse_office_again(reading, row, err);
    if (status)
        return status;
    *office = (behov_survey_office){.name = text_at(reading->table, reading->office, row), .row = row, .n_rows = 1};
    reading->out->n_offices++;
    status = split_cell(cell, where, reading->out, &office->municipalities, err);
    if (!status && !office->municipalities.n)
        status = behov_error_say(err, BEHOV_E_DATA, where, SAY_SURVEY_NO_MUNICIPALITY);
    return status ? status : take_weight(reading, row, &office->weight, err);
}

static behov_status take_offices(const reading *reading, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(reading->table);
    reading->out->offices = calloc(n_rows + 1, sizeof *reading->out->offices);
    behov_status status = reading->out->offices ? BEHOV_OK : out_of_memory(err);
    for (size_t row = 0; row < n_rows && !status; row++)
        status = take_office(reading, row, err);
    if (!status && !reading->out->n_offices)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(reading->table), SAY_SURVEY_NO_OFFICES);
    return status;
}

/* ---- answers of a column ------------------------------------------------------------------------------------------- */

/* The answers of offices as folded texts; NULL where there is none. */
typedef struct folded_column {
    char **texts;          /* of each office, owned */
    const char **answered; /* those that are there, borrowed from texts */
    size_t n, n_answered;
} folded_column;

static void folded_column_free(folded_column *column)
{
    for (size_t i = 0; column->texts && i < column->n; i++)
        free(column->texts[i]);
    free(column->texts);
    free(column->answered);
}

static behov_status fold_column(const reading *reading, size_t index, folded_column *column, behov_error *err)
{
    size_t n = reading->out->n_offices;
    *column = (folded_column){calloc(n + 1, sizeof *column->texts), calloc(n + 1, sizeof *column->answered), n, 0};
    if (!column->texts || !column->answered)
        return out_of_memory(err);
    for (size_t i = 0; i < n; i++) {
        const char *text = text_at(reading->table, (ptrdiff_t)index, reading->out->offices[i].row);
        text += strspn(text, " ");
        size_t length = strlen(text);
        while (length && text[length - 1] == ' ')
            length--;
        if (!length)
            continue;
        if (!(column->texts[i] = behov_name_fold(text, length)))
            return out_of_memory(err);
        if (behov_survey_is_no_answer(column->texts[i])) {
            free(column->texts[i]);
            column->texts[i] = NULL;
        } else {
            column->answered[column->n_answered++] = column->texts[i];
        }
    }
    return BEHOV_OK;
}

static behov_status refuse_answer(const reading *reading, size_t index, size_t office, const behov_survey_scale *scale,
                                  behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    size_t row = reading->out->offices[office].row;
    behov_excerpt cell = behov_cut(text_at(reading->table, (ptrdiff_t)index, row), 60);
    behov_table_where(reading->table, row, (ptrdiff_t)index, where);
    if (scale->kind == BEHOV_SCALE_WORDS) {
        behov_said words = {""};
        for (size_t i = 0; i < scale->n_words; i++) {
            behov_said longer = {""};
            behov_phrase_list(&longer, words.text, i ? ", " : "", scale->words[i], NULL);
            words = longer;
        }
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SURVEY_ANSWER_NOT_ON_SCALE, cell.text, words.text);
    }
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_SURVEY_ANSWER_UNKNOWN, cell.text);
}

/* A billion, which no count of an office's and no place on a scale is. */
static const double MOST_ANSWER = 1e9;

static behov_status refuse_size(const reading *reading, size_t index, size_t office, double answer, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(reading->table, reading->out->offices[office].row, (ptrdiff_t)index, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_SURVEY_ANSWER_TOO_LARGE, behov_phrase_number(answer).text);
}

/* Words of a scale as the first office that chose each wrote them; the folded ones where nobody did. */
static behov_status name_words(const reading *reading, size_t index, const behov_survey_scale *scale,
                               behov_survey_question *question, behov_error *err)
{
    if (scale->kind != BEHOV_SCALE_WORDS)
        return BEHOV_OK;
    if (!(question->words = calloc(scale->n_words + 1, sizeof *question->words)))
        return out_of_memory(err);
    for (size_t k = 0; k < scale->n_words; k++) {
        const char *word = scale->words[k];
        for (size_t i = reading->out->n_offices; i-- > 0;)
            if (question->answers[i] == (double)k + 1)
                word = text_at(reading->table, (ptrdiff_t)index, reading->out->offices[i].row);
        if (!(question->words[question->n_words++] = strdup(word)))
            return out_of_memory(err);
    }
    return BEHOV_OK;
}

static behov_status value_answers(const reading *reading, size_t index, const folded_column *column,
                                  const behov_survey_scale *scale, behov_survey_question *question, behov_error *err)
{
    for (size_t i = 0; i < column->n; i++) {
        if (!column->texts[i])
            question->n_missing++;
        else if (!behov_survey_value(scale, column->texts[i], &question->answers[i]))
            return refuse_answer(reading, index, i, scale, err);
        else if (fabs(question->answers[i]) > MOST_ANSWER)
            return refuse_size(reading, index, i, question->answers[i], err);
    }
    question->is_yes_no = scale->kind == BEHOV_SCALE_YES_NO;
    return name_words(reading, index, scale, question, err);
}

static bool is_code_of_no_answer(double figure)
{
    static const double codes[] = {8, 9, 88, 98, 99, 888, 998, 999};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (figure == codes[i])
            return true;
    return false;
}

/* -1 and then 1 to 5: one answer alone is below 0. */
static void look_below_zero(behov_survey_question *question, size_t n_offices)
{
    double lowest = INFINITY, next = INFINITY;
    for (size_t i = 0; i < n_offices; i++) {
        double answer = question->answers[i];
        if (isnan(answer))
            continue;
        if (answer != floor(answer))
            return;
        next = answer < lowest ? lowest : answer > lowest && answer < next ? answer : next;
        lowest = fmin(lowest, answer);
    }
    if (!(lowest < 0 && next >= 0 && isfinite(next)))
        return;
    question->lowest = lowest;
    question->next_lowest = next;
}

/* 1 to 5 or 7, each of them chosen, and a 0 in a tenth of the answers or less: no place on such a scale. */
static void look_for_a_rare_zero(behov_survey_question *question, size_t n_offices)
{
    enum { HIGHEST = 7 };
    size_t counts[HIGHEST + 1] = {0}, n = 0;
    int highest = HIGHEST;
    for (size_t i = 0; i < n_offices; i++) {
        double answer = question->answers[i];
        if (isnan(answer))
            continue;
        if (answer != floor(answer) || answer < 0 || answer > HIGHEST)
            return;
        counts[(int)answer]++;
        n++;
    }
    while (highest > 0 && !counts[highest])
        highest--;
    for (int answer = 1; answer <= highest; answer++)
        if (!counts[answer])
            return;
    if ((highest != 5 && highest != HIGHEST) || !counts[0] || 10 * counts[0] > n)
        return;
    question->lowest = 0;
    question->next_lowest = 1;
}

/* 1 to 5 and then 9: a scale whose highest answer stands far above the next. */
static void look_for_a_gap(behov_survey_question *question, size_t n_offices)
{
    double highest = -INFINITY, next = -INFINITY;
    for (size_t i = 0; i < n_offices; i++) {
        double answer = question->answers[i];
        if (isnan(answer))
            continue;
        if (answer != floor(answer))
            return;
        next = answer > highest ? highest : answer < highest && answer > next ? answer : next;
        highest = fmax(highest, answer);
    }
    if (!is_code_of_no_answer(highest) || !(next >= 1 && next <= 10 && highest >= next + 3))
        return;
    question->highest = highest;
    question->next_highest = next;
}

static behov_status take_question(const reading *reading, size_t index, const behov_survey_columns *columns,
                                  bool *is_used, behov_error *err)
{
    behov_survey_question *question = &reading->out->questions[reading->out->n_questions++];
    folded_column column = {.n = 0};
    behov_survey_scale scale = {.n_words = 0};
    *question = (behov_survey_question){.name = behov_table_name(reading->table, index),
                                        .answers = behov_missing_numbers(reading->out->n_offices),
                                        .lowest = NAN,
                                        .next_lowest = NAN,
                                        .highest = NAN,
                                        .next_highest = NAN};
    behov_status status = question->answers ? fold_column(reading, index, &column, err) : out_of_memory(err);
    if (!status)
        status = behov_survey_scale_find(column.answered, column.n_answered, columns->orders, columns->n_orders, &scale,
                                         err);
    if (!status)
        status = value_answers(reading, index, &column, &scale, question, err);
    if (!status && scale.kind == BEHOV_SCALE_FIGURES)
        look_for_a_gap(question, reading->out->n_offices);
    if (!status && scale.kind == BEHOV_SCALE_FIGURES)
        look_below_zero(question, reading->out->n_offices);
    if (!status && scale.kind == BEHOV_SCALE_FIGURES && isnan(question->lowest))
        look_for_a_rare_zero(question, reading->out->n_offices);
    if (!status)
        is_used[scale.order] = true;
    behov_survey_scale_free(&scale);
    folded_column_free(&column);
    return status;
}

static behov_status find_traits(const reading *reading, const behov_survey_columns *columns, behov_error *err)
{
    size_t n_columns = behov_table_n_columns(reading->table);
    for (size_t k = 0; columns->traits && k < columns->n_traits; k++) {
        size_t j = 0;
        while (j < n_columns && strcasecmp(behov_table_name(reading->table, j), columns->traits[k]) != 0)
            j++;
        if (j == n_columns || !behov_table_codes(reading->table, j))
            return no_column(reading->table, columns->traits[k], err);
    }
    return BEHOV_OK;
}

/* A misspelt order would be passed over, and the words be taken in another. */
static behov_status refuse_unused_orders(const behov_survey_columns *columns, const bool *is_used, behov_error *err)
{
    for (size_t i = 0; i < columns->n_orders; i++)
        if (!is_used[i + 1])
            return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SURVEY_ORDER_UNUSED,
                                   behov_cut(columns->orders[i], 80).text);
    return BEHOV_OK;
}

static behov_status take_questions(const reading *reading, const behov_survey_columns *columns, behov_error *err)
{
    size_t n_columns = behov_table_n_columns(reading->table);
    bool *is_used = calloc(columns->n_orders + 1, sizeof *is_used);
    reading->out->questions = calloc(n_columns + 1, sizeof *reading->out->questions);
    behov_status status = is_used && reading->out->questions ? find_traits(reading, columns, err) : out_of_memory(err);
    for (size_t j = 0; j < n_columns && !status; j++)
        if (is_trait(columns, behov_table_name(reading->table, j)) && behov_table_codes(reading->table, j))
            status = take_question(reading, j, columns, is_used, err);
    if (!status && !reading->out->n_questions)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(reading->table), SAY_SURVEY_NO_TRAITS);
    if (!status)
        status = refuse_unused_orders(columns, is_used, err);
    free(is_used);
    return status;
}

/* ---- rows of one office -------------------------------------------------------------------------------------------- */

static behov_status refuse_contradiction(const reading *reading, const behov_survey_office *first,
                                         const behov_survey_office *other, ptrdiff_t column, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(reading->table, other->row, column, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_SURVEY_OFFICE_CONTRADICTS, behov_cut(first->name, 80).text,
                           (unsigned long)behov_table_line(reading->table, first->row));
}

static bool has_municipality(const behov_survey_office *office, const char *text)
{
    for (size_t i = 0; i < office->municipalities.n; i++)
        if (strcmp(office->municipalities.all[i].text, text) == 0)
            return true;
    return false;
}

/* An answer that one of the rows lacks is the other's. */
static behov_status join_office(const reading *reading, size_t first_index, size_t other_index, behov_error *err)
{
    behov_survey_office *first = &reading->out->offices[first_index], *other = &reading->out->offices[other_index];
    for (size_t k = 0; k < reading->out->n_questions; k++) {
        behov_survey_question *question = &reading->out->questions[k];
        double *answers = question->answers;
        if (!isnan(answers[first_index]) && !isnan(answers[other_index]) &&
            answers[first_index] != answers[other_index])
            return refuse_contradiction(reading, first, other, behov_table_find(reading->table, question->name), err);
        answers[first_index] = isnan(answers[first_index]) ? answers[other_index] : answers[first_index];
    }
    if (first->weight != other->weight)
        return refuse_contradiction(reading, first, other, reading->weight, err);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < other->municipalities.n && !status; i++) {
        const behov_municipality_name *name = &other->municipalities.all[i];
        if (!has_municipality(first, name->text))
            status =
                behov_municipality_names_add(&first->municipalities, name->text, strlen(name->text), name->where, err);
    }
    reading->out->n_joined += !status && first->n_rows == 1;
    first->n_rows++;
    return status;
}

static void remove_office(behov_survey_answers *out, size_t index)
{
    size_t n_behind = out->n_offices - index - 1;
    behov_municipality_names_free(&out->offices[index].municipalities);
    memmove(out->offices + index, out->offices + index + 1, n_behind * sizeof *out->offices);
    for (size_t k = 0; k < out->n_questions; k++)
        memmove(out->questions[k].answers + index, out->questions[k].answers + index + 1,
                n_behind * sizeof *out->questions[k].answers);
    out->n_offices--;
}

/* An office with a row for each of its municipalities has answered once: counted on every row it would be several offices that
 * happen to agree. */
static behov_status join_offices(const reading *reading, behov_error *err)
{
    behov_survey_answers *out = reading->out;
    behov_status status = BEHOV_OK;
    for (size_t i = 1; i < out->n_offices && !status;) {
        size_t first = 0;
        while (first < i && (!out->offices[i].name[0] || strcmp(out->offices[first].name, out->offices[i].name) != 0))
            first++;
        if (first < i && !(status = join_office(reading, first, i, err)))
            remove_office(out, i);
        else
            i++;
    }
    for (size_t k = 0; k < out->n_questions && out->n_joined; k++) {
        out->questions[k].n_missing = 0;
        for (size_t i = 0; i < out->n_offices; i++)
            out->questions[k].n_missing += isnan(out->questions[k].answers[i]);
    }
    return status;
}

behov_status behov_survey_answers_read(const behov_table *table, const behov_survey_columns *columns,
                                       behov_survey_answers *out, behov_error *err)
{
    reading reading = {.table = table,
                       .out = out,
                       .office = find_column(table, is_office),
                       .codes = find_column(table, is_codes),
                       .names = find_column(table, is_names),
                       .weight = columns->weight ? behov_table_find(table, columns->weight) : -1};
    *out = (behov_survey_answers){.n_offices = 0};
    if (reading.codes < 0 && reading.names < 0)
        return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_SURVEY_NO_MUNICIPALITIES);
    if (columns->weight && (reading.weight < 0 || !behov_table_numbers(table, (size_t)reading.weight)))
        return no_column(table, columns->weight, err);
    behov_status status = behov_survey_orders_check(columns->orders, columns->n_orders, err);
    if (!status)
        status = take_offices(&reading, err);
    if (!status)
        status = take_questions(&reading, columns, err);
    return status ? status : join_offices(&reading, err);
}

void behov_survey_answers_free(behov_survey_answers *answers)
{
    for (size_t i = 0; i < answers->n_offices; i++)
        behov_municipality_names_free(&answers->offices[i].municipalities);
    for (size_t k = 0; k < answers->n_questions; k++) {
        for (size_t i = 0; i < answers->questions[k].n_words; i++)
            free(answers->questions[k].words[i]);
        free(answers->questions[k].words);
        free(answers->questions[k].answers);
    }
    free(answers->offices);
    free(answers->questions);
    *answers = (behov_survey_answers){.n_offices = 0};
}
