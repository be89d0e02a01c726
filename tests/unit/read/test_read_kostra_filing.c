/* test_read_kostra_filing.c - simulated records of 48 characters; what is about persons is refused without a word of it. National
 * id numbers are of months above 80, which nobody has. */
#include "read_kostra_filing.h"

#include "person_number.h"
#include <behov/kostra_filing.h>
#include <behov/table.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char notices[4096];

static void take_notice(void *context, const char *message)
{
    (void)context;
    char english[2048];
    behov_phrase_english(message, sizeof english, english);
    size_t length = strlen(notices);
    snprintf(notices + length, sizeof notices - length, "%s\n", english);
}

static behov_status read_text(const char *text, behov_long_table *out, behov_error *err)
{
    char path[] = "/tmp/behov-filing-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    notices[0] = '\0';
    behov_notice notice = {take_notice, NULL};
    behov_status status = read_kostra_filing_open(path, &notice, out, err);
    unlink(path);
    return status;
}

static void check_refused(const char *text, const char *line, const char *what)
{
    behov_long_table out;
    behov_error err = {.what = ""};
    char where[400], sentence[1200];
    assert_int_equal(read_text(text, &out, &err), BEHOV_E_DATA);
    behov_phrase_english(err.where, sizeof where, where);
    behov_phrase_english(err.what, sizeof sentence, sentence);
    if (!strstr(sentence, what) || !strstr(where, line))
        fail_msg("%s: %s", where, sentence);
    behov_long_table_free(&out);
}

/* Positions 1-2, 3-6, 7, 8-13, 14-22, 23-31, 32, 33-36, 37-39, 40-48. */
#define R1 "0A2025 460100964338531         1242 010    12000"
#define R2 "0A2025 460100964338531         1242 700    -1500"
#define R3 "0A20252460100964338531987654321128 590        7"

static void check_text(const behov_table *table, const char *name, size_t row, const char *want)
{
    ptrdiff_t column = behov_table_find(table, name);
    assert_true(column >= 0);
    int32_t code = behov_table_codes(table, (size_t)column)[row];
    assert_string_equal(code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, (size_t)column), code), want);
}

static void records_are_cut_at_their_positions(void **state)
{
    (void)state;
    behov_long_table out;
    assert_int_equal(read_text(R1 "\r\n" R2 "  \r\n\r\n" R1 R2 "\n", &out, NULL), BEHOV_OK);
    assert_int_equal(behov_table_n_rows(out.table), 4);
    const double *amounts = behov_table_numbers(out.table, (size_t)behov_table_find(out.table, "value"));
    assert_true(amounts[0] == 12000 && amounts[1] == -1500 && amounts[3] == -1500);
    check_text(out.table, "form", 0, "0A");
    check_text(out.table, "year", 0, "2025");
    check_text(out.table, "quarter", 0, "");
    check_text(out.table, "region", 0, "460100");
    check_text(out.table, "organisation", 0, "964338531");
    check_text(out.table, "enterprise", 0, "");
    check_text(out.table, "account_class", 0, "1");
    check_text(out.table, "function", 0, "242");
    check_text(out.table, "type", 1, "700");
    assert_int_equal(behov_table_line(out.table, 3), 4);
    assert_non_null(strstr(notices, "of one before: 2"));
    behov_long_table_free(&out);
}

static void a_bad_line_is_named_by_line_and_position(void **state)
{
    (void)state;
    check_refused(R1 "\n" R3 "\n", "line 2", "47 characters");
    check_refused(R1 "\n0A2025X460100964338531         1242 010    12000\n", "line 2", "position 7 (quarter)");
    check_refused(R1 "\n0A2025 460100964338531         1242 010    1 000\n", "line 2", "position 40 (amount_1000kr)");
    check_refused(R1 "\n0A2025 460100964338531         1242 010         \n", "line 2", "characters");
    check_refused(R1 "\nAA2025 460100964338531         1242 010    12000\n", "line 2", "position 1 (form)");
    check_refused("0A2025 46010096433853\n", "", "no KOSTRA filing");
}

static void persons_are_refused_by_name_and_nothing_is_shown(void **state)
{
    (void)state;
    assert_true(read_kostra_filing_is_personal("data/11F_2025.dat", R1, 48));
    assert_true(read_kostra_filing_is_personal("11CF.csv", R1, 48));
    assert_false(read_kostra_filing_is_personal("tabell_111F5.csv", R1, 48));
    assert_false(read_kostra_filing_is_personal("0A.dat", R1, 48));
    assert_true(read_kostra_filing_is_personal("x", "11F2025 ...", 11));
    /* Check digits by the rule in Python; the second has a day from 41, as D-numbers have. */
    assert_true(person_number_is_it("15876500520"));
    assert_true(person_number_is_it("55876500190"));
    assert_false(person_number_is_it("15876500521"));
    assert_false(person_number_is_it("99999999999"));
    assert_false(person_number_is_it("00000000000"));
    check_refused("navn;nr\nOla;15876500520\n", "", "records of persons");
    check_refused("navn;nr\nOla;158765 00520\n", "", "records of persons");
    char sentence[1200];
    behov_error err = {.what = ""};
    assert_int_equal(read_kostra_filing_refuse_personal("f", &err), BEHOV_E_DATA);
    behov_phrase_english(err.what, sizeof sentence, sentence);
    assert_null(strstr(sentence, "15876"));
    /* Fixed positions without blanks between them. */
    assert_true(person_number_is_in("46012515876500520123\n46012515876500601999\n46012515876500792777\n", 63));
    /* Amounts of eleven digits, of which one is like a number by chance. */
    static const char amounts[] = "a;b\n15876500520;12345678901\n22222222222;33333333333\n";
    assert_false(person_number_is_in(amounts, sizeof amounts - 1));
    assert_false(person_number_is_in("115876500520", 12));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_cut_at_their_positions),
        cmocka_unit_test(a_bad_line_is_named_by_line_and_position),
        cmocka_unit_test(persons_are_refused_by_name_and_nothing_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
