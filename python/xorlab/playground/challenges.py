"""Ten challenges for a class, the easiest first.

What is said of seeds, epochs and settings here is tried by the tests.
"""

from __future__ import annotations

from .challenge import Challenge
from .experiment import Experiment
from .goals import (
    broken_by_the_rate,
    held_out_loss_low,
    idle_unit_off,
    solved_by_few_inputs,
    solved_untrained,
    spirals_told_apart,
    xor_solved,
)

CHALLENGES: tuple[Challenge, ...] = (
    Challenge(
        name="play",
        title="Let it learn",
        text="Press play, and let the net train until it has solved XOR.",
        hint="It goes through all the points once in an epoch, and needs a few dozen of them.",
        start=Experiment(),
        free=(),
        answer="Nothing but time: from seed 1, the net has solved XOR after 30 epochs, and has not "
        "after 20. The loss hardly falls at first, until the hidden units differ enough.",
        goal=xor_solved,
    ),
    Challenge(
        name="bend",
        title="A net without a bend",
        text="This net will not solve XOR however long it trains. Change one control so that it "
        "does.",
        hint="Look at the pictures in the hidden units: what do you get when you add them up?",
        start=Experiment(activation="identity"),
        free=("activation",),
        answer="With identity, a line of lines is a line. Tanh, elu and softplus bend it, and have "
        "solved XOR after 100 epochs; sigmoid takes up to 1,000, and from this seed relu loses a "
        "corner.",
        goal=xor_solved,
    ),
    Challenge(
        name="input",
        title="One column more",
        text="There is no hidden unit here: this is logistic regression. Switch one more input on "
        "so that it solves XOR.",
        hint="Which one differs between the corners of one class and those of the other?",
        start=Experiment(hidden=()),
        free=("inputs",),
        answer="x1*x2: the logit x1 + x2 - 2 x1*x2 is larger where exactly one of the two is 1. "
        "This is the interaction of a glm(); squares and sines tell no corners apart that lines "
        "do not.",
        goal=solved_by_few_inputs,
    ),
    Challenge(
        name="zeros",
        title="All alike",
        text="All weights begin at 0, and training changes next to nothing. Begin with other "
        "weights so that the net solves XOR.",
        hint="What would make one hidden unit learn something else than the others?",
        start=Experiment(init="zeros"),
        free=("init",),
        answer="Any other first weights do it, within 100 epochs. Where all weights are 0, no "
        "gradient comes to the hidden units, and with equal ones they would stay equal: random "
        "weights break the symmetry.",
        goal=xor_solved,
    ),
    Challenge(
        name="rate",
        title="Break it",
        text="Break this net with the learning rate alone: 10 epochs or more, and its loss is "
        "worse than that of guessing, or jumps up again and again.",
        hint="It takes more than you think. Begin with ten times the rate.",
        start=Experiment(),
        free=("lr",),
        answer="A rate of 30: the first steps drive the units to where tanh is flat, and the loss "
        "rises far above 0.69 and stays there. A rate of 5 still solves XOR, and 0.001 breaks "
        "nothing: it is only slow.",
        goal=broken_by_the_rate,
    ),
    Challenge(
        name="seed",
        title="A lucky seed",
        text="Two hidden units can solve XOR, but from this seed they get stuck. Find a seed from "
        "which they do it.",
        hint="Give each seed 100 epochs: one that is stuck by then mostly stays stuck.",
        start=Experiment(hidden=(2,), seed=5),
        free=("seed",),
        answer="Seed 6, for one: of the seeds 1 to 50, 27 solve it within 100 epochs. Seed 5 loses "
        "a corner, and has not won it after 1,000 either: nothing but another start helps.",
        goal=xor_solved,
    ),
    Challenge(
        name="idle",
        title="The unit that does nothing",
        text="One of these five units does nothing. Train until XOR is solved, find that unit, and "
        "switch it off.",
        hint="Its picture has one colour all over, and the accuracy stays without it.",
        start=Experiment(hidden=(5,), activation="relu"),
        free=(),
        answer="Unit 3: what goes into it is negative at every point, so that relu gives 0 and "
        "lets no gradient through. It was dead from the start. Without any of the others, XOR is "
        "not solved.",
        goal=idle_unit_off,
        by_hand=True,
    ),
    Challenge(
        name="heart",
        title="Learned by heart",
        text="Sixteen units learn 49 points by heart, and the validation loss rises. Train for 400 "
        "epochs and end with a validation loss below 0.3, with the help of a penalty.",
        hint="Too little of a penalty does nothing, and with too much the net learns nothing.",
        start=Experiment(
            problem="moons",
            noise=0.3,
            size=100,
            validation=0.5,
            hidden=(16,),
            optimizer="adam",
            lr=0.03,
            batch_size=16,
        ),
        free=("weight_decay", "l1"),
        answer="Weight decay or L1 of 0.001 to 0.03. Without, the validation loss ends at 0.43, "
        "while that of training goes on falling; with 0.1 it ends above 0.3 again, since the "
        "weights are too small.",
        goal=held_out_loss_low,
    ),
    Challenge(
        name="hand",
        title="By hand",
        text="Solve XOR without training: click the weights and biases of these two units and set "
        "them yourself.",
        hint="Let one unit say whether at least one of the inputs is 1, and the other whether both "
        "are.",
        start=Experiment(hidden=(2,), init="zeros"),
        free=(),
        answer="Weights of 5 from both inputs to both units, with the biases -2.5 (at least one) "
        "and -7.5 (both); to the output 5 and -5, with the bias -5.",
        goal=solved_untrained,
        by_hand=True,
    ),
    Challenge(
        name="spirals",
        title="Spirals with eight units",
        text="Tell the spirals apart with 8 hidden units in all: more than 99 % of fresh points.",
        hint="Eight units go further with better inputs, and with an optimizer that has a rate for "
        "each weight.",
        start=Experiment(problem="spirals", hidden=(8,)),
        free=(
            *("inputs", "net", "activation", "init", "optimizer", "lr", "momentum"),
            *("batch_size", "seed"),
        ),
        answer="All seven inputs and adam with the rate 0.03: one layer of 8 is above 99 % after "
        "100 epochs. With x1 and x2 alone, that net is hardly better than guessing by then.",
        goal=spirals_told_apart,
    ),
)
