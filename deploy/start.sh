#!/bin/sh
# Starts the app in a container. The secret that all replicas share comes as a file, so that `docker inspect` and
# `kubectl describe` do not show it; Streamlit wants it from the environment.
set -eu
secret=${COOKIE_SECRET_FILE:-/run/secrets/cookie_secret}
if [ -z "${STREAMLIT_SERVER_COOKIE_SECRET:-}" ] && [ -r "$secret" ]; then
    STREAMLIT_SERVER_COOKIE_SECRET=$(cat "$secret")
    export STREAMLIT_SERVER_COOKIE_SECRET
fi
exec "$@" # so that it gets the signal to stop
