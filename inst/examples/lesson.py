"""The lesson as a script: it prints what each step gives, and puts the pictures into a folder.

python lesson.py [folder for the pictures]
"""

import sys
from pathlib import Path

import torch
import xorlab
from matplotlib.figure import Figure
from torch import nn
from torch.utils.data import DataLoader
from xorlab import SimpleClassifier, XORDataset, eval_model, train_model


def picture(folder, name, draw, panels=1):
    figure = Figure(figsize=(4.8, 4.8), layout="constrained")
    draw(figure.subplots(panels))
    figure.savefig(folder / f"{name}.png", dpi=130)


def main(folder):
    folder.mkdir(exist_ok=True)

    print("What is here, and where it would compute:")
    device = xorlab.get_device()
    print(torch.__version__, torch.cuda.is_available(), device)

    print("\nf(x) = mean((x + 2)^2 + 3) at (0, 1, 2): its value, and its gradient:")
    x = torch.arange(3, dtype=torch.float32, requires_grad=True)
    y = ((x + 2) ** 2 + 3).mean()
    y.backward()
    print(y.item(), x.grad)

    print("\nA matrix product of 300 x 300:")
    print(xorlab.benchmark_matmul(300))

    print("\n200 points to look at:")
    points = XORDataset(200, seed=1)
    print(points)
    picture(folder, "samples", lambda ax: xorlab.visualize_samples(points.data, points.label, ax))

    print("\nA net of 4 hidden units, and its parameters:")
    torch.manual_seed(42)
    model = SimpleClassifier(2, 4, 1).to(device)
    print(model)
    for name, parameter in model.named_parameters():
        print(f"{name:15} {list(parameter.shape)}")

    print("\n100 epochs of 20 batches:")
    loader = DataLoader(XORDataset(2500, seed=1), batch_size=128, shuffle=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    history = train_model(model, optimizer, loader, nn.BCEWithLogitsLoss(), num_epochs=100)
    print(history)
    picture(folder, "history", lambda axes: xorlab.plot_history(history, axes), panels=2)

    print("\nThe net on 500 fresh points:")
    test = XORDataset(500, seed=2)
    print(eval_model(model, DataLoader(test, batch_size=128)))
    picture(
        folder,
        "boundary",
        lambda ax: xorlab.visualize_classification(model, test.data, test.label, ax),
    )

    print("\nHow often a net gets stuck (twenty nets each):")
    print(xorlab.xor_sweep(lr=0.1, hidden=[2, 3, 4, 8], runs=20, seed=1))

    print("\nThe best that any classifier could do with a noise of 0.3, and what a net does:")
    print(xorlab.bayes_xor(0.3))
    noisy = xorlab.train_xor(XORDataset(2500, std=0.3, seed=1), seed=1)
    print(noisy.evaluate(XORDataset(10_000, std=0.3, seed=2)))

    print(f"\nThe pictures are in {folder.resolve()}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "lesson"))
