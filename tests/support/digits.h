/* digits.h - how many decimal digits of a number are right.
 *
 * cmocka 1.1.5 has only assert_float_equal, which casts to float; these compare doubles.
 * Include cmocka.h (with its own includes) before this file. */
#ifndef BEHOV_TESTS_DIGITS_H
#define BEHOV_TESTS_DIGITS_H

/* All digits right: more than a double can hold. */
#define DIGITS_ALL 17.0

/* -log10(|got - want| / |want|), or -log10(|got|) where want is 0; DIGITS_ALL when equal (also NaN and NaN, equal
 * infinities), 0 when one of them is NaN or infinite and the other is not; never below 0 or above DIGITS_ALL. */
double correct_digits(double got, double want);

/* The same against a decimal text of up to 60 significant digits ("1.2345678901234567890123", "-3.1e-17", always with
 * a point), subtracted digit by digit: a want with more digits than a double has is not rounded first. The
 * double nearest to the text has 15.9 to 17 digits right, so 15.9 is the most to ask for. "nan", "inf" and
 * "-inf" are understood, any other text gives NaN. */
double correct_digits_text(double got, const char *want);

/* Fails the cmocka test with both values to 17 digits. */
#define assert_digits(got, want, digits) assert_digits_at((got), (want), (digits), #got, __FILE__, __LINE__)
#define assert_digits_text(got, want, digits) assert_digits_text_at((got), (want), (digits), #got, __FILE__, __LINE__)

void assert_digits_at(double got, double want, double digits, const char *subject, const char *file, int line);
void assert_digits_text_at(double got, const char *want, double digits, const char *subject, const char *file,
                           int line);

#endif
