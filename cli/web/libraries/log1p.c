/* log1p.c - the C library's log1p and log10 for WebAssembly: to the last bit what glibc up to 2.38 gives on a PC, so that
 * figures are the same in both; Emscripten's own are as good, but others.
 *
 * After the fdlibm of Sun Microsystems, with the order of additions of glibc:
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved. */
#include <math.h>
#include <stdint.h>
#include <string.h>

double log1p(double x);
double log10(double x);

static const double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;

static int32_t high_word(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (int32_t)(bits >> 32);
}

static double with_high_word(double x, int32_t word)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits = (bits & 0xffffffffu) | (uint64_t)(uint32_t)word << 32;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* log(1 + f) - f + f^2/2, as a polynomial in s^2 where s = f/(2 + f). */
static double remainder_of(double s)
{
    static const double term[] = {0,
                                  6.666666666666735130e-01,
                                  3.999999999940941908e-01,
                                  2.857142874366239149e-01,
                                  2.222219843214978396e-01,
                                  1.818357216161805012e-01,
                                  1.531383769920937332e-01,
                                  1.479819860511658591e-01};
    double z = s * s, z2 = z * z, z4 = z2 * z2, z6 = z4 * z2;
    double first = z * term[1], second = term[2] + z * term[3], third = term[4] + z * term[5],
           fourth = term[6] + z * term[7];
    return first + z2 * second + z4 * third + z6 * fourth;
}

double log1p(double x)
{
    int32_t word = high_word(x), size = word & 0x7fffffff, power = 1, fraction = 0;
    double f = 0, lost = 0;
    if (isnan(x) || word >= 0x7ff00000)
        return x + x;
    if (x <= -1)
        return x == -1 ? -INFINITY : NAN;
    if (word < 0x3fda827a) { /* below sqrt(2) - 1 */
        if (size < 0x3e200000)
            return size < 0x3c900000 ? x : x - x * x * 0.5;
        if (word > 0 || word <= (int32_t)0xbfd2bec3) {
            power = 0;
            f = x;
            fraction = 1;
        }
    }
    if (power != 0) {
        double u = word < 0x43400000 ? 1.0 + x : x;
        fraction = high_word(u);
        power = (fraction >> 20) - 1023;
        if (word < 0x43400000)
            lost = (power > 0 ? 1.0 - (u - x) : x - (u - 1.0)) / u;
        fraction &= 0x000fffff;
        if (fraction < 0x6a09e)
            u = with_high_word(u, fraction | 0x3ff00000);
        else {
            power++;
            u = with_high_word(u, fraction | 0x3fe00000);
            fraction = (0x00100000 - fraction) >> 2;
        }
        f = u - 1.0;
    }
    double half_square = 0.5 * f * f, k = power;
    if (fraction == 0) { /* |f| < 2^-20 */
        if (f == 0)
            return power == 0 ? 0 : k * ln2_high + (lost + k * ln2_low);
        double rest = half_square * (1.0 - 0.66666666666666666 * f);
        return power == 0 ? f - rest : k * ln2_high - ((rest - (k * ln2_low + lost)) - f);
    }
    double s = f / (2.0 + f), rest = remainder_of(s);
    return power == 0 ? f - (half_square - s * (half_square + rest))
                      : k * ln2_high - ((half_square - (s * (half_square + rest) + (k * ln2_low + lost))) - f);
}

double log10(double x)
{
    static const double inverse_ln10 = 4.34294481903251816668e-01, high = 3.01029995663611771306e-01,
                        low = 3.69423907715893078616e-13;
    if (isnan(x) || x < 0)
        return x < 0 ? NAN : x + x;
    if (x == 0)
        return -INFINITY;
    if (isinf(x))
        return x;
    int32_t power = 0, word = high_word(x);
    if (word < 0x00100000) {
        power = -54;
        x *= 0x1p54;
        word = high_word(x);
    }
    power += (word >> 20) - 1023;
    int32_t is_below_1 = power < 0;
    double y = power + is_below_1;
    x = with_high_word(x, (word & 0x000fffff) | (0x3ff - is_below_1) << 20);
    double z = y * low + inverse_ln10 * log(x);
    return z + y * high;
}
