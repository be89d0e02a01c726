#!/usr/bin/env python3
"""Holds the same tables as a workbook, HTML, Word, LaTeX, Markdown and plain text against one another, cell by cell.

    compare_documents.py [--pandoc] NAME...
    compare_documents.py --word NAME...     the Word document against the HTML alone

For each NAME the files NAME.xlsx, NAME.html, NAME.docx, NAME.tex, NAME.md and NAME.txt are read (only the standard library). The
workbook has the true numbers; what the others show must be such a number by the rules of print, which are computed here
with fractions, from the workbook's number format: each column by one rule, or each cell by one where rows differ. With
--pandoc the Markdown is also read by pandoc, as its own dialect and as GitHub's, and so are the tables of the Word document.

Every difference is printed; the exit code is 1 when there was one, or when nothing was compared."""
import contextlib
import html.parser
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree
import zipfile
from decimal import Decimal
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import read_xlsx  # noqa: E402

NBSP = "\u00a0"
differences = 0
compared = 0


def differ(*words):
    global differences
    differences += 1
    if differences <= 40:
        print(*words)


def hold(where, kind, got, want):
    global compared
    compared += 1
    if got != want:
        differ(f"{where}, {kind}: {got!r} where {want!r} is right")


def plain(text):
    return re.sub("[ \t\r\n]+", " ", text).strip(" ")


# ---- the rules of print ---------------------------------------------------------------------------------------------

def as_shown(value):
    """The number that a spreadsheet shows: it knows 15 digits."""
    return Fraction(Decimal("%.14e" % value))


def half_up(exact):
    whole = (2 * abs(exact) + 1) // 2
    return -whole if exact < 0 else whole


def fixed(value, decimals, mark, group):
    whole = half_up(as_shown(value) * 10 ** decimals)
    digits = str(abs(whole)).rjust(decimals + 1, "0")
    before, after = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    if group:
        before = re.sub(r"(?<=\d)(?=(\d{3})+$)", group, before)
    return ("−" if whole < 0 else "") + before + (mark + after if decimals else "")


def three_digits(value, mark):
    if value == 0:
        return "0"
    exact, power = abs(as_shown(value)), 0
    while exact >= Fraction(10) ** (power + 1):
        power += 1
    while exact < Fraction(10) ** power:
        power -= 1
    whole = half_up(exact / Fraction(10) ** (power - 2))
    if whole == 1000:
        whole, power = 100, power + 1
    sign, digits = "−" if value < 0 else "", str(whole)
    if power < -4 or power >= 15:
        return f"{sign}{digits[0]}{mark}{digits[1:]}e{'−' if power < 0 else '+'}{abs(power):02d}"
    if power >= 2:
        return sign + digits + "0" * (power - 2)
    if power >= 0:
        return sign + digits[:power + 1] + mark + digits[power + 1:]
    return sign + "0" + mark + "0" * (-power - 1) + digits


def shortest(value, mark):
    text = repr(value)
    return (text[:-2] if text.endswith(".0") else text).replace(".", mark)


def renderings(value, code, mark):
    """What a figure with this number format may be printed as, by the name of the rule."""
    code = re.sub("_.", "", code)
    if re.fullmatch(r"\\\((.*)\\\)", code):
        beneath = {"error beneath": f"({three_digits(value, mark)})"}
        return {**beneath, "t beneath": f"({fixed(value, 2, mark, NBSP)})"} if code == "\\(0.00\\)" else beneath
    grouped = {"whole": fixed(value, 0, mark, NBSP)}
    three = {"three digits": three_digits(value, mark)}
    as_read = {"as read": shortest(value, mark).replace("-", "−")}
    if code.startswith("[<0.001]"):
        p = f"< 0{mark}001" if value < 0.001 else fixed(value, 3, mark, "")
        return {"p beneath": f"({p})"} if "(" in code else {"p": p}
    if code == "0":
        return {"year": fixed(value, 0, mark, ""), **grouped, **as_read}
    if code == "#,##0":
        return {**grouped, **three, **as_read, "t": three_digits(value, mark) if abs(value) >= 1e15 else grouped["whole"]}
    if code == "#,##0.0":  # a column of degrees of freedom, some not whole
        return {"dof": fixed(value, 0 if value == int(value) else 1, mark, NBSP)}
    if code == "General":
        return as_read
    if code == "0.00E+00":
        return three
    decimals = len(code) - 2
    rules = {"decimals": fixed(value, decimals, mark, NBSP), **three, **as_read}
    if decimals == 2 and abs(value) >= 1e6:
        rules["decimals"] = grouped["whole"] if abs(value) < 1e15 else three["three digits"]
    return rules


