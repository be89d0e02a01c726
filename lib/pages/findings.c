/* findings.c - findings in words. The messages of a call are English, those of pages and JSON in the language of the
 * output; both come from the same words. */
#include <behov/findings.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/error_sentence.h>
#include <behov/finding_doubts.h>
#include <behov/format.h>
#include <behov/labels.h>
#include "finding_parts.h"
#include "letters.h"
#include "sentence_parts.h"
#include <behov/result_sentences.h>
#include <behov/study_findings.h>

/* ---- sentences -----------------------------------------------------------------------------------------------------
 * */

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

const char *behov_finding_rows(behov_language lang, size_t n, char text[60])
{
    char number[BEHOV_NUMBER_SIZE];
    behov_label_fill(lang, n == 1 ? BEHOV_WORD_FINDING_ROW_COUNT : BEHOV_WORD_FINDING_ROW_COUNTS, text, 60, "n",
                     behov_format_cell(BEHOV_Q_COUNT, (double)n, lang, number), NULL);
    return text;
}

const char *finding_who(const behov_study *study, ptrdiff_t row, behov_wording *text)
{
    const char *code = row < 0 ? "" : behov_panel_code(&study->panel, (size_t)row);
    const char *name = row < 0 ? "" : behov_panel_municipality(&study->panel, (size_t)row);
    behov_wording_clear(text);
    behov_wording_add(text, code);
    behov_wording_add_after(text, name[0] ? " " : "", name);
    return behov_wording_text(text);
}

const char *behov_finding_line_word(const behov_study *study, behov_language lang)
{
    return behov_label(lang,
                       behov_table_counts_rows(study->table) ? BEHOV_WORD_WORD_ROW : BEHOV_WORD_FINDING_WORD_LINE);
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

void behov_finding_value_shown(const behov_study *study, const behov_oddity *finding, behov_language lang,
                               char text[100])
{
    behov_finding_value(study, finding, text);
    char *mark = strchr(text, '.');
    if (mark && finding->column >= 0 && behov_table_numbers(study->table, (size_t)finding->column))
        *mark = behov_label_decimal_mark(lang);
}

static void say_no_municipality(const behov_study *study, const behov_oddity *finding, behov_language lang,
                                behov_wording *text)
{
    static const behov_word marks[BEHOV_N_ROW_MARKS] = {
        BEHOV_NO_WORD,           BEHOV_WORD_MARK_COUNTRY, BEHOV_WORD_MARK_COUNTY, BEHOV_WORD_MARK_GROUP,
        BEHOV_WORD_MARK_UNKNOWN, BEHOV_WORD_MARK_OUTSIDE, BEHOV_WORD_MARK_SUM};
    char rows[60], value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE];
    behov_wording whom = {0};
    const char *name = finding_who(study, finding->row, &whom);
    if (finding->severity == BEHOV_MENDED)
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_NO_MUNICIPALITY, "who",
                           name[0] ? name : behov_label(lang, BEHOV_WORD_FINDING_NAMELESS), "what",
                           behov_label(lang, marks[finding->cause]), "rows",
                           behov_finding_rows(lang, finding->count, rows), NULL);
    else
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_NEAR_SUM, "who", name, "value",
                           behov_format_cell(BEHOV_Q_COUNT, finding->value, lang, value), "sum",
                           behov_format_cell(BEHOV_Q_COUNT, finding->low, lang, low), NULL);
    behov_wording_spend(text, &whom);
}

static void say_code(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    const behov_code_mending *mended = &study->mending;
    char rows[60], value[100];
    behov_finding_rows(lang, finding->count, rows);
    behov_finding_value_shown(study, finding, lang, value);
    switch ((behov_code_cause)finding->cause) {
    case BEHOV_CODE_IS_DECORATED:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_CODE_DECORATED, "rows", rows, "cell", mended->decorated,
                           "code", mended->decorated_code, NULL);
        break;
    case BEHOV_CODE_LOST_ZERO:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_CODE_LOST_ZERO, "rows", rows, "cell", mended->without_zero,
                           "code", mended->with_zero, NULL);
        break;
    case BEHOV_CODE_MIXED_ZEROS:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_CODE_MIXED, "value", value, "rows", rows, NULL);
        break;
    case BEHOV_CODE_ALL_SHORT:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_CODE_SHORT, "value", value, "rows", rows, NULL);
        break;
    case BEHOV_CODE_NONE:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_CODE_NONE, "value", value, "rows", rows, NULL);
        break;
    }
}

