#!/usr/bin/env python3
"""assemble.py OUTDIR - the browser edition as one file, OUTDIR/behov.html: page.html with its style, words and script, and the program
(OUTDIR/page/behov.wasm, and OUTDIR/page/behov.js of emscripten with worker.js behind it). The scripts and the program are packed with LZMA and
stand in the page as letters of UTF-16, two bytes each. The policy in the page names the digests of its scripts and style, and of
those of the council page, which is shown in a frame under it; nothing else may run, and nothing may be asked for. The last step of
build.sh; no clock, so that the same program gives the same bytes."""
import base64
import hashlib
import json
import lzma
import os
import re
import struct
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


# Letters of UTF-16 that do not come through HTML as they are, that end an element, or that are half of one.
AVOIDED = frozenset([0x00, 0x0D, 0x3C, *range(0xD800, 0xE000)])


def as_letters(data):
    """What unpack.js's packedBytes() reads: letters of two bytes in blocks. The letter before a block says how long it is (11 bits) and how
    the first 5 bits of its letters are changed so that none is to be avoided; the longest block is taken."""
    letters = struct.unpack("<%dH" % ((len(data) + 1) // 2), data + bytes(len(data) % 2))
    keys = [key << 11 for key in range(32) if key << 11 not in range(0xD800, 0xE000)]
    out, at = [], 0
    while at < len(letters):
        longest, best = 0, 0
        for key in keys:
            end = at
            while end < len(letters) and end - at < 2047 and letters[end] ^ key not in AVOIDED:
                end += 1
            if end - at > longest:
                longest, best = end - at, key
        while best | longest in AVOIDED:
            longest -= 1
        out.append(best | longest)
        out += [letter ^ best for letter in letters[at:at + longest]]
        at += longest
    return struct.pack("<%dH" % len(out), *out).decode("utf-16-le")


def number_of(data, at):
    """(a number of WebAssembly (LEB128) at a place, the place behind it)"""
    value, shift = 0, 0
    while True:
        byte, at = data[at], at + 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def written(value, is_signed=False):
    out = bytearray()
    while value > (63 if is_signed else 127):
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


def joined(section):
    """A data section whose pieces with nothing but short rows of zeros between them are one: memory is zero from the beginning, and
    without their thousands of addresses they pack better. As it was when one does not lie at a constant place."""
    n, at = number_of(section, 0)
    pieces = []
    for _ in range(n):
        if section[at:at + 2] != b"\0\x41": # memory 0 at i32.const
            return section
        start, at = number_of(section, at + 2)
        size, at = number_of(section, at + 1) # behind the end of the expression
        gap = start - pieces[-1][0] - len(pieces[-1][1]) if pieces else -1
        if not 0 <= gap < 4096:
            pieces.append((start, bytearray()))
            gap = 0
        pieces[-1][1].extend(bytes(gap) + section[at:at + size])
        at += size
    return written(len(pieces)) + b"".join(
        b"\0\x41" + written(start, True) + b"\x0b" + written(len(piece)) + piece for start, piece in pieces)


def with_joined_data(program):
    out, at = program[:8], 8
    while at < len(program):
        kind, (size, start) = program[at], number_of(program, at + 1)
        section, at = program[start:start + size], start + size
        if kind == 12: # how many pieces of data there are: wanted only where they are copied by an instruction
            continue
        if kind == 11:
            section = joined(section)
        out += bytes([kind]) + written(len(section)) + section
    return out


# Of what unpack.c reads: a literal knows four bits of the byte before it, and nothing hangs on where a byte stands.
FILTERS = [{"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0, "dict_size": 1 << 23, "nice_len": 160, "depth": 1000}]


def packed(data):
    """What unpack.js takes apart: bytes packed, bytes unpacked, the CRC-32 of the packed ones, and the letters."""
    small = lzma.compress(data, format=lzma.FORMAT_RAW, filters=FILTERS)
    return "%d:%d:%d:%s" % (len(small), len(data), zlib.crc32(small), as_letters(small))


def unpacked(data):
    """As packed() says it, of what stands there as it is."""
    return "%d:%d:%d:%s" % (len(data), len(data), zlib.crc32(data), as_letters(data))


def bare(text):
    """A script or style without its comment lines and indents; neither has a text of several lines."""
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def digest(text):
    return "'sha256-%s'" % base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def read_words():
    """{key: {nb: text, en: text}}"""
    path = os.path.join(HERE, "words.txt")
    try:
        return {word.key: {lang: word.texts[lang][0] for lang in notation.LANGUAGES} for word in notation.read_words(path)}
    except notation.Fault as fault:
        sys.exit("%s:%d: %s" % (path, fault.line, fault))


def let_through():
    """{kind: {nb: text, en: text}}: the program's own words for kinds of findings that it lets through; the others have none."""
    words = notation.read_words(os.path.join(ROOT, "lib", "pages", "words.txt"))
    kinds = {word.key[len("allowed_"):]: word for word in words if word.key.startswith("allowed_") and "{" not in word.texts["nb"][0]}
    return {kind: {lang: word.texts[lang][0] for lang in notation.LANGUAGES} for kind, word in kinds.items()}


def escaped(text):
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def check_keys(words, page, script):
    """A key that the page or the script names and that has no word, or a word that neither names, is a fault."""
    prefixes = tuple(re.findall(r'say\("([a-z_]+_)" \+', script)) + ("task_", "view_")
    named = set(re.findall(r'data-word="(\w+)"', page)) | set(re.findall(r'say\("(\w+)"', script)) | set(re.findall(r'"(task_\w+)"', script)) | \
        set(re.findall(r'[?:] "(\w+)"[,):]? ?', script)) & set(words)
    missing = sorted(key for key in named if key not in words and not key.endswith("_"))
    unused = sorted(key for key in words if key not in named and not key.startswith(prefixes))
    if missing or unused:
        sys.exit("cli/web/words.txt: no word for %s; nobody says %s" % (missing, unused))


def check_verbs(script):
    """The page's program has the verbs that the page calls, and no others."""
    called = set(re.findall(r'(?:run\(|recall\(|args = |args: \(\) => |return )\["([a-z]+)"', script))
    held = set(re.findall(r"&verb_([a-z]+)", text_of(HERE, "page_verbs.c")))
    if called != held:
        sys.exit("cli/web/page_verbs.c: page.js calls %s, which are not there; nobody calls %s" % (sorted(called - held), sorted(held - called)))


# The council page names its own digests, and the program its version: those of this program, whatever it is built of.
ASK = """
const fs = require("fs"), behovModule = require(process.argv[1] + "/behov.js");
(async () => {
    const program = await WebAssembly.compile(fs.readFileSync(process.argv[1] + "/behov.wasm")), out = [];
    async function run(args) {
        const behov = await behovModule({noInitialRun: true, stdout: byte => byte === null || out.push(byte), stderr: () => 0,
            quit: (status, error) => { throw error; },
            instantiateWasm: (imports, done) => { WebAssembly.instantiate(program, imports).then(instance => done(instance)); return {}; }});
        behov.FS.ignorePermissions = true;
        try { behov.callMain(args); } catch { }
        return behov.FS;
    }
    await run(["--version"]);
    const files = await run(["report", "--profile", "1865", "-q", "-o", "/tmp/page.html"]);
    process.stdout.write(JSON.stringify({said: Buffer.from(out).toString(),
        page: files.analyzePath("/tmp/page.html").exists ? files.readFile("/tmp/page.html", {encoding: "utf8"}) : ""}));
})();
"""


def version_and_digests(folder):
    """(the version that this program says, digests of scripts, of styles that its council page has: none where it makes no such page)"""
    answer = json.loads(subprocess.run(["node", "-e", ASK, os.path.abspath(folder)], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8"))
    policy = re.search(r'<meta http-equiv="?Content-Security-Policy"? content="([^"]*)"', answer["page"])
    found = [re.search(kind + r"-src ((?:'sha256-[^']+' ?)+)", policy.group(1) if policy else "") for kind in ("script", "style")]
    version = re.match(r"behov (\S+)\n", answer["said"])
    if not version:
        sys.exit("behov --version says: " + answer["said"])
    return [version.group(1)] + [match.group(1).split() if match else [] for match in found]


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: assemble.py OUTDIR")
    folder = sys.argv[1]
    parts_folder = os.path.join(folder, "page")
    words, page, style = read_words(), text_of(HERE, "page.html"), text_of(HERE, "page.css")
    script = text_of(HERE, "typed_number.js") + text_of(HERE, "page.js")
    check_keys(words, page, script)
    check_verbs(script)
    begin, style = bare(text_of(HERE, "unpack.js") + text_of(HERE, "begin.js")), bare(style)
    give = bare(text_of(HERE, "give.js"))
    end = bare(text_of(HERE, "end.js")).replace("{{fault_start}}", json.dumps(words["fault_start"]["nb"]))
    version, council_scripts, council_styles = version_and_digests(parts_folder)
    script = script.replace("{{words}}", json.dumps(words, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"))
    script = script.replace("{{let_through}}", json.dumps(let_through(), ensure_ascii=False, sort_keys=True))
    script = script.replace("{{has_report}}", json.dumps(bool(council_scripts)))
    with open(os.path.join(parts_folder, "behov.js"), "rb") as file:
        program_script = file.read() + b"\n" + text_of(HERE, "worker.js").encode("utf-8")
    with open(os.path.join(parts_folder, "behov.wasm"), "rb") as file:
        program = with_joined_data(file.read())
    with open(os.path.join(parts_folder, "unpack.wasm"), "rb") as file:
        unpacker = unpacked(file.read())
    policy = "; ".join([
        "default-src 'none'", "connect-src 'none'", "img-src blob:", "frame-src blob:", "worker-src blob:",
        "script-src %s 'wasm-unsafe-eval'" % " ".join([digest(begin), digest(give), digest(end), digest(script)] + council_scripts),
        "style-src %s" % " ".join([digest(style)] + council_styles), "base-uri 'none'", "form-action 'none'"])
    parts = {"policy": escaped(policy), "style": style, "begin": begin, "give": give, "end": end, "unpacker": unpacker, "packed_page": packed(script.encode("utf-8")),
             "packed_script": packed(program_script), "packed_program": packed(program), "version": escaped(version)}
    parts.update({key: escaped(text["nb"]) for key, text in words.items() if key not in parts})
    page = re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match.group(1)], page)
    out = os.path.join(folder, "behov.html")
    with open(out + ".new", "wb") as file:
        file.write(("\ufeff" + page).encode("utf-16-le"))
    os.replace(out + ".new", out)
    print("behov.html: %d kB, of which the program %d kB and its script %d kB" % tuple(
        len(part) * 2 // 1000 for part in (page, parts["packed_program"], parts["packed_script"])))


main()
