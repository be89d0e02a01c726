#!/usr/bin/env python3
"""test_no_library.py PROGRAM PRELOAD - on a machine without libcurl `behov fetch` says so in a sentence and exits with 1, and every
other verb works: the program is not linked to it."""
import os
import subprocess
import sys

program, preload = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
failed = []


def run(*words):
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "LD_PRELOAD": preload, "BEHOV_LANG": "en"}
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
if "curl" in needed:
    failed.append("the program is linked to libcurl")
print("\n".join(failed) or "a machine without libcurl: told by fetch, nothing to the others")
sys.exit(1 if failed else 0)
