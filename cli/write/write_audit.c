/* write_audit.c - the findings of an audit: sentences, and a jansson tree.
 *
 * Printed figures, and what would fit in their place, keep the decimal mark of the file; t and p have that of the
 * language. */
#include "write_audit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "json_build.h"
#include "labels.h"
#include "text_lines.h"
#include "write_json.h"

enum { NAMED_MOST = 6, CAPTION_GAP = 3, SHORT = 300 };

/* ---- words ---------------------------------------------------------------------------------------------------------
 */

static void stars_text(int n_stars, char text[BEHOV_LEGEND_MARKS + 1])
{
    memset(text, '*', (size_t)n_stars);
    text[n_stars] = '\0';
}

/* A level in per cent, "0,1": what 100 times the level differs from it by is the rounding of the product. */
static void level_text(double level, char decimal_mark, char text[BEHOV_NUMBER_SIZE])
{
    behov_number_shortest(round(level * 1e12) / 1e10, text);
    char *point = strchr(text, '.');
    if (point)
        *point = decimal_mark;
}

/* "* 10%, ** 5%, *** 1%" */
static void legend_text(const behov_legend *legend, char decimal_mark, char text[SHORT])
{
    size_t length = 0;
    text[0] = '\0';
    for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++) {
        char stars[BEHOV_LEGEND_MARKS + 1], level[BEHOV_NUMBER_SIZE];
        if (!(legend->levels[m - 1] > 0))
            continue;
        stars_text(m, stars);
        level_text(legend->levels[m - 1], decimal_mark, level);
        if (length < SHORT)
            length += (size_t)snprintf(text + length, SHORT - length, "%s%s %s%s", length ? ", " : "", stars, level,
                                       decimal_mark == ',' ? "\u00A0%" : "%"); /* English has no blank before it */
    }
}

static void count_text(const audit_results *audit_results, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    behov_format_cell(BEHOV_Q_COUNT, (double)n, audit_results->lang, text);
}

/* "1 row", "12 rows" */
static void rows_text(const audit_results *audit_results, size_t n, char text[SHORT])
{
    char number[BEHOV_NUMBER_SIZE];
    count_text(audit_results, n, number);
    behov_label_fill(audit_results->lang, n == 1 ? BEHOV_WORD_AUDIT_WORD_ROW : BEHOV_WORD_AUDIT_WORD_ROWS, text, SHORT,
                     "n", number, NULL);
}

/* "Andel elever gjennomført vgs (upper_secondary_completion)", or the term alone. */
static void subject_text(const audit_results *audit_results, size_t row, char text[SHORT])
{
    const behov_printed_row *printed_row = &audit_results->table.rows[row];
    const char *name = printed_row->labels[audit_results->lang];
    if (name && strcmp(name, printed_row->term) != 0)
        snprintf(text, SHORT, "%s (%s)", name, printed_row->term);
    else
        snprintf(text, SHORT, "%s", printed_row->term);
}

/* A printed number with the decimal mark and the minus sign of the page's language. */
static void page_number(const audit_results *audit_results, const behov_printed *number, char text[BEHOV_NUMBER_SIZE])
{
    behov_printed_text(number, behov_label_decimal_mark(audit_results->lang), text);
    behov_format_minus(text);
}

/* "−0.016 (0.029) ***" */
static void row_text(const audit_results *audit_results, const behov_printed_row *row, char text[3 * BEHOV_NUMBER_SIZE])
{
    char coefficient[BEHOV_NUMBER_SIZE], se[BEHOV_NUMBER_SIZE], stars[BEHOV_LEGEND_MARKS + 1];
    page_number(audit_results, &row->coefficient, coefficient);
    page_number(audit_results, &row->standard_error, se);
    stars_text(row->n_stars, stars);
    snprintf(text, 3 * BEHOV_NUMBER_SIZE, "%s (%s) %s", coefficient, se,
             row->n_stars ? stars : behov_label(audit_results->lang, BEHOV_WORD_AUDIT_NO_STARS));
}

