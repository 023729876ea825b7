"""Finishing a study that was interrupted."""

from __future__ import annotations

from os import PathLike

from ..checks.public import public
from ..checks.words import show
from ..data.convert import WithLabels
from ..device import Device, get_device
from ..files import check_path
from ..progress import Verbose, check_verbose
from .config import OWN
from .grid import own_points
from .interrupted import interrupted
from .plan import run_plan
from .read import read_study
from .samples import need_own
from .study import Study


@public
def resume_study(
    study: Study | str | PathLike[str] | None = None,
    device: Device = "auto",
    verbose: Verbose = "auto",
    data: WithLabels | None = None,
) -> Study:
    """Train the nets that are missing from a study that Ctrl-C ended.

    Parameters
    ----------
    study
        As `interrupted_study()` or `read_study()` gives it, or its file; None takes the study that
        was interrupted last.
    device, verbose
        As in `train_xor()`.
    data
        The points, as in `seed_study()`, where the nets are trained on data of your own and the
        study comes from a file, which does not hold them.

    Returns
    -------
    The whole `Study`, equal to that of an uninterrupted call.

    Raises
    ------
    TypeError, ValueError
        If there is no such study, or it does not say which nets are missing, as in a file of
        xorlab 0.1.0, or it is of data of your own, which are needed and not given.
    StudyInterrupted
        As in `seed_study()`.

    Examples
    --------
    >>> import xorlab
    >>> whole = xorlab.seed_study(runs=3, epochs=1, seed=1)
    >>> part = xorlab.Study(whole.rows[:1], plan=whole.plan)
    >>> resume_study(part).rows == whole.rows
    True
    """
    if study is None:
        study = interrupted.kept
        if study is None:
            raise ValueError("`study` must be a study or a file: no study was interrupted here.")
    if isinstance(study, str | PathLike):
        study = read_study(check_path(study, "study"))
    if not isinstance(study, Study):
        raise TypeError(
            "`study` must be a Study, the file of one, or None for the study that was interrupted "
            f"last, not {show(study)}."
        )
    if study.planned > len(study.plan):
        raise ValueError(
            f"`study` must say which of its {study.planned} nets are missing, which it does not: "
            "its rows were changed, or it comes from xorlab 0.1.0."
        )
    where = get_device(device)
    check_verbose(verbose)
    given = study if data is None else study.given(own_points(data)).checked()
    for config in dict.fromkeys(config for config, _ in given.plan if config.data == OWN):
        need_own(config)
    whole = run_plan(given.plan, where, verbose, given.rows)
    interrupted.forget(study)
    return whole
