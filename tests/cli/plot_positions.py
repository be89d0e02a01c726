"""plot_positions.py - the marks of `behov plot FILE.svg` against the figures of `behov rank --json`, `behov profile --json`,
`behov fit` and the rows behind `funnel` and `places`: where a mark stands is turned into a figure by the words of the axis alone, so an axis that lies is found too.

A coordinate has two decimals: a mark is within 0.005 points of its place and a tick within 0.005, so a figure is known to
0.02 points of the axis (0.01 of the mark, the rest for the scale, which two ticks fix).
"""
import csv, json, math, os, re, statistics, subprocess, sys, tempfile
import xml.etree.ElementTree as tree

program = os.environ["BEHOV_PROGRAM"]
folder = tempfile.mkdtemp()
SVG = "{http://www.w3.org/2000/svg}"
failed = []


def check(what, is_so):
    if not is_so:
        failed.append(what)


def behov(*words):
    return subprocess.run([program, *words], cwd=folder, check=True, capture_output=True).stdout


def figure(text, lang):
    text = text.replace("\u2212", "-").replace("\u00a0", "")
    return float(text.replace(",", ".") if lang == "nb" else text)


class Picture:
    def __init__(self, lang, *words):
        behov("plot", *words, "--lang", lang, "--quiet", "-o", "p.svg")
        self.read(tree.parse(os.path.join(folder, "p.svg")).getroot(), lang, words)

    def read(self, root, lang, words):
        self.root, self.all = root, list(root.iter())
        self.words = [one.text for one in self.all if one.tag == SVG + "text"]
        self.axis = {}
        if root.tag == SVG + "svg" and self.of("chart-2"):
            return  # each has axes of its own
        for axis, place in (("x", "x"), ("y", "y")):
            ticks = [(float(one.get(place)), figure(one.text, lang)) for one in self.of(axis + "-tick")]
            if axis == "x" and words[0] == "funnel":  # a logarithmic axis, in powers of ten
                ticks = [(at, math.log10(value)) for at, value in ticks]
            if len(ticks) > 1:
                (a, low), (b, high) = ticks[0], ticks[-1]
                scale = (high - low) / (b - a)
                self.axis[axis] = (a, low, scale)
                for at, value in ticks:
                    check(f"{words}: ticks are even", abs(low + (at - a) * scale - value) <= 0.02 * abs(scale))

    def of(self, role):
        return [one for one in self.all if one.get("class") == role]

    def chart(self, number, lang):
        """One chart of several, with its own axes."""
        one = object.__new__(Picture)
        one.read(self.of(f"chart-{number}")[0], lang, (f"chart {number}",))
        return one

    def value(self, axis, at):
        a, low, scale = self.axis[axis]
        return low + (at - a) * scale

    def near(self, what, axis, at, want):
        if axis == "y":  # a letter's baseline is beneath its tick, by 0.36 of its size
            at += 0.36 * float(self.of("y-tick")[0].get("font-size"))
        check(f"{what}: {self.value(axis, at)} is not {want}",
              abs(self.value(axis, at) - want) <= 0.02 * abs(self.axis[axis][2]))

    def marks(self, role):
        for one in self.of(role):
            if one.tag == SVG + "circle":
                x, y = one.get("cx"), one.get("cy")
            else:
                x, y = re.match(r"translate\((\S+) (\S+)\)", one.get("transform")).groups()
            yield float(x), float(y), one.find(SVG + "title").text


def intervals(picture, role):
    return [(float(one.get("x1")), float(one.get("x2"))) for one in picture.of(role)]


def shown_as(row, key):
    """A lasting level below zero per cent is shown as 0; the JSON has it as it was computed."""
    return max(0, row[key]) if key.startswith("shrunk_ratio") else row[key]


