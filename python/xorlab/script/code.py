"""A fit as a script in plain PyTorch, for those who want to see what was behind the call.

The script spells out what `train_xor(engine="autograd")` does, with the same operations in the same
order, so that it comes to the same weights, bit for bit, on the same machine with the same version
of torch.
"""

from __future__ import annotations

from ..checks.public import public
from ..checks.values import check_choice
from ..fit.fit import Fit
from .in_python import python_script
from .in_r import r_script
from .recipe import LANGUAGES, Language, make_recipe

_PARTED = "This trains the net of the seed, without such edits."


class Code(str):
    """A script. Where it is shown, it is shown as it reads, not as a quoted string."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


@public
def show_code(fit: Fit, language: Language = "python", path: str = "fit.pt") -> Code:
    """A script in plain PyTorch, without xorlab, that does what made a fit: the data, the net, and
    the five visible steps of the training, forward, loss, zero_grad, backward, step.

    It comes to the weights of `train_xor(engine="autograd")` to the last bit. Those of the engine
    "fused", which takes the same steps by closed-form gradients, agree with them to rounding (about
    1e-6, more where a training is long or unstable).

    Parameters
    ----------
    fit
        A `Fit` that `train_xor()` made.
    language
        "python", or "r" for the same through reticulate.
    path
        Where the script looks for data of your own, for training or validation, which it cannot
        make from a seed: save the fit there first. XOR from `XORDataset` needs no file.

    Returns
    -------
    A string that shows itself as the script. It needs torch and numpy (for "r", reticulate too).

    Raises
    ------
    TypeError, ValueError
        If `fit` has no settings (it was read from a bare state dict), `language` is unknown, or
        `path` is not the name of a file; or if the class of an optimizer of your own has no plain
        name.

    Notes
    -----
    Of a net that was edited by hand in the playground, the script has the settings and the data
    alone, and says so first.

    With `patience`, the script stops where the fit did, and keeps the weights of the same epoch. Of
    a training that Ctrl-C or a callback ended, it takes the epochs that were done. It does not have
    what a callback or a hook changed, such as the learning rate; of an optimizer that a function of
    your own made, it has the class and the learning rate, and says where the rest goes.

    The last bits depend on the machine, on the version of torch, and on which matrix library it
    computes by: in a process of R's that may be R's, unless xorlab was loaded before torch. Those
    of wide nets also depend on the threads of numpy's BLAS, which are one in xorlab, and in the
    script as many as the environment says (`OPENBLAS_NUM_THREADS=1`).

    Examples
    --------
    >>> import xorlab
    >>> code = show_code(xorlab.train_xor(epochs=1, device="cpu", seed=1))
    >>> print(code.splitlines()[0])
    \"\"\"What xorlab.train_xor() did, in plain PyTorch: a 2-4-1 tanh net.\"\"\"
    """
    language = check_choice("language", language, LANGUAGES)
    recipe = make_recipe(fit, language, path)
    script = r_script(recipe) if language == "r" else python_script(recipe)
    return Code(f"# {fit.parted} {_PARTED}\n{script}" if fit.parted else script)