static void say_row(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_wording *text)
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
    bool counts_rows = behov_table_counts_rows(study->table);
    behov_word word = is_double_name
                          ? (counts_rows ? BEHOV_WORD_FINDING_DOUBLE_NAME_ROW : BEHOV_WORD_FINDING_DOUBLE_NAME)
                      : finding->cause == BEHOV_ROW_IS_DOUBLE && counts_rows ? BEHOV_WORD_FINDING_DOUBLE_ROW
                                                                             : keys[finding->cause];
    char line[32], year[32] = "", value[100];
    behov_wording whom = {0};
    snprintf(line, sizeof line, "%lu", line_at(study, finding->other_row));
    if (finding->year)
        snprintf(year, sizeof year, " (%d)", finding->year);
    behov_finding_value_shown(study, finding, lang, value);
    behov_wording_fill(text, lang, word, "who", finding_who(study, finding->row, &whom), "year", year, "line", line,
                       "value", value, NULL);
    behov_wording_spend(text, &whom);
}

/* "1000 ganger", "en hundredel av": what stands before the figures compared with. */
static void factor_in_words(behov_language lang, double factor, char text[60])
{
    const double LONG = 10000; /* digits in groups of three */
    char number[BEHOV_NUMBER_SIZE];
    double whole = rint(factor < 1 ? 1 / factor : factor);
    if (whole < LONG)
        snprintf(number, sizeof number, "%.0f", whole);
    else
        behov_format_cell(BEHOV_Q_COUNT, whole, lang, number);
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

static void say_unit(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    char rows[60], year[32], factor[60], value[100], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_wording whom = {0};
    snprintf(year, sizeof year, "%d", finding->year);
    factor_in_words(lang, finding->value, factor);
    behov_finding_value_shown(study, finding, lang, value);
    behov_finding_rows(lang, finding->count, rows);
    switch ((behov_unit_cause)finding->cause) {
    case BEHOV_UNIT_WHOLE_COLUMN:
        behov_wording_add(text, behov_label(lang, behov_finding_unit_key(study->unit, finding->value)));
        break;
    case BEHOV_UNIT_TWO_LEVELS:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_LEVELS, "rows", rows, "factor", factor, "low",
                           short_figure(lang, finding->low, low), "high", short_figure(lang, finding->high, high),
                           NULL);
        break;
    case BEHOV_UNIT_FEW_INHABITANTS:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_INHABITANTS, "value", value, "rows", rows, "low",
                           figure(lang, finding->low, low), NULL);
        break;
    case BEHOV_UNIT_ONE_YEAR:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_YEAR, "year", year, "rows", rows, "factor", factor,
                           NULL);
        break;
    case BEHOV_UNIT_MUNICIPALITY:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_MUNICIPALITY, "who",
                           finding_who(study, finding->row, &whom), "rows", rows, "factor", factor, NULL);
        break;
    case BEHOV_UNIT_ONE_ROW:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_ROW, "value", value, "factor", factor, NULL);
        break;
    case BEHOV_UNIT_YEAR_OF_ZEROS:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_ZEROS, "year", year, "rows", rows, NULL);
        break;
    case BEHOV_UNIT_SIGN: behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_SIGN, "rows", rows, NULL); break;
    case BEHOV_UNIT_IS_DATE: behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_DATE, "value", value, NULL); break;
    case BEHOV_UNIT_NOT_OF_FIT:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_NOT_OF_FIT, "low", short_figure(lang, finding->low, low),
                           "factor", factor, "high", short_figure(lang, finding->high, high), NULL);
        break;
    case BEHOV_UNIT_COUNTS:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_COUNTS, "high", figure(lang, finding->high, high), NULL);
        break;
    case BEHOV_UNIT_FRACTIONS:
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_UNIT_FRACTIONS, "low", figure(lang, finding->low, low),
                           "high", figure(lang, finding->high, high), NULL);
        break;
    }
    behov_wording_spend(text, &whom);
}