# ---- readers: a list of {title, subtitle, header, starred, rows, strong, values, notes} -----------------------------

def column_of(letters):
    n = 0
    for letter in letters:
        n = 26 * n + ord(letter) - 64
    return n - 1


def read_workbook(path):
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        read_xlsx.main(path)
    sheets = {}
    for line in text.getvalue().splitlines():
        name, cell, *rest = line.split("\t")
        if name == "workbook":
            continue
        sheet = sheets.setdefault(name, {"cells": {}})
        if cell == "!table":
            sheet["range"], sheet["header"] = rest[1], [plain(head) for head in rest[3].split("|")]
        elif not cell.startswith("!"):
            letters, row = re.fullmatch("([A-Z]+)([0-9]+)", cell).groups()
            value = re.sub(r"\\(.)", lambda m: {"t": " ", "n": " ", "r": " "}.get(m.group(1), m.group(1)), rest[1])
            sheet["cells"][int(row), column_of(letters)] = (rest[0], value, rest[2])
    sections = []
    for sheet in sheets.values():
        cells = sheet["cells"]
        first, last = (int(re.sub("[A-Z]", "", corner)) for corner in sheet["range"].split(":"))
        width = column_of(re.sub("[0-9]", "", sheet["range"].split(":")[1])) + 1
        header = [plain(cells[first, j][1]) for j in range(width)]
        rows = [[cells.get((i, j)) for j in range(width)] for i in range(first + 1, last + 1)]
        notes = [plain(cells[i, 0][1]) for i in sorted(i for i, j in cells if j == 0 and i > last)]
        sections.append({"title": plain(cells[1, 0][1]), "subtitle": " ".join(plain(cells[row, 0][1]) for row in (2, 3) if (row, 0) in cells),
                         "header": header, "rows": rows, "notes": notes})
    return sections


class Page(html.parser.HTMLParser):
    """Reads our page, and the tables of pandoc's."""

    def __init__(self):
        super().__init__()
        self.language, self.sections, self.into, self.text, self.in_table = "", [], None, "", False
        self.is_strong = False
        self.warnings = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        classes = (given.get("class") or "").split()
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "h2":
            self.sections.append({"subtitle": "", "notes": [], "rows": [], "strong": [], "values": [], "header": [],
                                  "starred": [], "is_figure": []})
        if tag == "p" and "warning" in classes:
            self.into, self.text = "warning", ""
        if not self.sections:
            return
        if tag == "table":
            self.in_table = True
        if tag == "thead":
            self.in_head = True
        if tag == "tr" and not self.in_head:
            for part in ("rows", "strong", "values"):
                self.sections[-1][part].append([])
        if tag in ("td", "th"):
            self.is_strong, self.value = "strong" in classes, given.get("data-value")
            self.starred, self.is_figure = "starred" in classes, "figure" in classes
        if tag == "strong" and self.in_table:
            self.is_strong = True
        if tag in ("h2", "p", "td", "th"):
            self.into, self.text = tag, ""

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if tag == "p" and self.into == "warning":
            self.warnings.append(plain(self.text))
            self.into = None
        if not self.sections:
            return
        section = self.sections[-1]
        if tag == "table":
            self.in_table = False
        elif tag == "thead":
            self.in_head = False
        elif tag == "h2":
            section["title"] = plain(self.text)
        elif tag == "p" and not self.in_table and self.into == "p":
            if not section["header"]:
                section["subtitle"] = plain(self.text)
            else:
                section["notes"].append(plain(self.text))
        elif tag in ("td", "th") and self.in_head:
            section["header"].append(plain(self.text))
            section["starred"].append(self.starred)
            section["is_figure"].append(self.is_figure)
        elif tag in ("td", "th"):
            section["rows"][-1].append(plain(self.text))
            section["strong"][-1].append(self.is_strong)
            section["values"][-1].append(self.value)
        if tag == self.into:
            self.into = None


