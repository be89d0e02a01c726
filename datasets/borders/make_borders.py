#!/usr/bin/env python3
"""Makes the bundled borders out of TopoJSON files of municipalities: merged, simplified, projected, as whole numbers.

    python3 make_borders.py FOLDER

reads the raw files of FOLDER (named in MAPS below, with their checksums in REGISTER.md) and municipality_changes.csv,
and writes borders_2011.txt, borders_2020.txt and borders_2024.txt beside itself. Only Python's own modules are needed.

What a file holds is said in README.md. What is done to the raw file, in this order:

1. Rings of one code are put together; an arc with the same municipality on both sides is dropped, and arcs that meet
   where nothing else does become one.
2. Longitude and latitude become metres of EPSG:25833 (ETRS89 / UTM zone 33N), by the series of Krüger (1912) to the
   sixth power of the third flattening, as in Karney (2011), Transverse Mercator with an accuracy of a few nanometers,
   Journal of Geodesy 85, equations 7-11 and 35.
3. Islands and lakes smaller than LEAST_ISLAND_KM2 are dropped, but never the largest piece of a municipality.
4. Each arc is simplified by itself, so that borders that are shared stay shared: Visvalingam & Whyatt (1993), Line
   generalisation by repeated elimination of points, Cartographic Journal 30, the area of each point's triangle weighted
   by 1 - 0.7 cos(angle), which takes spikes first. A ring keeps four points.
5. Rounded to 100 m. Arcs that cross after that are simplified less, until none does.
"""
import csv
import hashlib
import heapq
import json
import math
import os
import sys

FINE_M, COARSE_M, LEAST_ISLAND_KM2, UNIT_M = 1300.0, 3200.0, 6.0, 100.0
SPIKE_WEIGHT, ISLAND_SHARE, N_ATTEMPTS = 0.7, 0.05, 4
HERE = os.path.dirname(os.path.abspath(__file__))
CHANGES = os.path.join(HERE, "..", "norway", "municipality_changes.csv")

# year of the list; file, object and property of its codes; islands taken from another; divided since, drawn whole.
MAPS = [
    (2011, "bengler_imdikator_norge_2014.topojson", "kommuner", None, None, [("0720", "0710")]),
    (2020, "robhop_kommuner_2020_small.topojson", "Kommuner", "kommunenummer",
     ("robhop_kommuner_2024_S.topojson", "Kommuner", "kommunenummer", ["1144", "1835"]), []),
    (2024, "robhop_kommuner_2024_S.topojson", "Kommuner", "kommunenummer", None, []),
]


# ---- projection ----

FLATTENING, AXIS_M = 1 / 298.257222101, 6378137.0
SCALE, CENTRAL_MERIDIAN, FALSE_EASTING_M = 0.9996, 15.0, 500000.0


def kruger_coefficients():
    n = FLATTENING / (2 - FLATTENING)
    alpha = [
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180 - 127 * n**5 / 288 + 7891 * n**6 / 37800,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440 + 281 * n**5 / 630 - 1983433 * n**6 / 1935360,
        61 * n**3 / 240 - 103 * n**4 / 140 + 15061 * n**5 / 26880 + 167603 * n**6 / 181440,
        49561 * n**4 / 161280 - 179 * n**5 / 168 + 6601661 * n**6 / 7257600,
        34729 * n**5 / 80640 - 3418889 * n**6 / 1995840,
        212378941 * n**6 / 319334400,
    ]
    rectifying_radius = AXIS_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64 + n**6 / 256)
    return alpha, rectifying_radius


ALPHA, RADIUS_M = kruger_coefficients()
ECCENTRICITY = math.sqrt(FLATTENING * (2 - FLATTENING))


def project(longitude, latitude):
    """Metres east and north in EPSG:25833."""
    phi, lam = math.radians(latitude), math.radians(longitude - CENTRAL_MERIDIAN)
    sigma = math.sinh(ECCENTRICITY * math.atanh(ECCENTRICITY * math.sin(phi)))
    tau = math.tan(phi)
    tau = tau * math.hypot(1, sigma) - sigma * math.hypot(1, tau)
    xi = math.atan2(tau, math.cos(lam))
    eta = math.asinh(math.sin(lam) / math.hypot(tau, math.cos(lam)))
    east, north = eta, xi
    for j, a in enumerate(ALPHA, 1):
        north += a * math.sin(2 * j * xi) * math.cosh(2 * j * eta)
        east += a * math.cos(2 * j * xi) * math.sinh(2 * j * eta)
    return FALSE_EASTING_M + SCALE * RADIUS_M * east, SCALE * RADIUS_M * north


