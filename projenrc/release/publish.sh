#!/bin/sh
# Publishes the packages whose tags name the commit that is checked out and built. What the registry has already is left out, so
# that a run that was interrupted is repeated. Arguments are passed to `npm publish`.
tags=$(git tag --points-at HEAD)
[ "$tags" ] || {
  echo 'publish must run on a commit with tags such as @user-metrics/tagging@1.0.0, got: none. Run npx projen release first.' >&2
  exit 2
}
for tag in $tags; do
  name=${tag%@*}
  if npm view "$tag" version >/dev/null 2>&1; then
    echo "$tag is published already."
    continue
  fi
  npm publish --workspace "$name" --access public "$@" || exit 1
  echo "$tag is published."
done
