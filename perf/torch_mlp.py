#!/usr/bin/python3
"""An MLP 784-256-128-64-5 with 25 records in PyTorch on one thread: milliseconds of processor time of a gradient and of
an exact Hessian-vector product.

The net of `fedmeta-sim bench mlp`: relu, softmax cross-entropy, float32. The product is computed in three ways (the
gradient of the gradient with v as its weights; torch.autograd.functional.vhp; hvp) and the fastest counts for PyTorch.
Prints one JSON document.
"""
import argparse

import torch_environment as environment
import torch
from torch.nn.functional import cross_entropy, linear, relu

WIDTHS = (784, 256, 128, 64, 5)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=2, help="processor time of each measurement")
    seconds = options.parse_args().seconds
    torch.manual_seed(1)
    images, classes = torch.randn(25, WIDTHS[0]), torch.arange(25) % WIDTHS[-1]
    theta = []
    for before, after in zip(WIDTHS, WIDTHS[1:]):
        bound = before ** -0.5
        theta += [torch.empty(after, before).uniform_(-bound, bound), torch.empty(after).uniform_(-bound, bound)]
    theta = [parameter.requires_grad_() for parameter in theta]
    v = [torch.randn_like(parameter) for parameter in theta]

    def loss(*parameters):
        x = images
        for layer in range(0, len(parameters), 2):
            x = linear(x, parameters[layer], parameters[layer + 1])
            if layer + 2 < len(parameters):
                x = relu(x)
        return cross_entropy(x, classes)

    def gradient():
        return torch.autograd.grad(loss(*theta), theta)

    def double_backward():
        first = torch.autograd.grad(loss(*theta), theta, create_graph=True)
        return torch.autograd.grad(first, theta, grad_outputs=v)

    products = {
        "double_backward": double_backward,
        "vhp": lambda: torch.autograd.functional.vhp(loss, tuple(theta), tuple(v)),
        "hvp": lambda: torch.autograd.functional.hvp(loss, tuple(theta), tuple(v)),
    }
    milliseconds = {name: 1000 * environment.seconds_of(work, seconds) for name, work in products.items()}
    environment.report({
        "gradient_ms": 1000 * environment.seconds_of(gradient, seconds),
        "hvp_ms": min(milliseconds.values()),
        "hvp_ways_ms": milliseconds,
    })


main()
