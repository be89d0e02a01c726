#!/usr/bin/env python3
"""Whether a workbook keeps the rules that Excel holds a file to before it opens it without a word of repair.

    check_xlsx.py FILE.xlsx...        says what is wrong, one line each; exit code 1 when something is
    check_xlsx.py --self-test FILE    breaks each rule once in a copy of FILE, which must be noticed

ECMA-376 part 1 (parts 18.2 workbook, 18.3 worksheets, 18.5 tables, 18.8 styles, 21.2 charts) and Excel's
specifications and limits. Lengths of text are in units of UTF-16. Only the standard library."""
import collections
import io
import math
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
ROWS, COLUMNS = 1048576, 16384
# 18.3.1.99, CT_Worksheet: a sequence
ORDER = ("sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
         "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
         "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks "
         "customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture "
         "oleObjects controls webPublishItems tableParts extLst").split()
CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
# 'It''s'!$A$1:$B$2 or Data!A1, outside of text
REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!(\$?[A-Z]{1,3}\$?\d+|\$?\d+|\$?[A-Z]{1,3})"
                       r"(?::(\$?[A-Z]{1,3}\$?\d+|\$?\d+|\$?[A-Z]{1,3}))?")


# The simple types of the chart schema (ECMA-376 part 1, dml-chart.xsd and dml-main.xsd) by the element whose val they are.
WORDS = {CHART + name: set(words.split()) for name, words in {
    "symbol": "auto circle dash diamond dot none picture plus square star triangle x",
    "scatterStyle": "none line lineMarker marker smooth smoothMarker",
    "barDir": "bar col",
    "legendPos": "b tr l r t",
    "axPos": "b l r t",
    "orientation": "maxMin minMax",
    "tickLblPos": "high low nextTo none",
    "majorTickMark": "cross in none out",
    "minorTickMark": "cross in none out",
    "crosses": "autoZero max min",
    "crossBetween": "between midCat",
    "lblAlgn": "ctr l r",
    "dispBlanksAs": "span gap zero",
    "layoutTarget": "inner outer",
    "xMode": "edge factor",
    "yMode": "edge factor",
    "dLblPos": "bestFit b ctr inBase inEnd l outEnd r t",
    "errBarType": "both minus plus",
    "errDir": "x y",
    "errValType": "cust fixedVal percentage stdDev stdErr",
    "trendlineType": "exp linear log movingAvg poly power",
    "shape": "cone coneToMax box cylinder pyramid pyramidToMax",
    "baseTimeUnit": "days months years",
}.items()} | {TEXT + "prstDash": set("solid dot dash lgDash dashDot lgDashDot lgDashDotDot sysDash sysDot sysDashDot "
                                     "sysDashDotDot".split())}
# grouping differs between bars and the others
GROUPING = {"barChart": {"percentStacked", "clustered", "standard", "stacked"}}
NUMBERS = {CHART + "size": (2, 72), CHART + "gapWidth": (0, 500), CHART + "overlap": (-100, 100),
           CHART + "rotX": (-90, 90), CHART + "rotY": (0, 360), CHART + "style": (1, 48)}
TRUTHS = {CHART + name for name in "varyColors delete autoTitleDeleted overlay plotVisOnly smooth showLegendKey showVal "
          "showCatName showSerName showPercent showBubbleSize noMultiLvlLbl auto roundedCorners date1904 invertIfNegative "
          "marker".split()}


def chart_words(root):
    """What an element of a chart says that the schema has no word for: (element, its word), one by one."""
    for one in root.iter():
        word = one.get("val")
        name = one.tag.rpartition("}")[2]
        if one.tag in WORDS and word not in WORDS[one.tag]:
            yield name, word
        elif one.tag in NUMBERS and not (word and re.fullmatch("-?[0-9]+", word) and
                                         NUMBERS[one.tag][0] <= int(word) <= NUMBERS[one.tag][1]):
            yield name, word
        elif one.tag in TRUTHS and word is not None and word not in ("0", "1", "true", "false"):
            yield name, word
        elif name.endswith("Chart") and one.tag.startswith(CHART):
            grouping = one.find(CHART + "grouping")
            if grouping is not None and grouping.get("val") not in GROUPING.get(
                    name, {"percentStacked", "standard", "stacked"}):
                yield "grouping", grouping.get("val")


