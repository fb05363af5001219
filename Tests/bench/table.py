"""Measures, prints each figure as a JSON line, then the table, then which promises hold."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys

sys.path[:0] = ["Tests/bench", "Tests/Support"]
from checks import check, finish  # noqa: E402
from processes import Run, bytes_under, median_ms  # noqa: E402
from questions import CHECKS, MEANING, agree, check_of, questions  # noqa: E402
from report import print_table  # noqa: E402

TC = os.environ["TC"]
SHARED = "../shared/bench"
VEHICLES = 10_000
PEERS = ["duckdb", "duckdb-sorted", "clickhouse", "polars"]
# A file, a copy of it and the stores: what has to be free per million lines.
GIGABYTES_PER_MILLION = 0.7


class Bench:
    """The figures so far and the folder that everything is made in."""

    def __init__(self, folder):
        self.folder = folder
        self.figures = []

    def path(self, name):
        return os.path.join(self.folder, name)

    def add(self, **figure):
        self.figures.append(figure)
        print(json.dumps(figure), flush=True)

    def make_lines(self, millions):
        """The file of so many million lines."""
        path = self.path(f"fleet{millions:g}m.jsonl")
        generator = self.path("fleetgen")
        if not os.path.exists(generator):
            subprocess.run(["gcc", "-O3", "-march=native", "-o", generator,
                            f"{SHARED}/fleetgen.c", "-lm"], check=True)
        ticks = round(millions * 1e6 / VEHICLES)
        Run([generator, str(VEHICLES), str(ticks)], stdout=path).must()
        subprocess.run(["sync", path], check=True)
        return path

    def limits(self, millions, source):
        """What the machine allows: counting the lines, and copying them to the disk."""
        lines = millions * 1e6
        run = Run(["wc", "-l", source]).must()
        self.add(millions=millions, engine="wc -l", seconds=round(run.seconds, 3),
                 rows_per_s=round(lines / run.seconds))
        copy = self.path("copy")
        run = Run(["sh", "-c", 'cat "$1" > "$2" && sync "$2"', "sh", source, copy]).must()
        self.add(millions=millions, engine="cat > file; sync", seconds=round(run.seconds, 3),
                 rows_per_s=round(lines / run.seconds), bytes_on_disk=os.path.getsize(copy))
        os.unlink(copy)

    def tc_ingest(self, millions, source, rounds):
        """The median of `rounds` ingests, each into a store of its own, and then compact."""
        store, runs = self.path("store"), []
        for _ in range(rounds):
            shutil.rmtree(store, ignore_errors=True)
            runs.append(Run([TC, "telemetry", "ingest", "-q", "--store", f"parquet:{store}",
                             source]).must())
        run = sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]
        lines = millions * 1e6
        size = bytes_under(store)
        self.add(millions=millions, engine="tc", seconds=round(run.seconds, 3),
                 rows_per_s=round(lines / run.seconds), cpu_s=round(run.cpu, 2),
                 rss_mib=max(run.rss for run in runs), bytes_on_disk=size,
                 bytes_per_row=round(size / lines, 2), rounds=rounds)
        return store

    def tc_compact(self, millions, store):
        run = Run([TC, "telemetry", "compact", "-q", "--store", f"parquet:{store}"]).must()
        size = bytes_under(store)
        self.add(millions=millions, engine="tc compact", seconds=round(run.seconds, 3),
                 rows_per_s=round(millions * 1e6 / run.seconds), cpu_s=round(run.cpu, 2),
                 rss_mib=run.rss, bytes_on_disk=size,
                 bytes_per_row=round(size / (millions * 1e6), 2))

    def tc_queries(self, millions, store, vehicle, engine):
        answer = self.path("answer")
        for letter, words in questions(vehicle).items():
            words = [TC, "telemetry", *words, "--store", f"parquet:{store}"]
            # 1 says that there is nothing to print: a short run has no minute two to seven.
            took = median_ms(words, statuses=(0, 1), stdout=answer)
            self.add(millions=millions, engine=engine, question=letter,
                     median_ms=round(took, 1), check=check_of(letter, answer))

    def peer(self, millions, engine, source):
        """A peer's ingest and questions, in processes of their own, as peers.py does them."""
        out = self.path(engine)
        script = [sys.executable, f"{SHARED}/peers.py"]
        done = subprocess.run([*script, "ingest", engine, source, out], capture_output=True,
                              text=True, check=True)
        figure = json.loads(done.stdout.splitlines()[-1])
        if figure.pop("exit") != 0:
            sys.exit(f"{engine} failed:\n{done.stderr}")
        figure["bytes_per_row"] = round(figure["bytes_on_disk"] / (millions * 1e6), 2)
        self.add(millions=millions, **figure)
        done = subprocess.run([*script, "query", engine, out], capture_output=True, text=True,
                              check=True)
        for line in done.stdout.splitlines():
            self.add(millions=millions, **json.loads(line))
        shutil.rmtree(out)

    def simulator(self):
        """Lines a second to a pipe."""
        seconds, lines = [], 0
        for _ in range(3):
            run = Run(["sh", "-c", f'"{TC}" telemetry simulate -q --vehicles {VEHICLES} '
                       f'--duration 10m | wc -l'], stdout=self.path("count")).must()
            with open(self.path("count"), encoding="ascii") as file:
                lines = int(file.read())
            seconds.append(run.seconds)
        took = statistics.median(seconds)
        self.add(part="simulate | wc -l", lines=lines, seconds=round(took, 3),
                 lines_per_s=round(lines / took))

    def starts(self):
        for words in (["--version"], ["telemetry", "ingest", "--help"]):
            self.add(part="tc " + " ".join(words),
                     median_ms=round(median_ms([TC, *words], rounds=21), 2))

    def find(self, **wanted):
        """The figure with these values; None where it was not measured."""
        for figure in self.figures:
            if all(figure.get(key) == value for key, value in wanted.items()):
                return figure
        return None