# ---- reading ----

def municipalities_in(year):
    """Codes and names on 1 January of a year, from the list of changes."""
    current, pending, last = {}, [], None
    with open(CHANGES, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["date"] <= f"{year}-01-01"]
    for row in rows + [None]:
        if row is None or row["date"] != last:
            for gone in pending:
                current.pop(gone["old_code"], None)
            for change in pending:
                current[change["new_code"]] = change["new_name"]
            pending = []
        if row:
            pending.append(row)
            last = row["date"]
    return current


def read_topojson(path, object_name, code_property):
    """Arcs as points of longitude and latitude, and polygons as (code, rings of references to arcs)."""
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    transform = data.get("transform")
    arcs = []
    for raw in data["arcs"]:
        points, x, y = [], 0, 0
        for point in raw:
            if transform:
                x, y = x + point[0], y + point[1]
                point = (x * transform["scale"][0] + transform["translate"][0],
                         y * transform["scale"][1] + transform["translate"][1])
            if not points or points[-1] != tuple(point[:2]):
                points.append(tuple(point[:2]))
        arcs.append(points)
    polygons = []
    for geometry in data["objects"][object_name]["geometries"]:
        code = geometry["properties"][code_property] if code_property else geometry["id"]
        parts = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}[geometry["type"]]
        polygons += [("%04d" % int(code), rings) for rings in parts]
    return arcs, polygons


