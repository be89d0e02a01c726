#!/bin/sh
# test_like_municipalities.sh PROGRAM - `behov peers` on the bundled panel against R (like_municipalities.R, .txt): which
# municipalities are nearest by each distance, how far they are, and one of them against its bases, with intervals.
set -eu
program=$1
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for own in 1860 0219; do
    for kind in need weighted mahalanobis; do
        "$program" peers "$own" --distance "$kind" --json -q >"$work/$kind-$own.json"
    done
    "$program" peers "$own" --distance weighted --distance-weights 'new_refugees=2,I(population^1.2)=0' --json -q \
        >"$work/heavy-$own.json"
done
python3 - "$work" "$here/like_municipalities.txt" <<'END'
import json
import sys

work, path = sys.argv[1:]
made = {}
n = 0


def near(got, figure, digits=1e-9):
    return abs(got - figure) <= digits * max(abs(figure), 1e-3)


for line in open(path, encoding="utf-8"):
    words = line.split()
    if words[0] == "#":
        continue
    n += 1
    if words[0] in ("peers", "distances", "typical"):
        kind, own = words[1:3]
        peers = json.load(open(f"{work}/{kind}-{own}.json", encoding="utf-8"))["peers"]
        if words[0] == "peers":
            assert [p["municipality_code"] for p in peers] == words[3:], (kind, own)
            for p in peers:  # what regressors contribute adds up
                assert near(sum(p["squared_distance_by_regressor"].values()), p["distance"] ** 2)
            continue
        key = {"distances": "distance", "typical": "typical_distance"}[words[0]]
        for p, figure in zip(peers, words[3:], strict=True):
            assert near(p[key], float(figure)), (kind, own, key, p[key], figure)
        continue
    base, measure = words[:2]
    document = json.load(open(f"{work}/need-1860.json", encoding="utf-8"))
    figure = next(c for c in document["comparisons"] if c["base"] == base)[measure]
    keys = ("n", "own", "weighted_mean", "unweighted_mean", "difference", "difference_low", "difference_high",
            "lower_quartile", "median", "upper_quartile", "rank")
    for key, value in zip(keys, words[2:], strict=True):
        if measure == "outcome" and key in ("difference_low", "difference_high"):
            assert figure[key] is None  # accounts have no interval
        else:
            assert near(figure[key], float(value), 1e-8), (base, measure, key, figure[key], value)
assert n == 29, n
END
