#!/bin/sh
# needs: python:duckdb
# The store is a folder of Parquet files, which other programs read as it stands. Here DuckDB asks
# how warm batteries are by how fast cars go, a question that no subcommand answers.
# The columns of files that are there already are never changed; no lock is needed to read them. A row
# that came twice stands twice until `compact` has folded it, so compact first.
set -eu

tc telemetry compact --quiet
store=$(tc config show | sed -n 's/.*"name":"telemetry.store","value":"parquet:\([^"]*\)".*/\1/p')

python3 - "$store" <<'END'
import sys
import duckdb

print(duckdb.sql(f"""
    SELECT 20 * floor(speed_kph / 20)::int AS "from km/h", count(*) AS messages,
           round(avg(battery_c), 1) AS "battery °C", round(avg(battery_kw), 1) AS "kW"
    FROM read_parquet('{sys.argv[1]}/telemetry/date=*/*.parquet', hive_partitioning = true)
    WHERE speed_kph IS NOT NULL AND date >= '2020-01-01'
    GROUP BY 1 ORDER BY 1
"""))
END
