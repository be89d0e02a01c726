/* extended.h - double-double arithmetic: an unevaluated sum hi + lo of two doubles, about 32 digits.
 *
 * Products split by Dekker (1971), sums by Knuth's two-sum; no fused operation, so every machine gives the same digits.
 * Used where a problem is small enough to be solved to the last digit of its input (see fit.h). */
#ifndef BEHOV_SRC_EXTENDED_H
#define BEHOV_SRC_EXTENDED_H

#include <behov/error.h>
#include <math.h>
#include <stddef.h>

typedef struct extended {
    double hi, lo;
} extended;

static inline extended extended_of(double a)
{
    return (extended){a, 0};
}

static inline double extended_round(extended a)
{
    return a.hi + a.lo;
}

/* hi + lo with |lo| <= ulp(hi)/2, for |a| >= |b| */
static inline extended extended_quick_sum(double a, double b)
{
    double s = a + b;
    return (extended){s, b - (s - a)};
}

static inline extended extended_two_sum(double a, double b)
{
    double s = a + b, t = s - a;
    return (extended){s, (a - (s - t)) + (b - t)};
}

static inline extended extended_two_product(double a, double b)
{
    double p = a * b;
    double t = 134217729.0 * a, ah = t - (t - a), al = a - ah; /* 2^27 + 1 */
    double u = 134217729.0 * b, bh = u - (u - b), bl = b - bh;
    return (extended){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static inline extended extended_add(extended a, extended b)
{
    extended s = extended_two_sum(a.hi, b.hi), t = extended_two_sum(a.lo, b.lo);
    s = extended_quick_sum(s.hi, s.lo + t.hi);
    return extended_quick_sum(s.hi, s.lo + t.lo);
}

static inline extended extended_negate(extended a)
{
    return (extended){-a.hi, -a.lo};
}

static inline extended extended_subtract(extended a, extended b)
{
    return extended_add(a, extended_negate(b));
}

static inline extended extended_multiply(extended a, extended b)
{
    extended p = extended_two_product(a.hi, b.hi);
    return extended_quick_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline extended extended_divide(extended a, extended b)
{
    double q1 = a.hi / b.hi;
    extended r = extended_subtract(a, extended_multiply(b, extended_of(q1)));
    double q2 = r.hi / b.hi;
    r = extended_subtract(r, extended_multiply(b, extended_of(q2)));
    double q3 = r.hi / b.hi;
    extended q = extended_quick_sum(q1, q2);
    return extended_add(q, extended_of(q3));
}

static inline extended extended_square_root(extended a)
{
    if (a.hi <= 0)
        return extended_of(0);
    extended x = extended_of(sqrt(a.hi));
    for (int i = 0; i < 2; i++) { /* Newton; each step doubles the digits */
        extended r = extended_subtract(a, extended_multiply(x, x));
        x = extended_add(x, extended_divide(r, extended_add(x, x)));
    }
    return x;
}

/// Triangle of an n_rows x width matrix by Householder reflections, n_rows >= width not needed.
/// \param columns   column-major n_rows x width; destroyed
/// \param triangle  width x width, row-major, upper
/// \param work      room for n_rows numbers
void extended_triangle(extended *columns, size_t n_rows, size_t width, extended *triangle, extended *work);

/// Inverse of the leading n x n block of a triangle.
void extended_triangle_inverse(const extended *triangle, size_t width, size_t n, extended *inverse);

#endif
