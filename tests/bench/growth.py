#!/usr/bin/python3
"""How time and memory of behov grow with rows, clusters and columns; called by growth.sh.

Whole processes. Of each line the exponent of the growth is the slope of log time on log size by least squares over its
three largest sizes: below them the program's start counts. Time is that of the processors, user and system, of all
threads, whose exponent a busy machine changes least; elapsed time and the largest resident set stand beside it. Exit code
1 when a line of rows or clusters grows faster than size to the power 1.05. Columns are told, not judged: least squares
take rows x columns^2, and reading rows x columns.
"""
import argparse
import math
import os
import statistics
import subprocess
import sys

from measure import resources

LIMIT = 1.05
UPPER = 3  # sizes that the exponent is of
COVARIATES = "ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct + ikke_vestlige_pct + nybosatte_pct + vgs_pct"
OUTCOME = "netto_utgift_1000kr_per_innb"
ROWS_OF_CLUSTERS, ROWS_OF_COLUMNS, REGRESSORS = 1000000, 100000, 7


def panel(options, name, maker):
    """A generated file, made once."""
    path = os.path.join(options.cache, name)
    if not os.path.exists(path):
        with open(f"{path}.{os.getpid()}", "wb") as out:
            subprocess.run([os.path.join(options.cache, maker[0]), *map(str, maker[1:])], stdout=out, check=True)
        os.rename(f"{path}.{os.getpid()}", path)
    return path


def panel_of_municipalities(options, n_clusters, n_years):
    return panel(options, f"growth_{n_clusters}x{n_years}.csv", ("gen_panel", n_clusters, n_years, 2012, 20121))


def regression(options, n_rows, n_columns, n_together):
    """A fit of so many regressors, with so many rows in each cluster."""
    source = panel(options, f"growth_{n_rows}_{n_columns}_{n_together}.csv",
                   ("gen_columns", n_rows, n_columns, n_together, 20121))
    formula = "y ~ " + " + ".join(f"x{j + 1}" for j in range(n_columns))
    return ["fit", source, "--formula", formula, "--outcome-unit", "other", "--cluster", "code", "--quiet"]


