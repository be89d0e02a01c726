#!/bin/sh
# test_json_stat.sh PROGRAM - cubes of JSON-stat against others: real ones cell by cell against jsonstat-toolkit, the reader of the
# format's author (npm, where node is and the registry answers), and else against a reader in Python of twenty lines; the
# twenty cases of the author's validator with their codes.
set -eu
program=$1
cubes=${BEHOV_SHARED:-}/data/fixtures/jsonstat
if ! [ -f "$cubes/validator_cases.json" ]; then
    echo "skipped: $cubes is not there (BEHOV_SHARED)"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/edges.py" <<'END'
import json
import sys

# Every edge that the format allows, in one small cube each.
base = {"version": "2.0", "class": "dataset", "label": "x", "id": ["A", "B"], "size": [2, 3],
        "dimension": {"A": {"category": {"index": {"a2": 1, "a1": 0}, "label": {"a1": "Å", "a2": "second"}}},
                      "B": {"category": {"index": ["b1", "b2", "b3"]}}},
        "value": [1, 2.5, None, -4, 1e300, 0.1]}
cases = {
    "plain": {},
    "sparse": {"value": {"0": 1, "5": 6}},
    "all_missing": {"value": {}},
    "status_array": {"status": [None, "", ".", ":", "..", "e"]},
    "status_object": {"status": {"2": ":"}},
    "status_text": {"status": "p"},
    "sizes_as_text": {"size": ["2", "3"]},
    "one_category_by_label": {"id": ["A", "B", "C"], "size": [2, 3, 1],
                              "dimension": dict(base["dimension"], C={"category": {"label": {"only": "Only one"}}})},
    "roles": {"role": {"time": ["B"], "geo": ["A"]}},
}
for name, change in cases.items():
    json.dump(dict(base, **change), open(f"{sys.argv[1]}/edge_{name}.json", "w", encoding="utf-8"), ensure_ascii=False)
END
python3 "$work/edges.py" "$work"
cp "$cubes/ks_12367_v1_6dims.json" "$cubes/ssb_v2_12134_3kommuner.json" "$cubes/ssb_29843_v1.json" "$cubes/rjstat_hierarchy.json" \
    "$cubes/ks_resultatTest2.json" "$cubes/ks_resultatTest3.json" "$work"
for file in "$work"/*.json; do
    "$program" panel read "$file" -o "${file%.json}.csv" -q >/dev/null || {
        echo "not read: $file"
        exit 1
    }
done
reader=python
if command -v node >/dev/null && command -v npm >/dev/null &&
    (cd "$work" && npm install --silent --no-audit --no-fund jsonstat-toolkit@1.6.0 >npm.log 2>&1); then
    reader='jsonstat-toolkit 1.6.0'
    cat >"$work/read.js" <<'END'
const fs = require("fs"), JSONstat = require("jsonstat-toolkit");
for (const file of process.argv.slice(2)) {
    const ds = JSONstat(JSON.parse(fs.readFileSync(file, "utf8"))).Dataset(0);
    const cells = [];
    for (let i = 0; i < ds.n; i++) {
        const codes = {};
        let rest = i;
        for (let d = ds.length - 1; d >= 0; d--) {
            codes[ds.id[d]] = ds.Dimension(d).id[rest % ds.size[d]];
            rest = Math.floor(rest / ds.size[d]);
        }
        // By the codes, not by the position: that is what it is compared for.
        const cell = ds.Data(codes);
        if (cell === null && ds.value && ds.value[i] !== null && ds.value[i] !== undefined)
            throw new Error(file + ": no cell " + JSON.stringify(codes));
        cells.push([codes, cell === null || cell.value === undefined ? null : cell.value, cell === null ? null : cell.status]);
    }
    fs.writeFileSync(file + ".cells", JSON.stringify(cells));
}
END
    (cd "$work" && node read.js ./*_*.json)
fi
python3 - "$work" "$cubes" "$program" "$reader" <<'END'
import csv
import glob
import json
import os
import subprocess
import sys

work, cubes, program, reader = sys.argv[1:]


def own_cells(document):
    """The format as its text has it: row-major, last dimension fastest."""
    document = document.get("dataset", document) if "value" not in document else document
    frame = document if "id" in document else document["dimension"]
    ids, sizes = frame["id"], [int(s) for s in frame["size"]]
    codes = []
    for name in ids:
        category = document["dimension"][name]["category"]
        index = category.get("index", list(category.get("label", {})))
        codes.append(index if isinstance(index, list) else sorted(index, key=index.get))
    n = 1
    for size in sizes:
        n *= size
    at = lambda x, i: x if isinstance(x, str) else x.get(str(i)) if isinstance(x, dict) else x[i] if x else None
    for i in range(n):
        rest, cell = i, {}
        for name, size, list_of in reversed(list(zip(ids, sizes, codes))):
            cell[name] = list_of[rest % size]
            rest //= size
        yield [cell, at(document["value"], i), at(document.get("status"), i)]


n_files = n_cells = n_peer = 0
for path in sorted(glob.glob(f"{work}/*.json")):
    if os.path.basename(path).startswith("package"):
        continue
    rows = list(csv.DictReader(open(path[:-5] + ".csv", encoding="utf-8")))
    document = json.load(open(path, encoding="utf-8"))
    peers = [list(own_cells(document))]
    if os.path.exists(path + ".cells"):
        peers.append(json.load(open(path + ".cells", encoding="utf-8")))
        n_peer += 1
    for cells in peers:
        assert len(rows) == len(cells), path
        for row, (codes, value, status) in zip(rows, cells):
            for name, code in codes.items():
                assert row[name] == code, (path, row, codes)
            assert (row["value"] == "") if value is None else float(row["value"]) == value, (path, row, value)
            assert row.get("mark", "") == (status or ""), (path, row, status)
    n_files += 1
    n_cells += len(rows)

bad = 0
for case in json.load(open(f"{cubes}/validator_cases.json", encoding="utf-8")):
    file = f"{work}/case.json"
    json.dump(case["input"], open(file, "w", encoding="utf-8"))
    run = subprocess.run([program, "panel", "read", file], capture_output=True, text=True, encoding="utf-8")
    wanted = case["expected"].get("codes", [])
    is_valid = case["expected"].get("valid", True)
    bundle = "BUNDLE_DEPRECATED" in wanted
    assert (run.returncode == 0) == (is_valid or bundle), (case["id"], run)
    for code in wanted:
        assert code in run.stderr, (case["id"], run.stderr)
    bad += not is_valid
print(f"{n_files} cubes, {n_cells} cells, {n_peer} of them also by {reader}; {bad} broken cubes refused with their code")
END
