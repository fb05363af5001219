#!/bin/sh
# needs: jq
# The rows of a table go to another database, a page at a time; running it again changes nothing.
set -eu

tc data migrate --quiet --database sqlite:copy.db migrations >/dev/null

tc data list --table vehicles --all |
    tc data upsert --quiet --database sqlite:copy.db --table vehicles |
    jq -r .id | sort > copied

tc data query --database sqlite:copy.db --sql 'SELECT count(*) AS vehicles FROM vehicles'
