#!/usr/bin/python3
"""Wall time and peak memory of behov and of R lm + sandwich, and their ratios; called by run.sh.

Then what has no peer here: every variance with the diagnosis, and CV3 against CV1.

The two take turns, so that a machine that gets slower meanwhile slows both; the median of the runs counts. The memory is
the largest resident set of the process and its children, as the kernel counted it. A run of behov whose output is not
there, or is short of rows, fails. Exit code 1 when a limit is missed.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time

FORMULA = ("netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct"
           " + ikke_vestlige_pct + nybosatte_pct + vgs_pct + factor(year)")

# The generated panels number their municipalities from 1, with seven digits in M and L, which are no Norwegian codes.
CODES = ["--allow", "code"]

# panel, ending of the output, runs, most of the peer's time, most of the peer's memory
CASES = (
    ("S", "xlsx", 7, 0.08, None),
    ("M", "csv", 5, 0.16, 0.16),
    ("M", "xlsx", 5, 0.35, None),
    ("L", "csv", 5, 0.10, 0.11),
)
# The workbook of M against libxlsxwriter alone, which writes the same figures: behov's time without what it takes to a CSV
# file, which is reading, fitting and the rest.
ALONE_LIMIT = 1.3


# `fit --se all` and `diagnose` on panel S, together; CV3 of the 100 000 clusters of M against CV1
INFERENCE_RUNS, INFERENCE_SECONDS = 7, 0.2
JACKKNIFE_RUNS, JACKKNIFE_LIMIT = 5, 2
# rank with 10 000 draws on panel S; fit with every sheet for its 427 municipalities
RANK_RUNS, RANK_SECONDS = 7, 0.3
FULL_RUNS, FULL_SECONDS = 7, 0.5
BOOTSTRAP_DRAWS, BOOTSTRAP_RUNS, BOOTSTRAP_LIMIT = 99999, 5, 1 / 3


def resources(command, log):
    """Seconds, MiB, seconds of the processors. Memory below Python's own, about 10 MiB, is not seen: a child counts what it was forked from."""
    with open(log, "wb") as out:
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"bench: {command[0]} failed, status {status}:\n" + open(log, errors="replace").read()[-2000:])
    return seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def run(command, log):
    """Seconds, MiB."""
    return resources(command, log)[:2]


def alone(options):
    """The workbook of panel M against libxlsxwriter alone, taking turns. Whether the limit is missed."""
    source, log = os.path.join(options.cache, "M.csv"), os.path.join(options.cache, "log.txt")
    base = [options.program, "fit", source, "--formula", FORMULA, "--cluster", "kommune_nr", *CODES, "-o"]
    ours, theirs, processor_ours, processor_theirs = [], [], [], []
    for _ in range(options.runs or 5):
        outputs = [os.path.join(options.cache, "M_behov." + ending) for ending in ("xlsx", "csv")]
        workbook, csv = (resources(base + [output], log) for output in outputs)
        ours.append(workbook[0] - csv[0])
        processor_ours.append(workbook[2] - csv[2])
        command = [os.path.join(options.cache, "workbook_alone"), source, os.path.join(options.cache, "M_alone.xlsx")]
        elapsed, processor, _ = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        theirs.append(float(elapsed))
        processor_theirs.append(float(processor))
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"M: the workbook beyond a CSV file {mine:.3f} s, libxlsxwriter alone {other:.3f} s, ratio {mine / other:.3f}, "
          f"limit {ALONE_LIMIT:.3f}; of the processors {statistics.median(processor_ours):.3f} and "
          f"{statistics.median(processor_theirs):.3f} s")
    return mine / other > ALONE_LIMIT


def n_lines(path):
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def bootstrap(options):
    """Wild cluster bootstrap on panel S, taking turns with numpy. Whether the limit is missed."""
    python = "/usr/bin/python3"  # Debian's, where python3-numpy and python3-pandas are
    if subprocess.run([python, "-c", "import numpy, pandas"], stderr=subprocess.DEVNULL, check=False).returncode:
        print("bootstrap: passed over, python3-numpy and python3-pandas are not there")
        return False
    source, log = os.path.join(options.cache, "S.csv"), os.path.join(options.cache, "log.txt")
    behov = [options.program, "test", "vgs_pct = 0", source, "--formula", FORMULA, "--cluster", "kommune_nr",
             "--bootstrap", str(BOOTSTRAP_DRAWS), "--json", "--quiet"]
    peer = [python, os.path.join(options.peers, "py_wcr.py"), source, str(BOOTSTRAP_DRAWS)]
    ours, theirs = [], []
    for _ in range(options.runs or BOOTSTRAP_RUNS):
        ours.append(run(behov, log)[0])
        theirs.append(run(peer, log)[0])
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"bootstrap, {BOOTSTRAP_DRAWS} draws on S: behov {mine:.3f} s, py_wcr.py {other:.3f} s, "
          f"ratio {mine / other:.3f}, limit {BOOTSTRAP_LIMIT:.3f}")
    return mine / other > BOOTSTRAP_LIMIT


