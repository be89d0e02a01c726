/* plot_deviation_tree.c - the picture of behov/deviation_tree_pages.h.
 *
 * Steps in kr per inhabitant: the reference is a mark, each part that has no parts of its own a bar that begins where the
 * one before it ended, and the municipality's own expenditure the mark where the last ends. No bar begins at zero. */
#include <behov/deviation_tree_pages.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <behov/format.h>
#include "deviation_tree_rows.h"
#include "plot_parts.h"

enum { UP, DOWN, END }; /* series */

static void add_row(behov_chart *out, double figure, bool has_sign, behov_chart_row *row)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_format_fixed(out->lang, figure, 0, number);
    snprintf(row->next_text, sizeof row->next_text, "%s%.50s", has_sign && figure > 0 ? "+" : "", number);
}

static void add_end(behov_chart *out, const char *name, double rate, bool leads_to_next)
{
    behov_chart_row *row = &out->rows[out->n_rows++];
    *row = (behov_chart_row){.is_strong = true, .start = rate, .end = rate, .leads_to_next = leads_to_next};
    behov_wording_add(&row->name, name);
    add_row(out, rate, false, row);
    behov_chart_point *point = &out->points[out->n_points++];
    *point = (behov_chart_point){.series = END, .x = rate, .y = (double)(out->n_rows - 1), .low = NAN, .high = NAN};
    behov_plot_name_point(point, name, "", row->next_text);
}

static bool add_steps(const behov_tree_page *page, behov_chart *out)
{
    size_t n = 0;
    behov_tree_step *steps = behov_tree_steps(page->tree, &n);
    for (size_t i = 0; i < n && steps; i++) {
        double step = steps[i].end - steps[i].start;
        behov_chart_row *row = &out->rows[out->n_rows++];
        *row = (behov_chart_row){
            .start = steps[i].start, .end = steps[i].end, .series = step < 0 ? DOWN : UP, .leads_to_next = true};
        behov_tree_step_name(page, steps[i].part, &row->name);
        add_row(out, step, true, row);
    }
    free(steps);
    return steps != NULL;
}

static behov_status draw(const behov_tree_page *page, behov_chart *out, behov_error *err)
{
    static const behov_chart_series series[] = {
        [UP] = {.mark = BEHOV_MARK_SQUARE, .ink = BEHOV_INK_BLUE, .radius = 3.5},
        [DOWN] = {.mark = BEHOV_MARK_SQUARE, .ink = BEHOV_INK_ORANGE, .radius = 3.5},
        [END] = {.mark = BEHOV_MARK_DIAMOND, .ink = BEHOV_INK_BLACK, .radius = 3.2}};
    static const behov_word words[] = {BEHOV_WORD_TREE_PLOT_UP, BEHOV_WORD_TREE_PLOT_DOWN};
    const behov_deviation_tree *tree = page->tree;
    behov_wording name = {0};
    out->rows = calloc(behov_tree_n_rows(tree) + 2, sizeof *out->rows);
    out->points = calloc(2, sizeof *out->points);
    if (!out->rows || !out->points)
        return behov_plot_out_of_memory(err);
    behov_wording_add(&out->x_label, behov_label(page->lang, BEHOV_WORD_UNIT_KR_PER_INHABITANT));
    behov_wording_add(&out->next_text, behov_label(page->lang, BEHOV_WORD_UNIT_KR_PER_INHABITANT));
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        out->series[out->n_series] = series[i];
        if (i <= DOWN)
            behov_wording_add(&out->series[i].words, behov_label(page->lang, words[i]));
        out->n_series++;
    }
    add_end(out, behov_tree_reference_name(page), 1000 * tree->reference_1000kr / tree->population, true);
    if (!add_steps(page, out))
        return behov_plot_out_of_memory(err);
    behov_tree_own_name(page, &name);
    add_end(out, behov_wording_text(&name), 1000 * tree->own_1000kr / tree->population, false);
    behov_status status = behov_wording_status(&name, err);
    behov_wording_free(&name);
    return status;
}

behov_status behov_tree_draw(const behov_tree_page *page, behov_picture *out, behov_error *err)
{
    behov_wording words = {0};
    *out = (behov_picture){.lang = page->lang, .width = out->width, .height = out->height};
    behov_tree_title(page, &out->title);
    behov_status status = draw(page, behov_picture_add_chart(out), err);
    for (size_t i = 0; !status && behov_tree_sentence(page, i, &words); i++) {
        if (i < BEHOV_PICTURE_ANSWERS)
            behov_wording_add(&out->answers[i], behov_wording_text(&words));
        else
            behov_picture_add_note(out, behov_wording_text(&words));
        status = behov_wording_status(&words, err);
    }
    behov_wording_free(&words);
    return status;
}
