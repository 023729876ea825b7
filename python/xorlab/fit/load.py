"""Fits from files."""

from __future__ import annotations

from os import PathLike

from ..checks.public import public
from ..model.activations import ActivationName, check_activation
from .checkpoint import read_checkpoint
from .fit import Fit


@public
def load_xor(path: str | PathLike[str], activation: ActivationName | None = None) -> Fit:
    """Read what `Fit.save()` wrote, or a bare state dict of a `SimpleClassifier`, whose names may
    have `_orig_mod.` or `module.` in front, as of a compiled or a parallel module.

    The file is read as plain data: code hidden in it is refused, not run. Damage is found by the
    checksums that such files have; only a state dict in the format that torch wrote before 1.6, or
    writes with `_use_new_zipfile_serialization=False`, has none.

    Parameters
    ----------
    path
        The file.
    activation
        Of the hidden units of a bare state dict, which does not say; None takes "tanh".

    Raises
    ------
    FileNotFoundError, IsADirectoryError
        If there is no such file.
    TypeError, ValueError
        If the file is empty, damaged, of another kind, or from a newer xorlab, or `activation` is
        unknown, or another than the file says.

    Examples
    --------
    >>> import os, tempfile
    >>> import xorlab
    >>> path = os.path.join(tempfile.mkdtemp(), "fit.pt")
    >>> xorlab.train_xor(epochs=1, seed=1).save(path)
    >>> load_xor(path).settings.epochs
    1
    """
    if activation is not None:
        check_activation(activation)
    content = read_checkpoint(path)
    known = content.setdefault("activation", activation or "tanh")
    if activation not in (None, known):
        raise ValueError(
            f"`activation` must be left out, or be {known!r}, which the file says, "
            f"not {activation!r}."
        )
    try:
        return Fit.from_dict(content)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{str(path)!r} does not hold a fit that can be used: {error}") from error
