/* findings.c - findings in words. The messages on standard error are English, those of pages and JSON in the language of
 * the output; both come from the same words. */
#include "findings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv_column.h"
#include "format.h"
#include "messages.h"
#include "result_sentences.h"
#include "visible.h"

static const char *const kind_names[BEHOV_N_ODDITY_KINDS] = {
    "no_municipality", "code",    "row",       "limit",     "unit",  "total", "jump",
    "two_codes",       "missing", "influence", "exact_fit", "model", "empty",
};

const char *behov_finding_kind_word(behov_oddity_kind kind)
{
    return kind < BEHOV_N_ODDITY_KINDS ? kind_names[kind] : "";
}

const char *behov_finding_severity_name(behov_severity severity)
{
    return severity == BEHOV_MENDED        ? "mended"
           : severity == BEHOV_ERROR       ? "error"
           : severity == BEHOV_INFORMATION ? "information"
                                           : "warning";
}

bool behov_findings_read_allowed(const command_line *line, unsigned *allowed_positions)
{
    *allowed_positions = 0;
    for (size_t i = 0; i < option_count(line, "allow"); i++) {
        const char *name = option_value_at(line, "allow", i);
        size_t kind = 0;
        while (kind < BEHOV_N_ODDITY_KINDS &&
               (kind == BEHOV_ODD_ROW || kind >= BEHOV_ODD_MODEL || strcmp(kind_names[kind], name) != 0))
            kind++;
        if (kind == BEHOV_N_ODDITY_KINDS) {
            wrong_call(line->verb,
                       "--allow %s: the kinds are no_municipality, code, limit, unit, total, jump, two_codes, missing, "
                       "influence "
                       "and exact_fit%s",
                       name,
                       strcmp(name, "row") == 0 ? "; a double row, or one without code or year, is never let through"
                       : strcmp(name, "model") == 0 ? "; a model whose columns are not there cannot be let through"
                                                    : "");
            return false;
        }
        *allowed_positions |= 1u << kind;
    }
    return true;
}

bool behov_finding_is_allowed(const behov_study *study, const behov_oddity *finding)
{
    return finding->severity != BEHOV_MENDED && ((study->n_allowed >> finding->kind) & 1u);
}

/* ---- sentences ----------------------------------------------------------------------------------------------------- */

static const char *figure(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    behov_number_shortest(value, text);
    for (char *c = text; *c; c++)
        if (*c == '.')
            *c = behov_label_decimal_mark(lang);
    return behov_format_minus(text);
}

static const char *short_figure(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    behov_number_significant(value, 3, behov_label_decimal_mark(lang), text);
    return behov_format_minus(text);
}

static const char *rows_in_words(behov_language lang, size_t n, char text[60])
{
    char number[BEHOV_NUMBER_SIZE];
    behov_label_fill(lang, n == 1 ? BEHOV_WORD_FINDING_ROW_COUNT : BEHOV_WORD_FINDING_ROW_COUNTS, text, 60, "n",
                     behov_format_cell(BEHOV_Q_COUNT, (double)n, lang, number), NULL);
    return text;
}

/* "0101 Halden", whichever of the two the panel has. */
static const char *who(const behov_study *study, ptrdiff_t row, char text[160])
{
    const char *code = row < 0 ? "" : behov_panel_code(&study->panel, (size_t)row);
    const char *name = row < 0 ? "" : behov_panel_municipality(&study->panel, (size_t)row);
    snprintf(text, 160, "%.*s%s%.*s", behov_label_clip(code, 40), code, code[0] && name[0] ? " " : "",
             behov_label_clip(name, 90), name);
    return text;
}

static unsigned long line_at(const behov_study *study, ptrdiff_t row)
{
    unsigned long line = row < 0 ? 0 : behov_table_line(study->table, (size_t)row);
    return row < 0 || line ? line : (unsigned long)row + 1;
}

static int year_at(const behov_study *study, ptrdiff_t row)
{
    return row < 0 ? 0 : behov_panel_year(&study->panel, (size_t)row);
}

static void limits_in_words(const behov_oddity *finding, behov_language lang, char text[200])
{
    char low[BEHOV_NUMBER_SIZE] = "", high[BEHOV_NUMBER_SIZE] = "";
    bool has_low = !isnan(finding->low), has_high = !isnan(finding->high);
    if (has_low)
        figure(lang, finding->low, low);
    if (has_high)
        figure(lang, finding->high, high);
    behov_word key = has_low && has_high ? BEHOV_WORD_FINDING_LIMITS_BOTH
                     : has_low           ? BEHOV_WORD_FINDING_LIMITS_LOW
                     : has_high          ? BEHOV_WORD_FINDING_LIMITS_HIGH
                                         : BEHOV_WORD_FINDING_LIMITS_NONE;
    char range[120];
    behov_label_fill(lang, key, range, sizeof range, "low", low, "high", high, NULL);
    behov_label_fill(lang, finding->is_whole ? BEHOV_WORD_FINDING_LIMITS_WHOLE : BEHOV_WORD_FINDING_LIMITS_ANY, text,
                     200, "range", range, NULL);
}

/* A number with the decimal mark of the language; a text, such as a code, as it stands in the file. */
static void value_in_words(const behov_study *study, const behov_oddity *finding, behov_language lang, char text[100])
{
    behov_finding_value(study, finding, text);
    char *mark = strchr(text, '.');
    if (mark && finding->column >= 0 && behov_table_numbers(study->table, (size_t)finding->column))
        *mark = behov_label_decimal_mark(lang);
}

