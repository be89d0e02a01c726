"""factor_parts.py PROGRAM - panel S (else the bundled panel) cut into 1, 2, 7 and 427 parts whose rows are shuffled, so that
clusters lie in several of them; the factor files merged in two random orders. Coefficients, every clustered error, degrees of
freedom, F, the wild bootstrap and what each cluster moves agree with the fit of all rows to 12 digits; the order of the
files changes no digit."""
import json
import math
import os
import random
import subprocess
import sys
import tempfile

program = sys.argv[1]
shared = os.environ.get("BEHOV_SHARED", "")
panel_s = os.path.join(shared, "reference", "panel_S.csv")
formula_s = ("netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct + ikke_vestlige_pct"
             " + nybosatte_pct + vgs_pct + factor(year, ref = 2012)")
formula_bundled = "net_expenditure ~ disabled_18_49 + I(population^1.2) + new_refugees + factor(year)"
floor_digits = 12
# What only rows can tell, what names the data, and texts.
skipped = {"data", "cautions", "clusters_part_municipalities", "by_municipality", "columns",
           "n_needs_too_low", "n_actuals_negative", "gap_sum_1000kr", "gap_abs_sum_1000kr", "n_gaps", "leverage_warning",
           "rounding_warning", "dropped", "labels", "units", "rows", "leave_one_year_out", "leave_one_municipality_out",
           "mae", "in_sample_mae", "cluster", "name", "second_cluster", "warnings"}
lowest = {}
faults = []


def run(*words):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"behov {' '.join(words)}: {done.stderr}")
    return done.stdout


def compare(want, got, place, subject):
    if isinstance(want, dict):
        for key in want:
            if key not in skipped:
                compare(want[key], got.get(key), f"{place}.{key}", subject)
    elif isinstance(want, list):
        if not isinstance(got, list) or len(want) != len(got):
            faults.append(f"{subject} {place}: lists of other lengths")
            return
        for i, (a, b) in enumerate(zip(want, got)):
            compare(a, b, f"{place}[{i}]", subject)
    elif isinstance(want, float) and isinstance(got, (int, float)):
        # What is nothing but rounding in both has no digits: change of a coefficient of 1e-17.
        digits = 17 if want == got or abs(want - got) < 1e-15 else -math.log10(abs(want - got) / max(abs(want), 1e-300))
        lowest[subject] = min(lowest.get(subject, 17), digits)
        if digits < floor_digits:
            faults.append(f"{subject} {place}: {got!r} for {want!r}")
    elif want != got:
        faults.append(f"{subject} {place}: {got!r} for {want!r}")


def cut(lines, n_parts, dice):
    head, rows = lines[0], lines[1:]
    dice.shuffle(rows)
    edges = [0, *sorted(dice.sample(range(1, len(rows)), n_parts - 1)), len(rows)]
    return ["\n".join([head, *rows[a:b]]) + "\n" for a, b in zip(edges, edges[1:])]


def main():
    is_s = os.path.isfile(panel_s)
    dice = random.Random(20121)
    with tempfile.TemporaryDirectory(prefix="behov-factors-") as folder:
        path, formula, cluster, tested = (panel_s, formula_s, "kommune_nr", "vgs_pct") if is_s else \
            (os.path.join(folder, "panel.csv"), formula_bundled, "municipality_code", "new_refugees")
        if not is_s:
            run("datasets", "simulated/panel.csv", "-o", path)
        fixed = ["--formula", formula, "--cluster", cluster, "--outcome-unit", "1000kr_per_inhabitant"]
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        calls = {f"fit --se {kind}": (["fit"], ["--se", kind])
                 for kind in ("classical", "cv0", "cv1", "cv2", "cv3", "cv3j")}
        calls["bootstrap"] = (["test", f"{tested} = 0.001"], ["--bootstrap", "999", "--seed", "5"])
        calls["diagnose"] = (["diagnose"], [])
        whole = {subject: json.loads(run(*verb, path, *fixed, *options, "--json", "-q"))
                 for subject, (verb, options) in calls.items()}
        for n_parts in (1, 2, 7, 427):
            names = []
            for i, text in enumerate(cut(lines, n_parts, dice)):
                name = os.path.join(folder, f"{n_parts}-{i}")
                with open(name + ".csv", "w", encoding="utf-8") as file:
                    file.write(text)
                run("factor", name + ".csv", *fixed, "-q", "-o", name + ".factors")
                names.append(name + ".factors")
            for subject, (verb, options) in calls.items():
                printed = []
                for _ in range(2):
                    dice.shuffle(names)
                    files = [word for name in names for word in ("--factors", name)]
                    result = json.loads(run(*verb, *files, *options, "--json", "-q"))
                    result.pop("data")
                    result.pop("cautions")  # which name the parts in the order of the call
                    printed.append(result)
                if printed[0] != printed[1]:
                    faults.append(f"{subject}, {n_parts} parts: the order of the files changes a digit")
                compare(whole[subject], printed[0], "", f"{subject}, {n_parts} parts")
    for subject, digits in lowest.items():
        print(f"{subject:32} {digits:5.2f} digits (floor {floor_digits})")
    if faults:
        sys.exit("\n".join(faults[:20]))


main()
