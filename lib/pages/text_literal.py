#!/usr/bin/env python3
"""text_literal.py OUT NAME=PATH...: files of text as C strings, `static const char NAME[]`, run by the build: the styles and
scripts of pages, which lie as files of their own so that their own tools can look at them. Comments are left out:
a page has its style and its script without them, and no text of a script goes over several lines. In numbers, for C11 promises no string of more than 4095 letters."""
import re
import sys


def literal(text):
    data = list(text.encode("utf-8")) + [0]
    if max(data) > 127:
        sys.exit("text_literal.py: only ASCII, as a char may be signed")
    return ",\n".join(",".join(map(str, data[i:i + 40])) for i in range(0, len(data), 40))


def main(out, *files):
    parts = ["/* Made by lib/pages/text_literal.py from files of the sources. */"]
    for file in files:
        name, path = file.split("=", 1)
        with open(path, encoding="utf-8") as source:
            text = source.read()
        if path.endswith(".css"):
            text = re.sub(r"/\*.*?\*/\n?", "", text, flags=re.S)
        if path.endswith(".js"):  # comments that begin a line, and what the lines are moved in by
            text = re.sub(r"^[ \t]*/\*.*?\*/\n", "", text, flags=re.S | re.M)
            text = re.sub(r"^[ \t]+", "", text, flags=re.M)
        parts.append(f"static const char {name}[] = {{\n{literal(text)}}};")
    with open(out, "w", encoding="utf-8", newline="\n") as target:
        target.write("\n".join(parts) + "\n")


main(*sys.argv[1:])
