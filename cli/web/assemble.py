#!/usr/bin/env python3
"""assemble.py PROGRAM.js PROGRAM.wasm OUT.html - the browser edition as one file: page.html with its style, words and script, and the
program (emscripten's script with worker.js behind it, and the WebAssembly) packed with gzip in base64. The policy in the page names the
digests of the script and the style that stand in it, and of those of the council page, which is shown in a frame under it; nothing else
may run, and nothing may be asked for. The last step of build.sh; no clock, so that the same program gives the same bytes."""
import base64
import gzip
import hashlib
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "lib", "pages"))
sys.dont_write_bytecode = True
import words as notation  # noqa: E402


def text_of(*path):
    with open(os.path.join(*path), encoding="utf-8", newline="") as file:
        return file.read()


def packed(data):
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode("ascii")


def digest(text):
    return "'sha256-%s'" % base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def read_words():
    """{key: {nb: text, en: text}}"""
    path = os.path.join(HERE, "words.txt")
    try:
        return {word.key: {lang: word.texts[lang][0] for lang in notation.LANGUAGES} for word in notation.read_words(path)}
    except notation.Fault as fault:
        sys.exit("%s:%d: %s" % (path, fault.line, fault))


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def check_keys(words, page, script):
    """A key that the page or the script names and that has no word, or a word that neither names, is a fault."""
    prefixes = tuple(re.findall(r'say\("([a-z_]+_)" \+', script)) + ("task_", "view_")
    named = set(re.findall(r'data-word="(\w+)"', page)) | set(re.findall(r'say\("(\w+)"', script)) | set(re.findall(r'"(task_\w+)"', script)) | \
        set(re.findall(r'[?:] "(\w+)"[,):]? ?', script)) & set(words)
    missing = sorted(key for key in named if key not in words and not key.endswith("_"))
    unused = sorted(key for key in words if key not in named and not key.startswith(prefixes))
    if missing or unused:
        sys.exit("cli/web/words.txt: no word for %s; nobody says %s" % (missing, unused))


def council():
    """The scripts and styles of the council page as they stand in it, where this program has it."""
    folder = os.path.join(ROOT, "lib", "pages")
    return {kind: [text_of(folder, name) for name in sorted(os.listdir(folder)) if re.fullmatch(r"council\w*\." + kind, name)]
            for kind in ("js", "css")}


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: assemble.py PROGRAM.js PROGRAM.wasm OUT.html")
    words, page, style = read_words(), text_of(HERE, "page.html"), text_of(HERE, "page.css")
    script = text_of(HERE, "page.js")
    check_keys(words, page, script)
    script = script.replace("{{words}}", json.dumps(words, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"))
    with open(sys.argv[1], "rb") as file:
        program_script = file.read() + b"\n" + text_of(HERE, "worker.js").encode("utf-8")
    with open(sys.argv[2], "rb") as file:
        program = file.read()
    beside = council()
    policy = "; ".join([
        "default-src 'none'", "connect-src 'none'", "img-src blob:", "frame-src blob:", "worker-src blob:",
        "script-src %s 'wasm-unsafe-eval'" % " ".join([digest(script)] + [digest(text) for text in beside["js"]]),
        "style-src %s" % " ".join([digest(style)] + [digest(text) for text in beside["css"]]),
        "base-uri 'none'", "form-action 'none'"])
    parts = {"policy": escaped(policy), "style": style, "script": script, "packed_script": packed(program_script),
             "packed_program": packed(program)}
    parts.update({key: escaped(text["nb"]) for key, text in words.items() if key not in parts})
    page = re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match.group(1)], page)
    with open(sys.argv[3], "w", encoding="utf-8", newline="") as file:
        file.write(page)
    print("%s: %d kB, of which the program %d kB and its script %d kB" % (
        sys.argv[3], len(page.encode("utf-8")) // 1000, len(parts["packed_program"]) // 1000, len(parts["packed_script"]) // 1000))


main()
