#!/usr/bin/env python3
"""export_runs.py PROGRAM scripts|python|r: what `behov export` writes runs elsewhere, from start to end, and stops where a
figure of it is another.

scripts: .R under Rscript and .py under python3, for the report's model and an own one with names and labels that try to
break out of strings, comments and cells, for every kind of standard errors; and copies in which one coefficient, one
standard error, or the data, were changed.
python, r: notebooks of both models in both languages are valid nbformat 4.5 and run under nbclient.

Ends with 77, and says why, where a language or a package is not there."""
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile

PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
HOSTILE = ["O'Brien \"X\"", "<b>\u00c5 & \u00d8</b>", "C:\\temp\\new", "'''", '"""', "{{formula}}", "K\u00e1r\u00e1\u0161johka",
           "$(rm) $x$", "`x`", "*/ /*", "%% code", "-- \\", "# heading", "</script><script>alert(1)</script>", "\u010c\u0110\u014a\u0166",
           "]]>", "a_b_c * d *", "\\", "]---\"", "\u00e6\u00f8\u00e5"]
MODEL = """[model]
title = </script> ''' \"\"\" {{rows}} \\ & <b> *x* \u00e6\u00f8\u00e5 \u010cearg\u00e1t $a$
formula = y ~ log(x1) * factor(`gr "a" 'b'`, ref = "it's") + `x ''' {{y}}` + I(cut(x1, 2, 4)) + I(x1 > 2 & !(x1 > 3) | `gr "a" 'b'` in ("b\\\\c")) + I(-x1^2 / 3 + abs(x1 - 3)) + factor(year)
cluster = municipality_code
"""


def skip(reason):
    print("skipped: " + reason)
    sys.exit(77)


def run(*words, code=0, **more):
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", **more)
    if (done.returncode == 0) != (code == 0):
        sys.exit("%s\ngave %d\n%s\n%s" % (" ".join(words), done.returncode, done.stdout[-3000:], done.stderr[-3000:]))
    return done


def write_panel(path):
    """60 municipalities and 5 years, simulated, with hostile names."""
    chance, other = random.Random(14), random.Random(15)
    groups = ["it's", "b\\c", 'q"q', "\u00e5 & <"]
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["municipality_code", "municipality", "year", "population", "y", "x1", "x ''' {{y}}", "gr \"a\" 'b'", "w", "need", "ratio"])
        for i in range(60):
            level, size, group = chance.gauss(0, .3), chance.randint(800, 90000), groups[i % 4]
            for year in range(2012, 2017):
                x, z = math.exp(chance.gauss(1, .4)), chance.gauss(0, 1)
                y = 6 + .5 * math.log(x) + .2 * z + level + chance.gauss(0, .4)
                out.writerow(["%04d" % (101 + i), HOSTILE[i % len(HOSTILE)] + (" %d" % i if i >= len(HOSTILE) else ""), year, size,
                              "%.3f" % y, "%.4f" % x, "%.4f" % z, group, chance.randint(1, 9), "%.4f" % other.gauss(5, 1),
                              "%.4f" % other.gauss(100, 9)])


