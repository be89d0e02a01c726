/* latex.c - tables with booktabs' rules.
 *
 * Figures stand at the right, their stars as superscripts in a column of their own without a gap (r@{}l), the closing
 * bracket of a standard error outside (\rlap), so that digits stand under one another. The size of the type follows
 * from the estimated width: down to \scriptsize on an upright page of 16 cm, else the table lies on a page of its own.
 * Nothing is cut: a table that is too wide even so says so in a comment.
 *
 * Not here: columns aligned at the decimal mark, which would need siunitx or dcolumn. */
#include <behov/latex.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "page_table.h"

enum {
    MOST_ROWS_OF_A_FLOAT = 40,
    EXTRA_OF_POWER = 2,  /* letters that a power of ten takes more than e-07 */
    NARROWEST_PART = 18, /* characters to a line of a broken text */
    NARROWEST_HEADER = 12,
    WIDEST_TITLE_ROW = 3 /* lines of a header */
};

/* Points of 1/72.27 inch. */
static const double upright_width = 455, landscape_width = 700;
/* Latin Modern at 10 points: a digit is 5 points wide, running text 4.7 a letter. */
static const double letter_width = 5, star_width = 4.2;

typedef struct type_size {
    const char *command;
    double scale; /* width of a letter: small type is wider for its height */
    int gap;      /* \tabcolsep, points */
    bool is_landscape;
    size_t widest_line; /* characters of a text that is not broken */
} type_size;

/* What is tried, best first. */
static const type_size sizes[] = {
    {"\\normalsize", 1.0, 6, false, 45},    {"\\small", 0.925, 5, false, 45},    {"\\footnotesize", 0.85, 4, false, 45},
    {"\\footnotesize", 0.85, 3, false, 24}, {"\\scriptsize", 0.8, 3, false, 24}, {"\\small", 0.925, 5, true, 45},
    {"\\footnotesize", 0.85, 4, true, 45},  {"\\scriptsize", 0.8, 3, true, 24},  {"\\tiny", 0.68, 2, true, 24},
    {"\\tiny", 0.68, 1, true, 24},
};
enum { N_SIZES = sizeof sizes / sizeof sizes[0] };

/* How the table is set. */
typedef struct setting {
    behov_page_table table;
    const type_size *size;
    bool is_long, is_too_wide, has_brackets;
    size_t n_set;        /* columns of LaTeX: stars have their own */
    double spare;        /* points for the texts that are broken, beyond the least that they need */
    double text_letters; /* of those texts beyond the least, to share it by */
} setting;

/* ---- characters -------------------------------------------------------------------------------------------------- */

typedef struct spelling {
    uint32_t code;
    const char *latex;
} spelling;

/* Characters with a command of their own, by code. Letters that T1 holds stand for themselves, but those of Sami names,
 * which lualatex would lose in a document that asks it for T1. */
