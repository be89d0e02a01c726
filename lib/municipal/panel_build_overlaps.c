/* panel_build_overlaps.c - whether parts of a sum overlap: 16-18 beside 17, or "16 år og over" beside 16, counts persons twice.
 * Looked for when all files are there, for groups may stand in one file and single years in another; and by municipality
 * and year, for a table may have groups in one year and single years in the next. */
#include <string.h>

#include "panel_build_parts.h"

/* The lines of a part's name are its signature and its levels. */
static const char *next_line(const char *text)
{
    const char *end = strchr(text, '\n');
    return end ? end + 1 : text + strlen(text);
}

static bool is_same_line(const char *a, const char *b)
{
    size_t n = strcspn(a, "\n");
    return n == strcspn(b, "\n") && memcmp(a, b, n) == 0;
}

static bool parts_overlap(const build_column *state, size_t first, size_t second)
{
    if (state->part_signatures[first] != state->part_signatures[second])
        return false;
    const char *a = next_line(behov_dictionary_text(state->part_names, (int32_t)first)),
               *b = next_line(behov_dictionary_text(state->part_names, (int32_t)second));
    const build_part_level *levels_a = state->part_levels[first], *levels_b = state->part_levels[second];
    for (size_t d = 0; *a && *b; d++, a = next_line(a), b = next_line(b))
        if (!is_same_line(a, b) && !(levels_a[d].is_numbered && levels_b[d].is_numbered &&
                                     age_spans_overlap(levels_a[d].span, levels_b[d].span)))
            return false;
    return true;
}

/* The first place and year that has both, as a bit of `seen`; false when none has. */
static bool find_common(const build_column *state, size_t first, size_t second, size_t *bit)
{
    size_t n = state->seen_size[first] < state->seen_size[second] ? state->seen_size[first] : state->seen_size[second];
    for (size_t byte = 0; byte < n; byte++) {
        unsigned char both = (unsigned char)(state->seen[first][byte] & state->seen[second][byte]);
        for (size_t k = 0; both && k < 8; k++)
            if (both & (1u << k)) {
                *bit = 8 * byte + k;
                return true;
            }
    }
    return false;
}

/* The levels of a part, separated by commas. */
static behov_excerpt shown_part(const build_column *state, size_t part)
{
    char text[200];
    const char *levels = next_line(behov_dictionary_text(state->part_names, (int32_t)part));
    size_t n = 0;
    for (; *levels && n + 3 < sizeof text; levels++)
        if (*levels != '\n')
            text[n++] = *levels;
        else if (levels[1]) {
            text[n++] = ',';
            text[n++] = ' ';
        }
    text[n] = '\0';
    return behov_cut(text, 80);
}

behov_status build_check_overlaps(const behov_panel_builder *builder, size_t column, behov_error *err)
{
    const build_column *state = &builder->columns[column];
    for (size_t first = 0; first < state->n_parts; first++)
        for (size_t second = first + 1; second < state->n_parts; second++) {
            size_t bit;
            if (!parts_overlap(state, first, second) || !find_common(state, first, second, &bit))
                continue;
            char place[300];
            size_t year = bit % builder->n_years;
            build_place_name(builder, bit / builder->n_years, year, place);
            const build_cell *cell = build_cell_at(builder, bit / builder->n_years, year, column);
            return behov_error_say(err, BEHOV_E_DATA, builder->files[cell->file - 1].name, SAY_BUILD_OVERLAP,
                                   state->column->name, behov_cut(place, 100).text, builder->first_year + (int)year,
                                   shown_part(state, first).text, shown_part(state, second).text);
        }
    return BEHOV_OK;
}
