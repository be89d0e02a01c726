/* borders.c - reads a file of borders, and puts rings together of its arcs. See borders.h.
 *
 * At each of its nodes as many arcs of a municipality end as begin, once all go with it to their left, for the areas tile
 * the plane; so a walk from node to node always comes back (Euler), whichever arc it takes where there are several. */
#include <behov/borders.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "borders_parts.h"
#include <behov/word.h>

/* Steps and coordinates beyond it are none: Norway is 18 000 high. */
enum { LARGEST = 1000000, DIGITS = 32, FIRST_DIGIT = '0', CODE_LENGTH = 4 };

typedef struct reading {
    const char *cursor, *end; /* of the line that is read */
    size_t line;
    const behov_border_text *text;
    behov_borders *out;
    behov_error *err;
} reading;

behov_status borders_out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BORDERS_NO_MEMORY);
}

void behov_borders_free(behov_borders *borders)
{
    free(borders->codes);
    free(borders->names);
    free(borders->points);
    free(borders->arcs);
    free(borders->steps);
    free(borders->rings);
    *borders = (behov_borders){0};
}

static behov_status wrong_line(const reading *reading)
{
    return behov_error_say(reading->err, BEHOV_E_DATA, reading->text->source, SAY_BORDERS_LINE,
                           (unsigned long)reading->line);
}

/* ---- words of a line --------------------------------------------------------------------------------------------- */

static bool take_blank(reading *reading)
{
    bool is_there = reading->cursor < reading->end && *reading->cursor == ' ';
    reading->cursor += is_there;
    return is_there;
}

static bool take_word(reading *reading, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(reading->end - reading->cursor) < n || memcmp(reading->cursor, word, n) != 0)
        return false;
    reading->cursor += n;
    return true;
}

static bool take_number(reading *reading, int *out)
{
    bool is_negative = take_word(reading, "-");
    const char *start = reading->cursor;
    int number = 0;
    for (; reading->cursor < reading->end && *reading->cursor >= '0' && *reading->cursor <= '9' && number < LARGEST;
         reading->cursor++)
        number = 10 * number + (*reading->cursor - '0');
    *out = is_negative ? -number : number;
    return reading->cursor > start && number < LARGEST;
}

static bool take_code(reading *reading, char out[CODE_LENGTH + 1])
{
    if (reading->end - reading->cursor < CODE_LENGTH)
        return false;
    for (size_t i = 0; i < CODE_LENGTH; i++, reading->cursor++) {
        if (*reading->cursor < '0' || *reading->cursor > '9')
            return false;
        out[i] = *reading->cursor;
    }
    out[CODE_LENGTH] = '\0';
    return true;
}

/* A number >= 0 in base 32, its least digit first; all but the last are 32 higher. */
static bool take_digits(reading *reading, int *out)
{
    int factor = 1, number = 0;
    while (reading->cursor < reading->end) {
        int digit = *reading->cursor++ - FIRST_DIGIT;
        if (digit < 0 || digit >= 2 * DIGITS)
            return false;
        number += factor * (digit % DIGITS);
        if (digit < DIGITS) {
            *out = number;
            return true;
        }
        if ((factor *= DIGITS) > LARGEST)
            return false;
    }
    return false;
}

static int signed_number(int number)
{
    return number % 2 ? -(number + 1) / 2 : number / 2;
}

