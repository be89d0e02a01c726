#!/usr/bin/env python3
"""any_text.py PROGRAM - a text of a user survives in every format, and breaks out of none.

Each text of TEXTS is the name of a municipality, of a column and of a group, the label of a term, part of the title of a
model and of the name of a file. What the program writes of them is read by somebody else's parser (Python's for HTML, XML,
JSON and CSV, pandoc, openpyxl, lualatex with pdftotext) and compared with the text, as the program says it is shown: line
ends and tabs as a blank, what no eye sees or a terminal obeys as U+FFFD; JSON and CSV have the text itself.
The same call with harmless names gives the skeleton that the file must keep: the same elements, rows and blocks.

To add a writer: a line in READERS; one that the program does not write is passed over. A reader gives {"texts": pieces of text, "skeleton": what no name may change}.
A format whose reader is not installed is left out and says so."""
import csv
import html.parser
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as tree
import zlib

# What has broken out of a cell, a string, a comment, a formula or a tag somewhere.
TEXTS = [
    "\"x\" 'y' `z`", "<b>&amp;</b>", "</td></tr></table><script>alert(1)</script>", "a & b &lt; &#60; &nbsp;", "\\", "\\\\n\\t%5C",
    "æøå ÆØÅ", "áčđŋšŧž ÁČĐŊŠŦŽ", "Kárášjohka – Karasjok", "en\u202Egnat", "=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\\input{/etc/passwd}",
    "]]>", "<!-- -->", "--", "---", "{{x}}", "{% x %}", "'''x'''", '"""', "%%", "% x", "$(x)", "$$x$$", "$x_1^2$", "${x}",
    "<?php x ?>", "#x", "_x0041_ \\_", "a^b~c", "[x](y)", "![x](y)", "* x", "1. x", "| x |", ":---:", "`{=html}<i>`", "\\begin{x}",
    "\\end{tabular}", "^^M", "{", "}", "}}{{", "a\x01b\x1bc", "a\x7f\u0085b", "x\u200by", "x\u2028y", "\U0001F600", "e\u0301",
    "fi ﬂ ß ſ", "Ab" * 150, "ord " * 60 + "slutt", "https://example.org/?a=1&b=2", "*/ // -- x", "0123", "1e5", "NaN", "TRUE",
    "1,5", "2012-01-01", ";", "a;b", "a,b", "a\"\"b", "smile :smile: @user #12", "...", "a  b", "\u00a0x\u00a0",
]
YEARS = (2012, 2013, 2014)
failures = 0


def fail(*words):
    global failures
    failures += 1
    if failures <= 60:
        print(*words)


# ---- what a page shows of a text (lib/core/error.c says the same in C) ------------------------------------------------

def is_unseen(c):
    """Controls, marks of direction, and what fills no place."""
    return unicodedata.category(c) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") or ord(c) & 0xFFFE == 0xFFFE


def shown(text):
    return "".join(" " if c in "\t\r\n\u2028\u2029" else "\ufffd" if is_unseen(c) else c for c in text)


