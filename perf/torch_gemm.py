#!/usr/bin/python3
"""Square float32 products in PyTorch on one thread: GFLOP a second of processor time.

The sizes of `fedmeta-sim bench gemm`. Prints one JSON document.
"""
import argparse

import torch_environment as environment
import torch


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=2, help="processor time of each measurement")
    seconds = options.parse_args().seconds
    figures = {}
    for n in (256, 512, 1024):
        a, b, c = torch.randn(n, n), torch.randn(n, n), torch.empty(n, n)
        figures[f"gflops_{n}"] = 2e-9 * n ** 3 / environment.seconds_of(lambda: torch.mm(a, b, out=c), seconds)
    environment.report(figures)


main()
