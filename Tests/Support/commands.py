"""What `tc --help` says about itself, for suites that hold documents against it."""

import functools
import os
import re
import subprocess

TC = os.environ["TC"]


@functools.cache
def help_of(words):
    """The help of `tc WORDS…` as text, 80 columns wide since no terminal is there."""
    done = subprocess.run([TC, *words, "--help"], capture_output=True, text=True, check=True)
    return done.stdout


def children(words):
    """The names listed under COMMANDS."""
    listing = re.search(r"^COMMANDS:\n((?:  .*\n)+)", help_of(words), re.M)
    if not listing:
        return []
    return re.findall(r"^  (\S+)", listing.group(1), re.M)


def leaves(words=()):
    """Every command that does something, as tuples of words."""
    found = []
    for name in children(words):
        path = (*words, name)
        below = leaves(path)
        found += below if below else [path]
    return found


def flags_of(words):
    """The long and short flags of a command, as `--help` lists them."""
    flags = set()
    for line in help_of(words).splitlines():
        if re.match(r"  -", line):
            head = re.split(r"\s{2,}", line.strip())[0]
            flags.update(re.findall(r"(?<![\w-])(--?[a-zA-Z][\w-]*)", head))
    return flags


def statuses_of(words):
    """The exit statuses that `--help` names."""
    section = help_of(words).split("EXIT STATUS:\n", 1)
    return set(re.findall(r"^  (\d+)", section[1], re.M)) if len(section) == 2 else set()