def plain(text):
    """Without what a format may do to blanks; letters and their accents as one."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip(" ")


# ---- readers ---------------------------------------------------------------------------------------------------------

class Elements(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.skeleton, self.texts, self.raw = [], [""], 0

    def handle_starttag(self, tag, attributes):
        if tag in ("wbr", "span"):  # where a long name may be broken; a bracket, stars
            return
        self.skeleton.append(tag)
        for name, value in attributes:
            if name.startswith("on") or (name == "href" and not value.startswith("#")):
                fail("an attribute that does something:", name, value)
        self.texts.append("")

    def handle_endtag(self, tag):
        if tag not in ("wbr", "span"):
            self.texts.append("")

    def handle_data(self, data):
        self.texts[-1] += data

    def handle_comment(self, data):
        self.skeleton.append("comment")

    def unknown_decl(self, data):
        self.skeleton.append("declaration")

    def handle_pi(self, data):
        self.skeleton.append("instruction")


def read_html(path):
    page = Elements()
    page.feed(open(path, encoding="utf-8", newline="").read())
    page.close()
    return {"texts": page.texts, "skeleton": page.skeleton}


def read_svg(path):
    root = tree.parse(path).getroot()
    elements = [element.tag.split("}")[1] for element in root.iter()]
    return {"texts": [element.text or "" for element in root.iter()], "skeleton": sorted(set(elements))}


def read_xlsx(path):
    import openpyxl
    book = openpyxl.load_workbook(path)
    texts, skeleton = [book.properties.title or "", book.properties.subject or "", book.properties.description or ""], []
    for sheet in book.worksheets:
        texts.append(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.data_type != "s":  # notes have as many rows as they need
                    skeleton.append((book.index(sheet), cell.data_type))
                if isinstance(cell.value, str):
                    texts.append(cell.value)
    return {"texts": texts, "skeleton": sorted(skeleton)}


def pandoc(path, dialect):
    made = subprocess.run(["pandoc", "-f", dialect, "-t", "json", path], capture_output=True, text=True, check=True)
    texts, skeleton = [], []

    def words(node):
        if isinstance(node, list):
            return "".join(words(item) for item in node)
        kind, content = (node.get("t"), node.get("c")) if isinstance(node, dict) else (None, None)
        if kind == "Str":
            return content
        if kind in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if kind in ("Strong", "Plain", "Para"):
            return words(content)
        if kind == "Quoted":  # pandoc's typography
            return {"SingleQuote": "‘%s’", "DoubleQuote": "“%s”"}[content[0]["t"]] % words(content[1])
        if kind == "Image" and dialect == "docx" and content[2][0].startswith("media/figure"):
            return words(content[1])  # a picture of the program's own: what is said in its place
        if kind in ("Code", "Math", "Link", "Image", "RawInline", "RawBlock", "Emph", "Strikeout", "Subscript", "Superscript", "Note",
                    "Cite", "Span", "Underline", "SmallCaps"):
            fail(path, dialect, "a name became", kind, content)
            return ""
        return "".join(words(item) for item in content) if isinstance(content, list) else ""

    def walk(node):
        if isinstance(node, dict) and node.get("t") in ("Plain", "Para", "Header"):
            skeleton.append(node["t"])
            texts.append(words(node["c"][2] if node["t"] == "Header" else node["c"]))
        elif isinstance(node, dict) and node.get("t") == "Table" and node["c"][1][0]:  # what is said in its place, in Word
            texts.append(words(node["c"][1][0]))
            skeleton.append("Table")
            walk([node["c"][1][1], *node["c"][2:]])
        elif isinstance(node, dict):
            skeleton.extend([node["t"]] if "t" in node and node["t"][0].isupper() else [])
            walk(node.get("c"))
        elif isinstance(node, list):
            for item in node:
                walk(item)

    walk(json.loads(made.stdout)["blocks"])
    return {"texts": texts, "skeleton": [kind for kind in skeleton if not kind.startswith("ColWidth")]}


def read_markdown(path):
    both = [pandoc(path, dialect) for dialect in ("gfm", "markdown")]
    if [plain(text) for text in both[0]["texts"]] != [plain(text) for text in both[1]["texts"]]:
        for a, b in zip(both[0]["texts"], both[1]["texts"]):
            if plain(a) != plain(b):
                fail(path, "two dialects differ:", repr(a), repr(b))
    return {"texts": both[0]["texts"], "skeleton": both[0]["skeleton"] + ["other dialect"] + both[1]["skeleton"]}


def read_docx(path):
    return pandoc(path, "docx")


def read_latex(path):
    """What lualatex sets, without blanks and hyphens: long names are broken."""
    fragment = open(path, encoding="utf-8").read()
    packages = [line[4:] for line in fragment.splitlines() if re.match(r"%   \\usepackage", line) and "% pdflatex" not in line]
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/document.tex", "w", encoding="utf-8") as out:
            out.write("\n".join(["\\documentclass[a4paper]{article}", *packages, "\\usepackage[margin=2.5cm]{geometry}",
                                 "\\pagestyle{empty}\\begin{document}", fragment, "\\end{document}", ""]))
        made = subprocess.run(["lualatex", "-interaction=nonstopmode", "-halt-on-error", "document.tex"], cwd=folder,
                              capture_output=True, text=True, errors="replace",
                              env={**os.environ, "HOME": folder, "TEXMFVAR": os.environ["ANY_TEXT_TEXMF"]})
        if made.returncode:
            fail(path, "does not compile:", re.search(r"(?m)^!.*(?:\n.*){4}|\Z", made.stdout).group(0))
            return {"texts": [], "skeleton": []}
        for line in re.findall("Missing character.*", made.stdout):
            fail(path, line)
        text = subprocess.run(["pdftotext", "-raw", "document.pdf", "-"], cwd=folder, capture_output=True, text=True, check=True).stdout
    fragment = re.sub("(?m)^%.*", "", fragment)
    commands = re.findall(r"\\(?:begin|end)\{[a-z]*\}|\\(?:caption|label|toprule|midrule|bottomrule)\b", fragment)
    return {"texts": [text], "skeleton": [command for command in commands if command not in ("\\begin{tabular}", "\\end{tabular}")]}


def read_pdf(path):
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    return {"texts": [text], "skeleton": []}


def read_png(path):
    """Chunks and their sums: a name is in none."""
    data, at, kinds = open(path, "rb").read(), 8, []
    while at < len(data):
        size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        if zlib.crc32(data[at + 4:at + 8 + size]) != int.from_bytes(data[at + 8 + size:at + 12 + size], "big"):
            fail(path, "a chunk is damaged")
        kinds.append(kind.decode())
        at += 12 + size
    return {"texts": None, "skeleton": sorted(set(kinds))}


def read_text(path):
    text = open(path, encoding="utf-8", newline="").read()
    return {"texts": [plain(text)], "skeleton": [len(re.findall(r"(?m)^(?=.*\d)[0-9]{4} ", text))]}


def read_json(path):
    texts = []

    def walk(node, keys):
        if isinstance(node, dict):
            for key, value in node.items():
                texts.append(key)
                walk(value, keys + [key])
        elif isinstance(node, list):
            for value in node:
                walk(value, keys)
        elif isinstance(node, str):
            texts.append(node)

    walk(json.load(open(path, encoding="utf-8")), [])
    return {"texts": texts, "skeleton": [len(texts)], "has_raw_texts": True}


def read_csv(path, delimiter=","):
    rows = list(csv.reader(open(path, encoding="utf-8-sig", newline=""), delimiter=delimiter))
    texts = [cell for row in rows for cell in row]
    if delimiter == ";":  # an apostrophe keeps Excel from computing
        texts = [cell[1:] if cell.startswith("'") and cell[1:2] in set("=+-@'\t\r") else cell for cell in texts]
    return {"texts": texts, "skeleton": [len(row) for row in rows], "has_raw_texts": True}


def has(*programs):
    return all(shutil.which(program) for program in programs)


def has_module(name):
    try:
        __import__(name)
    except ImportError:
        return False
    return True


# ending: reader, whether it can be read here, options of the call. A new writer is one line.
READERS = {
    "html": (read_html, True, []),
    "xlsx": (read_xlsx, has_module("openpyxl"), []),
    "md": (read_markdown, has("pandoc"), []),
    "tex": (read_latex, has("lualatex", "pdftotext"), []),
    "txt": (read_text, True, []),
    "json": (read_json, True, []),
    "docx": (read_docx, has("pandoc"), []),
    "csv": (read_csv, True, []),
    "nb.csv": (lambda path: read_csv(path, ";"), True, ["--csv-style", "excel-nb"]),
    "svg": (read_svg, True, []),
    "pdf": (read_pdf, has("pdftotext"), []),
    "png": (read_png, True, []),
}
PICTURES, CELLS_ALONE = ("svg", "pdf", "png"), ("csv", "nb.csv")

# ---- what is written -------------------------------------------------------------------------------------------------


def quote(text):
    return '"' + text.replace('"', '""') + '"'


def harmless(texts):
    """As many names; backticks and line ends where a text has them, so that it stands in the same places."""
    return [f"Navn{i:03d}" + "`" * ("`" in text) + "\u0085" * (not is_line(text)) for i, text in enumerate(texts)]


def is_header(text):
    """A column's name in a formula is one line."""
    return is_line(text)


