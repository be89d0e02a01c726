#!/usr/bin/env python3
"""test_no_library.py PROGRAM PRELOAD - on a machine without libcurl `behov fetch` says so in a sentence and exits with 1, and every
other verb works: the program is not linked to it. The same of Cairo, where there are pictures, and of libxml2, where there are
workbooks to be read and Word documents."""
import os
import subprocess
import sys
import tempfile

program, preload = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
failed = []


def run(*words, missing="curl"):
    env = {"NO_LIBRARY": missing, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "LD_PRELOAD": preload, "BEHOV_LANG": "en"}
    done = subprocess.run([program, *words], env=env, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


for words in (["fetch", "07459"], ["fetch", "07459", "-s", "Tid=2020", "-o", "none.json"]):
    code, out, err = run(*words)
    if code != 1 or "libcurl.so.4" not in err or "download the files yourself" not in err or out or len(err.splitlines()) != 1:
        failed.append("%s: exit %d: %s" % (" ".join(words), code, err))
code, out, err = run("fit", "-q")
if code != 0 or "Constant" not in out:
    failed.append("fit: exit %d: %s" % (code, err))
needed = subprocess.run(["readelf", "-d", program], capture_output=True, text=True).stdout if os.path.exists("/usr/bin/readelf") else ""
for name in ("curl", "cairo", "xml2"):
    if name in needed:
        failed.append("the program is linked to lib" + name)
with tempfile.TemporaryDirectory() as folder:
    book, picture, document = (os.path.join(folder, name) for name in ("x.xlsx", "x.png", "x.docx"))
    for missing, words, made in (("xml2", ["fit", "-q", "-o", book], book), ("xml2", ["check", book], None),
                                 ("xml2", ["fit", "-q", "-o", document], None), ("cairo", ["fit", "-q", "-o", book], book),
                                 ("cairo", ["plot", "rank", "-o", picture], None)):
        code, out, err = run(*words, missing=missing)
        if code != (0 if made else 1) or (not made and ("lib%s.so.2" % missing not in err or "Install it" not in err)):
            failed.append("%s without %s: exit %d: %s" % (" ".join(words), missing, code, err))
    if sorted(os.listdir(folder)) != ["x.xlsx"]:
        failed.append("left behind: " + " ".join(os.listdir(folder)))
print("\n".join(failed) or "a machine without libcurl, Cairo or libxml2: told by what needs them, nothing to the others")
sys.exit(1 if failed else 0)
