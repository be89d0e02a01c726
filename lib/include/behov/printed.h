/* printed.h - a number as print shows it: what was rounded away is part of it.
 *
 * "-0.016" stands for every number from -0.0165 to -0.0155, both ends included, since nothing says how a tie was
 * rounded. Zeros at the end count as digits behind a decimal mark: "0.80" is narrower than "0.8". In a whole number
 * they may be digits or not: "1200" is 1199.5 to 1200.5 when printed to the unit and 1150 to 1250 when printed to two
 * digits; `half` is of the former, `half_widest` of the latter. */
#ifndef BEHOV_PRINTED_H
#define BEHOV_PRINTED_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "number.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Digits that a printed number may have, those of its leading zeros included; 18 of them may be significant. */
#define BEHOV_PRINTED_DIGITS 40

typedef struct behov_printed {
    double value;       /* what stands there, correctly rounded to a double */
    double half;        /* half a unit of the last printed digit, > 0 */
    double half_widest; /* the same, zeros at the end of a whole number not counted as digits; else as half */
    double low, high;   /* value -+ half: the closed interval of what may have been rounded to it */
    char digits[BEHOV_PRINTED_DIGITS + 1]; /* without sign, mark and exponent: "0016" of -0.016 */
    int n_decimals;                        /* of them behind the decimal mark: 3 */
    int exponent;                          /* -7 of 2.05e-07; 0 when none is printed */
    bool has_exponent;                     /* one is printed */
    bool is_negative;                      /* a minus is printed, also before 0 */
} behov_printed;

/// Reads a number that fills the whole text, as print has it.
///
/// What behov_number_parse reads (sign +, - or U+2212, groups of three separated by spaces, exponent), in round or
/// square brackets or not, with spaces, U+00A0 or U+202F around.
/// \param text          length bytes (borrowed)
/// \param decimal_mark  '.' or ','; 0 = whichever of them stands there
/// \param[out] printed  untouched unless BEHOV_NUMBER_OK
/// \return BEHOV_NUMBER_BAD: no number, or more digits than print has (BEHOV_PRINTED_DIGITS);
///         BEHOV_NUMBER_TOO_LARGE: the number or its last digit is past the range of a double
BEHOV_API behov_number_result behov_printed_parse(const char *text, size_t length, char decimal_mark,
                                                  behov_printed *printed);

/// The number as text in the style that it was printed in, with a hyphen for the minus: "-0.016", "2.05e-07".
/// \return the number of characters written, without the terminating zero
BEHOV_API size_t behov_printed_text(const behov_printed *printed, char decimal_mark, char text[BEHOV_NUMBER_SIZE]);

/// Whether the unrounded x prints as this: |x - value| <= half, with an allowance of 4 units in the last place of the
/// larger of |x| and |value|, since x, value and half are doubles near decimals. NaN prints as nothing.
BEHOV_API bool behov_printed_holds(const behov_printed *printed, double x);

/// (x - value) in units of the last printed digit: within -0.5 .. 0.5 when x prints as this.
BEHOV_API double behov_printed_units(const behov_printed *printed, double x);

/// Whether 0 may have been rounded to it.
BEHOV_API bool behov_printed_can_be_zero(const behov_printed *printed);

/* A slip of the hand that makes one printed number of another. */
typedef enum behov_slip {
    BEHOV_SLIP_MARK_LEFT,  /* the decimal mark one place to the left, a zero gained: 0.029 -> 0.0029; e-07 -> e-08 */
    BEHOV_SLIP_MARK_RIGHT, /* one place to the right, a zero lost: 0.029 -> 0.29 */
    BEHOV_SLIP_SWAP,       /* the digits at the index and behind it change places */
    BEHOV_SLIP_DROP,       /* the digit at the index is left out */
    BEHOV_SLIP_DOUBLE,     /* the digit at the index stands twice */
    BEHOV_N_SLIPS
} behov_slip;

/// The number that a slip makes of another.
/// \param index     position in `digits`; of no meaning for the decimal mark
/// \param[out] out  untouched when the result is false; may be the same as `source`
/// \return whether there is such a number, and it is another than before
BEHOV_API bool behov_printed_slip(const behov_printed *source, behov_slip slip, size_t index, behov_printed *out);

#ifdef __cplusplus
}
#endif
#endif