static const char *slip_words(behov_language lang, const behov_misprint *misprint)
{
    switch (misprint->slip) {
    case BEHOV_SLIP_MARK_LEFT:
    case BEHOV_SLIP_MARK_RIGHT:
        return behov_label(lang, misprint->number.has_exponent ? BEHOV_WORD_SLIP_EXPONENT : BEHOV_WORD_SLIP_MARK);
    case BEHOV_SLIP_SWAP: return behov_label(lang, BEHOV_WORD_SLIP_SWAP);
    case BEHOV_SLIP_DROP: return behov_label(lang, BEHOV_WORD_SLIP_DROP);
    case BEHOV_SLIP_DOUBLE:
    case BEHOV_N_SLIPS: break;
    }
    return behov_label(lang, BEHOV_WORD_SLIP_DOUBLE);
}

/* A limit > 0 rounded to `digits` to the side on which it still is one. */
static void limit_text(double limit, bool upwards, int digits, char decimal_mark, char text[BEHOV_NUMBER_SIZE])
{
    double unit = pow(10, floor(log10(limit)) - digits + 1);
    double n_units = limit / unit, hair = 1e-9; /* what the division adds to a limit that is a number of units */
    double rounded_value = (upwards ? ceil(n_units - hair) : floor(n_units + hair)) * unit;
    behov_number_significant(rounded_value, digits, decimal_mark, text);
}

/* The limits as texts, "" = none. Two digits, more when the limits are nearer to each other than that. */
static void limits_text(const behov_finding *finding, char decimal_mark, char low[BEHOV_NUMBER_SIZE],
                        char high[BEHOV_NUMBER_SIZE])
{
    bool has_low = finding->se_low > 0, has_high = isfinite(finding->se_high);
    bool is_narrow = has_low && has_high && finding->se_high < 2 * finding->se_low;
    low[0] = high[0] = '\0';
    if (has_low)
        limit_text(finding->se_low, true, is_narrow ? 4 : 2, decimal_mark, low);
    if (has_high)
        limit_text(finding->se_high, false, is_narrow ? 4 : 2, decimal_mark, high);
}

/* ---- sentences -----------------------------------------------------------------------------------------------------
 */

/* Adds a sentence behind others. */
static void append(char text[AUDIT_SENTENCE], const char *sentence)
{
    size_t length = strlen(text);
    if (sentence[0] && length + 1 < AUDIT_SENTENCE)
        snprintf(text + length, AUDIT_SENTENCE - length, "%s%s", length ? " " : "", sentence);
}

static void misprint_sentence(const audit_results *audit_results, const behov_finding *finding, char text[SHORT])
{
    const behov_misprint *likely = &finding->likely;
    char mark = behov_label_decimal_mark(audit_results->lang), number[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE],
         high[BEHOV_NUMBER_SIZE];
    char stars[BEHOV_LEGEND_MARKS + 1];
    if (likely->entry == BEHOV_ENTRY_STARS) {
        stars_text(likely->n_stars, stars);
        behov_label_fill(audit_results->lang, BEHOV_WORD_AUDIT_FIT_STARS, text, SHORT, "stars",
                         likely->n_stars ? stars : behov_label(audit_results->lang, BEHOV_WORD_AUDIT_WORD_NO_STARS),
                         NULL);
    } else if (likely->entry) {
        page_number(audit_results, &likely->number, number);
        behov_label_fill(audit_results->lang,
                         likely->entry == BEHOV_ENTRY_STANDARD_ERROR ? BEHOV_WORD_AUDIT_FIT_SE
                                                                     : BEHOV_WORD_AUDIT_FIT_COEFFICIENT,
                         text, SHORT, "number", number, "slip", slip_words(audit_results->lang, likely), NULL);
    } else {
        limits_text(finding, mark, low, high);
        behov_word key = low[0] && high[0] ? BEHOV_WORD_AUDIT_FIT_BETWEEN
                         : high[0]         ? BEHOV_WORD_AUDIT_FIT_HIGH
                                           : BEHOV_WORD_AUDIT_FIT_LOW;
        text[0] = '\0';
        if (low[0] || high[0])
            behov_label_fill(audit_results->lang, key, text, SHORT, "low", low, "high", high, NULL);
    }
}

