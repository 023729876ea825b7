"""One page's net, with what the page shows of it; it outlives a reload of the page."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import Any, NamedTuple

from ..checks.values import check_choice
from ..diagnosis.glance import glance
from ..fit.fit import Fit
from ..plots.landscape_map import make_landscape
from ..script.code import show_code
from ..settings import Settings
from ..training.loop import NonFiniteLossError
from .bounds import OWN
from .call import PYTHON, R, call_of
from .challenge import Challenge, NetView
from .challenges import CHALLENGES
from .edits import Editor
from .experiment import Experiment
from .frames import Scene, figure
from .live import LiveNet
from .source import MAX_EPOCHS, Source

# Epochs a second, where it is not as many as there are frames or as fast as it can.
SPEEDS = {"1": 1.0, "5": 5.0, "20": 20.0, "frame": math.inf, "fastest": math.inf}
PANELS = ("none", "space", "landscape", "code")
# Seconds that training may keep the page from an answer.
SLICE = 0.04
# Seconds between two looks at what takes longer than a frame.
LOOK = 0.5
LANDSCAPE_LINES, LANDSCAPE_POINTS = 31, 2500


class Start(NamedTuple):
    """What a page opens with: an experiment with the user's own points, or a fit to go on from; and
    what there is to say of it."""

    experiment: Experiment
    source: Source | None = None
    fit: Fit | None = None
    notes: tuple[str, ...] = ()


class Desk:
    """A net and its page's state.

    Attributes
    ----------
    net, editor, scene
        The net, what edits it, and what is drawn of it.
    playing
        Whether it trains.
    changed
        Whether the page has to be told anew of all that is not in a frame.
    hide
        The groups of controls that are hidden, challenge or not.
    """

    def __init__(self, start: Start) -> None:
        self.start, self.hide = start, start.experiment.hide
        self.net = LiveNet(start.experiment, start.source, start.fit)
        self.editor, self.scene = Editor(self.net), Scene(self.net)
        self.playing, self.changed = False, True
        self.speed, self.panel = "frame", "none"
        self.challenge: Challenge | None = None
        self.former = self.net.experiment  # before the challenge
        self.looked = self.epochs_a_second = 0.0
        self.since = 0.0, 0
        self.told = ""

    # --- training ---------------------------------------------------------------------------------

    @property
    def period(self) -> float:
        """Seconds from one frame to the next, at least."""
        return 1 / SPEEDS[self.speed]

    def train(self) -> None:
        """What is trained between two frames while it plays."""
        self.run(MAX_EPOCHS if self.speed == "fastest" else 1, SLICE)
        self.measure_speed()

    def measure_speed(self) -> None:
        """Epochs a second, by the clock, where a while has gone by since this was last found."""
        now, (then, epoch) = time.perf_counter(), self.since
        if now - then > LOOK:
            self.epochs_a_second = max(0, self.net.epoch - epoch) / (now - then)
            self.since = now, self.net.epoch

    def run(self, epochs: int, seconds: float = math.inf) -> None:
        """Train, and stop playing where that fails.

        Raises
        ------
        ValueError
            If the loss is no longer finite, or there are as many epochs as there may be.
        """
        if self.net.epoch >= MAX_EPOCHS:
            self.playing = False
            raise ValueError(
                f"These are {self.net.epoch:,} epochs, and a net of the playground gets no more "
                f"than {MAX_EPOCHS:,}: take it home, or reset it."
            )
        try:
            self.net.advance(epochs, seconds)
        except NonFiniteLossError:
            self.playing = False
            raise ValueError(
                f"The loss is not finite in epoch {self.net.epoch + 1}: the learning rate is too "
                "high. The net is as it was before that epoch."
            ) from None

    # --- experiments ------------------------------------------------------------------------------

    def open(self, experiment: Experiment) -> None:
        """Begin again from the seed with another experiment; only what is shown may differ, too."""
        now = self.net.experiment
        if replace(experiment, view=now.view, hide=now.hide) == now:
            self.net.experiment = experiment
        else:
            self.net.reset(experiment)
            self.editor.before.clear()
            self.draw_anew()
        self.changed = True

    def change(self, **values: Any) -> None:
        """Change some values of the experiment."""
        experiment, own = self.net.experiment.changed(**values), self.net.source
        if "validation" in values and experiment.problem == OWN and own and own.validation:
            # Those held out so far are among the points that are split anew.
            self.use(own.together(), experiment)
        else:
            self.open(experiment)

    def reset(self) -> None:
        """Begin again from the seed."""
        self.net.reset()
        self.draw_anew()

    def use(self, source: Source, experiment: Experiment | None = None) -> None:
        """Train on the user's own points, in another experiment or the present one.

        Raises
        ------
        TypeError, ValueError
            If they can't be trained on or drawn; nothing has been changed then.
        """
        experiment = (experiment or self.net.experiment).changed(problem=OWN)
        Scene(LiveNet(experiment, source))  # what can't be drawn is refused here
        self.net.source = source
        self.net.reset(experiment)
        self.editor.before.clear()
        self.draw_anew()

    def draw_anew(self) -> None:
        self.scene, self.changed = Scene(self.net), True
        self.looked, self.told = 0.0, ""

    def edit(self, wanted: Any) -> None:
        """Make an edit; see `Editor.edit()`."""
        data = self.net.data
        self.editor.edit(wanted)
        if self.net.data is not data:
            self.draw_anew()

    def undo(self) -> None:
        self.editor.undo()
        self.draw_anew()

    def set_speed(self, speed: str) -> None:
        self.speed = check_choice("speed", speed, tuple(SPEEDS))

    def set_panel(self, panel: str) -> None:
        self.panel = check_choice("panel", panel, PANELS)

    def choose(self, name: str) -> None:
        """Take up a challenge, or "" for none."""
        found = {one.name: one for one in CHALLENGES}
        check_choice("challenge", name, ("", *found))
        chosen = found.get(name)
        if not self.challenge:
            self.former = self.net.experiment
        begun = chosen.start if chosen else self.former
        hide = {*self.hide, *(chosen.hide if chosen else ())}
        self.open(replace(begun, hide=tuple(hide)))
        self.challenge = chosen

    def open_address(self, experiment: Experiment) -> None:
        """Open an experiment that comes from elsewhere, which no challenge is about."""
        self.open(replace(experiment, hide=(*{*self.start.experiment.hide, *experiment.hide},)))
        self.hide, self.challenge = self.net.experiment.hide, None

    # --- what the page is told --------------------------------------------------------------------

    def setup(self) -> dict[str, Any]:
        """All that is not in a frame."""
        self.changed = False
        challenges = [
            {"name": one.name, "title": one.title, "text": one.text, "hint": one.hint}
            for one in CHALLENGES
        ]
        chosen = self.challenge.name if self.challenge else ""
        return {**self.scene.setup(), "challenges": challenges, "challenge": chosen}

    def frame(self) -> dict[str, Any]:
        """The net as it is, and at most every `LOOK` seconds what takes longer to find."""
        frame = {
            **self.scene.frame(),
            "playing": self.playing,
            "speed": figure(self.epochs_a_second),
            "can_undo": bool(self.editor.before),
            "sentence": None,
            "challenge": None,
            "space": self.scene.space() if self.panel == "space" else None,
        }
        return {**frame, **self.look()} if self.is_time_to_look() else frame

    def is_time_to_look(self) -> bool:
        """Not all the time while it plays; always where it stands still."""
        now = time.perf_counter()
        due = not self.playing or now - self.looked >= LOOK
        self.looked = now if due else self.looked
        return due

    def look(self) -> dict[str, Any]:
        """The diagnosis, where it is news, and how far one is with a challenge."""
        sentence = glance(self.net.result())
        news, self.told = sentence if sentence != self.told else None, sentence
        found: dict[str, Any] = {"sentence": news}
        if self.challenge:
            net = self.net
            view = NetView(
                net.experiment, net.epoch, net.result(), bool(net.parted), tuple(net.off)
            )
            found["challenge"] = self.challenge.check(view)._asdict()
        return found

    def code(self) -> dict[str, str]:
        """What trains this net, in both languages: one call, and a script without xorlab."""
        fit, net = self.net.result(), self.net
        own = net.source if net.experiment.problem == OWN else None
        epochs = net.epoch or Settings.epochs
        calls = {
            "python": call_of(net.experiment, epochs, PYTHON, own),
            "r": call_of(net.experiment, epochs, R, own),
        }
        return {
            "python": f"# {calls['python']}\n\n{show_code(fit, 'python')}",
            "r": f"# {calls['r']}\n\n{show_code(fit, 'r')}",
        }

    def landscape(self) -> dict[str, Any]:
        """The loss around the weights, and the way they have come."""
        fit = self.net.with_path()
        if len(fit.snapshots) < 3:
            return {"text": "Train for a few epochs first: the landscape is drawn along the path."}
        if fit.data and len(fit.data) > LANDSCAPE_POINTS:
            fit.data = fit.data.take(range(LANDSCAPE_POINTS))
        content = make_landscape(fit, lines=LANDSCAPE_LINES)._asdict()
        content["loss"] = [[figure(value) for value in row] for row in content["loss"].tolist()]
        return {
            name: value.tolist() if hasattr(value, "tolist") else value
            for name, value in content.items()
        }
