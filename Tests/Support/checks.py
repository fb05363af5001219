"""Counting for suites written in Python: a check is a name and the offenders that it found."""

import subprocess
import sys
import traceback

_passed = 0
_failed = 0


def check(name, offenders):
    """Passes where `offenders`, any iterable of texts, is empty."""
    global _passed, _failed
    found = [str(offender) for offender in offenders]
    if found:
        _failed += 1
        print(f"FAILED  {name}")
        for offender in found[:40]:
            print(f"        {offender}")
        if len(found) > 40:
            print(f"        … and {len(found) - 40} more")
    else:
        _passed += 1
        print(f"passed  {name}")


def finish():
    """The last line of a suite, and its exit status."""
    print(f"{_passed} passed, {_failed} failed", flush=True)
    sys.exit(0 if _failed == 0 and _passed > 0 else 1)


def lines_of(*command):
    """The lines that a command prints; it must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    return done.stdout.splitlines()


def run(name, scenario, *arguments):
    """Runs a scenario as a check; its assertions say what is wrong."""
    try:
        scenario(*arguments)
        check(name, [])
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        check(name, [f"line {where.lineno}: {type(error).__name__}: {error or where.line}"])
