#!/usr/bin/python3
"""check_panel.py - does the simulated panel say what the report prints? Asked without any of the project's C code.

    check_panel.py [--figures] [PANEL [RATIOS [REGRESSION]]]

Prints one line per requirement, "OK" or "FAIL" with what was found; exit code 0 if all hold, 1 if one does not, 2 if
a file cannot be read. --figures prints the exact fit instead, 17 significant digits, for tests to compare with.

    y_i = b_0 + b_1 x_i1 + ... + d_2016 + e_i      the 1 935 rows with estimated_on = 1
    b   = (X'X)^-1 X'y                             exact: the doubles of the file are rationals, and so is b
    V   = G/(G-1) (N-1)/(N-K) A (sum_g s_g s_g') A A = (X'X)^-1, s_g = sum over cluster g of x_i e_i; 60 digits
    cluster = the population figure; p-values from t(G-1)

population^1.2 is the one number that is not exact: it is the double that pow() gives, as every program will use.
Standard library only. What it does not do: see the shifts of the calibration; only the generator knows those.
"""
import csv
import decimal
import io
import math
import os
import re
import sys
from collections import Counter
from decimal import Decimal
from fractions import Fraction

decimal.getcontext().prec = 60

YEARS = [2012, 2013, 2014, 2015, 2016]
COVARIATES = {  # name: bounds of the simulation
    "disabled_18_49": (0.3, 4.5),
    "clustering_index": (0.05, 4.0),
    "population_16_66": (57, 70),
    "non_western_immigrants": (0.05, 13),
    "new_refugees": (0, 2.6),
    "upper_secondary_completion": (35, 95),
}
HEADER = ["municipality_code", "municipality", "year", "net_expenditure", "disabled_18_49", "population",
          "clustering_index", "population_16_66", "non_western_immigrants", "new_refugees",
          "upper_secondary_completion", "estimated_on", "source"]
TERMS = ["intercept", "disabled_18_49", "urbanity", "clustering_index", "population_16_66", "non_western_immigrants",
         "new_refugees", "upper_secondary_completion", "year_2013", "year_2014", "year_2015", "year_2016"]
MISPRINTED, MENDED = "upper_secondary_completion", "0.0029"
N_ESTIMATED, N_PREDICTED, ADJUSTED_R2 = 1935, 185, "0.33"

failures = 0


def report(holds, what, found=""):
    """One line per requirement; found is told in either case."""
    global failures
    failures += not holds
    print(("OK    " if holds else "FAIL  ") + what + (": " + found if found else ""))


def some(places):
    return ", ".join(places[:3]) + (f" and {len(places) - 3} more" if len(places) > 3 else "")


# ---- exact linear algebra --------------------------------------------------------------------------------------------