static const spelling spellings[] = {
    {'"', "\\textquotedbl{}"},
    {'#', "\\#"},
    {'$', "\\$"},
    {'%', "\\%"},
    {'&', "\\&"},
    {'\'', "\\textquotesingle{}"},
    {'*', "{*}"},
    {'<', "\\textless{}"},
    {'>', "\\textgreater{}"},
    {'[', "{[}"},
    {'\\', "\\textbackslash{}"},
    {']', "{]}"},
    {'^', "\\textasciicircum{}"},
    {'_', "\\_"},
    {'`', "\\textasciigrave{}"},
    {'{', "\\{"},
    {'|', "\\textbar{}"},
    {'}', "\\}"},
    {'~', "\\textasciitilde{}"},
    {0xA0, "~"},
    {0xAC, "$\\neg$"},
    {0xAD, "\\-"},
    {0xB1, "$\\pm$"},
    {0xB2, "\\textsuperscript{2}"},
    {0xB3, "\\textsuperscript{3}"},
    {0xB5, "$\\mu$"},
    {0xB7, "$\\cdot$"},
    {0xB9, "\\textsuperscript{1}"},
    {0xD7, "$\\times$"},
    {0xF7, "$\\div$"},
    {0x10C, "\\v{C}"},
    {0x10D, "\\v{c}"},
    {0x110, "\\DJ{}"},
    {0x111, "\\dj{}"},
    {0x14A, "\\NG{}"},
    {0x14B, "\\ng{}"},
    {0x160, "\\v{S}"},
    {0x161, "\\v{s}"},
    {0x17D, "\\v{Z}"},
    {0x17E, "\\v{z}"},
    {0x393, "$\\Gamma$"},
    {0x394, "$\\Delta$"},
    {0x398, "$\\Theta$"},
    {0x39B, "$\\Lambda$"},
    {0x3A3, "$\\Sigma$"},
    {0x3A6, "$\\Phi$"},
    {0x3A8, "$\\Psi$"},
    {0x3A9, "$\\Omega$"},
    {0x3B1, "$\\alpha$"},
    {0x3B2, "$\\beta$"},
    {0x3B3, "$\\gamma$"},
    {0x3B4, "$\\delta$"},
    {0x3B5, "$\\varepsilon$"},
    {0x3B6, "$\\zeta$"},
    {0x3B7, "$\\eta$"},
    {0x3B8, "$\\theta$"},
    {0x3B9, "$\\iota$"},
    {0x3BA, "$\\kappa$"},
    {0x3BB, "$\\lambda$"},
    {0x3BC, "$\\mu$"},
    {0x3BD, "$\\nu$"},
    {0x3BE, "$\\xi$"},
    {0x3C0, "$\\pi$"},
    {0x3C1, "$\\rho$"},
    {0x3C3, "$\\sigma$"},
    {0x3C4, "$\\tau$"},
    {0x3C6, "$\\varphi$"},
    {0x3C7, "$\\chi$"},
    {0x3C8, "$\\psi$"},
    {0x3C9, "$\\omega$"},
    {0x2009, "\\,"},
    {0x2011, "\\mbox{-}"},
    {0x2013, "--"},
    {0x2014, "---"},
    {0x2018, "\\textquoteleft{}"},
    {0x2019, "\\textquoteright{}"},
    {0x201A, "\\quotesinglbase{}"},
    {0x201C, "\\textquotedblleft{}"},
    {0x201D, "\\textquotedblright{}"},
    {0x201E, "\\quotedblbase{}"},
    {0x2020, "$\\dagger$"},
    {0x2021, "$\\ddagger$"},
    {0x2022, "$\\bullet$"},
    {0x2026, "\\ldots{}"},
    {0x202F, "\\,"},
    {0x2030, "\\textperthousand{}"},
    {0x20AC, "\\texteuro{}"},
    {0x2190, "$\\leftarrow$"},
    {0x2192, "$\\rightarrow$"},
    {0x2211, "$\\sum$"},
    {0x2212, "$-$"},
    {0x221A, "$\\surd$"},
    {0x221E, "$\\infty$"},
    {0x2248, "$\\approx$"},
    {0x2260, "$\\neq$"},
    {0x2264, "$\\leq$"},
    {0x2265, "$\\geq$"},
};

static int compare_spelling(const void *key, const void *memory)
{
    uint32_t code = *(const uint32_t *)key, other = ((const spelling *)memory)->code;
    return (code > other) - (code < other);
}

/* Letters and signs of Latin-1 and Latin Extended-A that pdflatex knows with T1. */
static bool is_letter_of_t1(uint32_t code)
{
    switch (code) {
    case 0xA8: /* accents without a letter under them */
    case 0xAF:
    case 0xB4:
    case 0xB8:
    case 0x126: /* H with stroke */
    case 0x127:
    case 0x138: /* kra */
    case 0x13F: /* L with middle dot */
    case 0x140:
    case 0x149: /* n after apostrophe */
    case 0x166: /* T with stroke */
    case 0x167:
    case 0x17F: /* long s */ return false;
    default: return code >= 0xA1 && code <= 0x17F;
    }
}

