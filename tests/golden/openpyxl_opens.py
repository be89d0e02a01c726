"""openpyxl_opens.py LIST - loads each workbook that the file LIST names, a path a line, with all its charts; what the
chart schema has no word for is told, too.
openpyxl_opens.py --self-test FILE - a copy of FILE with a marker that no schema knows is refused."""
import os
import re
import sys
import tempfile
import warnings
import xml.etree.ElementTree as tree
import zipfile
from concurrent.futures import ProcessPoolExecutor

import openpyxl

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_xlsx


def faults(path):
    """What is wrong with a workbook; nothing when openpyxl loads it with every chart that lies in it."""
    with zipfile.ZipFile(path) as archive:
        charts = [name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        words = [f"{name}: {element} is {word!r}" for name in charts
                 for element, word in check_xlsx.chart_words(tree.fromstring(archive.read(name)))]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", message=".*extension is not supported")
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            book = openpyxl.load_workbook(path)
    except Exception as error:  # whatever it stumbles over
        return words + [f"openpyxl: {type(error).__name__}: {str(error)[:300]}"]
    loaded = sum(len(sheet._charts) for sheet in book.worksheets)
    if loaded != len(charts):
        words.append(f"openpyxl loads {loaded} of {len(charts)} charts")
    if not all(sheet.max_row for sheet in book.worksheets):
        words.append("a sheet without rows")
    return words


def self_test(path):
    with tempfile.TemporaryDirectory() as folder:
        broken = os.path.join(folder, "broken.xlsx")
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
            for name in old.namelist():
                text = old.read(name)
                if name.startswith("xl/charts/"):
                    text = re.sub(rb'<c:symbol val="[a-z]*"', b'<c:symbol val="long_dash"', text)
                new.writestr(name, text)
        told = faults(broken)
    noticed = any("long_dash" in line for line in told) and any(line.startswith("openpyxl") for line in told)
    print("a marker that no schema knows is", "noticed" if noticed else f"not noticed: {told}")
    return noticed


def main():
    if sys.argv[1] == "--self-test":
        sys.exit(not self_test(sys.argv[2]))
    with open(sys.argv[1], encoding="utf-8") as file:
        paths = file.read().splitlines()
    wrong = 0
    with ProcessPoolExecutor() as pool:  # nothing runs beside this test: a process for each processor
        for path, lines in zip(paths, pool.map(faults, paths, chunksize=4)):
            for line in lines:
                print(f"{os.path.basename(path)}: {line}")
                wrong += 1
    print(f"{len(paths)} workbooks opened, {wrong} faults")
    sys.exit(wrong > 0)


main()
