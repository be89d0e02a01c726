"""refit_end_to_end.py PROGRAM - `behov refit` from publishers' files to a fit: simulated figures (called simulated) come from a
stand-in server on the loopback address and from a file that a user would save. The panel is held against sums and quotients
made here cell by cell, the coefficients against numpy's least squares on them, the folder against what a failure may change."""
import csv
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile

import numpy

SOURCE = os.environ["BEHOV_SOURCE"]
sys.path.insert(0, SOURCE + "/tests/fetch")
import standin_server  # noqa: E402

program = os.path.abspath(sys.argv[1])
YEARS, AGES = [2020, 2021, 2022, 2023], ["%03d" % age for age in range(0, 91)]
PUBLISHED = ["net_expenditure", "disabled_18_49", "clustering_index", "non_western_immigrants", "new_refugees",
             "upper_secondary_completion"]
FILES = ["build.html", "check.html", "fit.html", "fit.xlsx", "panel.csv", "panel.manifest.json", "panel.xlsx",
         "ranking.html"]
n_failed = 0


def expect(is_right, what):
    global n_failed
    if not is_right:
        n_failed += 1
        print("failed:", what)


def municipalities():
    """Those of 2021, from the list of changes, replayed."""
    there = {}
    with open(SOURCE + "/datasets/norway/municipality_changes.csv", encoding="utf-8", newline="") as file:
        dated = {}
        for row in csv.DictReader(file):
            if row["date"] <= "2021-01-01":
                dated.setdefault(row["date"], []).append(row)
    for date in sorted(dated):
        names = {r["old_code"]: there.get(r["old_code"]) for r in dated[date] if r["old_code"]}
        for code in names:
            there.pop(code, None)
        for r in dated[date]:
            there[r["new_code"]] = r["new_name"] or names[r["old_code"]]
    return dict(sorted(there.items()))


PLACES = municipalities()
expect(len(PLACES) == 356, "356 municipalities of 2021, not %d" % len(PLACES))
CODES = [code for i, code in enumerate(PLACES) if i % 4 == 0 and code != "0301"]
dice = random.Random(20261129)
people, figures = {}, {}
for code in CODES:
    size, spending = 10 ** dice.uniform(2.7, 4.9), 1.9 * dice.lognormvariate(0, 0.3)
    level = {"disabled_18_49": 1.5 * dice.lognormvariate(0, 0.3), "clustering_index": dice.uniform(0.9, 1.5),
             "non_western_immigrants": 4 * dice.lognormvariate(0, 0.5), "upper_secondary_completion": dice.uniform(60, 85)}
    for year in YEARS:
        size *= 1 + dice.gauss(0.004, 0.006)
        for age in AGES:
            people[code, year, age] = max(0, round(size / 91 * (1.3 - int(age) / 130) * dice.uniform(0.9, 1.1)))
        row = {name: round(value * (1 + dice.gauss(0, 0.03)), 3) for name, value in level.items()}
        row["new_refugees"] = round(0.15 * dice.lognormvariate(0, 0.7), 4)
        row["net_expenditure"] = round(spending * (1 + dice.gauss(0, 0.08)) + 0.3 * row["disabled_18_49"] +
                                       0.5 * row["new_refugees"], 4)
        figures[code, year] = row

standin_server.TABLES["07459"] = [
    standin_server.Variable("Region", ["0"] + CODES, labels={"0": "Hele landet", **{c: PLACES[c] for c in CODES}}),
    standin_server.Variable("Alder", AGES, labels={a: "%d år" % int(a) for a in AGES}),
    standin_server.Variable("ContentsCode", ["Personer1"]),
    standin_server.Variable("Tid", [str(year) for year in [2019] + YEARS], time=True)]