static void say_no_municipality(const behov_study *study, const behov_oddity *finding, behov_language lang,
                                char text[BEHOV_FINDING_SENTENCE])
{
    static const behov_word marks[BEHOV_N_ROW_MARKS] = {
        BEHOV_NO_WORD,           BEHOV_WORD_MARK_COUNTRY, BEHOV_WORD_MARK_COUNTY, BEHOV_WORD_MARK_GROUP,
        BEHOV_WORD_MARK_UNKNOWN, BEHOV_WORD_MARK_OUTSIDE, BEHOV_WORD_MARK_SUM};
    char name[160], rows[60], value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE];
    who(study, finding->row, name);
    if (finding->severity == BEHOV_MENDED)
        behov_label_fill(lang, BEHOV_WORD_FINDING_NO_MUNICIPALITY, text, BEHOV_FINDING_SENTENCE, "who",
                         name[0] ? name : behov_label(lang, BEHOV_WORD_FINDING_NAMELESS), "what",
                         behov_label(lang, marks[finding->cause]), "rows", rows_in_words(lang, finding->count, rows),
                         NULL);
    else
        behov_label_fill(lang, BEHOV_WORD_FINDING_NEAR_SUM, text, BEHOV_FINDING_SENTENCE, "who", name, "value",
                         behov_format_cell(BEHOV_Q_COUNT, finding->value, lang, value), "sum",
                         behov_format_cell(BEHOV_Q_COUNT, finding->low, lang, low), NULL);
}

static void say_code(const behov_study *study, const behov_oddity *finding, behov_language lang,
                     char text[BEHOV_FINDING_SENTENCE])
{
    const behov_code_mending *mended = &study->mending;
    char rows[60], value[100];
    rows_in_words(lang, finding->count, rows);
    value_in_words(study, finding, lang, value);
    switch ((behov_code_cause)finding->cause) {
    case BEHOV_CODE_IS_DECORATED:
        behov_label_fill(lang, BEHOV_WORD_FINDING_CODE_DECORATED, text, BEHOV_FINDING_SENTENCE, "rows", rows, "cell",
                         mended->decorated, "code", mended->decorated_code, NULL);
        break;
    case BEHOV_CODE_LOST_ZERO:
        behov_label_fill(lang, BEHOV_WORD_FINDING_CODE_LOST_ZERO, text, BEHOV_FINDING_SENTENCE, "rows", rows, "cell",
                         mended->without_zero, "code", mended->with_zero, NULL);
        break;
    case BEHOV_CODE_MIXED_ZEROS:
        behov_label_fill(lang, BEHOV_WORD_FINDING_CODE_MIXED, text, BEHOV_FINDING_SENTENCE, "value", value, "rows",
                         rows, NULL);
        break;
    case BEHOV_CODE_ALL_SHORT:
        behov_label_fill(lang, BEHOV_WORD_FINDING_CODE_SHORT, text, BEHOV_FINDING_SENTENCE, "value", value, "rows",
                         rows, NULL);
        break;
    case BEHOV_CODE_NONE:
        behov_label_fill(lang, BEHOV_WORD_FINDING_CODE_NONE, text, BEHOV_FINDING_SENTENCE, "value", value, "rows", rows,
                         NULL);
        break;
    }
}

static void say_row(const behov_study *study, const behov_oddity *finding, behov_language lang,
                    char text[BEHOV_FINDING_SENTENCE])
{
    static const behov_word keys[] = {
        [BEHOV_ROW_IS_DOUBLE] = BEHOV_WORD_FINDING_DOUBLE,
        [BEHOV_ROW_HAS_NO_CODE] = BEHOV_WORD_FINDING_NO_CODE,
        [BEHOV_ROW_HAS_NO_YEAR] = BEHOV_WORD_FINDING_NO_YEAR,
        [BEHOV_ROW_YEAR_IS_NONE] = BEHOV_WORD_FINDING_YEAR,
        [BEHOV_ROW_POPULATION_IS_NONE] = BEHOV_WORD_FINDING_POPULATION,
        [BEHOV_ROW_ESTIMATED_ON_IS_NONE] = BEHOV_WORD_FINDING_ESTIMATED_ON,
        [BEHOV_ROW_YEAR_IS_FAR] = BEHOV_WORD_FINDING_YEAR_ALONE,
    };
    bool is_double_name = finding->cause == BEHOV_ROW_IS_DOUBLE && study->panel.columns[BEHOV_ROLE_CODE] < 0;
    char name[160], line[32], year[32] = "", value[100];
    snprintf(line, sizeof line, "%lu", line_at(study, finding->other_row));
    if (finding->year)
        snprintf(year, sizeof year, " (%d)", finding->year);
    value_in_words(study, finding, lang, value);
    behov_label_fill(lang, is_double_name ? BEHOV_WORD_FINDING_DOUBLE_NAME : keys[finding->cause], text,
                     BEHOV_FINDING_SENTENCE, "who", who(study, finding->row, name), "year", year, "line", line, "value",
                     value, NULL);
}

/* "1000 ganger", "en hundredel av": what stands before the figures compared with. */
static void factor_in_words(behov_language lang, double factor, char text[60])
{
    char number[40];
    double whole = rint(factor < 1 ? 1 / factor : factor);
    snprintf(number, sizeof number, "%.0f", whole);
    behov_label_fill(lang,
                     factor >= 1     ? BEHOV_WORD_FINDING_FACTOR_TIMES
                     : whole == 100  ? BEHOV_WORD_FINDING_FACTOR_HUNDREDTH
                     : whole == 1000 ? BEHOV_WORD_FINDING_FACTOR_THOUSANDTH
                                     : BEHOV_WORD_FINDING_FACTOR_PART,
                     text, 60, "n", number, NULL);
}

