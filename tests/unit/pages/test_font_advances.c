/* test_font_advances.c - the table of widths against Cairo, where Cairo's sans-serif is DejaVu Sans. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "font_advances.h"

static void a_letter_has_the_width_of_the_font(void **state)
{
    (void)state;
    /* advances in 2048ths, from the tables hmtx and cmap of DejaVuSans.ttf and DejaVuSans-Bold.ttf 2.37 */
    assert_true(behov_font_advances_measure(NULL, "A", 2048, false) == 1401);
    assert_true(behov_font_advances_measure(NULL, "A", 2048, true) == 1585);
    assert_true(behov_font_advances_measure(NULL, " ", 2048, false) == 651);
    assert_true(behov_font_advances_measure(NULL, "\u00E5", 2048, false) == 1255); /* as a */
    assert_true(behov_font_advances_measure(NULL, "", 2048, false) == 0);
}

static void letters_add_up_and_grow_with_the_size(void **state)
{
    (void)state;
    double all = behov_font_advances_measure(NULL, "K\u00E1r\u00E1\u0161johka", 10, false), sum = 0;
    static const char *const letters[] = {"K", "\u00E1", "r", "\u00E1", "\u0161", "j", "o", "h", "k", "a"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        sum += behov_font_advances_measure(NULL, letters[i], 20, false) / 2;
    assert_true(fabs(all - sum) < 1e-9);
}

static void letters_that_are_not_in_the_table_have_a_width(void **state)
{
    (void)state;
    assert_true(behov_font_advances_measure(NULL, "\u4E2D", 10, false) == 10); /* of East Asia */
    assert_true(behov_font_advances_measure(NULL, "\u0301", 10, false) == 0);  /* a mark that combines */
    assert_true(behov_font_advances_measure(NULL, "\u05D0", 10, false) > 5);   /* Hebrew */
    assert_true(behov_font_advances_measure(NULL, "\xFF", 10, false) > 0);     /* no UTF-8 */
}

#ifdef BEHOV_WITH_CAIRO
#include <cairo.h>

static size_t utf8(uint32_t code, char text[5])
{
    size_t n = 0;
    if (code < 0x80) {
        text[n++] = (char)code;
    } else if (code < 0x800) {
        text[n++] = (char)(0xC0 | code >> 6);
        text[n++] = (char)(0x80 | (code & 63));
    } else {
        text[n++] = (char)(0xE0 | code >> 12);
        text[n++] = (char)(0x80 | (code >> 6 & 63));
        text[n++] = (char)(0x80 | (code & 63));
    }
    text[n] = '\0';
    return n;
}

static double cairo_width(cairo_t *cairo, const char *text, bool is_bold)
{
    cairo_text_extents_t extents;
    cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, 10);
    cairo_text_extents(cairo, text, &extents);
    return extents.x_advance;
}

/* FreeType gives an advance without hints in 65536ths of a point. */
static bool is_same(double width, double other)
{
    return fabs(width - other) < 0.001;
}

static size_t count_other_widths(cairo_t *cairo, bool is_bold, size_t *n_compared)
{
    static const uint32_t ranges[][2] = {{0x21, 0x7E},     {0xA1, 0x24F},    {0x370, 0x3FF},   {0x400, 0x4FF},
                                         {0x2010, 0x2027}, {0x2030, 0x205E}, {0x2190, 0x21FF}, {0x2200, 0x22FF}};
    size_t n_other = 0;
    for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++)
        for (uint32_t code = ranges[r][0]; code <= ranges[r][1]; code++) {
            char text[5];
            utf8(code, text);
            double ours = behov_font_advances_measure(NULL, text, 10, is_bold),
                   theirs = cairo_width(cairo, text, is_bold);
            ++*n_compared;
            if (is_same(ours, theirs))
                continue;
            n_other++;
            printf("U+%04X%s: %.4f, Cairo %.4f\n", (unsigned)code, is_bold ? " bold" : "", ours, theirs);
        }
    return n_other;
}

static void every_letter_is_as_wide_as_cairo_says(void **state)
{
    (void)state;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cairo = cairo_create(surface);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_set_font_options(cairo, options);
    bool has_font = is_same(cairo_width(cairo, "A", false), 10 * 1401 / 2048.0) &&
                    is_same(cairo_width(cairo, "A", true), 10 * 1585 / 2048.0);
    size_t n_compared = 0, n_other = 0;
    for (int is_bold = 0; is_bold < 2 && has_font; is_bold++)
        n_other += count_other_widths(cairo, is_bold, &n_compared);
    cairo_font_options_destroy(options);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    if (!has_font) {
        printf("skipped: sans-serif is not DejaVu Sans here\n");
        skip();
    }
    printf("%lu widths compared, %lu other\n", (unsigned long)n_compared, (unsigned long)n_other);
    assert_int_equal(n_other, 0);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_has_the_width_of_the_font),
        cmocka_unit_test(letters_add_up_and_grow_with_the_size),
        cmocka_unit_test(letters_that_are_not_in_the_table_have_a_width),
#ifdef BEHOV_WITH_CAIRO
        cmocka_unit_test(every_letter_is_as_wide_as_cairo_says),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
