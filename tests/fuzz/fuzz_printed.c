/* fuzz_printed.c - any bytes as a printed number, and as a legend of stars.
 *
 * A number that can be read has a spelling that reads back to the same number and interval, holds its own value and both
 * ends, and every slip of it is again a number of print. A legend has levels between 0 and 1. Anything else aborts. */
#include "fuzz_target.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/printed.h>

#include "read_printed.h"

static void check(const behov_printed *printed, char mark)
{
    char text[BEHOV_NUMBER_SIZE];
    size_t length = behov_printed_text(printed, mark, text);
    behov_printed again;
    REQUIRE(length == strlen(text) && length < BEHOV_NUMBER_SIZE);
    REQUIRE(behov_printed_parse(text, length, mark, &again) == BEHOV_NUMBER_OK);
    REQUIRE(again.value == printed->value && again.half == printed->half && again.half_widest == printed->half_widest);
    REQUIRE(again.low == printed->low && again.high == printed->high && again.n_decimals == printed->n_decimals);
    REQUIRE(printed->half > 0 && printed->half_widest >= printed->half && isfinite(printed->low) &&
            isfinite(printed->high));
    REQUIRE(behov_printed_holds(printed, printed->value) && behov_printed_holds(printed, printed->low) &&
            behov_printed_holds(printed, printed->high));
    REQUIRE(fabs(behov_printed_units(printed, printed->value)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char marks[] = {0, '.', ','};
    for (size_t i = 0; i < sizeof marks; i++) {
        behov_printed printed = {.value = 7};
        behov_number_result result = behov_printed_parse((const char *)data, size, marks[i], &printed);
        if (result) {
            REQUIRE(printed.value == 7);
            continue;
        }
        check(&printed, '.');
        check(&printed, ',');
        for (size_t index = 0; index <= strlen(printed.digits); index++)
            for (int slip = 0; slip < BEHOV_N_SLIPS; slip++) {
                behov_printed other;
                if (!behov_printed_slip(&printed, (behov_slip)slip, index, &other))
                    continue;
                REQUIRE(other.value != printed.value);
                check(&other, '.');
            }
    }
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    behov_legend legend;
    if (read_legend(text, "legend", &legend, NULL) == BEHOV_OK) {
        int n_levels = 0;
        for (int m = 0; m < BEHOV_LEGEND_MARKS; m++) {
            REQUIRE(legend.levels[m] >= 0 && legend.levels[m] < 1);
            n_levels += legend.levels[m] > 0;
        }
        REQUIRE(n_levels > 0);
    }
    free(text);
    return 0;
}
