"""statistics_files.py PROGRAM - files of Stata and SPSS against haven and foreign (R) and pandas.

A panel that they wrote gives the same JSON of `behov fit` to the last digit as the CSV it was made of; what
`behov export data` wrote they read back with its labels and to the last bit. Numbers go to R as hexadecimal text, for
R's own reading of decimals may be off by a bit. Exit code 77: a package is missing."""
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import warnings

try:
    import pandas
except ImportError:
    print("skipped: needs python3-pandas")
    sys.exit(77)

PROGRAM = sys.argv[1]
SOURCE = os.environ["BEHOV_SOURCE"]
PANEL = SOURCE + "/datasets/simulated/panel.csv"
ENVIRONMENT = dict(os.environ, BEHOV_LANG="en", LC_ALL="C.UTF-8")
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED:", what)


def behov(*words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env=ENVIRONMENT, check=False)
    if done.returncode:
        check(False, f"behov {' '.join(words)}: exit {done.returncode}: {done.stderr}")
    return done


def fit(path):
    """The JSON of a fit, without the name of its file, and what was noted."""
    done = behov("fit", path, "--json")
    results = json.loads(done.stdout) if done.returncode == 0 else {}
    results.pop("data", None)
    return results, done.stderr


def has_r():
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", 'stopifnot(requireNamespace("haven"), requireNamespace("foreign"))'],
        capture_output=True, check=False).returncode == 0


def run_r(folder, script):
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, cwd=folder, check=False)
    check(done.returncode == 0, "Rscript: " + done.stderr)
    return done.stdout


def read_panel():
    return pandas.read_csv(PANEL, dtype={"municipality_code": str}, float_precision="round_trip")


def bits(number):
    return struct.pack("<d", float(number))


def written_by_pandas(folder, panel):
    labels = {name: "Label of " + name for name in panel.columns}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for version in (114, 117, 118, 119):
            for order in ("little", "big"):
                path = f"{folder}/pandas{version}{order}.dta"
                panel.to_stata(path, version=version, write_index=False, byteorder=order, variable_labels=labels)
                yield path, version < 118
        path = f"{folder}/strl.dta"
        panel.to_stata(path, version=118, write_index=False, convert_strl=["municipality", "source"])
        yield path, False
        coded = panel.copy()
        coded["municipality"] = coded["municipality"].astype("category")
        coded["municipality_code"] = coded["municipality_code"].astype("category")
        coded.to_stata(f"{folder}/coded.dta", version=118, write_index=False)
        yield f"{folder}/coded.dta", False
        numbered = panel.copy()
        numbered["municipality_code"] = numbered["municipality_code"].astype(int)
        numbered.to_stata(f"{folder}/numbered.dta", version=118, write_index=False)
        yield f"{folder}/numbered.dta", False


R_WRITES = """
d <- read.csv("hex.csv", colClasses = "character", fileEncoding = "UTF-8")
for (name in setdiff(names(d), c("municipality_code", "municipality", "source"))) d[[name]] <- as.numeric(d[[name]])
for (v in 8:15) haven::write_dta(d, sprintf("haven%d.dta", v), version = v)
for (v in c("none", "byte", "zsav")) haven::write_sav(d, paste0("haven_", v, ".", if (v == "zsav") v else "sav"), compress = v)
for (v in c(6, 7, 8, 10)) suppressWarnings(foreign::write.dta(d, sprintf("foreign%d.dta", v), version = v))
"""


def written_by_r(folder, panel):
    exact = panel.copy()
    for name in exact.columns:
        if exact[name].dtype.kind == "f":
            exact[name] = exact[name].map(lambda number: "" if number != number else float(number).hex())
    exact.to_csv(f"{folder}/hex.csv", index=False)
    run_r(folder, R_WRITES)
    for name in sorted(os.listdir(folder)):
        if name.startswith(("haven", "foreign")):
            yield f"{folder}/{name}", name.endswith(".dta") and name not in ("haven14.dta", "haven15.dta")


