#!/usr/bin/python3
"""same_digits.py PROGRAM WEB_PROGRAM EXCEPTIONS: whether the figures of both are the same in all 17 digits.

Three panels: the bundled one, and two simulated from it by multiplying each figure by a factor of its own (seeded), one of
them cut to a third of the municipalities.

glibc's pow, exp and log use fused multiply-adds where the processor has them, WebAssembly has none. So that PROGRAM runs
twice: with the C library told to use none, where every byte has to be the same; and as it is, where EXCEPTIONS holds lines
`PATTERN LARGEST REASON`: figures whose command and place the regular expression PATTERN finds may differ by LARGEST, relative.
What no longer differs there is told, and is a failure where the processor has fused multiply-adds.
"""
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

COMMANDS = [
    ["fit", "--json"],
    ["fit", "--se", "all", "--json"],
    ["fit", "--cluster", "municipality_code", "--json"],
    ["rank", "--json"],
    ["profile", "1860", "--json"],
    ["test", "--json"],
    ["test", "--bootstrap", "--json"],
    ["diagnose", "--json"],
    ["diagnose", "--specification", "--json"],
    ["apply", "--json"],
]
KEPT = {"municipality_code", "municipality", "year", "population", "estimated_on", "source"}


def simulate(source, target, seed, keeps):
    """Multiplies what is no key by 1 + 0.05 normal; exact zeros stay."""
    chance = random.Random(seed)
    with open(source, encoding="utf-8", newline="") as opened:
        lines = [line for line in opened if not line.startswith("#")]
    rows = list(csv.reader(lines))
    with open(target, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(rows[0])
        for row in rows[1:]:
            if not keeps(row[0]):
                continue
            changed = []
            for name, cell in zip(rows[0], row):
                try:
                    value = float(cell)
                except ValueError:
                    changed.append(cell)
                    continue
                changed.append(cell if name in KEPT else repr(value * (1 + 0.05 * max(-3, min(3, chance.gauss(0, 1))))))
            writer.writerow(changed)


UNFUSED = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable,-FMA4_Usable"}


def has_fused():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as opened:
            return re.search(r"^flags.*\bfma\b", opened.read(), re.M) is not None
    except OSError:
        return False


def answer(program, command, folder, settings=None):
    done = subprocess.run([program] + command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False,
                          env={**os.environ, **(settings or {})})
    return done.returncode, done.stdout, done.stderr


def differences(a, b, place=""):
    """(place, a, b) of each figure that is not the same double."""
    if type(a) is not type(b) and not (isinstance(a, (int, float)) and isinstance(b, (int, float))):
        yield place, a, b
    elif isinstance(a, dict):
        for key in sorted(set(a) | set(b)):
            yield from differences(a.get(key), b.get(key), f"{place}.{key}")
    elif isinstance(a, list):
        if len(a) != len(b):
            yield place, len(a), len(b)
        for i, (x, y) in enumerate(zip(a, b)):
            yield from differences(x, y, f"{place}[{i}]")
    elif a != b:
        yield place, a, b


def relative(a, b):
    if not isinstance(a, (int, float)) or not isinstance(b, (int, float)) or isinstance(a, bool):
        return float("inf")
    largest = max(abs(a), abs(b))
    return abs(a - b) / largest if largest else 0.0


def main():
    program, web_program, exceptions_file = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
    source = os.path.join(os.environ["BEHOV_SOURCE"], "datasets", "simulated", "panel.csv")
    exceptions = []
    with open(exceptions_file, encoding="utf-8") as opened:
        for line in opened:
            if line.strip() and not line.startswith("#"):
                pattern, largest, reason = line.strip().split(None, 2)
                exceptions.append([re.compile(pattern), float(largest), reason, False])
    failures, n_figures, n_same, n_same_fused = 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        simulate(source, os.path.join(folder, "noisy.csv"), 7, lambda code: True)
        simulate(source, os.path.join(folder, "third.csv"), 8, lambda code: int(code) % 3 == 0 or code == "1860")
        jobs = [(panel, command[:1] + panel + command[1:]) for panel in ([], ["noisy.csv"], ["third.csv"]) for command in COMMANDS]
        # `profile` takes the municipality before the panel's name or behind it; its panel comes last.
        jobs = [(panel, ["profile", "1860"] + panel + ["--json"] if command[0] == "profile" else command) for panel, command in jobs]
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            answers = list(pool.map(lambda job: (answer(program, job[1], folder, UNFUSED), answer(program, job[1], folder),
                                                 answer(web_program, job[1], folder)), jobs))
        for (_, command), (unfused, native, web) in zip(jobs, answers):
            name = " ".join(command)
            if unfused == web:
                n_same += 1
            else:
                failures += 1
                print(f"{name}: another answer than without fused multiply-adds")
                if unfused[0] == web[0] == 0:
                    for place, a, b in list(differences(json.loads(unfused[1]), json.loads(web[1])))[:5]:
                        print(f"    {place}: {a!r}, in the browser's program {b!r} ({relative(a, b):.1e})")
            if native[0] != web[0] or native[2] != web[2]:
                print(f"{name}: exit code {native[0]}, in the browser's program {web[0]}; {web[2].decode()[:300]}")
                failures += 1
                continue
            n_figures += len(re.findall(rb"[-+0-9.eE]{2,}", native[1]))
            if native[1] == web[1]:
                n_same_fused += 1
                continue
            for place, a, b in differences(json.loads(native[1]), json.loads(web[1])):
                known = [e for e in exceptions if e[0].search(name + " " + place)]
                for exception in known:
                    exception[3] = True
                if not any(relative(a, b) <= e[1] for e in known):
                    failures += 1
                    if failures <= 60:
                        print(f"{name} {place}: {a!r}, in the browser's program {b!r} ({relative(a, b):.1e})")
    for pattern, _, reason, was_met in exceptions:
        if not was_met and has_fused():
            print(f"{exceptions_file}: nothing differs any more at {pattern.pattern} ({reason})")
            failures += 1
    print(f"{len(jobs)} answers, {n_figures} figures: {n_same} the same bytes as without fused multiply-adds, "
          f"{n_same_fused} as the program gives them here, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
