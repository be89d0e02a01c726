#!/bin/sh
# test_px.sh PROGRAM - files of PC-Axis against a reader in Python that shares nothing with ours: random cubes with marks, breaks in
# texts and in DATA, other orders of keywords, and with keys; the fixture of PxWebApi's own tests. R's pxR is not in Debian.
set -eu
program=$1
[ -x /usr/bin/python3 ] || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/check.py" <<'END'
import csv, itertools, os, random, re, subprocess, sys

program, folder = sys.argv[1:3]
random.seed(1)


def read(path, encoding):
    """Rows of codes, value and mark: the whole of DATA by regular expressions, STUB before HEADING."""
    text = open(path, encoding=encoding, newline="").read()
    head, data = re.split(r"(?m)^DATA=", text, maxsplit=1)
    entries = {}
    for match in re.finditer(r'([A-Z0-9-]+)(\[\w+\])?(?:\("([^"]*)"\))?=((?:"[^"]*"|[^;"])*);', head):
        if match.group(2):
            continue
        joined = re.sub(r'"\s*\r?\n\s*"', "", match.group(4))
        entries[match.group(1), match.group(3)] = re.findall(r'"([^"]*)"', joined) or [joined.strip()]
    names = entries.get(("STUB", None), []) + entries.get(("HEADING", None), [])
    codes = [entries.get(("CODES", n), entries[("VALUES", n)]) for n in names]
    tokens = re.findall(r'"[^"]*"|[^\s,;"]+', data)
    cells = list(itertools.product(*codes))
    keys = [n for n in names if ("KEYS", n) in entries]
    values = dict.fromkeys(cells, "")
    if keys:
        width = 1
        for n, c in zip(names, codes):
            width *= 1 if n in keys else len(c)
        while tokens:
            key = tuple(t.strip('"') for t in tokens[: len(keys)])
            row = [c for c in cells if c[: len(keys)] == key]
            values.update(zip(row, tokens[len(keys) : len(keys) + width]))
            tokens = tokens[len(keys) + width :]
    else:
        assert len(tokens) == len(cells), (len(tokens), len(cells))
        values = dict(zip(cells, tokens))
    out = []
    for cell in cells:
        token = values[cell]
        mark = token.strip('"') if token.startswith('"') else ""
        if re.fullmatch(r"\.+", mark):
            mark = entries.get((f"DATASYMBOL{len(mark)}", None), [mark])[0]
        out.append((cell, 0.0 if mark == "-" else None if mark or not token else float(token), mark))
    return [entries.get(("VARIABLECODE", n), [n])[0] for n in names], out


def quoted(texts, width):
    """Texts that go on behind a break, as writers with a longest line have them."""
    cut = []
    for t in texts:
        cut.append('"' + t + '"' if len(t) < width else '"' + t[:width] + '"\n"' + t[width:] + '"')
    return ",\n".join(cut)


def write(path, i):
    n = random.randint(1, 5)
    names = [f"dim ø{j}" for j in range(n)]
    sizes = [random.randint(1, 4) for _ in names]
    n_stub = random.randint(0, n)
    lines = ['CHARSET="ANSI";', 'CODEPAGE="iso-8859-1";', 'LANGUAGE="no";', 'DATASYMBOL2="ikke";']
    body = []
    for side, part in (("STUB", names[:n_stub]), ("HEADING", names[n_stub:])):
        if part:
            body.append(f"{side}={quoted(part, 99)};")
    for name, size in zip(names, sizes):
        values = [f"verdi {k}; med \"".replace('"', "'") + "å" * random.randint(0, 12) for k in range(size)]
        body.append(f'VALUES("{name}")={quoted(values, 8)};')
        body.append(f'VALUES[en]("{name}")="x";')
        if random.random() < 0.7:
            body.append(f'CODES("{name}")={quoted([f"{k:02d}" for k in range(size)], 99)};')
        if random.random() < 0.5:
            body.append(f'VARIABLECODE("{name}")="V{name[-1]}";')
    random.shuffle(body)
    lines += body
    n_keys = random.randint(1, n_stub) if n_stub and random.random() < 0.4 else 0
    text = "\n".join(lines) + "\n"
    codes = []
    for name, size in zip(names, sizes):
        has = f'CODES("{name}")' in text
        codes.append([f"{k:02d}" for k in range(size)] if has else None)
    n_keys = 0 if any(c is None for c in codes[:n_keys]) else n_keys
    for name in names[:n_keys]:
        text += f'KEYS("{name}")=CODES;\n'
    token = lambda: random.choice(['".."', '"."', '"-"', '":"', "0"] + [f"{random.uniform(-1e6, 1e6):.{random.randint(0, 6)}f}"] * 5)
    text += "DATA=\n"
    if n_keys:
        width = 1
        for size in sizes[n_keys:]:
            width *= size
        rows = list(itertools.product(*codes[:n_keys]))
        random.shuffle(rows)
        for row in rows[: max(1, len(rows) - 1)]:
            text += ",".join(f'"{c}"' for c in row) + "," + " ".join(token() for _ in range(width)) + "\n"
    else:
        total = 1
        for size in sizes:
            total *= size
        text += "".join(token() + random.choice([" ", "\n", "\t", " \r\n"]) for _ in range(total))
    open(path, "w", encoding="iso-8859-1", newline="").write(text + ";\n")


def check(path, encoding):
    names, want = read(path, encoding)
    out = path + ".csv"
    subprocess.run([program, "panel", "read", path, "-o", out, "-q"], check=True, stdout=subprocess.DEVNULL)
    rows = list(csv.reader(open(out, encoding="utf-8")))
    assert rows[0][: len(names)] == names, (path, rows[0], names)
    value = rows[0].index("value")
    assert len(rows) == len(want) + 1, path
    for row, (cell, number, mark) in zip(rows[1:], want):
        assert tuple(row[: len(names)]) == cell, (path, row, cell)
        assert (row[value] == "") if number is None else float(row[value]) == number, (path, row, number)
        assert (row[value + 1] if len(row) > value + 1 else "") == mark, (path, row, mark)
    return len(want)


cells = 0
for i in range(60):
    path = os.path.join(folder, f"cube{i}.px")
    write(path, i)
    cells += check(path, "iso-8859-1")
fixture = os.path.join(os.environ.get("BEHOV_SHARED", ""), "data/fixtures/pxwebapi/tab4_fewcells.px")
if os.path.exists(fixture):
    import shutil

    shutil.copy(fixture, os.path.join(folder, "fixture.px"))
    cells += check(os.path.join(folder, "fixture.px"), "iso-8859-1")
print(f"61 files, {cells} cells the same")
END
/usr/bin/python3 "$work/check.py" "$program" "$work"
