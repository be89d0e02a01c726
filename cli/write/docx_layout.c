/* docx_layout.c - see docx_layout.h.
 *
 * Nothing is cut: where a page across has no room for all columns in the smallest type, the table is divided, and each
 * piece has the columns that say which row it is. A reader without Calibri sees another font: in the larger sizes figures
 * have room for letters a tenth wider, as Arial's are (digits of 0.556 of the size against 0.507), and Word widens a
 * column whose longest word has none. */
#include "docx_layout.h"

#include <stdlib.h>
#include <string.h>

#include "docx_font.h"

enum { MOST_COLUMNS = 60 }; /* Word has no more than 63 */

static const double spare_room = 0.25; /* beside a text, of the size of the type */
static const double wider_font = 1.1;  /* of figures, in the larger sizes */

const docx_size docx_sizes[DOCX_N_SIZES] = {{18, 80, ""}, {16, 70, " 8"}, {14, 55, " 7"}, {12, 40, " 6"}};

/* What is tried, best first. A text of more characters than `widest_line` is broken. */
typedef struct attempt {
    size_t size;
    bool is_across;
    size_t widest_line;
    size_t header_lines; /* at most, unless one word needs more */
} attempt;

static const attempt attempts[] = {{0, false, 45, 1}, {0, false, 45, 2}, {0, false, 45, 3}, {1, false, 45, 3},
                                   {1, false, 26, 3}, {2, false, 26, 3}, {0, true, 45, 2},  {0, true, 45, 3},
                                   {1, true, 45, 3},  {1, true, 26, 3},  {2, true, 26, 3},  {3, true, 22, 3}};
enum { N_ATTEMPTS = sizeof attempts / sizeof *attempts };

/* What a column asks for. */
typedef struct need {
    double least, natural;
} need;

static double text_width(const char *text, int half_points, bool is_bold)
{
    return docx_font_width(text, half_points / 2.0 * DOCX_POINT, is_bold);
}

long docx_star_width(int half_points)
{
    return (long)(text_width("*", half_points, false) + 0.5);
}

/* The next word of a text, ended by zero in `word`; false at the end. */
static bool next_word(const char **text, behov_wording *word)
{
    *text += strspn(*text, " ");
    size_t length = strcspn(*text, " ");
    behov_wording_clear(word);
    behov_wording_add_bytes(word, *text, length);
    *text += length;
    return length > 0;
}

