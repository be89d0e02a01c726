/* test_picture.c - words in lines, charts in their room, and a picture when there is no memory. Letters are one point
 * wide for each byte here, so where a line must end can be counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "failing_malloc.h"
#include <behov/picture.h>

static double count_bytes(void *context, const char *text, double size, bool is_bold)
{
    (void)context, (void)size, (void)is_bold;
    return (double)strlen(text);
}

static const behov_drawing_ruler ruler = {count_bytes, NULL};

/* The lines that words of this width are set in, separated by |. */
static void check_lines(const char *text, double width, const char *want)
{
    behov_drawing drawing = {0};
    behov_drawing_words how = {.role = "note", .width = width, .size = 10};
    char got[400] = "";
    double end = behov_drawing_wrap(&drawing, &ruler, &how, text, 100);
    for (size_t i = 0; i < drawing.n_shapes; i++) {
        strcat(strcat(got, i ? "|" : ""), drawing.shapes[i].text);
        assert_true(fabs(drawing.shapes[i].y - (110 + 13 * (double)i)) < 1e-9);
    }
    assert_string_equal(got, want);
    assert_true(fabs(end - (100 + 13 * (double)drawing.n_shapes)) < 1e-9);
    assert_true(behov_drawing_wrap(NULL, &ruler, &how, text, 100) == end);
    behov_drawing_free(&drawing);
}

static void words_are_set_in_lines_and_none_is_lost(void **state)
{
    (void)state;
    check_lines("", 10, "");
    check_lines("one two three", 13, "one two three");
    check_lines("one two three", 12, "one two|three");
    check_lines("  one   two ", 20, "one   two");
    check_lines("municipality_code", 13, "municipality_|code");
    check_lines("of municipality_code", 15, "of|municipality_|code");
    check_lines("abcdefgh", 3, "abc|def|gh");
    check_lines("\xC3\xA6\xC3\xB8\xC3\xA5", 3, "\xC3\xA6|\xC3\xB8|\xC3\xA5"); /* no letter is cut in two */
    check_lines("\xC3\xA6", 1, "\xC3\xA6");
    check_lines("ab", 0, "a|b");
}

/* Two charts: a point in each of three years, and three steps in rows. */
static void fill(behov_picture *out)
{
    *out = (behov_picture){.width = 400};
    behov_wording_add(&out->title, "Title");
    behov_chart *levels = behov_picture_add_chart(out), *steps = behov_picture_add_chart(out);
    levels->is_over_years = true;
    levels->n_series = steps->n_series = 1;
    levels->series[0] = (behov_chart_series){.radius = 2, .is_named = true, .is_joined = true};
    behov_wording_add(&levels->series[0].words, "Ratio");
    levels->points = calloc(3, sizeof *levels->points);
    steps->rows = calloc(3, sizeof *steps->rows);
    assert_true(levels->points && steps->rows);
    for (size_t i = 0; i < 3; i++) {
        levels->points[levels->n_points++] =
            (behov_chart_point){.x = 2014 + (double)i, .y = 90 + (double)i, .low = 80, .high = 120, .is_apart = i == 2};
        behov_wording_add(&levels->points[i].name, "9");
        steps->rows[steps->n_rows++] =
            (behov_chart_row){.start = 10 * (double)i, .end = 10 * (double)i + 15, .leads_to_next = true};
        behov_wording_add(&steps->rows[i].name, "Step");
    }
    behov_picture_add_note(out, "");
    behov_picture_add_note(out, "Note");
}

static size_t count_of(const behov_drawing *drawing, const char *role, size_t in_chart)
{
    size_t n = 0;
    for (size_t i = 0; i < drawing->n_shapes; i++)
        n += strcmp(drawing->shapes[i].role, role) == 0 && drawing->shapes[i].chart == in_chart;
    return n;
}

