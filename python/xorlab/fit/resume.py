"""Going on with a training that was interrupted, or with one that is to be longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike

from ..checks.public import public
from ..checks.words import show
from ..device import Device
from ..files import check_path
from ..progress import Verbose
from ..training.callbacks import AfterEpoch
from .fit import Fit
from .interrupted import interrupted_training
from .load import load_xor
from .optimizer import OwnOptimizer


@public
def resume_xor(
    fit: Fit | str | PathLike[str] | None = None,
    epochs: int | None = None,
    device: Device | None = None,
    verbose: Verbose = "auto",
    *,
    snapshots: int | Iterable[int] = (),
    checkpoint: str | PathLike[str] | None = None,
    every: int = 10,
    after_epoch: AfterEpoch | Sequence[AfterEpoch] | None = None,
    optimizer: str | OwnOptimizer | None = None,
) -> Fit:
    """Resume a training: the weights are those of an uninterrupted one, bit for bit.

    Parameters
    ----------
    fit
        A `Fit`, or the file of one. None takes the training that was interrupted last, by Ctrl-C,
        by a checkpoint that could not be written or by an error in `after_epoch`.
    epochs
        How many there are to be in all, more than there are; None takes as many as were planned.
    device
        Where to go on; None stays where it was trained.
    snapshots
        Epochs whose weights are kept, too, from here on.
    verbose, checkpoint, every, after_epoch
        As for `train_xor()`.
    optimizer
        The function that made the optimizer, where it was the user's own, which no fit keeps; None,
        or its name, for those that xorlab knows. A schedule that the function begins begins anew.

    Returns
    -------
    A new `Fit`; the one given stays as it is. What else made it, data, seed and hyperparameters,
    stays what it was.

    Raises
    ------
    TypeError, ValueError
        If there is nothing to go on with, or an argument is not as above.
    OSError
        If there is no such file.
    NonFiniteLossError, TrainingInterrupted
        As for `train_xor()`.

    Examples
    --------
    >>> import xorlab
    >>> half = xorlab.train_xor(epochs=50, seed=1)
    >>> len(resume_xor(half, epochs=100).history)
    100
    """
    if fit is None:
        fit = interrupted_training.kept
        if fit is None:
            raise ValueError("`fit` must be a fit or a file: no training was interrupted here.")
    if isinstance(fit, str | PathLike):
        fit = load_xor(check_path(fit, "fit"))
    if not isinstance(fit, Fit):
        raise TypeError(
            f"`fit` must be a Fit, the file of one, or None for the training that was interrupted "
            f"last, not {show(fit)}."
        )
    return fit.resume(
        *(epochs, device, verbose),
        snapshots=snapshots,
        checkpoint=checkpoint,
        every=every,
        after_epoch=after_epoch,
        optimizer=optimizer,
    )
