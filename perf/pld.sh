#!/usr/bin/env bash
# The accountant of privacy loss distributions beside Google's dp_accounting, in turn on the same machine: 10,000 rounds,
# sampling rate 0.01, noise multiplier 1, grid 1e-4. Figures of both are left in OUT, the ratio is printed. Results stand
# in pld.md. Without a reference only ours is measured.
# REFERENCE is a checkout of https://github.com/google/differential-privacy (or its folder python/dp_accounting); it
# needs a python3 with numpy, scipy, absl, attrs and mpmath: apt-get install python3-scipy python3-absl python3-attr
# python3-mpmath, and PYTHON=/usr/bin/python3 where another python comes first.
# Usage: perf/pld.sh OUT [REFERENCE [TURNS]]
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: $0 OUT [REFERENCE [TURNS]]" >&2; exit 2; }
out=$(realpath -m "$1")
reference=${2:+$(realpath "$2")}
turns=${3:-5}
cd "$(dirname "$0")/.."
dotnet build -c Release src/Simulation -v quiet -nologo -clp:NoSummary >&2
mkdir -p "$out"
theirs() {
  "${PYTHON:-python3}" - "$reference" <<'PYTHON'
import json, os, resource, sys, time
root = sys.argv[1]
for path in (root, os.path.join(root, "python", "dp_accounting")):
    if os.path.isdir(os.path.join(path, "dp_accounting")):
        sys.path.insert(0, path)
from dp_accounting.pld import privacy_loss_distribution as pld

def once():
    wall, start = time.perf_counter(), time.thread_time()
    one = pld.from_gaussian_mechanism(1.0, sampling_prob=0.01, value_discretization_interval=1e-4)
    made = time.thread_time()
    epsilon = one.self_compose(10000).get_epsilon_for_delta(1e-5)
    end = time.thread_time()
    return {"one_step": made - start, "composition": end - made, "total": end - start,
            "wall": time.perf_counter() - wall, "epsilon": epsilon}

cold = once()
runs = [once() for _ in range(5)]
middle = lambda part: {"median": sorted(run[part] for run in runs)[2]}
print(json.dumps({
    "epsilon": cold["epsilon"], "cold_seconds": cold,
    "warm_seconds": {part: middle(part) for part in ("one_step", "composition", "total", "wall")},
    "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}, indent=2))
PYTHON
}
for turn in $(seq "$turns"); do
  dotnet run -c Release --no-build --project src/Simulation -- bench pld --repeat 5 --json > "$out/ours-$turn.json"
  [ -z "$reference" ] || theirs > "$out/theirs-$turn.json"
done
"${PYTHON:-python3}" - "$out" "$turns" <<'PYTHON'
import json, os, statistics, sys
out, turns = sys.argv[1], int(sys.argv[2])
def load(name):
    paths = [os.path.join(out, f"{name}-{turn}.json") for turn in range(1, turns + 1)]
    return [json.load(open(path)) for path in paths if os.path.exists(path)]
def middle(runs, key, part):
    values = [run[key][part] for run in runs]
    return statistics.median(v["median"] if isinstance(v, dict) else v for v in values)
ours, theirs = load("ours"), load("theirs")
print(f"epsilon: ours {ours[0]['epsilon']:.7f}" + (f", theirs {theirs[0]['epsilon']:.7f}" if theirs else ""))
for key, name in (("warm_seconds", "warm"), ("cold_seconds", "first time")):
    for part in ("one_step", "composition", "total", "wall"):
        mine = middle(ours, key, part)
        line = f"{name:10} {part:12} ours {1e3 * mine:7.1f} ms"
        if theirs:
            other = middle(theirs, key, part)
            line += f"   theirs {1e3 * other:7.1f} ms   ratio {other / mine:5.1f}"
        print(line)
print(f"peak memory: ours {max(r['peak_memory_bytes'] for r in ours) / 1e6:.0f} MB"
      + (f", theirs {max(r['peak_memory_bytes'] for r in theirs) / 1e6:.0f} MB" if theirs else ""))
PYTHON
