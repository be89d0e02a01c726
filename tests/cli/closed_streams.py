"""closed_streams.py - standard streams that a service has closed, and a limit on the size of files (ulimit -f).

With input closed and errors in a file every verb was refused, on standard output: the copy of standard error became
file descriptor 0. With a limit the signal SIGXFSZ ended the program without a word. Expected: POSIX's EBADF and EFBIG as
sentences, and the files as they were."""
import os
import resource
import signal
import subprocess
import sys

os.environ["BEHOV_LANG"] = "en"
import tempfile

PROGRAM = os.environ["BEHOV_PROGRAM"]
faults = []


def check(holds, what):
    if not holds:
        faults.append(what)


def run(words, closed=(), limit=None, **streams):
    def before():
        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        for file in closed:
            os.close(file)

    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run([PROGRAM, *words], preexec_fn=before, check=False, **streams)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def closed_input():
    for words in (["fit"], ["check"], ["diagnose"], ["audit"], ["tables"], ["rank"], ["select"], ["template"], ["apply"]):
        with open("out", "wb") as out, open("err", "wb") as err:
            want = run(words + ["-q"], stdout=subprocess.PIPE)
            code = run(words + ["-q"], closed=[0], stdout=out, stderr=err).returncode
        check(code == want.returncode, f"{words}: exit {code} with standard input closed")
        check(read("out") == want.stdout and read("err") == want.stderr, f"{words}: another page with input closed")
    told = run(["fit", "-"], closed=[0])
    check(told.returncode == 1 and told.stderr == b"behov: standard input: cannot be read: it is closed\n",
          f"fit - with input closed: {told}")


def closed_output():
    told = run(["fit", "-q"], closed=[1])
    check(told.returncode == 1 and told.stderr == b"behov: standard output: cannot be written: it is closed\n",
          f"a page with output closed: {told}")
    for name in ("page.csv", "page.xlsx", "page.json"):
        told = run(["fit", "-q", "-o", name, "--date", "2026-01-01"], closed=[1])
        check(told.returncode == 0 and told.stderr == b"", f"-o {name} with output closed: {told}")
        run(["fit", "-q", "-o", "open" + name, "--date", "2026-01-01"])
        check(read(name) == read("open" + name), f"{name} has other bytes with output closed")
    told = run(["fit", "-q", "-o", "all.csv"], closed=[0, 1, 2])
    check(told.returncode == 0 and read("all.csv") == read("page.csv"), f"all streams closed: {told}")
    check(run(["fit", "no such file"], closed=[2]).returncode == 1, "a fault with errors closed")


def limited_files():
    kinds = ["csv", "json", "html", "tex", "md", "txt", "xlsx", "svg"]
    if os.environ.get("BEHOV_CAIRO", "yes") == "yes":
        kinds += ["png", "pdf"]
    names = ["old." + kind for kind in kinds]
    for name in names:
        with open(name, "wb") as file:
            file.write(b"yesterday's")
        words = ["plot", "fit"] if name[4:] in ("svg", "png", "pdf") else ["fit"]
        told = run(words + ["-q", "-o", name], limit=1024)
        check(told.returncode == 1, f"{name}: exit {told.returncode} under a limit")
        check(told.stderr.startswith(f"behov: {name}: ".encode()) and told.stderr.count(b"\n") == 1
              and (b"larger than this disk or account allows" in told.stderr or b"ulimit -f" in told.stderr),
              f"{name}: {told.stderr}")
        check(read(name) == b"yesterday's", f"{name} is not as it was")
    for words in (["fit", "-q"], ["datasets", "simulated/panel.csv"]):
        with open("page", "wb") as out:
            told = run(words, limit=1024, stdout=out)
        check(told.returncode == 1 and told.stderr == b"behov: standard output: cannot be written: the file is larger "
              b"than this disk or account allows\n", f"{words}: {told}")
    told = run(["datasets", "simulated/panel.csv", "-o", "copy"], limit=1024)
    check(told.returncode == 1 and b"larger than" in told.stderr and not os.path.exists("copy"), f"a copy: {told}")
    left = [name for name in os.listdir(".") if name.startswith(".")]
    check(not left, f"left behind: {left}")


with tempfile.TemporaryDirectory(prefix="behov-closed.") as folder:
    os.chdir(folder)
    closed_input()
    closed_output()
    limited_files()
print("\n".join(faults))
sys.exit(bool(faults))
