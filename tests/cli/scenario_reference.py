#!/usr/bin/env python3
"""scenario_reference.py - 200 random changes and 200 random mergers of `behov scenario` against arithmetic of 50 digits.

Nothing of the program's arithmetic is used: the regression, its clustered covariance and every figure of a scenario are
made here from the panel with decimal numbers; only the quantile of t comes from `behov fit --json`, as half the width of
an interval over its standard error. Figures agree to 12 digits, intervals to 10."""
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from decimal import Decimal, getcontext

getcontext().prec = 50
PROGRAM, SOURCE = os.environ["BEHOV_PROGRAM"], os.environ["BEHOV_SOURCE"]
PANEL = os.path.join(SOURCE, "datasets", "simulated", "panel.csv")
REGRESSORS = ["disabled_18_49", "population", "clustering_index", "population_16_66", "non_western_immigrants",
              "new_refugees", "upper_secondary_completion"]
SHARES = ["disabled_18_49", "population_16_66", "non_western_immigrants", "new_refugees"]
YEARS = [2013, 2014, 2015, 2016]
N_SCENARIOS = 200
failures = 0


def check(name, got, want, digits):
    """Whether a figure of the program (a double) has as many digits right."""
    global failures
    want = float(want)
    error = math.inf if got is None else abs(got - want) / max(abs(want), 1e-300) if want else abs(got)
    if not error <= 10.0 ** -digits:
        failures += 1
        if failures < 20:
            print(f"{name}: {got!r}, expected {want!r} (relative error {error:.2e})")


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"behov {' '.join(arguments)[:200]}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def regressors(row):
    """The row of the design: constant, the terms of the model, dummies of the years. The power is the double of C's pow."""
    values = [Decimal(1)]
    for name in REGRESSORS:
        values.append(Decimal(math.pow(row[name], 1.2)) if name == "population" else Decimal(row[name]))
    return values + [Decimal(int(row["year"] == year)) for year in YEARS]


def solve(matrix):
    """The inverse of a matrix, by Gauss and Jordan with pivots."""
    n = len(matrix)
    work = [list(row) + [Decimal(int(i == j)) for j in range(n)] for i, row in enumerate(matrix)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(work[i][k]))
        work[k], work[pivot] = work[pivot], work[k]
        head = work[k][k]
        work[k] = [value / head for value in work[k]]
        for i in range(n):
            if i != k and work[i][k]:
                factor = work[i][k]
                work[i] = [a - factor * b for a, b in zip(work[i], work[k])]
    return [row[n:] for row in work]


def dot(a, b):
    return sum((x * y for x, y in zip(a, b)), Decimal(0))


def fit(rows):
    """Coefficients and CV1 with clusters of the population."""
    x = [regressors(row) for row in rows]
    y = [Decimal(row["net_expenditure"]) for row in rows]
    n, k = len(rows), len(x[0])
    bread = solve([[sum((r[i] * r[j] for r in x), Decimal(0)) for j in range(k)] for i in range(k)])
    b = [dot(bread[i], [sum((r[j] * t for r, t in zip(x, y)), Decimal(0)) for j in range(k)]) for i in range(k)]
    scores = {}
    for row, r, t in zip(rows, x, y):
        residual = t - dot(r, b)
        score = scores.setdefault(row["population"], [Decimal(0)] * k)
        for i in range(k):
            score[i] += r[i] * residual
    g = len(scores)
    meat = [[sum((s[i] * s[j] for s in scores.values()), Decimal(0)) for j in range(k)] for i in range(k)]
    half = [[dot(bread[i], [meat[m][j] for m in range(k)]) for j in range(k)] for i in range(k)]
    factor = Decimal(g) / (g - 1) * Decimal(n - 1) / (n - k)
    vcov = [[factor * dot(half[i], [bread[m][j] for m in range(k)]) for j in range(k)] for i in range(k)]
    return b, vcov


def error_of(vcov, contrast):
    return sum((contrast[i] * dot(vcov[i], contrast) for i in range(len(contrast))), Decimal(0)).sqrt()


