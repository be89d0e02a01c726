"""panel_build_codes.py PROGRAM CHANGES - booklets of years of reform, made of nothing but codes: the figure of each is its code, so that what
a municipality got tells where it was taken from. What it should get is worked out here from the list of changes alone.

The figures are no statistics: 1000 inhabitants everywhere, as many disabled as the code's number, an index of code / 1000 + 0.5.
"""
import collections
import csv
import itertools
import os
import subprocess
import sys
import tempfile

program, path = sys.argv[1:]
changes = sorted(csv.DictReader(open(path, encoding="utf-8")), key=lambda row: row["date"])

RECIPE = """[recipe]
title = T
[source people]
files = people*
place = x
[source criteria]
files = f-k-{year}*
place = x
year_shift = -1
code_year_shift = 1
[source indices]
files = e-k-{year}*
place = x
year_shift = -1
code_year_shift = 1
[column population]
source = people
kind = count
[column disabled]
source = criteria
kind = count
filter contents = disabled
[column index]
source = indices
kind = published
filter contents = index
weight = population
"""


def codes_before(date):
    """The codes in use the day before."""
    live = set()
    for day, group in itertools.groupby(changes, key=lambda row: row["date"]):
        if day >= date:
            break
        group = list(group)
        live -= {row["old_code"] for row in group}
        live |= {row["new_code"] for row in group if row["new_code"]}
    return live


def relatives(year):
    """By new code the old ones, by old code the new ones, of 1 January."""
    parents, children = collections.defaultdict(set), collections.defaultdict(set)
    group = [row for row in changes if row["date"] == f"{year}-01-01" and row["old_code"]]
    old = codes_before(f"{year}-01-01")
    for row in group:
        parents[row["new_code"]].add(row["old_code"])
        children[row["old_code"]].add(row["new_code"])
    for code in old - {row["old_code"] for row in group}:
        parents[code].add(code)
        children[code].add(code)
    return parents, children


def build(folder, year, parents, children, target):
    with open(f"{folder}/people.csv", "w", encoding="utf-8") as out:
        out.write("region;year;persons\n" + "".join(f"{code};{year - 1};1000\n" for code in sorted(children)))
    for name in ("e", "f"):
        with open(f"{folder}/{name}-k-{year}.csv", "w", encoding="utf-8") as out:
            out.write("Kommune;disabled;index\n" +
                      "".join(f"{code};{int(code)};{int(code) / 1000 + 0.5:.3f}\n" for code in sorted(parents)))
    call = [program, "panel", "build", folder + "/r.ini", "--files", folder, "--years", str(year - 1), "--splits", "drop",
            "-o", folder + "/../panel.csv", "-q"]
    done = subprocess.run(call + (["--to", str(target)] if target else []), capture_output=True, text=True)
    for name in ("e", "f"):
        os.remove(f"{folder}/{name}-k-{year}.csv")
    assert done.returncode == 0, done.stderr
    return {row["municipality_code"]: row for row in csv.DictReader(open(folder + "/../panel.csv", encoding="utf-8"))}


def number(text):
    return float(text) if text else None


def require_row(row, disabled, index):
    got = number(row["disabled"]), number(row["index"])
    assert got[0] == disabled and (got[1] is None) == (index is None), (row, disabled, index)
    assert index is None or abs(got[1] - index) < 1e-12, (row, index)


def index_of(code):
    return round(int(code) / 1000 + 0.5, 3)


def check_as_published(rows, parents, children):
    """What was only renumbered has the figures of its new code; counts of all parts of one are summed; nothing else has any."""
    kinds = collections.Counter()
    assert set(rows) == set(children)
    for code, new in children.items():
        if len(new) == 1 and len(parents[min(new)]) == 1:
            kinds["renumbered or the same"] += 1
            require_row(rows[code], int(min(new)), index_of(min(new)))
        elif all(parents[part] == {code} for part in new):
            kinds["summed"] += 1
            require_row(rows[code], sum(int(part) for part in new), None)
        else:
            kinds["none"] += 1
            require_row(rows[code], None, None)
    return kinds


def check_merged(rows, parents, children):
    """In the municipalities of the new year each has its own figures, but those that a part of a split went into."""
    for code, row in rows.items():
        if all(len(children[old]) == 1 for old in parents[code]):
            require_row(row, int(code), index_of(code))
    whole = {code for code in parents if all(len(children[old]) == 1 for old in parents[code])}
    assert whole == set(rows), whole ^ set(rows)
    return len(rows)


with tempfile.TemporaryDirectory() as work:
    folder = work + "/files"
    os.mkdir(folder)
    open(folder + "/r.ini", "w", encoding="utf-8").write(RECIPE)
    for year in (2013, 2017, 2018, 2020, 2024):
        parents, children = relatives(year)
        kinds = check_as_published(build(folder, year, parents, children, None), parents, children)
        n_merged = check_merged(build(folder, year, parents, children, year), parents, children)
        print(year, len(children), "to", len(parents), dict(kinds), "merged:", n_merged)
