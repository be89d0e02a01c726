"""panel_build.py SHARED WORK - the panel and manifest that test_panel_build.sh has made, against plain readers of the raw files."""
import csv
import hashlib
import json
import sys
from fractions import Fraction

shared, work = sys.argv[1:]
raw = shared + "/data/raw"
YEARS = range(2010, 2019)
MISSING = {".", ":", "..", "", "NULL"}


def lives():
    """By code: the spans in which KLASS 131 has it."""
    spans = {}
    for row in csv.DictReader(open(raw + "/klass131/klass131_vertices.csv", encoding="utf-8")):
        code = row["code"].zfill(4)
        last = row["validTo"]
        spans.setdefault(code, []).append((row["validFrom"], last if last not in ("", "NA") else "9999-12-31"))
    return spans


SPANS = lives()


def was_there(code, year):
    day = f"{year}-01-01"
    return any(first <= day < last for first, last in SPANS.get(code, []))


def people():
    """By code and year: inhabitants, those of 16 to 66."""
    cells = {}
    for name in ("07459_2010_2014.tsv", "07459_2015_2018.tsv"):
        rows = csv.reader(open(f"{raw}/ssb/{name}", encoding="latin-1", newline=""), delimiter="\t")
        head = next(r for r in rows if len(r) > 3)
        years = [int(h.split()[-1]) for h in head[2:]]
        for r in rows:
            if len(r) < 3 or not r[0][:4].isdigit():
                continue
            age = int(r[1].split()[0])
            for year, cell in zip(years, r[2:]):
                both = cells.setdefault((r[0][:4], year), [0, 0])
                both[0] += int(cell)
                both[1] += int(cell) * (16 <= age <= 66)
    return {key: both for key, both in cells.items() if both[0] or was_there(*key)}


def settled():
    """By code and year: what stands there, a figure or a mark."""
    cells = {}
    for r in csv.DictReader(open(raw + "/imdi/bosatt_anmodede.csv", encoding="utf-8"), delimiter=";"):
        if r["Enhet"] == "Personer" and r["Bosetting"] == "Faktisk bosetting" and 2012 <= int(r["År"]) <= 2016:
            assert (r["Kommunenummer"], int(r["År"])) not in cells
            cells[r["Kommunenummer"].zfill(4), int(r["År"])] = r["Antall"]
    return cells


def recipients():
    return {(r["kommune_nr"].zfill(4), 2013): r["tabellvariabel"]
            for r in csv.DictReader(open(raw + "/imdi/sosialhjelp_2013.csv", encoding="utf-8"))
            if r["kommune_nr"] != "NULL" and r["innvkat_5"] == r["kjonn"] == "alle" and r["enhet"] == "personer"}


PEOPLE, SETTLED, RECIPIENTS = people(), settled(), recipients()
panel = {(r["municipality_code"], int(r["year"])): r
         for r in csv.DictReader(open(work + "/panel.csv", encoding="utf-8"))}
manifest = json.load(open(work + "/panel.manifest.json", encoding="utf-8"))
page = open(work + "/page.txt", encoding="utf-8").read()
n_checks = 0


def require(is_true, what):
    global n_checks
    n_checks += 1
    if not is_true:
        sys.exit("panel_build: " + what)


# Every cell, and no other.
def figure(cells, key):
    """A figure, or None: nothing there, a mark, or 0 of a municipality that did not exist."""
    text = cells.get(key, "")
    if text in MISSING:
        return None
    return int(text) if int(text) or was_there(*key) else None


expected = set()
for year in YEARS:
    for code in {key[0] for cells in (PEOPLE, SETTLED, RECIPIENTS) for key in cells if key[1] == year}:
        has = (code, year) in PEOPLE or figure(SETTLED, (code, year)) is not None or figure(RECIPIENTS, (code, year)) is not None
        mark = was_there(code, year) and ((code, year) in SETTLED or (code, year) in RECIPIENTS)
        if code in SPANS and code != "9999" and (has or mark):
            expected.add((code, year))
require(set(panel) == expected, f"rows differ: {sorted(set(panel) ^ expected)[:10]}")
for key, row in panel.items():
    both = PEOPLE.get(key)
    require(row["population"] == (str(both[0]) if both else ""), f"population of {key}: {row['population']}, {both}")
    share = float(Fraction(100 * both[1], both[0])) if both else None
    require((float(row["population_16_66"]) if row["population_16_66"] else None) is None if share is None
            else abs(float(row["population_16_66"]) - share) <= 1e-15 * share, f"share of {key}")
    for column, cells in (("settled", SETTLED), ("recipients", RECIPIENTS)):
        count = figure(cells, key)
        require(row[column] == ("" if count is None else str(count)), f"{column} of {key}: {row[column]}, {cells.get(key)}")
    count = figure(SETTLED, key)
    rate = float(Fraction(100 * count, both[0])) if both and count is not None else None
    require(row["new_refugees"] == "" if rate is None else abs(float(row["new_refugees"]) - rate) <= 1e-15 * rate, f"refugees of {key}")