behov_word behov_finding_unit_key(behov_outcome_unit unit, double median)
{
    bool in_1000kr = unit == BEHOV_UNIT_1000KR_PER_INHABITANT, is_large = median > (in_1000kr ? 1 : 1000);
    return in_1000kr ? (is_large ? BEHOV_WORD_WARNING_UNIT_1000KR : BEHOV_WORD_WARNING_UNIT_1000KR_SMALL)
                     : (is_large ? BEHOV_WORD_WARNING_UNIT_KR_LARGE : BEHOV_WORD_WARNING_UNIT_KR);
}

static void say_unit(const behov_study *study, const behov_oddity *finding, behov_language lang,
                     char text[BEHOV_FINDING_SENTENCE])
{
    char name[160], rows[60], year[32], factor[60], value[100], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    snprintf(year, sizeof year, "%d", finding->year);
    factor_in_words(lang, finding->value, factor);
    value_in_words(study, finding, lang, value);
    rows_in_words(lang, finding->count, rows);
    switch ((behov_unit_cause)finding->cause) {
    case BEHOV_UNIT_WHOLE_COLUMN:
        snprintf(text, BEHOV_FINDING_SENTENCE, "%s",
                 behov_label(lang, behov_finding_unit_key(study->unit, finding->value)));
        break;
    case BEHOV_UNIT_TWO_LEVELS:
        behov_label_fill(lang, BEHOV_WORD_FINDING_UNIT_LEVELS, text, BEHOV_FINDING_SENTENCE, "rows", rows, "factor",
                         factor, "low", short_figure(lang, finding->low, low), "high",
                         short_figure(lang, finding->high, high), NULL);
        break;
    case BEHOV_UNIT_FEW_INHABITANTS:
        behov_label_fill(lang, BEHOV_WORD_FINDING_UNIT_INHABITANTS, text, BEHOV_FINDING_SENTENCE, "value", value,
                         "rows", rows, "low", figure(lang, finding->low, low), NULL);
        break;
    case BEHOV_UNIT_ONE_YEAR:
        behov_label_fill(lang, BEHOV_WORD_FINDING_UNIT_YEAR, text, BEHOV_FINDING_SENTENCE, "year", year, "rows", rows,
                         "factor", factor, NULL);
        break;
    case BEHOV_UNIT_MUNICIPALITY:
        behov_label_fill(lang, BEHOV_WORD_FINDING_UNIT_MUNICIPALITY, text, BEHOV_FINDING_SENTENCE, "who",
                         who(study, finding->row, name), "rows", rows, "factor", factor, NULL);
        break;
    case BEHOV_UNIT_ONE_ROW:
        behov_label_fill(lang, BEHOV_WORD_FINDING_UNIT_ROW, text, BEHOV_FINDING_SENTENCE, "value", value, "factor",
                         factor, NULL);
        break;
    case BEHOV_UNIT_IS_DATE:
        behov_label_fill(lang, BEHOV_WORD_FINDING_UNIT_DATE, text, BEHOV_FINDING_SENTENCE, "value", value, NULL);
        break;
    case BEHOV_UNIT_NOT_OF_FIT:
        behov_label_fill(lang, BEHOV_WORD_FINDING_UNIT_NOT_OF_FIT, text, BEHOV_FINDING_SENTENCE, "low",
                         short_figure(lang, finding->low, low), "factor", factor, "high",
                         short_figure(lang, finding->high, high), NULL);
        break;
    case BEHOV_UNIT_FRACTIONS:
        behov_label_fill(lang, BEHOV_WORD_FINDING_UNIT_FRACTIONS, text, BEHOV_FINDING_SENTENCE, "low",
                         figure(lang, finding->low, low), "high", figure(lang, finding->high, high), NULL);
        break;
    }
}

static bool has_column(const behov_study *study, const char *name)
{
    behov_role role = behov_role_of_name(name);
    return behov_table_find(study->table, name) >= 0 || (role < BEHOV_N_ROLES && study->panel.columns[role] >= 0);
}

/* The columns of an expression that the panel lacks, each once; what has no room is counted and not named. */
static size_t list_lacking(const behov_study *study, const behov_expression *expression, behov_language lang,
                           char *names, size_t size, size_t n)
{
    for (size_t i = 0; i < behov_expression_n_columns(expression); i++) {
        const char *name = behov_expression_column(expression, i);
        char entry[140];
        snprintf(entry, sizeof entry, "\"%.*s\"", behov_label_clip(name, 120), name);
        if (has_column(study, name) || strstr(names, entry))
            continue;
        const char *nearest = behov_table_nearest_name(study->table, name);
        char hint[200] = "";
        if (nearest)
            behov_label_fill(lang, BEHOV_WORD_FINDING_DID_YOU_MEAN, hint, sizeof hint, "name",
                             behov_cut(nearest, 120).text, NULL);
        size_t length = strlen(names);
        if (length + strlen(entry) + strlen(hint) + 7 < size)
            snprintf(names + length, size - length, "%s%s%s%s", n ? ", " : "", entry, hint[0] ? " " : "", hint);
        n++;
    }
    return n;
}

enum { COLUMN_NAMES = 600 };

