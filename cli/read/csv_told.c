/* csv_told.c - sentences about what was guessed and what was passed over. */
#include "csv_told.h"

#include <stdarg.h>
#include <string.h>

#include "letters.h"

enum { MOST_NAMES = 6 }; /* listed in one message */

static void notify(const csv_told *csv_told, behov_word word, const char *format, ...) BEHOV_PRINTF(3, 4);

static void notify(const csv_told *csv_told, behov_word word, const char *format, ...)
{
    if (!csv_told->options->notice)
        return;
    behov_error message;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&message, BEHOV_OK, "", word, format, arguments);
    va_end(arguments);
    behov_said whole, sentence = behov_error_phrase(&message), sheet = text_source_sheet(csv_told->source);
    behov_phrase_list(&whole, text_source_name(csv_told->source), sheet.text, ": ", sentence.text, NULL);
    csv_told->options->notice(csv_told->options->context, whole.text);
}

const char *csv_separator_word(char separator)
{
    return separator == '\t' ? PHRASE_CSV_TOLD_TAB : separator == ';' ? "';'" : "','";
}

void csv_told_unreadable(const csv_told *csv_told, size_t n, const char *list)
{
    const char *rest = n > CSV_TOLD_CELLS ? "; \u2026" : "";
    if (n == 1)
        notify(csv_told, SAY_CSV_UNREADABLE_ONE, n, list, rest);
    else if (n)
        notify(csv_told, SAY_CSV_UNREADABLE_MORE, n, list, rest);
}

void csv_told_labels(const csv_told *csv_told, const char *list, const char *rest)
{
    notify(csv_told, SAY_COLUMN_LABELS_KNOWN, list, rest);
}

/* Cells of a sheet: it has rows where a text has lines. */
static bool is_sheet(const csv_told *csv_told)
{
    return csv_told->layout->separator == 0;
}

static behov_said place(const csv_told *csv_told, size_t line)
{
    return text_source_place(csv_told->source, line);
}

void csv_told_layout(const csv_told *csv_told)
{
    if (csv_told->layout->n_title_lines) {
        char shown_text[64];
        behov_letters_show_cell(csv_told->layout->title, csv_told->layout->title_length, shown_text);
        if (is_sheet(csv_told))
            notify(csv_told, SAY_SHEET_TITLE_ROWS, csv_told->layout->n_title_lines, shown_text);
        else if (csv_told->layout->n_title_lines == 1)
            notify(csv_told, SAY_CSV_TOLD_TITLE_LINE, csv_told->layout->n_title_lines, shown_text);
        else
            notify(csv_told, SAY_CSV_TOLD_TITLE_LINES, csv_told->layout->n_title_lines, shown_text);
    }
    if (csv_told->layout->likely_line)
        notify(csv_told, SAY_CSV_TOLD_LIKELY_HEADER, place(csv_told, csv_told->layout->header_line).text,
               place(csv_told, csv_told->layout->likely_line).text);
}

/* What stands below the table is said with its first line: it may be a row that somebody misses. */
static void print_notes_notes(const csv_told *csv_told)
{
    const csv_notes *notes = csv_told->notes;
    if (!notes->n_notes)
        return;
    char shown_text[64];
    behov_letters_show_cell(notes->texts + notes->notes[0].first, notes->notes[0].length, shown_text);
    if (is_sheet(csv_told))
        notify(csv_told, SAY_SHEET_NOTE_ROWS, notes->n_notes, notes->notes[0].line, shown_text);
    else if (notes->n_notes == 1)
        notify(csv_told, SAY_CSV_TOLD_NOTE_LINE, notes->n_notes, notes->notes[0].line, shown_text);
    else
        notify(csv_told, SAY_CSV_TOLD_NOTE_LINES, notes->n_notes, notes->notes[0].line, shown_text);
}

/* Joins what was said so far and the next piece with a separator between. */
static void join(behov_said *said, const char *between, const char *piece)
{
    behov_said before = *said;
    behov_phrase_list(said, before.text, before.text[0] ? between : "", piece, NULL);
}

typedef bool column_question(const csv_told *told_csv_told, const csv_column *column);

static bool has_guessed_comma(const csv_told *csv_told, const csv_column *column)
{
    return !csv_told->options->decimal_mark && column->role == CSV_NUMBER && column->decimal_mark == ',';
}

static bool has_guessed_point(const csv_told *csv_told, const csv_column *column)
{
    return !csv_told->options->decimal_mark && column->role == CSV_NUMBER && column->decimal_mark == '.';
}

static bool has_thousands(const csv_told *csv_told, const csv_column *column)
{
    (void)csv_told;
    return column->role == CSV_NUMBER && column->thousands_mark;
}

/* Counts the columns for which the answer is yes and lists the first of them: "a, b and 3 more". */
static size_t list_columns(const csv_told *csv_told, column_question *question, behov_said *list)
{
    size_t n = 0;
    *list = (behov_said){.text = ""};
    for (size_t j = 0; j < csv_told->n_columns; j++) {
        if (!question(csv_told, &csv_told->columns[j]))
            continue;
        if (n++ < MOST_NAMES) {
            char shown_text[64];
            behov_letters_show_cell(csv_told->columns[j].name, strlen(csv_told->columns[j].name), shown_text);
            join(list, ", ", shown_text);
        }
    }
    if (n > MOST_NAMES)
        join(list, "", behov_phrase(SAY_NAMES_MORE, n - MOST_NAMES).text);
    return n;
}

