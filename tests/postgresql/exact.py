"""Regressions from rows R with R'R = [X y]'[X y], in exact arithmetic where it matters, without a library."""
from fractions import Fraction
import math


def parsed(array):
    """float8[][] of PostgreSQL as rows of numbers."""
    if array == "{}":
        return []
    return [[float(number) for number in row.split(",")] for row in array[2:-2].split("},{")]


def solved(triangle):
    """Coefficients of an upper triangle of [X y]: R b = z, each step rounded once (exact sums)."""
    n = len(triangle[0]) - 1
    b = [Fraction(0)] * n
    for i in reversed(range(n)):
        rest = Fraction(triangle[i][n]) - sum(Fraction(triangle[i][j]) * b[j] for j in range(i + 1, n))
        b[i] = rest / Fraction(triangle[i][i])
    return b


def solved_normal(products, y_products):
    """X'X b = X'y by Gauss with pivots: exact for fractions, in double for floats."""
    n = len(y_products)
    rows = [list(products[i]) + [y_products[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(n):
            if k != i:
                ratio = rows[k][i] / rows[i][i]
                rows[k] = [a - ratio * c for a, c in zip(rows[k], rows[i])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def dyadic(value, bits=400):
    """A fraction with a short denominator: further sums stay quick, and 400 bits are more than enough."""
    return Fraction(round(value * 2 ** bits), 2 ** bits)


def bread(triangle, n):
    """(R'R)^-1 of the leading n x n block of a triangle, to 400 bits."""
    columns = []
    for j in range(n):
        x = [Fraction(0)] * n
        x[j] = 1 / Fraction(triangle[j][j])
        for i in reversed(range(j)):
            x[i] = -sum(Fraction(triangle[i][k]) * x[k] for k in range(i + 1, j + 1)) / Fraction(triangle[i][i])
        columns.append(x)
    return [[dyadic(sum(columns[k][i] * columns[k][j] for k in range(n))) for j in range(n)] for i in range(n)]


def cluster_errors(triangle, factors, b, n_rows):
    """CV1 standard errors: G/(G-1) (N-1)/(N-K) A (sum R_g' u_g u_g' R_g) A, u_g = z_g - R_g b, rounded once at the end."""
    n = len(b)
    b = [dyadic(coefficient) for coefficient in b]
    meat = [[Fraction(0)] * n for _ in range(n)]
    for rows in factors:
        exact = [[Fraction(number) for number in row] for row in rows]
        u = [row[n] - sum(row[j] * b[j] for j in range(n)) for row in exact]
        score = [sum(row[j] * rest for row, rest in zip(exact, u)) for j in range(n)]
        for i in range(n):
            for j in range(n):
                meat[i][j] += score[i] * score[j]
    return sandwich_errors(bread(triangle, n), meat, len(factors), n_rows)


def sandwich_errors(a, meat, g, n_rows):
    n = len(a)
    factor = Fraction(g * (n_rows - 1), (g - 1) * (n_rows - n))
    variances = [factor * sum(a[i][k] * meat[k][l] * a[l][i] for k in range(n) for l in range(n)) for i in range(n)]
    return [math.sqrt(variance) for variance in variances]


def digits(got, want):
    """Correct decimal digits of the worst of two lists."""
    worst = 17.0
    for g, w in zip(got, want):
        error = abs(Fraction(g) - Fraction(w))
        if error:
            worst = min(worst, max(0.0, -math.log10(float(error / abs(Fraction(w))) if w else float(error))))
    return worst
