#!/bin/sh
# Builds, then runs a command: build-then.sh <command> [arguments]. The build prints its output when it fails, or with --verbose.
# Commands that have more to show than their result get --verbose too.
verbose=
command="$1 $2"
for argument do
  shift
  if [ "$argument" = --verbose ]; then
    verbose=true
    case $command in 'user-metrics deploy' | 'user-metrics destroy') ;; *) continue ;; esac
  fi
  set -- "$@" "$argument"
done
echo 'Building …' >&2
if [ "$verbose" ]; then
  nx run-many -t compile bundle --output-style=static >&2 || exit 1
else
  output=$(nx run-many -t compile bundle --output-style=static 2>&1) || { printf '%s\n' "$output" >&2; exit 1; }
fi
exec "$@"