def read_page(text):
    page = Page()
    page.feed(re.sub(r"(?s)<footer>.*?</footer>", "", text))
    return page


def split_at(text, mark):
    """At marks that no backslash makes a letter."""
    parts, at = [""], 0
    while at < len(text):
        if text[at] == "\\":
            parts[-1] += text[at:at + 2]
            at += 2
        elif text[at] == mark:
            parts.append("")
            at += 1
        else:
            parts[-1] += text[at]
            at += 1
    return parts


def read_markdown(text):
    sections = []
    for line in text.splitlines():
        if line.startswith("## "):
            sections.append({"title": plain(bare(line[3:])), "subtitle": "", "header": [], "rows": [], "strong": [],
                             "notes": []})
        elif line.startswith("|"):
            cells = [cell.strip(" ") for cell in split_at(line, "|")[1:-1]]
            if not sections[-1]["header"]:
                sections[-1]["header"] = [plain(bare(cell)) for cell in cells]
                sections[-1]["rows"] = None
            elif sections[-1]["rows"] is None:
                sections[-1]["rows"] = []
                sections[-1]["is_figure"] = [cell.endswith(":") for cell in cells]
                if not all(re.fullmatch(":-+|-+:", cell) for cell in cells):
                    differ("Markdown: no row of alignments")
            else:
                marked = [re.fullmatch(r"\*\*(.*)\*\*", cell) for cell in cells]
                sections[-1]["rows"].append([plain(bare(m.group(1) if m else c)) for m, c in zip(marked, cells)])
                sections[-1]["strong"].append([m is not None for m in marked])
        elif line and not sections[-1]["header"]:
            sections[-1]["subtitle"] = plain(bare(line))
        elif line:
            sections[-1]["notes"].append(plain(bare(line)))
    return sections


def bare(text):
    return re.sub(r"\\(.)", r"\1", text)


TEX = {"textquotedbl": '"', "textquotesingle": "'", "textless": "<", "textgreater": ">", "textbackslash": "\\",
       "textasciicircum": "^", "textasciigrave": "`", "textbar": "|", "textasciitilde": "~", "neg": "¬", "pm": "±",
       "cdot": "·", "times": "×", "div": "÷", "mu": "µ", "chi": "χ", "beta": "β", "alpha": "α", "geq": "≥", "leq": "≤",
       "neq": "≠", "approx": "≈", "infty": "∞", "rightarrow": "→", "leftarrow": "←", "bullet": "•", "ldots": "…",
       "texteuro": "€", "textperthousand": "‰", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
       "textquotedblright": "”", "quotesinglbase": "‚", "quotedblbase": "„", "dagger": "†", "ddagger": "‡",
       "boldmath": "", "allowbreak": "", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "surd": "√", "sum": "∑", "Delta": "Δ", "sigma": "σ", "lambda": "λ", "rho": "ρ", "gamma": "γ"}
SUPERSCRIPT = {"1": "¹", "2": "²", "3": "³"}


def tex_figure(text):
    """$-2{,}05\\cdot 10^{-7}$ as -2,05e-07"""
    def power(found):
        size = int(found.group(2))
        return f"{found.group(1).replace('{,}', ',').replace('-', '−')}e{'−' if size < 0 else '+'}{abs(size):02d}"

    return re.sub(r"\$(-?[0-9{},.]+)\\cdot 10\^\{(-?[0-9]+)\}\$", power, text).replace("\\rlap{)}", ")").replace("\\rlap{]}", "]")


