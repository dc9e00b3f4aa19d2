#!/usr/bin/env bash
# Few-shot regression of sinusoids: MAML, FOMAML, Reptile and joint pretraining, by the library's own algorithms, beside
# a PyTorch reference. Results stand in sinusoid.md.
# Usage: perf/sinusoid.sh OUT [--seeds N] [--iterations N]      (15000 iterations are enough for a look)
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: $0 OUT [--seeds N] [--iterations N]" >&2; exit 2; }
out=$(realpath -m "$1")
cd "$(dirname "$0")/.."
dotnet build -c Release src/Simulation -v quiet -nologo -clp:NoSummary >&2
dotnet run -c Release --no-build --project src/Simulation -- reproduce sinusoid --out "$out" "${@:2}"
