"""Compares whole contents: the store as other readers see it against `tc telemetry export`, and
what other writers make against what tc then exports."""

import os
import shutil
import subprocess
import sys
import tempfile

import duckdb

sys.path[:0] = ["Tests/interop", "Tests/Support"]
from checks import check, finish  # noqa: E402
from readers import READERS  # noqa: E402
from rows import NUMBERS, WORDS, differences, exported, sort_rows  # noqa: E402
from tricky import tricky_messages  # noqa: E402
from writers import WRITERS  # noqa: E402

TC = os.environ.get("TC") or os.environ["TC_BINARY"]


def tc(*words, data=None, status=0):
    done = subprocess.run([TC, "telemetry", *words], input=data, capture_output=True)
    if done.returncode != status:
        sys.exit(f"tc telemetry {' '.join(words)} ended with {done.returncode}:\n"
                 f"{done.stderr.decode(errors='replace')}")
    return done.stdout


class Store:
    """A store in a folder of its own."""

    def __init__(self, parent, name):
        self.path = os.path.join(parent, name)
        self.url = "parquet:" + self.path
        self.table = self.path + "/telemetry"

    def ingest(self, data, *words):
        tc("ingest", "--store", self.url, *words, "-", data=data)
        return self

    def export(self):
        return tc("export", "--store", self.url)

    def files(self):
        return [os.path.join(folder, name) for folder, _, names in os.walk(self.table)
                for name in names if name.endswith(".parquet")]


def hold_readers(name, store):
    """Every reader against the export."""
    expected = exported(store.export().decode().splitlines())
    check(f"{name}: export is in order, each moment once",
          differences(sort_rows({row[:2]: row for row in expected}.values()), expected))
    for reader, (read, types) in READERS.items():
        got_types, rows = read(store.table)
        check(f"{name}: {reader} sees the types",
              (f"{column}: {got_types.get(column)}, expected {kind}"
               for column, kind in types.items() if got_types.get(column) != kind))
        check(f"{name}: {reader} sees the columns and no other",
              set(got_types) ^ set(types))
        check(f"{name}: {reader} reads every row, type and null",
              differences(expected, sort_rows(rows)))
    return expected


def hold_json_readers(name, store, parent):
    """DuckDB's own JSON reader over the export, against its Parquet reader over the store: nothing
    of ours takes part."""
    path = os.path.join(parent, name + ".jsonl")
    with open(path, "wb") as file:
        file.write(store.export())
    kinds = {"vehicle_id": "VARCHAR", "ts": "TIMESTAMPTZ", **dict.fromkeys(NUMBERS, "DOUBLE"),
             **dict.fromkeys(WORDS, "VARCHAR")}
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    listing = ", ".join(f"'{column}': '{kind}'" for column, kind in kinds.items())
    columns = ", ".join(kinds)
    for table, source in (
            ("a", f"read_json('{path}', format = 'newline_delimited', columns = {{{listing}}})"),
            ("b", f"read_parquet('{store.table}/*/*.parquet', hive_partitioning = true)")):
        connection.execute(f"CREATE TABLE {table} AS SELECT {columns} FROM {source}")
    for one, other in (("a", "b"), ("b", "a")):
        found = connection.execute(
            f"SELECT * FROM {one} EXCEPT ALL SELECT * FROM {other} LIMIT 5").fetchall()
        check(f"{name}: duckdb reads export as JSON like the store as Parquet, {one} in {other}",
              found)


def hold_round_trip(name, store, parent):
    text = store.export()
    again = Store(parent, name + "-again").ingest(text)
    check(f"{name}: export, ingested into a new store, exports the same bytes",
          [] if again.export() == text else ["the bytes differ"])


def hold_writers(name, store, expected, parent):
    """What others write with the store's schema is a store."""
    for writer, write in WRITERS.items():
        foreign = Store(parent, f"{name}-{writer}")
        write(store.table, foreign.table)
        got = exported(foreign.export().decode().splitlines())
        check(f"{name}: tc reads what {writer} wrote", differences(expected, got))


with tempfile.TemporaryDirectory(prefix="tc-interop-") as parent:
    messages = tricky_messages()
    tricky = Store(parent, "tricky").ingest("".join(text + "\n" for *_, text in messages).encode())
    rows = hold_readers("tricky", tricky)
    check("tricky: every message is there, and nothing else",
          {(vehicle, ts) for vehicle, ts, _ in messages} ^ {row[:2] for row in rows})
    hold_json_readers("tricky", tricky, parent)
    hold_round_trip("tricky", tricky, parent)
    hold_writers("tricky", tricky, rows, parent)

    one = Store(parent, "one").ingest(b'{"vehicle_id":"only","ts":"2026-01-02T03:04:05Z"}\n')
    check("one row: one file", [] if len(one.files()) == 1 else one.files())
    hold_readers("one row", one)

    # A fleet over midnight, in many small files, then folded to one a day.
    lines = tc("simulate", "-q", "--vehicles", "150", "--duration", "4m", "--seed", "3", "--dirty",
               "0.01", "--start", "2026-01-02T23:58:00Z")
    fleet = Store(parent, "fleet")
    tc("ingest", "--store", fleet.url, "-q", "--batch", "4000", "-", data=lines, status=65)
    before = fleet.export()
    tc("compact", "--store", fleet.url)
    check("fleet: compact leaves a file a day", [] if len(fleet.files()) == 2 else fleet.files())
    check("fleet: compact changes no row", [] if fleet.export() == before else ["it does"])
    rows = hold_readers("fleet", fleet)
    hold_json_readers("fleet", fleet, parent)
    hold_round_trip("fleet", fleet, parent)
    shutil.rmtree(fleet.path + "-again", ignore_errors=True)
finish()