/* "a", "b" (did you mean "c"?): each once. */
static void lacking_in_words(const behov_study *study, behov_language lang, behov_wording *text)
{
    const char *names[BEHOV_LACKING_COLUMNS];
    size_t n = behov_findings_lacking_columns(study, names);
    for (size_t i = 0; i < n && i < BEHOV_LACKING_COLUMNS; i++) {
        const char *nearest = behov_table_nearest_name(study->table, names[i]);
        behov_wording_print(text, "%s\"%s\"", i ? ", " : "", names[i]);
        if (!nearest)
            continue;
        behov_wording_add(text, " ");
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_DID_YOU_MEAN, "name", nearest, NULL);
    }
}

static void say_model(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    behov_wording names = {0};
    if (finding->cause == BEHOV_MODEL_IS_REFUSED) {
        behov_error_what(&study->refusal, lang, &names);
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_MODEL_REFUSED, "why", behov_wording_text(&names), NULL);
        behov_wording_spend(text, &names);
        return;
    }
    lacking_in_words(study, lang, &names);
    behov_wording_fill(text, lang,
                       finding->cause == BEHOV_MODEL_OF_OTHER_COLUMNS ? BEHOV_WORD_FINDING_MODEL_OF_OTHER
                                                                      : BEHOV_WORD_FINDING_MODEL,
                       "names", behov_wording_text(&names), NULL);
    behov_wording_spend(text, &names);
}

static void say_empty(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    static const behov_word keys[] = {BEHOV_WORD_FINDING_EMPTY, BEHOV_WORD_FINDING_EMPTY_YEAR,
                                      BEHOV_WORD_FINDING_EMPTY_POPULATION};
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], year[32];
    snprintf(year, sizeof year, "%d", finding->year);
    behov_wording_fill(text, lang, keys[finding->cause], "n",
                       behov_format_cell(BEHOV_Q_COUNT, (double)finding->count, lang, n), "all",
                       behov_format_cell(BEHOV_Q_COUNT, finding->low, lang, all), "year", year, "name",
                       study->model.population ? study->model.population : "", NULL);
}

/* The unit of the last decimal that the outcome is written with. */
static const char *rounding_unit(const behov_oddity *finding, behov_language lang, char text[BEHOV_NUMBER_SIZE])
{
    int decimals = finding->value > 0 ? (int)finding->value : 0;
    behov_number_fixed(pow(10, -decimals), decimals, behov_label_decimal_mark(lang), "", 4, text);
    return text;
}

static void say_exact(const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    char unit[BEHOV_NUMBER_SIZE];
    bool is_rounded = finding->cause == BEHOV_EXACT_BUT_ROUNDED;
    behov_wording_fill(text, lang, is_rounded ? BEHOV_WORD_FINDING_EXACT_BUT_ROUNDED : BEHOV_WORD_FINDING_EXACT_FIT,
                       "unit", rounding_unit(finding, lang, unit), NULL);
}

static void say_limit(const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    char value[BEHOV_NUMBER_SIZE], limits[200];
    if (finding->cause == BEHOV_LIMIT_OF_NAME) {
        char rows[60];
        behov_wording_fill(text, lang, BEHOV_WORD_FINDING_LIMIT_OF_NAME, "rows",
                           behov_finding_rows(lang, finding->count, rows), "value", figure(lang, finding->value, value),
                           NULL);
        return;
    }
    static const behov_word words[] = {[BEHOV_LIMIT_OF_MODEL] = BEHOV_WORD_FINDING_LIMIT,
                                       [BEHOV_LIMIT_OF_YEARS] = BEHOV_WORD_FINDING_YEAR_FAR,
                                       [BEHOV_LIMIT_OF_INHABITANTS] = BEHOV_WORD_FINDING_LIMIT_OF_INHABITANTS,
                                       [BEHOV_LIMIT_OF_AMOUNTS] = BEHOV_WORD_FINDING_LIMIT_OF_AMOUNTS,
                                       [BEHOV_LIMIT_OF_COUNTRY] = BEHOV_WORD_FINDING_LIMIT_OF_COUNTRY};
    limits_in_words(finding, lang, limits);
    behov_wording_fill(text, lang, words[finding->cause], "value", figure(lang, finding->value, value), "limits",
                       limits, NULL);
}

static void say_total(const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    char value[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE];
    behov_wording_fill(text, lang, BEHOV_WORD_FINDING_TOTAL, "power", short_figure(lang, finding->value, value),
                       "median", short_figure(lang, finding->low, low), NULL);
}

