"""failing_memory.py PROGRAM PRELOAD [POINTS [CALL]] - the whole program, with each n-th allocation failing once, in every
library and in the process that writes workbooks. Whatever happens, it ends with 1, a sentence and yesterday's file, or
with 0 and the very bytes that it prints and writes with memory enough, but for pictures in a Word document. POINTS allocations, spread evenly, are tried for
each call; 0 = every one."""
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor

program, preload = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 40
MODEL = ["-f", "y ~ x + factor(year)", "-q"]
CALLS = {
    "fit --json": (["fit", "panel.csv", *MODEL, "--json"], None),
    "fit -o x.json": (["fit", "panel.csv", *MODEL, "-o", "x.json"], "x.json"),
    "fit --full -o x.xlsx": (["fit", "panel.csv", *MODEL, "--full", "--draws", "100", "-o", "x.xlsx"], "x.xlsx"),
    "fit -o x.csv": (["fit", "panel.csv", *MODEL, "-o", "x.csv"], "x.csv"),
    "fit -o x.html": (["fit", "panel.csv", *MODEL, "-o", "x.html"], "x.html"),
    "fit -o x.docx": (["fit", "panel.csv", *MODEL, "-o", "x.docx"], "x.docx"),
    "rank --json": (["rank", "panel.csv", *MODEL, "--draws", "100", "--json"], None),
    "select --json": (["select", "panel.csv", *MODEL, "--json"], None),
    "profile --json": (["profile", "0101", "panel.csv", *MODEL, "--draws", "100", "--json"], None),
    "diagnose --json": (["diagnose", "panel.csv", *MODEL, "--json"], None),
    "test --json": (["test", "x = 0", "panel.csv", *MODEL, "--json"], None),
    "tables --json": (["tables", "panel.csv", *MODEL, "--json"], None),
    "apply --json": (["apply", "panel.csv", "--coefficients", "fit.json", "-q", "--json"], None),
    "audit --json": (["audit", "printed.csv", "--json"], None),
    "compare": (["compare", "panel.csv", *MODEL, "--with", "printed.csv"], None),
    "compare --json": (["compare", "panel.csv", *MODEL, "--with", "printed.csv", "--compare-clusters",
                        "population,municipality_code", "--json"], None),
    "fit --compare-clusters": (["fit", "panel.csv", *MODEL, "--compare-clusters", "population,municipality_code"], None),
    "fit --se all": (["fit", "panel.csv", *MODEL, "--cluster", "population", "--se", "all"], None),
    "fit --by year": (["fit", "panel.csv", *MODEL, "--by", "year"], None),
    "fit --absorb": (["fit", "panel.csv", *MODEL, "--absorb", "municipality_code"], None),
    "check --json": (["check", "panel.csv", "-f", "y ~ x", "-q", "--json"], None),
    "rank --municipality": (["rank", "panel.csv", *MODEL, "--draws", "100", "--municipality", "KOMMUNE 3,0101"], None),
    "tables --group": (["tables", "panel.csv", *MODEL, "--group", "size"], None),
    "plot rank -o x.svg": (["plot", "rank", "panel.csv", *MODEL, "--draws", "100", "-o", "x.svg"], "x.svg"),
    "plot map -o x.svg": (["plot", "map", "map.csv", *MODEL, "--draws", "100", "--municipality", "0101", "-o", "x.svg"], "x.svg"),
    "report -o x.html": (["report", "map.csv", *MODEL, "--draws", "100", "--profile", "all", "-o", "x.html"], "x.html"),
    "template -o x.csv": (["template", "-f", "y ~ x", "-q", "--municipalities", "panel.csv", "-o", "x.csv"], "x.csv"),
    "template --json": (["template", "-f", "y ~ x", "-q", "--json"], None),
}
if len(sys.argv) > 4:
    CALLS = {name: call for name, call in CALLS.items() if name in sys.argv[4:]}


def panel():
    lines = ["municipality_code,municipality,year,population,y,x"]
    for i in range(12):
        for year in (2012, 2013):
            x = (7 * i + 3 * (year - 2012)) % 11 + 0.5
            lines.append(f"{101 + i:04d},Kommune {i},{year},{2000 + 531 * i},{1 + 0.3 * x + (5 * i + year) % 7 / 10:.2f},{x}")
    return "\n".join(lines) + "\n"


