#!/usr/bin/env python3
"""word.py rules|opens|pages FILE.docx... - what a Word document of the program has to be.

rules  by ECMA-376 (part 1, 17): every part is XML and is named; children stand in the order of the schema, without which
       Word refuses the file; styles, relations and numbers that are referred to are there; tables have a row of headings
       that comes again, rows that are not parted, a title for who does not see them, and are no wider than their page;
       pictures have alternative text; the language and the date are those of the call.
opens  as python-docx sees it: styles by name, headings, tables, properties.
pages  the PDF beside it that LibreOffice made: every word of the tables is on a page, and none outside its margins."""
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as tree
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# The children of an element in the order that the schema gives (wml.xsd, dml-wordprocessingDrawing.xsd).
RUN_PROPERTIES = """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
    vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
    eastAsianLayout specVanish oMath"""
BORDERS = "top left start bottom right end insideH insideV tl2br tr2bl"
ORDER = {
    "document": "background body",
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": RUN_PROPERTIES,
    "pBdr": "top left bottom right between bar",
    "tbl": "tblPr tblGrid tr",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange""",
    "tblBorders": BORDERS,
    "tblCellMar": "top left start bottom right end",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
        headers""",
    "tcBorders": BORDERS,
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "settings": """writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
        displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts
        embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader
        bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState
        formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge
        revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride
        styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone
        doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders
        bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
        drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
        doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
        noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter
        noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent
        alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt
        showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids
        mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats
        doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults
        doNotEmbedSmartTags decimalSymbol listSeparator""",
    "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    "pic": "nvPicPr blipFill spPr style",
    "nvPicPr": "cNvPr cNvPicPr",
    "blipFill": "blip srcRect tile stretch",
    "spPr": "xfrm custGeom prstGeom noFill solidFill ln",
    "xfrm": "off ext",
}
ORDER = {name: children.split() for name, children in ORDER.items()}
# Elements that may come more than once in their parent.
REPEATED = {"tr", "tc", "p", "style", "tblStylePr", "headerReference", "footerReference"}
FIRST_IN = {"p": "pPr", "r": "rPr"}  # what has to be first where it is there

faults = 0


def fault(*words):
    global faults
    faults += 1
    if faults <= 40:
        print(*words)


def bare(tag):
    return tag.rsplit("}", 1)[-1]


def check_order(where, root):
    """How many elements were looked at."""
    n = 0
    for element in root.iter():
        name = bare(element.tag)
        children = [bare(child.tag) for child in element]
        if name in FIRST_IN and FIRST_IN[name] in children[1:]:
            fault(f"{where}: {FIRST_IN[name]} is not the first in {name}")
        if name not in ORDER:
            continue
        n += 1
        unknown = [child for child in children if child not in ORDER[name]]
        if unknown:
            fault(f"{where}: {name} may not have {unknown}")
            continue
        places = [ORDER[name].index(child) for child in children]
        if places != sorted(places):
            fault(f"{where}: {name} has its children in the order {children}")
        for child in set(children) - REPEATED:
            if children.count(child) > 1:
                fault(f"{where}: {name} has {child} twice")
    return n


def text_of(element):
    return "".join(part.text or "" for part in element.iter(W + "t"))