static void stars_sentences(const audit_results *audit_results, const behov_finding *finding, char text[AUDIT_SENTENCE])
{
    const behov_printed_row *row = &audit_results->table.rows[finding->row];
    const behov_audit_range *range = behov_audit_range_of(audit_results->audit, finding->row);
    bool has_too_many = row->n_stars > range->most;
    char subject[SHORT], printed[3 * BEHOV_NUMBER_SIZE], t[BEHOV_NUMBER_SIZE], p[BEHOV_NUMBER_SIZE];
    char level[BEHOV_NUMBER_SIZE] = "", stars[BEHOV_LEGEND_MARKS + 1], sentence[SHORT],
         mark = behov_label_decimal_mark(audit_results->lang);
    subject_text(audit_results, finding->row, subject);
    row_text(audit_results, row, printed);
    limit_text(has_too_many ? range->t_most : range->t_least, has_too_many, 3, mark, t);
    if (has_too_many)
        limit_text(range->p_least, false, 3, mark, p);
    else /* how far below 0.001 it is says nothing more */
        limit_text(fmax(range->p_most, 0.001), true, range->p_most > 0.001 ? 3 : 1, mark, p);
    stars_text(has_too_many ? row->n_stars : range->fewest, stars);
    if (has_too_many)
        level_text(behov_audit_legend(audit_results->audit).levels[row->n_stars - 1], mark, level);
    behov_label_fill(audit_results->lang, has_too_many ? BEHOV_WORD_AUDIT_STARS_MANY : BEHOV_WORD_AUDIT_STARS_FEW, text,
                     AUDIT_SENTENCE, "term", subject, "printed", printed, "t", t, "p", p, "stars", stars, "level",
                     level, NULL);
    misprint_sentence(audit_results, finding, sentence);
    append(text, sentence);
    if (finding->other.entry) {
        char number[BEHOV_NUMBER_SIZE];
        page_number(audit_results, &finding->other.number, number);
        behov_label_fill(audit_results->lang, BEHOV_WORD_AUDIT_FIT_OTHER, sentence, sizeof sentence, "number", number,
                         "slip", slip_words(audit_results->lang, &finding->other), NULL);
        append(text, sentence);
    }
}

static void sign_sentence(const audit_results *audit_results, const behov_finding *finding, char text[AUDIT_SENTENCE])
{
    char subject[SHORT], number[BEHOV_NUMBER_SIZE];
    const behov_printed_row *row = &audit_results->table.rows[finding->row];
    subject_text(audit_results, finding->row, subject);
    page_number(audit_results, &row->coefficient, number);
    behov_label_fill(audit_results->lang, BEHOV_WORD_AUDIT_SIGN, text, AUDIT_SENTENCE, "term", subject, "number",
                     number, "table", audit_results->signs_file.name, "sign", row->coefficient.is_negative ? "+" : "-",
                     NULL);
}

static void rows_sentence(const audit_results *audit_results, const behov_finding *finding, char text[AUDIT_SENTENCE])
{
    char fit[SHORT], n[BEHOV_NUMBER_SIZE], lower_text[BEHOV_NUMBER_SIZE], above[BEHOV_NUMBER_SIZE],
        years[BEHOV_NUMBER_SIZE];
    char k[BEHOV_NUMBER_SIZE], m[BEHOV_NUMBER_SIZE];
    size_t n_years = audit_results->notes.n_years;
    count_text(audit_results, audit_results->notes.n_observations, n);
    count_text(audit_results, n_years, years);
    count_text(audit_results, finding->rows_below, lower_text);
    count_text(audit_results, finding->rows_above, above);
    count_text(audit_results, finding->rows_below / n_years, k);
    count_text(audit_results, finding->rows_above / n_years, m);
    behov_label_fill(audit_results->lang, finding->rows_below ? BEHOV_WORD_AUDIT_ROWS_TWO : BEHOV_WORD_AUDIT_ROWS_ONE,
                     fit, sizeof fit, "below", lower_text, "k", k, "above", above, "m", m, "years", years, NULL);
    behov_label_fill(audit_results->lang, BEHOV_WORD_AUDIT_ROWS, text, AUDIT_SENTENCE, "n", n, "years", years, "fit",
                     fit, NULL);
}

