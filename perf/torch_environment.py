"""What the PyTorch side of perf/engine.sh runs on: one thread, the widest instructions that the processor has, and a
BLAS that uses them. Import it before torch."""
import json
import os
import re
import sys
import time

os.environ.pop("OPENBLAS_CORETYPE", None)  # a forced core type hides the processor's own kernels
os.environ["OPENBLAS_NUM_THREADS"] = "1"
if "avx512f" in open("/proc/cpuinfo").read():
    os.environ["ATEN_CPU_CAPABILITY"] = "avx512"  # 1.13 stays at AVX2 unless asked

import torch  # noqa: E402 (after the environment)

torch.set_num_threads(1)


def blas():
    """The library that sgemm comes from, by the file that is mapped into this process."""
    torch.mm(torch.ones(64, 64), torch.ones(64, 64))
    files = {line.split()[-1] for line in open("/proc/self/maps") if re.search(r"blas|mkl", line)}
    return sorted(os.path.realpath(file) for file in files)


def used():
    shown = torch.__config__.show()
    return {
        "torch": torch.__version__,
        "capability": shown.split("CPU capability usage: ")[1].split()[0],
        "mkldnn": torch.backends.mkldnn.is_available(),
        "blas": blas(),
        "threads": torch.get_num_threads(),
    }


def seconds_of(work, seconds):
    """Processor seconds of one call: the median over eleven stretches, after a fifth of the time to warm up."""
    def stretch(length):
        start, times = time.process_time(), 0
        while True:
            work()
            times += 1
            taken = time.process_time() - start
            if taken >= length:
                return taken / times
    stretch(seconds / 5)
    return sorted(stretch(seconds / 11) for _ in range(11))[5]


def report(figures):
    json.dump({**used(), **figures}, sys.stdout, indent=2)
    print()
