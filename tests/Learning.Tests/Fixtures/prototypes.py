"""Writes prototypes.json: loss, gradient and Hessian-vector product of the prototypical loss by PyTorch's autograd.

    /usr/bin/python3 prototypes.py > prototypes.json        (PyTorch 1.13, float64, CPU)

The network is an ordinary one; its last layer takes no part. A class's prototype is the mean embedding of its support,
the loss the mean over the queries of cross_entropy(-|z - p|^2).
"""
import json
import torch
from torch import nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters

torch.set_default_dtype(torch.float64)


def case(kind, inputs, layers, outputs, body, head, labels, is_query, seed):
    torch.manual_seed(seed)
    x = torch.randn(len(labels), inputs)
    y, query = torch.tensor(labels), torch.tensor(is_query, dtype=torch.bool)
    net = nn.Sequential(*body, head)
    theta = parameters_to_vector(net.parameters()).detach().clone()
    theta = theta + 0.1 * torch.randn_like(theta)
    v = torch.randn_like(theta)
    vector_to_parameters(theta, net.parameters())
    image = x.reshape(len(labels), 1, int(inputs ** 0.5), -1) if kind.startswith("conv") else x
    z = nn.Sequential(*body)(image)
    classes = [c for c in range(max(2, outputs)) if ((y == c) & ~query).any()]
    prototypes = torch.stack([z[(y == c) & ~query].mean(0) for c in classes])
    distances = ((z[query][:, None, :] - prototypes[None]) ** 2).sum(2)
    target = torch.tensor([classes.index(c) for c in y[query].tolist()])
    loss = nn.functional.cross_entropy(-distances, target)
    parameters = [p for p in net.parameters()]

    def flat(parts):
        return torch.cat([(torch.zeros_like(p) if g is None else g).reshape(-1) for p, g in zip(parameters, parts)])

    gradient = flat(torch.autograd.grad(loss, parameters, create_graph=True, allow_unused=True))
    product = flat(torch.autograd.grad(gradient @ v, parameters, allow_unused=True))
    return {
        "model": f"{kind} inputs={inputs} layers={','.join(map(str, layers))} outputs={outputs} loss=prototypes",
        "theta": theta.tolist(), "v": v.tolist(), "inputs": x.reshape(-1).tolist(),
        "targets": [n for pair in zip(map(float, labels), map(float, is_query)) for n in pair],
        "loss": loss.item(), "gradient": gradient.tolist(), "hessian_vector_product": product.tolist(),
    }


torch.manual_seed(0)
cases = [
    case("mlp-tanh", 3, [5, 4], 3,
         [nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 4), nn.Tanh()], nn.Linear(4, 3),
         [0, 0, 1, 1, 1, 2, 0, 1, 2, 2, 0], [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1], 1),
    # One output: two classes. Support and query are mixed in the batch.
    case("mlp-relu", 3, [6], 1, [nn.Linear(3, 6), nn.ReLU()], nn.Linear(6, 1),
         [1, 0, 1, 0, 1, 0, 0], [0, 1, 1, 0, 0, 0, 1], 2),
    # Class 1 of three has neither support nor query.
    case("conv-relu", 16, [1, 3, 2], 3,
         [nn.Conv2d(1, 3, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
          nn.Conv2d(3, 2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()], nn.Linear(2, 3),
         [0, 2, 2, 0, 2, 0], [0, 0, 0, 1, 1, 1], 3),
]
print(json.dumps(cases))
