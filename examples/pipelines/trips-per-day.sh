#!/bin/sh
# Trips, kilometres and hours a day, over the whole fleet; CSV and awk are enough.
set -eu

tc telemetry trips --format csv |
    awk -F , '
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        {
            day = substr($column["start"], 1, 10)
            trips[day]++
            km[day] += $column["distance_km"]
            hours[day] += $column["duration_s"] / 3600
        }
        END {
            print "day,trips,km,hours"
            for (day in trips) printf "%s,%d,%.1f,%.1f\n", day, trips[day], km[day], hours[day]
        }'