static size_t list_lacking_columns(const behov_study *study, behov_language lang, char names[COLUMN_NAMES])
{
    names[0] = '\0';
    size_t n = list_lacking(study, behov_formula_outcome(study->formula), lang, names, COLUMN_NAMES, 0);
    for (size_t t = 0; t < behov_formula_n_terms(study->formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(study->formula, t); i++)
            n = list_lacking(study, behov_formula_component(study->formula, t, i).expression, lang, names, COLUMN_NAMES,
                             n);
    return n;
}

static void say_model(const behov_study *study, behov_language lang, char text[BEHOV_FINDING_SENTENCE])
{
    char names[COLUMN_NAMES];
    list_lacking_columns(study, lang, names);
    behov_label_fill(lang, BEHOV_WORD_FINDING_MODEL, text, BEHOV_FINDING_SENTENCE, "names", names, NULL);
}

static void say_empty(const behov_study *study, const behov_oddity *finding, behov_language lang,
                      char text[BEHOV_FINDING_SENTENCE])
{
    static const behov_word keys[] = {BEHOV_WORD_FINDING_EMPTY, BEHOV_WORD_FINDING_EMPTY_YEAR,
                                      BEHOV_WORD_FINDING_EMPTY_POPULATION};
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], year[32];
    snprintf(year, sizeof year, "%d", finding->year);
    behov_label_fill(lang, keys[finding->cause], text, BEHOV_FINDING_SENTENCE, "n",
                     behov_format_cell(BEHOV_Q_COUNT, (double)finding->count, lang, n), "all",
                     behov_format_cell(BEHOV_Q_COUNT, finding->low, lang, all), "year", year, "name",
                     study->model.population ? behov_cut(study->model.population, 80).text : "", NULL);
}

/* The unit of the last decimal that the outcome is written with. */
static const char *rounding_unit(const behov_oddity *finding, behov_language lang, char text[BEHOV_NUMBER_SIZE])
{
    int decimals = finding->value > 0 ? (int)finding->value : 0;
    behov_number_fixed(pow(10, -decimals), decimals, behov_label_decimal_mark(lang), "", 4, text);
    return text;
}

static void say_exact(const behov_oddity *finding, behov_language lang, char text[BEHOV_FINDING_SENTENCE])
{
    char unit[BEHOV_NUMBER_SIZE];
    bool is_rounded = finding->cause == BEHOV_EXACT_BUT_ROUNDED;
    behov_label_fill(lang, is_rounded ? BEHOV_WORD_FINDING_EXACT_BUT_ROUNDED : BEHOV_WORD_FINDING_EXACT_FIT, text,
                     BEHOV_FINDING_SENTENCE, "unit", rounding_unit(finding, lang, unit), NULL);
}

void behov_finding_sentence(const behov_study *study, const behov_oddity *finding, behov_language lang,
                            char text[BEHOV_FINDING_SENTENCE])
{
    char name[160], old[160], value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], limits[200], year[32],
        previous_text[32], rows[60];
    snprintf(year, sizeof year, "%d", year_at(study, finding->row));
    snprintf(previous_text, sizeof previous_text, "%d", year_at(study, finding->other_row));
    text[0] = '\0';
    if (finding->is_rest) {
        behov_label_fill(lang, BEHOV_WORD_FINDING_REST, text, BEHOV_FINDING_SENTENCE, "rows",
                         rows_in_words(lang, finding->count, rows), NULL);
        return;
    }
    switch (finding->kind) {
    case BEHOV_ODD_NO_MUNICIPALITY: say_no_municipality(study, finding, lang, text); break;
    case BEHOV_ODD_CODE: say_code(study, finding, lang, text); break;
    case BEHOV_ODD_ROW: say_row(study, finding, lang, text); break;
    case BEHOV_ODD_LIMIT:
        limits_in_words(finding, lang, limits);
        behov_label_fill(
            lang, finding->cause == BEHOV_LIMIT_OF_YEARS ? BEHOV_WORD_FINDING_YEAR_FAR : BEHOV_WORD_FINDING_LIMIT, text,
            BEHOV_FINDING_SENTENCE, "value", figure(lang, finding->value, value), "limits", limits, NULL);
        break;
    case BEHOV_ODD_UNIT: say_unit(study, finding, lang, text); break;
    case BEHOV_ODD_TOTAL:
        behov_label_fill(lang, BEHOV_WORD_FINDING_TOTAL, text, BEHOV_FINDING_SENTENCE, "power",
                         short_figure(lang, finding->value, value), "median", short_figure(lang, finding->low, low),
                         NULL);
        break;
    case BEHOV_ODD_JUMP: {
        bool is_backwards =
            year_at(study, finding->other_row) > year_at(study, finding->row); /* the first year is the odd one */
        figure(lang, finding->low, low);
        figure(lang, finding->value, value);
        behov_label_fill(lang, BEHOV_WORD_FINDING_JUMP, text, BEHOV_FINDING_SENTENCE, "old", is_backwards ? value : low,
                         "before", is_backwards ? year : previous_text, "value", is_backwards ? low : value, "year",
                         is_backwards ? previous_text : year, NULL);
        break;
    }
    case BEHOV_ODD_MISSING:
        behov_number_shortest(finding->value, value); /* as the file and the option write it */
        behov_label_fill(lang, BEHOV_WORD_FINDING_MISSING, text, BEHOV_FINDING_SENTENCE, "value", value, "shown",
                         figure(lang, finding->value, low), "rows", rows_in_words(lang, finding->count, rows), NULL);
        break;
    case BEHOV_ODD_TWO_CODES:
        snprintf(old, sizeof old, "%s", behov_panel_code(&study->panel, (size_t)finding->other_row));
        snprintf(name, sizeof name, "%s", behov_panel_municipality(&study->panel, (size_t)finding->row));
        behov_label_fill(lang,
                         finding->cause == BEHOV_NAMES_CROSSED ? BEHOV_WORD_FINDING_CROSSED_NAMES
                                                               : BEHOV_WORD_FINDING_TWO_CODES,
                         text, BEHOV_FINDING_SENTENCE, "name", name, "old", old, "before", previous_text, "new",
                         behov_panel_code(&study->panel, (size_t)finding->row), "year", year, NULL);
        break;
    case BEHOV_ODD_INFLUENCE:
        behov_label_fill(lang, BEHOV_WORD_FINDING_INFLUENCE, text, BEHOV_FINDING_SENTENCE, "leverage",
                         short_figure(lang, finding->value, value), "cook",
                         isnan(finding->high) ? "–" : short_figure(lang, finding->high, low), NULL);
        break;
    case BEHOV_ODD_EXACT_FIT: say_exact(finding, lang, text); break;
    case BEHOV_ODD_MODEL: say_model(study, lang, text); break;
    case BEHOV_ODD_EMPTY: say_empty(study, finding, lang, text); break;
    case BEHOV_N_ODDITY_KINDS: break;
    }
}

