#!/usr/bin/env python3
"""Chooses municipalities on the sheet Municipality and compares what is computed; called by municipality_sheet.sh.

    municipality_sheet.py choose FOLDER CODE...    book.xlsx -> chosen-CODE-YEAR.xlsx, its formulas without values
    municipality_sheet.py compare FOLDER CODE...   chosen-CODE-YEAR-Municipality.csv against YEAR.json
    municipality_sheet.py choose-odd|compare-odd FOLDER CODE-YEAR...   the same against odd.json

Figures agree to 12 digits of the larger of the two, drivers to 12 digits of the largest of the year: a driver is a
small difference of larger figures. What the program says is rounded nowhere on the way but in the 16 digits that the
workbook keeps."""
import csv
import json
import re
import sys
import zipfile
from xml.sax.saxutils import escape

MOST_DIFFERENCE = 1e-12
SHEET = "Municipality"

# words of a row (their start) -> key in the years of the JSON; those in kr are thousand times the JSON's
ROWS = {
    "Actual, per cent of need": ("ratio", 1), "Ratio, 90% from": ("ratio_low", 1), "Ratio, 90% to": ("ratio_high", 1),
    "Country, per cent": ("country_ratio", 1), "Group, per cent": ("group_ratio", 1),
    "Level next 3 years (shrunk": ("shrunk_ratio", 1), "Level next 3 years, 90% from": ("shrunk_ratio_low", 1),
    "Level next 3 years, 90% to": ("shrunk_ratio_high", 1), "Actual expenditure": ("actual", 1000),
    "Expenditure need": ("need", 1000), "Gap, kr per": ("gap", 1000), "Gap (1000\u00a0kr)": ("gap_1000kr", 1),
    "Gap, 90% from (1000": ("gap_1000kr_low", 1), "Gap, 90% to (1000": ("gap_1000kr_high", 1),
    "Index": ("index", 1), "Inhabitants": ("population", 1), "Change of the ratio": ("ratio_change", 1),
    "– due to changed expenditure": ("ratio_change_by_actual", 1), "– due to changed need": ("ratio_change_by_need", 1),
}

# the block of years to come: columns, and in each the figures of three units with their ends
FORECASTS = {"Next year, 2017": "next_year", "Mean of 2017–2019": "coming_years", "Another municipality with the same figures": "new_municipality"}
UNITS = {"Per cent of need": ("", 1), "Expenditure, kr per inhabitant": ("_outcome", 1000), "1000\u00a0kr in total": ("_1000kr", 1)}


def year_of(codes, code):
    return 2013 if code in codes[-3:] else 2016


def sheet_part(book):
    names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
    return f"xl/worksheets/sheet{names.index(SHEET) + 1}.xml"


def names_of(path):
    with open(path, encoding="utf-8") as file:
        return {one["municipality_code"]: f'{one["municipality_code"]} {one["municipality"]}'
                for one in json.load(file)["municipalities"]}


def write_chosen(folder, chosen, names):
    """The book once for each municipality and year, its formulas without the values that it came with."""
    book = zipfile.ZipFile(f"{folder}/book.xlsx")
    part = sheet_part(book)
    xml = book.read(part).decode()
    for code, year in chosen:
        name = escape(names[code])
        made = re.sub(r'<c r="B4"( s="[0-9]+")? t="s"><v>[0-9]+</v></c>',
                      rf'<c r="B4"\1 t="inlineStr"><is><t>{name}</t></is></c>', xml)
        made = re.sub(r'(<c r="B5"[^>]*><v>)[0-9]+(</v></c>)', rf"\g<1>{year}\g<2>", made)
        made, n = re.subn(r"(<f>[^<]*</f>)<v>[^<]*</v>", r"\1", made)
        made = re.sub(r'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?) t="str">(<f>)', r"\1>\2", made)
        assert n > 80 and name in made and f"<v>{year}</v>" in made, (code, n)
        with zipfile.ZipFile(f"{folder}/chosen-{code}-{year}.xlsx", "w", zipfile.ZIP_DEFLATED) as out:
            for member in book.namelist():
                out.writestr(member, made if member == part else book.read(member))


def choose(folder, codes):
    write_chosen(folder, [(code, year_of(codes, code)) for code in codes], names_of(f"{folder}/2016.json"))


def odd_pairs(words):
    return [(word.split("-")[0], int(word.split("-")[1])) for word in words]


def choose_odd(folder, words):
    write_chosen(folder, odd_pairs(words), names_of(f"{folder}/odd.json"))


