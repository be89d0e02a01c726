/* format.c - number formats, as the report prints: a ratio without decimals, a coefficient with three significant
 * digits, a p never as 0,000. */
#include <behov/format.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/labels.h>

/* A page has one minus sign, U+2212, in the exponent too; hyphens are of names and of files that programs read. */
const char *behov_format_minus(char text[BEHOV_NUMBER_SIZE])
{
    static const char minus[] = "\u2212";
    enum { LENGTH = sizeof minus - 1 };
    for (char *cursor = text; (cursor = strchr(cursor, '-')) && strlen(text) + LENGTH <= BEHOV_NUMBER_SIZE;
         cursor += LENGTH) {
        memmove(cursor + LENGTH, cursor + 1, strlen(cursor + 1) + 1);
        memcpy(cursor, minus, LENGTH);
    }
    return text;
}

const char *behov_format_cell(behov_quantity quantity, double value, behov_language lang, char text[BEHOV_NUMBER_SIZE])
{
    char mark = behov_label_decimal_mark(lang);
    const char *group = behov_label_group_mark(lang);
    text[0] = '\0';
    if (!isfinite(value))
        return text;
    switch (quantity) {
    case BEHOV_Q_YEAR: behov_number_fixed(value, 0, mark, "", 4, text); break;
    case BEHOV_Q_COUNT:
    case BEHOV_Q_RANK:
    case BEHOV_Q_GAP:
    case BEHOV_Q_RATIO: behov_number_fixed(value, 0, mark, group, 4, text); break;
    case BEHOV_Q_OUTCOME: behov_number_fixed(value, 3, mark, group, 4, text); break;
    case BEHOV_Q_INDEX: behov_number_fixed(value, 1, mark, group, 4, text); break;
    case BEHOV_Q_COEFFICIENT:
    case BEHOV_Q_STANDARD_ERROR: behov_number_significant(value, 3, mark, text); break;
    case BEHOV_Q_ERROR_BENEATH:
    case BEHOV_Q_T_BENEATH:
    case BEHOV_Q_P_BENEATH: {
        char number[BEHOV_NUMBER_SIZE];
        behov_format_cell(quantity == BEHOV_Q_T_BENEATH   ? BEHOV_Q_T
                          : quantity == BEHOV_Q_P_BENEATH ? BEHOV_Q_P
                                                          : BEHOV_Q_STANDARD_ERROR,
                          value, lang, number);
        snprintf(text, BEHOV_NUMBER_SIZE, "(%.*s)", BEHOV_NUMBER_SIZE - 3, number);
        break;
    }
    case BEHOV_Q_SHARE: behov_number_fixed(value, 2, mark, group, 4, text); break;
    case BEHOV_Q_T:
        if (fabs(value) < 1e6)
            behov_number_fixed(value, 2, mark, group, 4, text);
        else /* a standard error of nothing but rounding */
            behov_number_significant(value, 3, mark, text);
        if (fabs(value) >= 1e6 && fabs(value) < 1e15)
            behov_number_fixed(value, 0, mark, group, 4, text);
        break;
    case BEHOV_Q_DOF: behov_number_fixed(value, value == floor(value) ? 0 : 1, mark, group, 4, text); break;
    case BEHOV_Q_P:
        if (value < 0.001)
            snprintf(text, BEHOV_NUMBER_SIZE, "< 0%c001", mark);
        else
            behov_number_fixed(value, 3, mark, "", 4, text);
        break;
    case BEHOV_Q_PROBABILITY: /* estimated, and never 0 or 1 */
        behov_number_fixed(value, 2, mark, "", 4, text);
        if (strcmp(text + 1, (char[]){mark, '0', '0', '\0'}) == 0 && value < 2)
            snprintf(text, BEHOV_NUMBER_SIZE, value < 0.5 ? "< 0%c01" : "> 0%c99", mark);
        break;
    case BEHOV_Q_TEXT:
    case BEHOV_Q_CODE:
    case BEHOV_Q_STARS:
    case BEHOV_Q_VALUE: {
        behov_number_shortest(value, text);
        for (char *c = text; *c; c++)
            if (*c == '.')
                *c = mark;
        break;
    }
    }
    return behov_format_minus(text);
}

const char *behov_format_count(behov_language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_COUNT, value, lang, text);
}

const char *behov_format_level(behov_language lang, double level_pct, char text[BEHOV_NUMBER_SIZE])
{
    double rounded_value;
    behov_number_significant(level_pct, 6, '.', text);
    if (behov_number_parse(text, strlen(text), '.', &rounded_value) == BEHOV_NUMBER_OK)
        behov_number_shortest(rounded_value, text);
    for (char *c = text; *c; c++)
        *c = *c == '.' ? behov_label_decimal_mark(lang) : *c;
    return text;
}

const char *behov_format_fixed(behov_language lang, double value, int n_decimals, char text[BEHOV_NUMBER_SIZE])
{
    text[0] = '\0';
    if (isfinite(value))
        behov_number_fixed(value, n_decimals, behov_label_decimal_mark(lang), behov_label_group_mark(lang), 4, text);
    return behov_format_minus(text);
}

bool behov_format_is_beneath(behov_quantity quantity)
{
    return quantity == BEHOV_Q_ERROR_BENEATH || quantity == BEHOV_Q_T_BENEATH || quantity == BEHOV_Q_P_BENEATH;
}

void behov_format_interval(double low, double high, behov_language lang, behov_wording *words)
{
    char text[BEHOV_NUMBER_SIZE];
    if (!isfinite(low) || !isfinite(high))
        return;
    behov_wording_print(words, "[%s", behov_format_cell(BEHOV_Q_COEFFICIENT, low, lang, text));
    behov_wording_add(words, behov_label_decimal_mark(lang) == ',' ? "; " : ", ");
    behov_wording_print(words, "%s]", behov_format_cell(BEHOV_Q_COEFFICIENT, high, lang, text));
}

const char *behov_format_stars(int n_stars)
{
    static const char stars[] = "*********";
    _Static_assert(sizeof stars == BEHOV_LEGEND_MARKS + 1, "a star for every mark of a legend");
    int n = n_stars < 0 ? 0 : n_stars < BEHOV_LEGEND_MARKS ? n_stars : BEHOV_LEGEND_MARKS;
    return &stars[BEHOV_LEGEND_MARKS - n];
}

const char *behov_format_report_cell(const behov_report *report, size_t column, size_t row, behov_language lang,
                                     char text[BEHOV_NUMBER_SIZE])
{
    const char *words = behov_report_text(report, column, row);
    if (behov_report_is_text(report, column) || words[0])
        return words;
    double value = behov_report_number(report, column, row);
    int n_decimals = behov_report_decimals(report, column, row);
    if (n_decimals < 0 || !isfinite(value))
        return behov_format_cell(behov_report_quantity_at(report, column, row), value, lang, text);
    behov_number_shortest(value, text);
    if (strchr(text, 'e') && behov_report_quantity_at(report, column, row) != BEHOV_Q_VALUE)
        behov_number_significant(value, n_decimals + 1, behov_label_decimal_mark(lang), text);
    else
        behov_number_fixed(
            value, n_decimals, behov_label_decimal_mark(lang),
            behov_report_quantity_at(report, column, row) == BEHOV_Q_GAP ? behov_label_group_mark(lang) : "", 4, text);
    return behov_format_minus(text);
}

size_t behov_format_width(const char *text)
{
    size_t width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}
