"""pdoc's command, with the names of long types in signatures, not all that they stand for, and the
public names in groups."""

import importlib

import numpy.typing
import pdoc.render
from pdoc.__main__ import cli

GROUPS = {
    "Data": [
        "XORDataset",
        "toy_data",
        "as_xor_data",
        "PointDataset",
        "TwoClassDataset",
        "visualize_samples",
    ],
    "Training": ["train_xor", "resume_xor", "lr_find", "LearningRates", "train_model"],
    "scikit-learn's interface": ["XorClassifier"],
    "A fit": ["Fit", "History", "Settings", "SimpleClassifier", "show_code", "Code"],
    "How good it is": [
        *("eval_model", "Evaluation", "bayes_xor", "BayesXor", "boundary", "Boundary"),
        *("diagnose_xor", "Diagnosis", "is_solved", "lost_corners"),
    ],
    "Studies": ["seed_study", "xor_sweep", "Study", "resume_study", "interrupted_study"],
    "Pictures": ["plot_fit", "animate_xor", "Animation", "TensorBoard", "visualize_classification"],
    "Playground": ["playground", "Playground"],
    "Files": ["load_xor", "read_study"],
    "The lesson": ["autograd_demo", "benchmark_matmul"],
    "Devices and versions": ["get_device", "module_device", "info", "__version__"],
    "Exceptions": ["NonFiniteLossError", "TrainingInterrupted", "StudyInterrupted"],
}


class ArrayLike:
    pass


class Data:
    pass


def grouped(names):
    """The groups with all of the names: a picture's needs no entry above, any other does."""
    groups = {title: list(members) for title, members in GROUPS.items()}
    groups["Pictures"] += [
        name for name in names if name.startswith("plot_") and name != "plot_fit"
    ]
    found = [name for members in groups.values() for name in members]
    if sorted(found) != sorted(names):
        raise SystemExit(f"tools/site/pages.py: in one place only: {sorted({*found} ^ {*names})}")
    return groups


def main():
    ArrayLike.__module__ = "numpy.typing"
    numpy.typing.ArrayLike = ArrayLike  # before xorlab is imported
    Data.__module__ = "builtins"  # shown without a module: it is no public name
    for name in ("fit.train", "fit.predictor", "diagnosis.diagnosis", "playground.playground"):
        importlib.import_module(f"xorlab.{name}").Data = Data
    xorlab = importlib.import_module("xorlab")
    xorlab.XorClassifier = (
        xorlab.XorClassifier
    )  # pdoc asks the module's dict, which has it from now on
    pdoc.render.env.globals["groups"] = grouped(xorlab.__all__)
    cli()


if __name__ == "__main__":
    main()