def as_integers(column):
    """A column of doubles as integers over one common power of two: sums of products are then plain integers."""
    ratios = [value.as_integer_ratio() for value in column]
    common = max(denominator for _, denominator in ratios)
    return [numerator * (common // denominator) for numerator, denominator in ratios], common


def inverse(matrix):
    """Gauss-Jordan over fractions."""
    size = len(matrix)
    rows = [list(row) + [Fraction(int(i == j)) for j in range(size)] for i, row in enumerate(matrix)]
    for i in range(size):
        pivot = next(k for k in range(i, size) if rows[k][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in range(size):
            if k != i and rows[k][i]:
                factor = rows[k][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    return [row[size:] for row in rows]


def decimal_of(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def least_squares(regressors, outcome, clusters):
    """b, standard errors (CV1), adjusted R2 and number of clusters, as decimals of 60 digits."""
    n, k = len(outcome), len(regressors[0])
    scaled = [as_integers(column) for column in zip(*regressors)] + [as_integers(outcome)]

    def product(i, j):
        (left, left_unit), (right, right_unit) = scaled[i], scaled[j]
        return Fraction(sum(a * b for a, b in zip(left, right)), left_unit * right_unit)

    bread = inverse([[product(i, j) for j in range(k)] for i in range(k)])
    right_side = [product(i, k) for i in range(k)]
    exact = [sum(a * c for a, c in zip(row, right_side)) for row in bread]
    b = [decimal_of(value) for value in exact]
    bread = [[decimal_of(value) for value in row] for row in bread]
    x = [[Decimal(value) for value in row] for row in regressors]
    y = [Decimal(value) for value in outcome]
    residuals = [yi - sum(xij * bj for xij, bj in zip(xi, b)) for xi, yi in zip(x, y)]
    scores = {}
    for xi, residual, cluster in zip(x, residuals, clusters):
        score = scores.setdefault(cluster, [Decimal(0)] * k)
        for j in range(k):
            score[j] += xi[j] * residual
    g = len(scores)
    factor = Decimal(g) / (g - 1) * (n - 1) / (n - k)
    errors = []
    for row in bread:
        variance = sum(sum(a * s for a, s in zip(row, score)) ** 2 for score in scores.values())
        errors.append((factor * variance).sqrt())
    mean = sum(y) / n
    rss, tss = sum(e * e for e in residuals), sum((yi - mean) ** 2 for yi in y)
    return b, errors, 1 - Decimal(n - 1) / (n - k) * rss / tss, g


def two_sided_p(t, dof):
    """2 P(T > |t|) = I_x(dof/2, 1/2), x = dof/(dof + t^2); continued fraction (Lentz), for |t| not near 0."""
    a, b, x = dof / 2, 0.5, dof / (dof + t * t)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side only
        a, b, x, turned = b, a, 1 - x, True
    else:
        turned = False
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 500):
        for term in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    value = front * fraction / a
    return 1 - value if turned else value


# ---- printed digits --------------------------------------------------------------------------------------------------

def as_printed(value, like):
    """Annex 1 prints three decimals, urbanity three significant digits, the mended standard error four decimals."""
    if "e" in like:
        return f"{Decimal(value):.2e}"
    return f"{Decimal(value):.{max(3, len(like.partition('.')[2]))}f}"


def whole_per_cent(numerator, denominator):
    return math.floor(100 * numerator / denominator + Decimal("0.5"))


# ---- the checks ------------------------------------------------------------------------------------------------------

def check_form(raw, rows, ratios):
    report(not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n"),
           "UTF-8 without byte order mark, lines end in LF")
    report(True, "13 columns under the names of the model")  # or main() would have stopped
    bad = [f"line {i + 2}" for i, row in enumerate(rows) if None in row or None in row.values()]
    report(not bad, "no ragged row", some(bad))
    wanted = [(line["municipality_code"], line["municipality"], str(year)) for line in ratios for year in YEARS]
    found = [(row["municipality_code"], row["municipality"], row["year"]) for row in rows]
    report(found == wanted and wanted == sorted(wanted, key=lambda key: (key[0], key[2])) and len(rows) == 2120,
           "one row per municipality of annex 2 and year, real names, sorted by code and year", f"{len(rows)} rows")
    report(all(re.fullmatch(r"\d{4}", row["municipality_code"]) for row in rows), "codes have four digits")
    report(all(row["source"] == "simulated" for row in rows), "every row is called simulated")
    marks = {}
    for row in rows:
        marks.setdefault(row["municipality_code"], set()).add(row["estimated_on"])
    counts = Counter(row["estimated_on"] for row in rows)
    report(counts == {"1": N_ESTIMATED, "0": N_PREDICTED} and all(len(mark) == 1 for mark in marks.values()),
           "1 935 rows of estimation (387 municipalities) and 185 predicted only (37)", str(dict(counts)))
    bad = [f"{name} in line {i + 2}" for i, row in enumerate(rows) for name in COVARIATES
           if not re.fullmatch(r"\d+\.\d{6}", row[name])]
    report(not bad, "covariates have six decimals", some(bad))
    report(all(re.fullmatch(r"[1-9]\d*", row["population"]) for row in rows), "populations are whole")
    bad = [f"line {i + 2}" for i, row in enumerate(rows) if Decimal(row["net_expenditure"]) !=
           Decimal(repr(float(row["net_expenditure"])))]
    report(not bad, "the outcome is the shortest decimal of its double", some(bad))


def check_plausible(rows, needs):
    report(Decimal("0.6") <= min(needs) and max(needs) <= 5, "needs lie within 0.6-5",
           f"{min(needs):.3f} to {max(needs):.3f}")
    bad = [f"{name} in line {i + 2}" for i, row in enumerate(rows) for name, (lowest, highest) in COVARIATES.items()
           if not lowest < float(row[name]) < highest]
    report(not bad, "covariates stay inside their ranges", some(bad))
    # A spike is many rows in one spot or against a bound. Covariates are drawn about normal on the logit of their
    # range, where a smooth draw of 2 120 rows over 6 to 8 standard deviations puts 5 to 6 per cent into the fullest of
    # 50 equal cells (measured here: 0.051 to 0.061); a tenth would be a spike. Half the rows lie on either side of the
    # median, and a tail is there if it reaches at least 1.5 standard deviations out.
    for name, (lowest, highest) in COVARIATES.items():
        values = sorted(float(row[name]) for row in rows)
        if not lowest < values[0] <= values[-1] < highest:
            continue  # told above
        logits = [math.log((value - lowest) / (highest - value)) for value in values]
        centre = logits[len(logits) // 2]
        deviation = math.sqrt(sum((logit - centre) ** 2 for logit in logits) / len(logits))
        width = (logits[-1] - logits[0]) / 50
        cells = Counter(min(49, int((logit - logits[0]) / width)) for logit in logits)
        fullest = max(cells.values()) / len(values)
        repeated = Counter(values).most_common(1)[0][1]
        tails = (centre - logits[0]) / deviation, (logits[-1] - centre) / deviation
        report(min(tails) > 1.5 and fullest < 0.1 and repeated <= 5, f"{name} has two tails and no spike",
               f"{values[0]:g}, median {values[len(values) // 2]:g}, {values[-1]:g}; tails {tails[0]:.1f} and "
               f"{tails[1]:.1f} sd, fullest cell {fullest:.3f}, one value at most {repeated} times")


def check_regression(printed, b, errors, adjusted_r2, n_clusters):
    for column, values in (("coefficient", b), ("standard_error", errors)):
        bad, worst = [], 0.0
        for line, value in zip(printed, values):
            like = MENDED if (column, line["term"]) == ("standard_error", MISPRINTED) else line[column]
            worst = max(worst, abs(float(Decimal(value) / Decimal(like) - 1)))
            if as_printed(value, like) != as_printed(like, like):
                bad.append(f"{line['term']} {value:.6g} for {like}")
        report(not bad, f"12 printed {column.replace('_', ' ')}s" +
               (" (0.0029 for upper secondary)" if column == "standard_error" else ""),
               some(bad) or f"largest relative difference {worst:.1e}")
    bad, told = [], []
    for line, value, error in zip(printed, b, errors):
        p = two_sided_p(float(value / error), n_clusters - 1)
        stars = "*" * ((p < 0.10) + (p < 0.05) + (p < 0.01))
        told.append(f"{float(value / error):.2f}{stars}")
        if stars != line["stars"]:
            bad.append(f"{line['term']} {stars or 'none'} for {line['stars'] or 'none'} (p = {p:.4f})")
    report(not bad, f"12 printed stars from t({n_clusters - 1})", some(bad) or " ".join(told))
    report(f"{adjusted_r2:.2f}" == ADJUSTED_R2, "adjusted R2 prints 0.33", f"{adjusted_r2:.9f}")


def check_ratios(rows, ratios, needs, which):
    printed = [int(line[str(year)]) for line in ratios for year in YEARS]
    bad = []
    for row, need, ratio in zip(rows, needs, printed):
        found = whole_per_cent(Decimal(float(row["net_expenditure"])), need)
        if found != ratio:
            bad.append(f"{row['municipality_code']} {row['year']} {found} for {ratio}")
    report(not bad, f"2 120 printed ratios under the {which} coefficients", some(bad))


def regressors_of(row):
    year = int(row["year"])
    return ([1.0, float(row["disabled_18_49"]), math.pow(float(row["population"]), 1.2)] +
            [float(row[term]) for term in TERMS[3:8]] + [float(year == later) for later in YEARS[1:]])


def read(path):
    with open(path, "rb") as file:
        raw = file.read()
    return raw, list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))


def main(arguments):
    datasets = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "datasets")
    paths = [os.path.join(datasets, "simulated", "panel.csv"),
             os.path.join(datasets, "proba-2017-08", "ratios.csv"),
             os.path.join(datasets, "proba-2017-08", "regression.csv")]
    wants_figures = "--figures" in arguments
    given = [argument for argument in arguments if argument != "--figures"]
    paths[:len(given)] = given
    try:
        (raw, rows), (_, ratios), (_, printed) = (read(path) for path in paths)
    except (OSError, UnicodeDecodeError) as problem:
        print(problem, file=sys.stderr)
        return 2
    if [line["term"] for line in printed] != TERMS or not rows:
        print("the regression table does not hold the 12 terms, or the panel is empty", file=sys.stderr)
        return 2

    if list(rows[0]) != HEADER:
        report(False, "13 columns under the names of the model", ", ".join(rows[0]))
        return 1

    x = [regressors_of(row) for row in rows]
    kept = [i for i, row in enumerate(rows) if row["estimated_on"] == "1"]
    b, errors, adjusted_r2, n_clusters = least_squares(
        [x[i] for i in kept], [float(rows[i]["net_expenditure"]) for i in kept], [rows[i]["population"] for i in kept])
    if wants_figures:
        print("term,estimate,se")
        for term, value, error in zip(TERMS, b, errors):
            print(f"{term},{value:.16e},{error:.16e}")
        print(f"adj_r2,{adjusted_r2:.16e},\nn_estimated,{len(kept)},\nn_clusters,{n_clusters},")
        return 0

    def needs(coefficients):
        return [sum(Decimal(value) * c for value, c in zip(row, coefficients)) for row in x]

    on_print = needs([Decimal(line["coefficient"]) for line in printed])
    check_form(raw, rows, ratios)
    check_plausible(rows, on_print)
    check_regression(printed, b, errors, adjusted_r2, n_clusters)
    check_ratios(rows, ratios, on_print, "printed")
    check_ratios(rows, ratios, needs(b), "fitted")
    print(f"{n_clusters} clusters; {'all hold' if not failures else f'{failures} do not hold'}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
