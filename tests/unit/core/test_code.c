/* test_code.c - the digits of a municipality's code, whatever stands around them, and rows that are no municipality. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tables.h"

static void decorations_are_taken_off(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *text;
        behov_code_kind kind;
    } entry[] = {
        {"0101", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"K-0101", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"k_0101", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"K0101", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"K-0301 Oslo", "0301", BEHOV_CODE_FOUR_DIGITS},
        {"K-3001 Halden (-2019)", "3001", BEHOV_CODE_FOUR_DIGITS},
        {"0101 Halden", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"0101\xC2\xA0Halden", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"0101-Halden", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"0626 \xC3\x98vre Eiker", "0626", BEHOV_CODE_FOUR_DIGITS},
        {"'0101", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"\xE2\x80\x99"
         "0101",
         "0101", BEHOV_CODE_FOUR_DIGITS},
        {"=\"0101\"", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"\"0101\"", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"  0101\t", "0101", BEHOV_CODE_FOUR_DIGITS},
        {"\xC2\xA0"
         "0101\xC2\xA0",
         "0101", BEHOV_CODE_FOUR_DIGITS},
        {"\xE2\x80\x89"
         "0101\xE2\x80\x8B",
         "0101", BEHOV_CODE_FOUR_DIGITS},
        {"\xEF\xBB\xBF"
         "0101",
         "0101", BEHOV_CODE_FOUR_DIGITS},
        {"\xE3\x80\x80"
         "0101",
         "0101", BEHOV_CODE_FOUR_DIGITS},
        {"1201.0", "1201", BEHOV_CODE_FOUR_DIGITS},
        {"1201,00", "1201", BEHOV_CODE_FOUR_DIGITS},
        {"1,201E+03", "1201", BEHOV_CODE_FOUR_DIGITS},
        {"1.201e3", "1201", BEHOV_CODE_FOUR_DIGITS},
        {"3,01E+02", "301", BEHOV_CODE_THREE_DIGITS},
        {"101", "101", BEHOV_CODE_THREE_DIGITS},
        {"30", "30", BEHOV_CODE_FEW_DIGITS},
        {"0", "0", BEHOV_CODE_FEW_DIGITS},
        {"EAK", "EAK", BEHOV_CODE_AREA},
        {"ekg03 Gruppe 3", "EKG03", BEHOV_CODE_AREA},
        {"1,2E+03", "", BEHOV_CODE_OTHER}, /* 1201 rounded, perhaps */
        {"1,201E+04", "", BEHOV_CODE_OTHER},
        {"030101", "", BEHOV_CODE_OTHER},
        {"12345", "", BEHOV_CODE_OTHER},
        {"0301 01", "", BEHOV_CODE_OTHER},
        {"0101Halden", "", BEHOV_CODE_OTHER},
        {"1201.5", "", BEHOV_CODE_OTHER},
        {"-101", "", BEHOV_CODE_OTHER},
        {"AB01", "", BEHOV_CODE_OTHER},
        {"Halden", "", BEHOV_CODE_OTHER},
        {"K-", "", BEHOV_CODE_OTHER},
        {"", "", BEHOV_CODE_OTHER},
        {"'", "", BEHOV_CODE_OTHER},
    };
    for (size_t i = 0; i < sizeof entry / sizeof *entry; i++) {
        behov_code code = behov_code_read(entry[i].cell, strlen(entry[i].cell));
        if (code.kind != entry[i].kind || strcmp(code.text, entry[i].text) != 0)
            fail_msg("\"%s\" is kind %d \"%s\", wanted %d \"%s\"", entry[i].cell, code.kind, code.text, entry[i].kind,
                     entry[i].text);
        bool is_plain = strcmp(entry[i].cell, entry[i].text) == 0;
        if (code.kind != BEHOV_CODE_OTHER)
            assert_int_equal(code.is_decorated, !is_plain);
    }
}

