#!/usr/bin/env python3
"""test_fetch.py PROGRAM [PRELOAD] - behov fetch against the stand-in server: what is fetched is what the server has, cell by cell; whatever
goes wrong is told in a sentence, leaves nothing that is half, and the next run goes on. No real server is asked."""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from standin_server import REGIONS, TABLES, Server, value_of

program = os.path.abspath(sys.argv[1])
preload = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
if os.environ.get("BEHOV_CURL", "yes") == "no":
    print("skipped: the build has no libcurl")
    sys.exit(77)
n_checks = n_failed = 0


def check(is_right, what):
    global n_checks, n_failed
    n_checks += 1
    if not is_right:
        n_failed += 1
        print("failed:", what)


class Case:
    """A folder, a server, and calls of the program in them."""

    def __init__(self, *plan):
        self.folder = tempfile.mkdtemp(prefix="behov-fetch-")
        self.server = Server(plan)
        self.out = self.err = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.close()
        shutil.rmtree(self.folder)

    def run(self, *words, lang="en", waits="0.001", input=None):
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": self.folder, "BEHOV_LANG": lang,
               "BEHOV_FETCH_WAITS": waits}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                env[name] = os.environ[name]
        done = subprocess.run([program, "fetch", *words], cwd=self.folder, env=env, capture_output=True, timeout=120)
        self.out, self.err = done.stdout.decode(), done.stderr.decode()
        return done.returncode

    def fetch(self, *words, **options):
        return self.run("07459", "--server", self.server.address + "/v2", "-s", "Region=*", "-s", "Alder=*", "-s",
                        "Tid=range(2021,2023)", "-o", "t.json", *words, **options)

    def files(self):
        return sorted(os.listdir(self.folder))

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()

    def cube(self, name):
        return json.loads(self.read(name))


