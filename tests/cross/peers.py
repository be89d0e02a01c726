#!/usr/bin/python3
"""peers.py - correct digits of behov, and of other programs, on panel S against 50-digit arithmetic; called by peers.sh.

    peers.py --program BEHOV --reference FOLDER --figures FILE... --page OUT.md     makes the page
    peers.py --program BEHOV --reference FOLDER --check PAGE.md                     is behov's column still true?

A figure's correct digits are -log10(|got - want| / |want|), computed with decimals on the whole 25 digits of the
reference, so that a double is never compared with a rounded want; of several figures the worst counts. A variance that
two-way clustering makes negative is compared as a variance. --check runs behov alone and fails when the page promises
more than half a digit above what is measured now. Standard library only.
"""
import argparse
import csv
import decimal
import json
import math
import os
import subprocess
import sys
import tempfile
from decimal import Decimal

decimal.getcontext().prec = 50
FORMULA = ("netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct"
           " + ikke_vestlige_pct + nybosatte_pct + vgs_pct + factor(year)")
COVARIATES = ["ufore_18_49_pct", "urbanitet", "opphopning", "innb_16_66_pct", "ikke_vestlige_pct", "nybosatte_pct",
              "vgs_pct"]
YEARS = [f"year={year}" for year in (2013, 2014, 2015, 2016)]
# An eigenvalue routine or a pow() of another machine may round the last bit the other way: at 15 digits, that is as
# much as half a digit.
SLACK = 0.5

# quantity, its words, how it is found in the reference
QUANTITIES = [
    ("coef", "coefficients", ["coef"]),
    ("classical", "standard errors, classical", ["se.classical"]),
    ("HC0", "HC0", ["se.HC0"]),
    ("HC1", "HC1", ["se.HC1"]),
    ("HC2", "HC2", ["se.HC2"]),
    ("HC3", "HC3", ["se.HC3"]),
    ("CV0", "CV0", ["se.CR0"]),
    ("CV1", "CV1", ["se.CR1_stata"]),
    ("CV2", "CV2", ["se.CR2"]),
    ("CV2_dof", "CV2, degrees of freedom", ["CR2_df"]),
    ("CV2_p", "CV2, p", ["CR2_p"]),
    ("CV3", "CV3", ["se.CV3_jackknife_G1G"]),
    ("CV3J", "CV3J", ["se.CV3J_jackknife_mean_centred"]),
    ("two_way_CV0", "two-way, CV0", ["se.twoway_HC0_noadj"]),
    ("two_way_CV1", "two-way, CV1", ["se.twoway_CGM_each_own_G_HC1"]),
    ("R2", "R² and adjusted R²", ["fit.r2", "fit.adj_r2"]),
    ("F", "F, classical", ["fit.F"]),
    ("F_p", "its p", ["fit.F_p"]),
    ("wald_all", "Wald F, CV1: all slopes", ["wald.cluster_F_all_slopes"]),
    ("wald_years", "Wald F, CV1: years", ["wald.cluster_F_years"]),
    ("wald_covariates", "Wald F, CV1: covariates", ["wald.cluster_F_covariates"]),
    ("p", "p of t(G−1), CV1", ["t_Gminus1.p"]),
    ("interval", "95 % intervals, CV1", ["t_Gminus1.ci_lo", "t_Gminus1.ci_hi"]),
    ("vif", "VIF", ["vif.per_column"]),
    ("fitted", "rows: fitted", ["rows.fitted"]),
    ("resid", "rows: residual", ["rows.resid"]),
    ("hat", "rows: leverage", ["rows.hat"]),
    ("rstandard", "rows: standardised residual", ["rows.rstandard"]),
    ("rstudent", "rows: studentised residual", ["rows.rstudent"]),
    ("cooks", "rows: Cook's D", ["rows.cooks"]),
    ("dffits", "rows: DFFITS", ["rows.dffits"]),
]
PEERS = [("behov", "behov"), ("R", "R lm, sandwich, lmtest"), ("clubSandwich", "R clubSandwich"),
         ("estimatr", "R estimatr"), ("statsmodels", "Python statsmodels"), ("gretl", "gretl")]


def reference(folder):
    """quantity: list of decimal texts."""
    with open(os.path.join(folder, "panel_S_exact.json"), encoding="utf-8") as file:
        exact = json.load(file)
    with open(os.path.join(folder, "panel_S_rows_exact.json"), encoding="utf-8") as file:
        exact["rows"] = json.load(file)
    found = {}
    for quantity, _, paths in QUANTITIES:
        values = []
        for path in paths:
            at = exact
            for key in path.split("."):
                at = at[key]
            values += at if isinstance(at, list) else [at]
        # "NaN (variance -0.00072)": the variance stands in for its root
        found[quantity] = [text.split("variance ")[1].rstrip(")") if "variance" in text else text for text in values]
    return found


