#!/usr/bin/env python3
"""front_end.py PROGRAM PANEL.csv OUTPUT - what the front end printed, held against what the program prints of the same
panel and model: every figure to the last digit, the sentences in both languages, the tables of the page."""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

program, panel, output = map(os.path.abspath, sys.argv[1:4])
defines = dict(re.findall(r'#define (PANEL_\w+) "?(.*?)"?\n', open(os.path.join(os.path.dirname(output), "panel_arrays.h")).read()))
unescaped = {k: v.encode().decode("unicode_escape").replace("\n", " ") for k, v in defines.items()}
options = ["--formula", unescaped["PANEL_FORMULA"], "--exclude", unescaped["PANEL_EXCLUDE"],
           "--cluster", unescaped["PANEL_CLUSTER"], "--outcome-unit", "1000kr_per_inhabitant", "--quiet"]
wrong = 0
counts = {}


def call(*words):
    result = subprocess.run([program, *words, *options], capture_output=True, text=True, cwd=folder, check=True)
    return result.stdout


def hold(kind, key, own, program_has):
    global wrong
    counts[kind] = counts.get(kind, 0) + 1
    if own != program_has:
        wrong += 1
        if wrong < 20:
            print(f"{key}: the front end has {own!r}, the program {program_has!r}")


def figure(text):
    return None if text in ("nan", "-nan", "", None) else float(text)


text = open(output, encoding="utf-8").read()
lines, page = text.split("\nhtml\n", 1)
figures, sentences = {}, {}
for line in lines.splitlines():
    key, value = line.split(" ", 1) if not line.startswith(("coefficient[", "covariance[", "standard_error[", "p[")) else line.rsplit(" ", 1)
    (sentences if key.startswith(("sentence", "error")) else figures)[key] = value

with tempfile.TemporaryDirectory() as folder:
    fit = json.loads(call("fit", panel, "--json", "-o", "rows.csv"))
    for c in fit["coefficients"]:
        hold("coefficients", c["term"], float(figures[f"coefficient[{c['term']}]"]), c["estimate"])
        hold("standard errors", c["term"], float(figures[f"standard_error[{c['term']}]"]), c["se"])
        hold("p", c["term"], float(figures[f"p[{c['term']}]"]), c["p"])
        # the program prints no covariance: its diagonal is the square of what it prints
        hold("variances", c["term"], round(float(figures[f"covariance[{c['term']}|{c['term']}]"]) ** 0.5 / c["se"], 14), 1.0)
    with open(os.path.join(folder, "rows.csv"), encoding="utf-8-sig") as file:
        sample = file.readline()
        file.seek(0)
        for row in csv.DictReader(file, delimiter=";" if ";" in sample else ","):
            key = f"{row['municipality_code']}-{row['year']}"
            for name in ("need", "ratio"):
                hold(name, key, figure(figures[f"{name}[{key}]"]), figure(row[name].replace(",", ".")))
    rank = json.loads(call("rank", panel, "--json"))
    for row in rank["rows"]:
        code = row["municipality_code"]
        for own, theirs in (("rank", "rank"), ("rank_low", "rank_low"), ("rank_high", "rank_high"), ("lasting", "shrunk_ratio")):
            hold(own, code, figure(figures[f"{own}[{code}]"]), None if row[theirs] is None else float(row[theirs]))
    for language in ("nb", "en"):
        profile = json.loads(call("profile", unescaped["PANEL_PROFILE"], panel, "--json", "--lang", language))
        said = [value for key, value in sentences.items() if key.startswith(f"sentence[{language}-")]
        for sentence in profile["municipalities"][0]["sentences"]:
            hold(f"sentences in {language}", sentence, any(sentence in own for own in said), True)
    call("profile", unescaped["PANEL_PROFILE"], panel, "-o", "page.html")
    theirs = open(os.path.join(folder, "page.html"), encoding="utf-8").read()
    tables = re.compile(r"<table>.*?</table>", re.S)
    hold("tables of the page", "number", len(tables.findall(page)), len(tables.findall(theirs)))
    for own, other in zip(tables.findall(page), tables.findall(theirs)):
        hold("tables of the page", "table", own, other)
hold("errors", "nb", "nothing_of_the_kind" in sentences.get("error[nb]", ""), True)
hold("errors", "two languages", sentences.get("error[nb]") != sentences.get("error[en]"), True)
print("; ".join(f"{n} {kind}" for kind, n in counts.items()) + f": {wrong} wrong")
sys.exit(wrong > 0 or counts.get("need", 0) < 2000 or counts.get("rank", 0) < 400)
