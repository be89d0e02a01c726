/* number.h - numbers as text, the same under every locale.
 *
 * Reading is correctly rounded; writing is the shortest text that reads back as the same double,
 * or a stated number of digits. No function here looks at the locale. */
#ifndef BEHOV_NUMBER_H
#define BEHOV_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Room for any output of this module, the terminating zero included. */
#define BEHOV_NUMBER_SIZE 400

typedef enum behov_number_result {
    BEHOV_NUMBER_OK = 0,
    BEHOV_NUMBER_BAD,      /* not a number */
    BEHOV_NUMBER_TOO_LARGE /* a number past the range of a double */
} behov_number_result;

/// Reads one number that fills the whole text.
///
/// Accepts an optional sign (+, -, or U+2212), digits with the given decimal mark, an optional exponent, and
/// digits grouped in threes by a space of any of the usual widths (U+00A0, U+2007, U+2009, U+202F) or an apostrophe
/// (' or U+2019), one kind in one number ("1 234,5", "1'234.5"). Surrounding spaces and tabs are passed
/// over. "nan", "inf" and hexadecimal are BEHOV_NUMBER_BAD. Underflow gives the nearest double (maybe 0).
/// \param text          length bytes, need not end in zero (borrowed)
/// \param decimal_mark  '.' or ','
/// \param[out] value    untouched unless BEHOV_NUMBER_OK
/// Cost: a few ns for up to 19 digits and small exponents (exact: mantissa < 2^53, power of ten <= 22,
/// Clinger 1990), else strtod in the C locale.
BEHOV_API behov_number_result behov_number_parse(const char *text, size_t length, char decimal_mark, double *value);

/// Whether a point or a comma may stand between thousands: "1.000", "+12,500", one to three digits, not 0 first, the only
/// mark and three digits. For what is typed alone, where no other number tells.
/// \param[out] value  the number without its mark (1000); may be NULL; untouched when false
BEHOV_API bool behov_number_may_be_thousands(const char *text, size_t length, double *value);

/// Shortest decimal text that reads back as `value`, decimal point; "" for NaN, "inf"/"-inf" for infinities.
/// \return the number of characters written, without the terminating zero
BEHOV_API size_t behov_number_shortest(double value, char text[BEHOV_NUMBER_SIZE]);

/// Fixed number of decimals (0 to 17), rounded as a spreadsheet shows the number: from its 15 digits, a half away from zero
/// (110.5 is 111, 0.285 is 0.29). Where that asks for more than 15 digits, from the double's exact value, half to even.
/// \param decimal_mark  '.' or ','
/// \param group         text put between groups of three digits, "" for none; applied from 5 digits when
///                      group_from is 5 (Norwegian habit: 1234 but 12 345), from 4 when 4
BEHOV_API size_t behov_number_fixed(double value, int decimals, char decimal_mark, const char *group, int group_from,
                                    char text[BEHOV_NUMBER_SIZE]);

/// A number of significant digits (1 to 17); plain notation for 1e-4 <= |value| < 1e15, else d.dde-08.
/// Trailing zeros are kept: 0.0350 has three digits. Rounded as behov_number_fixed does.
BEHOV_API size_t behov_number_significant(double value, int digits, char decimal_mark, char text[BEHOV_NUMBER_SIZE]);

/// The number that behov_number_fixed shows, for what is counted or compared as printed; NaN and infinities stay.
BEHOV_API double behov_number_rounded(double value, int decimals);

/// A number as short as it can be read back from, with the decimal mark of the language the phrase is printed in.
BEHOV_API behov_said behov_phrase_number(double value);

#ifdef __cplusplus
}
#endif
#endif
