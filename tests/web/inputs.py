"""inputs.py PANEL.csv - files that page.js drops: the panel as two kinds of workbook, one with a share of 861 per cent, one with names that are
marks of HTML and formulas, and a container that says of itself that it is a workbook with a password."""
import csv
import sys
import zipfile
from xml.sax.saxutils import escape

with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file))
head = rows[0]


def cell(text):
    try:
        if text and not (text.startswith("0") and text.isdigit()):
            return "<c><v>%r</v></c>" % float(text)
    except ValueError:
        pass
    return '<c t="inlineStr"><is><t>%s</t></is></c>' % escape(text)


sheet = "".join("<row>%s</row>" % "".join(map(cell, row)) for row in rows)
with zipfile.ZipFile("panel.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
    book.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                  '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
                  '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
    book.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                  '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    book.writestr("xl/workbook.xml", '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
                  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Panel" sheetId="1" r:id="r1"/></sheets></workbook>')
    book.writestr("xl/_rels/workbook.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                  '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
    book.writestr("xl/worksheets/sheet1.xml", '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>' % sheet)


def ods_cell(text):
    kind = cell(text)
    if "<v>" in kind:
        return '<table:table-cell office:value-type="float" office:value="%s"/>' % kind[6:-8]
    return '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>' % escape(text)


sheet = "".join("<table:table-row>%s</table:table-row>" % "".join(map(ods_cell, row)) for row in rows)
names = "".join(' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name) for name in ("office", "table", "text"))
with zipfile.ZipFile("panel.ods", "w", zipfile.ZIP_DEFLATED) as book:
    book.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
    book.writestr("content.xml", '<?xml version="1.0"?><office:document-content%s office:version="1.2"><office:body><office:spreadsheet>'
                  '<table:table table:name="Panel">%s</table:table></office:spreadsheet></office:body></office:document-content>' % (names, sheet))
    book.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                  '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
                  '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')


def write(name, table):
    with open(name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)


faulty = [list(row) for row in rows]
faulty[7][head.index("upper_secondary_completion")] = "861"
write("faults.csv", faulty)
hostile = [list(row) for row in rows[:41]]
names = ("<script>window.hit=1</script>", "=cmd|' /C calc'!A1", "\u202eneglaH", "<img src=x onerror=window.hit=1>", "x" * 5000)
for number, row in enumerate(hostile[1:]):  # five years of each
    name = names[number // 5 % len(names)]
    row[head.index("municipality")] = name
write("hostile.csv", hostile)
with open("protected.xlsx", "wb") as file:  # the signature of an OLE container and the stream that Excel puts the encrypted book in
    file.write(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4000))
