#!/usr/bin/env bash
# Five whole federations, one a seed, on the four hospitals of the UCI heart disease data in FLamby's split: real
# processes, secure aggregation, patient-level privacy at epsilon 3, delta 1e-5, one colluding hospital. Takes FILE, a CSV
# with the columns of samples/heart-four.toml and a column "center"; results stand in heart-four-hospitals.md.
# Usage: perf/heart-four-hospitals.sh FILE OUT
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 FILE OUT" >&2; exit 2; }
file=$(realpath "$1") out=$(realpath -m "$2")
cd "$(dirname "$0")/.."
dotnet build -c Release src/Simulation -v quiet
sim() { dotnet run -c Release --no-build --project src/Simulation -- "$@"; }
sim split "$file" --by center --name 0=cleveland --name 1=hungary --name 2=switzerland --name 3=va --out "$out/data"
for seed in 1 2 3 4 5; do
  sim demo --data "$out/data" --seed "$seed" --out "$out/seed-$seed"
done
sim compare "$out"/seed-*
