#!/bin/sh
# needs: jq
# The three minutes in which the fleet was fastest on average, and how many were on the road then: the
# record of one command becomes the flags of the next.
set -eu

tc telemetry window --every 1m --agg avg:speed_kph |
    jq -s -r 'sort_by(-.avg_speed_kph)[:3][] | [.from, .to, (.avg_speed_kph | round)] | @tsv' |
    while read -r from to speed; do
        moving=$(tc telemetry window --every 1m --by vehicle --agg max:speed_kph \
            --from "$from" --to "$to" | jq -s 'map(select(.max_speed_kph > 0)) | length')
        printf '%s: %s km/h on average, %s vehicles on the road\n' "$from" "$speed" "$moving"
    done
