"""The optimizers' arithmetic: what each makes of a gradient, for the weights of many nets at once.

The steps are torch's own (see `xorlab.optimizers` for their sources), in the same order but for
rounding: penalties are added to the gradient first, and the learning rate comes last.
"""

from __future__ import annotations

from typing import Any

import torch

from ..settings import Settings
from .arrays import Library
from .flat import FlatWeights
from .state import State


class Update:
    """The last part of a step, for all weights of all nets.

    Parameters
    ----------
    lib
        The library that the arrays are of.
    weights
        The weights, [nets, all weights], and their gradients.
    settings
        The optimizer and its terms.
    state
        Of the optimizer of a single net that goes on with its training; empty at the start.
    """

    def __init__(
        self, lib: Library, weights: FlatWeights, settings: Settings, state: State | None = None
    ) -> None:
        self.weights, self.settings = weights, settings
        self.state = {name: weights.zeros() for name in settings.optimizer_state()}
        self.steps = 0
        if state:
            steps = state.get("step", {}).values()
            self.steps = int(next(iter(steps), torch.tensor(0)))
            for name, array in self.state.items():
                weights.fill(array, state[name])
        # Of Adam: the step's rate, and the root that corrects the second moments' start at 0.
        self.rate, self.root = (lib.array(torch.tensor(1.0)) for _ in range(2))
        if not self.is_plain:
            self.room = weights.zeros()
        if settings.l1:
            self.l1 = weights.zeros()  # stays 0 for biases
            for view in weights.by_layer(self.l1):
                view[:, :, :-1] = settings.l1

    def plan(self, xp: Any, share: float) -> None:
        """Note the calls of one step, from gradients that have to be multiplied by `share`."""
        every, gradient, s = self.weights.all, self.weights.gradient, self.settings
        if self.is_plain:
            xp.multiply(gradient, share * s.lr, out=gradient)
            xp.subtract(every, gradient, out=every)
            return
        xp.multiply(gradient, share, out=gradient)
        if s.l1:
            xp.sign(every, out=self.room)
            xp.multiply(self.room, self.l1, out=self.room)
            xp.add(gradient, self.room, out=gradient)
        if s.weight_decay:
            xp.multiply(every, s.weight_decay, out=self.room)
            xp.add(gradient, self.room, out=gradient)
        getattr(self, f"plan_{s.optimizer}")(xp, gradient)
        xp.subtract(every, self.room, out=every)

    @property
    def is_plain(self) -> bool:
        """Whether a step is the gradient times the learning rate, and no more."""
        s = self.settings
        return s.optimizer == "sgd" and not (s.momentum or s.weight_decay or s.l1)

    def plan_sgd(self, xp: Any, gradient: Any) -> None:
        """With momentum m: velocity = m * velocity + gradient; Nesterov's step looks one ahead."""
        s, step = self.settings, gradient
        if s.momentum:
            step = velocity = self.state["momentum_buffer"]
            xp.multiply(velocity, s.momentum, out=velocity)
            xp.add(velocity, gradient, out=velocity)
        if s.nesterov:
            xp.multiply(velocity, s.momentum, out=self.room)
            xp.add(gradient, self.room, out=gradient)
            step = gradient
        xp.multiply(step, s.lr, out=self.room)

    def plan_rmsprop(self, xp: Any, gradient: Any) -> None:
        """The gradient by the root of the mean of its squares."""
        alpha, eps = self.settings.known_optimizer.constants
        squares, room = self.state["square_avg"], self.room
        self.plan_squares(xp, squares, alpha, gradient)
        xp.sqrt(squares, out=room)
        xp.add(room, eps, out=room)
        xp.divide(gradient, room, out=room)
        xp.multiply(room, self.settings.lr, out=room)
        xp.call(self.advance)

    def plan_adam(self, xp: Any, gradient: Any) -> None:
        """The mean of the gradient by the root of that of its squares, both corrected for their
        start at 0."""
        beta1, beta2, eps = self.settings.known_optimizer.constants
        mean, squares, room = self.state["exp_avg"], self.state["exp_avg_sq"], self.room
        xp.call(self.advance)
        self.plan_squares(xp, squares, beta2, gradient)
        xp.multiply(mean, beta1, out=mean)
        xp.multiply(gradient, 1 - beta1, out=gradient)
        xp.add(mean, gradient, out=mean)
        xp.sqrt(squares, out=room)
        xp.divide(room, self.root, out=room)
        xp.add(room, eps, out=room)
        xp.divide(mean, room, out=room)
        xp.multiply(room, self.rate, out=room)

    def plan_squares(self, xp: Any, squares: Any, keep: float, gradient: Any) -> None:
        """The running mean of the gradient's square, which keeps so much of what it was."""
        xp.multiply(gradient, gradient, out=self.room)
        xp.multiply(self.room, 1 - keep, out=self.room)
        xp.multiply(squares, keep, out=squares)
        xp.add(squares, self.room, out=squares)

    def advance(self) -> None:
        """Count a step, and work out what depends on its number."""
        self.steps += 1
        if self.settings.optimizer == "adam":
            beta1, beta2, _ = self.settings.known_optimizer.constants
            self.rate[...] = self.settings.lr / (1 - beta1**self.steps)
            self.root[...] = (1 - beta2**self.steps) ** 0.5

    def state_of(self, net: int) -> State:
        """A copy of what the optimizer remembers of one net, by torch's names."""
        state = {name: self.weights.named(array, net) for name, array in self.state.items()}
        if self.steps:
            step = torch.tensor(float(self.steps))
            state = {"step": {name: step.clone() for name in self.weights.names}, **state}
        return state
