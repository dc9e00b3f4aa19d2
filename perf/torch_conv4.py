#!/usr/bin/python3
"""conv4 in PyTorch on one thread: milliseconds of processor time of a gradient and of an exact Hessian-vector product.

The net of `fedmeta-sim bench conv4`: four times conv3x3 (64 filters), relu, maxpool 2, on 28x28 images, then a linear
layer to 5 classes; 25 images, float32. Both memory formats are measured and the faster one counts for PyTorch. Prints
one JSON document.
"""
import argparse

import torch_environment as environment
import torch


def network():
    layers, channels = [], 1
    for _ in range(4):
        layers += [torch.nn.Conv2d(channels, 64, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2)]
        channels = 64
    return torch.nn.Sequential(*layers, torch.nn.Flatten(), torch.nn.Linear(64, 5))


def measure(memory_format, seconds):
    torch.manual_seed(1)
    net = network().to(memory_format=memory_format)
    images = torch.randn(25, 1, 28, 28).to(memory_format=memory_format)
    classes = torch.arange(25) % 5
    theta = list(net.parameters())
    v = [torch.randn_like(p) for p in theta]

    def loss():
        return torch.nn.functional.cross_entropy(net(images), classes)

    def gradient():
        return torch.autograd.grad(loss(), theta)

    def product():
        g = torch.autograd.grad(loss(), theta, create_graph=True)
        return torch.autograd.grad(g, theta, grad_outputs=v)

    return {
        "gradient_ms": 1000 * environment.seconds_of(gradient, seconds),
        "hvp_ms": 1000 * environment.seconds_of(product, seconds),
    }


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=2, help="processor time of each measurement")
    seconds = options.parse_args().seconds
    formats = {
        "contiguous": measure(torch.contiguous_format, seconds),
        "channels_last": measure(torch.channels_last, seconds),
    }
    environment.report({
        "gradient_ms": min(f["gradient_ms"] for f in formats.values()),
        "hvp_ms": min(f["hvp_ms"] for f in formats.values()),
        "formats": formats,
    })


main()