def panel_of_map():
    """The same with codes that were in use, so that there is a map of them."""
    used = [101, 104, 105, 106, 111, 118, 119, 121, 122, 123, 124, 125]
    lines = panel().splitlines()
    return "\n".join(lines[:1] + [f"{used[int(line[:4]) - 101]:04d}{line[4:]}" for line in lines[1:]]) + "\n"


def fill(folder):
    with open(os.path.join(folder, "map.csv"), "w") as file:
        file.write(panel_of_map())
    with open(os.path.join(folder, "panel.csv"), "w") as file:
        file.write(panel())
    with open(os.path.join(folder, "fit.json"), "w") as file:
        file.write('{"formula": "y ~ x", "coefficients": [{"term": "(Intercept)", "estimate": 1},'
                   '{"term": "x", "estimate": 0.3}]}\n')
    with open(os.path.join(folder, "printed.csv"), "w") as file:
        file.write("term,coefficient,stars,standard_error\n(Intercept),1.10,*,0.40\nx,0.90,**,0.20\n")


def without_pictures(written):
    """A Word document but for its pictures: fontconfig takes another font where it has no memory, and tells nobody."""
    if not written.startswith(b"PK") or b"word/media/" not in written:
        return written
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        return b"".join(name.encode() + package.read(name) for name in package.namelist() if "/media/" not in name)


def run(folder, arguments, output, at, count=None):
    """Exit code, what was printed, said and written; the files that are left."""
    environment = dict(os.environ, LD_PRELOAD=preload, BEHOV_FAIL_AT=str(at), SOURCE_DATE_EPOCH="1700000000",
                       TMPDIR=os.path.join(folder, "tmp"), LC_ALL="C.UTF-8")
    if count:
        environment["BEHOV_FAIL_COUNT"] = count
    has_old = output and arguments[0] != "template"  # which refuses a file that is there
    if has_old:
        with open(os.path.join(folder, output), "w") as file:
            file.write("old")
    elif output and os.path.exists(os.path.join(folder, output)):
        os.unlink(os.path.join(folder, output))
    done = subprocess.run([program, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    written = None
    if output and (has_old or os.path.exists(os.path.join(folder, output))):
        with open(os.path.join(folder, output), "rb") as file:
            written = without_pictures(file.read())
    left = sorted(os.listdir(folder)) + os.listdir(os.path.join(folder, "tmp"))
    return done.returncode, done.stdout, done.stderr, written, left


def new_folder(base):
    folder = tempfile.mkdtemp(dir=base)
    os.mkdir(os.path.join(folder, "tmp"))
    fill(folder)
    return folder


def main():
    base = tempfile.mkdtemp(prefix="behov-memory-")
    n_wrong = 0
    try:
        folders = [new_folder(base) for _ in range(2)]
        for name, (arguments, output) in CALLS.items():
            count = os.path.join(base, "count")
            whole = run(folders[0], arguments, output, 0, count)
            if whole[0] != 0 and name != "audit --json":
                sys.exit(f"{name}: exit {whole[0]}: {whole[2].decode(errors='replace')}")
            with open(count) as file:
                n = int(file.read())
            points = list(range(1, n + 1)) if not wanted or wanted >= n else [1 + i * n // wanted for i in range(wanted)]
            told = same = 0

            def walk(part):
                outcomes = []
                for at in points[part::2]:
                    outcomes.append((at, run(folders[part], arguments, output, at)))
                    if output and os.path.exists(os.path.join(folders[part], output)):
                        os.unlink(os.path.join(folders[part], output))
                return outcomes

            with ThreadPoolExecutor(2) as pool:
                outcomes = [found for part in pool.map(walk, range(2)) for found in part]
            for at, found in sorted(outcomes):
                if found[0] == whole[0] and found[1] == whole[1] and found[3] == whole[3] and found[4] == whole[4]:
                    same += 1
                elif found[0] == 1 and found[3] == (b"old" if output and arguments[0] != "template" else None) and len(found[2]) > 20 and \
                        not any(".behov-" in file for file in found[4]):
                    told += 1
                else:
                    n_wrong += 1
                    made = hashlib.sha256(found[3] or b"").hexdigest()[:8]
                    print(f"{name}, allocation {at} of {n}: exit {found[0]}, file {made}, left {found[4]}: "
                          f"{found[2].decode(errors='replace')[:300]}")
            print(f"{name}: {len(points)} of {n} allocations failed one by one: {told} told with exit 1, "
                  f"{same} changed no byte")
    finally:
        shutil.rmtree(base)
    sys.exit(1 if n_wrong else 0)


main()
