"""long_grid.py PROGRAM FOLDER RAW - see test_long_grid.sh."""
import collections
import csv
import itertools
import math
import os
import subprocess
import sys
import zipfile

import openpyxl
import pandas

program, work, raw = sys.argv[1:]
MARKS = {".", "..", "...", ":", "-", "*", "NA", "NULL", "Inf", "NaN", "–"}


def read(path, *options, fails=None):
    """The rows of the long table, and what was told on standard error (English)."""
    out = f"{work}/out.csv"
    if os.path.exists(out):
        os.remove(out)
    call = subprocess.run([program, "panel", "read", path, "-o", out, "--lang", "en", *options], capture_output=True,
                          encoding="utf-8")
    if fails is not None:
        assert call.returncode in (1, 2) and not os.path.exists(out), (path, call.returncode, call.stderr)
        assert fails in call.stderr, (fails, call.stderr)
        return call.stderr
    assert call.returncode == 0, (path, call.stderr)
    with open(out, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), call.stderr


def check(path, rows, expected, names):
    """Each cell in its order: texts of the dimensions, then the value or the mark."""
    assert len(rows) == len(expected), (path, len(rows), len(expected), rows[:2], expected[:2])
    if rows:
        assert [k for k in rows[0] if k not in ("value", "mark")] == list(names), (path, list(rows[0]), names)
    for number, (row, (codes, cell)) in enumerate(zip(rows, expected)):
        for name, code in zip(names, codes):
            assert row[name] == code, (path, number, name, row, codes)
        if cell is None or cell in MARKS:
            assert row["value"] == "" and row.get("mark", "") == (cell or ""), (path, number, row, cell)
        else:
            assert row["value"] and float(row["value"]) == float(cell) and row.get("mark", "") == "", (path, number, row, cell)
    return len(rows)


def told(text, *sentences):
    for sentence in sentences:
        assert sentence in text, (sentence, text)


def write(name, text, encoding="utf-8"):
    path = f"{work}/{name}"
    with open(path, "wb") as file:
        file.write(text.encode(encoding))
    return path


# ---- real files, where they are ----------------------------------------------------------------------------------------

def missing(text):
    return "" if text in MARKS else text


def real_files():
    n = 0
    for name, separator, skipped in (("07459_2010_2014.tsv", "\t", 0), ("07459_2015_2018.tsv", "\t", 0),
                                     ("07459_2021.csv", ";", 2)):
        path = f"{raw}/ssb/{name}"
        frame = pandas.read_csv(path, sep=separator, encoding="latin-1", dtype=str, keep_default_na=False,
                                skiprows=skipped, skip_blank_lines=False)
        expected = []
        for row in frame.itertuples(index=False):
            code, label = row[0].strip().split(" ", 1)
            for header, cell in zip(frame.columns[2:], row[2:]):
                expected.append(((code, label, row[1], header[-4:], "Persons"), cell))
        rows, text = read(path, "--labels")
        n += check(path, rows, expected, ("region", "region_label", "age", "year", "contents"))
        told(text, "ISO-8859-1", "code and name stand in one cell")
    path = f"{raw}/imdi/bosatt_anmodede.csv"
    frame = pandas.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    names = [name for name in frame.columns if name != "Antall"]
    expected = [(tuple(getattr(row, name) for name in names), row.Antall or None) for row in frame.itertuples(index=False)]
    rows, text = read(path)
    n += check(path, rows, expected, names)
    counts = collections.Counter(cell for _, cell in expected if cell in MARKS)
    told(text, *(f'«{mark}» {count}' for mark, count in counts.items()))
    # Totals of the country, from the description of the file (README of the folder), where no municipality is suppressed.
    settled = collections.Counter()
    for row in rows:
        if row["Enhet"] == "Personer" and row["Bosetting"] == "Faktisk bosetting" and row["value"]:
            settled[row["År"]] += float(row["value"])
    assert settled["2012"] == 5757 and settled["2013"] == 6511, settled
    for name in ("sosialhjelp_2013.csv", "videregaende_fullfort.csv"):
        path = f"{raw}/imdi/{name}"
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        names = [column for column in frame.columns if column != "tabellvariabel"]
        texts = frame[frame.enhet == "Kmmunenavn"]  # rows that hold the name of the municipality, spelt like this
        frame = frame[frame.enhet != "Kmmunenavn"]
        expected = [(tuple(missing(getattr(row, column)) for column in names), row.tabellvariabel or None)
                    for row in frame.itertuples(index=False)]
        rows, text = read(path)
        n += check(path, rows, expected, names)
        if len(texts):
            told(text, f"{len(texts)} rows where «enhet» is «Kmmunenavn»")
    for folder, _, files in os.walk(f"{raw}/klass"):
        for name in files:  # lists and links of codes hold no figures: columns of text (test_klass_changes reads them)
            with open(f"{folder}/{name}", encoding="utf-8-sig") as file:
                lines = list(csv.reader(file, delimiter=";"))
            rows, _ = read(f"{folder}/{name}")
            assert len(rows) == len(lines) - 1, (name, len(rows), len(lines))
    return n


