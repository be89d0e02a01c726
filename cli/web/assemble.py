#!/usr/bin/env python3
"""assemble.py OUTDIR - the browser edition as one file, OUTDIR/behov.html: page.html with its style, words and script, and the program
(OUTDIR/behov.js of emscripten with lzma.js and worker.js behind it, packed with gzip, and OUTDIR/behov.wasm, packed with LZMA) as letters. The policy in the page names
the digests of the script and the style that stand in it, and of those of the council page, which is shown in a frame under it; nothing
else may run, and nothing may be asked for. The last step of build.sh; no clock, so that the same program gives the same bytes."""
import base64
import gzip
import hashlib
import json
import lzma
import os
import re
import subprocess
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "lib", "pages"))
sys.dont_write_bytecode = True
import words as notation  # noqa: E402


def text_of(*path):
    with open(os.path.join(*path), encoding="utf-8", newline="") as file:
        return file.read()


# 91 letters that mean nothing in HTML: two of them hold 13 bits, where base64 takes as many letters for 12.
LETTERS = "".join(chr(code) for code in range(33, 127) if chr(code) not in "&<\\")


def as_letters(data):
    """What page.js's unpack() reads: 13 bits at a time, the lowest first."""
    out, held, n_bits = [], 0, 0
    for byte in data + b"\0\0":
        held |= byte << n_bits
        n_bits += 8
        if n_bits >= 13:
            value, held, n_bits = held & 8191, held >> 13, n_bits - 13
            out += (LETTERS[value % 91], LETTERS[value // 91])
    return "".join(out)


# Of what lzma.js reads: a literal knows three bits of the byte before it, and nothing hangs on where a byte stands.
FILTERS = [{"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "lc": 3, "lp": 0, "pb": 0, "dict_size": 1 << 23, "nice_len": 273}]


def packed(data, small):
    """What page.js takes apart: bytes packed, bytes unpacked, their CRC-32, and the letters."""
    return "%d:%d:%d:%s" % (len(small), len(data), zlib.crc32(data), as_letters(small))


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


# The council page names its own digests: those of this program, whatever it is built of.
ASK = """
const fs = require("fs"), behovModule = require(process.argv[1] + "/behov.js");
(async () => {
    const program = await WebAssembly.compile(fs.readFileSync(process.argv[1] + "/behov.wasm"));
    const behov = await behovModule({noInitialRun: true, stdout: () => 0, stderr: () => 0, quit: (status, error) => { throw error; },
        instantiateWasm: (imports, done) => { WebAssembly.instantiate(program, imports).then(instance => done(instance)); return {}; }});
    behov.FS.ignorePermissions = true;
    try { behov.callMain(["report", "--profile", "1865", "-o", "/tmp/page.html"]); } catch { }
    if (behov.FS.analyzePath("/tmp/page.html").exists)
        process.stdout.write(behov.FS.readFile("/tmp/page.html", {encoding: "utf8"}));
})();
"""


def council_digests(folder):
    """(digests of scripts, of styles) that the council page of this program has; none where the program makes no such page."""
    page = subprocess.run(["node", "-e", ASK, os.path.abspath(folder)], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    policy = re.search(r'<meta http-equiv="?Content-Security-Policy"? content="([^"]*)"', page)
    found = [re.search(kind + r"-src ((?:'sha256-[^']+' ?)+)", policy.group(1) if policy else "") for kind in ("script", "style")]
    return [match.group(1).split() if match else [] for match in found]


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: assemble.py OUTDIR")
    folder = sys.argv[1]
    words, page, style = read_words(), text_of(HERE, "page.html"), text_of(HERE, "page.css")
    script = text_of(HERE, "page.js")
    check_keys(words, page, script)
    council_scripts, council_styles = council_digests(folder)
    script = script.replace("{{words}}", json.dumps(words, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"))
    script = script.replace("{{letters}}", json.dumps(LETTERS)).replace("{{has_report}}", json.dumps(bool(council_scripts)))
    with open(os.path.join(folder, "behov.js"), "rb") as file:
        program_script = file.read() + "".join("\n" + text_of(HERE, name) for name in ("lzma.js", "worker.js")).encode("utf-8")
    with open(os.path.join(folder, "behov.wasm"), "rb") as file:
        program = file.read()
    policy = "; ".join([
        "default-src 'none'", "connect-src 'none'", "img-src blob:", "frame-src blob:", "worker-src blob:",
        "script-src %s 'wasm-unsafe-eval'" % " ".join([digest(script)] + council_scripts),
        "style-src %s" % " ".join([digest(style)] + council_styles), "base-uri 'none'", "form-action 'none'"])
    parts = {"policy": escaped(policy), "style": style, "script": script, "packed_script": packed(program_script, gzip.compress(program_script, 9, mtime=0)),
             "packed_program": packed(program, lzma.compress(program, format=lzma.FORMAT_RAW, filters=FILTERS))}
    parts.update({key: escaped(text["nb"]) for key, text in words.items() if key not in parts})
    page = re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match.group(1)], page)
    out = os.path.join(folder, "behov.html")
    with open(out + ".new", "w", encoding="utf-8", newline="") as file:
        file.write(page)
    os.replace(out + ".new", out)
    print("behov.html: %d kB, of which the program %d kB and its script %d kB" % (
        len(page.encode("utf-8")) // 1000, len(parts["packed_program"]) // 1000, len(parts["packed_script"]) // 1000))


main()
