#!/usr/bin/env python3
"""standin_server.py - a server on the loopback address that speaks PxWebApi 2 and 0, KLASS and plain files as they are
documented, and misbehaves as told. Nothing in it is a figure: the value of a cell is made of its position.

Server() starts it in a thread; `plan` is what it does with the next requests for data, one word each, "ok" behind the last;
`log` is what it was asked. Run alone it prints its address and serves until it is killed: standin_server.py [WORD...]"""
import gzip
import http.server
import json
import struct
import socket
import sys
import threading
import time
import urllib.parse

LONG_ADDRESS_PAGE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
    '<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<meta http-equiv="Content-Type" content="text/html; '
    'charset=iso-8859-1"/>\n<title>404 - Fil eller mappe p\xe5 tjeneren finnes ikke.</title></head><body></body></html>'
).encode("latin-1")


BOMB = gzip.compress(b" " * 300000000, 1)


class Variable:
    def __init__(self, code, values, elimination=False, time=False, labels=None):
        self.code, self.values, self.elimination, self.time = code, values, elimination, time
        self.labels = labels or {v: "name of " + v for v in values}


REGIONS = {"0": "Hele landet", "3101": "Halden", "0101": "Halden (-2019)", "0301": "Oslo - Oslove", "1103": "Stavanger"}
TABLES = {
    "07459": [Variable("Region", list(REGIONS), labels=REGIONS), Variable("Kjonn", ["1", "2"], elimination=True),
              Variable("Alder", ["%03d" % i for i in range(6)]), Variable("ContentsCode", ["Personer1"]),
              Variable("Tid", ["2020", "2021", "2022", "2023"], time=True)],
    "big": [Variable("Region", ["%04d" % i for i in range(1000)]), Variable("ContentsCode", ["A"]),
            Variable("Tid", ["%d" % (1200 + i) for i in range(800)], time=True)],
}
CODELISTS = {"agg_KommSummer": ["K-3101", "K-0301"]}


def place_of(variable, code):
    return variable.values.index(code) + 1 if code in variable.values else sum(code.encode()) if code else 0


def value_of(table, codes):
    """The value of a cell: of the places of its codes in their lists, so that a cell in the wrong place is seen."""
    total = 0
    for variable in TABLES[table]:
        total = (total * 31 + place_of(variable, codes.get(variable.code))) % 1000003
    return total


