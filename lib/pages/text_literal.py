#!/usr/bin/env python3
"""text_literal.py OUT NAME=PATH...: files of text as C strings, `static const char NAME[]`, run by the build: the styles and
scripts of pages, which lie as files of their own so that their own tools can look at them. Comments, and blanks that part
nothing, are left out: a page has its style and its script without them, and no text of a script goes over several lines. In
numbers, for C11 promises no string of more than 4095 letters."""
import re
import sys


def literal(text):
    data = list(text.encode("utf-8")) + [0]
    if max(data) > 127:
        sys.exit("text_literal.py: only ASCII, as a char may be signed")
    return ",\n".join(",".join(map(str, data[i:i + 40])) for i in range(0, len(data), 40))


# Strings, patterns, comments, ends of lines, blanks, words, other letters.
TOKENS = re.compile(r"""('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(/(?![*/])(?:\\.|\[(?:\\.|[^]\\])*]|[^/\\\n[])+/[a-z]*)"""
                    r"|(/\*.*?\*/)|(\s*\n\s*)|([ \t]+)|([\w$]+)|(.)", re.S)


def without_blanks(text):
    """A script without comments and without blanks that part nothing. Ends of lines stay where they could end a statement."""
    out, at = "", 0
    while at < len(text):
        token = TOKENS.match(text, at)
        if token[2] and not re.search(r"(^|[(,=:[!&|?{};]|\breturn)$", out):  # a quotient
            out, at = out + "/", at + 1
            continue
        at = token.end()
        if token[4]:
            out += "" if not out or out[-1] in "\n;{,(?:&|=" else "\n"
        elif token[5]:
            after = text[at:at + 1]
            is_parted = re.match(r"[\w$][\w$]|\+\+|--", out[-1:] + after)
            out += " " if is_parted else ""
        elif not token[3]:
            out += token[0]
    return out


def main(out, *files):
    parts = ["/* Made by lib/pages/text_literal.py from files of the sources. */"]
    for file in files:
        name, path = file.split("=", 1)
        with open(path, encoding="utf-8") as source:
            text = source.read()
        if path.endswith(".css"):
            text = re.sub(r"/\*.*?\*/\n?", "", text, flags=re.S)
            text = re.sub(r"(?<=[{};,])\n", "", text)
        if path.endswith(".js"):
            text = without_blanks(text)
        parts.append(f"static const char {name}[] = {{\n{literal(text)}}};")
    with open(out, "w", encoding="utf-8", newline="\n") as target:
        target.write("\n".join(parts) + "\n")


main(*sys.argv[1:])