def first_vehicle(source):
    """The smallest id, which peers.py asks about; all vehicles are in the first tick."""
    with open(source, encoding="ascii") as file:
        return min(json.loads(next(file))["vehicle_id"] for _ in range(VEHICLES))


def measure(bench, millions, peers):
    source = bench.make_lines(millions)
    vehicle = first_vehicle(source)
    bench.limits(millions, source)
    store = bench.tc_ingest(millions, source, rounds=1 if millions > 10 else 3)
    bench.tc_queries(millions, store, vehicle, "tc")
    bench.tc_compact(millions, store)
    bench.tc_queries(millions, store, vehicle, "tc compact")
    shutil.rmtree(store)
    for engine in peers:
        bench.peer(millions, engine, source)
    os.unlink(source)


def hold_promises(bench, sizes, peers):
    """The issue's targets, each as a check; those that need a peer or a size are left out without."""
    answers = bench.figures
    for millions in sizes:
        for letter in MEANING:
            checks = {figure["engine"]: figure["check"] for figure in answers
                      if figure.get("question") == letter and figure["millions"] == millions}
            if millions == 6:
                checks["peers.py, as written down"] = CHECKS[letter]
            check(f"{millions:g} M, {letter}: all answers are the same",
                  [checks] if any(not agree(checks["tc"], other) for other in checks.values())
                  else [])
        tc = bench.find(millions=millions, engine="tc")
        check(f"{millions:g} M: at most 512 MiB", [tc["rss_mib"]] if tc["rss_mib"] > 512 else [])
    if 6 in sizes:
        tc, small = bench.find(millions=6, engine="tc"), bench.find(millions=6, engine="tc compact")
        check("6 M: at most 9.0 bytes a row",
              [tc["bytes_per_row"]] if tc["bytes_per_row"] > 9.0 else [])
        check("6 M: at most 8.6 bytes a row when compact",
              [small["bytes_per_row"]] if small["bytes_per_row"] > 8.6 else [])
        duckdb = bench.find(millions=6, engine="duckdb", question=None)
        if duckdb:
            factor = tc["rows_per_s"] / duckdb["rows_per_s"]
            check(f"6 M: ingest is {factor:.1f} times DuckDB's, at least 3",
                  [factor] if factor < 3 else [])
        hold_question_times(bench, peers)
    if len(sizes) > 1:
        rates = [bench.find(millions=millions, engine="tc")["rows_per_s"] for millions in sizes]
        check("cost grows linearly: the slowest rate is above 0.7 of the fastest",
              [rates] if min(rates) < 0.7 * max(rates) else [])
    rate = bench.find(part="simulate | wc -l")["lines_per_s"]
    check("simulate gives 4 M lines/s to a pipe", [rate] if rate < 4e6 else [])
    for part in ("tc --version", "tc telemetry ingest --help"):
        took = bench.find(part=part)["median_ms"]
        check(f"{part} takes under 12 ms", [took] if took >= 12 else [])


def hold_question_times(bench, peers):
    for letter in MEANING:
        took = bench.find(millions=6, engine="tc", question=letter)["median_ms"]
        times = {engine: bench.find(millions=6, engine=engine, question=letter)["median_ms"]
                 for engine in peers}
        if letter in "bci":
            name, limit = "20 ms", 20
        elif letter in "gh":
            if "clickhouse" not in times:
                continue
            name, limit = "a third of clickhouse", times["clickhouse"] / 3
        elif times:
            best = min(times, key=times.get)
            name, limit = f"the best peer, {best}", times[best]
        else:
            continue
        check(f"6 M, {letter} ({MEANING[letter]}): {took} ms, at most {limit:.1f} ({name})",
              [took] if took > limit else [])


parser = argparse.ArgumentParser(prog="Tests/bench/table")
parser.add_argument("--full", action="store_true", help="0.6, 6 and 60 million lines")
parser.add_argument("--lines", default="6", help="millions, separated by commas")
parser.add_argument("--peers", default=",".join(PEERS), help="separated by commas; - is none")
parser.add_argument("--folder", default=".build/bench", help="where everything is made and removed")
options = parser.parse_args()
sizes = [0.6, 6, 60] if options.full else sorted(float(text) for text in options.lines.split(","))
peers = [] if options.peers == "-" else options.peers.split(",")
for unknown in set(peers) - set(PEERS):
    parser.error(f"no such peer: {unknown}")

os.makedirs(options.folder, exist_ok=True)
needed = max(sizes) * GIGABYTES_PER_MILLION + 1
free = shutil.disk_usage(options.folder).free / 1e9
if free < needed:
    sys.exit(f"{options.folder} has {free:.0f} GB free; {max(sizes):g} million lines need {needed:.0f}")
bench = Bench(options.folder)
try:
    bench.starts()
    bench.simulator()
    for millions in sizes:
        # Beside 60 million lines only tc is timed: the peers would take an hour.
        measure(bench, millions, peers if millions <= 6 else [])
finally:
    shutil.rmtree(options.folder, ignore_errors=True)
print_table(bench.figures, sizes, peers)
hold_promises(bench, sizes, peers)
finish()