def other_cube(word, cube):
    """JSON-stat, but not what was asked for."""
    name = cube["id"][0]
    category = cube["dimension"][name]["category"]
    codes = sorted(category["index"], key=category["index"].get)
    if word == "fewer": # without the last category of the first dimension
        cube["size"][0] -= 1
        del category["index"][codes[-1]], category["label"][codes[-1]]
        cube["value"] = cube["value"][:len(cube["value"]) // len(codes) * (len(codes) - 1)]
        cube["status"] = {}
    elif word == "foreign": # as many cells, of another region
        category["index"]["9999"] = category["index"].pop(codes[0])
        category["label"]["9999"] = category["label"].pop(codes[0])
    elif word == "lacks": # as many cells under another name
        cube["id"][0] = "Omraade"
        cube["dimension"]["Omraade"] = cube["dimension"].pop(name)
    elif word == "values":
        cube["value"].pop()
    else:
        cube = {"message": "hello"}
    return json.dumps(cube).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    # ---- sending ------------------------------------------------------------------------------------------------

    def send(self, status, body=b"", kind="application/json", headers=(), length=None):
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in list(headers) + list(self.server.outer.headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def problem(self, title, status=400):
        body = {"type": "Parameter error", "title": title, "status": 404 if title == "Non-existent table" else 400}
        self.send(status, json.dumps(body).encode())

    def hang_up(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wfile.flush()
        self.connection.close()

    def misbehave(self, word, body):
        """One request answered as `word` says; body is what a well-behaved server would have sent."""
        self.close_connection = word not in ("429", "429-after", "503", "503-date", "503-long", "ok", "gzip")
        half = body[:len(body) // 2]
        if word == "429":
            self.send(429, b"", None)
        elif word == "429-after":
            self.send(429, b"", None, [("Retry-After", "20"), ("x-ratelimit-limit", "40"), ("x-ratelimit-remaining", "0"),
                                       ("x-ratelimit-policy", "40;w=60s")])
        elif word == "503":
            self.send(503, b"metadata is being updated", "text/plain")
        elif word == "503-date":
            self.send(503, b"", None, [("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT")])
        elif word == "503-long":
            self.send(503, b"", None, [("Retry-After", "7200")])
        elif word == "500":
            self.send(500, b"", None)
        elif word == "404-long":
            self.send(404, LONG_ADDRESS_PAGE, "text/html")
        elif word == "403":
            self.send(403, b"", None)
        elif word == "cells":
            self.problem("Too many cells selected")
        elif word == "value":
            self.problem("Non-existent value")
        elif word == "strange":
            self.problem("Something that nobody has \u001b[31mseen\u202e")
        elif word == "truncated":
            self.send(200, half)
        elif word == "short":
            self.send(200, half, length=len(body))
        elif word == "wrong-length":
            self.send(200, body, length=len(body) - 7)
        elif word == "cut":
            self.send(200, half, length=len(body))
            self.hang_up()
        elif word == "silent":
            self.hang_up()
        elif word in ("chunk-cut", "huge-chunks"):
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            piece = half if word == "chunk-cut" else b" " * 1000000
            for _ in range(1 if word == "chunk-cut" else 2000):
                self.wfile.write(b"%x\r\n" % len(piece) + piece + b"\r\n")
        elif word == "huge-length":
            self.send(200, half, length=2 * 1024 ** 3)
            time.sleep(0.2)
        elif word == "drip":
            self.send(200, b"", length=len(body))
            for byte in body[:200]:
                time.sleep(0.05)
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
        elif word == "html":
            self.send(200, b"<!DOCTYPE html><html><head><title>Log in to the network</title></head></html>", "text/html")
        elif word == "utf8":
            self.send(200, body.replace(b'"label"', b'"lab\xe6l"', 1))
        elif word in ("fewer", "foreign", "lacks", "values", "not-a-table"):
            self.send(200, other_cube(word, json.loads(body)))
        elif word == "empty":
            self.send(200, b"")
        elif word == "no-end":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)
        elif word == "no-end-cut":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(half)
        elif word == "gzip":
            self.send(200, gzip.compress(body), headers=[("Content-Encoding", "gzip")])
        elif word == "bomb":
            self.send(200, BOMB, headers=[("Content-Encoding", "gzip")])
        elif word == "to-http":
            self.send(307, b"", None, [("Location", "http://example.org" + self.path)])
        elif word == "to-host":
            self.send(307, b"", None, [("Location", "https://example.org" + self.path)])
        elif word == "to-port":
            self.send(307, b"", None, [("Location", "http://127.0.0.1:1" + self.path)])
        elif word == "to-self":
            self.send(307, b"", None, [("Location", self.path)])
        elif word == "to-get":
            self.send(302, b"", None, [("Location", self.path)])
        elif word == "nowhere":
            self.send(307, b"", None)
        elif word == "updated":
            self.server.outer.updated = "2026-11-11T07:00:00Z"
            self.send(200, body)
        else:
            self.send(200, body)

    def answer(self, body, kind="application/json", headers=()):
        word = self.server.outer.next_word()
        if word == "ok":
            self.send(200, body, kind, headers)
            return
        try:
            self.misbehave(word, body)
        except OSError:
            self.close_connection = True

    # ---- PxWeb ----------------------------------------------------------------------------------------------------

    def metadata_v2(self, table):
        variables = TABLES[table]
        dimension = {}
        for v in variables:
            index = {code: i for i, code in enumerate(v.values)}
            dimension[v.code] = {"label": v.code.lower(),
                                 "category": {"index": dict(reversed(index.items())), "label": v.labels},
                                 "extension": {"elimination": v.elimination, "show": "value", "codelists": []}}
        return {"version": "2.0", "class": "dataset", "label": "Table " + table, "source": "Stand-in",
                "updated": self.server.outer.updated, "role": {"time": [v.code for v in variables if v.time]},
                "id": [v.code for v in variables], "size": [len(v.values) for v in variables], "dimension": dimension,
                "value": [], "extension": {"px": {"tableid": table}}}

    def cube(self, table, chosen):
        """JSON-stat of a selection: [(code, values)]; variables that are not in it are summed over."""
        chosen = [(v.code, dict(chosen)[v.code]) for v in TABLES[table] if v.code in dict(chosen)]
        totals = [0]
        for v in TABLES[table]:
            places = [place_of(v, code) for code in dict(chosen).get(v.code, [None])]
            totals = [(total * 31 + place) % 1000003 for total in totals for place in places]
        dimension = {}
        for code, values in chosen:
            dimension[code] = {"label": code.lower(), "category": {"index": {c: i for i, c in enumerate(values)},
                                                                 "label": {c: "name of " + c for c in values}}}
        values, status = [], {}
        for i, value in enumerate(totals):
            values.append(None if value % 97 == 0 else value)
            if value % 97 == 0:
                status[str(i)] = ":"
        return {"version": "2.0", "class": "dataset", "label": "Table " + table, "source": "Stand-in",
                "updated": self.server.outer.updated,
                "role": {"time": [v.code for v in TABLES[table] if v.time and v.code in dimension]},
                "id": [code for code, _ in chosen], "size": [len(v) for _, v in chosen], "dimension": dimension,
                "value": values, "status": status}

    def data(self, table, chosen):
        variables = {v.code: v for v in TABLES[table]}
        lists = [code for values in CODELISTS.values() for code in values]
        n_cells = 1
        for code, values in chosen:
            if code not in variables:
                return self.problem("Non-existent variable")
            if len(set(values)) != len(values):
                return self.send(500, b"", None)
            if not values or any(v not in variables[code].values and v not in lists for v in values):
                return self.problem("Non-existent value")
            n_cells *= len(values)
        if any(not v.elimination and v.code not in dict(chosen) for v in TABLES[table]):
            return self.problem("Missing selection for mandantory variable")
        if n_cells > self.server.outer.true_limit:
            return self.problem("Too many cells selected")
        return self.answer(json.dumps(self.cube(table, chosen)).encode())

    def serve(self, body):
        outer = self.server.outer
        outer.log.append((self.command, self.path, body.decode() if body else ""))
        outer.agents.add(self.headers.get("User-Agent", ""))
        if len(self.path) > 2100:
            return self.send(404, LONG_ADDRESS_PAGE, "text/html")
        parts = urllib.parse.urlsplit(self.path)
        path = [urllib.parse.unquote(p) for p in parts.path.strip("/").split("/")]
        if path[:1] == ["v2"]:
            if path[1:] == ["config"]:
                return self.send(*outer.config())
            if path[1:2] == ["codelists"]:
                codes = CODELISTS.get(path[2])
                return self.problem("Non-existent codelist") if not codes else self.send(200, json.dumps(
                    {"id": path[2], "values": [{"code": c, "label": "sum " + c} for c in codes]}).encode())
            if path[1:2] == ["tables"] and len(path) == 4:
                if path[2] not in TABLES:
                    return self.problem("Non-existent table")
                if path[3] == "metadata":
                    return self.send(200, json.dumps(self.metadata_v2(path[2])).encode())
                if path[3] == "data" and body:
                    query = json.loads(body)
                    return self.data(path[2], [(s["variableCode"], s["valueCodes"]) for s in query["selection"]])
        if path[:1] == ["v0"] and len(path) == 2:
            if path[1] not in TABLES:
                return self.send(404, b'{"error":"Table not found"}')
            if not body:
                return self.send(200, json.dumps({"title": "Table " + path[1], "variables": [
                    {"code": v.code, "text": v.code.lower(), "values": v.values, "valueTexts": list(v.labels.values()),
                     **({"elimination": True} if v.elimination else {}), **({"time": True} if v.time else {})}
                    for v in TABLES[path[1]]]}).encode())
            query = json.loads(body)
            if query["response"] != {"format": "json-stat2"}:
                return self.send(400, b"", None)
            return self.data(path[1], [(s["code"], s["selection"]["values"]) for s in query["query"]])
        if path[:3] == ["klass", "classifications", "131"]:
            if "json" not in self.headers.get("Accept", ""):
                return self.send(200, b"<?xml version='1.0'?><codes/>", "application/xml")
            return self.answer(b'{"codeChanges":[{"oldCode":"0101","newCode":"3001","changeOccurred":"2020-01-01"}]}')
        if path[:1] == ["file"]:
            tag = '"%s"' % outer.updated
            if self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.end_headers()
                return None
            return self.answer(b"Kommune;Antall\r\nHalden;30\r\n", "text/csv", [("ETag", tag)])
        return self.send(404, b"", None)

    def do_GET(self):
        self.serve(b"")

    def do_POST(self):
        self.serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))


class Server:
    def __init__(self, plan=()):
        self.plan, self.log, self.agents, self.headers = list(plan), [], set(), []
        self.updated, self.limit, self.true_limit = "2026-06-15T06:00:00Z", 800000, 800000
        self.config = lambda: (200, json.dumps({"languages": [{"id": "no"}, {"id": "en"}], "defaultLanguage": "no",
                                                "maxDataCells": self.limit, "maxCallsPerTimeWindow": 0,
                                                "timeWindow": 0}).encode())
        self.lock = threading.Lock()
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.outer = self
        self.http.daemon_threads = True
        self.address = "http://127.0.0.1:%d" % self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    def next_word(self):
        with self.lock:
            return self.plan.pop(0) if self.plan else "ok"

    def n_data(self):
        """How often data were asked for."""
        return sum(1 for method, _, _ in self.log if method == "POST")

    def close(self):
        self.http.shutdown()
        self.http.server_close()


if __name__ == "__main__":
    server = Server(sys.argv[1:])
    print(server.address, flush=True)
    threading.Event().wait()
