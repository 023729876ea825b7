"""The lines of a script that make the inputs of the net from columns in the user's units."""

from __future__ import annotations

from ..data.preparation import Preparation

# Named inputs of the columns x1 and x2, in Python and in R.
_IN_PYTHON = {
    "x1": "x1",
    "x2": "x2",
    "x1^2": "x1 * x1",
    "x2^2": "x2 * x2",
    "x1*x2": "x1 * x2",
    "sin(x1)": "torch.sin(x1)",
    "sin(x2)": "torch.sin(x2)",
}
_IN_R = {
    "x1": "x1",
    "x2": "x2",
    "x1^2": "x1$mul(x1)",
    "x2^2": "x2$mul(x2)",
    "x1*x2": "x1$mul(x2)",
    "sin(x1)": "torch$sin(x1)",
    "sin(x2)": "torch$sin(x2)",
}


def heading(preparation: Preparation) -> list[str]:
    """What the lines do, as comments."""
    parts = [] if preparation.inputs is None else ["# inputs computed from the two columns"]
    if preparation.scale is not None:
        parts.append("# each column less its mean, divided by its standard deviation")
    return ["# What the net gets:", *(parts or ["# the columns as they are"])]


def columns_in_python(preparation: Preparation | None, validation: bool = False) -> str:
    """Lines that make `data`, the inputs of the net, from `data`, the columns; in float64, rounded
    once. The same of `val_data`, with the figures of `data`, where there is any."""
    if preparation is None:
        return ""
    lines = ["", *heading(preparation), *inputs_in_python(preparation, "data")]
    if preparation.scale is not None:
        lines += [
            "center = x.mean(dim=0)",
            "scale = (x - center).square().mean(dim=0).sqrt()",
        ]
    if preparation.left_out:
        lines.append(f"varying = {preparation.places}  # the other columns are constant")
        lines.append("x, center, scale = x[:, varying], center[varying], scale[varying]")
    whole = "(x - center) / scale" if preparation.scale is not None else "x"
    lines.append(f"data = ({whole}).float().contiguous()")
    if validation:
        lines += inputs_in_python(preparation, "val_data")
        lines += ["x = x[:, varying]"] if preparation.left_out else []
        lines.append(f"val_data = ({whole}).float().contiguous()")
    return "\n".join([*lines, ""])


def inputs_in_python(preparation: Preparation, data: str) -> list[str]:
    """Lines that make `x` of points."""
    lines = [f"x = {data}.double()"]
    if preparation.inputs is not None:
        inputs = ", ".join(_IN_PYTHON[name] for name in preparation.inputs)
        lines += ["x1, x2 = x.unbind(dim=1)", f"x = torch.stack([{inputs}], dim=1)"]
    return lines


def columns_in_r(preparation: Preparation | None, validation: bool = False) -> str:
    """The same in R, through reticulate."""
    if preparation is None:
        return ""
    lines = ["", *heading(preparation), *inputs_in_r(preparation, "data")]
    if preparation.scale is not None:
        lines += [
            "center <- x$mean(dim = 0L)",
            "scale <- x$sub(center)$square()$mean(dim = 0L)$sqrt()",
        ]
    if preparation.left_out:
        places = ", ".join(f"{place}L" for place in preparation.places)
        lines += [
            f"varying <- torch$tensor(list({places})) # the other columns are constant",
            "x <- x$index_select(1L, varying)",
            "center <- center$index_select(0L, varying)",
            "scale <- scale$index_select(0L, varying)",
        ]
    whole = "x$sub(center)$div(scale)" if preparation.scale is not None else "x"
    lines.append(f"data <- {whole}$float()$contiguous()")
    if validation:
        lines += inputs_in_r(preparation, "val_data")
        lines += ["x <- x$index_select(1L, varying)"] if preparation.left_out else []
        lines.append(f"val_data <- {whole}$float()$contiguous()")
    return "\n".join([*lines, ""])


def inputs_in_r(preparation: Preparation, data: str) -> list[str]:
    lines = [f"x <- {data}$double()"]
    if preparation.inputs is not None:
        inputs = ", ".join(_IN_R[name] for name in preparation.inputs)
        lines += ["x1 <- x$select(1L, 0L)", "x2 <- x$select(1L, 1L)"]
        lines.append(f"x <- torch$stack(list({inputs}), dim = 1L)")
    return lines