static double longest_word(const char *text, int half_points, bool is_bold, behov_wording *word)
{
    double widest = 0;
    while (next_word(&text, word)) {
        double width = text_width(behov_wording_text(word), half_points, is_bold);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Lines of a heading that is broken at spaces. */
static size_t count_lines(const char *text, double width, int half_points, behov_wording *word)
{
    size_t n = 0;
    double used = width, blank = text_width(" ", half_points, true);
    while (next_word(&text, word)) {
        double letters = text_width(behov_wording_text(word), half_points, true);
        if (used + blank + letters > width || n == 0) {
            n++;
            used = letters;
        } else {
            used += blank + letters;
        }
    }
    return n;
}

static double header_width(const char *header, double least, const attempt *tried, behov_wording *word)
{
    int half_points = docx_sizes[tried->size].half_points;
    double width = longest_word(header, half_points, true, word);
    width = width > least ? width : least;
    while (count_lines(header, width, half_points, word) > tried->header_lines)
        width += DOCX_POINT * half_points / 4.0;
    return width;
}

static void find_rooms(docx_layout *layout, size_t index, int half_points)
{
    docx_column *column = &layout->columns[index];
    size_t most_stars = 0;
    bool has_brackets = false;
    for (size_t i = 0; i < layout->table.n_rows; i++) {
        size_t n_stars = strlen(behov_page_stars(&layout->table, index, i));
        most_stars = n_stars > most_stars ? n_stars : most_stars;
        has_brackets = has_brackets || behov_page_is_beneath(&layout->table, index, i);
    }
    column->star_room = (long)most_stars * docx_star_width(half_points);
    column->bracket_room = has_brackets ? (long)(text_width(")", half_points, false) + 0.5) : 0;
}

static need find_need(docx_layout *layout, size_t index, const attempt *tried, behov_wording *word)
{
    const behov_page_table *table = &layout->table;
    const behov_page_column *column = &table->columns[index];
    int half_points = docx_sizes[tried->size].half_points;
    bool is_broken = column->is_text && column->width > tried->widest_line;
    double widest = 0, widest_word = 0, letters = 0, share = column->is_text || tried->size > 1 ? 1 : wider_font;
    char text[BEHOV_NUMBER_SIZE];
    find_rooms(layout, index, half_points);
    for (size_t i = 0; i < table->n_rows; i++) {
        const char *shown_text = behov_page_cell(table, index, i, text);
        bool is_strong = behov_page_is_strong(table, index, i);
        double width = text_width(shown_text, half_points, is_strong) * share;
        if (is_broken) {
            double word_width = longest_word(shown_text, half_points, is_strong, word);
            widest_word = word_width > widest_word ? word_width : widest_word;
        }
        widest = width > widest ? width : widest;
    }
    double room = (double)(layout->columns[index].star_room + layout->columns[index].bracket_room);
    double margins = 2 * docx_sizes[tried->size].cell_margin + spare_room * half_points / 2.0 * DOCX_POINT;
    if (!is_broken) {
        double header = header_width(column->header, widest, tried, word);
        return (need){header + room + margins, header + room + margins};
    }
    letters = text_width("n", half_points, false) * (double)tried->widest_line;
    double least = widest_word > letters ? widest_word : letters, most_of_page = DOCX_TEXT_UPRIGHT / 2.0;
    least = least > most_of_page ? most_of_page : least; /* a word longer than that is broken within */
    least = header_width(column->header, least, tried, word);
    return (need){least + margins, (widest > least ? widest : least) + margins};
}

/* Columns that are broken share what the page has left, each up to its longest text. */
static void share_room(docx_layout *layout, const need *needs, double page)
{
    double least = 0, wished = 0;
    for (size_t j = 0; j < layout->table.n_columns; j++) {
        least += needs[j].least;
        wished += needs[j].natural - needs[j].least;
    }
    double spare = page - least, share = spare <= 0 || wished <= 0 ? 0 : spare >= wished ? 1 : spare / wished;
    for (size_t j = 0; j < layout->table.n_columns; j++)
        layout->columns[j].width = (long)(needs[j].least + share * (needs[j].natural - needs[j].least) + 0.999);
}

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

static size_t count_row_headers(const behov_page_table *table)
{
    size_t n = 0;
    while (n < table->n_columns && table->columns[n].is_row_header)
        n++;
    return n == table->n_columns ? 0 : n;
}

/* Fills one piece with the row's names and as many columns from `first` as there is room for; where it ended. */
static size_t fill_piece(const docx_layout *layout, size_t n_names, size_t first, long page, size_t *positions,
                         docx_piece *piece)
{
    *piece = (docx_piece){.columns = positions};
    for (size_t j = 0; j < n_names; j++) {
        positions[piece->n_columns++] = j;
        piece->width += layout->columns[j].width;
    }
    size_t cursor = first;
    while (cursor < layout->table.n_columns &&
           (cursor == first ||
            (piece->width + layout->columns[cursor].width <= page && piece->n_columns < MOST_COLUMNS))) {
        piece->width += layout->columns[cursor].width;
        positions[piece->n_columns++] = cursor++;
    }
    return cursor;
}

static behov_status divide(docx_layout *layout, long page, behov_error *err)
{
    size_t n_columns = layout->table.n_columns, n_names = count_row_headers(&layout->table);
    size_t most_pieces = n_columns - n_names;
    layout->pieces = calloc(most_pieces, sizeof *layout->pieces);
    layout->positions = calloc(most_pieces * (n_names + 1) + n_columns, sizeof *layout->positions);
    if (!layout->pieces || !layout->positions)
        return behov_error_say(err, BEHOV_E_MEMORY, layout->table.section->name, SAY_PAGE_NO_MEMORY_TABLE);
    size_t *positions = layout->positions;
    for (size_t first = n_names; first < n_columns;) {
        docx_piece *piece = &layout->pieces[layout->n_pieces++];
        first = fill_piece(layout, n_names, first, page, positions, piece);
        positions += piece->n_columns;
    }
    return BEHOV_OK;
}

behov_status docx_layout_new(const behov_section *section, behov_language lang, docx_layout *layout, behov_error *err)
{
    *layout = (docx_layout){0};
    behov_status status = behov_page_table_new(section, lang, &layout->table, err);
    if (status)
        return status;
    size_t n_columns = layout->table.n_columns;
    layout->columns = calloc(n_columns, sizeof *layout->columns);
    need *needs = calloc(n_columns, sizeof *needs);
    behov_wording word = {0};
    if (!layout->columns || !needs) {
        free(needs);
        return behov_error_say(err, BEHOV_E_MEMORY, section->name, SAY_PAGE_NO_MEMORY_TABLE);
    }
    long page = DOCX_TEXT_UPRIGHT;
    bool fits = false;
    for (size_t i = 0; i < N_ATTEMPTS && !fits; i++) {
        /* Where the section may be turned, that is better than small letters. */
        if (section->landscape && !attempts[i].is_across && attempts[i].size > 1)
            continue;
        double width = 0;
        for (size_t j = 0; j < n_columns; j++) {
            needs[j] = find_need(layout, j, &attempts[i], &word);
            width += needs[j].least;
        }
        layout->size = attempts[i].size;
        layout->is_across = attempts[i].is_across;
        page = layout->is_across ? DOCX_TEXT_ACROSS : DOCX_TEXT_UPRIGHT;
        fits = width + (double)n_columns <= (double)page && n_columns <= MOST_COLUMNS;
    }
    share_room(layout, needs, (double)page - (double)n_columns);
    free(needs);
    status = behov_wording_status(&word, err);
    behov_wording_free(&word);
    return status ? status : divide(layout, page, err);
}

void docx_layout_free(docx_layout *layout)
{
    behov_page_table_free(&layout->table);
    free(layout->columns);
    free(layout->pieces);
    free(layout->positions);
    *layout = (docx_layout){0};
}
