#!/usr/bin/env bash
# The mask kernels beside openssl's AES-256-CTR on the same machine in the same minute: openssl runs before and after,
# the faster of its two runs counts. Results stand in mask-kernel.md; the other benchmarks run by
# "dotnet run -c Release --project perf/SecureAgg.Benchmarks -- --filter '*'".
# Usage: perf/mask-kernel.sh
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build -c Release perf/SecureAgg.Benchmarks -v quiet -nologo -clp:NoSummary
openssl_rate() {
  openssl speed -evp aes-256-ctr -bytes 16384 -seconds 2 2>/dev/null |
    awk 'tolower($1) == "aes-256-ctr" {print $2 / 1e6}'
}
before=$(openssl_rate)
dotnet run -c Release --no-build --project perf/SecureAgg.Benchmarks -- --filter '*MaskKernel*' --artifacts "$out" \
  > "$out/log" || { cat "$out/log" >&2; exit 1; }
after=$(openssl_rate)
awk -F, -v before="$before" -v after="$after" '
  BEGIN { openssl = before > after ? before : after
          printf "openssl aes-256-ctr, 16 KiB: %.2f GB/s before, %.2f GB/s after\n", before, after }
  FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
  { split($column["Rate"], rate, " ")
    rate[1] /= rate[2] == "G/s" ? 1 : 1000
    printf "%-8s %s-byte elements: %.2f GB/s, %.0f %% of openssl\n", $column["Kernel"], $column["ElementBytes"],
      rate[1], 100 * rate[1] / openssl }' "$out"/results/*MaskKernel*.csv
