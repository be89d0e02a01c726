/* Placeholders, prose that repeats what stands before it, and templates that are wrong, by file and line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "failing_malloc.h"
#include "template.h"

static behov_status say_text(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, context);
    return behov_wording_status(out, err);
}

static behov_status say_nothing(const void *context, behov_wording *out, behov_error *err)
{
    (void)context;
    return behov_wording_status(out, err);
}

/* Angles for whatever is escaped. */
static void escape(behov_wording *out, const char *line, size_t length)
{
    behov_wording_add(out, "<");
    behov_wording_add_bytes(out, line, length);
    behov_wording_add(out, ">");
}

static const template_value values[] = {{"prose", TEMPLATE_PROSE, say_text},
                                        {"code", TEMPLATE_CODE, say_text},
                                        {"none", TEMPLATE_PROSE, say_nothing},
                                        {NULL, TEMPLATE_CODE, NULL}};
static const template_value *const tables[] = {values, NULL};

static behov_status fill(const char *text, const char *value, behov_wording *out, behov_error *err)
{
    template_text source = {.file = "own/nb/fit.R", .first_line = 1, .text = text, .n = strlen(text)};
    return template_fill(&source, &(template_filling){.values = tables, .context = value, .escape = escape}, out, err);
}

static void check(const char *text, const char *value, const char *want)
{
    behov_wording out = {0};
    behov_error err;
    assert_int_equal(fill(text, value, &out, &err), BEHOV_OK);
    assert_string_equal(behov_wording_text(&out), want);
    behov_wording_free(&out);
}

static void test_filled(void **state)
{
    (void)state;
    check("a {{code}} b {{ code }}\n", "1", "a 1 b 1\n");
    check("# {{prose}}\nx", "one\ntwo", "# <one>\n# <two>\nx");
    check("# {{none}}\nx\n", "", "x\n");
    check("y = {{none}}\nx\n", "", "y = \nx\n");
    check("{ } {a} }}\n", "", "{ } {a} }}\n");
    check("{{code}}", "{{prose}} {{unknown}}", "{{prose}} {{unknown}}");
}

static void test_wrong(void **state)
{
    (void)state;
    behov_wording out = {0};
    behov_error err;
    assert_int_equal(fill("a\n{{code}}\n{{nmae}}\n", "1", &out, &err), BEHOV_E_NAME);
    assert_string_equal(err.where, "own/nb/fit.R, line 3");
    assert_non_null(strstr(err.what, "{{nmae}}"));
    assert_int_equal(fill("a {{code\n}}\n", "1", &out, &err), BEHOV_E_SYNTAX);
    assert_string_equal(err.where, "own/nb/fit.R, line 1");
    behov_wording_free(&out);
}

/* Of code that all languages have in common: its own file and line where it asks for what there is not; not one in another. */
static void test_code(void **state)
{
    (void)state;
    behov_wording out = {0};
    behov_error err;
    assert_int_equal(fill("a\n{{code/check.R}}\n", "1", &out, &err), BEHOV_E_NAME);
    assert_string_equal(err.where, "code/check.R, line 1");
    assert_non_null(strstr(err.what, "{{tolerance}}"));
    assert_int_equal(fill("{{code/none.R}}\n", "1", &out, &err), BEHOV_E_FILE);
    assert_string_equal(err.where, "code/none.R");
    behov_wording_free(&out);
}

static void test_without_memory(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        behov_wording out = {0};
        behov_error err;
        failing_malloc_start(n);
        behov_status status = fill("# {{prose}}\n# {{none}}\n{{code}}\n", "one\ntwo", &out, &err);
        bool was_reached = failing_malloc_stop();
        behov_wording_free(&out);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_filled), cmocka_unit_test(test_wrong),
                                       cmocka_unit_test(test_code), cmocka_unit_test(test_without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
