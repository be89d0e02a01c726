#!/usr/bin/python3
"""absorbed_exact.py - the figures of test_absorbed_exact.c, from the simulated panel in 60-digit decimal arithmetic.

    absorbed_exact.py [PANEL]

The model of the report with an effect for each municipality, by the textbook: deviations from the (weighted) means of the
municipalities, A = X'WX, b = A^-1 X'Wy; HC and CV sums of the scores w_i x_i u_i, leverage w_i x_i'A^-1 x_i + w_i / sum of
the weights of the municipality. Weights are populations over their mean. Prints one line a figure: its name, then one
number a slope, 20 digits. population^1.2 is the double that pow() gives. Standard library only.
"""
import csv
import sys
from decimal import Decimal, getcontext

getcontext().prec = 60
NAMES = ["disabled_18_49", "population", "clustering_index", "population_16_66", "non_western_immigrants", "new_refugees",
         "upper_secondary_completion"]
K = 11


def inverse(matrix):
    """Gauss-Jordan with pivots."""
    n = len(matrix)
    rows = [list(row) + [Decimal(int(i == j)) for j in range(n)] for i, row in enumerate(matrix)]
    for j in range(n):
        best = max(range(j, n), key=lambda i: abs(rows[i][j]))
        rows[j], rows[best] = rows[best], rows[j]
        pivot = rows[j][j]
        rows[j] = [value / pivot for value in rows[j]]
        for i in range(n):
            if i != j:
                factor = rows[i][j]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[j])]
    return [row[n:] for row in rows]


def show(name, values):
    print(name, *(f"{value:.20g}" for value in values))


def figures(name, panel, weights):
    groups = {}
    for row, weight in zip(panel, weights):
        sums = groups.setdefault(row["municipality_code"], [Decimal(0)] * (K + 2))
        for k in range(K + 1):
            sums[k] += weight * row["z"][k]
        sums[K + 1] += weight
    z = []
    for row in panel:
        sums = groups[row["municipality_code"]]
        z.append([row["z"][k] - sums[k] / sums[K + 1] for k in range(K + 1)])
    cross = [[sum(w * d[i] * d[j] for d, w in zip(z, weights)) for j in range(K + 1)] for i in range(K)]
    a = inverse([row[:K] for row in cross])
    b = [sum(a[i][j] * cross[j][K] for j in range(K)) for i in range(K)]
    u = [d[K] - sum(b[k] * d[k] for k in range(K)) for d in z]
    rss, tss = sum(w * e * e for w, e in zip(weights, u)), sum(w * d[K] * d[K] for w, d in zip(weights, z))
    n, free = Decimal(len(panel)), Decimal(len(panel) - K - len(groups))

    def sandwich(scores):
        total = [Decimal(0)] * K
        for score in scores:
            for k in range(K):
                total[k] += sum(a[k][j] * score[j] for j in range(K)) ** 2
        return total

    def clustered(column):
        sums = {}
        for row, d, w, e in zip(panel, z, weights, u):
            of = sums.setdefault(row[column], [Decimal(0)] * K)
            for k in range(K):
                of[k] += w * e * d[k]
        return sandwich(sums.values()), Decimal(len(sums))

    show(name + "_coefficients", b)
    show(name + "_classical", [(rss / free * a[k][k]).sqrt() for k in range(K)])
    hc0 = sandwich([w * e * d[k] for k in range(K)] for d, w, e in zip(z, weights, u))
    show(name + "_hc1", [(n / free * v).sqrt() for v in hc0])
    adjusted = []
    for row, d, w, e in zip(panel, z, weights, u):
        h = w * sum(d[i] * a[i][j] * d[j] for i in range(K) for j in range(K)) + w / groups[row["municipality_code"]][K + 1]
        adjusted.append([w * e * d[k] / (1 - h) for k in range(K)])
    show(name + "_hc3", [v.sqrt() for v in sandwich(adjusted)])
    v, g = clustered("municipality_code")  # the effects are nested: K + 1
    show(name + "_cv1_municipality", [(g / (g - 1) * (n - 1) / (n - K - 1) * x).sqrt() for x in v])
    v, g = clustered("year")  # they cross: K + groups
    show(name + "_cv1_year", [(g / (g - 1) * (n - 1) / free * x).sqrt() for x in v])
    show(name + "_squares", [rss, tss, 1 - rss / tss])


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "datasets/simulated/panel.csv"
    with open(path, encoding="utf-8", newline="") as file:
        panel = [row for row in csv.DictReader(file) if row["estimated_on"] == "1"]
    for row in panel:
        x = [float(row[name]) for name in NAMES]
        x[1] **= 1.2
        x += [float(row["year"] == str(year)) for year in range(2013, 2017)] + [float(row["net_expenditure"])]
        row["z"] = [Decimal(value) for value in x]
    figures("ols", panel, [Decimal(1)] * len(panel))
    population = [Decimal(row["population"]) for row in panel]
    mean = sum(population) / len(population)
    figures("wls", panel, [value / mean for value in population])


main()
