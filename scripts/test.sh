#!/bin/sh
# All linters and tests: `scripts/test.sh "<pytest marks>"`. Every step runs, whatever the ones before it said.
cd "$(dirname "$0")/.." || exit 1
marks=${1:-not slow}
failed=
missing=

has_chromium() { [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; }
has_postgresql() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1

install_missing() {
    packages=
    has_chromium || packages="$packages chromium"
    has_postgresql || packages="$packages postgresql"
    [ -n "$packages" ] && command -v apt-get >/dev/null || return 0
    as_root=
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 0
        as_root="sudo -n"
    fi
    echo "── installing$packages"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $packages
}

# No step may keep the others waiting for ever: what hangs is ended, and has failed.
longest=2400 # seconds
step() {
    printf '\n%s\n' "══ $1 ($(date +%H:%M:%S))"
    name=$1
    shift
    timeout --foreground --kill-after=60 --signal=INT "$longest" "$@" || failed="$failed
  $name"
}

tests=".venv/bin/python -m pytest -q -n auto"

install_missing
step "linters" scripts/lint.sh
if has_chromium; then
    step "all tests, on SQLite" $tests -m "$marks"
else
    missing="$missing
  browser tests: there is no Chromium (apt-get install chromium)"
    step "all tests but the browser's, on SQLite" $tests -m "($marks) and not browser"
fi
if has_postgresql; then
    step "tests that touch the database, on PostgreSQL" \
        .venv/bin/python tests/postgres.py -- $tests --only-db -m "$marks"
else
    missing="$missing
  tests on PostgreSQL: there is no server (apt-get install postgresql)"
fi

[ -z "$missing" ] || printf '\n!!! DID NOT RUN:%s\n' "$missing"
[ -z "$failed" ] || printf '\n!!! FAILED:%s\n' "$failed"
[ -z "$missing$failed" ] || exit 1
