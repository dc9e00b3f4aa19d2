#!/usr/bin/python3
"""MAML on sinusoids in PyTorch on one thread: processor seconds of 1,000 meta-iterations.

The setting of `fedmeta-sim bench sinusoid`: a net 1-40-40-1 (relu, mean squared error), 25 tasks a meta-iteration with
10 support and 10 query points, one inner step of rate 0.01, the exact second-order meta-gradient, Adam with rate 0.001;
float32. Two forms: all tasks of a meta-iteration at once (batched matrix products over per-task weights, autograd
through the inner step) and one task after the other. Prints one JSON document.
"""
import argparse
import math
import time

import torch_environment as environment
import torch
from torch.nn.functional import linear, mse_loss, relu

TASKS, SHOTS, INNER_RATE, RATE = 25, 10, 0.01, 0.001
WIDTHS = (1, 40, 40, 1)


def initial():
    theta = []
    for before, after in zip(WIDTHS, WIDTHS[1:]):
        bound = before ** -0.5
        theta += [torch.empty(after, before).uniform_(-bound, bound), torch.empty(after).uniform_(-bound, bound)]
    return [parameter.requires_grad_() for parameter in theta]


def draw():
    """Tasks y = A sin(x + phase): [TASKS, 2 * SHOTS, 1] each of x and y."""
    amplitude = torch.empty(TASKS, 1, 1).uniform_(0.1, 5)
    phase = torch.empty(TASKS, 1, 1).uniform_(0, math.pi)
    x = torch.empty(TASKS, 2 * SHOTS, 1).uniform_(-5, 5)
    return x, amplitude * torch.sin(x + phase)


def forward_batched(theta, x):
    """x [tasks, points, inputs]; weights [tasks, outputs, inputs], biases [tasks, outputs]."""
    for layer in range(0, len(theta), 2):
        x = torch.baddbmm(theta[layer + 1].unsqueeze(1), x, theta[layer].transpose(1, 2))
        if layer + 2 < len(theta):
            x = relu(x)
    return x


def batched(theta, x, y):
    shared = [p.unsqueeze(0).expand(TASKS, *p.shape) for p in theta]
    # A sum over tasks of means: no task's inner gradient sees another task.
    support = ((forward_batched(shared, x[:, :SHOTS]) - y[:, :SHOTS]) ** 2).sum() / SHOTS
    gradients = torch.autograd.grad(support, shared, create_graph=True)
    adapted = [p - INNER_RATE * g for p, g in zip(shared, gradients)]
    return ((forward_batched(adapted, x[:, SHOTS:]) - y[:, SHOTS:]) ** 2).sum() / (SHOTS * TASKS)


def forward(theta, x):
    for layer in range(0, len(theta), 2):
        x = linear(x, theta[layer], theta[layer + 1])
        if layer + 2 < len(theta):
            x = relu(x)
    return x


def looped(theta, x, y):
    total = 0
    for task in range(TASKS):
        support = mse_loss(forward(theta, x[task, :SHOTS]), y[task, :SHOTS])
        gradients = torch.autograd.grad(support, theta, create_graph=True)
        adapted = [p - INNER_RATE * g for p, g in zip(theta, gradients)]
        total = total + mse_loss(forward(adapted, x[task, SHOTS:]), y[task, SHOTS:])
    return total / TASKS


def train(loss_of, iterations):
    """Processor seconds of 1,000 meta-iterations after a tenth as many to warm up; the last losses' mean."""
    torch.manual_seed(1)
    theta = initial()
    optimizer = torch.optim.Adam(theta, lr=RATE)
    losses = []
    for iteration in range(-(iterations // 10), iterations):
        if iteration == 0:
            start = time.process_time()
        x, y = draw()
        loss = loss_of(theta, x, y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    taken = 1000 * (time.process_time() - start) / iterations
    return taken, float(torch.stack(losses[-iterations // 5:]).mean())


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--iterations", type=int, default=1000, help="meta-iterations; a fifth of it for the loop")
    iterations = options.parse_args().iterations
    torch.manual_seed(2)
    theta, (x, y) = initial(), draw()
    one, other = (torch.autograd.grad(way(theta, x, y), theta) for way in (batched, looped))
    apart = max(float((a - b).abs().max() / b.abs().max()) for a, b in zip(one, other))
    assert apart < 1e-4, f"the two forms differ by {apart}"
    batched_seconds, batched_loss = train(batched, iterations)
    loop_seconds, loop_loss = train(looped, max(iterations // 5, 10))
    environment.report({
        "batched_seconds_per_1000": batched_seconds,
        "loop_seconds_per_1000": loop_seconds,
        "batched_loss": batched_loss,
        "loop_loss": loop_loss,
    })


main()