def units(text):
    return len(text.encode("utf-16-le")) // 2


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def place(cell):
    """Row and column from 1; None for what is no cell of a sheet."""
    found = CELL.match(cell)
    if not found:
        return None
    column = 0
    for letter in found.group(1):
        column = 26 * column + ord(letter) - 64
    row = int(found.group(2))
    return (row, column) if 1 <= row <= ROWS and column <= COLUMNS else None


def block(text):
    first, _, last = text.partition(":")
    first, last = place(first), place(last or first)
    return (*first, *last) if first and last and first[0] <= last[0] and first[1] <= last[1] else None


class Book:
    def __init__(self, path):
        self.wrong = []
        self.zip = zipfile.ZipFile(path)
        self.parts = {}
        self.sheets = {}  # name in small letters -> name

    def tell(self, where, what):
        self.wrong.append(f"{where}: {what}")

    def text(self, where, what, text, longest):
        if units(text) > longest:
            self.tell(where, f"{what} has {units(text)} units of text, {longest} are allowed: {text[:40]}...")

    def targets(self, part):
        """Relations of a part: id -> part."""
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        found = {}
        for relation in self.parts.get(rels, ()):
            target = relation.get("Target")
            at = [] if target.startswith("/") else folder.split("/") if folder else []
            for step in target.lstrip("/").split("/"):
                at = at[:-1] if step == ".." else at + [step]
            found[relation.get("Id")] = "/".join(at)
            if relation.get("TargetMode") != "External" and "/".join(at) not in self.zip.namelist():
                self.tell(rels, f"{'/'.join(at)} is not there")
        return found

    # ---- the package

    def read(self):
        names = self.zip.namelist()
        for name, n in collections.Counter(name.lower() for name in names).items():
            if n > 1:
                self.tell(name, "stands in the archive twice")
        if self.zip.testzip():
            self.tell(self.zip.testzip(), "is damaged")
        for name in names:
            try:
                self.parts[name] = tree.fromstring(self.zip.read(name))
            except tree.ParseError as error:
                self.tell(name, f"is no XML: {error}")
        types = self.parts["[Content_Types].xml"]
        overrides = {one.get("PartName").lstrip("/") for one in types.iter(TYPES + "Override")}
        endings = {one.get("Extension") for one in types.iter(TYPES + "Default")}
        for name in names:
            ending = name.rpartition(".")[2]
            if name != "[Content_Types].xml" and name not in overrides and (ending == "xml" or ending not in endings):
                self.tell(name, "has no content type")
        for name in overrides - set(names):
            self.tell("[Content_Types].xml", f"{name} is not there")
        for name in names:
            if not name.endswith(".rels"):
                self.targets(name)

    # ---- references

    def formula(self, where, text, longest=8192):
        self.text(where, "a formula", text, longest)
        for literal in re.findall(r'"((?:[^"]|"")*)"', re.sub(r"'(?:[^']|'')*'!", "", text)):
            self.text(where, "a text in a formula", literal.replace('""', '"'), 255)
        bare = re.sub(r"""('(?:[^']|'')*'!)|"(?:[^"]|"")*\"""", lambda found: found.group(1) or '""', text)
        if re.sub(r"'(?:[^']|'')*'!", "", bare).count("'"):
            self.tell(where, f"an apostrophe too many in {text[:80]}")
        depth = most = 0
        for letter in re.sub(r"'(?:[^']|'')*'!", "", bare):
            depth += (letter == "(") - (letter == ")")
            most = max(most, depth)
            if depth < 0:
                break
        if depth or most > 64:
            self.tell(where, f"brackets that do not match, or over 64 deep, in {text[:80]}")
        for quoted, plain, first, last in REFERENCE.findall(bare):
            name = quoted.replace("''", "'") if quoted else plain
            if name.lower() not in self.sheets:
                self.tell(where, f"the sheet '{name}' is not there, in {text[:80]}")
            if re.search(r"[A-Z]\$?\d", first) and not block(f"{first}:{last}" if last else first):
                self.tell(where, f"{first}:{last} is no block of cells")

    # ---- workbook and styles

    def check_workbook(self):
        root, names = self.parts["xl/workbook.xml"], []
        found = [(one.get("name"), one.get(LINK + "id")) for one in root.find(MAIN + "sheets")]
        for name, _ in found:
            where = f"sheet {name}"
            self.text(where, "the name of a sheet", name, 31)
            if not name or re.search(r"[][:*?/\\\x00-\x1f]", name) or name[0] == "'" or name[-1] == "'":
                self.tell(where, "Excel does not take this name")
            if name.lower() == "history":
                self.tell(where, "this name is Excel's own")
            if name.lower() in self.sheets:
                self.tell(where, "two sheets have this name")
            self.sheets[name.lower()] = name
        ids = [one.get("sheetId") for one in root.find(MAIN + "sheets")]
        if len(set(ids)) < len(ids):
            self.tell("workbook", "two sheets have one id")
        for one in root.iter(MAIN + "definedName"):
            name, sheet = one.get("name"), one.get("localSheetId")
            if (name.lower(), sheet) in names:
                self.tell("workbook", f"the name {name} is defined twice")
            names.append((name.lower(), sheet))
            if sheet is not None and int(sheet) >= len(found):
                self.tell("workbook", f"the name {name} belongs to no sheet")
            self.formula(f"name {name}", one.text)
        self.names = {name for name, _ in names}
        for view in root.iter(MAIN + "workbookView"):
            if int(view.get("activeTab", 0)) >= len(found):
                self.tell("workbook", "the sheet to show first is not there")
        return found

    def check_styles(self):
        root = self.parts["xl/styles.xml"]
        ids = [one.get("numFmtId") for one in root.iter(MAIN + "numFmt")]
        if len(set(ids)) < len(ids) or len(ids) > 250:
            self.tell("styles", f"{len(ids)} number formats: one twice, or over 250")
        for one in root.iter(MAIN + "numFmt"):
            code = one.get("formatCode")
            self.text("styles", "a number format", code, 255)
            if len([part for part in re.sub(r'"[^"]*"|\\.|_.', "", code).split(";")]) > 4 or code.count('"') % 2:
                self.tell("styles", f"the number format {code} has more than four parts, or an open quote")
        formats = root.find(MAIN + "cellXfs")
        if len(formats) > 64000:
            self.tell("styles", f"{len(formats)} formats of cells")
        counts = {kind: len(root.find(MAIN + kind)) for kind in ("fonts", "fills", "borders", "cellXfs")}
        for kind, attribute in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")):
            for one in formats:
                if int(one.get(attribute, 0)) >= counts[kind]:
                    self.tell("styles", f"a format names one of {kind} that is not there")
        self.n_formats, self.n_colours = counts["cellXfs"], len(root.find(MAIN + "dxfs") or ())
        strings = self.parts.get("xl/sharedStrings.xml", ())
        self.strings = ["".join(part.text or "" for part in one.iter(MAIN + "t")) for one in strings]
        for text in self.strings:
            self.text("shared texts", "a cell", unescape(text), 32767)

    # ---- sheets

    def check_cells(self, where, root):
        self.cells, last_row = {}, 0
        for row in root.iter(MAIN + "row"):
            number, last_column = int(row.get("r")), 0
            if not last_row < number <= ROWS:
                self.tell(where, f"row {number} after row {last_row}")
            last_row = number
            if not 0 <= float(row.get("ht", 0)) <= 409.5:
                self.tell(where, f"row {number} is {row.get('ht')} points high")
            for cell in row:
                at, name = place(cell.get("r")), f"{where} {cell.get('r')}"
                if not at or at[0] != number or at[1] <= last_column:
                    self.tell(name, "stands in the wrong place")
                    continue
                last_column = at[1]
                if int(cell.get("s", 0)) >= self.n_formats:
                    self.tell(name, "has a format that is not there")
                self.cells[at] = self.value_of(name, cell)

    def value_of(self, name, cell):
        kind, value = cell.get("t", "n"), cell.find(MAIN + "v")
        formula = cell.find(MAIN + "f")
        if formula is not None:
            self.formula(name, formula.text or "")
            if kind == "s":
                self.tell(name, "a formula with a shared text")
        if kind == "inlineStr":
            text = unescape("".join(part.text or "" for part in cell.iter(MAIN + "t")))
            self.text(name, "a cell", text, 32767)
            return text
        if value is None:
            return None
        shown = value.text or ""
        if kind == "s":
            if not shown.isdigit() or int(shown) >= len(self.strings):
                self.tell(name, "a text that is not there")
                return None
            return unescape(self.strings[int(shown)])
        if kind == "str":
            self.text(name, "a cell", unescape(shown), 32767)
            return unescape(shown)
        if kind == "n":
            try:
                if not math.isfinite(float(shown)) or not re.fullmatch(r"-?[0-9.]+([eE][-+]?[0-9]+)?", shown):
                    raise ValueError
            except ValueError:
                self.tell(name, f"{shown!r} is no number")
        return shown

    def check_blocks(self, where, element, attribute):
        for one in element.get(attribute, "").split():
            if not block(one):
                self.tell(where, f"{attribute}: {one} is no block of cells")

    def check_rules(self, where, root):
        rules = root.find(MAIN + "dataValidations")
        if rules is not None and int(rules.get("count", len(rules))) != len(rules):
            self.tell(where, "the count of rules is wrong")
        for rule in rules if rules is not None else ():
            self.check_blocks(where, rule, "sqref")
            for attribute, longest in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 255)):
                self.text(where, f"{attribute} of a rule", unescape(rule.get(attribute, "")), longest)
            limits = [rule.find(MAIN + f"formula{i}") for i in (1, 2)]
            for limit in limits:
                if limit is not None:
                    self.formula(f"{where}, rule", limit.text or "", 255)
            if rule.get("type", "none") not in ("none",) and (limits[0] is None or not limits[0].text):
                self.tell(where, "a rule without a limit")
            if rule.get("operator", "between") in ("between", "notBetween") and rule.get("type", "none") in \
                    ("whole", "decimal", "textLength") and limits[1] is None:
                self.tell(where, "a rule from a limit to none")

    def check_sheet(self, name, part):
        root, where = self.parts[part], f"sheet {name}"
        order = [ORDER.index(element.tag.replace(MAIN, "")) for element in root]
        if order != sorted(order):
            self.tell(where, "its parts stand in the wrong order")
        self.check_cells(where, root)
        last = 0
        for column in root.iter(MAIN + "col"):
            first, end = int(column.get("min")), int(column.get("max"))
            if not last < first <= end <= COLUMNS or not 0 <= float(column.get("width", 0)) <= 255:
                self.tell(where, f"columns {first} to {end}: overlapping, or wider than 255")
            last = end
        self.check_rules(where, root)
        for tag, attribute in (("conditionalFormatting", "sqref"), ("ignoredError", "sqref"), ("mergeCell", "ref"),
                               ("dimension", "ref"), ("selection", "sqref")):
            for element in root.iter(MAIN + tag):
                self.check_blocks(where, element, attribute)
        for rule in root.iter(MAIN + "cfRule"):
            if rule.get("dxfId") and int(rule.get("dxfId")) >= self.n_colours:
                self.tell(where, "a coloured rule without its format")
        for footer in root.iter(MAIN + "oddFooter"):
            self.text(where, "the footer", footer.text or "", 255)
        parts = self.targets(part)
        for element in root.iter():
            link = element.get(LINK + "id")
            if link and link not in parts:
                self.tell(where, f"a link {link} to nothing")
        tables = [parts[one.get(LINK + "id")] for one in root.iter(MAIN + "tablePart")]
        taken = []
        for table in tables:
            self.check_table(where, self.parts[table], taken)
        for drawing in (parts[one.get(LINK + "id")] for one in root.iter(MAIN + "drawing")):
            for target in self.targets(drawing).values():
                if target in self.parts:
                    self.check_chart(f"{where}, {target}", self.parts[target])

    # ---- tables

    def check_table(self, where, root, taken):
        name, at = root.get("displayName"), block(root.get("ref"))
        where = f"{where}, table {name}"
        self.text(where, "the name", name, 255)
        if not re.fullmatch(r"[^\W\d][\w.]*|\\[\w.]*", name) or re.fullmatch(r"(?i)[a-z]{1,3}[0-9]+|[rc]|r\d*c\d*",
                                                                           name):
            self.tell(where, "Excel does not take this name")
        for seen, key in ((self.table_names, name.lower()), (self.table_ids, root.get("id"))):
            if key in seen:
                self.tell(where, f"{key} stands for two tables")
            seen.add(key)
        if name.lower() in self.names:
            self.tell(where, "a cell or block has this name too")
        if not at or at[2] == at[0]:
            self.tell(where, f"{root.get('ref')} has no row under its header")
            return
        for other in taken:
            if at[0] <= other[2] and other[0] <= at[2] and at[1] <= other[3] and other[1] <= at[3]:
                self.tell(where, "covers another table")
        taken.append(at)
        filtered = root.find(MAIN + "autoFilter")
        if filtered is not None and filtered.get("ref") != root.get("ref"):
            self.tell(where, "is filtered somewhere else")
        columns = root.find(MAIN + "tableColumns")
        if not int(columns.get("count")) == len(columns) == at[3] - at[1] + 1:
            self.tell(where, f"{len(columns)} columns in {root.get('ref')}")
        heads, ids = set(), set()
        for j, column in enumerate(columns):
            head = unescape(column.get("name"))
            self.text(where, "the head of a column", head, 255)
            if head.lower() in heads or column.get("id") in ids:
                self.tell(where, f"two columns are called {head}")
            heads.add(head.lower())
            ids.add(column.get("id"))
            cell = self.cells.get((at[0], at[1] + j))
            if cell != head:
                self.tell(where, f"a column is called {head!r} and its cell holds {cell!r}")

    # ---- charts

    def check_chart(self, where, root):
        for name, word in chart_words(root):
            self.tell(where, f"{name} is {word!r}, which the schema does not know")
        for formula in root.iter(CHART + "f"):
            self.formula(where, formula.text or "")
            if not REFERENCE.fullmatch(formula.text or ""):
                self.tell(where, f"{formula.text} is no block of cells")
        axes = [one.find(CHART + "axId").get("val") for one in root.iter() if one.tag in
                {CHART + kind for kind in ("catAx", "valAx", "dateAx", "serAx")}]
        for chart in root.find(f".//{CHART}plotArea"):
            used = [one.get("val") for one in chart.findall(CHART + "axId")] if chart.tag.endswith("Chart") else []
            if not set(used) <= set(axes):
                self.tell(where, "an axis that is not there")
            series = chart.findall(CHART + "ser")
            if len(series) > 255 or len({one.find(CHART + "idx").get("val") for one in series}) < len(series):
                self.tell(where, "over 255 series, or two with one number")
        for cached in [*root.iter(CHART + "numCache"), *root.iter(CHART + "strCache")]:
            points = cached.findall(CHART + "pt")
            if any(int(one.get("idx")) >= int(cached.find(CHART + "ptCount").get("val")) for one in points):
                self.tell(where, "a point past the last")
        for title in root.iter(CHART + "title"):
            self.text(where, "a title", "".join(one.text or "" for one in title.iter(TEXT + "t")), 32767)

    def check(self):
        self.read()
        if self.wrong:
            return self.wrong
        self.table_names, self.table_ids = set(), set()
        sheets = self.check_workbook()
        self.check_styles()
        parts = self.targets("xl/workbook.xml")
        for name, link in sheets:
            self.check_sheet(name, parts[link])
        return self.wrong


