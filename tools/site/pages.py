"""pdoc's command, with the name of numpy's ArrayLike in signatures, not all it stands for."""

import numpy.typing
from pdoc.__main__ import cli


class ArrayLike:
    pass


ArrayLike.__module__ = "numpy.typing"
numpy.typing.ArrayLike = ArrayLike  # before xorlab is imported
cli()