def cells_of(table, cube):
    """(codes) -> value of a cube, checked against what the server's cells are; how many."""
    n, wrong = 1, 0
    for size in cube["size"]:
        n *= size
    for i in range(n):
        rest, block, codes = i, n, {}
        for name, size in zip(cube["id"], cube["size"]):
            block //= size
            index = cube["dimension"][name]["category"]["index"]
            codes[name] = next(c for c, p in index.items() if p == rest // block)
            rest %= block
        value = value_of(table, codes)
        wrong += (cube["value"][i] if value % 97 else value) != value
    return n if not wrong else -wrong


# ---- what is right -------------------------------------------------------------------------------------------------

with Case() as case:
    code = case.fetch()
    check(code == 0 and case.err == "", "a table: exit %d %s" % (code, case.err))
    check(cells_of("07459", case.cube("t.json")) == 5 * 6 * 1 * 3, "each cell of the table")
    check(case.files() == ["t.json", "t.json.request.json"], "files: %s" % case.files())
    record = case.cube("t.json.request.json")
    data = case.read("t.json")
    check(record["sha256"] == hashlib.sha256(data).hexdigest() and record["bytes"] == len(data), "the digest")
    check(record["method"] == "POST" and record["address"].endswith("/v2/tables/07459/data?outputFormat=json-stat2&lang=no"),
          "the address: " + record["address"])
    body = json.loads(record["body"])
    check(body["selection"][-1] == {"variableCode": "Tid", "valueCodes": ["2021", "2022", "2023"]}, "the years as codes")
    check(body["selection"][2] == {"variableCode": "ContentsCode", "valueCodes": ["Personer1"]}, "the only content")
    check([s["variableCode"] for s in body["selection"]] == ["Region", "Alder", "ContentsCode", "Tid"], "sex is left out")
    check(record["updated"] == "2026-06-15T06:00:00Z" and record["fetched"].endswith("Z"), "the times")
    check("t.json: 90 cells, updated 2026-06-15T06:00:00Z: fetched" in case.out and "Source: Stand-in, table 07459" in case.out,
          "the page: " + case.out)
    check(all(agent.startswith("behov/") for agent in case.server.agents), "who asks: %s" % case.server.agents)
    # A second run looks at the metadata alone.
    before = case.server.n_data()
    check(case.fetch() == 0 and "unchanged since last time" in case.out and case.server.n_data() == before, "kept: " + case.out)
    # Without a network.
    n = len(case.server.log)
    check(case.fetch("--offline") == 0 and "90 cells" in case.out and len(case.server.log) == n, "offline: " + case.err)
    check(case.run("07459", "--server", case.server.address + "/v2", "-s", "Region=0301", "-s", "Alder=*", "-s", "Tid=2021",
                   "-o", "t.json", "--offline") == 1 and "Run without --offline" in case.err, "another selection offline")
    # An update of the table, a file that was changed by somebody: fetched anew.
    case.server.updated = "2026-09-01T06:00:00Z"
    check(case.fetch() == 0 and "2026-09-01" in case.out and case.server.n_data() == before + 1, "an update: " + case.out)
    with open(os.path.join(case.folder, "t.json"), "a") as file:
        file.write(" ")
    check(case.fetch("--offline") == 1 and "or the file has changed since" in case.err, "a changed file offline")
    check(case.fetch() == 0 and case.server.n_data() == before + 2, "a changed file is fetched anew")
    # The reader of panels takes it.
    done = subprocess.run([program, "panel", "read", "t.json", "-o", "t.csv"], cwd=case.folder, capture_output=True)
    lines = case.read("t.csv").decode().split("\n") if done.returncode == 0 else []
    check(len(lines) == 92 and lines[0].startswith("Region,Alder,ContentsCode,Tid,value"), "panel read: %s" % done.stderr)

    # Another selection under the same name is told, the same one is not.
    check(case.fetch() == 0 and case.err == "", "no word of a file that is replaced by itself: " + case.err)
    other = ("07459", "--server", case.server.address + "/v2", "-s", "Region=0301", "-s", "Alder=*", "-s", "Tid=2021", "-o",
             "t.json")
    check(case.run(*other) == 0 and case.err.count("t.json is the answer to another request") == 1, "replaced: " + case.err)
    check(case.run(*other) == 0 and case.err == "", "replaced once: " + case.err)
    # As JSON.
    check(case.run(*other, "--json") == 0, "JSON: " + case.err)
    answer = json.loads(case.out)
    check(answer["table"] == "07459" and [(f["file"], f["cells"], f["is_kept"], f["bytes"]) for f in answer["files"]] ==
          [("t.json", 6, True, len(case.read("t.json")))], "JSON: " + case.out)
    check(case.run("07459", "--server", case.server.address + "/v2", "--json") == 0, "JSON of a table: " + case.err)
    answer = json.loads(case.out)
    check([(v["code"], len(v["values"])) for v in answer["variables"]] ==
          [(v.code, len(v.values)) for v in TABLES["07459"]], "JSON of a table: " + case.out)

# The table alone, to see what can be chosen.
with Case() as case:
    code = case.run("07459", "--server", case.server.address + "/v2")
    check(code == 0 and "Kjonn (kjonn), may be left out, 2 values: 1 name of 1, 2 name of 2" in case.out and
          "Region (region), must be chosen, 5 values: 0 Hele landet, 3101 Halden" in case.out, "the table: " + case.out)
    check(case.server.n_data() == 0 and case.files() == [], "nothing is fetched")

# Parts: the server takes 30 cells at a time.
with Case() as case:
    case.server.limit = case.server.true_limit = 30
    code = case.fetch()
    names = [n for n in case.files() if not n.endswith(".request.json")]
    check(code == 0 and names == ["t-1.json", "t-2.json", "t-3.json"], "parts: %s %s" % (names, case.err))
    check("90 cells are fetched in 3 parts, for the server gives at most 30 at a time" in case.err, "told: " + case.err)
    check(sum(cells_of("07459", case.cube(n)) for n in names) == 90, "every cell of the parts")
    ages = [list(case.cube(n)["dimension"]["Alder"]["category"]["index"]) for n in names]
    check(ages == [["000", "001"], ["002", "003"], ["004", "005"]], "cut along the longest: %s" % ages)
    before = case.server.n_data()
    check(case.fetch() == 0 and case.server.n_data() == before and case.out.count("unchanged") == 3, "parts are kept")
    check(case.fetch("--offline") == 0 and case.out.count("unchanged") == 3, "parts offline")
    os.remove(os.path.join(case.folder, "t-2.json"))
    check(case.fetch("--offline") == 1 and "part 2 of 3" in case.err, "a part is missing offline: " + case.err)
    check(case.fetch() == 0 and case.server.n_data() == before + 1, "the missing part alone is fetched")
    # Fewer parts: the old ones would be read as more of the table.
    case.server.limit = case.server.true_limit = 800000
    check(case.fetch() == 0 and case.files() == ["t.json", "t.json.request.json"] and "t-3.json was removed" in case.err,
          "old parts are removed: %s" % case.files())

# A file of the user's own under the name of a part.
with Case() as case:
    case.server.limit = case.server.true_limit = 30
    with open(os.path.join(case.folder, "t-2.json"), "w") as file:
        file.write("{}")
    check(case.fetch() == 1 and "t-2.json" in case.err and "not written over" in case.err and case.read("t-2.json") == b"{}",
          "a part over an own file: " + case.err)

# A server that takes fewer cells than it says.
with Case() as case:
    case.server.plan = ["cells"]
    check(case.fetch() == 0 and "fewer cells at a time than it says; trying 45" in case.err, "fewer cells: " + case.err)
with Case() as case:
    case.server.plan = ["cells"] * 20
    check(case.fetch() == 1 and "more cells than the server gives" in case.err and case.files() == [], "never enough: " + case.err)

# The connection breaks at the second part; a second run goes on.
with Case("ok", "cut", "cut", "cut") as case:
    case.server.limit = case.server.true_limit = 30
    code = case.fetch()
    check(code == 1 and "the connection broke before the whole answer had come" in case.err and
          case.files() == ["t-1.json", "t-1.json.request.json"], "a break: %d %s %s" % (code, case.files(), case.err))
    before = case.server.n_data()
    check(case.fetch() == 0 and case.server.n_data() == before + 2 and "t-1.json: 30 cells" in case.out,
          "goes on: %d more" % (case.server.n_data() - before))

# The table is updated between its first part and its last.
with Case("updated") as case:
    case.server.limit = case.server.true_limit = 30
    code = case.fetch()
    check(code == 1 and "was updated while it was fetched" in case.err, "meanwhile: " + case.err)
    check(case.fetch() == 0 and case.out.count(": fetched") == 3 and case.out.count("2026-11-11") == 3, "and again: " + case.out)

# ---- version 0, KLASS, an address ---------------------------------------------------------------------------------------

with Case() as case:
    words = ["07459", "--api", "pxweb0", "--server", case.server.address + "/v0", "-s", "Region=0301,0101", "-s", "Alder=*", "-s",
             "Tid=top(2)", "-o", "v0.json"]
    code = case.run(*words)
    check(code == 0 and cells_of("07459", case.cube("v0.json")) == 2 * 6 * 2, "version 0: " + case.err)
    body = json.loads(case.cube("v0.json.request.json")["body"])
    check(body["response"] == {"format": "json-stat2"} and body["query"][0] ==
          {"code": "Region", "selection": {"filter": "item", "values": ["0101", "0301"]}}, "its body: %s" % body)
    code = case.run("07459", "--api", "pxweb0", "--server", case.server.address + "/v0", "-s", "Region=K-3101,K-0301", "--codelist",
                    "Region=agg:KommSummer", "-s", "Alder=*", "-s", "Tid=2020", "-o", "agg.json")
    body = json.loads(case.cube("agg.json.request.json")["body"]) if code == 0 else {}
    check(code == 0 and body["query"][0]["selection"] == {"filter": "agg:KommSummer", "values": ["K-3101", "K-0301"]},
          "an aggregation: " + case.err)
    # Version 0 does not tell in its metadata when a table was updated: the first part, asked for anew, tells it for the others.
    case.server.true_limit = 30 # far fewer than is documented
    everything = ["07459", "--api", "pxweb0", "--server", case.server.address + "/v0", "-s", "Region=*", "-s", "Alder=*", "-s", "Tid=*",
                  "-o", "all.json"]
    code = case.run(*everything)
    parts = [n for n in case.files() if n.startswith("all") and "request" not in n]
    check(code == 0 and len(parts) > 3 and sum(cells_of("07459", case.cube(n)) for n in parts) == 120, "version 0 in parts: %s %s" %
          (parts, case.err))
    check(case.run(*everything) == 0 and case.out.count(": fetched") == 1 and case.out.count("unchanged") == len(parts) - 1,
          "parts of version 0 are kept: " + case.out)
    case.server.updated = "2026-09-01T06:00:00Z"
    check(case.run(*everything) == 0 and case.out.count(": fetched") == len(parts), "and fetched after an update: " + case.out)
    check(case.run("nothing", "--api", "pxweb0", "--server", case.server.address + "/v0", "-s", "A=*", "-o", "n.json") == 1 and
          "Table not found" in case.err, "no such table: " + case.err)

with Case() as case:
    code = case.run("07459", "--server", case.server.address + "/v2", "-s", "Region=*", "--codelist", "Region=agg_KommSummer", "-s",
                    "Alder=*", "-s", "Tid=2020", "-o", "k.json")
    check(code == 0 and cells_of("07459", case.cube("k.json")) == 2 * 6, "a code list: " + case.err)
    body = json.loads(case.cube("k.json.request.json")["body"])
    check(body["selection"][0] == {"variableCode": "Region", "codelist": "agg_KommSummer", "valueCodes": ["K-3101", "K-0301"]},
          "it is asked for: %s" % body)

with Case() as case:
    code = case.run("131/changes", "--api", "klass", "--server", case.server.address + "/klass", "-s", "from=2010-01-01", "-s",
                    "to=2026-01-01", "-o", "klass.json")
    check(code == 0 and "codeChanges" in case.cube("klass.json"), "KLASS: " + case.err)
    check(case.server.log[-1][1] == "/klass/classifications/131/changes?from=2010-01-01&to=2026-01-01", "its address")

with Case() as case:
    words = [case.server.address + "/file/imdi.csv", "-o", "imdi.csv"]
    check(case.run(*words) == 0 and case.read("imdi.csv") == b"Kommune;Antall\r\nHalden;30\r\n", "an address: " + case.err)
    check(case.run(*words) == 0 and "unchanged" in case.out, "304: " + case.out)
    case.server.updated = "2027-01-01"
    check(case.run(*words) == 0 and ": fetched" in case.out, "newer: " + case.out)
    case.server.plan = ["no-end-cut"]
    case.server.updated = "2027-01-02"
    check(case.run(*words) == 1 and "does not say how long" in case.err, "a text that may be cut: " + case.err)
    case.server.plan = ["html"]
    check(case.run(*words) == 1 and 'is a web page ("Log in to the network")' in case.err, "a page: " + case.err)

# ---- a recipe ---------------------------------------------------------------------------------------------------------------

RECIPE = """
[recipe]
title = A recipe
years = 2021-2022

[source people]
title = SSB 07459
publisher = Statistisk sentralbyraa
table = 07459
place = https://www.ssb.no/statbank/table/07459
files = 07459*
fetch = pxweb2
select Region = *
select Alder = 000, 001, (999)
select ContentsCode = Personer1
select Tid = {years}
region = Region
year = Tid
year_shift = -1

[source changes]
title = KLASS 131
publisher = SSB
place = KLASS
files = klass*
fetch = klass
address = https://data.ssb.no/klass/classifications/131/changes?from=2010-01-01
region = oldCode
year = y

[source settled]
title = IMDi
publisher = IMDi
place = IMDi
files = bosatt_anmodede*
fetch = address
address = https://example.org/file/bosatt_anmodede
region = Kommunenummer
year = y

[source green]
title = Gront hefte, tabell E-k
publisher = Kommunaldepartementet
place = https://www.regjeringen.no/: tabell E-k for kommunene
files = tabell-e-k*
region = region
year = y

[column people]
source = people
kind = count
sum = Alder

[column changes]
source = changes
kind = count

[column settled]
source = settled
kind = count

[column green]
source = green
kind = count
"""

# A server without API= is that of the recipe's PxWeb sources; where it has none, it is refused.
with Case() as case:
    blocks = RECIPE.split("\n[")
    for name, wanted in (("px.ini", ("recipe]", "source people]", "column people]")),
                         ("klass.ini", ("recipe]", "source changes]", "column changes]"))):
        with open(os.path.join(case.folder, name), "w") as file:
            file.write("\n[".join([""] + [block for block in blocks if block.startswith(wanted)]))
    os.mkdir(os.path.join(case.folder, "in"))
    code = case.run("--recipe", "px.ini", "--files", "in", "--server", case.server.address + "/v2")
    check(code == 0 and case.server.n_data() == 1, "a server for a recipe: %s %s" % (case.out, case.err))
    code = case.run("--recipe", "klass.ini", "--files", "in", "--server", case.server.address + "/v2")
    check(code == 2 and "--server without API= is for PxWeb" in case.err, "a server for no source: " + case.err)

# A request, or a file that a recipe names, is written through no link; what -o names may be one.
with Case() as case:
    mine = os.path.join(case.folder, "mine.txt")
    with open(mine, "w") as file:
        file.write("mine")
    os.symlink("mine.txt", os.path.join(case.folder, "t.json.request.json"))
    code = case.fetch()
    check(code == 1 and "t.json.request.json: this is a link" in case.err and open(mine).read() == "mine" and
          not os.path.exists(os.path.join(case.folder, "t.json")), "a request that is a link: %d %s" % (code, case.err))
    os.remove(os.path.join(case.folder, "t.json.request.json"))
    os.symlink("real.json", os.path.join(case.folder, "t.json"))
    code = case.fetch()
    check(code == 0 and os.path.islink(os.path.join(case.folder, "t.json")) and "real.json" in os.listdir(case.folder),
          "-o that is a link: %d %s" % (code, case.err))

with Case("ok", "ok", "ok") as case:
    with open(os.path.join(case.folder, "r.ini"), "w") as file:
        file.write(RECIPE)
    os.mkdir(os.path.join(case.folder, "in"))
    os.symlink("../nowhere.txt", os.path.join(case.folder, "in", "07459.json"))
    here = case.server.address
    code = case.run("--recipe", "r.ini", "--files", "in", "--server", "pxweb2=" + here + "/v2", "--server", "klass=" + here,
                    "--server", "address=" + here)
    check(code == 1 and not os.path.exists(os.path.join(case.folder, "nowhere.txt")) and "this is a link" in case.err,
          "a file of a recipe that is a link: %d %s" % (code, case.err))

with Case("ok", "ok", "html") as case:
    with open(os.path.join(case.folder, "r.ini"), "w") as file:
        file.write(RECIPE)
    os.mkdir(os.path.join(case.folder, "in"))
    here = case.server.address
    words = ["--recipe", "r.ini", "--files", "in", "--server", "pxweb2=" + here + "/v2", "--server", "klass=" + here, "--server",
             "address=" + here]
    code = case.run(*words)
    inside = sorted(os.listdir(os.path.join(case.folder, "in")))
    check(code == 1 and "is a web page" in case.err and "1 of 3 sources were not fetched" in case.err and
          inside == ["07459.json", "07459.json.request.json", "klass.json", "klass.json.request.json"],
          "a recipe with one failure: %d %s %s" % (code, inside, case.err))
    check("07459.json: 20 cells" in case.out and "File name: tabell-e-k*" in case.out, "what came of the others: " + case.out)
    cube = case.cube("in/07459.json") if "07459.json" in inside else None
    # The file's year is one later than the panel's: 2022 and 2023 for 2021 and 2022; an age that is not there may be missing.
    check(cube and list(cube["dimension"]["Tid"]["category"]["index"]) == ["2022", "2023"] and cells_of("07459", cube) == 20,
          "the years of the source")
    before = case.server.n_data()
    code = case.run(*words)
    inside = sorted(n for n in os.listdir(os.path.join(case.folder, "in")) if n.endswith((".json", ".csv")) and "request" not in n)
    check(code == 0 and inside == ["07459.json", "bosatt_anmodede.csv", "klass.json"] and case.server.n_data() == before,
          "a second run fetches what is missing: %d %s %s" % (code, inside, case.err))
    check("Kommunaldepartementet: Gront hefte, tabell E-k. https://www.regjeringen.no/: tabell E-k for kommunene. File name: tabell-e-k*"
          in case.out, "what is asked for: " + case.out)
    check(case.run(*words, "--years", "2020") == 0 and list(case.cube("in/07459.json")["dimension"]["Tid"]["category"]["index"]) ==
          ["2021"], "--years: " + case.err)
    check(case.run(*words, "--years", "2020", "--offline") == 0, "a recipe offline: " + case.err)
    check(case.run(*words, "--offline") == 1 and "07459.json" in case.err, "other years offline: " + case.err)
    # A file of the user's own is left as it is.
    with open(os.path.join(case.folder, "in", "07459.json"), "w") as file:
        file.write("{}")
    check(case.run(*words) == 0 and "It was not touched" in case.err and case.read("in/07459.json") == b"{}", "own file: " + case.err)
    for words, sentence in ((["--recipe", "r.ini"], "in which folder"), (["--recipe", "r.ini", "07459"], "not both"),
                            (["--recipe", "r.ini", "--files", "in", "--years", "soon"], "write one year or two"),
                            (["--recipe", "r.ini", "--files", "in", "-o", "x.json"], "--output is not used with --recipe"),
                            (["07459", "--files", "in", "-o", "x.json"], "belong to --recipe")):
        check(case.run(*words) == 2 and sentence in case.err, "%s: %s" % (words, case.err))
    check(case.run("--recipe", "missing.ini", "--files", "in") == 1 and "missing.ini" in case.err, "no recipe: " + case.err)

# ---- what is wrong --------------------------------------------------------------------------------------------------------

# word: (exit code, what the user reads)
WRONG = {
    "429": (0, "asks to wait (HTTP 429)"),
    "429-after": (0, "trying again in 2"),
    "503": (0, "asks to wait (HTTP 503)"),
    "503-date": (0, "asks to wait (HTTP 503)"),
    "503-long": (1, "asks to wait (HTTP 503) for 121 minutes"),
    "500": (1, "the server failed on this request (HTTP 500), without saying why"),
    "403": (1, "the server refuses access (HTTP 403)"),
    "404-long": (1, 'there is nothing at this address (HTTP 404). The server answered "404 - Fil eller mappe på tjeneren finnes ikke."'),
    "value": (1, 'a value of the selection does not exist (07459). The server answered "Non-existent value"'),
    "strange": (1, 'the server did not give what was asked for (HTTP 400). The server answered "Something that nobody has'),
    "truncated": (1, "the answer ends in the middle"),
    "short": (0, "the connection broke before the whole answer had come"),
    "wrong-length": (1, "the answer ends in the middle"),
    "cut": (0, "the connection broke before the whole answer had come"),
    "silent": (0, ""), # libcurl asks again by itself where it had used the connection before
    "chunk-cut": (0, "the connection broke before the whole answer had come"),
    "huge-length": (1, "the answer is larger than 100 MB"),
    "huge-chunks": (1, "the answer is larger than 100 MB"),
    "bomb": (1, "the answer is larger than 100 MB"),
    "drip": (0, "the transfer stalled"),
    "html": (1, 'the answer is a web page ("Log in to the network"), not data'),
    "utf8": (1, "the answer is no valid UTF-8"),
    "empty": (1, "the answer is empty"),
    "fewer": (1, "of Region 5 values were asked for, and the answer has 4"),
    "foreign": (1, 'in Region the answer has the code "9999", which was not asked for'),
    "lacks": (1, 'the answer lacks the variable "Region"'),
    "values": (1, ""),
    "not-a-table": (1, "the answer is no table in JSON-stat"),
    "no-end": (0, ""),
    "no-end-cut": (1, "the answer ends in the middle"),
    "gzip": (0, ""),
    "to-http": (1, "points to http://example.org"),
    "to-host": (1, "points to https://example.org"),
    "to-port": (1, "points to http://127.0.0.1:1"),
    "to-self": (0, ""),
    "to-get": (1, "in a way that loses the question"),
    "nowhere": (1, "without saying where"),
}
for word, (want, sentence) in WRONG.items():
    with Case(word) as case:
        started = time.time()
        code = case.fetch()
        took = time.time() - started
        check(code == want and sentence in case.err and "\x1b[31m" not in case.err and "\u202e" not in case.err,
              "%s: exit %d, %s" % (word, code, case.err))
        check(took < 15, "%s took %.1f s" % (word, took))
        left = ["t.json", "t.json.request.json"] if want == 0 else []
        check(case.files() == left, "%s left %s" % (word, case.files()))
        # A second run, with a server that behaves, has everything.
        case.server.plan = []
        check(case.fetch() == 0 and cells_of("07459", case.cube("t.json")) == 90, "%s: a second run: %s" % (word, case.err))

# An older file stands as it was when the newer one fails.
with Case() as case:
    check(case.fetch() == 0, "the older file")
    kept = case.read("t.json")
    case.server.updated = "2026-09-01T06:00:00Z"
    for word in ("truncated", "html", "huge-length", "to-host", "utf8"):
        case.server.plan = [word]
        check(case.fetch() == 1 and case.read("t.json") == kept and len(case.files()) == 2, "%s over an older file" % word)

# Again and again.
for word, sentence in (("429", "has asked to wait (HTTP 429) 6 times"), ("503", "has asked to wait (HTTP 503) 6 times"),
                       ("cut", "the connection broke"), ("to-self", "points elsewhere more than 5 times")):
    with Case(*[word] * 20) as case:
        code = case.fetch()
        check(code == 1 and sentence in case.err and case.files() == [], "%s for ever: %d %s" % (word, code, case.err))
        check(case.server.n_data() <= 6, "%s was asked %d times" % (word, case.server.n_data()))

# In bokmål.
with Case("html") as case:
    check(case.fetch(lang="nb") == 1 and "svaret er en nettside («Log in to the network»)" in case.err, "bokmål: " + case.err)

# The call, the table, the metadata.
with Case() as case:
    server = ["--server", case.server.address + "/v2"]
    for words, code, sentence in (
            ([], 2, "which table or address?"),
            (["07459", "07460", "-o", "x.json"], 2, "one table at a time"),
            (["07459", "-s", "Region=*"] + server, 2, "where shall it be saved?"),
            (["07459", "-s", "Region", "-o", "x.json"] + server, 2, "write VARIABLE=VALUES"),
            (["07459", "-s", "Tid=*", "--codelist", "Region=agg", "-o", "x.json"] + server, 2, "the variable has no --select"),
            (["07459", "--api", "pxweb3", "-o", "x.json"] + server, 2, "there is no --api pxweb3"),
            (["07459", "-o", "x.json", "-s", "Region=*", "-s", "Tid=2021"] + server, 2, "these variables must be chosen: Alder (000 name of 000"),
            (["07459", "-o", "x.json", "-s", "Region=*", "-s", "Tid=2021", "-s", "Alder=0001"] + server, 1, 'Alder has no value "0001"'),
            (["07459", "-o", "x.json", "-s", "Landet=*"] + server, 1, "It has Region, Kjonn, Alder, ContentsCode, Tid"),
            (["99999", "-o", "x.json", "-s", "Region=*"] + server, 1, 'there is no such table (99999). The server answered "Non-existent table"'),
            (["99999"] + server, 1, "there is no such table (99999)"),
            (["07459", "-o", "x.json", "-s", "Region=*", "--codelist", "Region=agg_Nothing"] + server, 1, "there is no such code list"),
            (["07459", "--server", "http://data.ssb.no/api/pxwebapi/v2"], 2, "is no https address"),
            (["07459", "--server", "ftp://127.0.0.1/x"], 2, "is no https address"),
            (["07459", "--server", "file:///etc"], 2, "is no"),
            (["07459", "--server", "https://user:hush@127.0.0.1/x"], 2, "user name or password"),
            (["07459", "--server", "127.0.0.1 1"], 2, "is no"),
            (["07459", "--server", "http://127.0.0.1:1/v2"], 1, "no connection to the server"),
            (["http://example.org/a.csv", "-o", "x.csv"], 2, "is no https address"),
            (["../../secret?x=1"] + server, 1, "")):
        got = case.run(*words)
        check(got == code and sentence in case.err and "hush" not in case.err, "%s: exit %d, %s" % (words, got, case.err))
    check(case.files() == [], "nothing was written: %s" % case.files())
    check(all("secret?" not in path for _, path, _ in case.server.log), "a table's name is no path")

# The server's configuration does not answer, or is nonsense: its documentation counts.
for config in ((404, b""), (200, b"<html></html>"), (200, b"{}"), (500, b""), (200, b'{"maxDataCells":-3,"languages":7}')):
    with Case() as case:
        case.server.config = lambda config=config: config
        check(case.fetch() == 0 and cells_of("07459", case.cube("t.json")) == 90, "config %s: %s" % (config, case.err))

# A certificate that nobody vouches for, and no way around it.
if shutil.which("openssl"):
    import http.server
    import ssl
    import threading
    with Case() as case:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days",
                        "2", "-subj", "/CN=localhost"], cwd=case.folder, capture_output=True, check=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(case.folder, "cert.pem"), os.path.join(case.folder, "key.pem"))
        other = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
        other.socket = context.wrap_socket(other.socket, server_side=True)
        threading.Thread(target=other.serve_forever, args=(0.05,), daemon=True).start()
        code = case.run("https://localhost:%d/a.csv" % other.server_address[1], "-o", "a.csv")
        check(code == 1 and "certificate could not be verified" in case.err and "a.csv" not in case.files(), "certificate: " + case.err)
        other.shutdown()

