#!/usr/bin/env python3
"""Prints a workbook as text, for tests: one line per cell, and lines that begin with ! for what is not a cell.

    read_xlsx.py FILE.xlsx

    sheet TAB cell TAB number|text|formula TAB value TAB number format
    sheet TAB !table TAB name TAB range TAB filter TAB header|header|...
    sheet TAB !pane TAB columns TAB rows TAB state
    sheet TAB !column TAB first TAB last TAB number format of its empty cells
    sheet TAB !rule TAB range TAB type TAB operator TAB low TAB high TAB title TAB message TAB refusal
    sheet TAB !merged | !colours | !print | !footer TAB ...

Only the standard library; reads the parts that Excel reads, not what libxlsxwriter would have liked to write."""
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 11: "0.00E+00", 49: "@"}


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def show(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def text_of(element):
    return unescape("".join(part.text or "" for part in element.iter(MAIN + "t")))


def links(book, part):
    folder, name = part.rsplit("/", 1)
    try:
        relations = tree.fromstring(book.read(f"{folder}/_rels/{name}.rels"))
    except KeyError:
        return {}
    found = {}
    for relation in relations:
        path = relation.get("Target")
        at = folder.split("/")
        for step in path.split("/"):
            at = at[:-1] if step == ".." else at + [step]
        found[relation.get("Id")] = "/".join(at)
    return found


def main(path):
    book = zipfile.ZipFile(path)
    if book.testzip():
        sys.exit("a part of the workbook is damaged")
    for name in book.namelist():
        if name.endswith((".xml", ".rels")):
            tree.fromstring(book.read(name))
    strings = [text_of(si) for si in tree.fromstring(book.read("xl/sharedStrings.xml"))] \
        if "xl/sharedStrings.xml" in book.namelist() else []
    styles = tree.fromstring(book.read("xl/styles.xml"))
    codes = dict(BUILT_IN)
    for code in styles.iter(MAIN + "numFmt"):
        codes[int(code.get("numFmtId"))] = code.get("formatCode")
    formats = [codes[int(xf.get("numFmtId"))] for xf in styles.find(MAIN + "cellXfs")]
    sheets = links(book, "xl/workbook.xml")
    for sheet in tree.fromstring(book.read("xl/workbook.xml")).find(MAIN + "sheets"):
        name, part = sheet.get("name"), sheets[sheet.get(LINK + "id")]
        root = tree.fromstring(book.read(part))
        parts = links(book, part)
        for element in root.iter():
            tag = element.tag.replace(MAIN, "")
            if tag == "c":
                value, kind = element.find(MAIN + "v"), "number"
                shown = (value.text or "") if value is not None else ""
                if element.get("t") == "s":
                    kind, shown = "text", strings[int(shown)]
                elif element.get("t") in ("inlineStr", "str"):
                    kind, shown = "text", text_of(element) or shown
                if element.find(MAIN + "f") is not None:
                    kind = "formula"
                print(name, element.get("r"), kind, show(shown), formats[int(element.get("s", 0))], sep="\t")
            elif tag == "dataValidation":
                limits = [(element.find(MAIN + f"formula{i}").text if element.find(MAIN + f"formula{i}") is not None
                           else "") for i in (1, 2)]
                print(name, "!rule", element.get("sqref"), element.get("type", "any"),
                      element.get("operator", "between"), *limits,
                      *(show(element.get(told, "")) for told in ("promptTitle", "prompt", "error")), sep="\t")
            elif tag == "col" and element.get("style"):
                print(name, "!column", element.get("min"), element.get("max"), formats[int(element.get("style"))],
                      sep="\t")
            elif tag == "pane":
                print(name, "!pane", element.get("xSplit", "0"), element.get("ySplit", "0"), element.get("state"),
                      sep="\t")
            elif tag == "mergeCell":
                print(name, "!merged", element.get("ref"), sep="\t")
            elif tag == "conditionalFormatting":
                print(name, "!colours", element.get("sqref"), element[0].get("type"), sep="\t")
            elif tag == "pageSetup":
                print(name, "!print", element.get("paperSize"), element.get("orientation"),
                      element.get("fitToHeight"), sep="\t")
            elif tag == "oddFooter":
                print(name, "!footer", element.text, sep="\t")
            elif tag == "tablePart":
                table = tree.fromstring(book.read(parts[element.get(LINK + "id")]))
                filtered = table.find(MAIN + "autoFilter")
                heads = [unescape(column.get("name")) for column in table.iter(MAIN + "tableColumn")]
                print(name, "!table", table.get("displayName"), table.get("ref"),
                      filtered.get("ref") if filtered is not None else "-", "|".join(heads), sep="\t")
    for defined in tree.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "definedName"):
        print("workbook", "!name", defined.get("name"), defined.text, sep="\t")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main(sys.argv[1])
