#!/usr/bin/env bash
# The managed engine beside PyTorch on the processor, in turn on the same machine: matrix products, an MLP, a
# convolutional net, meta-training on sinusoids. Processor seconds, one thread each; what PyTorch ran on (version,
# instruction set, BLAS) is printed. Figures of both are left in OUT. Results stand in engine.md.
# It needs a python3 with torch: apt-get install python3-torch libopenblas0-pthread, and PYTHON=/usr/bin/python3 where
# another python comes first. The reference BLAS that python3-torch brings along is many times slower.
# Usage: perf/engine.sh OUT [TURNS [SECONDS]]
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: $0 OUT [TURNS [SECONDS]]" >&2; exit 2; }
out=$(realpath -m "$1")
turns=${2:-5}
seconds=${3:-2}
iterations=$(python3 -c "print(max(100, int(500 * $seconds)))")
cd "$(dirname "$0")/.."
dotnet build -c Release src/Simulation -v quiet -nologo -clp:NoSummary >&2
mkdir -p "$out"
benches=(gemm mlp conv4 sinusoid)
length() { [ "$1" = sinusoid ] && echo "--iterations $iterations" || echo "--seconds $seconds"; }
for turn in $(seq "$turns"); do
  for bench in "${benches[@]}"; do
    # shellcheck disable=SC2046
    dotnet artifacts/default/bin/FedMeta.Simulation/release/fedmeta-sim.dll bench "$bench" $(length "$bench") --json \
      > "$out/ours-$bench-$turn.json"
    # shellcheck disable=SC2046
    "${PYTHON:-python3}" "perf/torch_$bench.py" $(length "$bench") > "$out/theirs-$bench-$turn.json"
  done
done
"${PYTHON:-python3}" - "$out" "$turns" "${benches[@]}" <<'PYTHON'
import json, os, statistics, sys
out, turns, benches = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
# Words, bench, our figure, theirs, whether more is better.
rows = [
    ("products 256, GFLOP/s", "gemm", "gflops_256", "gflops_256", True),
    ("products 512, GFLOP/s", "gemm", "gflops_512", "gflops_512", True),
    ("products 1024, GFLOP/s", "gemm", "gflops_1024", "gflops_1024", True),
    ("MLP gradient, ms", "mlp", "gradient_ms", "gradient_ms", False),
    ("MLP Hessian-vector product, ms", "mlp", "hvp_ms", "hvp_ms", False),
    ("MLP clipped sum, ms", "mlp", "clipped_ms", None, False),
    ("conv4 gradient, ms", "conv4", "gradient_ms", "gradient_ms", False),
    ("conv4 Hessian-vector product, ms", "conv4", "hvp_ms", "hvp_ms", False),
    ("conv4 clipped sum, ms", "conv4", "clipped_ms", None, False),
    ("sinusoid, s per 1000: batched", "sinusoid", "seconds_per_1000", "batched_seconds_per_1000", False),
    ("sinusoid, s per 1000: task by task", "sinusoid", "seconds_per_1000", "loop_seconds_per_1000", False),
]
def load(side, bench):
    return [json.load(open(os.path.join(out, f"{side}-{bench}-{turn}.json"))) for turn in range(1, turns + 1)]
def middle(runs, key):
    return statistics.median(run[key] for run in runs)
runs = {(side, bench): load(side, bench) for side in ("ours", "theirs") for bench in benches}
used = runs["theirs", benches[0]][0]
print(f"PyTorch {used['torch']}, {used['capability']}, BLAS {' '.join(os.path.basename(b) for b in used['blas'])}")
print(f"| medians of {turns} turns | FedMeta | PyTorch | ratio |\n|---|---|---|---|")
for words, bench, ours_key, theirs_key, more in rows:
    if bench not in benches or ours_key not in runs["ours", bench][0]:
        continue
    ours = middle(runs["ours", bench], ours_key)
    if theirs_key is None:
        gradient = middle(runs["ours", bench], "gradient_ms")
        print(f"| {words} | {ours:.3g} | | {ours / gradient:.2f} gradients |")
        continue
    theirs = middle(runs["theirs", bench], theirs_key)
    print(f"| {words} | {ours:.3g} | {theirs:.3g} | {ours / theirs if more else theirs / ours:.2f} |")
PYTHON