def compare_odd(folder, words):
    """What is not there is empty: no error value within the page, and no figure where the profile has none."""
    seen = Comparison()
    with open(f"{folder}/odd.json", encoding="utf-8") as file:
        profiles = {one["municipality_code"]: one for one in json.load(file)["municipalities"]}
    for code, year in odd_pairs(words):
        rows = read(folder, code, year)
        head = next(i for i, row in enumerate(rows) if row[0] == "Figure")
        drivers = next(i for i, row in enumerate(rows) if row[0] == "Variable")
        for row in rows[:drivers + 6]:
            for cell in row[:9]:
                assert not re.match("#|Err:", cell), (code, year, row[:9])
        years = {one["year"]: one for one in profiles[code]["years"]}
        columns = {int(cell): j for j, cell in enumerate(rows[head][:9]) if re.fullmatch("[0-9]{4}", cell)}
        for row in rows[head + 1:drivers - 2]:
            key, factor = next((value for start, value in ROWS.items() if row[0].startswith(start)), (None, None))
            for one, j in columns.items() if key else ():
                want = as_shown(key, years[one][key])
                seen.compare(f"{code} {one} {key}", number(row[j]), want if want is None else factor * want)
        now = years[year]
        sums = [next(row for row in rows[drivers:] if row[0] == "Sum")[column] for column in (4, 7)]
        for got, want in zip(sums, (now["drivers_sum"], now["group_drivers_sum"])):
            seen.compare(f"{code} {year} sum", number(got), want if want is None else 1000 * want, 1000)
        said = " ".join(row[0] for row in rows[6:head])
        of_year = re.search("xpenditure( in [0-9]{4})? was|expenditure need is", said) is not None
        assert of_year == (now["need"] is not None), (code, year, said)
    print(f"{seen.n} figures of odd choices compared, {seen.wrong} differ")
    return seen.wrong > 0


def as_shown(key, want):
    """What a sheet has of a figure: the estimate of a lasting level has no lower bound, and is shown as 0 below it."""
    return max(0.0, want) if key.startswith("shrunk_ratio") and want is not None else want


def number(text):
    return float(text) if text else None


