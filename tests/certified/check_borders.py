#!/usr/bin/env python3
"""The projection of make_borders.py against what defines it, and the bundled files read by other code than the program's.

A transverse Mercator projection is the one conformal map whose central meridian is true to scale 0.9996. So: northings on
the meridian against arcs by quadrature of the ellipsoid's radius; the equations of Cauchy and Riemann elsewhere, in
isometric latitude; and one point that PROJ's own tests give (utm zone 32 of 12 E 55 N is zone 33 of 18 E 55 N)."""
import importlib.util
import math
import os
import sys
import tempfile

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "datasets", "borders")
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("make_borders", os.path.join(FOLDER, "make_borders.py"))
make_borders = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make_borders)

A, F = 6378137.0, 1 / 298.257222101
E2 = F * (2 - F)


def meridian_arc(latitude, n=20000):
    """Metres from the equator, by Simpson's rule."""
    step = math.radians(latitude) / n
    radius = lambda phi: A * (1 - E2) / (1 - E2 * math.sin(phi) ** 2) ** 1.5
    return step / 3 * sum(radius(i * step) * (1 if i in (0, n) else 4 if i % 2 else 2) for i in range(n + 1))


def check_projection():
    east, north = make_borders.project(18, 55)
    assert abs(east - 691875.632139661) < 1e-6 and abs(north - 6098907.825005012) < 1e-6, (east, north)
    for latitude in (0, 58, 63.5, 71):
        east, north = make_borders.project(15, latitude)
        assert abs(east - 500000) < 1e-6 and abs(north - 0.9996 * meridian_arc(latitude)) < 1e-4, latitude
    h = 1e-4
    for latitude in (58, 61, 65, 71):
        for longitude in (4.5, 8, 12, 20, 31):
            phi = math.radians(latitude)
            # d phi / d q, q the isometric latitude
            slope = math.cos(phi) * (1 - E2 * math.sin(phi) ** 2) / (1 - E2)
            by_longitude = [(a - b) / (2 * h) for a, b in zip(make_borders.project(longitude + h, latitude),
                                                              make_borders.project(longitude - h, latitude))]
            by_latitude = [slope * (a - b) / (2 * h) for a, b in zip(make_borders.project(longitude, latitude + h),
                                                                     make_borders.project(longitude, latitude - h))]
            assert abs(by_longitude[0] - by_latitude[1]) < 0.05, (longitude, latitude)  # metres a degree, of 50 000
            assert abs(by_longitude[1] + by_latitude[0]) < 0.05, (longitude, latitude)


def read(year):
    """Codes, and arcs as (left, right, points), by the description in datasets/borders/README.md."""
    with open(os.path.join(FOLDER, f"borders_{year}.txt"), encoding="ascii", newline="") as file:
        lines = file.read().split("\n")
    assert lines[0] == f"behov-borders 1 {year}" and lines[-1] == ""
    codes, arcs = None, []
    for line in lines[1:-1]:
        words = line.split(" ")
        if words[0] == "whole":
            continue
        if words[0] == "codes":
            codes = words[1:]
            continue
        numbers, value, factor = [], 0, 1
        for letter in words[4]:
            digit = ord(letter) - 48
            value += factor * (digit % 32)
            factor *= 32
            if digit < 32:
                numbers.append(value)
                value, factor = 0, 1
        points = [(int(words[2]), int(words[3]))]
        signed = lambda n: n // 2 if n % 2 == 0 else -(n + 1) // 2
        for east, north in zip(numbers[::2], numbers[1::2]):
            points.append((points[-1][0] + signed(east // 2), points[-1][1] + signed(north)))
        sides = [None if word == "-" else codes[int(word)] for word in words[:2]]
        arcs.append((*sides, points))
    return codes, arcs


def check_file(year, expected):
    codes, arcs = read(year)
    assert codes == sorted(make_borders.municipalities_in(year)) and len(codes) == expected
    areas = dict.fromkeys(codes, 0.0)
    balance = {}
    for left, right, points in arcs:
        assert left != right and len(points) > 1 and (left or right)
        twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:]))
        for code, sign in ((left, 1), (right, -1)):
            if code:
                areas[code] += sign * twice / 200
                for point, way in ((points[0], 1), (points[-1], -1)):
                    balance[code, point] = balance.get((code, point), 0) + sign * way
    assert not any(balance.values()), "a ring does not close"
    assert min(areas.values()) > 0, min(areas, key=areas.get)
    total = sum(areas.values())
    assert abs(total / 323802 - 1) < 0.03, total  # mainland Norway, Statistics Norway
    crossing = len(make_borders.crossings([points for _, _, points in arcs]))
    assert crossing <= 15, crossing
    print(f"{year}: {len(codes)} municipalities, {len(arcs)} arcs, {total:.0f} km2, {crossing} arcs that cross")


check_projection()
for year, expected in ((2011, 430), (2020, 356), (2024, 357)):
    check_file(year, expected)

raw = os.path.join(os.environ.get("BEHOV_SHARED", ""), "data", "raw", "geo")
if os.environ.get("BEHOV_SHARED") and os.path.isdir(raw):
    with open(os.path.join(FOLDER, "..", "REGISTER.md"), encoding="utf-8") as register, tempfile.TemporaryDirectory() as made:
        known = register.read()
        for entry in make_borders.MAPS:
            name = f"borders_{entry[0]}.txt"
            assert make_borders.sha256(os.path.join(raw, entry[1])) in known, entry[1]
            make_borders.make(raw, entry, os.path.join(made, name))
            with open(os.path.join(made, name), "rb") as new, open(os.path.join(FOLDER, name), "rb") as old:
                assert new.read() == old.read(), f"{name} is not what make_borders.py makes"
else:
    print("not made again: $BEHOV_SHARED with the raw files is not there")