def cases(options):
    """Line, what grows, sizes, and for each size the command."""
    scale = 10 if options.small else 1
    rows = [10000 // scale, 100000 // scale, 1000000 // scale] + ([10000000] if options.large else [])
    output = os.path.join(options.cache, "growth_out.")
    by_code = ["--cluster", "kommune_nr", "--allow", "code", "--quiet"]
    with_years = ["--formula", f"{OUTCOME} ~ {COVARIATES} + factor(year)", *by_code]
    for name, more in (("fit", []), ("fit to csv", ["-o", output + "csv"]), ("fit to xlsx", ["-o", output + "xlsx"])):
        sizes = [n for n in rows if not (name == "fit to xlsx" and n > 1000000)]  # more rows than a sheet has
        yield name, "rows", sizes, [lambda n=n, more=more: ["fit", panel_of_municipalities(options, n // 10, 10), *with_years,
                                                           *more] for n in sizes]
    n_rows = ROWS_OF_CLUSTERS // scale
    sizes = [n for n in (100, 1000, 10000, 100000, 1000000) if n <= n_rows]
    for kind in ("cv1", "cv3"):
        yield f"fit --se {kind}", "clusters", sizes, [lambda n=n, kind=kind: [
            *regression(options, n_rows, REGRESSORS, n_rows // n), "--se", kind] for n in sizes]
    n_rows = ROWS_OF_COLUMNS // scale
    sizes = [5, 10, 20, 50, 100]
    yield "fit", "columns", sizes, [lambda n=n: regression(options, n_rows, n, 10) for n in sizes]


def slope(sizes, values):
    x, y = [math.log(n) for n in sizes[-UPPER:]], [math.log(v) for v in values[-UPPER:]]
    mean_x, mean_y = statistics.mean(x), statistics.mean(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum((a - mean_x) ** 2 for a in x)


def draw(path, lines):
    """Log time against log size, a square for each of what grows."""
    width, height, left, top = 330, 300, 50, 40
    kinds = ["rows", "clusters", "columns"]
    colours = ["#1f4e79", "#c55a11", "#548235", "#7f6000", "#7030a0"]
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{len(kinds) * (width + 60) + 20}" height="{height + 130}" '
           'font-family="sans-serif" font-size="12">', '<rect width="100%" height="100%" fill="white"/>']
    for k, kind in enumerate(kinds):
        shown = [line for line in lines if line["kind"] == kind]
        if not shown:
            continue
        x0 = left + k * (width + 60)
        low_x, high_x = (math.log10(f(n for line in shown for n in line["sizes"])) for f in (min, max))
        times = [t for line in shown for t in line["processor"]]
        low_y, high_y = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
        high_y = max(high_y, low_y + 1)

        def place(n, seconds):
            return (x0 + width * (math.log10(n) - low_x) / (high_x - low_x),
                    top + height * (high_y - math.log10(seconds)) / (high_y - low_y))
        out.append(f'<text x="{x0}" y="24" font-size="14">Processor time by {kind}</text>')
        out.append(f'<rect x="{x0}" y="{top}" width="{width}" height="{height}" fill="none" stroke="#7f7f7f"/>')
        for power in range(low_y, high_y + 1):
            y = place(shown[0]["sizes"][0], 10.0 ** power)[1]
            out.append(f'<text x="{x0 - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0 ** power:g} s</text>')
        for n in shown[0]["sizes"]:
            out.append(f'<text x="{place(n, times[0])[0]:.1f}" y="{top + height + 16}" text-anchor="middle">{n:g}</text>')
        for i, line in enumerate(shown):
            points = " ".join("{:.1f},{:.1f}".format(*place(n, t)) for n, t in zip(line["sizes"], line["processor"]))
            out.append(f'<polyline points="{points}" fill="none" stroke="{colours[i % 5]}" stroke-width="2"/>')
            out.append(f'<text x="{x0}" y="{top + height + 36 + 15 * i}" fill="{colours[i % 5]}">'
                       f'{line["name"]}: exponent {line["exponent"]:.2f}</text>')
    out.append("</svg>")
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")
    os.rename(path + ".part", path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("-o", dest="output")
    options = parser.parse_args()
    with open("/proc/loadavg", encoding="ascii") as file:
        print(f"{os.cpu_count()} cores, load before the first run {file.read().split()[0]}; medians of {options.runs}; "
              f"exponents of the {UPPER} largest sizes")
    log, lines, is_missed = os.path.join(options.cache, "growth_log.txt"), [], False
    for name, kind, sizes, commands in cases(options):
        line = {"name": name, "kind": kind, "sizes": sizes, "processor": [], "elapsed": [], "memory": []}
        for n, command in zip(sizes, commands):
            runs = [resources([options.program, *command()], log) for _ in range(options.runs)]
            for key, column in zip(("elapsed", "memory", "processor"), zip(*runs)):
                line[key].append(statistics.median(column))
            print(f"{name:14} {n:>9} {kind:8} processors {line['processor'][-1]:8.3f} s  elapsed {line['elapsed'][-1]:8.3f} s"
                  f"  {line['memory'][-1]:7.1f} MiB", flush=True)
        line["exponent"] = slope(sizes, line["processor"])
        is_bad = kind != "columns" and line["exponent"] > LIMIT
        is_missed = is_missed or is_bad
        print(f"{name:14} by {kind}: time to the power {line['exponent']:.2f} (elapsed {slope(sizes, line['elapsed']):.2f}), "
              f"memory {slope(sizes, line['memory']):.2f}" + ("" if kind == "columns" else f", limit {LIMIT}")
              + (" is missed" if is_bad else ""), flush=True)
        lines.append(line)
    if options.output:
        draw(options.output, lines)
    return 1 if is_missed else 0


if __name__ == "__main__":
    sys.exit(main())