static void legend_sentence(const audit_results *audit_results, const behov_finding *finding, char text[AUDIT_SENTENCE])
{
    static const behov_word keys[] = {[BEHOV_LEGEND_LACKS_MARK] = BEHOV_WORD_AUDIT_LEGEND_LACKS,
                                      [BEHOV_LEGEND_RISES] = BEHOV_WORD_AUDIT_LEGEND_RISES,
                                      [BEHOV_LEGEND_IS_OTHER] = BEHOV_WORD_AUDIT_LEGEND_OTHER};
    char legend[SHORT], other[SHORT], subject[SHORT] = "", rows[SHORT], stars[BEHOV_LEGEND_MARKS + 1],
                                      sentence[2 * SHORT];
    legend_text(&audit_results->legend, behov_label_decimal_mark(audit_results->lang), legend);
    if (finding->row < audit_results->table.n_rows)
        subject_text(audit_results, finding->row, subject);
    rows_text(audit_results, finding->n_lines, rows);
    stars_text(finding->n_stars, stars);
    behov_label_fill(audit_results->lang, keys[finding->fault], text, AUDIT_SENTENCE, "legend", legend, "term", subject,
                     "rows", rows, "stars", stars, NULL);
    if (!finding->has_other_legend)
        return;
    legend_text(&finding->other_legend, behov_label_decimal_mark(audit_results->lang), other);
    behov_label_fill(audit_results->lang,
                     finding->n_lines_left ? BEHOV_WORD_AUDIT_LEGEND_FITS_BUT_ONE : BEHOV_WORD_AUDIT_LEGEND_FITS,
                     sentence, sizeof sentence, "other", other, NULL);
    append(text, sentence);
}

static void t_values_sentence(const audit_results *audit_results, const behov_finding *finding,
                              char text[AUDIT_SENTENCE])
{
    char wrong[SHORT], rows[SHORT];
    rows_text(audit_results, finding->n_lines, wrong);
    rows_text(audit_results, audit_results->table.n_rows, rows);
    behov_label_fill(audit_results->lang, BEHOV_WORD_AUDIT_T_VALUES, text, AUDIT_SENTENCE, "wrong", wrong, "rows", rows,
                     NULL);
}

static void finding_sentences(const audit_results *audit_results, const behov_finding *finding,
                              char text[AUDIT_SENTENCE])
{
    text[0] = '\0';
    switch (finding->kind) {
    case BEHOV_FINDING_STARS: stars_sentences(audit_results, finding, text); break;
    case BEHOV_FINDING_SIGN: sign_sentence(audit_results, finding, text); break;
    case BEHOV_FINDING_ROWS: rows_sentence(audit_results, finding, text); break;
    case BEHOV_FINDING_T: t_values_sentence(audit_results, finding, text); break;
    case BEHOV_FINDING_LEGEND:
    case BEHOV_N_FINDINGS: legend_sentence(audit_results, finding, text); break;
    }
}

/* ---- the page ------------------------------------------------------------------------------------------------------
 */

/* "Gjelder: urbanity (fortegn), upper_secondary_completion (stjerner)." */
static void names_line(const audit_results *audit_results, FILE *out)
{
    size_t n = behov_audit_n_findings(audit_results->audit), n_named = n > NAMED_MOST ? NAMED_MOST : n, length = 0;
    static const behov_word kind_words[BEHOV_N_FINDINGS] = {BEHOV_WORD_AUDIT_KIND_STARS, BEHOV_WORD_AUDIT_KIND_SIGN,
                                                            BEHOV_WORD_AUDIT_KIND_ROWS, BEHOV_WORD_AUDIT_KIND_LEGEND,
                                                            BEHOV_WORD_AUDIT_KIND_T_VALUES};
    char list[AUDIT_SENTENCE] = "", word[SHORT], number[BEHOV_NUMBER_SIZE], text[AUDIT_SENTENCE + 100];
    for (size_t i = 0; i < n_named; i++) {
        const behov_finding *finding = behov_audit_finding(audit_results->audit, i);
        bool has_row = finding->kind == BEHOV_FINDING_STARS || finding->kind == BEHOV_FINDING_SIGN;
        behov_label_fill(audit_results->lang, kind_words[finding->kind], word, sizeof word, "term",
                         has_row ? audit_results->table.rows[finding->row].term : "", NULL);
        if (length < sizeof list)
            length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", i ? ", " : "", word);
    }
    count_text(audit_results, n - n_named, number);
    behov_label_fill(audit_results->lang, n > n_named ? BEHOV_WORD_AUDIT_ABOUT_MORE : BEHOV_WORD_AUDIT_ABOUT, text,
                     sizeof text, "list", list, "n", number, NULL);
    text_line(text, 0, out);
}

