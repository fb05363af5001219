# shellcheck shell=bash
# What examples/quickstart and Tests/run need before they can start: packages, a Python environment,
# the release binary. Sourced by both; everything that it makes stands under .build.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# A path of its own: the static runtime is another link than a debug build's, and sharing one folder
# would relink each after the other.
release_path=$root/.build/static
# shellcheck disable=SC2034  # for who sources this
release_tc=$release_path/release/tc
# shellcheck disable=SC2034  # for who sources this
python=$root/.build/venv/bin/python

say() { printf '\n== %s\n' "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 70; }

# missing_package PACKAGE PROBE: prints PACKAGE unless PROBE, a file or a command, is there.
missing_package() {
    case $2 in
    /*) [ -e "$2" ] ;;
    *) command -v "$2" >/dev/null ;;
    esac || printf '%s ' "$1"
}

# The packages among these pairs that are not there.
missing_packages() {
    while [ $# -gt 0 ]; do
        missing_package "$1" "$2"
        shift 2
    done
}

# install_packages PACKAGE PROBE [PACKAGE PROBE …]: installs what is missing with apt, as root or
# through sudo; says what to do where neither is possible.
install_packages() {
    local packages as_root=()
    packages=$(missing_packages "$@")
    [ -n "$packages" ] || return 0
    command -v apt-get >/dev/null || die "please install: $packages (there is no apt-get here)"
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || die "please run as root: apt-get install $packages"
        # Without a terminal nobody could type a password.
        if [ ! -t 0 ] && ! sudo -n true 2>/dev/null; then
            die "please run: sudo apt-get install $packages"
        fi
        as_root=(sudo)
    fi
    say "Installing $packages"
    # A fresh machine has no package lists; old ones may name versions that are gone.
    "${as_root[@]}" apt-get update -qq || die "apt-get could not fetch the package lists"
    local log
    # shellcheck disable=SC2086  # a list of names
    log=$("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $packages 2>&1 </dev/null) || {
        printf '%s\n' "$log"
        die "could not install: $packages"
    }
    packages=$(missing_packages "$@")
    [ -z "$packages" ] || die "still missing after installing: $packages"
}

# What the build needs besides Swift.
install_build_packages() {
    command -v swift >/dev/null || die "there is no 'swift': install Swift 6.3 from swift.org"
    install_packages zlib1g-dev /usr/include/zlib.h \
        libzstd-dev /usr/include/zstd.h libyaml-dev /usr/include/yaml.h \
        libssl-dev /usr/include/openssl/evp.h libsqlite3-dev /usr/include/sqlite3.h \
        libpq-dev /usr/include/postgresql/libpq-fe.h libhiredis-dev /usr/include/hiredis/hiredis.h \
        git git ca-certificates /etc/ssl/certs/ca-certificates.crt
}

# build_release PRODUCT: builds `tc`, which runs on machines that have neither Swift nor the C libraries,
# or TCBench.
build_release() {
    local libraries=$release_path/libraries compiler archive name
    # The linker takes an archive where it finds no shared library beside it: tc then runs where neither
    # the C++ library nor zlib is installed, and starts a fifth faster.
    compiler=$(dirname "$(readlink -f "$(command -v swift)")")/clang
    mkdir -p "$libraries"
    for name in libstdc++.a libz.a; do
        archive=$("$compiler" -print-file-name="$name")
        [ ! -e "$archive" ] || ln -sf "$archive" "$libraries/$name"
    done
    swift build --package-path "$root" --scratch-path "$release_path" -c release --product "$1" \
        --static-swift-stdlib -Xlinker -s -Xlinker --gc-sections -Xlinker --no-export-dynamic \
        -Xswiftc "-L$libraries"
}

# make_python FILE: a Python environment with the packages that FILE lists, made once for each
# content of FILE and script.
make_python() {
    local venv=$root/.build/venv stamp
    stamp=$(cat "$1" "${BASH_SOURCE[0]}" | sha256sum)
    [ "$(cat "$venv/stamp" 2>/dev/null)" != "$stamp" ] || return 0
    say "Making a Python environment: $(tr '\n' ' ' <"$1")"
    local python3=python3
    # Debian splits what `venv` needs into a package of its own.
    if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
        install_packages python3-venv "/usr/share/doc/python3-venv"
        python3=/usr/bin/python3
    fi
    rm -rf "$venv"
    "$python3" -m venv "$venv" &&
        "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$1" &&
        printf '%s\n' "$stamp" >"$venv/stamp"
}
