#!/usr/bin/env python3
"""council.py - what `behov report` writes, looked at as a browser and a reader of its bytes would: its policy names the
digests of its own style and script; nothing asks for anything; ids, headings, headers and captions are in order; packed
municipalities are those of pages of their own; sizes; names that are markup; and 200 random settings of "what if", which the
page's own script reckons under node, against `behov scenario set` to 12 digits. Without node these and the files that the
script makes are skipped, with a word."""
import base64
import csv
import hashlib
import html.parser
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib

PROGRAM, SOURCE = os.environ["BEHOV_PROGRAM"], os.environ["BEHOV_SOURCE"]
PANEL = os.path.join(SOURCE, "datasets", "simulated", "panel.csv")
N_SETTINGS, PIECES = 200, 7
# Bytes of a file of one municipality, and of all. Of the 424 municipalities in both languages by county, size and likeness
# 0216 in English by size has the largest file.
LARGEST, LARGEST_OF_ALL = 295_000, 1_500_000
failures = 0


def fail(text):
    global failures
    failures += 1
    if failures < 30:
        print(text)


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"behov {' '.join(arguments)[:200]}: {done.stderr.decode()}")
    return done.stdout.decode()


def report(folder, name, *arguments):
    path = os.path.join(folder, name)
    run("report", *arguments, "-o", path, "--quiet", "--date", "2026-11-29")
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def element(page, start):
    """The text of the element that begins so."""
    at = page.index(start) + len(start)
    return page[at:page.index("</", at)]


# ---- the page as a browser takes it ----------------------------------------------------------------------------------

class Reader(html.parser.HTMLParser):
    """Elements in their order, what is in attributes, which headings follow which."""

    def __init__(self):
        super().__init__()
        self.ids, self.headings, self.faults, self.tables, self.text = [], [], [], 0, []
        self.in_head, self.references = False, []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.append(values["id"])
        for key, value in attributes:
            if key == "style" or key.startswith("on"):
                self.faults.append(f"<{tag} {key}>")
            if key in ("src", "href", "action", "data", "poster") and not (value or "").startswith("#"):
                self.faults.append(f"<{tag} {key}={value}>")
            if key in ("aria-labelledby", "aria-describedby", "for") and value:
                self.references += value.split()
            if key == "href" and len(value) > 1:
                self.references.append(value[1:])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("link", "img", "iframe", "object", "embed", "base", "form"):
            self.faults.append(f"<{tag}>")
        if tag == "th" and "scope" not in values:
            self.faults.append("<th> without scope")
        self.tables += tag == "table"
        self.tables -= tag == "caption"

    def handle_data(self, data):
        self.text.append(data)