void behov_finding_value(const behov_study *study, const behov_oddity *finding, char text[100])
{
    text[0] = '\0';
    bool is_mended_code = finding->kind == BEHOV_ODD_CODE && finding->severity == BEHOV_MENDED;
    if (is_mended_code) {
        snprintf(text, 100, "%s",
                 finding->cause == BEHOV_CODE_IS_DECORATED ? study->mending.decorated : study->mending.without_zero);
    } else if (finding->row >= 0 && finding->column >= 0 &&
               behov_table_missing(study->table, (size_t)finding->column, (size_t)finding->row) == BEHOV_PRESENT) {
        const double *numbers = behov_table_numbers(study->table, (size_t)finding->column);
        char number[BEHOV_NUMBER_SIZE], shown_text[64];
        if (numbers) {
            behov_number_shortest(numbers[finding->row], number);
            snprintf(text, 100, "%.99s", number);
        } else {
            const char *cell =
                behov_dictionary_text(behov_table_levels(study->table, (size_t)finding->column),
                                      behov_table_codes(study->table, (size_t)finding->column)[finding->row]);
            csv_shown(cell, strlen(cell), shown_text);
            snprintf(text, 100, "%.63s", shown_text);
        }
    }
}

unsigned long behov_finding_line(const behov_study *study, const behov_oddity *finding)
{
    return finding->row < 0 ? 0 : behov_table_line(study->table, (size_t)finding->row);
}

const char *behov_finding_code(const behov_study *study, const behov_oddity *finding)
{
    return finding->row < 0 ? "" : behov_panel_code(&study->panel, (size_t)finding->row);
}

/* ---- looking ------------------------------------------------------------------------------------------------------- */

/* What the reader put right stands first among the findings. */
static behov_status add_mending(behov_study *study, behov_error *err)
{
    const behov_code_mending *mended = &study->mending;
    const struct {
        size_t n, row;
        behov_code_cause cause;
    } causes[] = {{mended->n_decorated, mended->decorated_row, BEHOV_CODE_IS_DECORATED},
                  {mended->n_zeros, mended->zero_row, BEHOV_CODE_LOST_ZERO}};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof causes / sizeof *causes && !status; i++) {
        if (causes[i].n == 0)
            continue;
        status = behov_plausibility_add(study->plausibility,
                                        (behov_oddity){.kind = BEHOV_ODD_CODE,
                                                       .severity = BEHOV_MENDED,
                                                       .cause = (int)causes[i].cause,
                                                       .row = (ptrdiff_t)causes[i].row,
                                                       .other_row = -1,
                                                       .column = study->panel.columns[BEHOV_ROLE_CODE],
                                                       .value = NAN,
                                                       .low = NAN,
                                                       .high = NAN,
                                                       .count = causes[i].n},
                                        err);
    }
    return status;
}