/* "-" is no municipality. */
static bool take_side(reading *reading, int *out)
{
    *out = BEHOV_NO_PLACE;
    if (reading->end - reading->cursor >= 2 && reading->cursor[0] == '-' && reading->cursor[1] == ' ')
        return reading->cursor++, true;
    return take_number(reading, out) && *out >= 0 && (size_t)*out < reading->out->n;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static bool take_head(reading *reading)
{
    return take_word(reading, "behov-borders 1 ") && take_number(reading, &reading->out->file_year) &&
           reading->out->file_year > 0;
}

static bool take_whole(reading *reading)
{
    behov_borders *out = reading->out;
    if (out->n_wholes == BEHOV_BORDER_WHOLES)
        return false;
    behov_border_whole *whole = &out->wholes[out->n_wholes++];
    return take_code(reading, whole->old_code) && take_blank(reading) && take_code(reading, whole->new_code);
}

static bool take_codes(reading *reading)
{
    behov_borders *out = reading->out;
    while (reading->cursor < reading->end) {
        if (!take_blank(reading) || !take_code(reading, out->codes[out->n]))
            return false;
        if (out->n && strcmp(out->codes[out->n - 1], out->codes[out->n]) >= 0)
            return false;
        out->n++;
    }
    return out->n > 0;
}

static bool take_point(reading *reading, behov_border_point *point)
{
    int east, north;
    if (!take_digits(reading, &east) || !take_digits(reading, &north))
        return false;
    point[0] = (behov_border_point){point[-1].x + signed_number(east / 2), point[-1].y + signed_number(north),
                                    .is_coarse = east % 2};
    return abs(point->x) < LARGEST && abs(point->y) < LARGEST;
}

static bool take_arc(reading *reading)
{
    behov_borders *out = reading->out;
    behov_border_arc *arc = &out->arcs[out->n_arcs];
    behov_border_point *first = &out->points[out->n_points];
    *arc = (behov_border_arc){.first_point = out->n_points};
    if (!take_side(reading, &arc->left) || !take_blank(reading) || !take_side(reading, &arc->right) ||
        arc->left == arc->right || !take_blank(reading) || !take_number(reading, &first->x) || !take_blank(reading) ||
        !take_number(reading, &first->y) || !take_blank(reading))
        return false;
    first->is_coarse = true;
    for (arc->n_points = 1; reading->cursor < reading->end; arc->n_points++)
        if (!take_point(reading, &first[arc->n_points]))
            return false;
    out->points[out->n_points + arc->n_points - 1].is_coarse = true;
    out->n_points += arc->n_points;
    out->n_arcs++;
    return arc->n_points > 1;
}

static bool take_line(reading *reading)
{
    if (reading->line == 1)
        return take_head(reading);
    if (take_word(reading, "whole "))
        return !reading->out->n && take_whole(reading);
    if (take_word(reading, "codes"))
        return !reading->out->n && take_codes(reading);
    return reading->out->n && take_arc(reading);
}

static behov_status read_lines(const behov_border_text *text, behov_borders *out, behov_error *err)
{
    reading reading = {.text = text, .out = out, .err = err};
    const char *cursor = text->text, *end = text->text + text->n_bytes;
    while (cursor < end) {
        const char *line_end = memchr(cursor, '\n', (size_t)(end - cursor));
        reading.line++;
        reading.cursor = cursor;
        reading.end = line_end ? line_end : end;
        if (!take_line(&reading) || reading.cursor != reading.end)
            return wrong_line(&reading);
        cursor = reading.end + (line_end != NULL);
    }
    return out->n_arcs ? BEHOV_OK : wrong_line(&reading);
}

/* ---- rings ------------------------------------------------------------------------------------------------------- */

static const behov_border_point *end_point(const behov_borders *borders, behov_border_step step, bool is_last)
{
    const behov_border_arc *arc = &borders->arcs[step.arc];
    return &borders->points[arc->first_point + (is_last != step.is_backward ? arc->n_points - 1 : 0)];
}

static bool meets(const behov_borders *borders, behov_border_step before, behov_border_step after)
{
    const behov_border_point *end = end_point(borders, before, true), *start = end_point(borders, after, false);
    return end->x == start->x && end->y == start->y;
}

/* The steps of one municipality, [first, n) of borders->steps, into the order of rings. */
static behov_status chain(behov_borders *borders, size_t place, size_t first, behov_error *err)
{
    size_t start = first;
    for (size_t i = first; i < borders->n_steps; i++) {
        size_t next = i + 1;
        if (meets(borders, borders->steps[i], borders->steps[start])) {
            borders->rings[borders->n_rings++] = (behov_border_ring){place, start, next - start};
            start = next;
            continue;
        }
        while (next < borders->n_steps && !meets(borders, borders->steps[i], borders->steps[next]))
            next++;
        if (next == borders->n_steps)
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_BORDERS_OPEN_RING, borders->codes[place]);
        behov_border_step other = borders->steps[i + 1];
        borders->steps[i + 1] = borders->steps[next];
        borders->steps[next] = other;
    }
    return BEHOV_OK;
}