static void checked_line(const audit_results *audit_results, behov_word key, const char *text, FILE *out)
{
    static const behov_word keys[] = {BEHOV_WORD_AUDIT_WHAT_LEGEND, BEHOV_WORD_AUDIT_WHAT_DOF,
                                      BEHOV_WORD_AUDIT_WHAT_SIGNS, BEHOV_WORD_AUDIT_WHAT_OBSERVATIONS};
    size_t widest = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t width = behov_format_width(behov_label(audit_results->lang, keys[i]));
        widest = width > widest ? width : widest;
    }
    const char *caption = behov_label(audit_results->lang, key);
    fputs(caption, out);
    text_pad(out, widest + CAPTION_GAP - behov_format_width(caption));
    text_line(text, widest + CAPTION_GAP, out);
}

static void checked_lines(const audit_results *audit_results, FILE *out)
{
    char text[AUDIT_SENTENCE], legend[SHORT], number[BEHOV_NUMBER_SIZE], rows[SHORT];
    rows_text(audit_results, audit_results->table.n_rows, rows);
    legend_text(&audit_results->legend, behov_label_decimal_mark(audit_results->lang), legend);
    snprintf(text, sizeof text, "%s (%s)", legend,
             audit_results->legend_from == LEGEND_OF_NOTES ? audit_results->notes_file.name
             : audit_results->legend_from == LEGEND_OF_OPTION
                 ? "--stars"
                 : behov_label(audit_results->lang, BEHOV_WORD_AUDIT_LEGEND_ASSUMED));
    checked_line(audit_results, BEHOV_WORD_AUDIT_WHAT_LEGEND, text, out);
    behov_format_cell(BEHOV_Q_DOF, audit_results->dof, audit_results->lang, number);
    behov_label_fill(audit_results->lang,
                     audit_results->dof > 0 ? BEHOV_WORD_AUDIT_DOF_KNOWN : BEHOV_WORD_AUDIT_DOF_UNKNOWN, text,
                     sizeof text, "n", number, NULL);
    checked_line(audit_results, BEHOV_WORD_AUDIT_WHAT_DOF, text, out);
    count_text(audit_results, audit_results->n_signs_used, number);
    if (audit_results->signs_file.name)
        behov_label_fill(audit_results->lang, BEHOV_WORD_AUDIT_SIGNS_CHECKED, text, sizeof text, "n", number, "rows",
                         rows, "table", audit_results->signs_file.name, NULL);
    checked_line(audit_results, BEHOV_WORD_AUDIT_WHAT_SIGNS,
                 audit_results->signs_file.name ? text : behov_label(audit_results->lang, BEHOV_WORD_AUDIT_NOT_GIVEN),
                 out);
    if (audit_results->notes.n_observations) {
        char years[BEHOV_NUMBER_SIZE], m[BEHOV_NUMBER_SIZE], first[24], last[24];
        size_t n_years = audit_results->notes.n_years;
        bool is_balanced = n_years > 1 && audit_results->notes.n_observations % n_years == 0;
        count_text(audit_results, audit_results->notes.n_observations, number);
        count_text(audit_results, n_years, years);
        count_text(audit_results, n_years ? audit_results->notes.n_observations / n_years : 0, m);
        snprintf(first, sizeof first, "%d", audit_results->notes.first_year);
        snprintf(last, sizeof last, "%d", audit_results->notes.last_year);
        behov_label_fill(audit_results->lang,
                         is_balanced   ? BEHOV_WORD_AUDIT_OBSERVATIONS_BALANCED
                         : n_years > 1 ? BEHOV_WORD_AUDIT_OBSERVATIONS_YEARS
                                       : BEHOV_WORD_AUDIT_OBSERVATIONS,
                         text, sizeof text, "n", number, "years", years, "m", m, "first", first, "last", last, "from",
                         audit_results->notes_file.name, NULL);
    }
    checked_line(
        audit_results, BEHOV_WORD_AUDIT_WHAT_OBSERVATIONS,
        audit_results->notes.n_observations ? text : behov_label(audit_results->lang, BEHOV_WORD_AUDIT_NOT_GIVEN), out);
}