# ---- files made after descriptions (not real figures) ------------------------------------------------------------------

PLACES = [("0101", "Halden"), ("0104", "Moss"), ("1103", "Stavanger"), ("1902", "Tromsø")]
FIGURES = [["11", "12", "."], ["21", ":", "23"], ["2016", "2015", "33"], ["41", "42", "43"]]


def wide(join=" ", places=PLACES):
    return [(f"{code}{join}{name}", row) for (code, name), row in zip(places, FIGURES)]


def expect_wide(years=("2014", "2015", "2016"), contents=None, order=PLACES):
    tail = (contents,) if contents else ()
    return [((code, year) + tail, cell) for (code, _), row in zip(order, FIGURES) for year, cell in zip(years, row)]


def ssb():
    """Tab, ; or , - ISO-8859-1, UTF-8, UTF-16LE without a mark beside a sep= line; titles, notes with codes."""
    n = 0
    for separator, encoding, sep_line in itertools.product("\t;,", ("latin-1", "utf-8", "utf-8-sig", "utf-16-le", "utf-16"),
                                                           (False, True)):
        lines = [f"sep={separator}"] if sep_line else []
        lines += ['"12345: Personer, etter region, år"', ""]
        lines += [separator.join(['"region"', '"Personer 2014"', '"Personer 2015"', '"Personer 2016"'])]
        lines += [separator.join([f'"{place}"'] + row) for place, row in wide()]
        lines += ["", "Fotnoter:", '"0104 Moss": "Grenseendring i 2015, se 0136"'.replace(",", ""),
                  "1) Tallene for 2015; 2016 og 2017 er usikre" if separator == ";" else "1) Usikre tall",
                  "Kilde: Statistisk sentralbyrå"] + [f"0101 merknad {i}" for i in range(50)]
        path = write("ssb.csv", "\r\n".join(lines) + "\r\n", encoding)
        rows, text = read(path)
        n += check(path, rows, expect_wide(contents="Personer"), ("region", "year", "contents"))
        told(text, "lines above the header: 1", "lines below the table passed over: 54 (line", "«.» 1", "«:» 1")
    # An unnamed first column, trailing separators, years alone.
    path = write("unnamed.csv", ";2014;2015;2016;;\n" + "".join(";".join([p] + r) + ";;\n" for p, r in wide()))
    rows, _ = read(path)
    n += check(path, rows, expect_wide(), ("region", "year"))
    # One value column with the year in its name stays a year.
    path = write("one.csv", "region;Persons 2021\nK-3001 Halden;5\nK-Rest Divided municipalities and unknown;0\n")
    rows, _ = read(path)
    n += check(path, rows, [(("K-3001", "2021", "Persons"), "5"), (("K-Rest", "2021", "Persons"), "0")],
               ("region", "year", "contents"))
    return n