static behov_status count_municipalities(behov_study *study, behov_error *err)
{
    ptrdiff_t column = study->panel.columns[BEHOV_ROLE_CODE];
    if (column < 0 || behov_table_kind(study->table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const int32_t *codes = behov_table_codes(study->table, (size_t)column);
    size_t n_levels = behov_dictionary_count(behov_table_levels(study->table, (size_t)column));
    study->n_municipalities = n_levels;
    if (behov_table_n_marked(study->table) == 0)
        return BEHOV_OK;
    bool *has_rows = calloc(n_levels + 1, sizeof *has_rows);
    if (!has_rows)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the codes of the panel");
    study->n_municipalities = 0;
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++) {
        if (codes[row] < 0 || behov_table_row_mark(study->table, row) || has_rows[codes[row]])
            continue;
        has_rows[codes[row]] = true;
        study->n_municipalities++;
    }
    free(has_rows);
    return BEHOV_OK;
}

/* What the model, or the saved fit, says of the panel's columns. */
typedef struct known_columns {
    behov_column_limits *limits;
    behov_column_range *ranges;
    size_t n_limits, n_ranges;
} known_columns;

/* The column of numbers that a name means, -1 = there is none. */
static ptrdiff_t number_column(const behov_study *study, const char *name)
{
    ptrdiff_t column = behov_table_find(study->table, name);
    return column < 0 || behov_table_kind(study->table, (size_t)column) != BEHOV_COLUMN_NUMBER ? -1 : column;
}

static void learn_limits(known_columns *known_columns, ptrdiff_t column, behov_model_limits limits)
{
    for (size_t i = 0; i < known_columns->n_limits; i++)
        if (known_columns->limits[i].column == (size_t)column)
            return; /* the model of the call goes before a saved one */
    if (column >= 0)
        known_columns->limits[known_columns->n_limits++] =
            (behov_column_limits){(size_t)column, limits.low, limits.high, limits.is_whole};
}

static behov_status learn_columns(const behov_study *study, known_columns *known_columns, behov_error *err)
{
    known_columns->limits = calloc(study->model.n_limits + study->n_saved_columns + 1, sizeof *known_columns->limits);
    known_columns->ranges = calloc(study->n_saved_columns + 1, sizeof *known_columns->ranges);
    if (!known_columns->limits || !known_columns->ranges)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the model's limits");
    for (size_t i = 0; i < study->model.n_limits; i++) {
        const char *name = study->model.limits[i].key;
        learn_limits(known_columns, number_column(study, name), behov_model_limits_of(&study->model, name));
    }
    for (size_t i = 0; i < study->n_saved_columns; i++) {
        const behov_saved_column *saved_column = &study->saved_columns[i];
        ptrdiff_t column = number_column(study, saved_column->name);
        if (saved_column->has_limits)
            learn_limits(known_columns, column, saved_column->limits);
        if (saved_column->has_range && column >= 0)
            known_columns->ranges[known_columns->n_ranges++] =
                (behov_column_range){(size_t)column, saved_column->low, saved_column->mean, saved_column->high};
    }
    return BEHOV_OK;
}

behov_status behov_findings_look(behov_study *study, behov_error *err)
{
    known_columns known_columns = {0};
    behov_status status = learn_columns(study, &known_columns, err);
    behov_plausibility_options options = {.limits = known_columns.limits,
                                          .n_limits = known_columns.n_limits,
                                          .ranges = known_columns.ranges,
                                          .n_ranges = known_columns.n_ranges,
                                          .outcome = behov_formula_outcome_column(study->formula),
                                          .unit = study->unit,
                                          .exclude = study->exclude};
    if (!status)
        status = behov_plausibility_new(&study->panel, &options, &study->plausibility, err);
    free(known_columns.limits);
    free(known_columns.ranges);
    if (!status)
        status = count_municipalities(study, err);
    return status ? status : add_mending(study, err);
}

behov_status behov_findings_add_model(behov_study *study, behov_error *err)
{
    char names[COLUMN_NAMES];
    size_t n = list_lacking_columns(study, study->lang, names);
    if (n == 0)
        return BEHOV_OK;
    return behov_plausibility_add(study->plausibility,
                                  (behov_oddity){.kind = BEHOV_ODD_MODEL,
                                                 .severity = BEHOV_ERROR,
                                                 .row = -1,
                                                 .other_row = -1,
                                                 .column = -1,
                                                 .value = NAN,
                                                 .low = NAN,
                                                 .high = NAN,
                                                 .count = n},
                                  err);
}

/* Half a row's fitted value is its own outcome above this leverage; a Cook's distance of 1 moves all coefficients to the
 * edge of their 50 % region (Cook 1977). */
static const double MUCH_LEVERAGE = 0.5, MUCH_INFLUENCE = 1;

static behov_status add_influence(behov_study *study, const behov_design *design, const behov_row_diagnosis *rows,
                                  behov_error *err)
{
    size_t n;
    const uint32_t *estimated = behov_design_estimated(design, &n);
    const double *leverage = behov_row_diagnosis_values(rows, BEHOV_ROW_LEVERAGE);
    const double *cook = behov_row_diagnosis_values(rows, BEHOV_ROW_COOKS_DISTANCE);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        if (!(leverage[i] > MUCH_LEVERAGE || cook[i] > MUCH_INFLUENCE))
            continue;
        status = behov_plausibility_add(study->plausibility,
                                        (behov_oddity){.kind = BEHOV_ODD_INFLUENCE,
                                                       .severity = BEHOV_WARNING,
                                                       .row = (ptrdiff_t)estimated[i],
                                                       .other_row = -1,
                                                       .column = -1,
                                                       .value = leverage[i],
                                                       .low = NAN,
                                                       .high = cook[i],
                                                       .count = 1},
                                        err);
    }
    return status;
}

static behov_status add_exact(behov_study *study, const behov_fit *fit, behov_exact_cause cause, double value,
                              behov_error *err)
{
    const char *outcome = behov_formula_outcome_column(study->formula);
    return behov_plausibility_add(study->plausibility,
                                  (behov_oddity){.kind = BEHOV_ODD_EXACT_FIT,
                                                 .severity = BEHOV_WARNING,
                                                 .cause = (int)cause,
                                                 .row = -1,
                                                 .other_row = -1,
                                                 .column = outcome ? behov_table_find(study->table, outcome) : -1,
                                                 .value = value,
                                                 .low = NAN,
                                                 .high = NAN,
                                                 .count = behov_fit_n_rows(fit)},
                                  err);
}

behov_status behov_findings_add_fit(behov_study *study, const behov_design *design, const behov_fit *fit,
                                    behov_error *err)
{
    if (behov_fit_is_exact(fit))
        return add_exact(study, fit, BEHOV_EXACT_FIGURES, NAN, err);
    int decimals;
    behov_status status = behov_fit_find_rounding(fit, design, &decimals, err);
    if (!status && decimals >= 0)
        status = add_exact(study, fit, BEHOV_EXACT_BUT_ROUNDED, decimals, err);
    if (status)
        return status;
    if (behov_fit_n_rows(fit) < 6 * behov_fit_rank(fit))
        return BEHOV_OK;
    bool may_exceed;
    behov_row_diagnosis *rows = NULL;
    status = behov_rows_may_exceed(fit, design, MUCH_LEVERAGE, MUCH_INFLUENCE, &may_exceed, err);
    if (status || !may_exceed)
        return status;
    status = behov_row_diagnosis_new(fit, design, &rows, err);
    if (!status)
        status = add_influence(study, design, rows, err);
    behov_row_diagnosis_free(rows);
    return status;
}

void behov_findings_rounding_sentence(const behov_study *study, behov_language lang, char text[500])
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    text[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        if (findings[i].kind != BEHOV_ODD_EXACT_FIT || findings[i].cause != BEHOV_EXACT_BUT_ROUNDED ||
            behov_finding_is_allowed(study, &findings[i]))
            continue;
        char unit[BEHOV_NUMBER_SIZE];
        behov_excerpt outcome = behov_cut(behov_formula_outcome_name(study->formula), 60);
        behov_label_fill(lang, BEHOV_WORD_EXACT_BUT_ROUNDED, text, 500, "outcome", outcome.text, "unit",
                         rounding_unit(&findings[i], lang, unit), NULL);
    }
}