def cube(handler, table, chosen):
    """The simulated figures of what was asked for."""
    order = [(v, dict(chosen)[v.code]) for v in standin_server.TABLES[table]]
    (regions, ages, _, years) = [values for _, values in order]
    values = []
    for region in regions:
        for age in ages:
            for year in years:
                of = CODES if region == "0" else [region]
                values.append(sum(people.get((code, int(year), age), 0) for code in of))
    return {"version": "2.0", "class": "dataset", "label": "Simulated", "source": "Stand-in", "role": {"time": ["Tid"]},
            "updated": handler.server.outer.updated, "id": [v.code for v, _ in order],
            "size": [len(c) for _, c in order], "value": values,
            "dimension": {v.code: {"label": v.code, "category": {"index": {c: i for i, c in enumerate(codes)},
                                                                "label": {c: v.labels[c] for c in codes}}}
                          for v, codes in order}}


standin_server.Handler.cube = cube

RECIPE = """[recipe]
title = Simulated sources
years = 2020-2023
model = proba-2017-08

[source population_by_age]
title = Simulated 07459: Folkemengde etter alder
publisher = Statistisk sentralbyrå
table = 07459
files = 07459*.json
place = https://www.ssb.no/statbank/table/07459
fetch = pxweb2
select Region = *
select Alder = *
select ContentsCode = Personer1
select Tid = {years}
region = Region
year = Tid

[source saved]
title = Simulerte regressorer
publisher = Departementet
files = saved*.csv
place = https://example.org/saved: lagre som CSV
region = region
year = year

[column population]
source = population_by_age
kind = count
sum = Alder

[column population_aged_16_66]
source = population_by_age
kind = count
filter Alder = 16-66
sum = Alder
panel = no

[column population_16_66]
kind = rate
numerator = population_aged_16_66
denominator = population
scale = 100
""" + "".join(f"\n[column {name}]\nsource = saved\nkind = published\nfilter measure = {name}\n" for name in PUBLISHED)


def save_file(path, change=lambda name, value: value):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["region", "year", "measure", "value"])
        for (code, year), row in figures.items():
            for name in PUBLISHED:
                writer.writerow([f"{code} {PLACES[code]}", year, name, change(name, row[name])])


folder = tempfile.mkdtemp(prefix="behov-refit-")
os.mkdir(folder + "/sources")
with open(folder + "/recipe.ini", "w", encoding="utf-8") as file:
    file.write(RECIPE)
server = standin_server.Server()