def header_lines():
    """PxWeb with two to four lines of header, labels once a group, upper cells once for several columns."""
    n = 0
    cells = [["1", "2", "3", "4"], ["5", "6", "7", "8"], ["9", "10", "11", ".."], ["13", "14", "15", "16"]]
    lines = ["12362: Utgifter", "", ";;Beløp (1000 kr);;Beløp per innbygger (kr);", ";;2015;2016;2015;2016"]
    stubs = [("0301 Oslo", "242 Råd"), ("", "281 Ytelse"), ("4601 Bergen", "242 Råd"), ("", "281 Ytelse")]
    lines += [";".join(stub + tuple(row)) for stub, row in zip(stubs, cells)]
    path = write("lines2.csv", "\n".join(lines) + "\n")
    rows, text = read(path)
    full = [("0301", "242"), ("0301", "281"), ("4601", "242"), ("4601", "281")]
    heads = [("Beløp (1000 kr)", "2015"), ("Beløp (1000 kr)", "2016"), ("Beløp per innbygger (kr)", "2015"),
             ("Beløp per innbygger (kr)", "2016")]
    expected = [(stub + head, cell) for stub, row in zip(full, cells) for head, cell in zip(heads, row)]
    n += check(path, rows, expected, ("region", "column_2", "contents", "year"))
    told(text, "2 empty cells of the header took the text to their left", "2 empty cells of the column")
    # Three lines that say their names (IMDi's older export), with codes K3001 and a column of names.
    heads = [(b, e, y) for b in ("Anmodning om bosetting", "Faktisk bosetting") for e in ("Personer", "Prosent")
             for y in ("1995", "1996")]
    lines = ["Region;Navn;" + ";".join(f"Bosetting: {h[0]}" for h in heads), ";;" + ";".join(f"Enhet: {h[1]}" for h in heads),
             ";;" + ";".join(f"År: {h[2]}" for h in heads)]
    places = [("K3001", "Halden"), ("K0104", "Moss (t.o.m. 2019)"), ("F03", "Oslo fylke")]
    body = [["20", ".", "66.7", "", ":", "5", "100.00", "."], [""] * 8, ["1", "2", "3", "4", "5", "6", "7", "8"]]
    lines += [";".join(place + tuple(row)) for place, row in zip(places, body)]
    path = write("imdi_wide.csv", "\n".join(lines) + "\n")
    rows, _ = read(path)
    expected = [(place + head, cell or None) for place, row in zip(places, body) for head, cell in zip(heads, row)]
    n += check(path, rows, expected, ("Region", "Navn", "Bosetting", "Enhet", "År"))
    # Four lines, names of the stubs on the last, a line that numbers the columns.
    lines = [";Menn;;Kvinner;", ";I alt;;I alt;", ";Antall;;Antall;", "Kommune;2015;2016;2015;2016", ";1;2;3;4"]
    lines += [f"{code} {name};{i}1;{i}2;{i}3;{i}4" for i, (code, name) in enumerate(PLACES)]
    path = write("lines4.csv", "\n".join(lines) + "\n")
    rows, text = read(path)
    heads = [("Menn", "I alt", "Antall", "2015"), ("Menn", "I alt", "Antall", "2016"), ("Kvinner", "I alt", "Antall", "2015"),
             ("Kvinner", "I alt", "Antall", "2016")]
    expected = [((code,) + head, f"{i}{k}") for i, (code, _) in enumerate(PLACES) for k, head in enumerate(heads, 1)]
    n += check(path, rows, expected, ("Kommune", "header_1", "header_2", "header_3", "year"))
    told(text, "only numbers the columns")
    # Long, with codes and texts, figures in the middle of nothing.
    lines = ['"region","kjønn","alder","statistikkvariabel","år","07459: Befolkning"']
    expected = []
    for (code, name), sex, age in itertools.product(PLACES, ("1 Menn", "2 Kvinner"), ("000 0 år", "105+ 105 år eller eldre")):
        lines.append(f'"{code} {name}","{sex}","{age}","Personer1 Personer","2016",{len(lines)}')
        expected.append(((code, sex, age, "Personer1 Personer", "2016", "07459: Befolkning"), str(len(lines) - 1)))
    path = write("pxweb_long.csv", "\n".join(lines) + "\n")
    rows, _ = read(path)
    n += check(path, rows, expected, ("region", "kjønn", "alder", "statistikkvariabel", "år", "contents"))
    return n


