"""exported_scripts.py PROGRAM LANGUAGE - what `behov export script` writes for gretl, sql, stata, microdata or quarto.

Two models in two languages, and models with every kind of error, weight and hostile name. Where the machine has the
language (gretlcli, sqlite3, Rscript) the scripts are run: they end with 0, and with another code as soon as one
coefficient is changed by 1e-6 of itself. Stata and microdata.no are looked at only: our digits, every regressor, quotes.
Exit code 77: the language's program is not there.
"""
import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

BEHOV = os.path.abspath(sys.argv[1])
LANGUAGE = sys.argv[2]
ENDINGS = {"gretl": ".inp", "sql": ".sql", "stata": ".do", "microdata": ".microdata.txt", "quarto": ".qmd"}
NEEDS = {"gretl": "gretlcli", "sql": "sqlite3", "quarto": "Rscript"}
failures = []


def fail(text):
    failures.append(text)
    print("FAILED:", text)


# Names and texts that would end a string, a comment, a macro, a cell or a placeholder somewhere.
LEVELS = ['Øst "A"', "Vest 'B'", "Nord \\", "`Sør`", "$HOME /* x", "*/ ; DROP TABLE t; --", "@pi {{title}} # %", "Unjárga </script> ```"]
COLUMNS = ["y's", 'x "1"', "x{{2}}", "$x3 */", "Kåfjord \\", "gruppe", "vekt", "antall", "fylke", "kommune", "year"]