def read_panel():
    with open(PANEL, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["year"] = int(row["year"])
        for name in REGRESSORS + ["net_expenditure"]:
            row[name] = float(row[name]) if row[name] not in ("", ".", "..", ":") else None
    return rows


def check_interval(name, low, high, value, error, quantile):
    check(name + " low", low, value - quantile * error, 10)
    check(name + " high", high, value + quantile * error, 10)


def check_figures(name, figures, row, x, country, others, model):
    b, vcov, quantile = model
    need, actual, population = dot(x, b), Decimal(row["net_expenditure"]), Decimal(row["population"])
    check(name + " need", figures["need"], need, 12)
    error = error_of(vcov, x)
    check_interval(name + " need", figures["need_low"], figures["need_high"], need, error, quantile)
    check(name + " index", figures["index"], 100 * need / country, 12)
    check(name + " gap", figures["gap_1000kr"], (actual - need) * population, 11)
    check(name + " gap low", figures["gap_1000kr_low"], (actual - need - quantile * error) * population, 9)
    if need > 0:
        ratio = 100 * actual / need
        check(name + " ratio", figures["ratio"], ratio, 12)
        check(name + " rank", figures["rank"], 1 + sum(other > ratio for other in others), 15)
        check(name + " ratio low", figures["ratio_low"], 100 * actual / (need + quantile * error), 10)


def random_change(rng, row):
    """A column, a change as it is written, and the figure that it gives, as the program should: in doubles' reach."""
    column = rng.choice(REGRESSORS)
    before = Decimal(row[column])
    kind = rng.choice(["level", "add", "per_cent", "persons"])
    if kind == "persons" and column not in SHARES:
        kind = "add"
    digits = 0 if column == "population" else 4  # persons are whole
    if kind == "level":
        text = f"{float(before) * rng.uniform(0.7, 1.4):.{digits}f}"
        return column, text, lambda new: Decimal(text)
    if kind == "per_cent":
        amount = f"{rng.uniform(-30, 40):+.2f}"
        return column, amount + "%", lambda new: before * (1 + Decimal(amount) / 100)
    if kind == "persons":
        amount = f"{rng.randint(1, 40):+d}"
        return (column, amount + rng.choice(["p", "persons", "personer"]),
                lambda new: before + 100 * Decimal(amount) / new)  # beside the share as it is, of the new population
    amount = f"{float(before) * rng.uniform(-0.2, 0.3):+.{digits}f}"
    return column, amount + ("pp" if column in SHARES and rng.random() < 0.3 else ""), lambda new: before + Decimal(amount)


def check_changes(rows, model, country, ratios, folder):
    rng = random.Random(20261129)
    path = os.path.join(folder, "scenarios.csv")
    asked = []
    with open(path, "w", encoding="utf-8") as file:
        file.write("scenario,municipality_code,column,change\n")
        for i in range(N_SCENARIOS):
            row = rng.choice(rows)
            changes = {}
            for _ in range(rng.randint(1, 4)):
                column, text, figure = random_change(rng, row)
                changes.setdefault(column, (text, figure))
            asked.append((row, changes))
            for column, (text, _) in changes.items():
                file.write(f"S{i},{row['municipality_code']},{column},\"{text}\"\n")
    for spending in ("per_inhabitant", "total"):
        got = run("scenario", "set", PANEL, "--scenario", path, "--spending", spending, "--allow", "limit", "--quiet", "--json")
        assert len(got["scenarios"]) == N_SCENARIOS
        for i, ((row, changes), scenario) in enumerate(zip(asked, got["scenarios"])):
            check_scenario(f"S{i} {row['municipality_code']}", row, changes, scenario, spending, model, country, ratios)


def check_scenario(name, row, changes, scenario, spending, model, country, ratios):
    b, vcov, quantile = model
    population = Decimal(row["population"])
    new = changes["population"][1](None) if "population" in changes else population
    others = [ratio for code, ratio in ratios.items() if code != row["municipality_code"]]
    state, before = dict(row), regressors(row)
    for step, (column, (_, figure)) in zip(scenario["changes"], changes.items()):
        last = regressors(state)
        check(f"{name} {column} after", step["after"], figure(new), 12)
        state[column] = step["after"]  # the double that the term is made of: pow of another double is another number
        driver = [p - q for p, q in zip(regressors(state), last)]
        change = dot(driver, b)
        # a change is a difference of regressors that are doubles: digits of the change, not of the figure
        check(f"{name} {column} driver", step["need_change"], change, 11)
        check_interval(f"{name} {column} driver", step["need_change_low"], step["need_change_high"], change,
                       error_of(vcov, driver), quantile)
    if spending == "total":
        state["net_expenditure"] = float(Decimal(row["net_expenditure"]) * population / Decimal(state["population"]))
    after = regressors(state)
    check_figures(name + " before", scenario["before"], row, before, country, others, model)
    check_figures(name + " after", scenario["after"], state, after, country, others, model)
    change = [q - p for p, q in zip(before, after)]
    total = [Decimal(state["population"]) * q - population * p for p, q in zip(before, after)]
    for key, contrast in (("need_change", change), ("need_change_1000kr", total)):
        value = dot(contrast, b)
        check(f"{name} {key}", scenario[key], value, 10 if abs(value) < abs(dot(before, b)) / 1000 else 11)
        check_interval(f"{name} {key}", scenario[key + "_low"], scenario[key + "_high"], value,
                       error_of(vcov, contrast), quantile)


def check_mergers(rows, model, country, ratios):
    rng = random.Random(16)
    b, vcov, quantile = model
    asked = [sorted(rng.sample(rows, rng.randint(2, 6)), key=lambda row: row["municipality_code"])
             for _ in range(N_SCENARIOS)]
    calls = []
    for parts in asked:
        codes = [row["municipality_code"] for row in parts]
        rng.shuffle(codes)  # the order of the call shows nowhere
        calls.append(",".join(codes))
    got = run("scenario", "merge", PANEL, *calls, "--quiet", "--json")
    for parts, merger in zip(asked, got["mergers"]):
        codes = [row["municipality_code"] for row in parts]
        name = "+".join(codes)
        assert [part["municipality_code"] for part in merger["parts"]] == codes
        weights = [Decimal(row["population"]) for row in parts]
        inhabitants = sum(weights, Decimal(0))
        merged = dict(parts[0], population=float(inhabitants))
        for column in REGRESSORS + ["net_expenditure"]:
            if column != "population":
                merged[column] = float(dot(weights, [Decimal(row[column]) for row in parts]) / inhabitants)
        columns = {column["column"]: column for column in merger["columns"]}
        for column in REGRESSORS:
            check(f"{name} {column}", columns[column]["merged"], merged[column], 14)
        x = regressors(merged)
        others = [ratio for code, ratio in ratios.items() if code not in codes]
        check_figures(name, merger["merged"], merged, x, country, others, model)
        mean = [dot(weights, [regressors(row)[k] for row in parts]) / inhabitants for k in range(len(b))]
        check(name + " apart", merger["apart"]["need"], dot(mean, b), 12)
        # the identity: b ((sum P)^1.2 - sum w_i P_i^1.2), and nothing else
        urbanity = Decimal(math.pow(float(inhabitants), 1.2)) - dot(
            weights, [Decimal(math.pow(row["population"], 1.2)) for row in parts]) / inhabitants
        check(name + " difference", merger["difference"], b[2] * urbanity, 12)
        check(name + " difference 1000 kr", merger["difference_1000kr"], b[2] * urbanity * inhabitants, 12)
        check_interval(name + " difference", merger["difference_low"], merger["difference_high"], b[2] * urbanity,
                       abs(urbanity) * vcov[2][2].sqrt(), quantile)
        for k, term in enumerate(merger["terms"]):
            if k != 2 and term["difference"] != 0:
                check(f"{name} {term['term']}", term["difference"], 0, 12)
    without = run("scenario", "merge", PANEL, *calls, "--quiet", "--json", "--formula",
                  "net_expenditure ~ disabled_18_49 + population_16_66 + new_refugees + factor(year)", "--rate",
                  "net_expenditure/population", "--rate", "disabled_18_49/population", "--rate",
                  "population_16_66/population", "--rate", "new_refugees/population")
    for merger in without["mergers"]:
        need = sum(Decimal(p["figures"]["need"]) * Decimal(p["figures"]["population"]) for p in merger["parts"])
        mean = need / sum(Decimal(p["figures"]["population"]) for p in merger["parts"])
        check("without urbanity", merger["merged"]["need"], mean, 12)
        check("without urbanity, difference", merger["difference"], 0, 12)


def main():
    rows = read_panel()
    estimated = [row for row in rows if row["estimated_on"] == "1" and
                 all(row[name] is not None for name in REGRESSORS + ["net_expenditure"])]
    fitted = run("fit", PANEL, "--level", "90", "--quiet", "--json")
    b, vcov = fit(estimated)
    for k, coefficient in enumerate(fitted["coefficients"]):
        check("coefficient " + coefficient["term"], coefficient["estimate"], b[k], 12)
    first = fitted["coefficients"][0]
    quantile = (Decimal(first["ci_high"]) - Decimal(first["estimate"])) / Decimal(first["se"])
    of_year = [row for row in rows if row["year"] == 2016 and all(row[name] is not None for name in REGRESSORS)]
    needs = {row["municipality_code"]: dot(regressors(row), b) for row in of_year}
    inhabitants = sum(Decimal(row["population"]) for row in of_year)
    country = sum(Decimal(row["population"]) * needs[row["municipality_code"]] for row in of_year) / inhabitants
    complete = [row for row in of_year if row["net_expenditure"] is not None]
    ratios = {row["municipality_code"]: 100 * Decimal(row["net_expenditure"]) / needs[row["municipality_code"]]
              for row in complete if needs[row["municipality_code"]] > 0}
    with tempfile.TemporaryDirectory() as folder:
        check_changes(complete, (b, vcov, quantile), country, ratios, folder)
    check_mergers(complete, (b, vcov, quantile), country, ratios)
    print(f"{2 * N_SCENARIOS} changes and {N_SCENARIOS} mergers, {failures} figures off")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
