#!/usr/bin/env python3
"""panel_arrays.py PANEL.csv MODEL.ini - the panel as C arrays, the model as strings: what a front end has in memory."""
import configparser
import csv
import sys

TEXTS = {"municipality_code": "code", "municipality": "municipality", "source": "source"}


def quoted(text):
    return '"' + "".join(c if 32 <= ord(c) < 127 and c not in '"\\?' else "".join(f"\\{b:03o}" for b in c.encode()) for c in text) + '"'


def main():
    rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
    model = configparser.ConfigParser(delimiters=("=",), interpolation=None, strict=True)
    model.optionxform = str
    model.read(sys.argv[2], encoding="utf-8")
    numbers = [name for name in rows[0] if name not in TEXTS]
    print(f"#define PANEL_ROWS {len(rows)}\n#define PANEL_COLUMNS {len(numbers)}")
    print("#define PANEL_DRAWS 10000\n#define PANEL_SEED 0\n#define PANEL_PROFILE \"1860\"")
    for key in ("formula", "exclude", "cluster"):
        print(f"#define PANEL_{key.upper()} {quoted(model['model'][key])}")
    for name, variable in TEXTS.items():
        cells = ", ".join(quoted(row[name]) for row in rows)
        print(f"static const char *const panel_{variable}[PANEL_ROWS] = {{{cells}}};")
    print(f"static const char *const panel_names[PANEL_COLUMNS] = {{{', '.join(map(quoted, numbers))}}};")
    print("static const double panel_values[PANEL_COLUMNS][PANEL_ROWS] = {")
    for name in numbers:
        print("{" + ", ".join(repr(float(row[name])) for row in rows) + "},")
    print("};")


main()