def has_r(*packages):
    try:
        return subprocess.run(["Rscript", "-e", "for (p in commandArgs(TRUE)) library(p, character.only = TRUE)", *packages],
                              capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def has_python(*packages):
    return subprocess.run([PYTHON, "-c", "import " + ", ".join(packages)], capture_output=True).returncode == 0


def interpreter(path):
    return ["Rscript", "--vanilla"] if path.endswith(".R") else [PYTHON]


# Several scripts one after another in one process, for what they load takes most of the time: each in names of its own, in R without
# the packages that the one before attached. MARK parts what they print.
MARK = "== end of "
SEVERAL_R = """
arguments <- commandArgs(TRUE)
usual <- search()
for (path in arguments[-1]) {
  for (package in setdiff(grep("^package:", search(), value = TRUE), usual)) detach(package, character.only = TRUE)
  rm(list = ls(globalenv()) |> setdiff(c("arguments", "usual", "path", "package")), envir = globalenv())
  source(path, local = new.env(), encoding = "UTF-8", print.eval = TRUE, keep.source = FALSE)
  cat(arguments[1], path, "\\n", sep = "")
}
"""
SEVERAL_PYTHON = """
import runpy, sys
mark, paths = sys.argv[1], sys.argv[2:]
for path in paths:
    sys.argv = [path]
    try:
        runpy.run_path(path, run_name="__main__")
    except SystemExit as end:
        if end.code:
            raise
    print(mark + path, flush=True)
"""


def run_several(ending, paths):
    """Each of the scripts ends well and says with its last line that it agrees."""
    done = (run("Rscript", "--vanilla", "-e", SEVERAL_R, MARK, *paths) if ending == "R" else
            run(PYTHON, "-c", SEVERAL_PYTHON, MARK, *paths))
    printed = done.stdout
    for path in paths:
        said, mark, printed = printed.partition(MARK + path + "\n")
        if not mark or "behov" not in "".join(said.splitlines()[-1:]):
            sys.exit("%s does not say that it agrees: %s\n%s" % (path, said, done.stderr))


def check_changed(path, figure, what):
    """A copy with one figure changed by a millionth of it has to stop."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    literal = repr(figure)
    places = text.count(literal)
    if places < 1:
        sys.exit("%s: %s of %s is not there" % (path, literal, what))
    start, ending = path.rsplit(".", 1)
    changed = "%s_changed.%s" % (start, ending)
    at = text.rindex(literal)
    with open(changed, "w", encoding="utf-8") as file:
        file.write(text[:at] + repr(figure * (1 + 1e-6)) + text[at + len(literal):])
    done = run(*interpreter(changed), changed, code=1)
    if "behov" not in done.stderr + done.stdout:
        sys.exit("%s stopped for another reason: %s" % (changed, done.stderr))


def own_names(program, endings):
    """Columns with names that the scripts use themselves, a name with U+202E, and a coefficient near 0 that was changed."""
    chance = random.Random(3)
    rows, model = [], ["names.csv", "-f", "y ~ in_sample + behov_need + intercept + row_number", "--outcome-unit", "other",
                       "--cluster", "municipality_code", "--se", "cv1"]
    for i in range(100):
        x = [chance.gauss(0, 1) for _ in range(4)]
        rows.append(["%04d" % (101 + i // 5), "Ab\u202ecd\u2066 %d" % (i // 5), 2012 + i % 5, 1 + x[0] + chance.gauss(0, 1)] + x)
    # the part of y that goes with row_number is taken out, all but a twentieth
    for turn in range(2):
        with open("names.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["municipality_code", "municipality", "year", "y", "in_sample", "behov_need", "intercept",
                                         "row_number"]] + rows)
        saved = json.loads(run(program, "fit", *model, "--json").stdout)
        small = next(row for row in saved["coefficients"] if row["term"] == "row_number")
        for row in rows if turn == 0 else []:
            row[3] -= .95 * small["estimate"] * row[7]
    if not 0.01 < abs(small["t"]) < 0.1:
        sys.exit("the small coefficient has t = %r" % small["t"])
    for ending in endings:
        run(program, "export", "script", *model, "--force", "-o", "names." + ending)
        run(*interpreter("names." + ending), "names." + ending)
        check_changed("names." + ending, small["estimate"], "a coefficient near 0")


def scripts(program):
    endings = []
    if has_r("sandwich", "clubSandwich"):
        endings.append("R")
    if has_python("statsmodels.api", "pandas"):
        endings.append("py")
    if not endings:
        skip("neither R with sandwich and clubSandwich nor Python with statsmodels")
    print("endings: " + " ".join(endings))
    own = ["--model", "own.ini"]
    calls = [("report", []), ("report", ["--lang", "en", "--data", "beside"])]
    calls += [("panel.csv", own + ["--weights", "w"] + more) for more in (
        [], ["--se", "cv2"], ["--se", "cv2", "--cv2-working", "identity"], ["--se", "cv3"], ["--se", "hc3"], ["--se", "cv0"],
        ["--weight-kind", "frequency", "--se", "hc2"], ["--lang", "en", "--cluster", "municipality_code", "--cluster", "year"],
        ["--cluster", "", "--se", "classical"], ["--se", "cv3j", "--data", "beside"])]
    # Raw year and year^2, which refits on columns as they are lose digits of; need and ratio are columns of the panel's own.
    raw = ["-f", "y ~ need + year + I(year^2)", "--cluster", "municipality_code", "--outcome-unit", "other"]
    calls += [("panel.csv", raw + more) for more in (
        [], ["--se", "cv2"], ["--se", "cv3"], ["--se", "cv3j"], ["--weights", "w", "--se", "cv2"], ["--weights", "w", "--se", "cv3"],
        ["--weights", "w", "--weight-kind", "frequency", "--se", "cv1"])]
    raw = ["--outcome-unit", "other", "-f"]
    calls += [("panel.csv", raw + more) for more in (
        ["y ~ need + ratio + year + I(year^2)", "--se", "hc3", "--cluster", ""], ["y ~ year + I(year^2) + I(year^3)", "--se", "classical", "--cluster", ""],
        ["y ~ year + I(year^2) - 1", "--se", "cv1", "--cluster", "municipality_code"],
        ["y ~ need - 1", "--se", "cv3", "--cluster", "municipality_code"], ["y ~ 1", "--se", "cv2", "--cluster", "municipality_code"])]
    for number, (panel, options) in enumerate(calls):
        for ending in endings:
            path = "fit%d.%s" % (number, ending)
            run(program, "export", "script", *([] if panel == "report" else [panel]), *options, "--force", "-o", path)
            if number >= 2:
                continue
            done = run(*interpreter(path), path)
            if "behov" not in done.stdout.splitlines()[-1]:
                sys.exit("%s does not say that it agrees: %s" % (path, done.stdout))
    for ending in endings:
        run_several(ending, ["fit%d.%s" % (number, ending) for number in range(2, len(calls))])
    own_names(program, endings)
    saved = json.loads(run(program, "fit", "--json").stdout)
    term = max((row for row in saved["coefficients"] if row.get("t")), key=lambda row: abs(row["t"]))
    for ending in endings:
        check_changed("fit0." + ending, term["estimate"], "the coefficient")
        check_changed("fit0." + ending, term["se"], "the standard error")
    if "py" in endings:
        with open("fit1.csv", encoding="utf-8") as file:
            text = file.read()
        with open("fit1.csv", "w", encoding="utf-8") as file:
            file.write(text.replace("2012", "2021", 1))
        run(PYTHON, "fit1.py", code=1)


RUNNER = """
import sys, warnings
warnings.filterwarnings("ignore")
import nbformat
from nbclient import NotebookClient
for path in sys.argv[1:]:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), path
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids)), path
    shown = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    assert len(shown) == 6, (path, len(shown))
    NotebookClient(notebook, timeout=300).execute()
    errors = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs
              if output.output_type == "error"]
    assert not errors, (path, errors)
    print(path, "runs")