def in_formula(name):
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def is_line(text):
    """A model file has one line for each key; a comment begins at a semicolon after a blank."""
    return text[:1] != ";" and not re.search(r"[\x00-\x1f\x7f\x85\u2028]", text)


def write_inputs(folder, names):
    """A panel whose municipalities, groups and columns have these names, and a model whose labels and title have them.
    The figures are drawn, those of nobody."""
    chance = random.Random(7)
    columns = [f"k{i} {name}".strip() for i, name in enumerate(names) if is_header(name)]
    labels = [f"L{i} {name}".strip() for i, name in enumerate(names) if is_line(name)]
    with open(f"{folder}/panel.csv", "w", encoding="utf-8", newline="") as out:
        out.write(",".join(["municipality_code,municipality,year,population,y", *map(quote, columns),
                            *[f"c{i}" for i in range(len(labels))]]) + "\n")
        for i, name in enumerate(names):
            for year in YEARS:
                figures = [f"{1 + chance.random():.3f}" for _ in range(1 + len(columns) + len(labels))]
                out.write(",".join([f"{1001 + i}", quote(name), str(year), str(2000 + 100 * i), *figures]) + "\n")
    with open(f"{folder}/groups.csv", "w", encoding="utf-8", newline="") as out:
        out.write("municipality_code,group\n")
        for i, name in enumerate(names):
            out.write(f"{1001 + i},{quote('G ' + name)}\n")
    with open(f"{folder}/model.ini", "w", encoding="utf-8", newline="") as out:
        terms = [f"c{i}" for i in range(len(labels))]
        out.write(f"[model]\ntitle = {' ¤ '.join(labels)}\nformula = y ~ {' + '.join(terms)}\n")
        for lang in ("nb", "en"):
            out.write(f"[labels_{lang}]\n" + "".join(f"{term} = {label}\n" for term, label in zip(terms, labels)))
    return columns, labels


