#!/bin/sh
# What changes at T = 1.2 (N = 1000, f = 0.3%) with other conventions: accuracy, sigma, cosine with the standard direction.
# Usage: UNTIL=600 docs/reproduction/variants.sh DIR     (DIR is made; about 7 core-minutes at 600 tau; started again, it goes on)
set -eu
vitrine=${VITRINE:-./vitrine}
until=${UNTIL:-600}
dir=$1
mkdir -p "$dir"
frames='simulate:?T=1.2&N=1000&seed=1&id=hot'
watch() { # NAME FRAMES OPTION...: a training set
  name=$1; source=$2; shift 2
  [ -f "$dir/$name/DONE" ] && return
  $vitrine monitor --study "$name" --frames "$source" --no-model --tail-fraction 0.003 --softness-size 1 --until "$until" \
    --output "$dir/$name" "$@" >>"$dir/$name.log" 2>&1
}
learn() { # NAME SET STANDARDIZE: a classifier and its report
  [ -f "$dir/$1.json" ] && return
  $vitrine train "$dir/$2/training/fluidity.h5" --standardize "$3" --depth --output "$dir/$1-model.json" --json \
    >"$dir/$1.part" 2>>"$dir/$1.log"
  mv "$dir/$1.part" "$dir/$1.json"
}
watch standard "$frames"
learn standard standard bulk
learn set-scaler standard set
watch displacement "$frames" --label displacement
learn displacement displacement bulk
simulated() { # NAME OPTION...: other dynamics or another potential, by way of a file
  name=$1; shift
  if [ ! -f "$dir/$name.gsd" ]; then
    $vitrine simulate "$@" --T 1.2 --N 1000 --seed 1 --until "$until" --output "$dir/$name.part.gsd" >"$dir/$name-simulate.log" 2>&1
    mv "$dir/$name.part.gsd" "$dir/$name.gsd"
  fi
  watch "$name" "replay:$dir/$name.gsd?T=1.2&dt=0.005&id=hot"
  learn "$name" "$name" bulk
}
simulated nve --nve
simulated all-pairs --cutoff all-pairs
for convention in half-open exclude-centre; do
  watch $convention "$frames" --convention $convention
  learn $convention $convention bulk
done
python3 - "$dir" <<'PY'
import json, math, sys
folder = sys.argv[1]
def load(name):
    with open(f"{folder}/{name}.json") as report, open(f"{folder}/{name}-model.json") as model:
        return json.load(report), json.load(model)["weights"]
def norm(w):
    return math.sqrt(sum(x * x for x in w))
def mean(v):
    return sum(v) / len(v)
_, w0 = load("standard")
print("| variant | samples | 5-fold accuracy | grouped | sigma | b | cosine with standard | split-half cosine |")
print("|---|---|---|---|---|---|---|---|")
for name in ["standard", "set-scaler", "half-open", "exclude-centre", "displacement", "nve", "all-pairs"]:
    r, w = load(name)
    cosine = sum(a * b for a, b in zip(w, w0)) / norm(w) / norm(w0)
    a = r["accuracies"]
    print(f"| {name} | {r['n']} | {mean(a['cross_validation']):.3f} | {mean(a['cross_validation_grouped']):.3f} | "
          f"{r['sigma']:.3f} | {r['bias_train']:.3f} | {cosine:.3f} | {r['split_half_cosine']:.3f} |")
PY