def inference(options):
    """Every variance and the diagnosis of panel S, in seconds. Whether the limit is missed."""
    source, log = os.path.join(options.cache, "S.csv"), os.path.join(options.cache, "log.txt")
    commands = [[options.program, "fit", source, "--se", "all"], [options.program, "diagnose", source]]
    seconds = [statistics.median(run(command + ["--formula", FORMULA, "--cluster", "kommune_nr", "--quiet"], log)[0]
                                 for _ in range(options.runs or INFERENCE_RUNS)) for command in commands]
    print(f"S: --se all {seconds[0]:.3f} s, diagnose {seconds[1]:.3f} s, together {sum(seconds):.3f} s, "
          f"limit {INFERENCE_SECONDS:.3f} s")
    return sum(seconds) > INFERENCE_SECONDS


def municipalities(options):
    """The ranking, and the workbook with every sheet, of panel S in seconds. Whether a limit is missed."""
    source, log = os.path.join(options.cache, "S.csv"), os.path.join(options.cache, "log.txt")
    common = [source, "--formula", FORMULA, "--cluster", "kommune_nr", "--quiet"]
    full = os.path.join(options.cache, "S_full.xlsx")
    is_missed = False
    for name, runs, limit, command in (
            ("rank, 10 000 draws", RANK_RUNS, RANK_SECONDS, ["rank", *common, "--draws", "10000"]),
            ("fit --full to xlsx", FULL_RUNS, FULL_SECONDS,
             ["fit", *common, "--outcome-unit", "1000kr_per_inhabitant", "--population", "folketall", "--full", "-o", full])):
        seconds = statistics.median(run([options.program, *command], log)[0] for _ in range(options.runs or runs))
        print(f"S: {name}, 427 municipalities: {seconds:.3f} s, limit {limit:.3f} s")
        is_missed = is_missed or seconds > limit
    return is_missed


def jackknife(options):
    """CV3 on panel M against CV1, taking turns. Whether the limit is missed."""
    source, log = os.path.join(options.cache, "M.csv"), os.path.join(options.cache, "log.txt")
    seconds = {"cv1": [], "cv3": []}
    for _ in range(options.runs or JACKKNIFE_RUNS):
        for kind, column in seconds.items():
            column.append(run([options.program, "fit", source, "--formula", FORMULA, "--cluster", "kommune_nr", "--se",
                               kind, "--quiet", *CODES], log)[0])
    cv1, cv3 = (statistics.median(column) for column in seconds.values())
    print(f"M: cv1 {cv1:.3f} s, cv3 {cv3:.3f} s, ratio {cv3 / cv1:.3f}, limit {JACKKNIFE_LIMIT:.3f}")
    return cv3 / cv1 > JACKKNIFE_LIMIT


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--peers", required=True)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--peers-only", action="store_true")
    options = parser.parse_args()
    if not options.peers_only and not os.access(options.program, os.X_OK):
        sys.exit(f"bench: {options.program} is not there; build it first (sh cli/quickstart.sh)")

    with open("/proc/loadavg", encoding="ascii") as file:
        print(f"{os.cpu_count()} cores, load before the first run {file.read().split()[0]}")
    print(f"{'':8} {'behov s':>9} {'R s':>9} {'ratio':>7} {'limit':>7}   {'behov MiB':>9} {'R MiB':>9} {'ratio':>7} {'limit':>7}")
    is_missed = False
    for panel, ending, n_runs, most_time, most_memory in CASES:
        if panel == "L" and not options.large:
            continue
        source = os.path.join(options.cache, panel + ".csv")
        log = os.path.join(options.cache, "log.txt")
        ours = os.path.join(options.cache, f"{panel}_behov.{ending}")
        theirs = os.path.join(options.cache, f"{panel}_r.{ending}")
        behov = [options.program, "fit", source, "--formula", FORMULA, "--cluster", "kommune_nr", *CODES, "-o", ours]
        peer = ["Rscript", os.path.join(options.peers, "r_sandwich.R"), source, theirs]
        results = {"behov": [], "peer": []}
        with open(source, "rb") as file:  # into the page cache
            while file.read(1 << 24):
                pass
        for _ in range(options.runs or n_runs):
            if not options.peers_only:
                if os.path.exists(ours):
                    os.remove(ours)
                results["behov"].append(run(behov, log))
                if not os.path.getsize(ours):
                    sys.exit(f"bench: {ours} is empty")
                if ending == "csv" and n_lines(ours) < n_lines(source):
                    sys.exit(f"bench: {ours} has {n_lines(ours)} lines, {source} has {n_lines(source)}")
            results["peer"].append(run(peer, log))
        time_r, memory_r = (statistics.median(column) for column in zip(*results["peer"]))
        if options.peers_only:
            print(f"{panel} {ending:6} {'':9} {time_r:9.3f} {'':17}{'':10} {memory_r:9.1f}")
            continue
        time_b, memory_b = (statistics.median(column) for column in zip(*results["behov"]))
        words = []
        for mine, other, most in ((time_b, time_r, most_time), (memory_b, memory_r, most_memory)):
            ratio = mine / other
            is_missed = is_missed or (most is not None and ratio > most)
            words.append(f"{ratio:7.3f} " + (f"{most:7.3f}" if most else f"{'':7}"))
        print(f"{panel} {ending:6} {time_b:9.3f} {time_r:9.3f} {words[0]}   {memory_b:9.1f} {memory_r:9.1f} {words[1]}")
    if not options.peers_only:
        for part in (alone, bootstrap, inference, municipalities, jackknife):
            is_missed = part(options) or is_missed
    if is_missed:
        print("a limit is missed")
    return 1 if is_missed else 0


if __name__ == "__main__":
    sys.exit(main())
