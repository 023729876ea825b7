"""What a loader may yield, to `train_model()` and to `eval_model()`."""

import numpy as np
import pytest
import torch
import xorlab
from torch import nn

X, LABEL = torch.zeros(2, 2), torch.tensor([0, 1])


@pytest.mark.parametrize(
    ("batch", "came"),
    [
        ({"x": X, "label": LABEL}, "dict"),
        ((X.numpy(), LABEL.numpy()), r"\(numpy.ndarray, numpy.ndarray\)"),
        ([X, [0, 1]], r"\(torch.Tensor, list\)"),
        ((X, LABEL, LABEL), r"\(torch.Tensor, torch.Tensor, torch.Tensor\)"),
        ((X,), r"\(torch.Tensor\)"),
        (X, r"torch.Tensor"),  # two rows, which would be taken for inputs and labels
        (np.zeros((2, 2)), "numpy.ndarray"),
        ("ab", "str"),
        (None, "NoneType"),
    ],
    ids=str,
)
def test_batches_that_are_no_pairs_of_tensors_are_named(batch, came):
    model = nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    must = (
        rf"`data_loader` must yield pairs of tensors, inputs and labels, but a batch is {came}\.$"
    )
    with pytest.raises(TypeError, match=must):
        xorlab.train_model(model, optimizer, [batch], nn.BCEWithLogitsLoss(), 1)
    with pytest.raises(TypeError, match=must):
        xorlab.eval_model(model, [batch])
