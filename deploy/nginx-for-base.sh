#!/bin/sh
# Reads deploy/nginx.conf and writes it for another base path: sh nginx-for-base.sh /team/lab/
set -eu

case "${1:-}" in
  / | /*/) ;;
  *)
    echo "nginx-for-base.sh: wanted a base path that begins and ends with a slash, got \"${1:-}\"" >&2
    exit 2
    ;;
esac

exec sed "s|/docs/rollouts/|$1|g"