def rank(lang):
    rows = json.loads(behov("rank", "--json"))["rows"]
    shown = rows[:20] + rows[-20:]
    picture = Picture(lang, "rank")
    for role, key in (("point-1", "ratio"), ("point-2", "shrunk_ratio")):
        marks = list(picture.marks(role))
        check(f"rank: {len(marks)} marks of {role}", len(marks) == 40)
        check("rank: rows follow each other", [m[1] for m in marks] == sorted(m[1] for m in marks))
        ends = intervals(picture, role.replace("point", "interval"))
        check("rank: an interval for each", len(ends) == 40)
        for (x, _, name), (low, high), row in zip(marks, ends, shown):
            check(f"rank: {name} is {row['municipality']}",
                  name.startswith(f"{row['municipality']} ({row['municipality_code']}): "))
            picture.near(f"rank {name} {key}", "x", x, shown_as(row, key))
            picture.near(f"rank {name} low", "x", low, shown_as(row, key + "_low"))
            picture.near(f"rank {name} high", "x", high, shown_as(row, key + "_high"))
    check("rank: names", all(any(w.startswith(row["municipality"]) for w in picture.words) for row in shown))
    check("rank: places", all(f"{row['lasting_rank']} ({row['rank_low']}–{row['rank_high']})" in picture.words for row in shown))
    check("rank: what is left out", any(w.startswith(str(len(rows) - 40) + " ") for w in picture.words))
    picture.near("rank: 100", "x", float(picture.of("reference")[0].get("x1")), 100)
    check("rank --top", len(list(Picture(lang, "rank", "--top", "7").marks("point-1"))) == 7)
    check("rank --municipality", len(list(Picture(lang, "rank", "--municipality", "0104,Halden").marks("point-1"))) == 2)
    check("rank --around", len(list(Picture(lang, "rank", "--around", "1860").marks("point-1"))) == 11)


def fit(lang, rows):
    picture = Picture(lang, "fit", "--municipality", "0104,Halden")
    rows = {row["municipality_code"]: row for row in rows if row["year"] == "2016"}
    marks = [m for role in ("point-1", "point-2") for m in picture.marks(role)]
    named = list(picture.marks("point-3"))
    check("fit: a mark for each", len(marks) == len(rows) - 2 and [m[2] for m in named] == ["Halden", "Moss"])
    check("fit: names", [w.text for w in picture.of("name")] == ["Halden", "Moss"])
    codes = [re.search(r"\((\d{4})\)", m[2]).group(1) for m in marks] + ["0101", "0104"]
    for (x, y, name), code in zip(marks + named, codes):
        picture.near(f"fit {name} need", "x", x, float(rows[code]["need"]))
        picture.near(f"fit {name} actual", "y", y, float(rows[code]["actual"]))
    line = picture.of("reference")[0]
    for end in "12":
        picture.near("fit: the line", "y", float(line.get("y" + end)), picture.value("x", float(line.get("x" + end))))


def profile(lang, code, *options):
    found = json.loads(behov("profile", code, "--json", "--lang", lang, *options))["municipalities"][0]
    whole = Picture(lang, "profile", code, *options, "--width", "100" if options else "170")
    levels, steps = whole.chart(1, lang), whole.chart(2, lang)
    for role, key in (("1", "ratio"), ("2", "shrunk_ratio")):
        years = [y for y in found["years"] if y[key] is not None]
        if key == "shrunk_ratio":  # the level of the years ahead stands once, at the next year
            last = next(y for y in years if y["year"] == found["figures_year"])
            years = [dict(last, year=found["next_year"])]
        marks, ends = list(levels.marks("point-" + role)), levels.of("interval-" + role)
        check(f"profile {code}: a mark and an interval of {key} each year", len(marks) == len(ends) == len(years))
        for (x, y, name), end, year in zip(marks, ends, years):
            what = f"profile {code} {year['year']} {key}"
            check(f"{what}: in its year", abs(levels.value("x", x) - year["year"]) < 0.25)
            check(f"{what}: is named {name}", figure(name, lang) == math.floor(shown_as(year, key) + 0.5))
            levels.near(what, "y", y, shown_as(year, key))
            levels.near(what + " low", "y", float(end.get("y1")), shown_as(year, key + "_low"))
            levels.near(what + " high", "y", float(end.get("y2")), shown_as(year, key + "_high"))
            check(f"{what}: the interval is upright", end.get("x1") == end.get("x2"))
    for role, key in (("3", "country_ratio"), ("4", "group_ratio")):
        years, marks = [y for y in found["years"] if y[key] is not None], list(levels.marks("point-" + role))
        check(f"profile {code}: a mark of {key} each year", len(marks) == len(years))
        for (x, y, _), year in zip(marks, years):
            levels.near(f"profile {code} {key}", "x", x, year["year"])
            levels.near(f"profile {code} {year['year']} {key}", "y", y, year[key])
    check(f"profile {code}: group", bool(levels.of("point-4")) == ("--group" in options))
    levels.near(f"profile {code}: 100", "y", float(levels.of("reference")[0].get("y1")), 100)
    now = next(y for y in found["years"] if y["year"] == found["year"])
    at, bars, middles = 1000 * now["country_need"], [], []
    (mean, first, _), (need, last, _) = steps.marks("point-4")
    steps.near(f"profile {code}: mean need", "x", mean, at)
    steps.near(f"profile {code}: need", "x", need, 1000 * now["need"])
    steps.near(f"profile {code}: line at the mean", "x", float(steps.of("reference")[0].get("x1")), at)
    for driver in sorted(now["drivers"], key=lambda one: -abs(one["driver"])):
        bars.append(("1" if driver["driver"] >= 0 else "2", at, at + 1000 * driver["driver"]))
        at += 1000 * driver["driver"]
    bars.append(("3", 1000 * now["country_need"], 1000 * now["need"]))
    drawn = sorted(((float(one.get("y")), role, one) for role in "123" for one in steps.of("step-" + role)),
                   key=lambda one: one[0])
    check(f"profile {code}: {len(drawn)} bars", len(drawn) == len(bars))
    for (top, role, one), (want, begin, end) in zip(drawn, bars):
        what = f"profile {code}: bar of {end - begin:+.1f}"
        x, wide = float(one.get("x")), float(one.get("width"))
        check(f"{what}: up or down", role == want)
        steps.near(what, "x", x, min(begin, end))
        steps.near(what, "x", x + wide, max(begin, end))
        check(f"{what}: between the marks", first < top < last)
    if "--group" in options:
        steps.near(f"profile {code}: group", "x", float(steps.of("reference")[1].get("x1")), 1000 * now["group_need"])
    sums = [figure(one.text, lang) for one in steps.of("row") if re.match("[+\u2212]", one.text)]
    steps_printed = [round(end - begin) for _, begin, end in bars]
    check(f"profile {code}: figures beside the bars", sums == [step for step in steps_printed if step])


