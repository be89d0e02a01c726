#!/usr/bin/env python3
"""funnel.py DIRECTORY: the figures of test_funnel.sh, made without behov, and the panels that they are of.

Least squares of y on a constant, x and years in exact fractions; the restricted likelihood of y - need = u + e, Var e = row +
person / population, at its maximum in 40 digits (mpmath); then the limits of Spiegelhalter (2005a) about 100 at the
country's mean need, and tau^2 of DerSimonian and Laird on the winsorised z (Spiegelhalter 2005b), each formula written
out here once more. DIRECTORY gets the panels funnel_NAME.csv; standard output is tests/cross/funnel.txt.

Made with Python 3.11.7 and mpmath 1.3.0. tau^2 is also that of R's FunnelPlotR (tau_func and winsorisation of
R/od_adjustment.R, commit 225b14d), whose z and standard errors are those of counts and not of amounts."""
import csv
import sys
from fractions import Fraction
from random import Random

from mpmath import erfinv, findroot, matrix, mp, mpf, sqrt

mp.dps = 40
LEVEL = Fraction(9, 10)
Z = sqrt(mpf(2)) * erfinv(mpf(LEVEL.numerator) / LEVEL.denominator)


def make(name, seed, n, years, lasting, row, person, gaps):
    """Figures of few digits, so that the file holds them whole."""
    random = Random(seed)
    rows = []
    for i in range(n):
        code = f"{1101 + i}"
        u = random.gauss(0, lasting ** 0.5)
        size = int(10 ** random.uniform(2.6, 5.0))
        for t, year in enumerate(years):
            if gaps and (i + t) % 7 == 0:
                continue
            x = round(random.uniform(1, 5), 2)
            population = size + 13 * t
            y = 1.2 + 0.35 * x + 0.05 * t + u + random.gauss(0, (row + person / population) ** 0.5)
            rows.append([code, year, population, x, round(y, 4)])
    with open(f"{sys.argv[1]}/funnel_{name}.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["municipality_code", "year", "population", "x", "y"])
        writer.writerows(rows)
    return [(c, t, Fraction(p), Fraction(str(x)), Fraction(str(y))) for c, t, p, x, y in rows]


def solve(a, b):
    """Gauss with fractions."""
    n = len(a)
    m = [list(row) + [b[i]] for i, row in enumerate(a)]
    for k in range(n):
        pivot = next(i for i in range(k, n) if m[i][k] != 0)
        m[k], m[pivot] = m[pivot], m[k]
        m[k] = [v / m[k][k] for v in m[k]]
        for i in range(n):
            if i != k:
                m[i] = [v - m[i][k] * w for v, w in zip(m[i], m[k])]
    return [m[i][n] for i in range(n)]


def regressors(rows):
    years = sorted({r[1] for r in rows})
    return [[Fraction(1), r[3]] + [Fraction(int(r[1] == year)) for year in years[1:]] for r in rows]


def least_squares(rows, xs):
    k = len(xs[0])
    xx = [[sum(x[i] * x[j] for x in xs) for j in range(k)] for i in range(k)]
    return solve(xx, [sum(x[i] * r[4] for x, r in zip(xs, rows)) for i in range(k)])


def exact(value):
    return mpf(value.numerator) / value.denominator


def restricted_score(rows, xs, has_row):
    """The gradient of the restricted likelihood in (lasting, [row,] person), by the formulas of Harville (1977)."""
    groups = {}
    for i, r in enumerate(rows):
        groups.setdefault(r[0], []).append(i)
    k = len(xs[0])
    x_of = [[exact(v) for v in x] for x in xs]
    y_of = [exact(r[4]) for r in rows]
    p_of = [exact(r[2]) for r in rows]

    def score(*v):
        lasting, row, person = v if has_row else (v[0], mpf(0), v[1])
        xx = matrix(k, k)
        xy = matrix(k, 1)
        parts = []
        for rows_of in groups.values():
            # S = D + lasting 11', its inverse by Sherman and Morrison
            a = [1 / (row + person / p_of[i]) for i in rows_of]
            share = lasting / (1 + lasting * sum(a))
            inverse = matrix(len(a), len(a))
            for i in range(len(a)):
                for j in range(len(a)):
                    inverse[i, j] = (a[i] if i == j else 0) - share * a[i] * a[j]
            x = matrix([x_of[i] for i in rows_of])
            y = matrix([y_of[i] for i in rows_of])
            xx += x.T * inverse * x
            xy += x.T * inverse * y
            parts.append((rows_of, x, y, inverse))
        b = mp.lu_solve(xx, xy)
        bread = xx ** -1
        derivatives = [mpf(0)] * 3
        for rows_of, x, y, inverse in parts:
            r = inverse * (y - x * b)
            inner = inverse - inverse * x * bread * x.T * inverse  # the diagonal block of P
            n = len(rows_of)
            derivatives[0] += sum(r) ** 2 - sum(inner[i, j] for i in range(n) for j in range(n))
            derivatives[1] += sum(r[i] ** 2 - inner[i, i] for i in range(n))
            derivatives[2] += sum((r[i] ** 2 - inner[i, i]) / p_of[rows_of[i]] for i in range(n))
        return derivatives if has_row else [derivatives[0], derivatives[2]]

    return score


def quantile(values, share):
    values = sorted(values)
    at = share * (len(values) - 1)
    i = int(at)
    return values[i] + (at - i) * (values[i + 1] - values[i]) if i + 1 < len(values) else values[-1]


def study(name, rows, start):
    xs = regressors(rows)
    b = least_squares(rows, xs)
    need = [sum(v * w for v, w in zip(b, x)) for x in xs]
    has_row = len({r[1] for r in rows}) > 1
    found = findroot(restricted_score(rows, xs, has_row), start if has_row else (start[0], start[2]), tol=1e-60, maxsteps=60)
    lasting, row, person = (found[0], found[1], found[2]) if has_row else (found[0], mpf(0), found[1])
    assert min(lasting, person) > 0 and row >= 0, (lasting, row, person)
    year = max(r[1] for r in rows)
    shown = [i for i, r in enumerate(rows) if r[1] == year]
    country = exact(sum(rows[i][2] * need[i] for i in shown) / sum(rows[i][2] for i in shown))
    out = {"variances": [lasting, row, person], "country_need": [country], "codes": [mpf(rows[i][0]) for i in shown]}
    ratio = [exact(100 * rows[i][4] / need[i]) for i in shown]
    own = [exact(need[i]) for i in shown]
    chance = [row + person / exact(rows[i][2]) for i in shown]
    out["ratio"] = ratio
    deviations = [100 * sqrt(c) / n for c, n in zip(chance, own)]
    z = [(r - 100) / s for r, s in zip(ratio, deviations)]
    low, high = quantile(z, mpf(1) / 10), quantile(z, mpf(9) / 10)
    phi = sum(max(low, min(high, v)) ** 2 for v in z) / len(z)
    w = [1 / s ** 2 for s in deviations]
    tau2 = max(mpf(0), (len(z) * phi - (len(z) - 1)) / (sum(w) - sum(v ** 2 for v in w) / sum(w)))
    out["tau2"] = [tau2]
    spread = [[lasting * mpf(10) ** 4 / n ** 2 for n in own], [tau2] * len(own)]
    drawn = [lasting * mpf(10) ** 4 / country ** 2, tau2]
    for sign, end in ((-1, "low"), (1, "high")):
        out["inner_" + end] = [100 + sign * Z * 100 * sqrt(c) / country for c in chance]
        out["own_inner_" + end] = [100 + sign * Z * s for s in deviations]
        for which, kind in enumerate(("model", "winsorised")):
            out[f"{kind} outer_{end}"] = [100 + sign * Z * sqrt(mpf(10) ** 4 * c / country ** 2 + drawn[which]) for c in chance]
            out[f"{kind} own_outer_{end}"] = [100 + sign * Z * sqrt(s ** 2 + v) for s, v in zip(deviations, spread[which])]
    for which, kind in enumerate(("model", "winsorised")):
        out[f"{kind} deviation"] = [(r - 100) / sqrt(s ** 2 + v) for r, s, v in zip(ratio, deviations, spread[which])]
        lows, highs = out[f"{kind} outer_low"], out[f"{kind} outer_high"]
        inside = sum(a <= r <= c for a, r, c in zip(lows, ratio, highs))
        out[f"{kind} within"] = [mpf(inside)]
    for key, values in out.items():
        print(name, key, " ".join(mp.nstr(v, 17) for v in values))


print("# python3 tests/cross/funnel.py tests/cross")
study("balanced", make("balanced", 1, 40, (2014, 2015, 2016), 0.15, 0.02, 60, False), (0.15, 0.02, 60))
study("gaps", make("gaps", 2, 45, (2012, 2013, 2014, 2015), 0.06, 0.04, 150, True), (0.06, 0.04, 150))
study("one_year", make("one_year", 3, 60, (2016,), 0.1, 0, 200, False), (0.1, 0, 200))