def untex(text, is_figure=False):
    """The text that LaTeX sets. $-$ is the minus sign of the other formats."""
    text = tex_figure(text)
    text = text.replace("$-$", "−").replace("$<$", "<")
    text = re.sub(r"\$\^\{(\*+)\}\$", r"\1", text)
    text = re.sub(r"\\textsuperscript\{(.)\}", lambda m: SUPERSCRIPT[m.group(1)], text)
    text = re.sub(r"\\begin\{tabular\}\[b\]\{@\{\}.@\{\}\}(.*?)\\end\{tabular\}",
                  lambda m: m.group(1).replace("\\\\", " "), text)
    text = re.sub(r"\\v\{(.)\}", lambda m: unicodedata.normalize("NFC", m.group(1) + "\u030c"), text)
    text = text.replace("\\mbox{-}", "\u2011")
    out, at = "", 0
    while at < len(text):
        rest = text[at:]
        command = re.match(r"\\([A-Za-z]+)(\{\}| )?", rest)
        if command:
            if command.group(1) == "textbf":
                pass
            elif command.group(1) in TEX:
                out += TEX[command.group(1)]
            else:
                differ("LaTeX: a command that is not known here:", command.group(0))
            at += len(command.group(0))
        elif rest.startswith("---"):
            out, at = out + "—", at + 3
        elif rest.startswith("--"):
            out, at = out + "–", at + 2
        elif rest[0] == "\\":
            out, at = out + ("\u202f" if rest[1] == "," else rest[1]), at + 2
        elif rest[0] == "~":
            out, at = out + NBSP, at + 1
        elif rest[0] in "{}$":
            at += 1
        else:
            if rest[0] in "#%&_^":
                differ("LaTeX: a bare", rest[0], "in", text)
            out, at = out + rest[0], at + 1
    return plain(re.sub(r"\[U\+([0-9A-F]{4,6})\]", lambda m: chr(int(m.group(1), 16)), out))


def group_at(text, at):
    """What stands in the braces that begin at `at`, and where they end."""
    depth, start = 0, at
    while True:
        if text[at] == "\\":
            at += 1
        elif text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return text[start + 1:at], at + 1
        at += 1


def cells_of(line):
    parts, depth = [""], 0
    for piece in re.findall(r"\\begin\{tabular\}.*?\\end\{tabular\}|\\.|.", line, re.S):
        if piece == "&":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def read_latex(text):
    sections = []
    for found in re.finditer(r"(?s)\\begin\{(table|longtable)\}(.*?)\\end\{\1\}", text):
        kind, body = found.groups()
        caption, at = group_at(body, re.search(r"(?s)\\caption\[.*?\]\{", body).end() - 1)
        title = re.search(r"(?s)\\caption\[(.*)\]\{" + re.escape(caption) + r"\}\\label", body).group(1)
        if not caption.startswith(title):
            differ("LaTeX: a caption that is not its title:", caption)
        head = re.search(r"(?s)\\toprule\n(.*?) \\\\\n\\midrule\n", body)
        letters, _ = group_at(body, body.index("{@{}"))
        letters = re.sub(r">\{.*?\}p\{.*?\}", "p", letters)
        starred = [letter == "r@{}l" for letter in re.findall(r"r@\{\}l|[lrp]", letters)]
        if kind == "table":
            lines = body[head.end():body.index("\\bottomrule")]
            notes = body[body.index("\\end{tabular}\n", body.index("\\bottomrule")):]
            notes = re.findall(r"(?m)^(.*)\\par$", notes.replace("\\par\\medskip", ""))
        else:
            start = body.index("\\endlastfoot\n")
            lines, notes = body[start + 13:], re.findall(r"\\raggedright\\vspace\{-?2pt\}(.*)\}\\hss\}\} \\\\", body[:start])
        rows, strong = [], []
        lines = re.sub(r"(?m)^\\(midrule|addlinespace)\n", "", lines)
        for line in re.split(r" \\\\\*?\n", lines)[:-1]:
            cells = cells_of(line)
            shown, bold, at = [], [], 0
            for has_stars in starred:
                bold.append(cells[at].strip().startswith("\\textbf{"))
                shown.append((cells[at], cells[at + 1] if has_stars else ""))
                at += 2 if has_stars else 1
            if at != len(cells):
                differ("LaTeX: a row of", len(cells), "cells under", at, "columns")
            rows.append(shown)
            strong.append(bold)
        aligned = re.findall(r"r@\{\}l|[lrp]", letters)
        rows = [[untex(cell, aligned[j][0] == "r") + untex(stars) for j, (cell, stars) in enumerate(row)] for row in rows]
        header = cells_of(head.group(1))
        names, at = [], 0
        for has_stars in starred:
            names.append(untex(header[at]))
            at += 2 if has_stars else 1
        subtitle = caption[len(title):]
        sections.append({"title": untex(title), "subtitle": untex(re.sub(r"^[. ]+", "", subtitle)), "header": names,
                         "is_figure": [letter[0] == "r" for letter in aligned], "rows": rows, "strong": strong, "notes": [untex(note) for note in notes]})
    return sections


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_text(element):
    return plain("".join(part.text or "" if part.tag == WORD + "t" else " " for part in element.iter()
                         if part.tag in (WORD + "t", WORD + "tab")))