/* A whole figure as it is; of others four figures tell how far it has jumped. */
const char *finding_short_figure(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    enum { ENOUGH = 8 };
    figure(lang, value, text);
    if (strlen(text) <= ENOUGH || value == floor(value))
        return text;
    behov_number_significant(value, 4, behov_label_decimal_mark(lang), text);
    return behov_format_minus(text);
}

void finding_add_figure(const behov_study *study, const behov_oddity *finding, behov_language lang, double value,
                        bool in_kroner, behov_wording *text)
{
    char number[BEHOV_NUMBER_SIZE];
    bool in_1000kr = study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT;
    if (in_kroner && (in_1000kr || study->unit == BEHOV_UNIT_KR_PER_INHABITANT) &&
        behov_finding_is_in_outcome(study, finding)) {
        behov_format_count(lang, in_1000kr ? 1000 * value : value, number);
        behov_wording_fill(text, lang, BEHOV_WORD_AMOUNT_KR, "n", behov_format_minus(number), NULL);
    } else {
        behov_wording_add(text, finding_short_figure(lang, value, number));
    }
}

void finding_fill_jump(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_word word,
                       bool in_kroner, behov_wording *text)
{
    char year[32], previous_text[32], times[BEHOV_NUMBER_SIZE];
    behov_wording value = {0}, low = {0};
    snprintf(year, sizeof year, "%d", year_at(study, finding->row));
    snprintf(previous_text, sizeof previous_text, "%d", year_at(study, finding->other_row));
    bool is_among_changes = finding->cause == BEHOV_JUMP_AMONG_CHANGES;
    bool is_backwards =
        year_at(study, finding->other_row) > year_at(study, finding->row); /* the first year is the odd one */
    finding_add_figure(study, finding, lang, finding->low, in_kroner, &low);
    finding_add_figure(study, finding, lang, finding->value, in_kroner, &value);
    behov_wording_fill(text, lang, word, "old", behov_wording_text(is_backwards ? &value : &low), "before",
                       is_backwards ? year : previous_text, "value", behov_wording_text(is_backwards ? &low : &value),
                       "year", is_backwards ? previous_text : year, "times",
                       is_among_changes ? behov_format_cell(BEHOV_Q_COUNT, rint(finding->high), lang, times) : "",
                       NULL);
    behov_wording_spend(text, &value);
    behov_wording_spend(text, &low);
}

static void say_jump(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    bool is_among_changes = finding->cause == BEHOV_JUMP_AMONG_CHANGES;
    finding_fill_jump(study, finding, lang,
                      is_among_changes ? BEHOV_WORD_FINDING_JUMP_AMONG_CHANGES : BEHOV_WORD_FINDING_JUMP, false, text);
}

static void say_missing(const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    static const behov_word words[] = {[BEHOV_MISSING_IS_FAR] = BEHOV_WORD_FINDING_MISSING,
                                       [BEHOV_MISSING_IS_REPEATED] = BEHOV_WORD_FINDING_MISSING_REPEATED,
                                       [BEHOV_MISSING_IS_ZERO] = BEHOV_WORD_FINDING_MISSING_ZERO,
                                       [BEHOV_MISSING_IS_LONE_ZERO] = BEHOV_WORD_FINDING_MISSING_LONE_ZERO,
                                       [BEHOV_MISSING_IS_BELOW_0] = BEHOV_WORD_FINDING_MISSING_BELOW_0};
    char value[BEHOV_NUMBER_SIZE], shown_text[BEHOV_NUMBER_SIZE], rows[60], low[BEHOV_NUMBER_SIZE];
    behov_number_shortest(finding->value, value); /* as the file and the option write it */
    behov_wording_fill(text, lang, words[finding->cause], "value", value, "shown",
                       figure(lang, finding->value, shown_text), "rows", behov_finding_rows(lang, finding->count, rows),
                       "low", figure(lang, finding->low, low), NULL);
}

