#!/usr/bin/env python3
"""printed_pages.py PROGRAM - how the full workbook prints on A4, in both languages: letters of 11 points are printed with 7
or more on every sheet that is shown; a table too wide for that goes on over further pages, with its first columns and its
heads on each; no word of a head is wider than its column. Widths are Excel's own: a digit of Calibri 11 is 7 of the 96
dots of an inch, a column's edges are 5."""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHORT, LONG = 595.3, 841.9
wrong = []


def widths_of(sheet, last):
    widths = [8.43] * last
    for column in sheet.iter(MAIN + "col"):
        for j in range(int(column.get("min")), int(column.get("max")) + 1):
            if j <= last:
                widths[j - 1] = float(column.get("width"))  # edges counted
    return widths


def column_number(reference):
    n = 0
    for letter in re.match(r"\$?([A-Z]+)", reference).group(1):
        n = 26 * n + ord(letter) - 64
    return n


def look(name, sheet, names, strings, index):
    heads = {}
    last = 1
    for cell in sheet.iter(MAIN + "c"):
        column, row = column_number(cell.get("r")), int(re.sub(r"\D", "", cell.get("r")))
        if row == 4 and cell.get("t") == "s":
            heads[column] = strings[int(cell.find(MAIN + "v").text)]
            last = max(last, column)
    area = names.get(("_xlnm.Print_Area", index))
    last = column_number(area.split("!")[1].split(":")[1]) if area else last
    setup, margins = sheet.find(MAIN + "pageSetup"), sheet.find(MAIN + "pageMargins")
    fits = sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
    widths = widths_of(sheet, last)
    page = (LONG if setup.get("orientation") == "landscape" else SHORT) - 72 * (
        float(margins.get("left")) + float(margins.get("right")))
    whole = sum(7 * width for width in widths) * 72 / 96
    if sheet.find(MAIN + "drawing") is not None and not area:
        return  # charts stand beside the table
    if fits is not None and fits.get("fitToPage") == "1":
        size = 11 * min(1, page / whole)
    else:
        size = 11 * int(setup.get("scale", "100")) / 100
        titles = names.get(("_xlnm.Print_Titles", index), "")
        if whole * size / 11 > page and not re.search(r"\$A:\$[A-Z]+,.*\$4:\$4", titles):
            wrong.append(f"{name}: goes over several pages without its first columns: {titles}")
    if size < 6.99:
        wrong.append(f"{name}: is printed with {size:.1f} points")
    if not area:
        for column, text in heads.items():
            longest = max(len(word) for word in text.split())
            if longest > widths[column - 1]:
                wrong.append(f"{name}: a word of '{text}' is wider than its column of {widths[column - 1]}")
    print(f"{name}: {size:.1f} points, {whole * size / 11 / page:.1f} pages wide")


def notes_stand_once(name, sheet, strings):
    """No note twice."""
    said = [(column_number(cell.get("r")), strings[int(cell.find(MAIN + "v").text)]) for cell in sheet.iter(MAIN + "c")
            if cell.get("t") == "s" and cell.find(MAIN + "v") is not None]
    notes = [text for _, text in said if text.startswith(("Tom celle: ", "Empty cell: "))]
    if len(notes) > 1:
        wrong.append(f"{name}: is said {len(notes)} times: {notes[0]}")


def heads_of_drivers(name, sheet, strings):
    """The heads of the sheet Kommune stand over figures of one width."""
    widths = widths_of(sheet, 9)
    for cell in sheet.iter(MAIN + "c"):
        if cell.get("t") != "s":
            continue
        text, column = strings[int(cell.find(MAIN + "v").text)], column_number(cell.get("r"))
        if re.search(r"Gjennomsnitt i|^Mot |mean", text) and 2 <= column <= 9:
            longest = max(len(word) for word in text.split())
            if longest > widths[column - 1] - 0.7:
                wrong.append(f"{name}: a word of '{text}' is wider than its column of {widths[column - 1]}")


def labels_and_charts(name, sheet, strings, styles, drawing):
    """A label beside a figure is broken into lines or fits its column; no chart is as narrow as the labels alone."""
    width, beside = widths_of(sheet, 1)[0] - 0.7, {}
    formats = styles.find(MAIN + "cellXfs").findall(MAIN + "xf")
    for cell in sheet.iter(MAIN + "c"):
        beside[cell.get("r")] = cell
    for reference, cell in beside.items():
        neighbour = beside.get("B" + reference[1:]) if reference[0] == "A" and reference[1:].isdigit() else None
        if neighbour is None or neighbour.find(MAIN + "v") is None or cell.get("t") != "s":
            continue
        text, alignment = strings[int(cell.find(MAIN + "v").text)], formats[int(cell.get("s"))].find(MAIN + "alignment")
        if len(text) > width and (alignment is None or alignment.get("wrapText") != "1"):
            wrong.append(f"{name}: '{text}' is cut at a column of {width}")
    ends = [int(end[0].text) for end in drawing.iter() if end.tag.endswith("}to")]
    if len(ends) < 2 or min(ends) < 2:
        wrong.append(f"{name}: charts end in the columns {ends}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        for language, municipality in (("nb", "Kommune"), ("en", "Municipality")):
            path = os.path.join(folder, language + ".xlsx")
            subprocess.run([sys.argv[1], "fit", "--full", "--draws", "100", "-g", "size", "--lang", language, "-q", "-o", path],
                           check=True, stdout=subprocess.DEVNULL)
            book = zipfile.ZipFile(path)
            strings = ["".join(t.text or "" for t in item.iter(MAIN + "t"))
                       for item in tree.fromstring(book.read("xl/sharedStrings.xml"))]
            top = tree.fromstring(book.read("xl/workbook.xml"))
            names = {(n.get("name"), int(n.get("localSheetId", -1))): n.text for n in top.iter(MAIN + "definedName")}
            n_seen = 0
            for i, described in enumerate(top.iter(MAIN + "sheet")):
                if described.get("state") == "hidden":
                    continue
                sheet = tree.fromstring(book.read(f"xl/worksheets/sheet{i + 1}.xml"))
                look(described.get("name"), sheet, names, strings, i)
                notes_stand_once(described.get("name"), sheet, strings)
                if described.get("name") == municipality:
                    heads_of_drivers(municipality, sheet, strings)
                    links = book.read(f"xl/worksheets/_rels/sheet{i + 1}.xml.rels").decode()
                    labels_and_charts(municipality, sheet, strings, tree.fromstring(book.read("xl/styles.xml")),
                                      tree.fromstring(book.read(re.search(r"drawings/drawing\d+\.xml", links)
                                                                .group(0).join(("xl/", "")))))
                n_seen += 1
            if n_seen < 8:
                wrong.append(f"{language}: {n_seen} sheets are shown")
    for line in wrong:
        print("wrong:", line)
    sys.exit(1 if wrong else 0)


main()