def word_style(paragraph):
    style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    return "" if style is None else style.get(WORD + "val")


def read_word(path):
    """The sections of a document; a table that is divided is one again, by the columns that come again."""
    with zipfile.ZipFile(path) as archive:
        body = xml.etree.ElementTree.fromstring(archive.read("word/document.xml")).find(WORD + "body")
    sections, warnings = [], []
    for element in body:
        if element.tag == WORD + "tbl":
            lines = element.findall(WORD + "tr")
            cells = [line.findall(WORD + "tc") for line in lines]
            figures = [word_style(cell.find(WORD + "p")).startswith("BehovFigure") for cell in cells[0]]
            shown = [[word_text(cell) for cell in line] for line in cells]
            strong = [[cell.find(f".//{WORD}rStyle") is not None for cell in line] for line in cells[1:]]
            section = sections[-1]
            again = 0
            if section["header"]:
                while shown[0][again] == section["header"][again] and [row[again] for row in shown[1:]] == \
                        [row[again] for row in section["rows"]]:
                    again += 1
                if not again:
                    differ("Word: a piece of a table does not say which row is which")
            section["header"] += shown[0][again:]
            section["is_figure"] += figures[again:]
            section["rows"] = [row + new[again:] for row, new in zip(section["rows"] or [[] for _ in shown[1:]], shown[1:])]
            section["strong"] = [row + new[again:] for row, new in zip(section["strong"] or [[] for _ in strong], strong)]
        elif element.tag == WORD + "p":
            style, text = word_style(element), word_text(element)
            if style == "Heading1":
                sections.append({"title": "", "subtitle": "", "header": [], "rows": [], "strong": [], "notes": [],
                                 "is_figure": []})
            elif style == "BehovWarning":
                warnings.append(text)
            elif style == "Caption" and re.match(r"Figure? \d+\. ", text):  # the pictures, behind all tables
                sections = [section for section in sections if section["title"]]
                break
            elif style == "Caption" and not sections[-1]["header"]:
                number, sections[-1]["title"] = re.fullmatch(r"(?:Tabell|Table) (\d+)\. (.*)", text).groups()
                hold(path, "Word, number of the table", int(number), len(sections))
            elif style == "BehovDescription":
                sections[-1]["subtitle"] = text
            elif style == "BehovNote" and text:
                sections[-1]["notes"].append(text)
    return sections, warnings


class Tables(html.parser.HTMLParser):
    """The cells of every table of a page, row by row."""

    def __init__(self):
        super().__init__()
        self.tables, self.text = [], None

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.text = ""

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][-1].append(plain(self.text))
            self.text = None


def compare_word_through_pandoc(name, sections):
    """Each table that stands whole: what pandoc reads of it."""
    made = subprocess.run(["pandoc", "-f", "docx", "-t", "html", "--wrap=none", f"{name}.docx"], capture_output=True,
                          text=True, check=True).stdout
    tables = Tables()
    tables.feed(made)
    found = iter(tables.tables)
    for section in sections:
        table = next(found, [[]])
        if len(table[0]) < len(section["header"]):  # the next ones are its other pieces
            width = len(table[0])
            while width < len(section["header"]):
                piece = next(found)
                again = sum(1 for head, other in zip(piece[0], section["header"]) if head == other)
                width += len(piece[0]) - again
            continue
        hold(f"{name}, {section['title']}", "Word through pandoc, header", table[0], section["header"])
        hold(f"{name}, {section['title']}", "Word through pandoc, rows", len(table) - 1, len(section["rows"]))
        for i, (got, want) in enumerate(zip(table[1:], section["rows"])):
            for j, head in enumerate(section["header"]):
                hold(f"{name}, {section['title']}, row {i + 1}, {head}", "Word through pandoc", got[j] if j < len(got) else None,
                     want[j])


# ---- the comparison -------------------------------------------------------------------------------------------------