void behov_findings_influence_sentence(const behov_study *study, behov_language lang, char text[500])
{
    size_t n, n_found = 0;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n), *most = NULL;
    text[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        if (findings[i].kind != BEHOV_ODD_INFLUENCE || behov_finding_is_allowed(study, &findings[i]))
            continue;
        n_found += findings[i].count;
        bool is_more = !findings[i].is_rest && (!most || findings[i].value > most->value);
        most = is_more ? &findings[i] : most;
    }
    if (!most)
        return;
    char name[160], place[220], line[40], rows[60];
    who(study, most->row, name);
    int year = year_at(study, most->row);
    snprintf(line, sizeof line, "%s %lu", behov_label(lang, BEHOV_WORD_FINDING_WORD_LINE), line_at(study, most->row));
    if (name[0] && year)
        snprintf(place, sizeof place, "%s (%d)", name, year);
    else
        snprintf(place, sizeof place, "%s", name[0] ? name : line);
    behov_label_fill(lang, BEHOV_WORD_INFLUENCE_WARNING, text, 500, "rows", rows_in_words(lang, n_found, rows), "who",
                     place, NULL);
}

/* ---- telling ------------------------------------------------------------------------------------------------------- */

/* The outcome's unit as a whole is told by the results (results_unit_warning): ratios of a fit do not hang on it. */
static bool is_told_by_results(const behov_oddity *finding)
{
    return finding->kind == BEHOV_ODD_UNIT && finding->cause == BEHOV_UNIT_WHOLE_COLUMN;
}

static const behov_oddity *unit_doubt(const behov_study *study)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (is_told_by_results(&findings[i]) && !behov_finding_is_allowed(study, &findings[i]))
            return &findings[i];
    return NULL;
}

/* The file, with the finding's line and column where it has them. */
static void find_place(const behov_study *study, const behov_oddity *finding, char where[BEHOV_PLACE_SIZE])
{
    if (finding->row >= 0)
        behov_table_where(study->table, (size_t)finding->row, finding->column, where);
    else
        snprintf(where, 160, "%.*s%s%.*s", behov_label_clip(behov_table_source(study->table), 80),
                 behov_table_source(study->table), finding->column < 0 ? "" : ", column ",
                 finding->column < 0 ? 0
                                     : behov_label_clip(behov_table_name(study->table, (size_t)finding->column), 60),
                 finding->column < 0 ? "" : behov_table_name(study->table, (size_t)finding->column));
}

static void print_error(const behov_study *study, const behov_oddity *finding)
{
    char where[BEHOV_PLACE_SIZE], text[BEHOV_FINDING_SENTENCE];
    find_place(study, finding, where);
    behov_finding_sentence(study, finding, BEHOV_LANGUAGE_EN, text);
    behov_print_visible(stderr, "behov: %s: %s\n", where, text);
}

static size_t print_errors(const behov_study *study)
{
    enum { PRINTED_MAX = 3 };
    size_t n, n_printed = 0, n_more = 0;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++) {
        if (findings[i].severity != BEHOV_ERROR || behov_finding_is_allowed(study, &findings[i]) ||
            is_told_by_results(&findings[i]))
            continue;
        if (n_printed < PRINTED_MAX && !findings[i].is_rest) {
            print_error(study, &findings[i]);
            n_printed++;
        } else {
            n_more += findings[i].is_rest ? findings[i].count : 1;
        }
    }
    if (n_more)
        behov_print_visible(stderr, "behov: %lu more error%s; `behov check %s` lists what there is to see\n",
                            (unsigned long)n_more, n_more == 1 ? "" : "s", study->is_bundled ? "" : study->panel_path);
    return n_printed;
}

/* One note for each kind that was mended by leaving rows out, and one for each kind of warning. */
static void print_notes(const behov_study *study)
{
    size_t n, counts[BEHOV_N_ODDITY_KINDS] = {0};
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n),
                       *first[BEHOV_N_ODDITY_KINDS] = {NULL};
    for (size_t i = 0; i < n; i++) {
        const behov_oddity *oddity = &findings[i];
        bool is_row_left_out = oddity->severity == BEHOV_MENDED && oddity->kind == BEHOV_ODD_NO_MUNICIPALITY;
        if (oddity->severity == BEHOV_ERROR || behov_finding_is_allowed(study, oddity) ||
            (oddity->severity == BEHOV_MENDED && !is_row_left_out))
            continue; /* codes that were mended have been told by the reader */
        counts[oddity->kind] += oddity->is_rest ? oddity->count : 1;
        if (!first[oddity->kind])
            first[oddity->kind] = oddity;
    }
    for (size_t kind = 0; kind < BEHOV_N_ODDITY_KINDS; kind++) {
        if (!first[kind])
            continue;
        char where[BEHOV_PLACE_SIZE], text[BEHOV_FINDING_SENTENCE];
        find_place(study, first[kind], where);
        behov_finding_sentence(study, first[kind], BEHOV_LANGUAGE_EN, text);
        if (counts[kind] > 1)
            print_note("%s: %s; %lu more like it, which `behov check` lists", where, text,
                       (unsigned long)counts[kind] - 1);
        else
            print_note("%s: %s", where, text);
    }
}

/* Rows that --allow no_municipality keeps. */
static size_t count_kept_rows(const behov_study *study)
{
    size_t n = 0;
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++) {
        const char *code = behov_panel_code(&study->panel, row), *name = behov_panel_municipality(&study->panel, row);
        n += behov_code_and_name_mark(code, name) != BEHOV_ROW_MUNICIPALITY;
    }
    return n;
}

