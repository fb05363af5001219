"""Runs whole processes and tells what they took, as the system counts it."""

import os
import statistics
import sys
import time


class Run:
    """One process: wall and CPU seconds, peak memory in MiB, and its exit status."""

    def __init__(self, words, stdin=os.devnull, stdout=os.devnull, stderr=os.devnull):
        files = [
            (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
            (os.POSIX_SPAWN_OPEN, 2, stderr, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        ]
        started = time.perf_counter()
        process = os.posix_spawnp(words[0], words, os.environ, file_actions=files)
        _, status, usage = os.wait4(process, 0)
        self.seconds = time.perf_counter() - started
        self.cpu = usage.ru_utime + usage.ru_stime
        self.rss = usage.ru_maxrss // 1024
        self.status = os.waitstatus_to_exitcode(status)

    def must(self, *statuses):
        if self.status not in (statuses or (0,)):
            sys.exit(f"a process ended with {self.status}")
        return self


def median_ms(words, rounds=5, statuses=(0,), **files):
    """The median of `rounds` runs after one to warm up, in milliseconds."""
    Run(words, **files).must(*statuses)
    return statistics.median(
        Run(words, **files).must(*statuses).seconds for _ in range(rounds)) * 1e3


def bytes_under(path):
    """Bytes of all files below a folder."""
    return sum(os.path.getsize(os.path.join(folder, name))
               for folder, _, names in os.walk(path) for name in names)