# ---- memory -----------------------------------------------------------------------------------------------------------------

# Each of some allocations fails once, in any library: the whole table, or a sentence and nothing that is half.
if preload:
    with Case() as case:
        count = os.path.join(case.folder, "count")

        def fetch_without(point):
            env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "BEHOV_LANG": "en", "BEHOV_FETCH_WAITS": "0", "LD_PRELOAD": preload,
                   **({"BEHOV_FAIL_AT": str(point)} if point else {"BEHOV_FAIL_COUNT": count})}
            return subprocess.run([program, "fetch", "07459", "--server", case.server.address + "/v2", "-s", "Region=*", "-s", "Alder=*",
                                   "-s", "Tid=*", "-o", "t.json"], cwd=case.folder, env=env, capture_output=True, timeout=60)
        check(fetch_without(0).returncode == 0, "a fetch with memory enough")
        whole = case.read("t.json")
        with open(count) as file:
            n = int(file.read())
        os.remove(count)
        n_told = 0
        for i in range(60):
            for name in case.files():
                os.remove(os.path.join(case.folder, name))
            point = 1 + i * n // 60
            done = fetch_without(point)
            files = case.files()
            is_whole = done.returncode == 0 and files == ["t.json", "t.json.request.json"] and case.read("t.json") == whole
            # A table whose request could not be written has none: it is fetched again.
            is_told = done.returncode == 1 and len(done.stderr) > 20 and set(files) <= {"t.json"} and \
                ("t.json" not in files or case.read("t.json") == whole)
            n_told += is_told
            check(is_whole or is_told, "allocation %d of %d: exit %d, left %s: %s" %
                  (point, n, done.returncode, files, done.stderr.decode(errors="replace")[:300]))
        print("60 of %d allocations failed one by one: %d told, the others changed nothing" % (n, n_told))

