#!/usr/bin/python3
"""page_words.py ROOT TRACE - the keys of words that nothing in the page's program says, one a line.

TRACE is what wasm-ld --trace prints: the files that were linked, archive(member). A word is left out only when sources name it
as a word and none that is linked does, neither by its identifier, nor by its key, nor by a text that its key begins or ends with.
A text that is left out all the same would be seen as its key (words.py)."""
import os
import re
import sys

ROOMS = ("lib", "cli")
HEADS = "BEHOV_WORD_|SAY_|PHRASE_"
IDENTIFIER = re.compile(r"\b[A-Za-z0-9_]*[A-Z][A-Z0-9_]*\b")
WORD = re.compile(r"\b(?:%s)([A-Z0-9_]+)\b" % HEADS)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def sources(root):
    """Path and text of every C file but the page's own."""
    for room in ROOMS:
        for folder, _, names in os.walk(os.path.join(root, room)):
            for name in names:
                if name.endswith((".c", ".h")) and os.sep + "postgresql" not in folder:
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as file:
                        yield os.path.relpath(path, os.path.join(root, room)), file.read()


def main():
    root, trace = sys.argv[1:]
    with open(trace, encoding="utf-8") as file:
        members = set(re.findall(r"\((?:[^()]*/)?([^()/]+)\.o\)", file.read()))
    if not any(name.startswith("verbs_cmd_fit") for name in members):
        sys.exit(f"page_words.py: {trace} names no verb: is it what wasm-ld --trace prints?")
    words_file = os.path.join(root, "lib", "pages", "words.txt")
    with open(words_file, encoding="utf-8") as file:
        keys = [line.split()[0] for line in re.findall(r"(?:^|\n\n)([^\n#]+)\nnb ", "\n\n" + file.read())]
    named, kept, beginnings, texts = set(), set(), set(), set()
    for path, text in sources(root):
        is_linked = path.endswith(".h") or path.replace(os.sep, "_") in members or path.startswith("web" + os.sep)
        if not is_linked:
            named.update(WORD.findall(text))
            continue
        for identifier in IDENTIFIER.findall(text):
            parts = identifier.split("_")
            kept.update("_".join(parts[i:]) for i in range(len(parts)))
        for literal in LITERAL.findall(text):
            texts.add(literal)
            if literal.endswith("_"):
                beginnings.add(literal)
            if "%s" in literal and "_" in literal and " " not in literal:
                beginnings.add(literal.split("%")[0] or literal)
    beginnings.discard("_")
    for key in keys:
        base = re.sub(r"(@cli|@file|_other|_one)+$", "", key)
        identifier = re.sub(r"[^A-Za-z0-9]+", "_", key.replace("@", "_of_")).strip("_").upper()
        base_identifier = re.sub(r"[^A-Za-z0-9]+", "_", base).strip("_").upper()
        is_named = identifier in named or base_identifier in named
        is_kept = identifier in kept or base_identifier in kept or key in texts or base in texts
        if is_named and not is_kept and not any(key.startswith(beginning) for beginning in beginnings if beginning):
            print(key)


main()
