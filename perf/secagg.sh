#!/usr/bin/env bash
# Whole rounds of secure aggregation in one process, the sum checked, in the sizes that secagg.md reports. One JSON
# document a size is left in OUT. The last two rounds take minutes and gigabytes; give --small to leave them out.
# Usage: perf/secagg.sh OUT [--small]
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: $0 OUT [--small]" >&2; exit 2; }
out=$(realpath -m "$1")
cd "$(dirname "$0")/.."
dotnet build -c Release src/Simulation -v quiet
mkdir -p "$out"
bench() {
  local name=$1; shift
  echo "$name: $*"
  dotnet run -c Release --no-build --project src/Simulation -- bench secagg "$@" --json > "$out/$name.json"
}
bench n16 --clients 16 --dimension 1000000 --drop 0.1 --repeat 3
bench n100-k22 --clients 100 --dimension 1000000 --neighbours 22 --drop 0.1 --repeat 3
bench n100-full --clients 100 --dimension 1000000 --drop 0.1
[ "${2:-}" = --small ] && exit 0
bench n1000-k96 --clients 1000 --dimension 1000000 --neighbours 96 --drop 0.1
bench n10000 --clients 10000 --dimension 100000 --colluders 1000 --drop 0.1
