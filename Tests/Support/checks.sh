# shellcheck shell=bash
# Counting for suites written in shell: a check is a name and a command that must succeed.

checks_passed=0
checks_failed=0

# check NAME COMMAND …: runs the command; its output is shown where it fails.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1 </dev/null); then
        checks_passed=$((checks_passed + 1))
        printf 'passed  %s\n' "$name"
    else
        checks_failed=$((checks_failed + 1))
        printf 'FAILED  %s\n' "$name"
        printf '%s\n' "$output" | head -n 60 | sed 's/^/        /'
    fi
}

# The last line of a suite, and its exit status.
finish_checks() {
    printf '%s passed, %s failed\n' "$checks_passed" "$checks_failed"
    [ "$checks_failed" = 0 ] && [ "$checks_passed" -gt 0 ]
}

# Prints nothing and succeeds where standard input is empty, else shows it and fails: for checks
# that list offenders.
none() {
    local found
    found=$(cat)
    [ -z "$found" ] && return 0
    printf '%s\n' "$found"
    return 1
}
