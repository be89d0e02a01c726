/* hypot.c - the C library's hypot for WebAssembly: to the last bit what glibc 2.35 and later give on a PC, so that figures are
 * the same in both. Emscripten's own is as good, but another.
 * The square root of the sum of squares is corrected once: C. F. Borges (2021), "Algorithm 1014: An improved algorithm for
 * hypot(x, y)", ACM Transactions on Mathematical Software 47 (1), the variant without fused operations. */
#include <math.h>

double hypot(double x, double y);

/* long_side >= short_side > 0, whose squares neither overflow nor underflow. */
static double corrected_root(double long_side, double short_side)
{
    double root = sqrt(long_side * long_side + short_side * short_side), left, right;
    if (root <= 2 * short_side) {
        double surplus = root - short_side;
        left = long_side * (2 * surplus - long_side);
        right = (surplus - 2 * (long_side - short_side)) * surplus;
    } else {
        double surplus = root - long_side;
        left = 2 * surplus * (long_side - 2 * short_side);
        right = (4 * surplus - short_side) * short_side + surplus * surplus;
    }
    return root - (left + right) / (2 * root);
}

double hypot(double x, double y)
{
    const double scale = 0x1p-600, large = 0x1p+511, tiny = 0x1p-459, precision = 0x1p-54;
    if (isinf(x) || isinf(y))
        return INFINITY;
    if (isnan(x) || isnan(y))
        return x + y;
    x = fabs(x);
    y = fabs(y);
    double long_side = x < y ? y : x, short_side = x < y ? x : y;
    if (long_side > large)
        return short_side <= long_side * precision ? long_side + short_side
                                                   : corrected_root(long_side * scale, short_side * scale) / scale;
    if (short_side < tiny)
        return long_side >= short_side / precision ? long_side + short_side
                                                   : corrected_root(long_side / scale, short_side / scale) * scale;
    return short_side <= long_side * precision ? long_side + short_side : corrected_root(long_side, short_side);
}
