#!/bin/sh
# needs: jq
# The three minutes in which the fleet drew the most power, and who was on the road then: the record
# of one command becomes the flags of the next.
set -eu

tc telemetry window --every 1m --agg avg:battery_kw,max:battery_kw |
    jq -s -c 'sort_by(-.avg_battery_kw)[:3][]' |
    while read -r window; do
        from=$(printf '%s' "$window" | jq -r .from)
        to=$(printf '%s' "$window" | jq -r .to)
        printf '%s: %s kW on average; on the road: ' "$from" \
            "$(printf '%s' "$window" | jq '.avg_battery_kw * 10 | round / 10')"
        tc telemetry window --every 1m --by vehicle --agg max:speed_kph --from "$from" --to "$to" |
            jq -s 'map(select(.max_speed_kph > 0)) | length'
    done