def digits(got, want):
    """Correct digits, infinity when got is the double nearest to want."""
    if not math.isfinite(got):
        return 0.0
    if got == float(want):
        return math.inf
    want = Decimal(want)
    error = abs(Decimal(got) - want) / (abs(want) if want else 1)
    return max(0.0, float(-error.log10()))


def worst(got, want):
    if len(got) != len(want):
        raise SystemExit(f"peers: {len(got)} figures where the reference has {len(want)}")
    return min(digits(*pair) for pair in zip(got, want))


def cell(value):
    """Rounded down, so that a page never promises more than was measured."""
    if value is None:
        return "–"
    return "exact" if value == math.inf else f"{math.floor(value * 10) / 10:.1f}"


# ---- behov -----------------------------------------------------------------------------------------------------------

def behov(program, panel):
    """quantity: list of floats."""
    def run(verb, *arguments):
        done = subprocess.run([program, verb, *arguments, panel, "--formula", FORMULA, "--quiet", "--json"],
                              stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    def column(of, key):
        return [coefficient[key] for coefficient in of["coefficients"]]
    clustered = ["--cluster", "kommune_nr"]
    got = {}
    plain = run("fit", "--se", "classical")
    got["coef"] = column(plain, "estimate")
    got["R2"], got["F"], got["F_p"] = [plain["r2"], plain["adj_r2"]], [plain["f"]], [plain["f_p"]]
    for reading in run("fit", "--se", "all", *clustered)["readings"]:
        kind = reading["se_kind"]
        name = kind if kind == "classical" else kind.upper()
        got[name] = column(reading, "se")
        if kind == "cv2":
            got["CV2_dof"], got["CV2_p"] = column(reading, "dof"), column(reading, "p")
        if kind == "cv1":
            got["p"], got["interval"] = column(reading, "p"), column(reading, "ci_low") + column(reading, "ci_high")
    for kind in ("cv0", "cv1"):
        uncut = column(run("fit", "--se", kind, *clustered, "--cluster", "year"), "variance_uncut")
        got[f"two_way_{kind.upper()}"] = [v if v < 0 else math.sqrt(v) for v in uncut]
    for name, terms in (("all", COVARIATES + YEARS), ("years", YEARS), ("covariates", COVARIATES)):
        got[f"wald_{name}"] = [run("test", ", ".join(f"{term} = 0" for term in terms), *clustered)["f"]]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.csv")
        got["vif"] = column(run("diagnose", *clustered, "-o", path), "vif")[1:]
        with open(path, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    for name, header in (("fitted", "fitted"), ("resid", "residual"), ("hat", "leverage"), ("cooks", "cooks_distance"),
                         ("rstandard", "standardised_residual"), ("rstudent", "studentised_residual"),
                         ("dffits", "dffits")):
        got[name] = [float(row[header]) for row in rows]
    return got


# ---- the page --------------------------------------------------------------------------------------------------------

# Packages that Debian 12 does not have: relative differences of their worst figure, measured on other machines.
ELSEWHERE = [
    ("CV1", "fixest feols, cluster", "5.4e-12"),
    ("two-way, CV0", "fixest, adj = FALSE", "5.6e+02"),
    ("two-way, CV1", "fixest, cluster.df = \"conventional\"", "4.6e+02"),
    ("Wald F, CV1: all slopes", "fixest wald", "5.0e-13"),
    ("CV3", "summclust vcov_CR3J, CRV3", "2.2e+02"),
    ("CV3J", "summclust vcov_CR3J, CRV3J", "1.3e+00"),
]


def page(measured, versions, command):
    head = """# Correct digits on panel S: behov and its neighbours

Made by `{command}`; each cell holds the correct decimal digits of the worst figure of its row
(−log₁₀ of the relative error, rounded down) against 50-digit arithmetic on the same doubles. *exact*: every figure is
the double nearest to the true one. – : the program does not offer it. Panel S is generated: 427 municipalities × 5
years, seven covariates, dummies for the years.

One column is population^1.2 on its raw scale: 2·10⁴ at the median and 9·10⁶ for one municipality, beside a constant of
1 and shares in per cent. A program that forms X'X, inverts it or drops singular values by the size of the largest works
with the squares of such ratios, 10¹³ of the 10¹⁶ that a double can hold, keeps the few digits that are left, and does
not say so.

"""
    lines = [head.format(command=command)]
    lines.append("| | " + " | ".join(title for _, title in PEERS) + " |\n")
    lines.append("|---|" + "---|" * len(PEERS) + "\n")
    for quantity, words, _ in QUANTITIES:
        lines.append(f"| {words} | " + " | ".join(cell(measured[peer].get(quantity)) for peer, _ in PEERS) + " |\n")
    qr = measured["statsmodels_qr"]
    lines.append(f"""
statsmodels with `method="qr"` reaches {cell(qr['coef'])} digits of the coefficients and {cell(qr['classical'])} of the classical standard
errors; it has no robust covariance in that mode.

## Conventions, brought together before comparing

- CV1 is Stata's: G/(G−1) · (N−1)/(N−K) · CV0 (sandwich `HC1`, clubSandwich `CR1S`, estimatr `stata`, statsmodels
  `use_correction`). p and intervals after clustering from t(G−1); gretl 2022c takes t(N−K), so its own t distribution
  was asked with G−1.
- CV2: sandwich multiplies its clustered `HC2` by (G−1)/G; divided out. CV3 carries (G−1)/G: sandwich's `HC3` has it,
  clubSandwich's `CR3` was multiplied by it.
- Two-way is municipality and year, V_m + V_y − V_my, each term with its own factor. The variances of the four dummies of
  the years come out negative, as they should: they are compared as variances, before anything is cut.
- Wald F is W/q with the CV1 covariance. R's waldtest, clubSandwich's `Naive-F`, statsmodels' f_test, gretl's omit.
- VIF in R: 1/(1 − R²) of a fit of each column on the others. DFFITS, Cook's D: the usual ones, K counts the constant.

## Packages that Debian 12 does not have

Relative error of the worst figure, measured outside this script with the same panel and the same exact figures:

| | package | relative error | digits |
|---|---|---|---|
""")
    for words, package, error in ELSEWHERE:
        reached = max(0.0, -math.log10(float(error)))
        lines.append(f"| {words} | {package} | {error} | {reached:.1f} |\n")
    lines.append("""
An error of 2.2e+02 is a standard error some 220 times too large, printed without a word. The four negative variances are
not counted in the errors of fixest.

## Versions

""")
    lines += [f"- {text}\n" for text in versions]
    return "".join(lines)


def figures_of(paths):
    """peer: quantity: list of floats, and the versions told."""
    found, versions = {}, []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                peer, words = line.partition("\t")[0], line.split()
                if line.startswith("version\t"):
                    versions.append(line.rstrip("\n").split("\t", 2)[2])
                elif line.startswith("trouble\t"):
                    print("peers: " + line.rstrip("\n").replace("\t", " "), file=sys.stderr)
                elif "\t" in line and peer in [name for name, _ in PEERS] + ["statsmodels_qr"]:
                    found.setdefault(peer, {})[words[1]] = [float(word) for word in words[2:]]
    return found, versions


def check(path, measured):
    """Whether the page promises no more than is measured now."""
    promised = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            cells = [text.strip() for text in line.strip().strip("|").split("|")]
            if len(cells) == len(PEERS) + 1:
                promised[cells[0]] = cells[1]
    n_wrong = 0
    for quantity, words, _ in QUANTITIES:
        told, now = promised.get(words), measured[quantity]
        # "exact" is the nearest double of each figure, 15.9 digits at the least
        wanted = None if told is None else 15.9 if told == "exact" else float(told)
        is_true = wanted is not None and now >= wanted - SLACK
        n_wrong += not is_true
        print(f"{'OK   ' if is_true else 'FAIL '} {words}: the page says {told}, measured {cell(now)}")
    return n_wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--reference", required=True)
    parser.add_argument("--figures", nargs="*", default=[])
    parser.add_argument("--command", default="sh tests/cross/peers.sh")
    parser.add_argument("--version", action="append", default=[], help="one more line of the versions")
    parser.add_argument("--page")
    parser.add_argument("--check")
    options = parser.parse_args()
    want = reference(options.reference)
    got = behov(options.program, os.path.join(options.reference, "panel_S.csv"))
    measured = {"behov": {quantity: worst(got[quantity], want[quantity]) for quantity, _, _ in QUANTITIES}}
    if options.check:
        return 1 if check(options.check, measured["behov"]) else 0
    figures, versions = figures_of(options.figures)
    for peer, quantities in figures.items():
        measured[peer] = {name: worst(values, want[name]) for name, values in quantities.items() if name in want}
    missing = [title for peer, title in PEERS if peer not in measured]
    if missing:
        sys.exit("peers: no figures of " + ", ".join(missing))
    name = subprocess.run([options.program, "--version"], stdout=subprocess.PIPE, check=True, text=True).stdout
    with open(options.page + ".part", "w", encoding="utf-8") as file:
        file.write(page(measured, [name.splitlines()[0]] + versions + options.version, options.command))
    os.replace(options.page + ".part", options.page)
    for quantity, words, _ in QUANTITIES:
        print(f"{words:30}" + "".join(f"{cell(measured[peer].get(quantity)):>14}" for peer, _ in PEERS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
