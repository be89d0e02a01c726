/* xlsx_format.c - how cells look: number codes by quantity, weight and rules. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xlsx.h"

static const lxw_color_t header_colour = 0xDCE6F1, rule_colour = 0x7F7F7F, note_colour = 0x404040;
static const lxw_color_t input_colour = 0xFFF2CC, faint_colour = 0xA6A6A6;

static lxw_format *out_of_memory(xlsx_writer *w)
{
    xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return NULL;
}

lxw_format *xlsx_format(xlsx_writer *w, const char *code, unsigned look)
{
    for (size_t i = 0; i < w->n_formats; i++)
        if (w->formats[i].look == look && strcmp(w->formats[i].code, code) == 0)
            return w->formats[i].format;
    if (w->n_formats == w->formats_room) {
        size_t room = w->formats_room ? 2 * w->formats_room : 32;
        format_entry *entries = realloc(w->formats, room * sizeof *entries);
        if (!entries)
            return out_of_memory(w);
        w->formats = entries;
        w->formats_room = room;
    }
    lxw_format *format = workbook_add_format(w->book);
    if (!format)
        return out_of_memory(w);
    if (code[0])
        format_set_num_format(format, code);
    format_set_align(format, look & LOOK_TEXT ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look & LOOK_INDENTED)
        format_set_indent(format, 1);
    if (look & (LOOK_WRAPPED | LOOK_HEADER))
        format_set_text_wrap(format);
    if (look & (LOOK_HEADER | LOOK_STRONG))
        format_set_bold(format);
    if (look & LOOK_HEADER) {
        format_set_bg_color(format, header_colour);
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, rule_colour);
        format_set_left(format, LXW_BORDER_THIN); /* heads that fill their columns stay apart */
        format_set_left_color(format, LXW_COLOR_WHITE);
    }
    if (look & LOOK_INPUT) {
        format_set_bg_color(format, input_colour);
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, rule_colour);
    }
    if (look & LOOK_SUM) {
        format_set_top(format, LXW_BORDER_THIN);
        format_set_top_color(format, rule_colour);
    }
    if (look & LOOK_FAINT) {
        format_set_font_color(format, faint_colour);
        format_set_font_size(format, 8);
    }
    if (look & LOOK_HIDDEN)
        format_set_font_color(format, LXW_COLOR_WHITE);
    format_entry *entry = &w->formats[w->n_formats++];
    snprintf(entry->code, sizeof entry->code, "%s", code);
    entry->look = look;
    entry->format = format;
    return format;
}

bool xlsx_make_common_formats(xlsx_writer *w)
{
    w->title = workbook_add_format(w->book);
    w->subtitle = workbook_add_format(w->book);
    w->note = workbook_add_format(w->book);
    if (!w->title || !w->subtitle || !w->note)
        return false;
    format_set_bold(w->title);
    format_set_font_size(w->title, 14);
    format_set_font_color(w->subtitle, note_colour);
    format_set_font_color(w->note, note_colour);
    format_set_font_size(w->note, 10);
    return true;
}

/* The power is taken after rounding, so that 0.9996 counts as 1.00. */
int xlsx_decimals(double value)
{
    if (value == 0)
        return 2;
    char text[32];
    snprintf(text, sizeof text, "%.2e", value);
    int power = atoi(strchr(text, 'e') + 1);
    return power < -4 || power >= 15 ? -1 : power > 2 ? 0 : 2 - power;
}

void xlsx_three_digits(double value, int most_decimals, char code[96])
{
    int decimals = xlsx_decimals(value);
    strcpy(code, decimals < 0 ? "0.00E+00" : "#,##0");
    if (decimals < 0)
        return;
    size_t length = 5;
    if (decimals > 0) {
        memcpy(code, "0.", 2);
        memset(code + 2, '0', (size_t)decimals);
        length = 2 + (size_t)decimals;
    }
    for (int i = decimals; i < most_decimals; i++) {
        memcpy(code + length, "_0", 2);
        length += 2;
    }
    code[length] = '\0';
}

const char *xlsx_code(behov_quantity quantity, behov_language lang)
{
    switch (quantity) {
    case BEHOV_Q_TEXT:
    case BEHOV_Q_CODE:
    case BEHOV_Q_STARS: return "@";
    case BEHOV_Q_YEAR: return "0";
    case BEHOV_Q_COUNT:
    case BEHOV_Q_RANK:
    case BEHOV_Q_GAP: return "#,##0";
    case BEHOV_Q_OUTCOME: return "0.000";
    case BEHOV_Q_RATIO: return "0";
    case BEHOV_Q_INDEX: return "0.0";
    case BEHOV_Q_T:
    case BEHOV_Q_SHARE: return "0.00";
    case BEHOV_Q_T_BENEATH: return "\\(0.00\\)";
    case BEHOV_Q_P_BENEATH:
        return behov_language_decimal_mark(lang) == '.' ? "[<0.001]\"(< 0.001)\";\\(0.000\\)"
                                                        : "[<0.001]\"(< 0,001)\";\\(0.000\\)";
    case BEHOV_Q_P:
        return behov_language_decimal_mark(lang) == '.' ? "[<0.001]\"< 0.001\";0.000" : "[<0.001]\"< 0,001\";0.000";
    case BEHOV_Q_PROBABILITY:
        return behov_language_decimal_mark(lang) == '.' ? "[<0.005]\"< 0.01\";[>=0.995]\"> 0.99\";0.00"
                                                        : "[<0.005]\"< 0,01\";[>=0.995]\"> 0,99\";0.00";
    case BEHOV_Q_COEFFICIENT:
    case BEHOV_Q_STANDARD_ERROR:
    case BEHOV_Q_ERROR_BENEATH:
    case BEHOV_Q_DOF:
    case BEHOV_Q_VALUE: return "";
    }
    return "";
}

bool xlsx_has_significant_digits(behov_quantity quantity)
{
    return quantity == BEHOV_Q_COEFFICIENT || quantity == BEHOV_Q_STANDARD_ERROR || quantity == BEHOV_Q_ERROR_BENEATH;
}