def check_page(name, page):
    style, script = element(page, "<style>"), page[page.rindex("<script>") + 8:page.rindex("</script>")]
    for kind, text in (("style-src", style), ("script-src", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        if f"{kind} 'sha256-{digest}'" not in page:
            fail(f"{name}: the policy does not name the digest of its {kind}")
    if "default-src 'none'" not in page or "unsafe" in page[:2000]:
        fail(f"{name}: no policy that forbids all")
    if re.search(r"https?://|\burl\((?!#)", page):
        fail(f"{name}: an address: {re.search('.{20}(https?://|url[(](?!#)).{20}', page)}")
    reader = Reader()
    reader.feed(re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.S))
    for fault in reader.faults[:5]:
        fail(f"{name}: {fault}")
    if len(set(reader.ids)) != len(reader.ids):
        fail(f"{name}: ids twice: {[i for i in set(reader.ids) if reader.ids.count(i) > 1][:5]}")
    for reference in reader.references:
        if reference not in reader.ids:
            fail(f"{name}: there is no #{reference}")
    if reader.headings.count(1) != 1 or reader.headings[0] != 1:
        fail(f"{name}: headings {reader.headings}")
    if any(b > a + 1 for a, b in zip(reader.headings, reader.headings[1:])):
        fail(f"{name}: a heading is left out: {reader.headings}")
    if reader.tables:
        fail(f"{name}: {reader.tables} tables without a caption")
    for word in (" best ", "verst", "sløs", "sparer", " bør ", "nan%", "NaN", "worst"):
        if word in re.sub(r"<[^>]*>", " ", page[:page.index('<script type="application/json"')]):
            fail(f"{name} says {word!r}")
    return reader


def check_workbook(name, page):
    book = zipfile.ZipFile(io.BytesIO(base64.b64decode(element(page, 'id=bokdata>'))))
    if book.testzip() or not any(n.startswith("xl/worksheets/sheet1") for n in book.namelist()):
        fail(f"{name}: the workbook is not whole")
    if len([n for n in book.namelist() if "worksheets/sheet" in n and n.endswith(".xml")]) != 1:
        fail(f"{name}: a workbook of one sheet")


# ---- packed municipalities ---------------------------------------------------------------------------------------------

def unpacked(page):
    """code -> its pieces"""
    common = json.loads(element(page, "id=felles>"))
    pieces = {}
    for i in range(0, len(common["pages"]), common["each"]):
        codes = common["pages"][i:i + common["each"]]
        text = zlib.decompress(base64.b64decode(element(page, f"id=pakke{i // common['each']}>")), -15).decode()
        parts = text.split("\x1e")
        if len(parts) != PIECES * len(codes) + 1:
            fail(f"pack {i}: {len(parts)} parts")
        for k, code in enumerate(codes):
            pieces[code] = [parts[piece * len(codes) + k] for piece in range(PIECES)]
    return pieces


def check_packed(page, single_pages):
    pieces = unpacked(page)
    for code, single in single_pages.items():
        for piece in range(PIECES - 1):
            start = single.index(f"<div id=d{piece}>") + len(f"<div id=d{piece}>")
            if piece != 4 and not single.startswith(pieces[code][piece], start):  # 4 has rows that the script takes
                fail(f"{code}: piece {piece} is not that of its own page")
        if json.loads(pieces[code][6]) != json.loads(element(single, "id=d6>")):
            fail(f"{code}: other figures than those of its own page")
        rows = re.findall(r'<tr(?: class=me)? data-k="(\d+)">', pieces[code][4])
        if not rows or rows[0] != code:
            fail(f"{code}: like ones {rows}")
    return pieces


# ---- what the script does, under node ---------------------------------------------------------------------------------

def node(script, code, data):
    """Runs the page's own script and then code, whose last expression is told as JSON."""
    source = script + "\nvar input = JSON.parse(require('fs').readFileSync(0, 'utf8'));\nconsole.log(JSON.stringify(" + code + "));\n"
    with tempfile.NamedTemporaryFile("w", suffix=".js", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        done = subprocess.run(["node", file.name], input=json.dumps(data).encode(), capture_output=True, check=False)
    if done.returncode:
        sys.exit("node: " + done.stderr.decode()[:2000])
    return json.loads(done.stdout)


def close(name, got, want, digits):
    if want is None or got is None:
        if want is not got:
            fail(f"{name}: {got!r}, expected {want!r}")
        return
    error = abs(got - want) / max(abs(want), 1e-300)
    if not error <= 10.0 ** -digits:
        fail(f"{name}: {got!r}, expected {want!r} (relative error {error:.1e})")


def settings_of(rng, common, own):
    """Columns changed, as `behov scenario set` takes them."""
    variables, x, changes = common["whatif"]["variables"], list(own["values"]), {}
    sliders = [i for i, variable in enumerate(variables) if variable["slider"]]
    for i in rng.sample(sliders, rng.randint(1, len(sliders))):
        low, high = variables[i]["low"], variables[i]["high"]
        x[i] = float(f"{rng.uniform(low, high):.{0 if variables[i]['population'] else 6}f}")
        changes[variables[i]["name"]] = repr(x[i])
    return x, changes


def check_whatif(folder, formula, codes, year):
    rng = random.Random(20261130)
    options = (["--formula", formula] if formula else []) + (["--year", str(year)] if year else [])
    asked = []
    path = os.path.join(folder, "settings.csv")
    page = report(folder, "w.html", PANEL, "--profile", ",".join(codes), "--draws", "100", *options)
    pieces, common = unpacked(page), json.loads(element(page, "id=felles>"))
    with open(path, "w", encoding="utf-8") as file:
        file.write("scenario,municipality_code,column,change\n")
        for i in range(N_SETTINGS):
            code = rng.choice(codes)
            own = json.loads(pieces[code][PIECES - 1])
            x, changes = settings_of(rng, common, own)
            asked.append((code, own, x))
            for column, text in changes.items():
                file.write(f'S{i},{code},{column},"{text}"\n')
    script = page[page.rindex("<script>") + 8:page.rindex("</script>")]
    got = node(script, "input.asked.map(function (a) { return councilWhatIf(input.whatif, a[1], a[2]); })",
               {"whatif": common["whatif"], "asked": asked})
    said = json.loads(run("scenario", "set", PANEL, "--scenario", path, "--allow", "limit", "--quiet", "--json", *options))
    for i, (result, scenario) in enumerate(zip(got, said["scenarios"])):
        after, name = scenario["after"], f"{formula or 'the model'}: setting {i} ({asked[i][0]})"
        close(name + " need", result["need"], after["need"], 12)
        close(name + " low", result["low"], after["need_low"], 12)
        close(name + " high", result["high"], after["need_high"], 12)
        close(name + " ratio", result["ratio"], after["ratio"], 12)
        close(name + " ratio low", result["ratioLow"], after["ratio_low"], 12)
        close(name + " ratio high", result["ratioHigh"], after["ratio_high"], 12)
        # differences of figures, and so digits of these
        whole = after["need"] * after["population"]
        for key, want, size in (("change", scenario["need_change"], after["need"]),
                                ("changeAll", scenario["need_change_1000kr"], whole)):
            if want is not None and abs(result[key] - want) > 1e-12 * max(abs(want), abs(size)):
                fail(f"{name} {key}: {result[key]!r}, expected {want!r}")
    return len(got)


def check_files(script):
    rows = [["a;b", "Sum"], ["=cmd|' /C calc'!A0", 1234.5], ["+47", -0.25], ["@x", None], ["-1", 2], ['say "so"\nnow', 3],
            ["\tTab", 4], ["Bø", 5]]
    text = node(script, "councilFile(input.map(function (r) { return r.map(function (c) { return c === null ? NaN : c; }); }), "
                        "'datagrunnlag', 'simulert')", rows)
    if not text.startswith("\ufeff") or "\n" in text.replace("\r\n", "").replace("so\"\"\nnow", ""):
        fail("a file without a byte order mark, or with other line ends than CRLF")
    read = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    want = [["a;b", "Sum", "datagrunnlag"], ["'=cmd|' /C calc'!A0", "1234,5", "simulert"], ["'+47", "-0,25", "simulert"],
            ["'@x", "", "simulert"], ["'-1", "2", "simulert"], ['say "so"\nnow', "3", "simulert"],
            ["'\tTab", "4", "simulert"], ["Bø", "5", "simulert"]]
    if read != want:
        fail(f"a file: {read}")
    numbers = node(script, "[councilNumber(-1234.5, 1, ','), councilNumber(0.04, 1, '.', true), councilNumber(12, 0, ',', true), "
                           "councilParse('1\\u00a0234,5'), councilParse('\\u22120,5'), councilParse('1e3'), councilParse('x'), "
                           "councilParse('')].map(function (v) { return v !== v ? null : v; })", None)
    if numbers != ["\u22121\u00a0234,5", "0.0", "+12", 1234.5, -0.5, 1000, None, None]:
        fail(f"numbers: {numbers}")


def check_fields(script):
    """What fields refuse and what is printed of an interval; readings are those of tests/cli/cases of `scenario set`."""
    share = {"population": False, "least": 0, "most": 100}
    people = {"population": True, "least": None, "most": None}
    cases = [("4,2", share, ""), ("\u22120,5", share, "limits"), ("100,5", share, "limits"), ("100", share, ""), ("", share, "empty"),
             ("  \u00a0", share, "empty"), ("x", share, "noNumber"), ("1e999", share, "noNumber"), ("1.250", share, "ambiguous"),
             ("150,000", people, "ambiguous"), ("150.000", people, "ambiguous"), ("1.000", people, "ambiguous"),
             ("1 250", people, ""), ("1\u00a0250", people, ""), ("0,125", share, ""), ("1.250,5", people, "noNumber"),
             ("0", people, "population"), ("-5", people, "population"), ("10,5", people, "whole"), ("150000", people, "")]
    got = node(script, "input.map(function (c) { return councilRefusal(c[0], c[1]); })", cases)
    for (text, variable, want), refusal in zip(cases, got):
        if refusal != want:
            fail(f"field {text!r} of {variable}: {refusal!r}, expected {want!r}")
    words = "{value} ({low} til {high})"
    intervals = [("a", 1234.6, 2345.4, 0, ",", "a (1\u00a0235 til 2\u00a0345)"), ("b", -0.5, 1.25, 2, ",", "b (\u22120,50 til 1,25)"),
                 ("c", -1234.5, -1.0, 1, ".", "c (\u22121\u00a0234.5 til \u22121.0)"), ("d", None, 3.0, 0, ",", "d"),
                 ("e", 95.0, None, 0, ",", "e")]
    got = node(script, "input[1].map(function (c) { return councilBetween(input[0], c[0], c[1] === null ? NaN : c[1], "
                       "c[2] === null ? NaN : c[2], c[3], c[4]); })", [words, intervals])
    if got != [case[5] for case in intervals]:
        fail(f"intervals: {got}")
    # a figure of its column's size is not shown as 0; what a slider ends at is what is shown
    shown = node(script, "[[0, 30, 0.00429], [0, 30, 12.3456], [0.0001, 0.0009, 0.00042], [0, 20, 0.042], [300, 90000, 1234]].map(function (c) { "
                         "return councilDecimals({population: c[1] > 1000}, c[0], c[1], c[2]); })", None)
    if shown != [4, 2, 6, 4, 0]:
        fail(f"decimals: {shown}")
    ends = node(script, "[councilEnds({low: 0.004, high: 1.638, least: null, most: null}, 0.5, 2), "
                        "councilEnds({low: 0.004, high: 99.999, least: 0.001, most: 100}, 0.5, 1)]", None)
    if ends != [[0, 1.64], [0.001, 100]]:
        fail(f"ends of sliders: {ends}")
    ends = node(script, "[councilOutwards(0.004, 1.638, 2), councilOutwards(-0.001, 12, 0), councilOutwards(0.3, 0.7, 1)]", None)
    if ends != [[0, 1.64], [-1, 12], [0.3, 0.7]]:
        fail(f"ends: {ends}")


# ---- names that are markup ------------------------------------------------------------------------------------------

HOSTILE = ['<script>alert(1)</script>', '=cmd|calc', '\u202eevil', 'x' * 5000, '"><img src=x onerror=alert(1)>', "</script>&amp;"]


def check_hostile(folder):
    with open(PANEL, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {code: HOSTILE[i] for i, code in enumerate(["0101", "0104", "0105", "0106", "0111", "0118"])}
    for row in rows:
        row["municipality"] = names.get(row["municipality_code"], row["municipality"])
    path = os.path.join(folder, "hostile.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    for code in ("0101", "0106"):
        page = report(folder, "h.html", path, "--profile", code, "--draws", "100")
        reader = check_page(f"hostile {code}", page)
        if "\u202e" in page:
            fail(f"hostile {code}: a mark of direction")
        if "alert(1)" in re.sub(r"<script type=.*", "", page, flags=re.S) and "&lt;script&gt;alert(1)" not in page:
            fail(f"hostile {code}: a name is not shown as text")
        if page.count("<script") != page.count("</script>"):
            fail(f"hostile {code}: {page.count('<script')} scripts, {page.count('</script>')} ends")
        if len(names[code]) > 4000 and "x" * 4000 not in "".join(reader.text):
            fail("a long name is cut")
    all_page = report(folder, "h.html", path, "--profile", ",".join(names), "--draws", "100")
    check_page("hostile, several", all_page)
    unpacked(all_page)


def main():
    with tempfile.TemporaryDirectory() as folder:
        one, both, english = (report(folder, "one.html", "--profile", "1860"),
                              report(folder, "other.html", "--profile", "1865"),
                              report(folder, "en.html", "--profile", "1860", "--lang", "en"))
        everyone = report(folder, "all.html", "--profile", "all")
        again = report(folder, "again.html", "--profile", "1860")
        if one != again:
            fail("the same call twice gives two pages")
        for name, page in (("one", one), ("other", both), ("English", english), ("all", everyone)):
            check_page(name, page)
            check_workbook(name, page)
        largest = report(folder, "largest.html", "--profile", "0216", "--group", "size", "--lang", "en")
        check_page("largest", largest)
        sizes = {name: len(page.encode()) for name, page in (("one", one), ("English", english), ("largest", largest), ("all", everyone))}
        print(f"bytes: {sizes}")
        for name, size in sizes.items():
            if size > (LARGEST_OF_ALL if name == "all" else LARGEST):
                fail(f"too large: {name} has {size} bytes")
        check_packed(everyone, {"1860": one, "1865": both})
        check_hostile(folder)
        if shutil.which("node"):
            check_files(one[one.rindex("<script>") + 8:one.rindex("</script>")])
            check_fields(one[one.rindex("<script>") + 8:one.rindex("</script>")])
            n = check_whatif(folder, None, ["1860", "1865", "0101", "2030"], None)
            n += check_whatif(folder, "net_expenditure ~ log(population) + new_refugees*disabled_18_49 + "
                                      "I((population_16_66 - 60)^2) + abs(new_refugees - 0.3) + factor(year)",
                              ["1860", "1902"], 2014)
            print(f"{n} settings of what if")
        else:
            print("skipped: there is no node, so the page's script was not run")
    print(f"{failures} failures")
    sys.exit(failures > 0)


main()
