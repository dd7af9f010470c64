#!/bin/sh
# Versions the packages that changed. nx counts from the last tag of each package, so a clone has to have the tags.
git fetch --quiet --tags origin ||
  echo 'The tags of origin could not be fetched: versions follow from the tags of this clone, or from package.json.' >&2
exec nx release --skip-publish "$@"