def ratios(lang, rows):
    picture = Picture(lang, "ratios", "--year", "2014")
    values = [round(float(row["ratio"])) for row in rows if row["year"] == "2014" and row["ratio"]] # as printed
    total = 0
    for bar in picture.of("bar"):
        x, y, wide, high = (float(bar.get(key)) for key in ("x", "y", "width", "height"))
        low, end = round(picture.value("x", x)), round(picture.value("x", x + wide))
        picture.near("ratios: a bar begins at a whole per cent", "x", x, low)
        count = sum(low <= value < end for value in values)
        picture.near(f"ratios: the bar from {low}", "y", y, count)
        total += count
    check("ratios: every municipality is in a bar", total == len(values) > 400)
    picture.near("ratios: 100", "x", float(picture.of("reference")[0].get("x1")), 100)


def read_rows(name):
    with open(os.path.join(folder, name), encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def funnel(lang, *options):
    """Marks and curves against the rows of the CSV; a limit is 100 +- sqrt(a + b / population), a and b from two rows."""
    behov("plot", "funnel", *options, "--quiet", "-o", "funnel.csv")
    rows = read_rows("funnel.csv")
    by_code = {row["municipality_code"]: row for row in rows}
    picture = Picture(lang, "funnel", *options)
    marks = [m for role in ("point-1", "point-2", "point-3") for m in picture.marks(role)]
    check("funnel: a mark for each", len(marks) == len(rows))
    for x, y, name in marks:
        row = by_code[re.search(r"(\d{4})\)?: ", name).group(1)]
        picture.near(f"funnel {name} population", "x", x, math.log10(float(row["population"])))
        picture.near(f"funnel {name} ratio", "y", y, float(row["ratio"]))
    for role, side in (("point-1", "outer_low"), ("point-2", "outer_high")):
        for x, y, name in picture.marks(role):
            row = by_code[re.search(r"(\d{4})\)?: ", name).group(1)]
            check(f"funnel {name} is beyond", (float(row["ratio"]) - float(row[side])) * (1 if side[6] == "h" else -1) > 0)
    small = min(rows, key=lambda row: float(row["population"]))
    large = max(rows, key=lambda row: float(row["population"]))

    def limit(kind, population):
        (p, u), (q, v) = ((float(row["population"]), (float(row[kind + "_high"]) - 100) ** 2) for row in (small, large))
        b = (u - v) / (1 / p - 1 / q)
        return math.sqrt(v + b * (1 / population - 1 / q))

    top, bottom = (picture.value("y", float(picture.of("axis")[0].get(end)) + 0.36 * 8) for end in ("y1", "y2"))
    curves = [("outer", one, None) for one in picture.of("limit")] + [("inner", picture.of("band")[0], None)]
    ends = set()
    for kind, one, _ in curves:
        for point in one.get("points").split():
            x, y = map(float, point.split(","))
            population, ratio = 10 ** picture.value("x", x), picture.value("y", y + 0.36 * 8)
            far, slack = limit(kind, population), 0.02 * abs(picture.axis["y"][2]) + 0.002 * abs(ratio - 100)
            sign = 1 if ratio > 100 else -1
            wanted = max(100 + sign * far, 0, bottom) if sign < 0 else min(100 + far, top)
            check(f"funnel: {kind} at {population:.0f} is {ratio:.2f}, not {wanted:.2f}", abs(ratio - wanted) <= slack)
            ends.add((kind, sign))
    check("funnel: limits on both sides", len(ends) == 4)
    picture.near("funnel: 100", "y", float(picture.of("reference")[0].get("y1")), 100)


def places(lang):
    behov("plot", "places", "--draws", "200", "--quiet", "-o", "places.csv")
    rows = {row["municipality_code"]: row for row in read_rows("places.csv") if row["lasting_rank"]}
    whole = Picture(lang, "places", "--municipality", "1860", "--draws", "200")
    for number in (1, 2):
        picture = whole.chart(number, lang)
        for role in "12":
            marks, ends = list(picture.marks("point-" + role)), intervals(picture, "interval-" + role)
            check(f"places: {len(marks)} marks of chart {number}",
                  len(marks) == len(ends) == (1 if role == "2" else 6 if number == 2 else len(rows) - 1))
            for (x, y, name), (low, high) in zip(marks, ends):
                row = rows["1860" if role == "2" else re.search(r"\((\d{4})\): ", name).group(1)]
                picture.near(f"places {name}", "x", x, float(row["lasting_rank"]))
                picture.near(f"places {name} low", "x", low, float(row["rank_low"]))
                picture.near(f"places {name} high", "x", high, float(row["rank_high"]))
                if number == 1:
                    picture.near(f"places {name} height", "y", y, float(row["lasting_rank"]))
    own = whole.chart(1, lang).of("band")[0].get("points").split()
    for point, key in zip(own[:2], ("rank_low", "rank_high")):
        whole.chart(1, lang).near("places: the column", "x", float(point.split(",")[0]), float(rows["1860"][key]))


def coefficients(lang, rows, panel):
    found = [c for c in json.loads(behov("fit", "--json"))["coefficients"] if c["term"] != "(Intercept)"]
    used = [row for row in panel if row["estimated_on"] == "1" and row["municipality_code"] != "0301"]
    picture = Picture(lang, "coefficients")
    marks = list(picture.marks("point-1"))
    check("coefficients: one for each", [m[2] for m in marks] == [c["term"] for c in found])
    for (x, _, term), (low, high), c in zip(marks, intervals(picture, "interval-1"), found):
        if term.startswith("year="):
            x_values = [float(row["year"] == term[5:]) for row in used]
        elif term == "I(population^1.2)":
            x_values = [float(row["population"]) ** 1.2 for row in used]
        else:
            x_values = [float(row[term]) for row in used]
        # effects of years are drawn as they are
        sd = 1 if term.startswith("year=") else statistics.stdev(x_values)
        for at, key in ((x, "estimate"), (low, "ci_low"), (high, "ci_high")):
            picture.near(f"coefficients {term} {key}", "x", at, sd * c[key])


behov("fit", "--quiet", "--lang", "en", "-o", "rows.csv")
with open(os.path.join(folder, "rows.csv"), encoding="utf-8-sig") as file:
    text = file.read()
rows = list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))
names = [n for n in os.listdir(os.path.join(os.environ["BEHOV_SOURCE"], "datasets", "simulated")) if n.endswith(".csv")]
with open(os.path.join(os.environ["BEHOV_SOURCE"], "datasets", "simulated", names[0]), encoding="utf-8") as file:
    panel = list(csv.DictReader(file))
for lang in ("nb", "en"):
    rank(lang)
    fit(lang, rows)
    for code in ("1860", "0101", "1151", "0219"):
        profile(lang, code, "--draws", "200")
    profile(lang, "1865", "--year", "2014", "--group", "county", "--level", "80", "--draws", "200")
    ratios(lang, rows)
    funnel(lang)
    for name in ("balanced", "gaps", "one_year"):
        terms = "y ~ x" if name == "one_year" else "y ~ x + factor(year)"
        funnel(lang, os.path.join(os.environ["BEHOV_SOURCE"], "tests", "cross", f"funnel_{name}.csv"), "--formula", terms)
    places(lang)
    coefficients(lang, rows, panel)
print("\n".join(failed[:20]) or "every mark stands where its figure is")
sys.exit(1 if failed else 0)