static void put_character(const behov_page_character *page_character, char previous_letter, behov_wording *out)
{
    const spelling *own = bsearch(&page_character->code, spellings, sizeof spellings / sizeof spellings[0],
                                  sizeof spellings[0], compare_spelling);
    if (own)
        behov_wording_add(out, own->latex);
    else if ((page_character->code == '-' || page_character->code == ',') &&
             previous_letter == (char)page_character->code)
        behov_wording_print(out, "{}%c", (char)page_character->code); /* -- would be a dash, ,, a quote */
    else if (page_character->code < 0x80 || is_letter_of_t1(page_character->code))
        behov_wording_add_bytes(out, page_character->bytes, page_character->length);
    else
        behov_wording_print(out, "{[}U+%04X{]}", (unsigned)page_character->code);
}

/* A word that no line has room for may be broken, which TeX does of itself only where it knows the language's words. */
static void put_part(const char *text, size_t length, behov_wording *out)
{
    enum { LONGEST_WORD = 40, BETWEEN_BREAKS = 8 };
    char previous_letter = 0;
    size_t n_letters = 0;
    behov_page_character next;
    for (const char *cursor = text; (size_t)(cursor - text) < length && behov_page_next(&cursor, &next);) {
        put_character(&next, previous_letter, out);
        previous_letter = next.code < 0x80 ? (char)next.code : 0;
        n_letters = next.code == ' ' ? 0 : n_letters + 1;
        if (n_letters >= LONGEST_WORD && n_letters % BETWEEN_BREAKS == 0)
            behov_wording_add(out, "\\allowbreak{}");
    }
}

static void put_text(const char *text, behov_wording *out)
{
    put_part(text, strlen(text), out);
}

/* In a text that is broken names_of_columns may be broken too. */
static void put_broken_text(const char *text, behov_wording *out)
{
    while (*text) {
        size_t length = strcspn(text, "_");
        length += text[length] == '_';
        put_part(text, length, out);
        if (text[length - 1] == '_')
            behov_wording_add(out, "\\allowbreak{}");
        text += length;
    }
}

/* A figure as format.h prints it: a true minus, and powers of ten instead of e-07. */
static void put_figure(const char *figure, behov_wording *out)
{
    char plain[BEHOV_NUMBER_SIZE]; /* with hyphens, which stand for minus in formulas */
    size_t length = 0;
    for (const char *cursor = figure; *cursor && length + 1 < sizeof plain; length++) {
        bool is_minus = strncmp(cursor, "\u2212", 3) == 0;
        plain[length] = is_minus ? '-' : *cursor;
        cursor += is_minus ? 3 : 1;
    }
    plain[length] = '\0';
    const char *text = plain;
    bool has_brackets = text[0] == '(';
    const char *power = strchr(text, 'e');
    if (has_brackets) {
        behov_wording_add_letter(out, '(');
        text++;
        length -= 2;
    }
    if (power) {
        behov_wording_add_letter(out, '$');
        for (; text < power; text++)
            behov_wording_add(out, *text == ',' ? "{,}" : (char[]){*text, '\0'});
        power++;
        bool is_negative = *power == '-';
        power += strspn(power, "+-");
        power += strspn(power, "0");
        size_t n_digits = strspn(power, "0123456789");
        behov_wording_print(out, "\\cdot 10^{%s%.*s}$", is_negative ? "-" : "", (int)n_digits, power);
    } else {
        behov_page_character next;
        for (const char *cursor = text; (size_t)(cursor - text) < length && behov_page_next(&cursor, &next);) {
            switch (next.code) {
            case '-': behov_wording_add(out, "$-$"); break;
            case '<': behov_wording_add(out, "$<$"); break;
            default: put_character(&next, 0, out);
            }
        }
    }
    if (has_brackets)
        behov_wording_add(out, "\\rlap{)}");
}

