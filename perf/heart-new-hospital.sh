#!/usr/bin/env bash
# Each of four real hospitals left out in turn, five seeds and ten draws: tables and a picture for each hospital.
# FILE is the UCI heart disease data of four hospitals with the columns center, fold, 13 features and label in FLamby's
# rows and split; results stand in heart-new-hospital.md.
# Usage: perf/heart-new-hospital.sh FILE OUT
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 FILE OUT" >&2; exit 2; }
file=$(realpath "$1") out=$(realpath -m "$2")
cd "$(dirname "$0")/.."
dotnet build -c Release src/Simulation -v quiet -nologo -clp:NoSummary
sim() { dotnet run -c Release --no-build --project src/Simulation -- "$@"; }
sim reproduce heart-new-hospital "$file" --name 0=Cleveland --name 1=Hungary --name 2=Switzerland --name 3=VA \
  --out "$out"
