"""Writes neural_process.json: loss, gradient and Hessian-vector product of a conditional neural process by PyTorch.

    /usr/bin/python3 neural_process.py > neural_process.json        (PyTorch 1.13, float64, CPU)

r is the mean of the encoder over the context (input, label; a class as one number per class), the decoder sees
(input, r); the loss is the mean over the queries.
"""
import json
import torch
from torch import nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters

torch.set_default_dtype(torch.float64)


def mlp(widths):
    layers = []
    for a, b in zip(widths, widths[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def case(inputs, hidden, outputs, loss_name, labels, is_query, seed):
    torch.manual_seed(seed)
    n = len(is_query)
    x, query = torch.randn(n, inputs), torch.tensor(is_query, dtype=torch.bool)
    y = torch.tensor(labels, dtype=torch.float64).reshape(n, -1)
    code = nn.functional.one_hot(y[:, 0].long(), outputs).double() if loss_name == "ce" else y
    net = nn.ModuleList([mlp([inputs + outputs, *hidden, hidden[-1]]), mlp([inputs + hidden[-1], *hidden, outputs])])
    theta = parameters_to_vector(net.parameters()).detach().clone()
    theta = theta + 0.1 * torch.randn_like(theta)
    v = torch.randn_like(theta)
    vector_to_parameters(theta, net.parameters())
    r = torch.zeros(hidden[-1])
    if (~query).any():
        r = net[0](torch.cat([x[~query], code[~query]], 1)).mean(0)
    scores = net[1](torch.cat([x[query], r.expand(int(query.sum()), -1)], 1))
    loss = {"mse": lambda: nn.functional.mse_loss(scores, y[query]),
            "bce": lambda: nn.functional.binary_cross_entropy_with_logits(scores, y[query]),
            "ce": lambda: nn.functional.cross_entropy(scores, y[query][:, 0].long())}[loss_name]()
    parameters = list(net.parameters())

    def flat(parts):
        return torch.cat([(torch.zeros_like(p) if g is None else g).reshape(-1) for p, g in zip(parameters, parts)])

    gradient = flat(torch.autograd.grad(loss, parameters, create_graph=True, allow_unused=True))
    product = flat(torch.autograd.grad(gradient @ v, parameters, allow_unused=True))
    targets = torch.cat([y, query.double()[:, None]], 1).reshape(-1)
    return {
        "model": f"cnp inputs={inputs} layers={','.join(map(str, hidden))} outputs={outputs} loss={loss_name}",
        "theta": theta.tolist(), "v": v.tolist(), "inputs": x.reshape(-1).tolist(), "targets": targets.tolist(),
        "records": n, "loss": loss.item(), "gradient": gradient.tolist(), "hessian_vector_product": product.tolist(),
    }


print(json.dumps([
    case(2, [5, 4], 1, "bce", [0, 1, 1, 0, 1, 0, 1], [0, 0, 0, 0, 1, 1, 1], 1),
    case(1, [4], 1, "mse", [0.3, -1.2, 0.8, 0.1, 2.0], [1, 0, 0, 1, 1], 2),
    case(3, [4, 3], 3, "ce", [0, 1, 2, 1, 0, 2], [0, 0, 0, 1, 1, 1], 3),
    # No context at all.
    case(2, [3], 1, "bce", [0, 1, 1], [1, 1, 1], 4),
    case(2, [3, 3], 2, "mse", [0.1, 0.2, -0.4, 1.0, 0.5, 0.5, -1.0, 0.7], [0, 1, 0, 1], 5),
]))
