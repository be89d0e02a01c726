#!/usr/bin/python3
"""Counts what meson's test logs say:  count_results.py [--failed N] BUILD/meson-logs/NAME.json...

Prints what failed with its output, what was skipped with its reason, and last, alone on its line, `N passed, N failed`
(with `, N skipped` when some were). Exit code 1 when something failed or nothing ran.
"""
import json
import os
import sys

PASSED = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP", "IGNORED"}


def output_of(test):
    return [line for key in ("stdout", "stderr") for line in (test.get(key) or "").splitlines()]


def main(arguments):
    failed = 0
    if arguments[:1] == ["--failed"]:
        failed = int(arguments[1])
        arguments = arguments[2:]
    passed = skipped = 0
    for path in arguments:
        log = os.path.splitext(os.path.basename(path))[0].split("_", 1)[-1]
        n_passed = n_failed = n_skipped = 0
        slowest = (0.0, "")
        with open(path, encoding="utf-8", errors="replace") as lines:
            for line in filter(str.strip, lines):
                test = json.loads(line)
                name = f"{log}: {test['name']}"
                output = output_of(test)
                slowest = max(slowest, (test.get("duration") or 0.0, test["name"]))
                reasons = [text.strip() for text in output if text.strip().startswith("skipped:")]
                if test["result"] in PASSED:
                    n_passed += 1
                    for reason in reasons:
                        print(f"{name}: a part was {reason}")
                elif test["result"] in SKIPPED:
                    n_skipped += 1
                    said = [text for text in output if text.strip()]
                    print(f"SKIPPED {name}: {(reasons or said or ['no reason given'])[-1].removeprefix('skipped: ')}")
                else:
                    n_failed += 1
                    print(f"FAILED {name} ({test['result']}, exit code {test.get('returncode')})")
                    for text in output[-80:]:
                        print(f"    {text}")
        print(f"{log}: {n_passed} passed, {n_failed} failed, {n_skipped} skipped;"
              f" the slowest is {slowest[1]}, {slowest[0]:.1f} s")
        passed += n_passed
        failed += n_failed
        skipped += n_skipped
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
