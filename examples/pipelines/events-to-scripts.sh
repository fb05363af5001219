#!/bin/sh
# needs: jq
# Acts on what happens, each event once: a welcome for everybody who registers. The sequence of the
# last event that was acted on is kept in a file, so that the follower may be killed and started again
# at any moment. At worst an event comes a second time, with the same id.
set -eu

# Somebody registers before the follower runs, and somebody while it does.
tc auth register --quiet --email pat@example.com --no-password > registered.jsonl

follow() {
    tc events tail --type tc.auth.user.registered --since "$(cat seen 2> /dev/null || echo 0)" |
        while read -r event; do
            printf '%s\n' "$event" | jq -r '"welcome, \(.data.email)"' >> welcomes
            printf '%s\n' "$event" | jq -r .sequence > seen.new
            mv seen.new seen
            # A service would go on for ever.
            ! grep -q kim@ welcomes || break
        done
}

follow &
follower=$!
until grep -q pat@ welcomes 2> /dev/null; do sleep 0.1; done
tc auth register --quiet --email kim@example.com --no-password >> registered.jsonl
wait "$follower"
cat welcomes