# ---- the checker itself ----------------------------------------------------------------------------------------------

# A part, what is put for what in the first place where it stands, and what must be said of it.
BREAKS = [
    ("xl/workbook.xml", r'<sheet name="[^"]*"', '<sheet name="' + "\U0001F600" * 16 + '"', "units of text"),
    ("xl/workbook.xml", r'(<sheet name=")[^"]*(".*?<sheet name=")[^"]*"', r'\1Same\2sAME"', "two sheets"),
    ("xl/workbook.xml", r"(<definedName [^>]*>)[^<]*", r"\1'It's'!$A$1", "apostrophe|not there"),
    ("xl/styles.xml", r'formatCode="[^"]*"', 'formatCode="' + "0" * 256 + '"', "number format"),
    ("xl/worksheets/sheet1.xml", r'(<c r="A)[0-9]+"', r'\g<1>77"', "wrong place"),
    ("xl/worksheets/sheet1.xml", r"(<sheetData>.*?</sheetData>)(.*?)(<tableParts.*?</tableParts>)", r"\3\1\2", "order"),
    ("xl/sharedStrings.xml", r"(<t[^>]*>)[^<]*", r"\1" + "x" * 32768, "a cell has"),
    ("xl/sharedStrings.xml", r"(<t[^>]*>)[^<]*", "\\1\x01", "no XML"),
    ("xl/tables/table1.xml", r'(<tableColumn id="1" name=")[^"]*', r"\1other", "its cell holds"),
    ("xl/tables/table1.xml", r'displayName="[^"]*"', 'displayName="AB12"', "take this name"),
    ("xl/charts/chart1.xml", r'<c:symbol val="[a-z]*"', '<c:symbol val="long_dash"', "symbol is 'long_dash'"),
    ("xl/charts/chart1.xml", r'<c:legendPos val="[a-z]*"', '<c:legendPos val="south"', "legendPos is 'south'"),
    ("xl/charts/chart1.xml", r'<c:size val="[0-9]*"', '<c:size val="1"', "size is '1'"),
    ("xl/charts/chart1.xml", r"<c:f>[^<]*", "<c:f>'Nowhere'!$A$1", "not there"),
    ("[Content_Types].xml", r'<Override PartName="/xl/styles.xml"[^>]*>', "", "no content type"),
    ("FORM", r"(<f>)[^<]*", r"\1IF(A1=0,1", "brackets"),
    ("FORM", r"(<f>)[^<]*", r"\g<1>" + "1+" * 4097 + "1", "a formula has"),
    ("FORM", r'(<dataValidation [^>]*?promptTitle=")[^"]*', r"\1" + "\U0001F600" * 17, "promptTitle"),
    ("FORM", r'(<dataValidation [^>]*?error=")[^"]*', r"\1" + "\U0001F600" * 128, "error of a rule"),
]


def self_test(path):
    whole = zipfile.ZipFile(path)
    parts = {name: whole.read(name).decode() for name in whole.namelist()}
    form = next(name for name, text in parts.items() if "<dataValidation " in text and "<f>" in text)
    failed = 0
    for part, pattern, put, told in BREAKS:
        part = form if part == "FORM" else part
        broken, n = re.subn(pattern, put, parts[part], count=1, flags=re.S)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as out:
            for name, text in parts.items():
                out.writestr(name, broken if name == part else text)
        said = "\n".join(Book(file).check())
        if not n or not re.search(told, said):
            print(f"{part}, {pattern[:40]}: broken in {n} places, and it says: {said[:200] or 'nothing'}")
            failed += 1
    print(f"{len(BREAKS)} broken workbooks, {failed} not noticed")
    return failed


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.argv[1] == "--self-test":
        sys.exit(self_test(sys.argv[2]) != 0)
    n_wrong = 0
    for path in sys.argv[1:]:
        wrong = Book(path).check()
        for line in wrong[:40]:
            print(f"{path}: {line}")
        n_wrong += len(wrong)
    print(f"{len(sys.argv) - 1} workbooks, {n_wrong} faults")
    sys.exit(n_wrong > 0)
