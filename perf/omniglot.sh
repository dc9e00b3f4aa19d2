#!/usr/bin/env bash
# Few-shot recognition of characters on the packed small sets of Omniglot, pooled and federated, by the library's own
# algorithms, beside a PyTorch reference. Takes FILE, omniglot28.bin.gz. Results stand in omniglot.md.
# Usage: perf/omniglot.sh FILE OUT [--rows NAME...] [--iterations N] [--seeds N]
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: $0 FILE OUT [--rows NAME...] [--iterations N] [--seeds N]" >&2; exit 2; }
file=$(realpath "$1") out=$(realpath -m "$2")
cd "$(dirname "$0")/.."
dotnet build -c Release src/Simulation -v quiet -nologo -clp:NoSummary >&2
dotnet run -c Release --no-build --project src/Simulation -- reproduce omniglot "$file" --out "$out" "${@:3}"
