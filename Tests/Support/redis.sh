# shellcheck shell=bash
# A Redis server of one's own, for tests: loopback only, a free port, a temporary folder.
# Sourced after setup.sh.

install_redis() {
    install_packages redis-server redis-server redis-tools redis-cli
}

# start_redis: starts a server and exports TC_TEST_REDIS, its URL. Without it the tests that need a
# server say that they were left out. A second call while it runs does nothing.
start_redis() {
    local port attempt
    [ -z "${redis_folder:-}" ] || return 0
    redis_folder=$(mktemp -d)
    # Another process may take a port between the choice and the start.
    for attempt in 1 2 3 4 5; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        redis-server --bind 127.0.0.1 --port "$port" --dir "$redis_folder" --save '' \
            --appendonly no --daemonize no >"$redis_folder/log" 2>&1 &
        redis_process=$!
        if redis_answers "$port"; then
            export TC_TEST_REDIS=redis://127.0.0.1:$port/0
            return 0
        fi
        wait "$redis_process"
    done
    cat "$redis_folder/log"
    die "redis-server did not start in $attempt attempts"
}

# redis_answers PORT: waits until the server that was started answers, or has ended.
redis_answers() {
    while kill -0 "$redis_process" 2>/dev/null; do
        [ "$(redis-cli -h 127.0.0.1 -p "$1" ping 2>/dev/null)" = PONG ] && return 0
        sleep 0.05
    done
    return 1
}

stop_redis() {
    [ -n "${redis_folder:-}" ] || return 0
    kill "$redis_process" 2>/dev/null
    wait "$redis_process" 2>/dev/null
    rm -rf "$redis_folder"
    unset TC_TEST_REDIS redis_folder redis_process
}