def read(folder, code, year):
    with open(f"{folder}/chosen-{code}-{year}-{SHEET}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


class Comparison:
    def __init__(self):
        self.n, self.wrong, self.worst = 0, 0, 0.0

    def compare(self, where, got, want, scale=0.0):
        self.n += 1
        if got is None or want is None:
            same = got is None and want is None
        else:
            size = max(abs(got), abs(want), scale)
            difference = abs(got - want) / size if size else 0.0
            self.worst = max(self.worst, difference)
            same = difference <= MOST_DIFFERENCE
        if not same:
            self.wrong += 1
            if self.wrong <= 20:
                print(f"{where}: the sheet has {got!r}, behov profile {want!r}")


def compare_drivers(seen, code, rows, at, drivers, year):
    columns = {"driver": 4, "driver_1000kr": 5, "group_driver": 7, "group_driver_1000kr": 8}
    by_label = {driver["variable"]: driver for driver in drivers}
    found = set()
    for row in rows[at + 1:]:
        if row[0] == "Sum":
            sums = {"driver": year["drivers_sum"], "group_driver": year["group_drivers_sum"]}
            for key, want in sums.items():
                scale = 1000 * max(abs(driver[key]) for driver in drivers)
                seen.compare(f"{code} sum of {key}", number(row[columns[key]]), 1000 * want, scale)
            break
        driver = by_label[row[0]]
        found.add(row[0])
        seen.compare(f"{code} {row[0]} value", number(row[2]), driver["value"])
        seen.compare(f"{code} {row[0]} mean", number(row[3]), driver["country_mean"])
        seen.compare(f"{code} {row[0]} group mean", number(row[6]), driver["group_mean"])
        for key, column in columns.items():
            factor = 1 if key.endswith("1000kr") else 1000
            scale = factor * max(abs(other[key]) for other in drivers)
            seen.compare(f"{code} {row[0]} {key}", number(row[column]), factor * driver[key], scale)
    assert found == set(by_label), (code, set(by_label) - found)


def compare_forecasts(seen, code, rows, profile):
    """Whatever year is chosen, years to come are of the last year's figures; a new municipality has its need and 100."""
    at = next(i for i, row in enumerate(rows) if row[0].startswith("Years to come"))
    last = next(one for one in profile["years"] if one["year"] == profile["figures_year"])
    assert rows[at][1:4] == list(FORECASTS), rows[at]
    new = {"": last["ratio"] and 100.0, "_outcome": last["need"], "_1000kr": last["need"] * last["population"]}
    suffix = factor = None
    n = 0
    for row in rows[at + 1:]:
        if not row[0]:
            break
        suffix, factor = UNITS.get(row[0], (suffix, factor))
        end = "" if row[0] in UNITS else row[0].replace("90% from", "_low").replace("90% to", "_high")
        for column, forecast in enumerate(FORECASTS.values(), 1):
            key = forecast + suffix + end if end or suffix else forecast + "_ratio"
            if forecast == "new_municipality" and suffix == "_outcome" and end:
                key = "prediction" + end
            if forecast == "new_municipality" and suffix == "_1000kr" and end:
                want = last["prediction" + end] * last["population"]
            else:
                want = new[suffix] if forecast == "new_municipality" and not end else last[key]
            seen.compare(f"{code} {row[0]} {forecast}", number(row[column]), want if want is None else factor * want)
            n += 1
    assert n == 27, n


def compare_one(seen, folder, code, year, profile):
    rows = read(folder, code, year)
    assert rows[3][1].startswith(code) and rows[4][1] == str(year), rows[3:5]
    head = next(i for i, row in enumerate(rows) if row[0] == "Figure")
    years = {one["year"]: one for one in profile["years"]}
    shown = rows[head][:rows[head].index("")]  # what is printed; beside it stand the rows of the lookup
    columns = {int(cell): j for j, cell in enumerate(shown) if re.fullmatch("[0-9]{4}", cell)}
    assert set(columns) == set(years), (columns, years)
    answered = set()
    for row in rows[head + 1:]:
        if not row[0]:
            break
        key, factor = next((value for start, value in ROWS.items() if row[0].startswith(start)), (None, None))
        assert key, f"a row that nobody knows: {row[0]}"
        answered.add(key)
        for one, j in columns.items():
            want = as_shown(key, years[one][key])
            seen.compare(f"{code} {one} {key}", number(row[j]), want if want is None else factor * want)
    assert answered == {key for key, _ in ROWS.values()}, {key for key, _ in ROWS.values()} - answered
    drivers = next(i for i, row in enumerate(rows) if row[0] == "Variable")
    compare_drivers(seen, code, rows, drivers, years[year]["drivers"], years[year])
    compare_forecasts(seen, code, rows, profile)
    words = " ".join(row[0] for row in rows[6:head])
    for sentence in profile["sentences"][:2] + profile["sentences"][-1:]:
        assert sentence in re.sub(" +", " ", words), (sentence, words)
    # the waterfall ends where the need does, and its parts make up each step
    for row in rows[drivers + 1:]:
        start, end, hidden, up, up_below, down, down_below, total = (float(cell or 0) for cell in row[10:18])
        drawn = abs(up) + abs(up_below) + abs(down) + abs(down_below) + abs(total)
        seen.compare(f"{code} step {row[0]}", drawn, abs(end - start), 1000)
        if row[0] == "Sum":
            seen.compare(f"{code} last step", end, number(row[4]), 1000)
            break
        assert (up + up_below == 0) if float(row[4]) < 0 else (down + down_below == 0), row


def cells(book, part, strings):
    for cell, kind, formula, value in re.findall(
            r'<c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?(?: t="(\w+)")?>(?:<f>([^<]*)</f>)?<v>([^<]*)</v></c>',
            book.read(part).decode()):
        yield cell, formula, strings[int(value)] if kind == "s" else value


def compare_delivered(seen, folder, codes):
    """The values that the workbook came with are those that its formulas give: the first municipality is shown."""
    book = zipfile.ZipFile(f"{folder}/book.xlsx")
    strings = re.findall(r"<si><t[^>]*>([^<]*)</t></si>", book.read("xl/sharedStrings.xml").decode())
    rows = read(folder, codes[0], 2016)
    n = 0
    for cell, formula, value in cells(book, sheet_part(book), strings):
        if not formula:
            continue
        letters, row = re.fullmatch("([A-Z]+)([0-9]+)", cell).groups()
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - 64
        got = rows[int(row) - 1][column - 1]
        n += 1
        try:
            seen.compare(f"delivered {cell}", float(value), float(got), 1e-9)
        except ValueError:
            if value != got:
                seen.wrong += 1
                print(f"delivered {cell}: {value!r}, computed {got!r}")
    assert n > 200, n


def compare(folder, codes):
    seen = Comparison()
    profiles = {}
    for year in (2013, 2016):
        with open(f"{folder}/{year}.json", encoding="utf-8") as file:
            profiles[year] = {one["municipality_code"]: one for one in json.load(file)["municipalities"]}
    for code in codes:
        year = year_of(codes, code)
        compare_one(seen, folder, code, year, profiles[year][code])
    compare_delivered(seen, folder, codes)
    print(f"{seen.n} figures of {len(codes)} municipalities compared, {seen.wrong} differ, "
          f"largest difference {seen.worst:.1e}")
    return seen.wrong > 0


if __name__ == "__main__":
    tasks = {"choose": choose, "compare": compare, "choose-odd": choose_odd, "compare-odd": compare_odd}
    sys.exit(tasks[sys.argv[1]](sys.argv[2], sys.argv[3:]))