static void charts_stand_under_each_other(void **state)
{
    (void)state;
    behov_picture picture;
    behov_drawing drawing;
    behov_error err;
    fill(&picture);
    assert_int_equal(behov_picture_lay_out(&picture, &ruler, &drawing, &err), BEHOV_OK);
    double first_end = 0, second_begin = INFINITY;
    for (size_t i = 0; i < drawing.n_shapes; i++) {
        const behov_drawing_shape *drawing_shape = &drawing.shapes[i];
        assert_true(drawing_shape->x >= 0 && drawing_shape->x <= 400 && drawing_shape->y >= 0 &&
                    drawing_shape->y <= drawing.height);
        if (drawing_shape->chart == 1)
            first_end = fmax(first_end, drawing_shape->y);
        if (drawing_shape->chart == 2)
            second_begin =
                fmin(second_begin, drawing_shape->kind == BEHOV_SHAPE_TEXT ? drawing_shape->y - drawing_shape->size
                                                                           : drawing_shape->y);
    }
    assert_true(first_end < second_begin);
    assert_int_equal(count_of(&drawing, "point-1", 1), 3);
    assert_int_equal(count_of(&drawing, "path-1", 1), 1); /* none to the point that is apart */
    assert_int_equal(count_of(&drawing, "step-1", 2), 3);
    assert_int_equal(count_of(&drawing, "lead", 2), 2); /* after the last there is no row */
    assert_int_equal(count_of(&drawing, "note", 0), 1);
    double needed_value = drawing.height;
    behov_drawing_free(&drawing);
    for (picture.height = needed_value + 200;; picture.height -= 20) { /* as high as it is told, or a sentence */
        behov_status status = behov_picture_lay_out(&picture, &ruler, &drawing, &err);
        if (!status)
            assert_true(fabs(drawing.height - picture.height) < 1e-9);
        behov_drawing_free(&drawing);
        if (status) {
            assert_int_equal(status, BEHOV_E_ARGUMENT);
            assert_string_equal(err.where, "the height");
            break;
        }
    }
    assert_true(picture.height < needed_value);
    picture.height = 0, picture.width = 60;
    assert_int_equal(behov_picture_lay_out(&picture, &ruler, &drawing, &err), BEHOV_E_ARGUMENT);
    assert_string_equal(err.where, "the width");
    behov_drawing_free(&drawing);
    behov_picture_free(&picture);
}

/* Three marks at powers of ten, and two bands whose mouth is wider than the plot. */
static void fill_funnel(behov_picture *out)
{
    *out = (behov_picture){.width = 400};
    behov_chart *chart = behov_picture_add_chart(out);
    chart->has_log_x = true;
    chart->y_low = 50, chart->y_high = 150;
    chart->n_series = 1;
    chart->series[0] = (behov_chart_series){.radius = 2};
    chart->points = calloc(3, sizeof *chart->points);
    assert_non_null(chart->points);
    for (size_t i = 0; i < 3; i++)
        chart->points[chart->n_points++] =
            (behov_chart_point){.x = pow(10, 2 + (double)i), .y = 75 + 25 * (double)i, .low = NAN, .high = NAN};
    for (size_t b = 0; b < 2; b++) {
        behov_chart_band *band = behov_chart_add_band(chart, 3);
        assert_non_null(band);
        band->is_filled = b == 0;
        for (size_t k = 0; k < 3; k++) {
            band->x[k] = pow(10, 2 + (double)k);
            band->low[k] = 100 - 100 / pow(2, (double)k); /* 0, 50, 75 */
            band->high[k] = 100 + 100 / pow(2, (double)k);
        }
    }
    behov_wording_add(&chart->bands[0].words, "Band");
    behov_wording_add(&chart->bands[1].words, "Limits");
}

static void logarithms_and_bands_stay_in_the_plot(void **state)
{
    (void)state;
    behov_picture picture;
    behov_drawing drawing;
    behov_error err;
    double x[3], y[3], top = 0, bottom = 0;
    size_t n = 0;
    fill_funnel(&picture);
    assert_int_equal(behov_picture_lay_out(&picture, &ruler, &drawing, &err), BEHOV_OK);
    for (size_t i = 0; i < drawing.n_shapes; i++) {
        const behov_drawing_shape *shape = &drawing.shapes[i];
        if (strcmp(shape->role, "point-1") == 0) {
            x[n] = shape->x;
            y[n++] = shape->y;
        }
        if (strcmp(shape->role, "axis") == 0 && shape->x == shape->to_x) {
            top = shape->y;
            bottom = shape->to_y;
        }
    }
    assert_int_equal(n, 3);
    assert_true(fabs(x[2] - 2 * x[1] + x[0]) < 1e-9);    /* powers of ten stand evenly */
    assert_true(fabs(y[1] - (top + bottom) / 2) < 1e-9); /* 100 in the middle of 50 and 150 */
    assert_int_equal(count_of(&drawing, "band", 1), 1);
    assert_int_equal(count_of(&drawing, "limit", 1), 2);
    for (size_t i = 0; i < drawing.n_shapes; i++) {
        const behov_drawing_shape *shape = &drawing.shapes[i];
        for (size_t k = 0; k < shape->n_corners; k++)
            assert_true(shape->corners[2 * k + 1] >= top - 1e-9 && shape->corners[2 * k + 1] <= bottom + 1e-9);
        if (strcmp(shape->role, "limit") == 0) { /* from 1000 on, where it comes in at the edge, not before */
            assert_true(fabs(shape->corners[0] - x[1]) < 1e-9);
            assert_true(fabs(shape->corners[2 * shape->n_corners - 2] - x[2]) < 1e-9);
        }
        if (strcmp(shape->role, "band") == 0)
            assert_true(shape->is_filled && shape->n_corners == 6);
    }
    behov_drawing_free(&drawing);
    picture.charts[0].is_y_downward = true;
    assert_int_equal(behov_picture_lay_out(&picture, &ruler, &drawing, &err), BEHOV_OK);
    n = 0;
    for (size_t i = 0; i < drawing.n_shapes; i++)
        if (strcmp(drawing.shapes[i].role, "point-1") == 0)
            assert_true(fabs(drawing.shapes[i].y - y[2 - n++]) < 1e-9); /* 75, 100 and 125 upside down */
    behov_drawing_free(&drawing);
    behov_picture_free(&picture);
}

