/* sheet_styles.c - see sheet_styles.h. Days become dates as in Hinnant, "chrono-compatible low-level date algorithms"
 * (civil_from_days). */
#include "sheet_styles.h"

#include <behov/number.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The letters of a code that show something, those of quotes, brackets and escapes left out; [h] stays. */
static bool letter_at(const char **cursor, char *letter)
{
    const char *at = *cursor;
    for (; *at; at++) {
        if (*at == '"') {
            at = strchr(at + 1, '"');
            if (!at)
                return false;
        } else if (*at == '\\' || *at == '_' || *at == '*') {
            at += at[1] != '\0';
        } else if (*at == '[') {
            const char *end = strchr(at, ']');
            if (!end)
                return false;
            bool is_elapsed = at[1] && strchr("hHmMsS", at[1]) && (end == at + 2 || end == at + 3);
            at = is_elapsed ? at : end;
        } else {
            *letter = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
            *cursor = at + 1;
            return true;
        }
    }
    return false;
}

sheet_look sheet_look_of_code(const char *code)
{
    if (strncmp(code, "General", 7) == 0)
        return SHEET_LOOK_NUMBER;
    bool has_year = false, has_day = false, has_clock = false, has_month = false, has_percent = false;
    char letter;
    while (letter_at(&code, &letter)) {
        has_percent |= letter == '%';
        has_year |= letter == 'y';
        has_day |= letter == 'd';
        has_month |= letter == 'm';
        has_clock |= letter == 'h' || letter == 's';
        if (letter == ';') /* what negative numbers look like says nothing more */
            break;
    }
    if (has_percent)
        return SHEET_LOOK_PERCENT;
    if (has_year)
        return SHEET_LOOK_DATE;
    if (has_day && has_month)
        return SHEET_LOOK_DAY;
    if (has_clock)
        return SHEET_LOOK_CLOCK;
    return has_day || has_month ? SHEET_LOOK_DATE : SHEET_LOOK_NUMBER;
}

sheet_look sheet_look_of_number(unsigned long format)
{
    if (format == 9 || format == 10)
        return SHEET_LOOK_PERCENT;
    if (format == 16) /* d-mmm */
        return SHEET_LOOK_DAY;
    if ((format >= 18 && format <= 21) || (format >= 45 && format <= 47))
        return SHEET_LOOK_CLOCK;
    bool is_date = (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 50 && format <= 58);
    return is_date ? SHEET_LOOK_DATE : SHEET_LOOK_NUMBER;
}

bool sheet_date_text(double days, bool is_from_1904, sheet_look look, char text[32])
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "mai", "jun",
                                         "jul", "aug", "sep", "okt", "nov", "des"};
    if (!(days >= 0 && days < 2958466)) /* 31 December 9999 */
        return false;
    double whole = floor(days);
    if (look == SHEET_LOOK_CLOCK) {
        long seconds = lround((days - whole) * 86400);
        snprintf(text, 32, "%02ld:%02ld:%02ld", (long)whole * 24 + seconds / 3600, seconds / 60 % 60, seconds % 60);
        return true;
    }
    /* Days since 1970-01-01. The book of 1900 has a 29 February in that year, day 60. */
    long since = (long)whole - (is_from_1904 ? 24107 : whole < 60 ? 25568 : 25569);
    long shifted = since + 719468, era = shifted / 146097, day_of_era = shifted - era * 146097;
    long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long shifted_month = (5 * day_of_year + 2) / 153;
    int day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    int month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    long year = year_of_era + era * 400 + (month <= 2);
    if (look == SHEET_LOOK_DAY)
        snprintf(text, 32, "%d.%s", day, months[month - 1]);
    else
        snprintf(text, 32, "%04ld-%02d-%02d", year, month, day);
    return true;
}

double sheet_percent_of(double part)
{
    char text[BEHOV_NUMBER_SIZE + 8];
    size_t length = behov_number_shortest(part, text);
    const char *mark = strchr(text, 'e');
    int exponent = mark ? atoi(mark + 1) : 0;
    size_t n = mark ? (size_t)(mark - text) : length;
    double number = part * 100;
    int n_more = snprintf(text + n, sizeof text - n, "e%d", exponent + 2);
    behov_number_parse(text, n + (size_t)n_more, '.', &number);
    return number;
}