def nav():
    """Header again for each county, tables side by side, beginning in B2, * for few."""
    n = 0
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = "Mottakere av uføretrygd"
    row = 4
    expected = []
    for county, places in (("Østfold", PLACES[:2]), ("Rogaland", PLACES[2:])):
        sheet.cell(row, 2, county)
        for k, text in enumerate(("Kommune", "Menn", "Kvinner")):
            sheet.cell(row + 1, 2 + k, text)
        row += 2
        for i, (code, name) in enumerate(places):
            sheet.cell(row, 2, f"{code} {name}")
            for k, (sex, cell) in enumerate((("Menn", 10 + row), ("Kvinner", "*" if i else 20 + row))):
                sheet.cell(row, 3 + k, cell)
                expected.append(((code, sex), str(cell)))
            row += 1
        row += 1
    sheet.cell(row, 2, "* færre enn 4 personer")
    path = f"{work}/nav.xlsx"
    book.save(path)
    rows, text = read(path)
    n += check(path, rows, expected, ("Kommune", "contents"))
    told(text, "repeated headers passed over: 1", "«*» 2", "lines below the table passed over: 1")
    for gap in (0, 1):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet["A1"] = "To tabeller"
        expected = []
        for b, places in enumerate((PLACES[:2], PLACES[2:])):
            left = 2 + b * (3 + gap)
            for k, text in enumerate(("Kommune", "2015", "2016")):
                sheet.cell(3, left + k, text)
            for i, (code, name) in enumerate(places[:2 - b]):
                sheet.cell(4 + i, left, f"{code} {name}")
                for k, year in enumerate(("2015", "2016"), 1):
                    sheet.cell(4 + i, left + k, 100 * b + 10 * i + k)
                    expected.append(((code, year), str(100 * b + 10 * i + k)))
        path = f"{work}/side{gap}.xlsx"
        book.save(path)
        rows, text = read(path)
        n += check(path, rows, expected, ("Kommune", "year"))
        told(text, "2 tables with one header stand side by side")
    return n


ODS = ('<?xml version="1.0" encoding="UTF-8"?><office:document-content '
       'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
       '<office:spreadsheet><table:table table:name="%s">%s</table:table></office:spreadsheet></office:body>'
       '</office:document-content>')


def ods(name, sheet, rows):
    path = f"{work}/{name}"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        book.writestr("content.xml", ODS % (sheet, "".join(rows)))
    return path


def text(*lines):
    return ('<table:table-cell office:value-type="string">' + "".join(f"<text:p>{line}</text:p>" for line in lines) +
            "</table:table-cell>")


def number(value, shown=None, kind="float"):
    return (f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{shown or value}</text:p>'
            "</table:table-cell>")


