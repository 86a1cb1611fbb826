#!/bin/sh
# Softness at T = 0.45 (N = 4096) with the level of quiet and the choice of hops varied; b_best on T = 0.47 by the same rule.
# Usage: UNTIL=2000 docs/reproduction/quiet.sh DIR     (DIR is made; about 25 core-minutes at 2,000 tau; started again, it goes on)
set -eu
vitrine=${VITRINE:-./vitrine}
until=${UNTIL:-2000}
dir=$1
mkdir -p "$dir"
for T in 0.45 0.47; do
  if [ ! -f "$dir/T$T.gsd" ]; then
    $vitrine simulate --T $T --N 4096 --seed 1 --until "$until" --output "$dir/T$T.part.gsd" >"$dir/T$T.log" 2>&1
    mv "$dir/T$T.part.gsd" "$dir/T$T.gsd"
  fi
done
collect() { # LEVEL HOPS [OPTION]: the sets of both temperatures
  for T in 0.45 0.47; do
    [ -f "$dir/$1-$2-T$T/DONE" ] && continue
    $vitrine monitor --frames "replay:$dir/T$T.gsd?T=$T&dt=0.005&id=cold" --no-model --quiet "$1" --output "$dir/$1-$2-T$T" $3 \
      >>"$dir/$1-$2.log" 2>&1
  done
}
echo "| p_l | hops | samples | 5-fold accuracy | sigma | b_best | plateau |"
echo "|---|---|---|---|---|---|---|"
for level in 0.0085 0.0922 auto; do
  for hops in window hop; do
    one=
    [ $hops = hop ] && one=--one-per-hop
    collect $level $hops "$one"
    set="$dir/$level-$hops-T0.45/training/softness.h5"
    if ! $vitrine train "$set" --balanced --standardize bulk --test "$dir/$level-$hops-T0.47/training/softness.h5" \
      --output "$dir/model.json" --json >"$dir/$level-$hops.json" 2>>"$dir/$level-$hops.log"; then
      echo "| $level | one a $hops | no set: $(tail -n 1 "$dir/$level-$hops.log") | | | | |"
      continue
    fi
    python3 - $level $hops "$dir/$level-$hops.json" <<'PY'
import json, sys
level, hops, file = sys.argv[1:]
with open(file) as report:
    r = json.load(report)
cv = r["accuracies"]["cross_validation"]
low, high = r["bias_best_interval"]
print(f"| {level} | one a {hops} | {r['n']} | {sum(cv) / len(cv):.3f} | {r['sigma']:.3f} | {r['bias_best']:.3f} | {low:.2f} to {high:.2f} |", flush=True)
PY
  done
done