/* Three named marks close together among forty others: no name lies over another. */
static void names_do_not_collide(void **state)
{
    (void)state;
    behov_picture picture = {.width = 400};
    behov_drawing drawing;
    behov_error err;
    const behov_drawing_shape *names[3];
    size_t n = 0;
    behov_chart *chart = behov_picture_add_chart(&picture);
    chart->has_log_x = true;
    chart->n_series = 2;
    chart->series[0] = (behov_chart_series){.radius = 1.4};
    chart->series[1] = (behov_chart_series){.radius = 3, .is_named = true};
    chart->points = calloc(43, sizeof *chart->points);
    assert_non_null(chart->points);
    for (size_t i = 0; i < 43; i++) {
        chart->points[chart->n_points++] =
            (behov_chart_point){.series = i >= 40,
                                .x = i >= 40 ? 1000 + 20 * (double)i : 100 * (double)(i + 1),
                                .y = i >= 40 ? 100 + 0.2 * (double)i : 80 + (double)i,
                                .low = NAN,
                                .high = NAN};
        if (i >= 40)
            behov_wording_add(&chart->points[i].name, "A municipality with a long name: 100");
    }
    assert_int_equal(behov_picture_lay_out(&picture, &ruler, &drawing, &err), BEHOV_OK);
    for (size_t i = 0; i < drawing.n_shapes; i++)
        if (strcmp(drawing.shapes[i].role, "name") == 0)
            names[n++] = &drawing.shapes[i];
    assert_int_equal(n, 3);
    double wide = (double)strlen(names[0]->text);
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < i; j++)
            assert_true(fabs(names[i]->x - names[j]->x) >= wide || fabs(names[i]->y - names[j]->y) >= names[i]->size);
    behov_drawing_free(&drawing);
    behov_picture_free(&picture);
}

static void a_picture_is_described(void **state)
{
    (void)state;
    behov_picture picture = {0};
    behov_wording words = {0};
    behov_wording_add(&picture.title, "Title");
    behov_wording_add(&picture.data, "Data.");
    behov_picture_describe(&picture, &words);
    assert_string_equal(behov_wording_text(&words), "Title. Data.");
    behov_wording_clear(&words);
    behov_wording_add(&picture.answers[0], "Answer.");
    behov_wording_add(&picture.warning, "SIMULATED");
    behov_picture_describe(&picture, &words);
    assert_string_equal(behov_wording_text(&words), "Title. Answer. SIMULATED. Data.");
    behov_wording_clear(&words);
    behov_wording_add(&picture.description, "A chart. Answer.");
    behov_picture_describe(&picture, &words);
    assert_string_equal(behov_wording_text(&words), "Title. SIMULATED. A chart. Answer.");
    behov_wording_free(&words);
    behov_picture_free(&picture);
}

static void lay_out_without_memory(void (*fill_it)(behov_picture *))
{
    behov_picture picture;
    bool was_reached = true;
    fill_it(&picture);
    for (size_t n = 1; was_reached; n++) {
        behov_drawing drawing;
        behov_error err;
        failing_malloc_start(n);
        behov_status status = behov_picture_lay_out(&picture, &ruler, &drawing, &err);
        was_reached = failing_malloc_stop();
        assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
        assert_true(was_reached || n > 3); /* the shapes, more of them, the boxes of names */
        behov_drawing_free(&drawing);
    }
    behov_picture_free(&picture);
}

static void no_memory_is_told(void **state)
{
    (void)state;
    lay_out_without_memory(fill);
    lay_out_without_memory(fill_funnel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_set_in_lines_and_none_is_lost),
        cmocka_unit_test(charts_stand_under_each_other),
        cmocka_unit_test(logarithms_and_bands_stay_in_the_plot),
        cmocka_unit_test(names_do_not_collide),
        cmocka_unit_test(a_picture_is_described),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