# ---- size --------------------------------------------------------------------------------------------------------------------

if os.path.exists("/usr/bin/time") and not os.environ.get("ASAN_OPTIONS"):
    with Case() as case:
        def measured(*words):
            done = subprocess.run(["/usr/bin/time", "-f", "%M %U", program, *words], cwd=case.folder, capture_output=True,
                                  env={"PATH": os.environ["PATH"], "BEHOV_LANG": "en"})
            memory, seconds = done.stderr.decode().strip().split("\n")[-1].split()
            return done.returncode, int(memory) / 1024, float(seconds)
        code, memory, seconds = measured("fetch", "big", "--server", case.server.address + "/v2", "-s", "Region=*", "-s", "Tid=*",
                                         "-o", "big.json")
        size = os.path.getsize(os.path.join(case.folder, "big.json")) / 1e6
        print("800 000 cells (%.1f MB): fetched with %.0f MiB and %.2f s of processor time" % (size, memory, seconds))
        check(code == 0 and memory < 200 and seconds < 1, "fetching took %.0f MiB, %.2f s" % (memory, seconds))
        code, memory, seconds = measured("fetch", "big", "--server", case.server.address + "/v2", "-s", "Region=*", "-s", "Tid=*",
                                         "-o", "big.json")
        print("looked at again with %.0f MiB and %.2f s" % (memory, seconds))
        check(code == 0 and memory < 200 and seconds < 1, "looking took %.0f MiB, %.2f s" % (memory, seconds))

print("%d checks, %d failed" % (n_checks, n_failed))
sys.exit(1 if n_failed else 0)