/* One line with everything that was guessed and is not the plain case: comma, decimal point, UTF-8. */
static void print_notes_guesses(const csv_told *csv_told)
{
    if (csv_told->options->is_beside)
        return;
    behov_said guesses = {.text = ""}, options = guesses, list;
    if (!is_sheet(csv_told) && csv_told->layout->separator != ',' && !csv_told->options->separator &&
        csv_told->layout->n_fields > 1) {
        join(&guesses, ", ",
             behov_phrase(SAY_CSV_TOLD_SEPARATOR, csv_separator_word(csv_told->layout->separator),
                          csv_told->layout->is_from_sep_line ? PHRASE_CSV_TOLD_SEP_LINE : "")
                 .text);
        join(&options, ", ", "--separator");
    }
    size_t n_point = list_columns(csv_told, has_guessed_point, &list);
    if (list_columns(csv_told, has_guessed_comma, &list)) {
        join(&guesses, ", ",
             n_point ? behov_phrase(SAY_CSV_TOLD_COMMA_IN, list.text).text : PHRASE_CSV_TOLD_COMMA_IN_ALL);
        join(&options, ", ", "--decimal");
    }
    bool is_guess;
    const char *encoding = is_sheet(csv_told) ? "UTF-8" : text_source_encoding(csv_told->source, &is_guess);
    if (!csv_told->options->encoding && strcmp(encoding, "UTF-8") != 0) {
        join(&guesses, ", ", encoding);
        join(&options, ", ", "--encoding");
    }
    if (guesses.text[0]) {
        if (strchr(options.text, ','))
            notify(csv_told, SAY_CSV_TOLD_GUESSES, guesses.text, options.text);
        else
            notify(csv_told, SAY_CSV_TOLD_GUESS, guesses.text, options.text);
    }
}

static void print_notes_thousands(const csv_told *csv_told)
{
    behov_said list;
    const csv_column *first = NULL;
    for (size_t j = 0; j < csv_told->n_columns && !first; j++)
        if (has_thousands(csv_told, &csv_told->columns[j]))
            first = &csv_told->columns[j];
    if (!first)
        return;
    list_columns(csv_told, has_thousands, &list);
    char plain[BEHOV_NUMBER_SIZE] = "";
    if (!number_marks_strip(first->shown_text, strlen(first->shown_text), first->thousands_mark, plain))
        plain[0] = '\0';
    notify(csv_told, SAY_CSV_TOLD_THOUSANDS, list.text, first->shown_text, plain,
           first->has_late_thousands && !csv_told->options->decimal_mark ? PHRASE_CSV_TOLD_AS_OTHERS_TELL : "");
}

void csv_told_guesses(const csv_told *csv_told)
{
    print_notes_guesses(csv_told);
    print_notes_thousands(csv_told);
}

/* Columns without a name: with figures or words in them each is reported, for one of them may be wanted. */
static void print_notes_nameless(const csv_told *csv_told)
{
    size_t n_empty = 0, n_told = 0;
    for (size_t j = 0; j < csv_told->n_columns; j++) {
        const csv_column *column = &csv_told->columns[j];
        n_empty += !column->name[0] && !column->first_line;
        if (column->name[0] || !column->first_line || n_told++ >= MOST_NAMES)
            continue;
        notify(csv_told, SAY_CSV_TOLD_NAMELESS, j + 1, place(csv_told, column->first_line).text, column->first_shown);
    }
    if (n_told == MOST_NAMES + 1)
        notify(csv_told, SAY_CSV_TOLD_MORE_NAMELESS_ONE, n_told - MOST_NAMES);
    else if (n_told > MOST_NAMES)
        notify(csv_told, SAY_CSV_TOLD_MORE_NAMELESS, n_told - MOST_NAMES);
    if (n_empty) {
        if (n_empty == 1)
            notify(csv_told, SAY_CSV_TOLD_EMPTY_COLUMN, n_empty);
        else
            notify(csv_told, SAY_CSV_TOLD_EMPTY_COLUMNS, n_empty);
    }
}

void csv_told_rest(const csv_told *csv_told)
{
    for (size_t j = 0; j < csv_told->n_columns; j++) {
        const csv_column *column = &csv_told->columns[j];
        if (column->why_text)
            notify(csv_told, SAY_CSV_TOLD_READ_AS_TEXT, behov_cut(column->name, 80).text, column->why_text);
        if (column->mended)
            notify(csv_told, SAY_MESSAGE_OF_PLACE, behov_cut(column->name, 80).text, column->mended);
        if (column->name[0] && column->first_line)
            notify(csv_told, SAY_CSV_TOLD_KEY_IS_NUMBER, behov_cut(column->name, 80).text, column->first_shown,
                   place(csv_told, column->first_line).text);
    }
    print_notes_nameless(csv_told);
    if (csv_told->n_broken) {
        if (csv_told->n_broken == 1)
            notify(csv_told, SAY_CSV_TOLD_BROKEN_FIELD, csv_told->n_broken, csv_told->first_broken_line,
                   csv_told->last_broken_line);
        else
            notify(csv_told, SAY_CSV_TOLD_BROKEN_FIELDS, csv_told->n_broken, csv_told->first_broken_line,
                   csv_told->last_broken_line);
    }
    if (csv_told->n_empty_rows) {
        if (is_sheet(csv_told))
            notify(csv_told, SAY_SHEET_BLANK_ROWS, csv_told->n_empty_rows);
        else if (csv_told->n_empty_rows == 1)
            notify(csv_told, SAY_CSV_TOLD_BLANK_LINE, csv_told->n_empty_rows);
        else
            notify(csv_told, SAY_CSV_TOLD_BLANK_LINES, csv_told->n_empty_rows);
    }
    print_notes_notes(csv_told);
}