static void say_two_codes(const behov_study *study, const behov_oddity *finding, behov_language lang,
                          behov_wording *text)
{
    char year[32], previous_text[32];
    snprintf(year, sizeof year, "%d", year_at(study, finding->row));
    snprintf(previous_text, sizeof previous_text, "%d", year_at(study, finding->other_row));
    behov_wording_fill(text, lang,
                       finding->cause == BEHOV_NAMES_CROSSED ? BEHOV_WORD_FINDING_CROSSED_NAMES
                                                             : BEHOV_WORD_FINDING_TWO_CODES,
                       "name", behov_panel_municipality(&study->panel, (size_t)finding->row), "old",
                       behov_panel_code(&study->panel, (size_t)finding->other_row), "before", previous_text, "new",
                       behov_panel_code(&study->panel, (size_t)finding->row), "year", year, NULL);
}

/* ---- of a whole panel ---------------------------------------------------------------------------------------------- */

/* "from 2013", "until 2011", "from 2012 to 2016": the life of a code. */
static void say_span(const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    const double FIRST_KNOWN = 1900; /* of most codes nobody asks how far back they go */
    char first[32] = "", last[32] = "";
    bool has_first = finding->low > FIRST_KNOWN, has_last = !isnan(finding->high);
    if (has_first)
        snprintf(first, sizeof first, "%.0f", finding->low);
    if (has_last)
        snprintf(last, sizeof last, "%.0f", finding->high);
    behov_wording_fill(text, lang,
                       has_first && has_last ? BEHOV_WORD_LIFE_BETWEEN
                       : has_last            ? BEHOV_WORD_LIFE_UNTIL
                                             : BEHOV_WORD_LIFE_SINCE,
                       "first", first, "last", last, NULL);
}

static void say_life(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    static const behov_word keys[] = {
        [BEHOV_LIFE_UNKNOWN] = BEHOV_WORD_FINDING_LIFE_UNKNOWN,
        [BEHOV_LIFE_TWICE] = BEHOV_WORD_FINDING_LIFE_TWICE,
        [BEHOV_LIFE_OUTSIDE] = BEHOV_WORD_FINDING_LIFE_OUTSIDE,
        [BEHOV_LIFE_ABSENT] = BEHOV_WORD_FINDING_LIFE_ABSENT,
        [BEHOV_LIFE_FEWER] = BEHOV_WORD_FINDING_LIFE_FEWER,
        [BEHOV_LIFE_REFORM] = BEHOV_WORD_FINDING_LIFE_REFORM,
        [BEHOV_LIFE_NOWHERE] = BEHOV_WORD_FINDING_LIFE_NOWHERE,
        [BEHOV_LIFE_ONE_YEAR] = BEHOV_WORD_FINDING_LIFE_ONE_YEAR,
        [BEHOV_LIFE_FEW] = BEHOV_WORD_FINDING_LIFE_FEW,
        [BEHOV_LIFE_NO_CODES] = BEHOV_WORD_FINDING_LIFE_NO_CODES,
    };
    bool has_span = finding->cause == BEHOV_LIFE_TWICE || finding->cause == BEHOV_LIFE_OUTSIDE;
    char numbers[4][BEHOV_NUMBER_SIZE], year[32], rows[60];
    const double values[4] = {(double)finding->count, finding->value, finding->low, finding->high};
    behov_wording whom = {0}, span = {0}, years = {0};
    for (size_t i = 0; i < 4; i++)
        behov_format_cell(BEHOV_Q_COUNT, values[i], lang, numbers[i]);
    snprintf(year, sizeof year, "%d", finding->year);
    if (has_span) {
        say_span(finding, lang, &span);
        behov_sentence_years(&years, "", finding->year, (int)finding->value);
    }
    behov_wording_fill(text, lang, keys[finding->cause], "who", finding_who(study, finding->row, &whom), "value",
                       finding->row < 0 ? "" : behov_panel_code(&study->panel, (size_t)finding->row), "rows",
                       behov_finding_rows(lang, finding->count, rows), "years",
                       has_span          ? behov_wording_text(&years)
                       : finding->detail ? finding->detail
                                         : "",
                       "life", behov_wording_text(&span), "names", finding->detail ? finding->detail : "", "n",
                       numbers[0], "renumbered", numbers[0], "absent", numbers[1], "merged", numbers[1], "most",
                       numbers[2], "all", finding->cause == BEHOV_LIFE_NO_CODES ? numbers[2] : numbers[3], "split",
                       numbers[3], "year", year, NULL);
    behov_wording_spend(text, &whom);
    behov_wording_spend(text, &span);
    behov_wording_spend(text, &years);
}