/* "[-0,12; 0,34]": both limits as figures, the brackets outside the column. */
static void put_interval(const char *text, behov_wording *out)
{
    char limit[BEHOV_NUMBER_SIZE];
    const char *mark = strstr(text, "; ") ? "; " : ", ", *middle = strstr(text, mark);
    size_t length = strlen(text);
    if (!middle || length < 2) {
        put_text(text, out);
        return;
    }
    behov_wording_add(out, "{[}");
    snprintf(limit, sizeof limit, "%.*s", (int)(middle - text) - 1, text + 1);
    put_figure(limit, out);
    behov_wording_add(out, mark);
    snprintf(limit, sizeof limit, "%.*s", (int)(text + length - middle) - 3, middle + 2);
    put_figure(limit, out);
    behov_wording_add(out, "\\rlap{]}");
}

/* ---- layout ------------------------------------------------------------------------------------------------------ */

static bool is_broken(const behov_page_column *column, const type_size *size)
{
    return column->is_text && column->width > size->widest_line;
}

/* Makes room in a column whose figures have powers of ten. */
static void widen_for_powers(behov_page_table *table, size_t index)
{
    char text[BEHOV_NUMBER_SIZE];
    for (size_t i = 0; i < table->n_rows; i++)
        if (behov_page_is_figure(table, index, i) && strchr(behov_page_cell(table, index, i, text), 'e')) {
            table->columns[index].width += EXTRA_OF_POWER;
            return;
        }
}

/* Bytes of the first line of a header that is broken at spaces into lines of at most `width` characters, unless one
 * word is longer. */
static size_t header_line(const char *text, size_t width)
{
    size_t end = 0, n = 0;
    for (size_t index = 0;; index++) {
        if (text[index] == ' ' || !text[index]) {
            if (n > width && end)
                return end;
            end = index;
            if (!text[index])
                return end;
        }
        n += ((unsigned char)text[index] & 0xC0) != 0x80;
    }
}

static size_t count_header_lines(const char *text, size_t width, size_t *widest)
{
    size_t n = 0;
    *widest = 0;
    do {
        size_t length = header_line(text, width), letters = 0;
        for (size_t i = 0; i < length; i++)
            letters += ((unsigned char)text[i] & 0xC0) != 0x80;
        *widest = letters > *widest ? letters : *widest;
        text += length;
        text += strspn(text, " ");
        n++;
    } while (*text);
    return n;
}

/* The width that a header is broken to: its column's or its longest word, wider when it would be too many lines. Gives
 * the widest line. */
static size_t header_width(const behov_page_column *column, size_t *widest)
{
    size_t width = column->width > NARROWEST_HEADER ? column->width : NARROWEST_HEADER;
    count_header_lines(column->header, 1, widest);
    width = *widest > width ? *widest : width;
    while (count_header_lines(column->header, width, widest) > WIDEST_TITLE_ROW)
        width++;
    return width;
}

/* Width of all columns but those whose texts are broken, which count with the least that they need. */
static double natural_width(const behov_page_table *table, const type_size *size, double *spare_needed)
{
    double width = 0;
    *spare_needed = 0;
    for (size_t j = 0; j < table->n_columns; j++) {
        const behov_page_column *column = &table->columns[j];
        size_t header;
        header_width(column, &header);
        width += 2 * size->gap;
        if (is_broken(column, size)) {
            *spare_needed += NARROWEST_PART * letter_width * size->scale;
            continue;
        }
        width += (double)(column->width > header ? column->width : header) * letter_width * size->scale;
        if (column->stars != PAGE_NO_STARS)
            width += 3 * star_width * size->scale;
    }
    return width;
}

