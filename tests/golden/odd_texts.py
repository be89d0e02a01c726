#!/usr/bin/env python3
"""odd_texts.py FOLDER - panels and a model whose names and labels are as odd as a file can have them: quotes of every
kind, letters past U+FFFF, control characters, texts that are cut within a character if bytes are counted, names of the
program's own sheets. The figures are of no municipality: drawn, to have some."""
import random
import sys

FACE = "\U0001F600"
NAMES = ["O'Brien \"x\" & <b>", "'quoted'", "Ny[gård]:*?/\\", "_x0041_ Alm", FACE * 40, "Å" * 250, "x" + "ø" * 130,
         "xx" + FACE * 80, "xxx" + FACE * 80, "Data", "data", "Regresjon", "Kommune", "tab\tnew", "ctl\x01x", "=1+1",
         "History", "Os", "OS", "a" * 500, "Rangering", "Lang " * 60]


def write_panel(path, has_codes):
    chance = random.Random(5)
    with open(path, "w", encoding="utf-8") as out:
        out.write("municipality_code," * has_codes + "municipality,year,population,y,x,z\n")
        for i, name in enumerate(NAMES):
            quoted = '"' + name.replace('"', '""') + '"'
            for year in range(2011, 2014):
                # z is whole, as its limits in the model file say
                figures = (f"{2 + 3 * chance.random():.3f}", f"{2 * chance.random():.3f}", str(1 + int(20 * chance.random())))
                out.write(",".join([*[f"{101 + i:04d}"] * has_codes, quoted, str(year), str(1000 + 700 * i + year),
                                    *figures]) + "\n")


def pieces(name, *texts):
    """A value of several lines, each shorter than a model file's 200 bytes."""
    return f"{name} = " + "\n    ".join(texts) + "\n"


folder = sys.argv[1]
write_panel(f"{folder}/codes.csv", True)
write_panel(f"{folder}/names.csv", False)
with open(f"{folder}/groups.csv", "w", encoding="utf-8") as out:
    out.write("municipality_code;group\n")
    for i in range(len(NAMES)):
        out.write(f"{101 + i:04d};\"Gr'uppe [{i % 3}] {FACE}{FACE} <&>\"\n")
with open(f"{folder}/model.ini", "w", encoding="utf-8") as out:
    mixed = "ø" + FACE + "å€'<&>\""
    out.write("[model]\n" + pieces("title", f"Odd 'title' <&> {FACE} \x02") +
              "formula = y ~ x + z + factor(year)\noutcome_unit = 1000kr_per_inhabitant\npopulation = population\n")
    for lang in ("nb", "en"):
        out.write(f"[labels_{lang}]\n" + pieces("x", "a" + mixed * 9, *[mixed * 9] * 5) + "z = 'z' _x0041_ \x02 tail\n" +
                  "y = Ut\x02gift & mer\n")
        out.write(f"[units_{lang}]\n" + pieces("x", *[FACE * 40] * 4) + "z = _x0041_ kr\n")
        out.write(f"[proxies_{lang}]\nx = noe \x03 annet\n")
    out.write("[limits]\nx = 0..5\nz = whole 1..\n")