static void say_copied(const behov_study *study, const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    static const behov_word keys[] = {
        [BEHOV_COPIED_YEAR] = BEHOV_WORD_FINDING_COPIED_YEAR,
        [BEHOV_COPIED_ROW] = BEHOV_WORD_FINDING_COPIED_ROW,
        [BEHOV_COPIED_TWIN] = BEHOV_WORD_FINDING_COPIED_TWIN,
        [BEHOV_COPIED_ALWAYS] = BEHOV_WORD_FINDING_COPIED_ALWAYS,
        [BEHOV_COPIED_ROWS_DOWN] = BEHOV_WORD_FINDING_COPIED_ROWS_DOWN,
        [BEHOV_COPIED_ROWS_UP] = BEHOV_WORD_FINDING_COPIED_ROWS_UP,
        [BEHOV_COPIED_PART_DOWN] = BEHOV_WORD_FINDING_COPIED_PART_DOWN,
        [BEHOV_COPIED_PART_UP] = BEHOV_WORD_FINDING_COPIED_PART_UP,
        [BEHOV_COPIED_YEAR_DOWN] = BEHOV_WORD_FINDING_COPIED_YEAR_DOWN,
        [BEHOV_COPIED_YEAR_UP] = BEHOV_WORD_FINDING_COPIED_YEAR_UP,
        [BEHOV_COPIED_SWAPPED] = BEHOV_WORD_FINDING_COPIED_SWAPPED,
        [BEHOV_COPIED_SORTED] = BEHOV_WORD_FINDING_COPIED_SORTED,
    };
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], year[32], previous_text[32], line[32];
    behov_wording whom = {0};
    snprintf(year, sizeof year, "%d", finding->year);
    snprintf(previous_text, sizeof previous_text, "%d", year_at(study, finding->other_row));
    snprintf(line, sizeof line, "%lu", line_at(study, finding->other_row));
    behov_wording_fill(text, lang, keys[finding->cause], "n",
                       behov_format_cell(BEHOV_Q_COUNT, (double)finding->count, lang, n), "all",
                       behov_format_cell(BEHOV_Q_COUNT, finding->low, lang, all), "year", year, "before", previous_text,
                       "who", finding_who(study, finding->other_row, &whom), "line", line, NULL);
    behov_wording_spend(text, &whom);
}

static void say_constant(const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    static const behov_word keys[] = {
        [BEHOV_CONSTANT_IN_YEAR] = BEHOV_WORD_FINDING_CONSTANT_IN_YEAR,
        [BEHOV_CONSTANT_FILLED] = BEHOV_WORD_FINDING_CONSTANT_FILLED,
        [BEHOV_CONSTANT_ALWAYS] = BEHOV_WORD_FINDING_CONSTANT_ALWAYS,
    };
    char n[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], value[BEHOV_NUMBER_SIZE], year[32];
    snprintf(year, sizeof year, "%d", finding->year);
    behov_wording_fill(text, lang, keys[finding->cause], "n",
                       behov_format_cell(BEHOV_Q_COUNT, (double)finding->count, lang, n), "all",
                       behov_format_cell(BEHOV_Q_COUNT, finding->low, lang, all), "value",
                       figure(lang, finding->value, value), "year", year, NULL);
}

static void say_country(const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    char value[BEHOV_NUMBER_SIZE], sum[BEHOV_NUMBER_SIZE], empty[BEHOV_NUMBER_SIZE], year[32];
    snprintf(year, sizeof year, "%d", finding->year);
    bool is_sum = finding->cause == BEHOV_COUNTRY_SUM;
    behov_wording_fill(text, lang, is_sum ? BEHOV_WORD_FINDING_COUNTRY_SUM : BEHOV_WORD_FINDING_COUNTRY_MEAN, "value",
                       figure(lang, finding->value, value), "sum",
                       is_sum ? figure(lang, finding->low, sum) : short_figure(lang, finding->low, sum), "empty",
                       behov_format_cell(BEHOV_Q_COUNT, (double)finding->count, lang, empty), "year", year, NULL);
}

static void say_influence(const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    char leverage[BEHOV_NUMBER_SIZE], cook[BEHOV_NUMBER_SIZE];
    behov_wording_fill(text, lang, BEHOV_WORD_FINDING_INFLUENCE, "leverage",
                       short_figure(lang, finding->value, leverage), "cook",
                       isnan(finding->high) ? "–" : short_figure(lang, finding->high, cook), NULL);
}