static behov_status plan(const behov_section *section, behov_language lang, setting *new_setting, behov_error *err)
{
    *new_setting = (setting){.size = &sizes[N_SIZES - 1], .is_too_wide = true};
    behov_page_table *table = &new_setting->table;
    behov_status status = behov_page_table_new(section, lang, table, err);
    if (status)
        return status;
    new_setting->is_long = table->n_rows > MOST_ROWS_OF_A_FLOAT;
    for (size_t j = 0; j < table->n_columns; j++) {
        const behov_page_column *column = &table->columns[j];
        new_setting->n_set += column->stars == PAGE_NO_STARS ? 1 : 2;
        widen_for_powers(table, j);
    }
    for (size_t i = 0; i < table->n_rows && !new_setting->has_brackets; i++)
        new_setting->has_brackets = behov_page_row_is_beneath(table, i);
    for (size_t i = 0; i < N_SIZES && new_setting->is_too_wide; i++) {
        double needed_value, page = sizes[i].is_landscape ? landscape_width : upright_width;
        /* Many rows of seven points are hard to read where the page may be turned instead. */
        if (new_setting->is_long && section->landscape && !sizes[i].is_landscape && sizes[i].scale < 0.82)
            continue;
        double natural = natural_width(table, &sizes[i], &needed_value);
        if (natural + needed_value > page && i + 1 < N_SIZES)
            continue;
        new_setting->size = &sizes[i];
        new_setting->is_too_wide = natural + needed_value > page;
        new_setting->spare = new_setting->is_too_wide ? 0 : page - natural - needed_value;
    }
    for (size_t j = 0; j < table->n_columns; j++)
        if (is_broken(&table->columns[j], new_setting->size))
            new_setting->text_letters += (double)(table->columns[j].width - NARROWEST_PART);
    return BEHOV_OK;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static void put_column_letters(const setting *setting, behov_wording *out)
{
    double page = setting->size->is_landscape ? landscape_width : upright_width;
    behov_wording_add(out, "{@{}");
    for (size_t j = 0; j < setting->table.n_columns; j++) {
        const behov_page_column *column = &setting->table.columns[j];
        if (is_broken(column,
                      setting->size)) { /* a text that is only a little too long needs no more than its length */
            double wanted_value = (double)column->width * letter_width * setting->size->scale;
            double share = NARROWEST_PART * letter_width * setting->size->scale +
                           setting->spare * (double)(column->width - NARROWEST_PART) / setting->text_letters;
            char width[BEHOV_NUMBER_SIZE];
            behov_number_fixed((wanted_value < share ? wanted_value : share) / page, 3, '.', "", 4, width);
            behov_wording_print(out, ">{\\raggedright\\arraybackslash}p{%s\\linewidth}", width);
        } else {
            behov_wording_add(out, column->is_text ? "l" : column->stars == PAGE_NO_STARS ? "r" : "r@{}l");
        }
    }
    behov_wording_add(out, setting->has_brackets ? "}\n" : "@{}}\n");
}

static void put_header_cell(const behov_page_column *column, const type_size *size, behov_wording *out)
{
    size_t widest, width = header_width(column, &widest);
    const char *text = column->header;
    char letter = column->is_text ? 'l' : 'r';
    bool is_stacked = count_header_lines(text, width, &widest) > 1 && !is_broken(column, size);
    if (!is_stacked) {
        put_text(text, out);
        return;
    }
    behov_wording_print(out, "\\begin{tabular}[b]{@{}%c@{}}", letter);
    for (bool is_first = true; *text; is_first = false) {
        size_t length = header_line(text, width);
        if (!is_first)
            behov_wording_add(out, "\\\\");
        put_part(text, length, out);
        text += length;
        text += strspn(text, " ");
    }
    behov_wording_add(out, "\\end{tabular}");
}

static void put_header(const setting *setting, behov_wording *out)
{
    behov_wording_add(out, "\\toprule\n");
    for (size_t j = 0; j < setting->table.n_columns; j++) {
        if (j)
            behov_wording_add(out, " & ");
        put_header_cell(&setting->table.columns[j], setting->size, out);
        if (setting->table.columns[j].stars != PAGE_NO_STARS)
            behov_wording_add(out, " &");
    }
    behov_wording_add(out, " \\\\\n\\midrule\n");
}

static void put_cell(const setting *setting, size_t column, size_t row, behov_wording *out)
{
    const behov_page_table *table = &setting->table;
    char text[BEHOV_NUMBER_SIZE];
    const char *shown_text = behov_page_cell(table, column, row, text), *stars = behov_page_stars(table, column, row);
    bool is_figure = behov_page_is_figure(table, column, row),
         is_strong = shown_text[0] && behov_page_is_strong(table, column, row);
    if (is_strong)
        behov_wording_add(out, is_figure ? "\\textbf{\\boldmath " : "\\textbf{");
    if (is_figure)
        put_figure(shown_text, out);
    else if (behov_page_is_interval(table, column, row))
        put_interval(shown_text, out);
    else if (is_broken(&table->columns[column], setting->size))
        put_broken_text(shown_text, out);
    else
        put_text(shown_text, out);
    if (is_strong)
        behov_wording_add_letter(out, '}');
    if (table->columns[column].stars != PAGE_NO_STARS)
        behov_wording_add(out, " &");
    if (stars[0])
        behov_wording_print(out, " $^{%s}$", stars);
}

static void put_rows(const setting *setting, behov_wording *out)
{
    const behov_page_table *table = &setting->table;
    for (size_t i = 0; i < table->n_rows; i++) {
        if (behov_page_row_begins_summary(table, i))
            behov_wording_add(out, "\\midrule\n");
        for (size_t j = 0; j < table->n_columns; j++) {
            if (j)
                behov_wording_add(out, " & ");
            put_cell(setting, j, i, out);
        }
        bool stays = behov_page_row_is_beneath(table, i + 1);
        behov_wording_add(out, stays ? " \\\\*\n" : " \\\\\n");
        if (behov_page_row_is_beneath(table, i) && i + 1 < table->n_rows &&
            !behov_page_row_begins_summary(table, i + 1))
            behov_wording_add(out, "\\addlinespace\n");
    }
}

static void put_caption(const behov_section *section, const char *anchor, behov_wording *out)
{
    static const char *const ends = ".?!:";
    behov_wording_add(out, "\\caption[");
    put_text(section->title, out);
    behov_wording_add(out, "]{");
    put_text(section->title, out);
    size_t length = strlen(section->title);
    if (section->subtitle && section->subtitle[0]) {
        behov_wording_add(out, length && strchr(ends, section->title[length - 1]) ? " " : ". ");
        put_text(section->subtitle, out);
    }
    behov_wording_print(out, "}\\label{tab:%s}", anchor);
}

static void put_float(const setting *setting, const char *anchor, behov_wording *out)
{
    const behov_section *section = setting->table.section;
    behov_wording_add(out, "\\begin{table}[!htbp]\n\\centering\n");
    put_caption(section, anchor, out);
    behov_wording_print(out, "\\par\\smallskip\n%s\\setlength{\\tabcolsep}{%dpt}%%\n\\begin{tabular}",
                        setting->size->command, setting->size->gap);
    put_column_letters(setting, out);
    put_header(setting, out);
    put_rows(setting, out);
    behov_wording_add(out, "\\bottomrule\n\\end{tabular}\n");
    if (section->n_notes)
        behov_wording_add(out, "\\par\\medskip\n\\begin{minipage}{\\linewidth}\\footnotesize\\raggedright\n");
    for (size_t i = 0; i < section->n_notes; i++) {
        put_text(section->notes[i], out);
        behov_wording_add(out, "\\par\n");
    }
    if (section->n_notes)
        behov_wording_add(out, "\\end{minipage}\n");
    behov_wording_add(out, "\\end{table}\n");
}

/* Notes are rows as wide as the text and centred on the table, whatever its width: as longtable sets its caption. */
static void put_long(const setting *setting, const char *anchor, behov_wording *out)
{
    const behov_section *section = setting->table.section;
    behov_wording_print(out,
                        "\\begingroup\n%s\\setlength{\\tabcolsep}{%dpt}\\setlength{\\LTcapwidth}{\\linewidth}%%\n"
                        "\\begin{longtable}",
                        setting->size->command, setting->size->gap);
    put_column_letters(setting, out);
    put_caption(section, anchor, out);
    behov_wording_add(out, " \\\\\n");
    put_header(setting, out);
    behov_wording_print(out,
                        "\\endfirsthead\n\\multicolumn{%zu}{@{}l}{\\footnotesize\\tablename~\\thetable, %s} \\\\\n",
                        setting->n_set, behov_label(setting->table.lang, BEHOV_WORD_TABLE_CONTINUED));
    put_header(setting, out);
    behov_wording_add(out, "\\endhead\n\\bottomrule\n\\endfoot\n\\bottomrule\n");
    for (size_t i = 0; i < section->n_notes; i++) {
        behov_wording_print(out,
                            "\\multicolumn{%zu}{@{}c@{}}{\\hbox to 0pt{\\hss\\parbox[t]{\\linewidth}"
                            "{\\footnotesize\\raggedright\\vspace{%s}",
                            setting->n_set, i ? "-2pt" : "2pt");
        put_text(section->notes[i], out);
        behov_wording_add(out, "}\\hss}} \\\\\n");
    }
    behov_wording_add(out, "\\endlastfoot\n");
    put_rows(setting, out);
    behov_wording_add(out, "\\end{longtable}\n\\endgroup\n");
}

static behov_status write_section(const behov_document *document, size_t index, behov_wording *out, behov_error *err)
{
    setting setting;
    behov_status status = plan(&document->sections[index], document->lang, &setting, err);
    if (!status) {
        char anchor[BEHOV_PAGE_ANCHOR_SIZE];
        behov_page_anchor(document->sections, index, anchor);
        behov_wording_add_letter(out, '\n');
        if (setting.is_too_wide)
            behov_wording_print(out, "%% %s\n", behov_label(document->lang, BEHOV_WORD_LATEX_TOO_WIDE));
        if (setting.size->is_landscape)
            behov_wording_add(out, "\\begin{landscape}\n");
        if (setting.is_long)
            put_long(&setting, anchor, out);
        else
            put_float(&setting, anchor, out);
        if (setting.size->is_landscape)
            behov_wording_add(out, "\\end{landscape}\n");
    }
    behov_page_table_free(&setting.table);
    return status;
}

static void put_comment(const char *text, behov_wording *out)
{
    behov_page_character next;
    if (!text || !text[0])
        return;
    behov_wording_add(out, "% ");
    while (behov_page_next(&text, &next))
        behov_wording_add_bytes(out, next.bytes, next.length);
    behov_wording_add_letter(out, '\n');
}

behov_status behov_latex_page(const behov_document *document, behov_wording *out, behov_error *err)
{
    bool has_long = false, has_landscape = false;
    for (size_t i = 0; i < document->n_sections; i++) {
        setting setting;
        behov_status status = plan(&document->sections[i], document->lang, &setting, err);
        has_long = has_long || setting.is_long;
        has_landscape = has_landscape || setting.size->is_landscape;
        behov_page_table_free(&setting.table);
        if (status)
            return status;
    }
    char day[16];
    behov_page_date(document->properties->created, day);
    put_comment(document->properties->title, out);
    put_comment(document->properties->subject, out);
    put_comment(document->properties->comments, out);
    put_comment(day, out);
    behov_wording_add(out, "%\n");
    put_comment(behov_label(document->lang, BEHOV_WORD_LATEX_MADE_FOR), out);
    behov_wording_add(out, "%   \\usepackage[utf8]{inputenc} % pdflatex\n%   \\usepackage[T1]{fontenc} % pdflatex\n%   "
                           "\\usepackage{lmodern}\n"
                           "%   \\usepackage{textcomp}\n%   \\usepackage{array}\n%   \\usepackage{booktabs}\n");
    if (has_long)
        behov_wording_add(out, "%   \\usepackage{longtable}\n");
    if (has_landscape)
        behov_wording_add(out, "%   \\usepackage{pdflscape}\n");
    put_comment(behov_label(document->lang, BEHOV_WORD_LATEX_TEXT_WIDTH), out);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < document->n_sections && !status; i++)
        status = write_section(document, i, out, err);
    return status;
}
