#!/bin/sh
# needs: jq
# Who has less than a quarter of the battery left, and how far will it take them? A report for people,
# from the last known value of each signal, however long ago each was sent.
set -eu

tc telemetry last --signals soc_pct,range_km,lat,lon |
    jq -r 'select(.soc_pct < 25)
        | [.vehicle_id, .soc_pct, .range_km // "-", .lat // "-", .lon // "-", .ts] | @tsv' |
    sort -k 2,2n |
    awk -F '\t' '
        BEGIN { printf "%-20s %6s %8s  %-22s %s\n", "vehicle", "soc %", "range km", "place", "last heard" }
        { printf "%-20s %6.1f %8s  %-22s %s\n", $1, $2, $3, $4 "," $5, $6 }
        END { printf "%d vehicles\n", NR }'