def style_of(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val")


def room_of(section):
    size, margin = section.find(W + "pgSz"), section.find(W + "pgMar")
    width, height = int(size.get(W + "w")), int(size.get(W + "h"))
    if (width > height) != (size.get(W + "orient") == "landscape") or sorted((width, height)) != [11906, 16838]:
        fault("a page that is no A4:", width, height, size.get(W + "orient"))
    return width - int(margin.get(W + "left")) - int(margin.get(W + "right"))


def check_table(where, table, room):
    properties = table.find(W + "tblPr")
    rows = table.findall(W + "tr")
    if not properties.find(W + "tblCaption").get(W + "val"):
        fault(f"{where}: a table without a title")
    if properties.find(W + "tblLook").get(W + "firstRow") != "1":
        fault(f"{where}: the first row is not that of headings")
    for i, row in enumerate(rows):
        if (row.find(f"{W}trPr/{W}tblHeader") is not None) != (i == 0):
            fault(f"{where}: row {i + 1}: a row of headings comes first, and alone")
        if row.find(f"{W}trPr/{W}cantSplit") is None:
            fault(f"{where}: row {i + 1} may be parted")
        for cell in row.findall(W + "tc"):
            if bare(cell[-1].tag) != "p":
                fault(f"{where}: a cell that does not end with a paragraph")
    grid = [int(column.get(W + "w")) for column in table.find(W + "tblGrid")]
    cells = [len(row.findall(W + "tc")) for row in rows]
    if set(cells) != {len(grid)} or len(grid) > 63:
        fault(f"{where}: {len(grid)} columns, rows of {set(cells)} cells")
    if sum(grid) > room or sum(grid) != int(properties.find(W + "tblW").get(W + "w")):
        fault(f"{where}: a table {sum(grid)} wide on a page of {room}")


def check_text(where, parts):
    body = parts["word/document.xml"].find(W + "body")
    relations = {part.get("Id"): part for part in parts["word/_rels/document.xml.rels"]}
    styles = {style.get(W + "styleId"): style for style in parts["word/styles.xml"].findall(W + "style")}
    for style in [*body.iter(W + "pStyle"), *body.iter(W + "rStyle"), *body.iter(W + "tblStyle")]:
        if style.get(W + "val") not in styles:
            fault(f"{where}: the style {style.get(W + 'val')} is not there")
    for element in body.iter():
        for name in (R + "id", R + "embed"):
            if element.get(name) and element.get(name) not in relations:
                fault(f"{where}: the relation {element.get(name)} is not there")
    if bare(body[-1].tag) != "sectPr" or bare(body[-2].tag) != "p":
        fault(f"{where}: the text does not end with a paragraph and its pages")
    waiting, n_tables = [], 0
    for element in body:
        if element.tag == W + "tbl":
            waiting.append(element)
        section = element if element.tag == W + "sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            for table in waiting:
                n_tables += 1
                check_table(f"{where}, table {n_tables}", table, room_of(section))
            waiting = []
    for earlier, later in zip(body, body[1:]):
        if earlier.tag == later.tag == W + "tbl":
            fault(f"{where}: two tables without a paragraph between them")
    counted = {}
    for paragraph in body.iter(W + "p"):
        codes = [code.text for code in paragraph.iter(W + "instrText")]
        if style_of(paragraph) == "Caption" and codes:
            label = codes[0].split()[1]
            counted[label] = counted.get(label, 0) + 1
            if not text_of(paragraph).startswith(f"{label} {counted[label]}. "):
                fault(f"{where}: {text_of(paragraph)!r} is number {counted[label]}")
        marks = [mark.get(W + "fldCharType") for mark in paragraph.iter(W + "fldChar")]
        if marks != ["begin", "separate", "end"] * (len(marks) // 3):
            fault(f"{where}: a field of {marks}")
    return n_tables


def check_pictures(where, parts, archive):
    drawings = list(parts["word/document.xml"].iter(W + "drawing"))
    numbers = []
    for drawing in drawings:
        described = drawing.find(f".//{WP}docPr")
        numbers.append(described.get("id"))
        if len(described.get("descr", "")) < 20 or described.get("descr") != drawing.find(f".//{PIC}cNvPr").get("descr"):
            fault(f"{where}: a picture without alternative text")
        relation = drawing.find(f".//{A}blip").get(R + "embed")
        leads_to = [part.get("Target") for part in parts["word/_rels/document.xml.rels"] if part.get("Id") == relation]
        bytes_of_picture = archive.read("word/" + leads_to[0])
        extent = drawing.find(f".//{WP}extent")
        width, height = (int.from_bytes(bytes_of_picture[at:at + 4], "big") for at in (16, 20))
        shape = int(extent.get("cx")) / int(extent.get("cy"))
        if bytes_of_picture[:8] != b"\x89PNG\r\n\x1a\n" or abs(shape / (width / height) - 1) > 0.01:
            fault(f"{where}: a picture of {width} x {height} dots, shown in the shape {shape:.3f}")
    if len(set(numbers)) != len(numbers):
        fault(f"{where}: pictures with the same number")
    return len(drawings)


def check_names(where, parts, archive):
    names = archive.namelist()
    if names[0] != "[Content_Types].xml" or len(set(names)) != len(names):
        fault(f"{where}: the parts are {names}")
    types = parts["[Content_Types].xml"]
    told = {override.get("PartName") for override in types.findall(TYPE + "Override")}
    endings = {default.get("Extension") for default in types.findall(TYPE + "Default")}
    for name in told:
        if name[1:] not in names:
            fault(f"{where}: {name} is told of, and not there")
    for name in names[1:]:
        if "/" + name not in told and name.rsplit(".", 1)[-1] not in endings - {"xml"}:
            fault(f"{where}: no type is told of {name}")
    for name in names:
        if name.endswith(".rels"):
            folder = os.path.dirname(os.path.dirname(name))
            for relation in parts[name]:
                if os.path.normpath(os.path.join(folder, relation.get("Target"))) not in names:
                    fault(f"{where}: {name} leads to {relation.get('Target')}, which is not there")
    for info in archive.infolist():
        if info.date_time != (2026, 11, 25, 0, 0, 0):
            fault(f"{where}: {info.filename} is of {info.date_time}")


def check_rules(path):
    where, lang = os.path.basename(path), "en-GB" if path.endswith("_en.docx") else "nb-NO"
    with zipfile.ZipFile(path) as archive:
        if archive.testzip():
            fault(f"{where}: {archive.testzip()} is damaged")
        parts = {name: tree.fromstring(archive.read(name)) for name in archive.namelist() if not name.endswith(".png")}
        check_names(where, parts, archive)
        n_elements = sum(check_order(f"{where}, {name}", root) for name, root in parts.items())
        n_tables, n_pictures = check_text(where, parts), check_pictures(where, parts, archive)
    core = {bare(part.tag): part.text for part in parts["docProps/core.xml"]}
    if core["created"] != "2026-11-25T00:00:00Z" or not core["title"] or core["language"] != lang:
        fault(f"{where}: says of itself {core}")
    if parts["word/styles.xml"].find(f".//{W}lang").get(W + "val") != lang or \
            parts["word/settings.xml"].find(W + "themeFontLang").get(W + "val") != lang:
        fault(f"{where}: is not in {lang}")
    whole = "".join(tree.tostring(root, encoding="unicode") for root in parts.values())
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", whole):
        fault(f"{where}: a character that nobody sees")
    return n_elements, n_tables, n_pictures


def check_open(path):
    import docx
    where, document = os.path.basename(path), docx.Document(path)
    word = "table" if path.endswith("_en.docx") else "tabell"
    names = {style.name for style in document.styles}
    if not {"Normal", "Title", "Heading 1", "Caption", "Behov " + word} <= names:
        fault(f"{where}: the styles are {sorted(names)}")
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    captions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    if not headings or len(captions) < len(document.tables):
        fault(f"{where}: headings {headings}, captions {captions}")
    for table in document.tables:
        if table.style.name != "Behov " + word or len({len(row._tr.tc_lst) for row in table.rows}) != 1:
            fault(f"{where}: a table of {len(table.columns)} columns in the style {table.style.name}")
    if document.core_properties.title != document.paragraphs[0].text or document.core_properties.created.year != 2026:
        fault(f"{where}: says of itself {document.core_properties.title!r}")
    return 1, len(document.tables), len(document.inline_shapes)


def check_pages(path):
    where = os.path.basename(path)
    pdf = path[:-len("docx")] + "pdf"
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, encoding="utf-8", errors="replace",
                           check=True).stdout
    n_pages, words = 0, []
    for page in re.findall(r'(?s)<page width="([0-9.]+)" height="([0-9.]+)">(.*?)</page>', boxes):
        width, height = float(page[0]), float(page[1])
        n_pages += 1
        found = re.findall(r'<word xMin="(-?[0-9.]+)" yMin="(-?[0-9.]+)" xMax="(-?[0-9.]+)" yMax="(-?[0-9.]+)">(.*?)</word>', page[2])
        if len(found) < 8:
            fault(f"{where}: page {n_pages} is empty")
        for left, top, right, bottom, word in found:
            words.append(word)
            if float(left) < 50 or float(right) > width - 50 or float(top) < 25 or float(bottom) > height - 20:
                fault(f"{where}, page {n_pages}: {word} stands in the margin")
    shown = re.sub(r"\s", "", subprocess.run(["pdftotext", pdf, "-"], capture_output=True, encoding="utf-8",
                                             errors="replace", check=True).stdout)
    shown = shown.replace("\u00ad", "")
    with zipfile.ZipFile(path) as archive:
        body = tree.fromstring(archive.read("word/document.xml"))
    n_cells = 0
    for cell in body.iter(W + "tc"):
        for word in text_of(cell).split():
            n_cells += 1
            if re.fullmatch(r"[\x20-\x7e\u00a0-\u017f\u2212\u2013]+", word) and re.sub(r"\s", "", word) not in shown and \
                    len(word) < 20:
                fault(f"{where}: {word!r} of a table is on no page")
    return n_pages, n_cells, 0


def main(kind, paths):
    check = {"rules": check_rules, "opens": check_open, "pages": check_pages}[kind]
    told = {"rules": "elements, tables, pictures", "opens": "documents, tables, pictures", "pages": "pages, words in cells, -"}
    totals = [sum(found) for found in zip(*[check(path) for path in paths])]
    print(f"{kind}: {len(paths)} documents, {totals} {told[kind]}, {faults} faults")
    return 1 if faults or not totals or not totals[0] else 0


sys.exit(main(sys.argv[1], sys.argv[2:]))