void write_text_audit(const audit_results *audit_results, FILE *out)
{
    size_t n = behov_audit_n_findings(audit_results->audit);
    char text[AUDIT_SENTENCE], rows[SHORT], number[BEHOV_NUMBER_SIZE];
    rows_text(audit_results, audit_results->table.n_rows, rows);
    count_text(audit_results, n, number);
    behov_label_fill(audit_results->lang,
                     n == 0   ? BEHOV_WORD_AUDIT_FOUND_NONE
                     : n == 1 ? BEHOV_WORD_AUDIT_FOUND_ONE
                              : BEHOV_WORD_AUDIT_FOUND,
                     text, sizeof text, "n", number, "rows", rows, "table", audit_results->table_file.name, NULL);
    text_line(text, 0, out);
    if (n) {
        names_line(audit_results, out);
        fputc('\n', out);
    }
    for (size_t i = 0; i < n; i++) {
        finding_sentences(audit_results, behov_audit_finding(audit_results->audit, i), text);
        text_line(text, 0, out);
    }
    fputc('\n', out);
    checked_lines(audit_results, out);
    text_line(behov_label(audit_results->lang, BEHOV_WORD_AUDIT_RULE), 0, out);
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number_or_null(double value)
{
    return json_figure(value);
}

static json_t *text_or_null(const char *value)
{
    return json_text(value);
}

static json_t *whole_or_null(size_t value)
{
    return value ? json_integer((json_int_t)value) : json_null();
}

static void set_printed_stars(json_t *object, const audit_results *audit_results, const behov_finding *finding)
{
    const behov_printed_row *row = &audit_results->table.rows[finding->row];
    const behov_misprint *likely = &finding->likely;
    char mark = audit_results->table.decimal_mark, printed[BEHOV_NUMBER_SIZE], fit[2 * BEHOV_NUMBER_SIZE + 20];
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_printed_text(likely->entry == BEHOV_ENTRY_COEFFICIENT ? &row->coefficient : &row->standard_error, mark,
                       printed);
    fit[0] = '\0';
    if (likely->entry == BEHOV_ENTRY_STARS) {
        stars_text(row->n_stars, printed);
        stars_text(likely->n_stars, fit);
    } else if (likely->entry) {
        behov_printed_text(&likely->number, mark, fit);
    } else {
        limits_text(finding, mark, low, high);
        if (low[0] || high[0])
            snprintf(fit, sizeof fit, "%s%s%s%s%s", low[0] ? ">= " : "", low, low[0] && high[0] ? ", " : "",
                     high[0] ? "<= " : "", high);
    }
    json_put(object, "printed", json_text(printed));
    json_put(object, "would_fit", fit[0] || likely->entry == BEHOV_ENTRY_STARS ? json_text(fit) : json_null());
}

static void set_printed(json_t *object, const audit_results *audit_results, const behov_finding *finding)
{
    char printed[SHORT], fit[SHORT];
    if (finding->kind == BEHOV_FINDING_STARS) {
        set_printed_stars(object, audit_results, finding);
    } else if (finding->kind == BEHOV_FINDING_SIGN) {
        behov_printed number = audit_results->table.rows[finding->row].coefficient;
        char text[BEHOV_NUMBER_SIZE];
        behov_printed_text(&number, audit_results->table.decimal_mark, text);
        json_put(object, "printed", json_text(text));
        number.is_negative = !number.is_negative;
        behov_printed_text(&number, audit_results->table.decimal_mark, text);
        json_put(object, "would_fit", json_text(text));
    } else if (finding->kind == BEHOV_FINDING_ROWS) {
        snprintf(printed, sizeof printed, "%zu", audit_results->notes.n_observations);
        int length = finding->rows_below ? snprintf(fit, sizeof fit, "%zu, ", finding->rows_below) : 0;
        snprintf(fit + length, sizeof fit - (size_t)length, "%zu", finding->rows_above);
        json_put(object, "printed", json_text(printed));
        json_put(object, "would_fit", json_text(fit));
    } else {
        legend_text(&audit_results->legend, '.', printed);
        if (finding->fault == BEHOV_LEGEND_LACKS_MARK)
            stars_text(finding->n_stars, printed);
        legend_text(&finding->other_legend, '.', fit);
        json_put(object, "printed", json_text(printed));
        json_put(object, "would_fit", text_or_null(finding->has_other_legend ? fit : NULL));
    }
}

static json_t *findings_json(const audit_results *audit_results)
{
    json_t *list = json_array();
    for (size_t i = 0; i < behov_audit_n_findings(audit_results->audit); i++) {
        const behov_finding *finding = behov_audit_finding(audit_results->audit, i);
        bool has_row = finding->kind == BEHOV_FINDING_STARS || finding->kind == BEHOV_FINDING_SIGN;
        const behov_printed_row *row = has_row ? &audit_results->table.rows[finding->row] : NULL;
        char text[AUDIT_SENTENCE];
        json_t *object = json_object();
        json_put(object, "term", text_or_null(row ? row->term : NULL));
        json_put(object, "kind", json_text(behov_finding_kind_name(finding->kind)));
        set_printed(object, audit_results, finding);
        finding_sentences(audit_results, finding, text);
        json_put(object, "message", json_text(text));
        json_put(object, "line", whole_or_null(row ? row->line : 0));
        json_add(list, object);
    }
    return list;
}

static json_t *rows_json(const audit_results *audit_results)
{
    json_t *list = json_array();
    for (size_t i = 0; i < audit_results->table.n_rows; i++) {
        const behov_printed_row *row = &audit_results->table.rows[i];
        const behov_audit_range *range = behov_audit_range_of(audit_results->audit, i);
        char stars[BEHOV_LEGEND_MARKS + 1];
        json_t *object = json_object();
        json_put(object, "term", json_text(row->term));
        json_put(object, "coefficient_low", json_figure(row->coefficient.value - row->coefficient.half_widest));
        json_put(object, "coefficient_high", json_figure(row->coefficient.value + row->coefficient.half_widest));
        json_put(object, "standard_error_low",
                 json_figure(fmax(0, row->standard_error.value - row->standard_error.half_widest)));
        json_put(object, "standard_error_high",
                 json_figure(row->standard_error.value + row->standard_error.half_widest));
        json_put(object, "abs_t_least", number_or_null(range->t_least));
        json_put(object, "abs_t_most", number_or_null(range->t_most));
        json_put(object, "p_least", number_or_null(range->p_least));
        json_put(object, "p_most", number_or_null(range->p_most));
        stars_text(row->n_stars, stars);
        json_put(object, "stars", json_text(stars));
        if (range->most >= 0)
            stars_text(range->fewest, stars);
        json_put(object, "stars_fewest", text_or_null(range->most >= 0 ? stars : NULL));
        if (range->most >= 0)
            stars_text(range->most, stars);
        json_put(object, "stars_most", text_or_null(range->most >= 0 ? stars : NULL));
        json_add(list, object);
    }
    return list;
}

static json_t *legend_json(const behov_legend *legend)
{
    json_t *list = json_array();
    for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++) {
        char stars[BEHOV_LEGEND_MARKS + 1];
        if (!(legend->levels[m - 1] > 0))
            continue;
        json_t *object = json_object();
        stars_text(m, stars);
        json_put(object, "stars", json_text(stars));
        json_put(object, "level", json_figure(legend->levels[m - 1]));
        json_add(list, object);
    }
    return list;
}

