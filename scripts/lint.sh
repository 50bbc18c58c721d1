#!/bin/sh
# Every linter, whatever the ones before it said; fails when one of them does. With --fix: put in order what can be.
cd "$(dirname "$0")/.." || exit 1
bin=.venv/bin
status=0
templates=$(find templates wiki factors mittkoping -name '*.html' -not -path '*/node_modules/*')
python=$(find mittkoping factors wiki tests scripts deploy manage.py -name '*.py' -not -path '*/migrations/*')

# No name that is linted has a space in it, so that lists may be split at spaces.
step() {
    printf '%s\n' "── $1"
    shift
    "$@" || status=1
}

if [ "${1:-}" = "--fix" ]; then
    step "ruff" $bin/ruff check --quiet --fix .
    step "ruff format" $bin/ruff format --quiet .
    # shellcheck disable=SC2086
    [ -z "$templates" ] || step "djade" $bin/djade --target-version 5.2 $templates
    exit $status
fi

# The settings of an installation that is open to the world: what Django's deployment check is about.
production() {
    env SECRET_KEY="$($bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        ALLOWED_HOSTS=wiki.example DEBUG=0 DEMO=0 HTTPS=1 DATABASE_URL=sqlite:///:memory: "$@"
}

step "ruff" $bin/ruff check --quiet --output-format concise .
step "ruff format" $bin/ruff format --quiet --check --output-format concise .
# shellcheck disable=SC2086
[ -z "$templates" ] || step "djade" $bin/djade --check --target-version 5.2 $templates
# shellcheck disable=SC2086
step "django-upgrade" $bin/django-upgrade --check --target-version 5.2 $python
step "mypy" $bin/mypy
step "import contracts" $bin/lint-imports --no-logo
step "migrations are written" production $bin/python manage.py makemigrations --check --dry-run
step "check --deploy" production $bin/python -W error manage.py check --deploy --fail-level WARNING
exit $status