/* Whatever the bytes are, no code has anything but digits, or letters of an area. */
static void any_bytes_make_no_other_code(void **state)
{
    (void)state;
    static const char pieces[] = "0123456789K-'=\"., eE+\xC2\xA0\xE2\x80\x89"
                                 "ab\xFF";
    dice die = dice_of(5);
    for (size_t i = 0; i < 200000; i++) {
        char cell[12];
        size_t n = dice_below(&die, sizeof cell);
        for (size_t k = 0; k < n; k++)
            cell[k] = pieces[dice_below(&die, sizeof pieces - 1)];
        behov_code code = behov_code_read(cell, n);
        size_t n_digits = strspn(code.text, "0123456789");
        if (code.kind == BEHOV_CODE_FOUR_DIGITS)
            assert_true(n_digits == 4 && code.text[4] == '\0');
        if (code.kind == BEHOV_CODE_THREE_DIGITS)
            assert_true(n_digits == 3 && code.text[3] == '\0');
        if (code.kind == BEHOV_CODE_OTHER)
            assert_string_equal(code.text, "");
        assert_true(code.first + code.length <= n);
    }
}

static void rows_that_are_no_municipality(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        behov_row_mark by_code, by_name;
    } entry[] = {
        {"0000", BEHOV_ROW_COUNTRY, BEHOV_ROW_MUNICIPALITY},
        {"0", BEHOV_ROW_COUNTRY, BEHOV_ROW_MUNICIPALITY},
        {"9999", BEHOV_ROW_UNKNOWN, BEHOV_ROW_MUNICIPALITY},
        {"EAK", BEHOV_ROW_COUNTRY, BEHOV_ROW_MUNICIPALITY},
        {"EAKUO", BEHOV_ROW_COUNTRY, BEHOV_ROW_MUNICIPALITY},
        {"EKG12", BEHOV_ROW_GROUP, BEHOV_ROW_MUNICIPALITY},
        {"30", BEHOV_ROW_COUNTY, BEHOV_ROW_MUNICIPALITY},
        {"0301", BEHOV_ROW_MUNICIPALITY, BEHOV_ROW_MUNICIPALITY},
        {"301", BEHOV_ROW_MUNICIPALITY, BEHOV_ROW_MUNICIPALITY},
        {"0200", BEHOV_ROW_MUNICIPALITY, BEHOV_ROW_MUNICIPALITY},
        {"Hele landet", BEHOV_ROW_COUNTRY, BEHOV_ROW_COUNTRY},
        {"HELE LANDET ", BEHOV_ROW_COUNTRY, BEHOV_ROW_COUNTRY},
        {"Landet uten Oslo", BEHOV_ROW_COUNTRY, BEHOV_ROW_COUNTRY},
        {"I alt", BEHOV_ROW_COUNTRY, BEHOV_ROW_COUNTRY},
        {"Uoppgitt kommune", BEHOV_ROW_UNKNOWN, BEHOV_ROW_UNKNOWN},
        {"Fylkeskommunen", BEHOV_ROW_COUNTY, BEHOV_ROW_COUNTY},
        {"Viken fylke", BEHOV_ROW_COUNTY, BEHOV_ROW_COUNTY},
        {"Landvik", BEHOV_ROW_MUNICIPALITY, BEHOV_ROW_MUNICIPALITY},
        {"Sumba", BEHOV_ROW_MUNICIPALITY, BEHOV_ROW_MUNICIPALITY},
        {"Totland", BEHOV_ROW_MUNICIPALITY, BEHOV_ROW_MUNICIPALITY},
        {"I", BEHOV_ROW_MUNICIPALITY, BEHOV_ROW_MUNICIPALITY},
        {"", BEHOV_ROW_MUNICIPALITY, BEHOV_ROW_MUNICIPALITY},
    };
    for (size_t i = 0; i < sizeof entry / sizeof *entry; i++) {
        const char *text = entry[i].text;
        if (behov_code_mark(text, strlen(text)) != entry[i].by_code ||
            behov_name_mark(text, strlen(text)) != entry[i].by_name)
            fail_msg("\"%s\" is marked %d as a code, %d as a name", text, behov_code_mark(text, strlen(text)),
                     behov_name_mark(text, strlen(text)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decorations_are_taken_off),
        cmocka_unit_test(any_bytes_make_no_other_code),
        cmocka_unit_test(rows_that_are_no_municipality),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
