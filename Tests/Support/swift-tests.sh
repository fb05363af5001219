# shellcheck shell=bash
# Runs Swift tests out of the program that `swift build --build-tests` made: `swift test` would lock
# the build folder, so that no two suites could run at once.

# swift_tests FLAG …: flags of Swift Testing, `--filter TEXT` and `--skip TEXT`.
swift_tests() {
    local log status passed failed
    log=$(mktemp)
    NO_COLOR=1 "$TESTS" --testing-library swift-testing "$@" 2>&1 | tee "$log" |
        grep --line-buffered -vE '^◇|^↳|^✔ (Suite|Test case)|started\.$'
    status=${PIPESTATUS[0]}
    passed=$(grep -cE '^✔ Test .* passed after ' "$log")
    # The last such line is the whole run's.
    grep -qE '^✔ Test run ' "$log" && passed=$((passed - 1))
    failed=$(grep -cE '^✘ Test .* failed after ' "$log")
    grep -qE '^✘ Test run ' "$log" && failed=$((failed - 1))
    rm -f "$log"
    # A crash ends the run without a word about the test that it happened in.
    if [ "$status" != 0 ] && [ "$failed" = 0 ]; then
        failed=1
        printf 'the test program ended with status %s\n' "$status"
    fi
    printf '%s passed, %s failed\n' "$passed" "$failed"
    [ "$status" = 0 ] && [ "$passed" -gt 0 ]
}
