#!/bin/sh
# A live feed: messages become durable and visible while more arrive. The ingest writes what it has
# every second; questions asked meanwhile see each message that a progress line called durable.
set -eu

mkfifo feed
tc telemetry ingest --store parquet:live --max-delay 1s --progress json < feed 2> ingest.log &
ingest=$!
exec 3> feed

tc telemetry simulate --vehicles 20 --duration 1m --quiet >&3
# The first progress line says that the first minute is durable.
until grep -q '"progress"' ingest.log; do sleep 0.1; done
echo 'while the feed is open:'
tc telemetry stat --store parquet:live --format table

tc telemetry simulate --vehicles 20 --duration 1m --start 2026-01-02T03:05:05Z --quiet >&3
exec 3>&-
wait "$ingest"
echo 'after its end:'
tc telemetry stat --store parquet:live --format table