behov_status borders_put_rings_together(behov_borders *borders, behov_error *err)
{
    free(borders->steps);
    free(borders->rings);
    borders->n_steps = borders->n_rings = 0;
    borders->steps = calloc(2 * borders->n_arcs + 1, sizeof *borders->steps);
    borders->rings = calloc(2 * borders->n_arcs + 1, sizeof *borders->rings);
    if (!borders->steps || !borders->rings)
        return borders_out_of_memory(err);
    for (size_t place = 0; place < borders->n; place++) {
        size_t first = borders->n_steps;
        for (size_t k = 0; k < borders->n_arcs; k++) {
            const behov_border_arc *arc = &borders->arcs[k];
            if (arc->left == (int)place || arc->right == (int)place)
                borders->steps[borders->n_steps++] = (behov_border_step){k, arc->right == (int)place};
        }
        behov_status status = chain(borders, place, first, err);
        if (status)
            return status;
        if (borders->n_steps == first)
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_BORDERS_OPEN_RING, borders->codes[place]);
    }
    return BEHOV_OK;
}

static size_t count_lines(behov_border_text text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n_bytes; i++)
        n += text.text[i] == '\n';
    return n;
}

behov_status behov_borders_read(behov_border_text text, behov_borders *borders, behov_error *err)
{
    /* A point has two bytes at least, as a code has five. */
    *borders = (behov_borders){.codes = calloc(text.n_bytes / (CODE_LENGTH + 1) + 2, sizeof *borders->codes),
                               .points = calloc(text.n_bytes + 2, sizeof *borders->points),
                               .arcs = calloc(count_lines(text) + 1, sizeof *borders->arcs)};
    if (!borders->codes || !borders->points || !borders->arcs)
        return borders_out_of_memory(err);
    behov_status status = read_lines(&text, borders, err);
    borders->year = borders->file_year;
    return status ? status : borders_put_rings_together(borders, err);
}

/* ---- looking up -------------------------------------------------------------------------------------------------- */

ptrdiff_t behov_borders_find(const behov_borders *borders, const char *code)
{
    size_t low = 0, high = borders->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(borders->codes[middle], code);
        if (!order)
            return (ptrdiff_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return BEHOV_NO_PLACE;
}

bool behov_borders_is_between_counties(const behov_borders *borders, const behov_border_arc *arc)
{
    return arc->left != BEHOV_NO_PLACE && arc->right != BEHOV_NO_PLACE &&
           memcmp(borders->codes[arc->left], borders->codes[arc->right], 2) != 0;
}

size_t behov_borders_ring_points(const behov_borders *borders, const behov_border_ring *ring, bool is_coarse,
                                 behov_border_point *points, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < ring->n_steps; i++) {
        behov_border_step step = borders->steps[ring->first_step + i];
        const behov_border_arc *arc = &borders->arcs[step.arc];
        /* all but the last, with which the next arc begins */
        for (size_t k = 0; k + 1 < arc->n_points; k++) {
            size_t position = step.is_backward ? arc->n_points - 1 - k : k;
            const behov_border_point *point = &borders->points[arc->first_point + position];
            if (is_coarse && !point->is_coarse)
                continue;
            if (n < room)
                points[n] = *point;
            n++;
        }
    }
    return n;
}

static double area_of_ring(const behov_borders *borders, const behov_border_ring *ring)
{
    double twice = 0;
    for (size_t i = 0; i < ring->n_steps; i++) {
        behov_border_step step = borders->steps[ring->first_step + i];
        const behov_border_arc *arc = &borders->arcs[step.arc];
        double of_arc = 0;
        for (size_t k = 0; k + 1 < arc->n_points; k++) {
            const behov_border_point *a = &borders->points[arc->first_point + k], *b = a + 1;
            of_arc += (double)a->x * b->y - (double)b->x * a->y;
        }
        twice += step.is_backward ? -of_arc : of_arc;
    }
    return twice / 2;
}

double behov_borders_area_km2(const behov_borders *borders, size_t place)
{
    double area = 0;
    for (size_t i = 0; i < borders->n_rings; i++)
        if (borders->rings[i].place == place)
            area += area_of_ring(borders, &borders->rings[i]);
    return area / 100; /* squares of 100 m */
}