def expected_text(sections):
    """The lines of the text file, from the cells of the page."""
    lines = []
    for number, section in enumerate(sections):
        if number:
            lines += ["", ""]
        lines += [section["title"], "=" * len(section["title"])]
        lines += [("words", section["subtitle"])] if section["subtitle"] else []
        lines += [""]
        columns = []
        for j, (head, has_stars) in enumerate(zip(section["header"], section["starred"])):
            cells = [row[j] for row in section["rows"]]
            left = not section["is_figure"][j]
            if has_stars:
                stars = [re.search(r"\**$", cell).group(0) for cell in cells]
                columns.append((False, 2, [head] + [cell.rstrip("*") for cell in cells]))
                columns.append((True, 1, ["   "] + stars))
            else:
                columns.append((left, 2, [head] + cells))
        widths = [max(len(cell) for cell in cells) for _, _, cells in columns]
        for i in range(len(section["rows"]) + 1):
            line = ""
            for k, (left, gap, cells) in enumerate(columns):
                line += " " * (gap if k else 0)
                line += cells[i].ljust(widths[k]) if left else cells[i].rjust(widths[k])
            lines.append(line)
        for note in section["notes"]:
            lines += ["", ("words", note)]
    return lines


def compare_text(name, path, wanted):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    at = 0
    for want in wanted:
        if isinstance(want, tuple):  # a paragraph, broken at spaces
            words, taken = want[1], []
            while at < len(lines) and lines[at].strip() and plain(" ".join(taken)) != words:
                if len(lines[at]) > 100:
                    differ(f"{name}, text: a line of {len(lines[at])} characters: {lines[at]}")
                taken.append(lines[at])
                at += 1
            hold(name, "text", plain(" ".join(taken)), words)
        else:
            got = re.sub(" +", " ", lines[at]) if at < len(lines) else None
            if at < len(lines) and lines[at].rstrip(" ") == want.rstrip(" "):
                got = want
            hold(name, "text", got, want)
            at += 1
    hold(name, "text, end", lines[at:], [""])