static void say_rest(const behov_oddity *finding, behov_language lang, behov_wording *text)
{
    char rows[60];
    behov_wording_fill(text, lang, BEHOV_WORD_FINDING_REST, "rows", behov_finding_rows(lang, finding->count, rows),
                       NULL);
}

void behov_finding_sentence(const behov_study *study, const behov_oddity *finding, behov_language lang,
                            behov_wording *text)
{
    behov_wording_clear(text);
    if (finding->is_rest) {
        say_rest(finding, lang, text);
        return;
    }
    switch (finding->kind) {
    case BEHOV_ODD_NO_MUNICIPALITY: say_no_municipality(study, finding, lang, text); break;
    case BEHOV_ODD_CODE: say_code(study, finding, lang, text); break;
    case BEHOV_ODD_ROW: say_row(study, finding, lang, text); break;
    case BEHOV_ODD_LIMIT: say_limit(finding, lang, text); break;
    case BEHOV_ODD_UNIT: say_unit(study, finding, lang, text); break;
    case BEHOV_ODD_TOTAL: say_total(finding, lang, text); break;
    case BEHOV_ODD_JUMP: say_jump(study, finding, lang, text); break;
    case BEHOV_ODD_MISSING: say_missing(finding, lang, text); break;
    case BEHOV_ODD_TWO_CODES: say_two_codes(study, finding, lang, text); break;
    case BEHOV_ODD_INFLUENCE: say_influence(finding, lang, text); break;
    case BEHOV_ODD_EXACT_FIT: say_exact(finding, lang, text); break;
    case BEHOV_ODD_MODEL: say_model(study, finding, lang, text); break;
    case BEHOV_ODD_EMPTY: say_empty(study, finding, lang, text); break;
    case BEHOV_ODD_LIFE: say_life(study, finding, lang, text); break;
    case BEHOV_ODD_COPIED: say_copied(study, finding, lang, text); break;
    case BEHOV_ODD_CONSTANT: say_constant(finding, lang, text); break;
    case BEHOV_ODD_COUNTRY: say_country(finding, lang, text); break;
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
            behov_letters_show_cell(cell, strlen(cell), shown_text);
            snprintf(text, 100, "%.63s", shown_text);
        }
    }
}

void behov_findings_rounding_sentence(const behov_study *study, behov_language lang, behov_wording *text)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    behov_wording_clear(text);
    for (size_t i = 0; i < n; i++) {
        if (findings[i].kind != BEHOV_ODD_EXACT_FIT || findings[i].cause != BEHOV_EXACT_BUT_ROUNDED ||
            behov_finding_is_allowed(study, &findings[i]))
            continue;
        char unit[BEHOV_NUMBER_SIZE];
        behov_wording_clear(text);
        behov_wording_fill(text, lang, BEHOV_WORD_EXACT_BUT_ROUNDED, "outcome",
                           behov_formula_outcome_name(study->formula), "unit", rounding_unit(&findings[i], lang, unit),
                           NULL);
    }
}

void behov_findings_influence_sentence(const behov_study *study, behov_language lang, behov_wording *text)
{
    size_t n, n_found = 0;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n), *most = NULL;
    behov_wording_clear(text);
    for (size_t i = 0; i < n; i++) {
        if (findings[i].kind != BEHOV_ODD_INFLUENCE || behov_finding_is_allowed(study, &findings[i]))
            continue;
        n_found += findings[i].count;
        bool is_more = !findings[i].is_rest && (!most || findings[i].value > most->value);
        most = is_more ? &findings[i] : most;
    }
    if (!most)
        return;
    char rows[60];
    behov_wording place = {0};
    const char *name = finding_who(study, most->row, &place);
    int year = year_at(study, most->row);
    if (name[0] && year)
        behov_wording_print(&place, " (%d)", year);
    else if (!name[0])
        behov_wording_print(&place, "%s %lu", behov_finding_line_word(study, lang), line_at(study, most->row));
    behov_wording_fill(text, lang, BEHOV_WORD_INFLUENCE_WARNING, "rows", behov_finding_rows(lang, n_found, rows), "who",
                       behov_wording_text(&place), NULL);
    behov_wording_spend(text, &place);
}
