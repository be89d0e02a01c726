#!/bin/sh
# test_clustering.sh PROGRAM - the finding of clustering.md: which clustering the printed standard errors fit, on a panel
# rebuilt from public figures. The expected figures are those of the issue that asked for the finding, found with another
# program. Exit 77 (skipped) without the panel.
set -eu
program=$1
here=$(cd "$(dirname "$0")" && pwd)
panel=${BEHOV_SHARED:-none}/data/municipal_panel_2012_2016.csv
[ -f "$panel" ] || {
    echo "skipped: $panel is not there"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" compare "$panel" --model "$here/rebuilt_panel.ini" --with "$BEHOV_SOURCE/datasets/proba-2017-08/regression.csv" \
    --json -q >"$work/compared.json"
python3 - "$work/compared.json" "$here/clustering.md" <<'END'
import json
import re
import sys

made = json.load(open(sys.argv[1], encoding="utf-8"))
at = {c["printed_term"]: i for i, c in enumerate(made["coefficients"])}
readings = {r["cluster"]: r for r in made["readings"]}
population, municipality = readings["population"], readings["municipality_code"]
expected = {"population": ("0.054", "0.057", "0.058", "0.066"), "municipality_code": ("0.020", "0.032", "0.046", "0.064")}
for cluster, figures in expected.items():
    found = [readings[cluster]["se"][at[f"year_{year}"]] for year in range(2013, 2017)]
    # printed with three decimals, by a program whose rows and powers are not known: one unit of the last digit
    assert all(abs(value - float(figure)) <= 1e-3 for value, figure in zip(found, figures)), (cluster, found)
assert population["is_best"] and not municipality["is_best"]
slopes = [i for term, i in at.items() if not term.startswith("year_") and term != "intercept"]
ratios = sorted(municipality["se"][i] / population["se"][i] for i in slopes)
assert 1.6 < ratios[len(ratios) // 2] < 1.8, ratios
assert not made["is_other_outcome"]
# the page
page = open(sys.argv[2], encoding="utf-8").read()
for year in range(2013, 2017):
    row = re.search(rf"\| year {year} \| ([0-9.]+) \| ([0-9.]+) \| ([0-9.]+) \| ([0-9.]+) \|", page)
    shown = [float(row[2]), float(row[3]), float(row[4])]
    found = [r["se"][at[f"year_{year}"]] for r in made["readings"]]
    assert all(abs(a - b) < 0.5e-4 for a, b in zip(shown, found)), (year, shown, found)
medians = re.search(r"\| median deviation.*\| ([0-9]+) % \| ([0-9]+) % \| ([0-9]+) % \|", page)
assert [round(100 * r["median_off"]) for r in made["readings"]] == [int(medians[i]) for i in (1, 2, 3)]
END