def line(*cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


EMPTY = "<table:table-cell/>"


def gront_hefte():
    """E-k and F-k: "kkkk Navn" in the first cell, criteria as columns with names of several lines, number formats."""
    criteria = (("Innbyggere", "0 år"), ("Uføre", "18-49 år"), ("Opphopnings-", "indeks"))
    rows = [line(text("Tabell E-k. Kriteriedata 2016")), line(EMPTY, repeated=2),
            line(text("Kommune"), *(text(*c) for c in criteria)), line(EMPTY, text("K1"), text("K2"), text("K26")),
            line(text("0101 Halden"), number(1.0405, "1,0405"), number(0.9362, "0,936"), number(1.013, "1,01")),
            line(text("0104 Moss"), number(1234567.25, "1 234 567"), number(12, "12,00", "currency"), text("-")),
            line(text("Heile landet"), number(1), number(1), number(1)), line(EMPTY, number(3), number(4), number(5)),
            line(EMPTY, repeated=1000), line(text("Kilde: Grønt hefte"))]
    path = ods("gront.ods", "E-k", rows)
    out, words = read(path)
    heads = [("Innbyggere 0 år", "K1"), ("Uføre 18-49 år", "K2"), ("Opphopnings- indeks", "K26")]
    cells = [["1.0405", "0.9362", "1.013"], ["1234567.25", "12", "-"], ["1", "1", "1"]]
    expected = [((code,) + head, cell) for code, row in zip(("0101", "0104", "Heile landet"), cells)
                for head, cell in zip(heads, row)]
    n = check(path, out, expected, ("Kommune", "header_1", "header_2"))
    told(words, "rows that are sums by their name are kept: 1 (row 8)", "rows of figures without a name, probably sums, passed over: 1",
         "lines below the table passed over: 1", "«-» 1")
    # Repeated rows that are data, covered cells, per cent.
    covered = "<table:covered-table-cell/>"
    rows = [line(text("Kommune"), text("Kjønn"), text("Andel")),
            line(text("0101 Halden"), text("Menn"), number(0.123, "12,3 %", "percentage")),
            line(covered, text("Kvinner"), number(0.2, "20 %", "percentage")),
            line(text("0104 Moss"), text("Menn"), number(0.5, "50 %", "percentage"), repeated=2)]
    path = ods("repeated.ods", "Ark", rows)
    out, words = read(path)
    n += check(path, out, [(("0101", "Menn", "Andel"), "12.3"), (("0101", "Kvinner", "Andel"), "20"),
                           (("0104", "Menn", "Andel"), "50"), (("0104", "Menn", "Andel"), "50")],
               ("Kommune", "Kjønn", "contents"))
    told(words, "4 figures that the sheet shows in per cent", "1 rows have the names of an earlier row")
    return n


def sheets():
    """Municipalities as columns, numbers as text with a decimal comma, sums without a label, blank and note rows."""
    n = 0
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Andel uføre"])
    sheet.append([])
    sheet.append(["År"] + [f"{code} {name}" for code, name in PLACES])
    sheet.append([2015, "1,5", "2,25", "1 234,5", "-4"])
    sheet.append([])
    sheet.append([2016, 1, 2, ".", "4,0"])
    sheet.append([None, "2,5", "4,25", "1 234,5", "0"])
    path = f"{work}/across.xlsx"
    book.save(path)
    rows, words = read(path, "--labels")
    cells = [["1.5", "2.25", "1234.5", "-4"], ["1", "2", ".", "4"]]
    n += check(path, rows, [((year, code, name), cell) for year, row in zip(("2015", "2016"), cells)
                            for (code, name), cell in zip(PLACES, row)], ("År", "region", "region_label"))
    told(words, "the municipalities stand as columns", "decimal comma", "probably sums, passed over: 1 (row 7)")
    # A second sheet, by its name; a column of figures without a name.
    other = book.create_sheet("Andre tall")
    other.append(["Kommune", 2015, 2016])
    for i, (code, name) in enumerate(PLACES):
        other.append([f"{code} {name}", i, 10 + i, 10 + 2 * i])
    book.save(path)
    rows, words = read(path, "--sheet", "Andre tall")
    n += check(path, rows, [((code, year), str(cell)) for i, (code, _) in enumerate(PLACES)
                            for year, cell in (("2015", i), ("2016", 10 + i))], ("Kommune", "year"))
    told(words, "columns of figures without a name in the header are passed over: 1 (the first is column 4)")
    return n


def refusals():
    """What may be read in two ways is asked about, and the options decide."""
    n = 0
    lines = ["kommunenr;gruppe;antall"] + [f"{code};{group};{i}{group}" for i, (code, _) in enumerate(PLACES, 1)
                                           for group in (1, 2)]
    path = write("group.csv", "\n".join(lines) + "\n")
    read(path, fails="«gruppe», «antall»")
    rows, _ = read(path, "--value", "antall")
    n += check(path, rows, [((code, str(group)), f"{i}{group}") for i, (code, _) in enumerate(PLACES, 1) for group in (1, 2)],
               ("kommunenr", "gruppe"))
    read(path, "--value", "nei", fails="«kommunenr», «gruppe», «antall»")
    # The same columns as measures, where the others name each row.
    path = write("measures.csv", "kommunenr;menn;kvinner\n0101;1;2\n0104;3;4\n")
    rows, _ = read(path)
    n += check(path, rows, [(("0101", "menn"), "1"), (("0101", "kvinner"), "2"), (("0104", "menn"), "3"),
                            (("0104", "kvinner"), "4")], ("kommunenr", "contents"))
    path = write("either.csv", "region;2015\n0101;8.173\n0104;1.234\n")
    read(path, fails="--decimal")
    rows, _ = read(path, "--decimal", "comma")
    n += check(path, rows, [(("0101", "2015"), "8173"), (("0104", "2015"), "1234")], ("region", "year"))
    rows, _ = read(path, "--decimal", "point")
    n += check(path, rows, [(("0101", "2015"), "8.173"), (("0104", "2015"), "1.234")], ("region", "year"))
    read(write("both.csv", "region;2015\n0101;8.1\n0104;1,2\n"), fails="decimal comma")
    read(write("text.csv", "region;2015\n0101 Halden;8\n0104 Moss;ca. 9\n0105 Sarpsborg;1\n"), fails="ca. 9")
    read(write("none.csv", "0101 Halden;8;9\n0104 Moss;9;4\n"), fails="--header")
    read(write("page.csv", "<!DOCTYPE html><html><body>404</body></html>"), fails="web page")
    read(write("page.xlsx", "<!DOCTYPE html><html><body>404</body></html>"), fails="web page")
    read(write("paper.csv", "%PDF-1.7 ..."), fails="PDF")
    read(write("empty.csv", ""), fails="empty.csv")
    read(write("quote.csv", 'region;2015\n"0101;8\n0104;9\n0105;7\n'), fails="quote")
    # Lines of the header as the user says them.
    path = write("said.csv", "Tabell;1;2\nregion;2015;2016\n0101 Halden;1;2\n")
    rows, _ = read(path, "--header", "2")
    n += check(path, rows, [(("0101", "2015"), "1"), (("0101", "2016"), "2")], ("region", "year"))
    read(path, "--header", "9", fails="lines 9 to 9")
    return n


def odd_rows():
    """Groups that end the file, a country below an empty code, an upper header line that looks like a title, twins."""
    n = 0
    lines = ["Region;Kjønn;2015;2016"] + [f"{f'{c} {m}' if s == 'Menn' else ''};{s};{i};{i + 1}" for i, (c, m) in enumerate(PLACES)
                                          for s in ("Menn", "Kvinner")] + ["", "Kilde: SSB;2015"]
    rows, words = read(write("groups.csv", "\n".join(lines) + "\n"))
    n += check("groups", rows, [((c, s, y), str(i + k)) for i, (c, _) in enumerate(PLACES) for s in ("Menn", "Kvinner")
                                for k, y in enumerate(("2015", "2016"))], ("Region", "Kjønn", "year"))
    told(words, "4 empty cells of the column «Region»", "lines below the table passed over: 1 (line 11)")
    lines = ["Kode;Navn;2015"] + [f"{c};{m};{i}" for i, (c, m) in enumerate(PLACES)] + [";Hele landet;6"]
    rows, words = read(write("country.csv", "\n".join(lines) + "\n"))
    n += check("country", rows, [((c, m, "2015"), str(i)) for i, (c, m) in enumerate(PLACES)] +
               [(("", "Hele landet", "2015"), "6")], ("Kode", "Navn", "year"))
    told(words, "go on with no group above: 1 (line 6)")
    lines = ["Kommune;Menn;;;Kvinner;;", ";2014;2015;2016;2014;2015;2016", "0101 Halden;1;2;3;4;5;6", "0104 Moss;1;2;3;4;5;6"]
    rows, words = read(write("upper.csv", "\n".join(lines) + "\n"))
    n += check("upper", rows, [((c, s, y), str(3 * k + j)) for c in ("0101", "0104") for k, s in enumerate(("Menn", "Kvinner"))
                               for j, y in enumerate(("2014", "2015", "2016"), 1)], ("Kommune", "contents", "year"))
    read(write("twins.csv", "Kommune;2015;2016;2015\n0101 Halden;1;2;3\n"), fails="columns 2 and 4 have the same header")
    # Codes as numbers in an unnamed first column of a workbook, names behind them.
    book = openpyxl.Workbook()
    book.active.append([None, None, "2015", "2016"])
    for i, (code, name) in enumerate(PLACES):
        book.active.append([int(code), name, i, i + 10])
    book.save(f"{work}/numbers.xlsx")
    rows, _ = read(f"{work}/numbers.xlsx")
    n += check("numbers", rows, [((str(int(c)), m, y), str(i + k)) for i, (c, m) in enumerate(PLACES)
                                 for y, k in (("2015", 0), ("2016", 10))], ("region", "column_2", "year"))
    # A text where a figure should stand is refused in the last row as well.
    read(write("last.csv", "region;2015;2016\n0101 Halden;8;9\n0104 Moss;x;1\n"), fails="line 3, column 2015")
    return n


def main():
    n = sum(part() for part in (ssb, header_lines, nav, gront_hefte, sheets, refusals, odd_rows))
    print(f"{n} cells of files made here agree")
    if os.path.isdir(f"{raw}/ssb"):
        print(f"{real_files()} cells of real files agree with pandas")
    else:
        print(f"real files skipped: {raw} is not there (BEHOV_SHARED)")


main()
