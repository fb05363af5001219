"""Asks tc, and asks DuckDB over the same Parquet files; a simulated fleet with sparse, late, repeated
and broken lines, stored in many files and asked before they are folded, so that tc must merge and
DuckDB gets the rows merged by SQL."""

import datetime
import json
import os
import subprocess
import sys
import tempfile

import duckdb

sys.path[:0] = ["Tests/interop", "Tests/Support"]
from checks import check, finish  # noqa: E402
from rows import NUMBERS, WORDS, ms_of  # noqa: E402

TC = os.environ.get("TC") or os.environ["TC_BINARY"]
START = int(datetime.datetime(2026, 1, 2, 23, 50, tzinfo=datetime.timezone.utc).timestamp()) * 1000
SIGNALS = NUMBERS + WORDS


def tc(*words, data=None, statuses=(0,)):
    done = subprocess.run([TC, "telemetry", *words], input=data, capture_output=True)
    if done.returncode not in statuses:
        sys.exit(f"tc telemetry {' '.join(words)} ended with {done.returncode}:\n"
                 f"{done.stderr.decode(errors='replace')}")
    return done.stdout


def records(*words):
    return [json.loads(line) for line in tc(*words, statuses=(0, 1)).splitlines()]


def same(one, other):
    """Equal, doubles to twelve digits: sums are added in another order."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-12 * max(abs(one), abs(other), 1)
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def hold(name, expected, got):
    """The same rows in the same order, and some."""
    faults = [] if expected else ["nothing was asked: DuckDB has no rows"]
    if len(expected) != len(got):
        faults.append(f"{len(expected)} expected, got {len(got)}")
    for one, other in zip(expected, got):
        if not same(one, other):
            faults.append(f"expected {one}, got {other}")
    check(name, faults[:6])


def number(value):
    return None if value is None else float(value)


def merged(connection, table):
    """A view `t` of the store with one row a (vehicle, ts): of each field the value of the file
    with the highest sequence that has one. Folding `extra` is not asked about here."""
    fields = ", ".join(f"arg_max({name}, filename) FILTER ({name} IS NOT NULL) AS {name}"
                       for name in SIGNALS)
    # Within a day names sort by sequence, and a moment lies in one day.
    connection.execute(
        f"CREATE TABLE t AS SELECT vehicle_id, epoch_ms(ts) AS ts, {fields} FROM read_parquet("
        f"'{table}/*/*.parquet', filename = true, hive_partitioning = false) "
        f"GROUP BY vehicle_id, ts")


def ask_last(connection, store, to):
    clause = "" if to is None else f"WHERE ts < {to}"
    fields = ", ".join(f"arg_max({name}, ts) FILTER ({name} IS NOT NULL)" for name in SIGNALS)
    times = ", ".join(f"max(ts) FILTER ({name} IS NOT NULL)" for name in SIGNALS)
    expected = connection.execute(
        f"SELECT vehicle_id, max(ts), {fields}, {times} FROM t {clause} GROUP BY vehicle_id "
        f"ORDER BY vehicle_id").fetchall()
    got = []
    for record in records("last", *store, "--times", *([] if to is None else ["--to", str(to)])):
        values = [number(record.get(name)) for name in NUMBERS] + [record.get(name) for name in WORDS]
        moments = [record["times"].get(name) for name in SIGNALS]
        got.append((record["vehicle_id"], ms_of(record["ts"]), *values,
                    *(None if moment is None else ms_of(moment) for moment in moments)))
    hold(f"last, {'all' if to is None else 'before a moment'}", expected, got)


def ask_window(connection, store, every, by):
    """Every function over signals that are mostly there, mostly absent, and negative."""
    functions = {
        "avg:speed_kph": "avg(speed_kph)", "max:speed_kph": "max(speed_kph)",
        "min:soc_pct": "min(soc_pct)", "sum:charge_kw": "sum(charge_kw)",
        "first:accel_mps2": "arg_min(accel_mps2, (ts, vehicle_id)) FILTER (accel_mps2 IS NOT NULL)",
        "last:soc_pct": "arg_max(soc_pct, (ts, vehicle_id)) FILTER (soc_pct IS NOT NULL)",
        "p50:battery_kw": "quantile_disc(battery_kw, 0.5)",
        "p95:speed_kph": "quantile_disc(speed_kph, 0.95)",
        "p99:accel_mps2": "quantile_disc(accel_mps2, 0.99)",
        "count:alt_m": "count(alt_m)", "count": "count(*)",
    }
    # Across vehicles the first of equal moments is nobody's promise.
    if by == "fleet":
        functions = {name: text for name, text in functions.items()
                     if not name.startswith(("first", "last"))}
    who = "vehicle_id" if by == "vehicle" else "NULL"
    expected = connection.execute(
        f"SELECT {who} AS who, ts // {every} * {every} AS w, {', '.join(functions.values())} FROM t "
        f"GROUP BY ALL ORDER BY ALL").fetchall()
    got = []
    for record in records("window", *store, "--every", f"{every}ms", "--by", by,
                          "--agg", ",".join(functions)):
        values = [record.get(name.replace(":", "_")) for name in functions]
        got.append((record.get("vehicle_id"), ms_of(record["from"]),
                    *(value if name.startswith("count") else number(value)
                      for name, value in zip(functions, values))))
    hold(f"window of {every} ms by {by}", expected, got)


def ask_alerts(connection, store):
    expected = connection.execute(
        "SELECT vehicle_id, arg_max(soc_pct, ts) FILTER (soc_pct IS NOT NULL) AS soc FROM t "
        "GROUP BY vehicle_id HAVING soc < 20 ORDER BY vehicle_id").fetchall()
    got = [(record["vehicle_id"], number(record["value"]))
           for record in records("alerts", *store, "--soc-below", "20")]
    hold("alerts of low charge", expected, got)
    for flag, clause in (("--harsh-braking", "accel_mps2 < -3"),
                         ("--harsh-acceleration", "accel_mps2 > 3")):
        expected = connection.execute(
            f"SELECT vehicle_id, count(*) FROM t WHERE {clause} GROUP BY vehicle_id "
            f"ORDER BY vehicle_id").fetchall()
        got = [(record["vehicle_id"], record["count"]) for record in records(
            "alerts", *store, flag, "3")]
        hold(f"alerts, {flag}", expected, got)


def ask_area(connection, store, at):
    for box in ((37.0, -123.0, 38.5, -121.5), (-90, -180, 90, 180), (-40, 100, 60, -100)):
        south, west, north, east = box
        inside = (f"lon BETWEEN {west} AND {east}" if west <= east
                  else f"(lon >= {west} OR lon <= {east})")
        expected = connection.execute(
            f"SELECT * FROM (SELECT vehicle_id, arg_max(lat, ts) AS lat, arg_max(lon, ts) AS lon "
            f"FROM t WHERE ts <= {at} AND lat IS NOT NULL GROUP BY vehicle_id) p "
            f"WHERE lat BETWEEN {south} AND {north} AND {inside} ORDER BY vehicle_id").fetchall()
        got = [(record["vehicle_id"], number(record["lat"]), number(record["lon"]))
               for record in records("area", *store, f"--bbox={','.join(map(str, box))}",
                                     "--at", str(at))]
        hold(f"area {box}", expected, got)


def ask_range(connection, store):
    vehicle, = connection.execute(
        "SELECT vehicle_id FROM t GROUP BY 1 ORDER BY count(speed_kph) DESC, 1 LIMIT 1").fetchone()
    begin, end = START + 60_000, START + 700_000
    expected = connection.execute(
        f"SELECT ts, {', '.join(SIGNALS)} FROM t WHERE vehicle_id = ? AND ts >= ? AND ts < ? "
        f"ORDER BY ts", [vehicle, begin, end]).fetchall()
    got = [(ms_of(record["ts"]), *(number(record.get(name)) for name in NUMBERS),
            *(record.get(name) for name in WORDS))
           for record in records("range", *store, "--vehicle", vehicle, "--from", str(begin),
                                 "--to", str(end))]
    hold("range of one vehicle over midnight", expected, got)


def ask_trips_and_charges(connection, store):
    """Totals that do not hang on where a session is cut: DuckDB sums what tc lists."""
    kilometres, = connection.execute(
        "SELECT sum(v) FROM (SELECT max(odometer_km) - min(odometer_km) AS v FROM t "
        "GROUP BY vehicle_id) q").fetchone()
    listed = sum(record["distance_km"] for record in records("trips", *store, "--gap", "0s"))
    check("trips add up to what the odometers say, but for the ends",
          [] if 0.97 * kilometres <= listed <= kilometres + 0.1 else [f"{listed} of {kilometres}"])
    expected = connection.execute(
        "SELECT vehicle_id, max(charge_kw) FROM t WHERE charge = 'charging' GROUP BY vehicle_id "
        "ORDER BY vehicle_id").fetchall()
    best = {}
    for record in records("charges", *store):
        vehicle = record["vehicle_id"]
        best[vehicle] = max(best.get(vehicle, 0), record["max_charge_kw"])
    hold("charges: who, and the highest power of each", expected,
         sorted((vehicle, float(power)) for vehicle, power in best.items()))


def ask_after_compact(store):
    """Folding repeats and merging files changes no byte of any answer."""
    asked = [("export",), ("last", "--times"), ("trips",), ("charges",), ("alerts", "--at", str(START + 1_500_000)),
             ("window", "--every", "10s", "--agg", "count,avg:speed_kph,p95:battery_kw")]
    before = [tc(*words, *store) for words in asked]
    tc("compact", *store)
    check("compact changes no answer", (
        " ".join(words) for words, text in zip(asked, before) if tc(*words, *store) != text))
    done = subprocess.run([TC, "telemetry", "verify", *store], capture_output=True, text=True)
    check("verify finds nothing wrong", [done.stdout + done.stderr] if done.returncode else [])


with tempfile.TemporaryDirectory(prefix="tc-answers-") as parent:
    lines = tc("simulate", "-q", "--vehicles", "120", "--duration", "20m", "--seed", "11",
               "--dirty", "0.02", "--start", str(START))
    url = f"parquet:{parent}/store"
    tc("ingest", "-q", "--store", url, "--batch", "20000", "-", data=lines, statuses=(65,))
    # Every seventh line again, as a feed that resumes too early would send it.
    again = b"".join(line + b"\n" for line in lines.splitlines()[::7])
    tc("ingest", "-q", "--store", url, "--batch", "5000", "-", data=again, statuses=(65,))
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    merged(connection, f"{parent}/store/telemetry")
    store = ("--store", url)
    ask_last(connection, store, None)
    ask_last(connection, store, START + 615_000)
    for every, by in ((60_000, "fleet"), (7000, "fleet"), (60_000, "vehicle")):
        ask_window(connection, store, every, by)
    ask_alerts(connection, store)
    ask_area(connection, store, START + 600_000)
    ask_range(connection, store)
    ask_trips_and_charges(connection, store)
    ask_after_compact(store)
finish()
