# shellcheck shell=bash
# A real PostgreSQL 15 for tests: on loopback, on a free port, in a folder of its own, with fsync on.
# Sourced after setup.sh by Tests/run and by the Swift tests that kill or pause a server of their own.

# Where Debian puts what is not on the PATH.
postgres_bin=/usr/lib/postgresql/15/bin

# Debian's package would start a server of its own, which no test wants.
install_postgres() {
    [ -x "$postgres_bin/postgres" ] && return 0
    if [ "$(id -u)" = 0 ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    install_packages postgresql-15 "$postgres_bin/postgres"
}

# The server refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start_postgres FOLDER: makes a database in FOLDER unless there is one, starts its server, and exports
# its URL as TC_TEST_POSTGRES. The user `tc` may do everything; its password is in the URL.
start_postgres() {
    local folder=$1 data=$1/data port try
    if [ ! -e "$data/PG_VERSION" ]; then
        mkdir -p "$folder"
        printf 'secret-of-tests' >"$folder/password"
        [ "$(id -u)" = 0 ] && chown -R postgres "$folder"
        chmod 711 "$folder"
        (cd / && as_postgres "$postgres_bin/initdb" -D "$data" -U tc --auth=scram-sha-256 \
            --pwfile="$folder/password" --encoding=UTF8 --locale=C.UTF-8 --no-sync) \
            >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; return 70; }
        cat >>"$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 400
fsync = on
CONF
    fi
    # A port may be taken between the look and the start; one that was used before stays.
    for try in 1 2 3; do
        port=$(cat "$folder/port" 2>/dev/null || free_port)
        if (cd / && as_postgres "$postgres_bin/pg_ctl" -D "$data" -l "$data/server.log" \
            -o "-p $port" -w -t 60 start) >"$folder/start.log" 2>&1; then
            printf '%s' "$port" >"$folder/port"
            export TC_TEST_POSTGRES=postgres://tc:secret-of-tests@127.0.0.1:$port/postgres
            return 0
        fi
        printf 'PostgreSQL did not start (%s of 3)\n' "$try" >&2
        rm -f "$folder/port"
    done
    cat "$folder/start.log" "$data/server.log" >&2
    return 70
}

# stop_postgres FOLDER: ends its server at once and removes the folder.
stop_postgres() {
    (cd / && as_postgres "$postgres_bin/pg_ctl" -D "$1/data" -m immediate -w stop) >/dev/null 2>&1
    rm -rf "$1"
}

# signal_postgres FOLDER SIGNAL: sends it to the server's every process.
signal_postgres() {
    local server
    server=$(head -n 1 "$1/data/postmaster.pid") || return 70
    # shellcheck disable=SC2046  # a list of numbers
    kill -s "$2" "$server" $(ps -o pid= --ppid "$server")
}

# crash_postgres FOLDER: the server ends as by a power cut of its own; its data stay.
crash_postgres() {
    (cd / && as_postgres "$postgres_bin/pg_ctl" -D "$1/data" -m immediate -w stop) >/dev/null
}