def run(*words):
    env = {**os.environ, "HOME": folder, "LC_ALL": "C.UTF-8", "BEHOV_FETCH_WAITS": "0.001"}
    env.pop("BEHOV_LANG", None)
    done = subprocess.run([program, *words], cwd=folder, env=env, capture_output=True, timeout=300, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def refit(*words):
    return run("refit", "--recipe", "recipe.ini", "--files", "sources", "-o", "out", "--date", "2026-11-29", *words)


def sums():
    return {name: hashlib.sha256(open(f"{folder}/out/{name}", "rb").read()).hexdigest()
            for name in sorted(os.listdir(folder + "/out"))}


# What only a user can save is asked for, once; what was fetched stays.
code, out, err = refit("--server", "pxweb2=" + server.address + "/v2")
expect(code == 1, "a source is lacking: exit 1, not %d\n%s%s" % (code, out, err))
expect("Simulerte regressorer" in err and "Departementet" in err and "https://example.org/saved" in err, "what is lacking:\n" + err)
expect(err.count("Simulerte regressorer") == 1, "it is asked for once:\n" + err)
expect(not os.path.exists(folder + "/out"), "no folder of a call that failed")
expect(os.path.exists(folder + "/sources/07459.json"), "what was fetched stays: %s" % os.listdir(folder + "/sources"))
n_asked = server.n_data()
expect(n_asked == 1, "data were asked for once, not %d times" % n_asked)

# The second run goes on from there.
save_file(folder + "/sources/saved.csv")
code, out, err = refit("--server", "pxweb2=" + server.address + "/v2")
expect(code == 0, "all is there: exit 0, not %d\n%s%s" % (code, out, err))
expect(server.n_data() == n_asked, "nothing is fetched twice")
expect(sorted(os.listdir(folder + "/out")) == FILES if os.path.exists(folder + "/out") else False, "the files")
if n_failed:
    print(out, err)
    sys.exit(1)
for name in FILES:
    expect(f"out/{name}: " in out, "the page names " + name)

# The panel, cell by cell.
with open(folder + "/out/panel.csv", encoding="utf-8-sig", newline="") as file:
    panel = {(r["municipality_code"], int(r["year"])): r for r in csv.DictReader(file)}
expect(len(panel) == len(CODES) * len(YEARS), "%d rows" % len(panel))
rows = []
for code in CODES:
    for year in YEARS:
        total = sum(people[code, year, age] for age in AGES)
        adults = sum(people[code, year, age] for age in AGES if 16 <= int(age) <= 66)
        row = panel[code, year]
        expect(float(row["population"]) == total, f"population of {code} in {year}: {row['population']}, not {total}")
        expect(abs(float(row["population_16_66"]) - 100 * adults / total) <= 1e-12 * 100, f"share of {code} in {year}")
        for name in PUBLISHED:
            expect(float(row[name]) == figures[code, year][name], f"{name} of {code} in {year}: {row[name]}")
        figure = figures[code, year]
        rows.append([figure["net_expenditure"], 1, figure["disabled_18_49"], total ** 1.2, figure["clustering_index"],
                     100 * adults / total, figure["non_western_immigrants"], figure["new_refugees"],
                     figure["upper_secondary_completion"]] + [float(year == y) for y in YEARS[1:]])

# The coefficients, by another program, to the digits that least squares on columns of such unlike sizes has.
data = numpy.array(rows)
scale = numpy.abs(data[:, 1:]).max(axis=0)
wanted = numpy.linalg.lstsq(data[:, 1:] / scale, data[:, 0], rcond=None)[0] / scale
code, out, err = run("fit", "out/panel.csv", "-o", "fit.json", "-q")
expect(code == 0, "the panel of refit is one of fit: " + err)
fitted = json.load(open(folder + "/fit.json", encoding="utf-8"))
found = [c["estimate"] for c in fitted["coefficients"]]
expect(len(found) == len(wanted), "%d coefficients" % len(found))
expect(numpy.allclose(found, wanted, rtol=1e-9, atol=0), "coefficients %s, not %s" % (found, list(wanted)))
page = open(folder + "/out/fit.html", encoding="utf-8").read()
expect(("%.3f" % wanted[1]).replace(".", ",") in page, "the page has the coefficient %.3f" % wanted[1])
expect(".refit" not in page and folder not in page, "the page names no folder that is gone: %s" % [page[max(0, page.find(w) - 80):][:200] for w in (".refit", folder) if w in page])

# The manifest knows its sources by their digests, the request and the panel.
manifest_text = open(folder + "/out/panel.manifest.json", encoding="utf-8").read()
for path in ("sources/07459.json", "sources/saved.csv", "out/panel.csv"):
    digest = hashlib.sha256(open(f"{folder}/{path}", "rb").read()).hexdigest()
    expect(digest in manifest_text, "the manifest has the digest of " + path)
expect("Personer1" in manifest_text, "the manifest has the request")

# Nothing has changed: the same bytes, without a network.
before = sums()
code, out, err = refit("--offline")
expect(code == 0, "offline: %d\n%s" % (code, err))
expect(sums() == before, "the same bytes again: %s" % [n for n in FILES if sums().get(n) != before[n]])

# A finding that makes the fit wrong stops it; yesterday's folder is whole.
save_file(folder + "/sources/saved.csv", lambda name, value: value * 1000 if name == "net_expenditure" else value)
code, out, err = refit("--offline")
expect(code == 1 and "net_expenditure" in out, "kroner in place of 1000 kr: %d\n%s%s" % (code, out, err))
expect(sums() == before, "the folder of a call that failed is as it was")
with open(folder + "/sources/saved.csv", "w", encoding="utf-8") as file:
    file.write("<!DOCTYPE html><html><head><title>Logg inn</title></head></html>\n")
code, out, err = refit("--offline")
expect(code == 1 and sums() == before, "a page in place of a file: %d\n%s" % (code, err))
save_file(folder + "/sources/saved.csv")

# A server that is not there: years that nobody has fetched are not made of those of others.
server.close()
code, out, err = refit("--server", "pxweb2=" + server.address + "/v2", "--years", "2019-2023")
expect(code == 1 and sums() == before, "no server: %d\n%s" % (code, err))
expect("--offline" in err, "no server: what to do\n" + err)
code, out, err = refit("--offline", "--years", "2021-2023")
expect(code != 0 or "2020" not in open(folder + "/out/panel.csv", encoding="utf-8").read(), "fewer years of what is there")

# A year that was asked for and that no file has: the panel is made of the others, and every page says so; nothing is called
# written before it is in its place.
code, out, err = refit("--offline", "--years", "2020-2024")
expect(code == 0, "a year without figures: %d\n%s" % (code, err))
for name in ("build.html", "check.html", "fit.html", "ranking.html"):
    with open(f"{folder}/out/{name}", encoding="utf-8") as file:
        expect("Panelet mangler 2024" in file.read(), name + " says that 2024 is lacking")
with zipfile.ZipFile(folder + "/out/fit.xlsx") as book:
    expect(any("Panelet mangler 2024" in book.read(part).decode() for part in book.namelist() if part.endswith(".xml")),
           "the workbook says that 2024 is lacking")
expect("merk: ingen fil har tall for 2024" in err, "a note says that 2024 is lacking:\n" + err)
expect("skrev" not in err, "nothing is called written in the working folder:\n" + err)
# A municipality that is named has its council's page in the folder too, with the same word; the call that names none leaves it.
code, out, err = refit("--offline", "--years", "2020-2024", "--profile", CODES[0])
expect(code == 0 and "council.html: kommunearket" in out, "with a council's page: %d\n%s%s" % (code, out, err))
with open(folder + "/out/council.html", encoding="utf-8") as file:
    page = file.read()
expect("Panelet mangler 2024" in page and PLACES[CODES[0]] in page, "the council's page says that 2024 is lacking")
os.remove(folder + "/out/council.html")
code, out, err = run("profile", CODES[0], "out/panel.csv")
expect("Panelet mangler 2024" in out, "another verb says it of the same panel:\n" + out)
with open(folder + "/out/panel.csv", "a", encoding="utf-8") as file:
    file.write("\n")
code, out, err = run("profile", CODES[0], "out/panel.csv")
expect("Panelet mangler 2024" not in out, "the manifest is not that of a panel which was changed:\n" + out)
code, out, err = refit("--offline", "--years", "2030-2031")
expect(code == 1, "years of which no file has any: %d\n%s" % (code, err))

# What is not confirmed, a column without figures, a time of update that stands below a table; a recipe without a model.
with open(folder + "/sources/saved.csv", "a", encoding="utf-8") as file:
    file.write("\nSist endret\n20260601 08:00\n")
with open(folder + "/recipe.ini", "w", encoding="utf-8") as file:
    file.write(RECIPE.replace("region = region\n", "region = region\nunconfirmed = dimensjonenes navn\n"))
code, out, err = refit("--offline")
expect(code == 0, "not confirmed: %d\n%s" % (code, err))
for name in ("build.html", "fit.html"):
    with open(f"{folder}/out/{name}", encoding="utf-8") as file:
        expect("ikke er bekreftet, i saved." in file.read(), name + " says what is not confirmed")
with open(folder + "/out/panel.manifest.json", encoding="utf-8") as file:
    sources = {s["source"]: s for s in json.load(file)["sources"]}
expect(sources["saved"]["files"][0]["updated"] == "20260601 08:00", "when a saved file was updated: %s" % sources["saved"]["files"])
with open(folder + "/recipe.ini", "w", encoding="utf-8") as file:
    file.write(RECIPE.replace("model = proba-2017-08\n", ""))
code, out, err = refit("--offline")
expect(code == 2 and "--model" in err, "a recipe without a model: %d\n%s" % (code, err))
with open(folder + "/recipe.ini", "w", encoding="utf-8") as file:
    file.write(RECIPE)

for words in (["refit"], ["refit", "--recipe", "recipe.ini", "--files", "sources"], ["refit", "panel.csv"]):
    expect(run(*words)[0] == 2, "a call that lacks something: " + " ".join(words))
shutil.rmtree(folder)
print("%d failed" % n_failed if n_failed else "refit: panel, coefficients, manifest and folder are as they should be")
sys.exit(1 if n_failed else 0)