def compare(name, with_pandoc, has_data):
    books = read_workbook(f"{name}.xlsx")
    with open(f"{name}.html", encoding="utf-8") as file:
        page = read_page(file.read())
    with open(f"{name}.md", encoding="utf-8") as file:
        markdown = file.read()
    with open(f"{name}.tex", encoding="utf-8") as file:
        latex = file.read()
    mark = "." if page.language == "en" else ","
    hold(name, "HTML, language", page.language in ("nb", "en"), True)
    word_sections, word_warnings = read_word(f"{name}.docx")
    others = {"Markdown": read_markdown(markdown), "LaTeX": read_latex(latex), "Word": word_sections}
    hold(name, "Word, warnings", word_warnings, page.warnings)
    if with_pandoc:
        for dialect in ("markdown", "gfm"):
            made = subprocess.run(["pandoc", "-f", dialect, "-t", "html", "--wrap=none"], input=markdown,
                                  capture_output=True, text=True, check=True).stdout
            others[f"pandoc, {dialect}"] = read_page(made).sections
    hold(name, "HTML, sections", len(page.sections), len(books))
    for kind, sections in others.items():
        hold(name, f"{kind}, sections", len(sections), len(books))
    for number, (book, section) in enumerate(zip(books, page.sections)):
        where = f"{name}, {book['title']}"
        hold(where, "HTML, title", section["title"], book["title"])
        # the first says what the figures rest on, which the workbook does on its sheet Om
        data = re.fullmatch("(.*?) ?(Data: .+\\.)", section["subtitle"]) if number == 0 else None
        is_side_by_side = any(note.startswith("Data: ") for note in section["notes"])  # several studies say theirs there
        hold(where, "HTML, a line of data", data is not None or is_side_by_side, number == 0 and has_data or is_side_by_side)
        hold(where, "HTML, subtitle", data[1] if data else section["subtitle"], book["subtitle"])
        hold(where, "HTML, rows", len(section["rows"]) or 1, len(book["rows"]))
        # warnings stand once on the page, at its top; elsewhere among the notes of their table
        notes = others["Markdown"][number]["notes"]
        hold(where, "HTML, notes", section["notes"], [note for note in notes if note not in page.warnings])
        section["notes"] = notes
        joined = " ".join(section["notes"])
        hold(where, "HTML, notes", joined, " ".join(book["notes"])[:len(joined)])
        at = 0
        for j, head in enumerate(section["header"]):
            has_stars = section["starred"][j]
            hold(where, "HTML, header", re.sub(r" \(\d+\)$", "", head), re.sub(r" \(\d+\)$", "", book["header"][at])
                 if head else head)
            has_number, rules = False, None
            per_cell = any(row[at] and re.match(r"\\\(|\[<0.001\]\"\(", row[at][2]) for row in book["rows"])
            for i, row in enumerate(section["rows"]):
                cell, stars = book["rows"][i][at], book["rows"][i][at + 1] if has_stars else None
                shown, value = row[j], section["values"][i][j]
                place = f"{where}, row {i + 1}, {head}"
                stars = stars[1] if stars else ""
                if cell is None or cell[0] == "text":
                    hold(place, "HTML", shown, plain(cell[1] if cell else "") + stars)
                    hold(place, "HTML, value", value, None)
                    continue
                has_number = True
                number_in_book = float(cell[1])
                if value is None:
                    differ(f"{place}: the page has no exact value")
                    continue
                exact = float(value)
                hold(place, "HTML, value", float(f"{exact:.16G}"), number_in_book)
                hold(place, "HTML, digits of the value", Decimal(value), Decimal(f"{exact:.17g}"))
                allowed = {rule for rule, text in renderings(exact, cell[2], mark).items() if text + stars == shown}
                if not allowed:
                    hold(place, "HTML", shown, renderings(exact, cell[2], mark))
                    continue
                hold(place, "HTML", True, True)
                rules = allowed if rules is None or per_cell or not rules & allowed else rules & allowed
                if not per_cell and not rules & allowed:
                    differ(f"{place}: {shown!r} follows another rule than the cells above")
            if has_number:
                hold(f"{where}, {head}", "HTML, figures at the right", section["is_figure"][j], True)
            at += 2 if has_stars else 1
        hold(where, "HTML, columns", at, len(book["header"]))
        for kind, sections in others.items():
            if number >= len(sections):
                continue
            other = sections[number]
            for part in ("title", "subtitle", "header", "notes"):
                want = section[part]
                if kind == "Word" and part == "notes":
                    want = [note for note in want if note not in page.warnings]
                hold(where, f"{kind}, {part}", other[part], want)
            if "is_figure" in other and not kind.startswith("pandoc"):
                hold(where, f"{kind}, figures at the right", other["is_figure"], section["is_figure"])
            hold(where, f"{kind}, rows", len(other["rows"]), len(section["rows"]))
            for i, (got, want) in enumerate(zip(other["rows"], section["rows"])):
                for j, head in enumerate(section["header"]):
                    place = f"{where}, row {i + 1}, {head}"
                    hold(place, kind, got[j] if j < len(got) else None, want[j])
                    bold = other["strong"][i][j] if j < len(got) else None
                    hold(place, f"{kind}, bold", bold, section["strong"][i][j] and want[j] != "")
    if with_pandoc:
        compare_word_through_pandoc(name, page.sections)
    compare_text(name, f"{name}.txt", expected_text(page.sections))


def compare_word(name):
    with open(f"{name}.html", encoding="utf-8") as file:
        page = read_page(file.read())
    sections, warnings = read_word(f"{name}.docx")
    hold(name, "Word, warnings", warnings, page.warnings)
    hold(name, "Word, sections", len(sections), len(page.sections))
    for got, want in zip(sections, page.sections):
        for part in ("title", "subtitle", "header", "rows", "notes"):
            hold(f"{name}, {want['title']}", f"Word, {part}", got[part], want[part])
    if shutil.which("pandoc"):
        compare_word_through_pandoc(name, page.sections)


def main(arguments):
    if arguments[:1] == ["--word"]:
        for name in arguments[1:]:
            compare_word(name)
        print(f"{compared} comparisons, {differences} differ")
        return 1 if differences or not compared else 0
    for name in (argument for argument in arguments if not argument.startswith("--")):
        compare(name, with_pandoc="--pandoc" in arguments, has_data="--made" not in arguments)
    print(f"{compared} comparisons, {differences} differ")
    return 1 if differences or not compared else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