"""


def look_at_markdown(path):
    """No name of a user is a tag, a heading or a formula in a cell of markdown, and no table or picture has a tag of it."""
    with open(path, encoding="utf-8") as file:
        notebook = json.load(file)
    for cell in notebook["cells"]:
        for text in [cell["source"]] if cell["cell_type"] == "markdown" else [
                output["data"].get(kind, "") for output in cell["outputs"] for kind in ("text/html", "image/svg+xml")]:
            for tag in ("<script", "<b>\u00c5 &", "</script", "{{"):
                if tag in (text.replace("{{y}}", "").replace("{{rows}}", "").replace("{{formula}}", "") if tag == "{{" else text):
                    sys.exit("%s: %s in the cell %s" % (path, tag, cell["id"]))


def notebooks(program, kernel):
    if not has_python("nbformat", "nbclient", "ipykernel"):
        skip("Python without nbformat, nbclient and ipykernel")
    if kernel == "r" and not has_r("IRkernel", "sandwich"):
        skip("R without IRkernel and sandwich")
    if kernel == "python" and not has_python("statsmodels.api", "pandas"):
        skip("Python without statsmodels and pandas")
    paths = []
    for name, words in (("report", []), ("own", ["panel.csv", "--model", "own.ini", "--weights", "w"]),
                        ("names", ["panel.csv", "-f", "y ~ need + ratio + year + I(year^2)", "--cluster", "municipality_code",
                                   "--outcome-unit", "1000kr_per_inhabitant", "--se", "cv3"])):
        for lang in ("nb", "en") if name != "names" else ("nb",):
            path = "%s_%s.ipynb" % (name, lang)
            profile = ["--profile", "0106"] if lang == "en" else []
            run(program, "export", "notebook", *words, *profile, "--kernel", kernel, "--lang", lang, "-o", path)
            again = "again_" + path
            run(program, "export", "notebook", *words, *profile, "--kernel", kernel, "--lang", lang, "-o", again)
            with open(path, "rb") as one, open(again, "rb") as other:
                if one.read() != other.read():
                    sys.exit("%s is not the same bytes twice" % path)
            look_at_markdown(path)
            paths.append(path)
    with open("runner.py", "w", encoding="utf-8") as file:
        file.write(RUNNER)
    done = run(PYTHON, "runner.py", *paths)
    print(done.stdout)
    run(program, "export", "notebook", "--kernel", kernel, "-o", "changed.ipynb")
    saved = json.loads(run(program, "fit", "--json").stdout)
    term = max((row for row in saved["coefficients"] if row.get("t")), key=lambda row: abs(row["t"]))
    with open("changed.ipynb", encoding="utf-8") as file:
        text = file.read()
    literal = repr(term["estimate"])
    at = text.index(literal)
    with open("changed.ipynb", "w", encoding="utf-8") as file:
        file.write(text[:at] + repr(term["estimate"] * (1 + 1e-6)) + text[at + len(literal):])
    done = run(PYTHON, "runner.py", "changed.ipynb", code=1)
    if "gir ikke det samme som behov" not in done.stderr:
        sys.exit("the changed notebook stopped for another reason: " + done.stderr[-3000:])


def main():
    program, what = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_panel("panel.csv")
        with open("own.ini", "w", encoding="utf-8") as file:
            file.write(MODEL)
        scripts(program) if what == "scripts" else notebooks(program, what)
        os.chdir("/")


main()