behov_status write_json_audit(const audit_results *audit_results, behov_error *err)
{
    static const char *const sources[] = {
        [LEGEND_ASSUMED] = "assumed", [LEGEND_OF_NOTES] = "notes", [LEGEND_OF_OPTION] = "option"};
    json_t *object = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "table", text_or_null(audit_results->table_file.name));
    json_put(object, "notes_table", text_or_null(audit_results->notes_file.name));
    json_put(object, "signs_table", text_or_null(audit_results->signs_file.name));
    json_put(object, "n_rows", json_integer((json_int_t)audit_results->table.n_rows));
    json_put(object, "n_signs", json_integer((json_int_t)audit_results->n_signs_used));
    json_put(object, "legend", legend_json(&audit_results->legend));
    json_put(object, "legend_from", json_text(sources[audit_results->legend_from]));
    json_put(object, "dof_low", json_figure(audit_results->dof > 0 ? audit_results->dof : 1));
    json_put(object, "dof_high", audit_results->dof > 0 ? json_figure(audit_results->dof) : json_null());
    json_put(object, "n_observations", whole_or_null(audit_results->notes.n_observations));
    json_put(object, "n_years", whole_or_null(audit_results->notes.n_years));
    json_put(object, "findings", findings_json(audit_results));
    json_put(object, "rows", rows_json(audit_results));
    return write_json_object(NULL, object, err);
}
