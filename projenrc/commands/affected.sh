#!/bin/sh
# Compiles, lints and tests what changed since main, and what depends on it. NX_BASE names another commit than main.
if [ -z "$NX_BASE" ]; then
  NX_BASE=$(git rev-parse --quiet --verify main 2>/dev/null || git rev-parse --quiet --verify origin/main 2>/dev/null) || {
    echo 'affected must have a commit to compare with, got: a folder without git, or without the branches main and origin/main.' >&2
    echo 'Fetch it: git fetch origin main:main. Or name another one: NX_BASE=<commit> npx projen affected' >&2
    exit 2
  }
  export NX_BASE
fi
exec nx affected -t compile bundle typecheck lint test "$@"