def write_panel(path):
    """72 rows, drawn: simulated, for the program alone."""
    draw = random.Random(20261129)
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for i in range(72):
            x = [draw.gauss(0, 1) for _ in range(4)]
            group = i % len(LEVELS)
            y = 2 + x[0] - 0.5 * x[1] + 0.3 * x[2] * x[0] + 0.1 * group + draw.gauss(0, 1)
            writer.writerow([repr(y), repr(x[0]), repr(abs(x[1]) + 0.1), repr(x[2]), repr(x[3]), LEVELS[group],
                             repr(draw.uniform(0.5, 3)), draw.randint(1, 4), LEVELS[draw.randint(0, 7)], i // 6 + 1, 2010 + i % 6])


def write_own_names(path):
    """60 rows, drawn, whose columns have names that the scripts use themselves."""
    draw = random.Random(7)
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["kommune", "year", "y", "in_sample", "behov_need", "row_number", "intercept", "i"])
        for row in range(60):
            x = [draw.gauss(0, 1) for _ in range(5)]
            writer.writerow([row // 5 + 1, 2010 + row % 5, repr(1 + x[0] - x[1] + draw.gauss(0, 1))] + [repr(v) for v in x])


FORMULA = ("`y's` ~ `x \"1\"` + log(`x{{2}}`) + `$x3 */`:`x \"1\"` + I(-`Kåfjord \\\\`^2 / 3) + cut(`x{{2}}`, 0.3, 0.9)"
           " + I((gruppe == \"`Sør`\") * `$x3 */`) + factor(fylke, ref = 'Øst \"A\"')")
HOSTILE = ["hostile.csv", "--formula", FORMULA, "--outcome-unit", "other"]
# A name, the options, and whether gretl and SQL redo the standard errors.
MODELS = [
    ("bundled", [], True, True),
    ("bundled by municipality", ["--cluster", "municipality_code", "--formula",
                                 "net_expenditure ~ disabled_18_49 + log(population) + disabled_18_49:new_refugees"
                                 " + factor(year, ref = 2014)"], True, True),
    ("hostile", HOSTILE + ["--cluster", "kommune"], True, True),
]
MORE = [
    ("constant alone", ["--formula", "net_expenditure ~ 1", "--cluster", "municipality_code", "--se", "cv1"], True, True),
    ("names of the scripts", ["own_names.csv", "--formula", "y ~ in_sample + behov_need + row_number + intercept + i",
                              "--outcome-unit", "other", "--cluster", "kommune", "--se", "cv1"], True, True),
    ("names of the scripts cv3", ["own_names.csv", "--formula", "y ~ in_sample + behov_need + row_number + i",
                                  "--outcome-unit", "other", "--cluster", "kommune", "--se", "cv3"], True, False),
    ("raw years", ["--formula", "net_expenditure ~ disabled_18_49 + year + I(year^2)", "--cluster",
                   "municipality_code"], True, True),
    ("hostile classical", HOSTILE + ["--se", "classical"], True, True),
    ("hostile hc0", HOSTILE + ["--se", "hc0"], True, True),
    ("hostile hc1", HOSTILE + ["--se", "hc1"], True, True),
    ("hostile hc2", HOSTILE + ["--se", "hc2"], True, True),
    ("hostile hc3", HOSTILE + ["--se", "hc3"], True, True),
    ("hostile cv0", HOSTILE + ["--cluster", "kommune", "--se", "cv0"], True, True),
    ("hostile cv2", HOSTILE + ["--cluster", "kommune", "--se", "cv2"], False, False),
    ("hostile cv3", ["hostile.csv", "--formula", "`y's` ~ `x \"1\"` + `$x3 */`", "--outcome-unit", "other",
                     "--cluster", "gruppe", "--se", "cv3"], True, False),
    ("hostile cv3j", ["hostile.csv", "--formula", "`y's` ~ `x \"1\"` + `$x3 */`", "--outcome-unit", "other",
                      "--cluster", "kommune", "--se", "cv3j"], True, False),
    ("hostile text clusters", HOSTILE + ["--cluster", "gruppe"], True, True),
    ("hostile arithmetic clusters", HOSTILE + ["--cluster", "cut(year, 2011, 2013, 2014)"], True, True),
    ("two-way", ["hostile.csv", "--formula", "`y's` ~ `x \"1\"` + `$x3 */`", "--outcome-unit", "other",
                 "--cluster", "kommune", "--cluster", "fylke"], True, True),
    ("weights", HOSTILE + ["--cluster", "kommune", "--weights", "vekt"], True, True),
    ("weights hc2", HOSTILE + ["--se", "hc2", "--weights", "vekt"], True, True),
    ("weights cv3", ["hostile.csv", "--formula", "`y's` ~ `x \"1\"` + `$x3 */`", "--outcome-unit", "other",
                     "--cluster", "kommune", "--se", "cv3", "--weights", "vekt"], True, False),
    ("frequencies", HOSTILE + ["--cluster", "kommune", "--weights", "antall", "--weight-kind", "frequency"], False, True),
    ("frequencies hc3", HOSTILE + ["--se", "hc3", "--weights", "antall", "--weight-kind", "frequency"], False, True),
    ("no constant", ["hostile.csv", "--formula", "`y's` ~ `x \"1\"` + factor(fylke) - 1", "--outcome-unit", "other"],
     True, True),
    ("arithmetic outcome", ["hostile.csv", "--formula", "exp(`y's` / 10) ~ `x \"1\"`", "--outcome-unit", "other"], True, True),
    ("collinear", ["hostile.csv", "--formula", "`y's` ~ `x \"1\"` + I(`x \"1\"` * 2) + vekt", "--outcome-unit", "other",
                   "--drop-collinear"], True, True),
]


def behov(arguments, **more):
    return subprocess.run([BEHOV] + arguments, capture_output=True, text=True, **more)


def with_errors(options):
    """Few clusters have CV3 where no kind is named, which SQL does not make again: those of CV1 say so."""
    return options if "--se" in options or options[:1] != ["hostile.csv"] else options + ["--se", "cv1"]


def export(name, options, lang):
    options = with_errors(options)
    path = name.replace(" ", "_") + "_" + lang + ENDINGS[LANGUAGE]
    run = behov(["export", "script"] + options + ["-o", path, "--lang", lang, "--quiet"])
    if run.returncode:
        fail("%s: export gave %d: %s" % (path, run.returncode, run.stderr))
        return None
    return path


def figures(options):
    run = behov(["fit"] + with_errors(options) + ["--json", "--quiet"])
    return [c for c in json.loads(run.stdout)["coefficients"] if c["estimate"] is not None]


def read(path):
    with open(path, encoding="utf-8") as source:
        return source.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


# ---- running ----

def chunks(text, language):
    return "\n".join(re.findall(r"^```\{%s\}\n(.*?)^```$" % language, text, re.M | re.S))


def run_script(path):
    if LANGUAGE == "gretl":
        command, text = ["gretlcli", "-b", path], None
    elif LANGUAGE == "sql":
        command, text = ["sqlite3", "-bail", ":memory:"], read(path)
    else:
        write(path + ".R", chunks(read(path), "r"))
        command, text = ["Rscript", path + ".R"], None
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=300)


OURS = {  # a line with one of our coefficients, the figure as the second group
    "gretl": re.compile(r"^(behov_ours\[\d+,\] = \{)([^,]+)(,.*)$", re.M),
    "sql": re.compile(r"^(\(\d+, '.*', )([^ ,]+)((?:, [^ ,]+){3}\)[,;])$", re.M),
}


def changed(text, which):
    """The script with one coefficient changed by 1e-6 of itself."""
    if LANGUAGE == "quarto":
        block = re.search(r"^  coefficient = c\((.*?)\)", text, re.M | re.S)
        numbers = list(re.finditer(r"[-0-9.e]+[0-9]", block.group(1)))
        start, end = (block.start(1) + i for i in numbers[which].span())
    else:
        start, end = list(OURS[LANGUAGE].finditer(text[text.index("behov_ours"):]))[which].span(2)
        start, end = start + text.index("behov_ours"), end + text.index("behov_ours")
    return text[:start] + repr(float(text[start:end]) * (1 + 1e-6)) + text[end:]


def check_run(name, options, redone, lang, every):
    path = export(name, options, lang)
    if not path:
        return
    run = run_script(path)
    if run.returncode:
        fail("%s ended with %d:\n%s%s" % (path, run.returncode, run.stdout[-800:], run.stderr[-800:]))
        return
    text = read(path)
    said = {"nb": "Standardfeilene beregnes ikke på nytt", "en": "The standard errors are not computed again"}[lang]
    if redone == (said in text) and LANGUAGE != "quarto":
        fail("%s: whether the standard errors are redone is not said right" % path)
    aloud = {"gretl": "Standardfeilene fra gretl er av en annen type", "sql": said}.get(LANGUAGE)
    if aloud and lang == "nb" and redone == (aloud in run.stdout):
        fail("%s does not say when it runs that standard errors are not checked" % path)
    ours = figures(options)
    for which in range(len(ours)) if every else [len(ours) - 1]:
        # Below a hundredth of a standard error a change is no longer told from the digits that a refit loses (refit.c).
        if ours[which]["se"] and abs(ours[which]["estimate"]) < 0.02 * ours[which]["se"]:
            continue
        write("changed" + ENDINGS[LANGUAGE], changed(text, which))
        if run_script("changed" + ENDINGS[LANGUAGE]).returncode == 0:
            fail("%s: coefficient %d changed by 1e-6 is let through" % (path, which))


# ---- looking ----

def check_figures(path, text, options):
    """Our figures stand there as the JSON of the fit has them, 17 digits where it takes as many."""
    numbers = {float(n) for n in re.findall(r"(?<![\w.])-?\d+\.?\d*(?:e[-+]?\d+)?", text)}
    for c in figures(options):
        for key in ("estimate", "se"):
            if c[key] is not None and c[key] not in numbers:
                fail("%s: the %s of %s, %r, is not in it" % (path, key, c["term"], c[key]))


def stata_line_is_whole(line):
    """Quotes in pairs; no macro but those of the program."""
    if line.count('"') % 2:
        return False
    macros = re.findall(r"`[^']*'?", line)
    known = ("`term'", "`ours'", "`error'", "`tolerance'", "`error_tolerance'", "`theirs'", "`their_error'", "`column'")
    return all(m in known for m in macros) and "$" not in line


def check_stata(name, options, lang):
    path = export(name, options, lang)
    if not path:
        return
    text = read(path)
    check_figures(path, text, options)
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("* "):
            if re.search(r"/\*|\*/|//|`|\$", line[2:]):
                fail("%s, line %d: a comment that Stata reads on: %s" % (path, number, line))
        elif not stata_line_is_whole(line):
            fail("%s, line %d: %s" % (path, number, line))
    names = re.search(r"^input (.*)$", text, re.M).group(1).replace("double ", "").split()
    made = re.findall(r"^generate \w+ (\w+) = ", text, re.M)
    regress = re.search(r"^regress (\w+) ([^,\[]*)", text, re.M)
    for used in [regress.group(1)] + regress.group(2).split():
        if used not in names and used not in made:
            fail("%s: regress names %s, which is not made" % (path, used))
    checked = re.findall(r"^behov_check (\w+)", text, re.M)
    if sorted(c for c in checked if c != "_cons") != sorted(regress.group(2).split()):
        fail("%s: not every regressor is checked" % path)
    rows = re.search(r"^input .*?\n(.*?)^end$", text, re.M | re.S).group(1).splitlines()
    if any(len(row.split()) != len(names) for row in rows):
        fail("%s: a row of the data has not %d figures" % (path, len(names)))
    if any(len(n) > 32 or not re.fullmatch("[A-Za-z]\\w*", n, re.A) for n in names + made):
        fail("%s: a name that Stata refuses" % path)


def check_microdata(name, options, lang):
    path = export(name, options, lang)
    if not path:
        return
    text = read(path)
    check_figures(path, text, options)
    commands = [line for line in text.splitlines() if line and not line.startswith("//")]
    known = ("require", "create-dataset", "import-panel", "generate", "collapse", "regress")
    for line in commands:
        if line.split()[0] not in known:
            fail("%s: no command of microdata.no: %s" % (path, line))
        if line.count("'") % 2 or "$" in line:
            fail("%s: a quote or binding: %s" % (path, line))
    registers = set(re.findall(r"db/([A-Z_0-9]+)", text)) - {"VARIABEL", "VARIABLE"}
    if registers != {"BEFOLKNING_KOMMNR_FORMELL"}:
        fail("%s: names of registers %s" % (path, registers))
    if ("ikke kjørt" if lang == "nb" else "was not run") not in text:
        fail("%s: it is not said that it was not run" % path)


def check_quarto_text(path):
    text = read(path)
    if text.count("\n```{r}\n") * 2 != len(re.findall(r"^```", text, re.M)):
        fail("%s: a chunk that does not end" % path)
    outside = re.sub(r"^```\{r\}\n.*?^```$", "", text, flags=re.M | re.S)
    if "{{" in outside.replace("\\{\\{", "") or "</script>" in outside:
        fail("%s: a name that is markup" % path)
    if shutil.which("pandoc"):
        shown = subprocess.run(["pandoc", "-f", "markdown", "-t", "html"], input=outside, capture_output=True, text=True)
        if shown.returncode or "<script" in shown.stdout:
            fail("%s: pandoc: %s" % (path, shown.stderr))


def main():
    needed = NEEDS.get(LANGUAGE)
    if needed and not shutil.which(needed):
        print("skipped: there is no %s" % needed)
        return 77
    os.chdir(tempfile.mkdtemp(prefix="behov-scripts-"))
    write_panel("hostile.csv")
    write_own_names("own_names.csv")
    for lang in ("nb", "en"):
        for name, options, gretl, sql in MODELS + (MORE if lang == "nb" and LANGUAGE != "quarto" else []):
            is_first = (name, lang) in (("bundled", "nb"), ("hostile", "nb"))
            if LANGUAGE == "stata":
                check_stata(name, options, lang)
            elif LANGUAGE == "microdata":
                check_microdata(name, options, lang)
            else:
                check_run(name, options, gretl if LANGUAGE == "gretl" else sql, lang, is_first and LANGUAGE != "quarto")
                if LANGUAGE == "quarto":
                    check_quarto_text(name.replace(" ", "_") + "_" + lang + ".qmd")
    shutil.rmtree(os.getcwd())
    print("%d failed" % len(failures))
    return 1 if failures else 0


sys.exit(main())
