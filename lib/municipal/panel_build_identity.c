/* panel_build_identity.c - whether a file is what its source says: the table by its number, and the word that its figures are
 * called by. */
#include <behov/phrase.h>
#include <string.h>

#include "panel_build_column.h"

enum { TABLE_DIGITS = 5 };

/* "12362: ...", "Tabell 12362: ...": the digits of a table's number at the beginning of a title; NULL = none. */
static const char *number_of_title(const char *title)
{
    static const char *const words[] = {"Tabell ", "Table ", "Tabell: ", "Table: "};
    title += strspn(title, " \"");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(title, words[i], strlen(words[i])) == 0)
            title += strlen(words[i]);
    return strspn(title, "0123456789") == TABLE_DIGITS && title[TABLE_DIGITS] == ':' ? title : NULL;
}

static bool is_table_number(const char *text)
{
    return strspn(text, "0123456789") == TABLE_DIGITS && !text[TABLE_DIGITS];
}

behov_status build_check_table(const behov_recipe_source *source, const char *file, const char *title,
                               const char *table_id, behov_error *err)
{
    if (!source->table || !is_table_number(source->table))
        return BEHOV_OK;
    const char *of_title = title ? number_of_title(title) : NULL;
    char number[TABLE_DIGITS + 1] = "";
    if (table_id && is_table_number(table_id))
        memcpy(number, table_id, TABLE_DIGITS);
    else if (of_title)
        memcpy(number, of_title, TABLE_DIGITS);
    if (!number[0] || strcmp(number, source->table) == 0)
        number[0] = '\0';
    if (!number[0] && of_title && strncmp(of_title, source->table, TABLE_DIGITS) != 0)
        memcpy(number, of_title, TABLE_DIGITS);
    return number[0] ? behov_error_say(err, BEHOV_E_DATA, file, SAY_BUILD_OTHER_TABLE, number,
                                       behov_cut(title ? title : "", 120).text, source->name, source->table,
                                       behov_cut(source->place ? source->place : "", 200).text)
                     : BEHOV_OK;
}

/* Whether a text has a word in it, whatever the case of its letters (of ASCII). */
static bool has_word(const char *text, const char *word)
{
    for (; text && *text; text++) {
        size_t n = 0;
        while (word[n] && ((text[n] | 0x20) == (word[n] | 0x20)))
            n++;
        if (!word[n])
            return true;
    }
    return false;
}

bool build_says(const build_file *file, const char *title, const char *word)
{
    bool is_there = has_word(title, word);
    for (size_t d = 0; d < file->n_dimensions && !is_there; d++) {
        const build_dimension *dimension = &file->dimensions[d];
        bool is_measure = (ptrdiff_t)d == file->measure;
        for (size_t level = 0; level < dimension->n_levels && !is_there; level++)
            is_there =
                (!is_measure || file->takes_measure[level]) && (has_word(build_level_text(dimension, level), word) ||
                                                                has_word(build_level_label(dimension, level), word));
    }
    return is_there;
}
