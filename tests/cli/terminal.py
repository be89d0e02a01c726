#!/usr/bin/env python3
"""Pages of every verb on terminals of several widths, against the same pages in a pipe; called by terminal.sh.

No line is wider than the terminal, no word and no figure of the piped page is missing, and what a pipe gets is the same
whatever COLUMNS says."""
import collections
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios

PROGRAM = sys.argv[1]
PAGES = ["fit", "fit --se all", "fit --by year", "fit --absorb municipality_code", "diagnose", "rank --top 4",
         "rank --by gap --within county --top 1", "profile 1865,1939 --group size", "select --largest 8", "compare", "peers 1860 --count 3",
         "tables", "apply", "template", "audit", "test new_refugees=0 --bootstrap 99",
         "fit --compare-clusters population,municipality_code", "growth factors", "growth groups", "growth index",
         "growth standardise", "tree 1860"]
faults = []


def environment(columns):
    values = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    if columns:
        values["COLUMNS"] = columns
    return values


def on_terminal(arguments, width, columns=None):
    """Standard output alone is the terminal: messages and progress are not pages."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    with subprocess.Popen(arguments, stdout=follower, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                          env=environment(columns)) as process:
        os.close(follower)
        got = b""
        while True:
            try:
                some = os.read(leader, 65536)
            except OSError:
                break
            if not some:
                break
            got += some
        assert process.wait() == (arguments[1] == "audit"), arguments  # which has found something
    os.close(leader)
    return got.decode().replace("\r\n", "\n")


def in_pipe(arguments, columns=None):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                          env=environment(columns), check=arguments[1] != "audit")
    return done.stdout.decode()


def tokens(page):
    """Words and figures; the line beneath a title is as long as the title is on that terminal."""
    return collections.Counter(word for word in re.split(r"[ \n]+", page) if word.strip("="))


def check(arguments, plain, width, is_held):
    page = on_terminal(arguments, width)
    for line in page.split("\n"):
        if is_held and len(line) > width:
            faults.append(f"{arguments[1:]}, {width} wide: a line of {len(line)}: {line}")
        if line != line.rstrip(" "):
            faults.append(f"{arguments[1:]}, {width} wide: blanks at the end of: {line}|")
    missing = tokens(plain) - tokens(page)
    if missing:
        faults.append(f"{arguments[1:]}, {width} wide: lost {dict(missing)}")


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    with open("printed.csv", "w", encoding="utf-8") as file:
        file.write("term,coefficient,stars,standard_error\nx,0.50,***,0.10\nz,0.20,,0.15\nw,0.30,***,0.25\n")
    for page in PAGES:
        for language in ("nb", "en"):
            words = page.split() + (["printed.csv"] if page == "audit" else [])
            arguments = [PROGRAM, *words, "--lang", language]
            plain = in_pipe(arguments)
            if plain != in_pipe(arguments, "57"):
                faults.append(f"{words}: the bytes in a pipe depend on COLUMNS")
            for width in (80, 117):
                check(arguments, plain, width, True)
            check(arguments, plain, 41, False)  # too narrow for a label and a figure: nothing is lost
    wide, narrow = (on_terminal([PROGRAM, "fit"], 600), on_terminal([PROGRAM, "fit"], 600, "72"))
    if wide != in_pipe([PROGRAM, "fit"]):
        faults.append("a page that fits the terminal is not the page in a pipe")
    if narrow != on_terminal([PROGRAM, "fit"], 72):
        faults.append("COLUMNS does not go before the terminal's own width")
    for odd in ("0", "-5", "many", "1e9"):
        if on_terminal([PROGRAM, "fit"], 90, odd) != on_terminal([PROGRAM, "fit"], 90):
            faults.append(f"COLUMNS={odd} is taken for a width")
for fault in faults[:30]:
    print(fault)
print(f"{len(PAGES)} pages in two languages on terminals of three widths, {len(faults)} faults")
sys.exit(1 if faults else 0)
