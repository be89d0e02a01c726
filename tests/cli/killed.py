"""killed.py [KILLS [INTERRUPTS]] - `fit --full -o x.xlsx` is killed (-9) or broken off (INT, TERM, HUP, PIPE) at moments
spread over its whole run: the old file stays whole, or the new one is there; after a signal that can be caught nothing
is left beside it; what KILL leaves is swept away when the file is next written. libxlsxwriter's own temporary files have
a name for a moment in $TMPDIR; one that is left there is counted."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

program = os.environ["BEHOV_PROGRAM"]
n_kills = int(sys.argv[1]) if len(sys.argv) > 1 else 12
n_interrupts = int(sys.argv[2]) if len(sys.argv) > 2 else 12
CALL = ["fit", "--full", "--draws", "200", "-q", "-o", "x.xlsx"]
wrong = 0


def tell(text):
    global wrong
    wrong += 1
    print(text)


def begin(folder):
    environment = dict(os.environ, TMPDIR=os.path.join(folder, "tmp"), SOURCE_DATE_EPOCH="1700000000")
    environment.pop("BEHOV_DATASETS", None)
    return subprocess.Popen([program, *CALL], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def left(folder):
    return sorted(set(os.listdir(folder)) - {"x.xlsx", "tmp"})


def has_ended(group):
    """Whether no process of the group is there any more; it is given a few seconds."""
    for _ in range(500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def break_off(folder, number, delay, whole, to_group):
    with open(os.path.join(folder, "x.xlsx"), "wb") as file:
        file.write(b"old")
    process = begin(folder)
    time.sleep(delay)
    if process.poll() is None:
        (os.killpg if to_group else os.kill)(process.pid, number)
    said = process.communicate()[1].decode()
    name = signal.Signals(number).name
    if not has_ended(process.pid):
        tell(f"{name} after {delay:.2f} s: a process goes on")
        os.killpg(process.pid, signal.SIGKILL)
    if process.returncode not in (0, -number):
        tell(f"{name} after {delay:.2f} s: exit {process.returncode}: {said}")
    with open(os.path.join(folder, "x.xlsx"), "rb") as file:
        found = file.read()
    if found not in (b"old", whole) or (process.returncode == 0 and found != whole):
        tell(f"{name} after {delay:.2f} s: x.xlsx has {len(found)} bytes of {len(whole)}")
    if number != signal.SIGKILL and left(folder):
        tell(f"{name} after {delay:.2f} s: left {left(folder)}")
    return process.returncode == 0, len(left(folder))


def main():
    folder = tempfile.mkdtemp(prefix="behov-killed-")
    try:
        os.mkdir(os.path.join(folder, "tmp"))
        started = time.monotonic()
        process = begin(folder)
        if process.wait() != 0:
            sys.exit(process.communicate()[1].decode())
        lasts = time.monotonic() - started
        with open(os.path.join(folder, "x.xlsx"), "rb") as file:
            whole = file.read()
        n_done = n_left = 0
        for i in range(n_kills):
            done, n = break_off(folder, signal.SIGKILL, lasts * (i + 0.5) / n_kills, whole, False)
            n_done += done
            n_left += n
        names = [name for name in left(folder) if not name.startswith(".x.xlsx.behov-")]
        if names:
            tell(f"KILL left {names}")
        print(f"{n_kills} kills over {lasts:.2f} s: {n_done} came too late, {n_left} times a file was left beside")
        if begin(folder).wait() != 0 or left(folder):
            tell(f"what KILL left was not swept away: {left(folder)}")
        n_done = 0
        numbers = [signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE]
        for i in range(n_interrupts):
            # Ctrl-C reaches every process of the terminal, kill but one.
            done, _ = break_off(folder, numbers[i % len(numbers)], lasts * (i + 0.5) / n_interrupts, whole, i % 2 == 0)
            n_done += done
        n_left = len(os.listdir(os.path.join(folder, "tmp")))
        print(f"{n_interrupts} of INT, TERM, HUP and PIPE: {n_done} came too late; {n_left} files of the library in all")
    finally:
        shutil.rmtree(folder)
    print(f"{wrong} wrong")
    sys.exit(wrong > 0)


main()