# What the issue names.
require(panel["1201", 2016]["population"] == "277391", "Bergen 2016")
require(panel["0101", 2012]["population"] == "29543", "Halden 2012")
require(PEOPLE["0101", 2012][1] == 19564 and abs(float(panel["0101", 2012]["population_16_66"]) - 1956400 / 29543) < 1e-12, "Halden 16-66")
require(panel["1201", 2013]["recipients"] == "6270" and panel["1860", 2013]["recipients"] == "205", "recipients")
columns = {c["column"]: c for c in manifest["columns"]}
refugees = {y["year"]: y for y in columns["settled"]["years"]}
require(refugees[2014]["sum"] == 7672 and refugees[2014]["suppressed"] == {":": 24}, "2014")
require(refugees[2016]["sum"] == 15221 and refugees[2016]["suppressed"] == {":": 6}, "2016")
require([refugees[y]["sum"] for y in (2012, 2013, 2015)] == [5757, 6511, 11268], "2012, 2013, 2015")
require(all(y["filled"] == 0 for c in columns.values() for y in c["years"]), "nothing is filled")
facts = {(f["fact"], f["municipality"][:4] if f["municipality"] else None, f["column"], f["first_year"], f["last_year"]): f["figure"]
         for f in manifest["facts"]}
absent = {(k[1], k[3], k[4]) for k in facts if k[0] == "absent" and k[2] == "population"}
require(absent == {("0706", 2010, 2016), ("0719", 2010, 2016), ("0720", 2010, 2016), ("1901", 2010, 2012), ("1915", 2010, 2012),
                   ("1723", 2010, 2011), ("1729", 2010, 2011)}, f"absent: {absent}")
require(facts["unknown_place", "9999", "settled", 2014, 2014] == 112 and facts["unknown_place", "9999", "settled", 2015, 2015] == 74, "9999")
require(facts["outside_life", "1903", "settled", 2012, 2012] == 58, "1903 in 2012")
for name in ("0706 Sandefjord", "0719 Andebu", "0720 Stokke", "1901 Harstad", "1915 Bjarkøy", "1723 Mosvik", "1729 Inderøy"):
    require(name in page, name + " is not named on the page")

# Rows add up, sums of files and panel are theirs.
for source in manifest["sources"]:
    for file in source["files"]:
        require(file["rows_read"] == file["rows_used"] + sum(file["rows_left_out"].values()), file["file"])
        data = open(work + "/files/" + file["file"], "rb").read()
        require(file["sha256"] == hashlib.sha256(data).hexdigest() and file["bytes"] == len(data), file["file"] + " sha256")
require(manifest["panel"]["sha256"] == hashlib.sha256(open(work + "/panel.csv", "rb").read()).hexdigest(), "panel sha256")
for column, cells in (("settled", SETTLED), ("recipients", RECIPIENTS)):
    for year in columns[column]["years"]:
        keys = [k for k in panel if k[1] == year["year"]]
        require(year["figures"] == sum(figure(cells, k) is not None for k in keys), f"{column} {year}")
        require(year["suppressed"].get(":", 0) == sum(cells.get(k) == ":" for k in keys), f"{column} {year} suppressed")

# The panel that others have put together: which cells differ, and why.
differing = []
for r in csv.DictReader(open(shared + "/data/municipal_panel_2012_2016.csv", encoding="utf-8")):
    key = (r["municipality_code"].zfill(4), int(r["year"]))
    row = panel.get(key, {})
    for theirs, ours, tolerance in (("population", "population", 0), ("population_16_66_pct", "population_16_66", 5e-7),
                                    ("new_refugees", "settled", 0)):
        own = row.get(ours, "")
        if r[theirs] and own and abs(float(r[theirs]) - float(own)) <= tolerance:
            continue
        if not r[theirs] and not own:
            continue
        text = SETTLED.get(key, "")
        reason = None
        if theirs != "new_refugees":
            reason = "no raw source" if key not in PEOPLE and not own else None
        elif not own and text == ":":
            reason = "suppressed (:), filled there with " + r[theirs]
        elif not own and text == ".":
            reason = "none or unknown (.), filled there with " + r[theirs]
        elif not own and text == "":
            reason = "no raw source"
        elif own and not r[theirs]:
            reason = "missing there"
        require(reason is not None, f"{theirs} of {key}: {r[theirs]!r} there, {own!r} here, without a reason")
        differing.append((theirs, key[0], key[1], r[theirs], own, reason))
for cell in sorted(differing):
    print(*cell, sep="\t")
print(f"{n_checks} checks; {len(differing)} cells differ from the tidy panel, each with its reason")
