#!/usr/bin/env bash
# The exact sampler of discrete Gaussian noise beside the same sampler with every comparison made on exact fractions,
# and beside openssl's keystream, all in one run. Results stand in sampler.md.
# Usage: perf/sampler.sh [SECONDS [--json]]
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release src/Simulation -v quiet -nologo -clp:NoSummary >&2
dotnet run -c Release --no-build --project src/Simulation -- bench sampler --seconds "${1:-1}" "${@:2}"
