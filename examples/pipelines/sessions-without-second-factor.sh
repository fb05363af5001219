#!/bin/sh
# needs: jq
# Administrators without a second factor: their sessions end, and a line tells whom to write to.
set -eu

tc auth users set-role --quiet --user bob@example.com --role admin >/dev/null
tc auth users set-role --quiet --user ada@example.com --role admin >/dev/null

tc auth users list --role admin |
    jq -c 'select(.has_mfa | not)' |
    while read -r user; do
        ended=$(printf '%s\n' "$user" | jq -c '{user_id}' | tc auth revoke --quiet | jq '.sessions // 0')
        printf '%s\n' "$user" | jq -r --arg ended "$ended" '"\(.email): \($ended) sessions ended"'
    done