def file_names(names):
    """Names of files that hold all texts, each no longer than a file system allows."""
    parts, sizes = [""], 200
    for name in names:
        name = re.sub("[/\\x00]", "_", name)[:60]
        if is_line(name) and len((parts[-1] + " ¤ " + name).encode()) > sizes:
            parts.append("")
        if is_line(name):
            parts[-1] += (" ¤ " if parts[-1] else "fil ") + name
    return [f"{part}.csv" for part in parts]


class Calls:
    """The program in a folder of its own."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, words, ending, name="out"):
        path = f"{self.folder}/{name}.{ending}"
        made = subprocess.run([self.program, *words, *READERS[ending][2], "-q", "--date", "2026-01-01", "-o", path], cwd=self.folder,
                              capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        if made.returncode:
            fail(made.stderr, "of behov", *words[:1], "-o", path)
            return None
        return READERS[ending][0](path)


def holds(found, text, ending):
    """Whether a text stands in what was read, as a whole cell or within words."""
    if found["texts"] is None:
        return True
    if found.get("has_raw_texts"):
        return any(text.strip() in other for other in found["texts"])
    want = plain(shown(text))
    if ending in ("tex", "pdf", "svg"):
        squeezed = squeeze("".join(found["texts"]))
        if ending == "tex":
            return tex_pattern(shown(text).strip()).search(squeezed) is not None
        return squeeze(want)[:12] in squeezed  # a picture cuts what it has no room for
    if ending == "xlsx" and want in plain(" ".join(map(str, found["texts"]))):  # a note of several lines
        return True
    return any(want in plain(other) for other in found["texts"])


def squeeze(text):
    """Without blanks and hyphens, which a typesetter adds, takes and doubles; ligatures as letters."""
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return re.sub(r"[\s\-‐‑–—−]+", "", text)


def tex_pattern(want):
    """A character that no font of LaTeX has is said by its number."""
    parts = []
    for c in want:
        squeezed = squeeze(c)
        if squeezed:
            parts.append(f"(?:{re.escape(squeezed)}|\\[U\\+{ord(c):04X}\\])")
    return re.compile("".join(parts))


def compare(calls, odd, words, ending, texts, what):
    """The same call in both folders: texts are there, and the skeleton is that of harmless names."""
    plain_words, odd_words = words
    control, found = calls.run(plain_words, ending), odd.run(odd_words, ending)
    if not control or not found:
        return
    if control["skeleton"] != found["skeleton"]:
        pairs = [(a, b) for a, b in zip(control["skeleton"], found["skeleton"]) if a != b][:3]
        fail(what, ending, "another skeleton:", len(control["skeleton"]), len(found["skeleton"]), pairs)
    for text in texts:
        if not holds(found, text, ending):
            fail(what, ending, "does not have", repr(text))


def is_written(program, ending):
    verb = ["plot", "fit"] if ending in PICTURES else ["fit"]
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([program, *verb, "-q", "-o", f"{folder}/x.{ending}"], capture_output=True).returncode != 2


def main(program):
    endings = [ending for ending, reader in READERS.items() if reader[1] and is_written(program, ending)]
    for ending in READERS.keys() - set(endings):
        print(f"skipped: .{ending} ({'the program does not write it' if READERS[ending][1] else 'what reads it is not installed'})")
    with tempfile.TemporaryDirectory() as work:
        os.environ["ANY_TEXT_TEXMF"] = f"{work}/texmf"
        folders = [f"{work}/plain", f"{work}/odd"]
        for folder in folders:
            os.mkdir(folder)
        calm, odd = (Calls(program, folder) for folder in folders)
        texts = list(dict.fromkeys(TEXTS))
        calm_columns, calm_labels = write_inputs(folders[0], harmless(texts))
        columns, labels = write_inputs(folders[1], texts)
        own = [["panel.csv", "--formula", "y ~ " + " + ".join(map(in_formula, names))] for names in (calm_columns, columns)]
        labelled = [["panel.csv", "--model", "model.ini"]] * 2
        for ending in endings:
            if ending in PICTURES:
                compare(calm, odd, [["plot", "rank", *rest, "--top", "5" if ending == "png" else "100", "--draws", "100"] for rest in labelled], ending,
                        texts, "names on a picture")
                if ending != "png":  # all of them are taller than such a picture may be
                    compare(calm, odd, [["plot", "coefficients", *rest] for rest in labelled], ending, labels, "labels on a picture")
                continue
            compare(calm, odd, [["tables", *rest, "--table", "ratios", "--group", "groups.csv"] for rest in labelled], ending,
                    texts + ["G " + text for text in texts], "names and groups")
            compare(calm, odd, [["tables", *rest, "--table", "regression"] for rest in own], ending, columns, "columns")
            compare(calm, odd, [["tables", *rest, "--table", "regression"] for rest in labelled], ending, labels, "labels")
            if ending in ("xlsx", "json"):
                compare(calm, odd, [["fit", *rest] for rest in labelled], ending, labels, "title")
            if ending not in CELLS_ALONE:
                compare(calm, odd, [["profile", "1001", *rest, "--draws", "100", "--group", "groups.csv"] for rest in labelled], ending,
                        [texts[0], "G " + texts[0]], "profile")
        for i, name in enumerate(file_names(texts)):
            shutil.copy(f"{folders[0]}/panel.csv", f"{folders[0]}/fil {i}.csv")
            shutil.copy(f"{folders[1]}/panel.csv", f"{folders[1]}/{name}")
            for ending in set(endings) & {"html", "md", "json", "xlsx", "txt"}:
                models = ["--formula", "y ~ c1", "--formula", "y ~ c2"]  # beneath several models the data are named
                compare(calm, odd, [["fit", file, *models] for file in (f"fil {i}.csv", name)], ending,
                        [name] if ending != "json" else [], "name of a file")
    if failures:
        print(failures, "failures")
    return 1 if failures else 0


if __name__ == "__main__":
    debians = "/usr/bin/python3"  # the python3 of the PATH may be another than that to which openpyxl belongs
    if not has_module("openpyxl") and sys.executable != debians and os.path.exists(debians) and "ANY_TEXT" not in os.environ:
        os.execve(debians, [debians, *sys.argv], {**os.environ, "ANY_TEXT": "again"})
    sys.exit(main(os.path.realpath(sys.argv[1])))
