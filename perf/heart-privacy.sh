#!/usr/bin/env bash
# Four real hospitals at epsilon 10, 3 and 1, five seeds, by the shipped mechanism and secure aggregation: at delta 1e-3
# against the coordinator alone, at delta 1e-4 against it and one hospital, and the latter with the public constants of
# a study in place of each hospital's mean and deviation.
# FILE is the UCI heart disease data of four hospitals with the columns center, fold, 13 features and label in FLamby's
# rows and split; results stand in heart-privacy.md.
# Usage: perf/heart-privacy.sh FILE OUT
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 FILE OUT" >&2; exit 2; }
file=$(realpath "$1") out=$(realpath -m "$2")
cd "$(dirname "$0")/.."
dotnet build -c Release src/Simulation -v quiet -nologo -clp:NoSummary
sim() { dotnet run -c Release --no-build --project src/Simulation -- "$@"; }
sim reproduce heart-privacy "$file" --out "$out"
sim reproduce heart-privacy "$file" --delta 1e-4 --colluders 1 --out "$out/stricter"
sim reproduce heart-privacy "$file" --delta 1e-4 --colluders 1 --study samples/heart-four.toml --out "$out/public"
