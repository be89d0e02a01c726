#!/bin/sh
# test_panel_merge.sh PROGRAM - municipalities of 2013 to 2019 as those of 2020: sums of real populations against the lists of
# changes that Statistics Norway publishes from year to year, which are not what the program's history is made of. To the
# person, for every municipality that no part of a split went into; shares to 15 digits by exact fractions.
set -eu
program=$1
raw=${BEHOV_SHARED:-}/data/raw
if ! [ -f "$raw/ssb/07459_2010_2014.tsv" ]; then
    echo "skipped: $raw/ssb is not there (BEHOV_SHARED)"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$raw" "$work/panel.csv" <<'END'
import csv
import sys

raw, out = sys.argv[1:]
people = {}
for name in ("07459_2010_2014.tsv", "07459_2015_2018.tsv"):
    rows = csv.reader(open(f"{raw}/ssb/{name}", encoding="latin-1", newline=""), delimiter="\t")
    head = next(r for r in rows if len(r) > 3)
    years = [int(h.split()[-1]) for h in head if h.split() and h.split()[-1].isdigit() and len(h.split()[-1]) == 4]
    for r in rows:
        if len(r) < 3 or not r[0][:4].isdigit():
            continue
        age = int(r[1].split()[0].rstrip("+"))
        for year, cell in zip(years, r[-len(years):]):
            if cell not in (".", "..", ""):
                both = people.setdefault((r[0][:4], year), [0, 0])
                both[0] += int(cell)
                both[1] += int(cell) if 16 <= age <= 66 else 0
with open(out, "w", encoding="utf-8", newline="") as file:
    file.write("municipality_code,year,population,adults,adults_pct\n")
    for (code, year), (all_ages, adults) in sorted(people.items()):
        if year >= 2013 and all_ages:
            file.write(f"{code},{year},{all_ages},{adults},{100 * adults / all_ages!r}\n")
END
"$program" panel merge "$work/panel.csv" --to 2020 --splits drop --sum adults --rate adults_pct/population \
    -o "$work/2020.csv" --json -q >"$work/facts.json"
python3 - "$raw" "$work" <<'END'
import csv
import json
import sys
from fractions import Fraction

raw, work = sys.argv[1:]


def changes(first, second):
    rows = csv.reader(open(f"{raw}/klass/fra_{first}kommuner_til_{second}kommuner.csv", encoding="utf-8-sig", newline=""), delimiter=";")
    next(rows)
    links = {}
    for r in rows:
        if r and r[0].isdigit():
            links.setdefault(r[0].zfill(4), set()).add(r[2].zfill(4))
    return links


waves = [(2013, 2017), (2017, 2018), (2018, 2019), (2019, 2020)]
links = {wave: changes(*wave) for wave in waves}
links[(2013, 2017)]["0720"] = {"0704", "0710"}  # the list of that year hides that Stokke was split (KLASS 131)


def ends(code, year):
    codes = {code}
    for first, second in waves:
        if year < second:
            codes = {new for old in codes for new in links[(first, second)].get(old, {old})}
    return codes


panel = list(csv.DictReader(open(f"{work}/panel.csv", encoding="utf-8")))
expected, inexact, members = {}, set(), {}
for r in panel:
    year = int(r["year"])
    to = ends(r["municipality_code"], year)
    for code in to:
        members.setdefault((code, year), set()).add(r["municipality_code"])
    if len(to) > 1:
        inexact |= {(code, year) for code in to}
        continue
    sums = expected.setdefault((next(iter(to)), year), [0, 0, Fraction(0)])
    sums[0] += int(r["population"])
    sums[1] += int(r["adults"])
    sums[2] += Fraction(float(r["adults_pct"])) * int(r["population"])
# A municipality whose parts are not all in the files has no sum either.
all_codes = {r["municipality_code"] for r in panel}
parts = {}
for year in range(2013, 2019):
    alive = {code for first, second in waves if first <= year < second for code in links[(first, second)]}
    for code in alive:
        for target in ends(code, year):
            parts.setdefault((target, year), set()).add(code)
lacking = {key for key in expected if parts.get(key, members[key]) - members[key] - {"9999"}}
found = {(r["municipality_code"], int(r["year"])): r for r in csv.DictReader(open(f"{work}/2020.csv", encoding="utf-8"))}
wanted = {key: sums for key, sums in expected.items() if key not in inexact and key not in lacking}
assert set(found) == set(wanted), (sorted(set(found) ^ set(wanted))[:20], len(found), len(wanted))
for key, (everyone, adults, weighted) in wanted.items():
    row = found[key]
    assert int(row["population"]) == everyone and int(row["adults"]) == adults, (key, row)
    share = weighted / everyone
    assert abs(Fraction(float(row["adults_pct"])) - share) <= abs(share) * Fraction(1, 10**15), (key, row)
    assert row["merged_from"] == "+".join(sorted(members[key])) and row["merge_is_exact"] == "1", (key, row)
facts = json.load(open(f"{work}/facts.json"))
assert {f["subject"][:4] for f in facts["facts"] if f["fact"] == "split"} == {"1850", "5012", "1613"}  # 0720 is not there
merged = sum(len(members[k]) > 1 for k in wanted)
print(f"{len(found)} rows of {len({k[0] for k in found})} municipalities agree to the person, {merged} of them merged; "
      f"{len(inexact & set(members))} left out for a split, {len(lacking - inexact)} for a part without a row")
END
