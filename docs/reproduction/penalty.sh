#!/bin/sh
# sigma and b_best of the classifiers of a reproduction against C; DIR is what `reproduce --output DIR` left behind.
# Usage: docs/reproduction/penalty.sh DIR [C...]     (default 0.001 0.01 0.1; a minute and a half for all six)
set -eu
vitrine=${VITRINE:-./vitrine}
dir=$1
shift
[ $# -gt 0 ] || set -- 0.001 0.01 0.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "| classifier | C | 5-fold accuracy | sigma | b_best |"
echo "|---|---|---|---|---|"
for set in "$dir"/training/F?.?-chosen.h5 "$dir/training/S-chosen.h5"; do
  name=$(basename "$set" .h5)
  for c in "$@"; do
    $vitrine train "$set" --standardize bulk --C "$c" --test "$dir/training/test-chosen.h5" --output "$work/model.json" --json >"$work/report.json"
    python3 - "$name" "$c" "$work/report.json" <<'PY'
import json, sys
name, c, file = sys.argv[1:]
with open(file) as report:
    r = json.load(report)
cv = r["accuracies"]["cross_validation"]
print(f"| {name} | {c} | {sum(cv) / len(cv):.3f} | {r['sigma']:.3f} | {r['bias_best']:.3f} |", flush=True)
PY
  done
done