def compare_reading(folder, panel, with_r):
    want, _ = fit(PANEL)
    files = list(written_by_pandas(folder, panel)) + (list(written_by_r(folder, panel)) if with_r else [])
    for path, is_guessed in files:
        got, notes = fit(path)
        name = os.path.basename(path)
        differing = sorted(key for key in set(want) | set(got) if want.get(key) != got.get(key))
        check(not differing, f"{name}: fit --json differs in {differing[:5]}")
        check(("does not say which character set" in notes) == is_guessed, f"{name}: its character set is a guess")
        if name == "numbered.dta":
            check("156 codes have three digits" in notes, f"{name}: zeros that were put back are told: {notes}")
    print(len(files), "files read")


R_READS = """
options(digits = 17)
for (file in c("panel.dta", "panel.sav", "panel.zsav")) {
    d <- if (grepl("dta$", file)) haven::read_dta(file) else haven::read_sav(file)
    for (name in names(d)) {
        x <- d[[name]]
        cat(file, name, "label", attr(x, "label"), "\\n", sep = "\\t")
        l <- attr(x, "labels")
        for (i in seq_along(l)) cat(file, name, "value", format(l[[i]]), names(l)[[i]], "\\n", sep = "\\t")
        x <- if (is.character(x)) x else ifelse(is.na(x), "", sprintf("%a", as.numeric(x)))
        cat(file, name, "cells", paste(x, collapse = "|"), "\\n", sep = "\\t")
    }
}
"""


def hexadecimal(text):
    return None if text == "" else bits(float.fromhex(text))


def compare_writing(folder, panel, with_r):
    paths = [f"{folder}/panel{ending}" for ending in (".dta", ".sav", ".zsav")]
    behov("export", "data", *[word for path in paths for word in ("-o", path)])
    names = [name for name in panel.columns if name not in ("source", "estimated_on")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = pandas.io.stata.StataReader(paths[0], convert_categoricals=False)
        read = reader.read()
        labels, values = reader.variable_labels(), reader.value_labels()
    check(len(read) == len(panel), "pandas: all rows of the panel are there")
    for name in names:
        same = all(bits(a) == bits(b) if name not in ("municipality_code", "municipality") else a == b
                   for a, b in zip(read[name], panel[name]))
        check(same, f"pandas: {name} is the panel's to the last bit")
        check(labels[name] != "", f"pandas: {name} has a label")
    check(labels["net_expenditure"].startswith("Net operating expenditure"), "pandas: " + labels["net_expenditure"])
    reasons = values["row_reason"]
    check(list(read["estimated_on"]) == [1 if reason == 0 else 0 for reason in read["row_reason"]],
          "rows are estimated on, or have a reason")
    check(any("not used in estimation" in text for text in reasons.values()), f"reasons in words: {reasons}")
    check(set(read["source"]) == {"simulated"}, "simulated data say so")
    want, _ = fit(PANEL)
    for path in paths:
        got, _ = fit(path)
        differing = sorted(key for key in set(want) | set(got) if want.get(key) != got.get(key))
        check(not differing, f"{path}: its fit differs from the panel's in {differing}")
    if not with_r:
        return
    cells = {}
    for line in run_r(folder, R_READS).splitlines():
        part = line.split("\t")
        cells.setdefault((part[0], part[2]), {})[part[1]] = part[3:]
    for file in ("panel.dta", "panel.sav", "panel.zsav"):
        for name in names:
            column = cells[file, "cells"][name][0].split("|")
            is_text = name in ("municipality_code", "municipality")
            same = all(a == b if is_text else hexadecimal(a) == bits(b) for a, b in zip(column, panel[name]))
            check(same and len(column) == len(panel), f"haven, {file}: {name} is the panel's to the last bit")
            check(cells[file, "label"][name][0] != "", f"haven, {file}: {name} has a label")
        check("row_reason" in cells[file, "value"], f"haven, {file}: reasons have value labels")


def main():
    folder = tempfile.mkdtemp(prefix="behov-statistics-")
    with_r = has_r()
    try:
        panel = read_panel()
        compare_reading(folder, panel, with_r)
        compare_writing(folder, panel, with_r)
    finally:
        shutil.rmtree(folder)
    if not with_r:
        print("not compared: R with haven and foreign is missing")
    if failures:
        sys.exit(1)
    sys.exit(0 if with_r else 77)


main()
