#!/bin/sh
# test_funnel.sh PROGRAM - the limits of `behov plot funnel` against those of funnel.py (funnel.txt: least squares in exact
# fractions, REML and the rest in 40 digits) on three panels: balanced, with gaps, of one year; by the model and by
# winsorised z.
set -eu
program=$1
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for panel in balanced gaps one_year; do
    terms='+ factor(year)'
    [ "$panel" != one_year ] || terms=
    for limits in model winsorised; do
        "$program" plot funnel "$here/funnel_$panel.csv" --formula "y ~ x $terms" --outcome-unit 1000kr_per_inhabitant \
            --chance independent --limits "$limits" -q --lang en --exclude '' \
            -o "$work/$panel-$limits.csv" -o "$work/$panel-$limits.svg"
    done
done
python3 - "$work" "$here/funnel.txt" <<'END'
import csv
import re
import sys

expected = {}
for line in open(sys.argv[2], encoding="utf-8"):
    if line[0] != "#":
        words = line.split()
        at = next(i for i, word in enumerate(words) if re.fullmatch(r"-?\d[\d.e+-]*", word))
        expected[tuple(words[:at])] = [float(word) for word in words[at:]]
worst = 0
checked = 0
for panel in ("balanced", "gaps", "one_year"):
    for limits in ("model", "winsorised"):
        rows = list(csv.DictReader(open(f"{sys.argv[1]}/{panel}-{limits}.csv", encoding="utf-8-sig")))
        codes = expected[panel, "codes"]
        assert [int(row["municipality_code"]) for row in rows] == codes, (panel, limits)
        for key in ("ratio", "inner_low", "inner_high", "outer_low", "outer_high", "own_inner_low", "own_inner_high",
                    "own_outer_low", "own_outer_high", "deviation"):
            figures = expected.get((panel, key)) or expected[panel, limits, key]
            for row, figure in zip(rows, figures):
                off = abs(float(row[key]) - figure) / max(1, abs(figure))
                worst = max(worst, off)
                checked += 1
                # 3e-15 when this was made; another compiler may end its steps of the likelihood elsewhere
                assert off < 1e-11, (panel, limits, key, row, figure)
        within, = expected[panel, limits, "within"]
        counted = sum("limits" in row["side"] and "within" in row["side"] for row in rows)
        assert counted == within, (panel, limits, counted, within)
        picture = open(f"{sys.argv[1]}/{panel}-{limits}.svg", encoding="utf-8").read()
        assert f"{int(within)} of {len(rows)} municipalities lie within the outer limits" in picture.split("<desc>")[1]
        if limits == "winsorised":
            tau, = expected[panel, "tau2"]
            text = re.sub(r"<[^>]*>", "", picture.replace("\n", " "))
            assert f"{tau ** 0.5:.1f} percentage points" in text, (panel, tau)
print(f"{checked} figures, the worst {worst:.1e} from the exact one")
END