behov_status behov_findings_add_caution(behov_study *study, const char *text, behov_error *err)
{
    char *sentence = malloc(strlen(text) + 1);
    if (!sentence)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the cautions");
    strcpy(sentence, text);
    study->cautions[study->n_cautions++] = sentence;
    return BEHOV_OK;
}

/* Rows where a condition has no value, for a figure in it is missing: they stay, and that has to be said. */
static size_t count_undecided(const behov_study *study, const behov_expression *condition)
{
    size_t n_rows = behov_table_n_rows(study->table), n_undecided = 0;
    for (size_t first = 0; first < n_rows; first += BEHOV_EXPRESSION_BLOCK) {
        double values[BEHOV_EXPRESSION_BLOCK];
        size_t n = behov_study_condition_block(study, condition, first, values);
        for (size_t i = 0; i < n; i++)
            n_undecided += isnan(values[i]) && !behov_table_row_mark(study->table, first + i);
    }
    return n_undecided;
}

static behov_status say_undecided(behov_study *study, const behov_expression *condition, behov_word key,
                                  behov_error *err)
{
    size_t n = condition ? count_undecided(study, condition) : 0;
    if (n == 0)
        return BEHOV_OK;
    char text[700], rows[60];
    const char *written_text = behov_expression_text(condition);
    behov_label_fill(study->lang, key, text, sizeof text, "rows", rows_in_words(study->lang, n, rows), "condition",
                     behov_cut(written_text, 200).text, NULL);
    return behov_findings_add_caution(study, text, err);
}

static behov_status say_transformed(behov_study *study, behov_error *err)
{
    char text[600];
    if (!behov_study_is_transformed(study))
        return BEHOV_OK;
    behov_label_fill(study->lang, BEHOV_WORD_OUTCOME_IS_TRANSFORMED, text, sizeof text, "outcome",
                     behov_cut(behov_formula_outcome_name(study->formula), 100).text, NULL);
    return behov_findings_add_caution(study, text, err);
}

/* The sentence about the unit, and "Let through with --allow limit: figures outside the model's limits. Findings: 3." */
static behov_status say_cautions(behov_study *study, behov_error *err)
{
    const behov_oddity *doubt = unit_doubt(study);
    static const behov_word allowed_words[BEHOV_N_ODDITY_KINDS] = {
        [BEHOV_ODD_NO_MUNICIPALITY] = BEHOV_WORD_ALLOWED_NO_MUNICIPALITY,
        [BEHOV_ODD_CODE] = BEHOV_WORD_ALLOWED_CODE,
        [BEHOV_ODD_LIMIT] = BEHOV_WORD_ALLOWED_LIMIT,
        [BEHOV_ODD_UNIT] = BEHOV_WORD_ALLOWED_UNIT,
        [BEHOV_ODD_TOTAL] = BEHOV_WORD_ALLOWED_TOTAL,
        [BEHOV_ODD_JUMP] = BEHOV_WORD_ALLOWED_JUMP,
        [BEHOV_ODD_TWO_CODES] = BEHOV_WORD_ALLOWED_TWO_CODES,
        [BEHOV_ODD_MISSING] = BEHOV_WORD_ALLOWED_MISSING,
        [BEHOV_ODD_INFLUENCE] = BEHOV_WORD_ALLOWED_INFLUENCE,
        [BEHOV_ODD_EXACT_FIT] = BEHOV_WORD_ALLOWED_EXACT_FIT};
    char sentence[BEHOV_FINDING_SENTENCE];
    study->n_cautions = 0;
    study->doubts_the_unit = doubt != NULL;
    if (doubt) {
        behov_finding_sentence(study, doubt, study->lang, sentence);
        behov_status status = behov_findings_add_caution(study, sentence, err);
        if (status)
            return status;
    }
    for (int kind = 0; kind < BEHOV_N_ODDITY_KINDS; kind++) {
        if (!((study->n_allowed >> kind) & 1u))
            continue;
        char text[500], number[BEHOV_NUMBER_SIZE];
        size_t n = behov_plausibility_count(study->plausibility, (behov_oddity_kind)kind, BEHOV_ERROR) +
                   behov_plausibility_count(study->plausibility, (behov_oddity_kind)kind, BEHOV_WARNING);
        if (kind == BEHOV_ODD_NO_MUNICIPALITY)
            n += count_kept_rows(study);
        bool is_counted = kind != BEHOV_ODD_INFLUENCE && kind != BEHOV_ODD_EXACT_FIT; /* there is no fit yet */
        behov_label_fill(study->lang, is_counted ? BEHOV_WORD_ALLOWED : BEHOV_WORD_ALLOWED_UNCOUNTED, text, sizeof text,
                         "kind", kind_names[kind], "what", behov_label(study->lang, allowed_words[kind]), "n",
                         behov_format_cell(BEHOV_Q_COUNT, (double)n, study->lang, number), NULL);
        behov_status status = behov_findings_add_caution(study, text, err);
        if (status)
            return status;
    }
    behov_status status = say_transformed(study, err);
    if (!status)
        status = say_undecided(study, study->exclude, BEHOV_WORD_UNDECIDED_EXCLUDE, err);
    return status ? status : say_undecided(study, study->set_aside, BEHOV_WORD_UNDECIDED_SET_ASIDE, err);
}

int behov_findings_print_notes(behov_study *study, bool is_quiet)
{
    behov_error err;
    if (say_cautions(study, &err))
        return print_failure(&err);
    if (print_errors(study))
        return 1;
    if (!is_quiet)
        print_notes(study);
    return 0;
}

int behov_findings_refuse_unit(const behov_study *study)
{
    const behov_oddity *doubt = unit_doubt(study);
    if (doubt)
        print_error(study, doubt);
    return doubt ? 1 : 0;
}
