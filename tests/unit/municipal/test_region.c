/* test_region.c - what codes of published files mean: every way that Statistics Norway, IMDi, NAV and KOSTRA write one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <behov/region.h>

static void codes_become_four_digits_or_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *code, *name, *digits;
        behov_region_kind kind;
    } cases[] = {
        {"0101", NULL, "0101", BEHOV_REGION_MUNICIPALITY},
        {"101", NULL, "0101", BEHOV_REGION_MUNICIPALITY},
        {"000101", NULL, "0101", BEHOV_REGION_MUNICIPALITY},
        {"010100", NULL, "0101", BEHOV_REGION_MUNICIPALITY}, /* KOSTRA's filing */
        {"'0101", NULL, "0101", BEHOV_REGION_MUNICIPALITY},
        {"=\"0101\"", NULL, "0101", BEHOV_REGION_MUNICIPALITY},
        {"0101 Halden", NULL, "0101", BEHOV_REGION_MUNICIPALITY},
        {"0101", "Halden", "0101", BEHOV_REGION_MUNICIPALITY},
        {"0104 Moss (t.o.m. 2019)", NULL, "0104", BEHOV_REGION_MUNICIPALITY},
        {"K-3001", NULL, "3001", BEHOV_REGION_MUNICIPALITY},
        {"K-3001 Halden", NULL, "3001", BEHOV_REGION_MUNICIPALITY},
        {"K3001", NULL, "3001", BEHOV_REGION_MUNICIPALITY},
        {"101.0", NULL, "0101", BEHOV_REGION_MUNICIPALITY},
        {"0", "Hele landet", "", BEHOV_REGION_COUNTRY},
        {"00", NULL, "", BEHOV_REGION_COUNTRY},
        {"0000", NULL, "", BEHOV_REGION_COUNTRY},
        {"EAK", NULL, "", BEHOV_REGION_COUNTRY},
        {"EAKUO", "Landet uten Oslo", "", BEHOV_REGION_COUNTRY},
        {"Hele landet", NULL, "", BEHOV_REGION_COUNTRY},
        {"EKG01", NULL, "", BEHOV_REGION_GROUP},
        {"EKA03", NULL, "", BEHOV_REGION_COUNTY},
        {"03", "Oslo", "", BEHOV_REGION_COUNTY},
        {"F-30", "Viken", "", BEHOV_REGION_COUNTY},
        {"0100", "Østfold fylke", "", BEHOV_REGION_COUNTY},
        {"030101", NULL, "", BEHOV_REGION_DISTRICT},
        {"30101", NULL, "", BEHOV_REGION_DISTRICT},
        {"K-Rest", "Rest", "", BEHOV_REGION_REST},
        {"9999", NULL, "9999", BEHOV_REGION_UNKNOWN},
        {"9999 Uoppgitt", NULL, "9999", BEHOV_REGION_UNKNOWN},
        {NULL, NULL, "", BEHOV_REGION_NONE},
        {"", NULL, "", BEHOV_REGION_NONE},
        {"Halden", NULL, "", BEHOV_REGION_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char digits[5] = "????";
        behov_region_kind kind = behov_region_read(cases[i].code, cases[i].name, digits);
        if (kind != cases[i].kind || strcmp(digits, cases[i].digits) != 0)
            fail_msg("\"%s\" (\"%s\") is read as kind %d, \"%s\"", cases[i].code ? cases[i].code : "(null)",
                     cases[i].name ? cases[i].name : "(null)", (int)kind, digits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(codes_become_four_digits_or_a_reason)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