def area_within(points):
    """Of a ring, above 0 where it goes round to the left."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1])) / 2


# ---- arcs with a municipality on each side ----

class Arc:
    """Points, and the municipality to the left and to the right of them; None is the sea or another country."""

    def __init__(self, points, left, right):
        self.points, self.left, self.right = points, left, right

    def turned(self):
        return Arc(self.points[::-1], self.right, self.left)


def arcs_with_sides(arcs, polygons):
    sides = {}  # arc -> [left, right]

    def put(arc, side, code):
        pair = sides.setdefault(arc, [None, None])
        if pair[side] not in (None, code):
            sys.exit(f"arc {arc} has two municipalities on one side: {pair[side]}, {code}")
        pair[side] = code

    for code, rings in polygons:
        for k, ring in enumerate(rings):
            points = []
            for reference in ring:
                points += (arcs[reference] if reference >= 0 else arcs[~reference][::-1])[:-1]
            is_left = (area_within(points) > 0) == (k == 0)
            for reference in ring:
                put(max(reference, ~reference), 0 if (reference >= 0) == is_left else 1, code)
    return [Arc(arcs[k], *sides[k]) for k in sorted(sides) if sides[k][0] != sides[k][1] and len(arcs[k]) > 1]


def join_arcs(arcs):
    """Arcs that meet where no third does, with the same two sides, become one."""
    ends = {}
    for arc in arcs:
        for point in (arc.points[0], arc.points[-1]):
            ends.setdefault(point, []).append(arc)
    alive = set(arcs)
    for point in sorted(ends):
        meeting = ends[point]
        if len(meeting) != 2 or meeting[0] is meeting[1]:
            continue
        first, second = meeting
        if first.points[-1] != point:
            first = first.turned()
        if second.points[0] != point:
            second = second.turned()
        if (first.left, first.right) != (second.left, second.right):
            continue
        one = Arc(first.points + second.points[1:], first.left, first.right)
        alive -= set(meeting)
        alive.add(one)
        for end in (one.points[0], one.points[-1]):
            ends[end] = [one if arc in meeting else arc for arc in ends[end]]
    return sorted(alive, key=lambda arc: (arc.points, arc.left or "", arc.right or ""))


def rings_of(arcs, code):
    """The rings of a municipality, to the left of what goes round: lists of (arc, points)."""
    starts = {}
    for arc in arcs:
        if arc.left == code:
            starts.setdefault(arc.points[0], []).append((arc, arc.points))
        elif arc.right == code:
            starts.setdefault(arc.points[-1], []).append((arc, arc.points[::-1]))
    rings = []
    for start in sorted(starts):
        while starts[start]:
            ring = [starts[start].pop()]
            while ring[-1][1][-1] != start:
                following = starts.get(ring[-1][1][-1])
                if not following:
                    sys.exit(f"a ring of {code} does not close at {ring[-1][1][-1]}")
                ring.append(following.pop())
            rings.append(ring)
    return rings


def area_of_ring(ring):
    return area_within([point for _, points in ring for point in points[:-1]])


def areas_km2(arcs):
    codes = sorted({side for arc in arcs for side in (arc.left, arc.right) if side})
    return {code: sum(area_of_ring(ring) for ring in rings_of(arcs, code)) * 1e-6 for code in codes}


def drop_small(arcs):
    """Without islands and lakes that are small; the largest ring of a municipality stays."""
    group = {arc: arc for arc in arcs}

    def head(arc):
        while group[arc] is not arc:
            group[arc] = group[group[arc]]
            arc = group[arc]
        return arc

    at = {}
    for arc in arcs:
        for point in (arc.points[0], arc.points[-1]):
            group[head(arc)] = head(at.setdefault(point, arc))
    size, keep = {}, set()
    for code in sorted({side for arc in arcs for side in (arc.left, arc.right) if side}):
        rings = rings_of(arcs, code)
        for ring in rings:
            one = head(ring[0][0])
            size[one] = size.get(one, 0) + area_of_ring(ring) * 1e-6
        keep.add(head(max(rings, key=area_of_ring)[0][0]))
    return [arc for arc in arcs if head(arc) in keep or abs(size[head(arc)]) >= LEAST_ISLAND_KM2]


# ---- simplification ----

def weight_of(a, b, c):
    area = abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
    u, v = (a[0] - b[0], a[1] - b[1]), (c[0] - b[0], c[1] - b[1])
    lengths = math.hypot(*u) * math.hypot(*v)
    cosine = (u[0] * v[0] + u[1] * v[1]) / lengths if lengths else 1.0
    return area * (1 - SPIKE_WEIGHT * cosine)


def weights_of_points(points):
    """What each point weighs when its turn comes, in square metres; ends, and the last two of a ring, for ever."""
    n = len(points)
    weights = [math.inf] * n
    before, after = list(range(-1, n - 1)), list(range(1, n + 1))
    queue = [(weight_of(points[i - 1], points[i], points[i + 1]), i) for i in range(1, n - 1)]
    current = dict((i, w) for w, i in queue)
    heapq.heapify(queue)
    least = 0.0
    left = n
    fewest = 5 if points[0] == points[-1] else 2
    while queue:
        weight, i = heapq.heappop(queue)
        if current.get(i) != weight:
            continue
        if left <= fewest:
            break
        least = max(least, weight)
        weights[i] = least
        left -= 1
        del current[i]
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for k in (a, b):
            if 0 < k < n - 1:
                current[k] = weight_of(points[before[k]], points[k], points[after[k]])
                heapq.heappush(queue, (current[k], k))
    return weights


def rounded(arc, weights, tolerance_m):
    """Whole numbers of 100 m, each with whether it stays in the coarse map: [x, y, is_coarse]."""
    result = []
    for (x, y), weight in zip(arc.points, weights):
        if weight < tolerance_m**2:
            continue
        point = [round(x / UNIT_M), round(y / UNIT_M), weight >= COARSE_M**2]
        if result and result[-1][:2] == point[:2]:
            result[-1][2] = result[-1][2] or point[2]
        else:
            result.append(point)
    return result


def crossings(lines):
    """The lines, by number, that cross another or themselves other than at their ends."""
    cells, found = {}, set()
    size = 50
    segments = []
    for k, line in enumerate(lines):
        for a, b in zip(line, line[1:]):
            s = len(segments)
            segments.append((k, a[0], a[1], b[0], b[1]))
            for cx in range(min(a[0], b[0]) // size, max(a[0], b[0]) // size + 1):
                for cy in range(min(a[1], b[1]) // size, max(a[1], b[1]) // size + 1):
                    cells.setdefault((cx, cy), []).append(s)

    def side(ax, ay, bx, by, cx, cy):
        value = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        return (value > 0) - (value < 0)

    for members in cells.values():
        for i, s in enumerate(members):
            k, ax, ay, bx, by = segments[s]
            for t in members[i + 1:]:
                m, cx, cy, dx, dy = segments[t]
                if (side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0
                        and side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0):
                    found |= {k, m}
    return found


def tolerance_of(arc):
    """A small island keeps its shape."""
    if arc.points[0] != arc.points[-1]:
        return FINE_M
    return min(FINE_M, math.sqrt(ISLAND_SHARE * abs(area_within(arc.points[:-1]))))


def simplify(arcs):
    weights = [weights_of_points(arc.points) for arc in arcs]
    usual = [tolerance_of(arc) for arc in arcs]
    tolerances = list(usual)
    lines = [rounded(arc, w, t) for arc, w, t in zip(arcs, weights, tolerances)]
    for attempt in range(N_ATTEMPTS + 1):
        for k in crossings(lines):
            tolerances[k] = tolerances[k] / 2 if attempt < N_ATTEMPTS else usual[k]
            lines[k] = rounded(arcs[k], weights[k], tolerances[k])
    return lines, len(crossings(lines))


# ---- writing ----

def digits(value):
    """A whole number >= 0 in base 32, its least digit first: characters from `0`, those that another follows 32 higher."""
    text = ""
    while value >= 32:
        text += chr(48 + 32 + value % 32)
        value //= 32
    return text + chr(48 + value)


def unsigned(value):
    return 2 * value if value >= 0 else -2 * value - 1


def line_text(points):
    """x y, then the steps from point to point; the first number of a step says whether the coarse map has its point."""
    steps = [digits(2 * unsigned(b[0] - a[0]) + b[2]) + digits(unsigned(b[1] - a[1])) for a, b in zip(points, points[1:])]
    return f"{points[0][0]} {points[0][1]} {''.join(steps)}"


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def municipal_arcs(folder, entry):
    """Arcs of a map in metres, before anything is left out."""
    year, name, object_name, code_property, others, _ = entry
    arcs = arcs_with_sides(*read_topojson(os.path.join(folder, name), object_name, code_property))
    if others:
        other_arcs, polygons = read_topojson(os.path.join(folder, others[0]), *others[1:3])
        arcs += arcs_with_sides(other_arcs, [polygon for polygon in polygons if polygon[0] in others[3]])
    arcs = join_arcs(arcs)
    return [Arc([project(*point) for point in arc.points], arc.left, arc.right) for arc in arcs]


def make(folder, entry, out_path):
    year, name, _, _, others, divided = entry
    whole = municipal_arcs(folder, entry)
    arcs = drop_small(whole)
    lines, n_crossing = simplify(arcs)
    kept = [(arc, line) for arc, line in zip(arcs, lines) if len(line) > 1]
    codes = sorted({side for arc, _ in kept for side in (arc.left, arc.right) if side})
    expected = sorted(municipalities_in(year))
    if codes != expected:
        sys.exit(f"{name}: not the list of {year}: {set(codes) ^ set(expected)}")
    number = {code: str(i) for i, code in enumerate(codes)}
    number[None] = "-"
    with open(out_path, "w", encoding="ascii", newline="\n") as out:
        out.write(f"behov-borders 1 {year}\n")
        for old, new in divided:
            out.write(f"whole {old} {new}\n")
        out.write(" ".join(["codes"] + codes) + "\n")
        for arc, line in kept:
            out.write(f"{number[arc.left]} {number[arc.right]} {line_text(line)}\n")
    before, after = areas_km2(whole), areas_km2([Arc([tuple(p[:2]) for p in line], arc.left, arc.right) for arc, line in kept])
    scale = (UNIT_M / 1000) ** 2 * 1e6
    pieces = areas_km2(arcs)
    worst = max(codes, key=lambda code: abs(after[code] * scale / pieces[code] - 1))
    print(f"{os.path.basename(out_path)}: {len(codes)} municipalities, {len(kept)} arcs, "
          f"{sum(len(line) for _, line in kept)} points, {sum(sum(p[2] for p in line) for _, line in kept)} coarse, "
          f"{os.path.getsize(out_path)} bytes, {n_crossing} arcs that cross; raw sha256 {sha256(os.path.join(folder, name))}")
    print(f"  area {sum(before.values()):.0f}, {sum(pieces.values()):.0f} without what is small, "
          f"{sum(after.values()) * scale:.0f} km2 simplified; of a municipality at most {worst} "
          f"{pieces[worst]:.1f} -> {after[worst] * scale:.1f}; by over 3 %: "
          f"{sum(abs(after[code] * scale / pieces[code] - 1) > 0.03 for code in codes)}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for entry in MAPS:
        make(sys.argv[1], entry, os.path.join(HERE, f"borders_{entry[0]}.txt"))


if __name__ == "__main__":
    main()
