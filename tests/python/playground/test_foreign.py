import math
import re
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xorlab.data.origin import NOISES
from xorlab.playground.bounds import HIDEABLE
from xorlab.playground.experiment import Experiment
from xorlab.playground.foreign import Opened, read_address

# As the page itself writes it.
ADDRESS = (
    "https://playground.tensorflow.org/#activation=tanh&batchSize=10&dataset=xor"
    "&regDataset=reg-plane&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2"
    "&seed=0.62822&showTestData=false&discretize=false&percTrainData=50&x=true&y=true"
    "&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false"
    "&collectStats=false&problem=classification&initZero=false&hideText=false"
)
PROBLEMS = {"circle": "circles", "xor": "xor", "gauss": "blobs", "spiral": "spirals"}
INPUTS = {
    "x": "x1",
    "y": "x2",
    "xSquared": "x1^2",
    "ySquared": "x2^2",
    "xTimesY": "x1*x2",
    "sinX": "sin(x1)",
    "sinY": "sin(x2)",
}
HIDDEN = {
    "learningRate": "lr",
    "batchSize": "batch_size",
    "dataset": "data",
    "noise": "noise",
    "percTrainData": "validation",
    "numHiddenLayers": "net",
    "activation": "activation",
    "discretize": "view",
    "regularization": "l1",
    "regularizationRate": "weight_decay",
}


def address(parameters):
    return "https://playground.tensorflow.org/?hl=en#" + "&".join(
        f"{name}={quote(str(value), safe=',')}" for name, value in parameters.items()
    )


def on(flag):
    return str(flag).lower()


def test_the_address_that_the_page_opens_with_is_this_experiment():
    opened = read_address(ADDRESS + "&learningRate_hide=true&playButton_hide=false")
    assert opened.experiment == Experiment(
        **{"problem": "xor", "size": 500, "hidden": (4, 2), "lr": 0.03, "batch_size": 10},
        **{"validation": 0.5, "hide": "lr"},
    )
    assert [note.split()[0] for note in opened.notes] == ["The", "The", "Points"]
    assert "seed 1 gives other points and weights here" in opened.notes[0]


RATES = [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]
PENALTIES = st.tuples(st.sampled_from(["none", "L1", "L2"]), st.sampled_from([0, *RATES[2:]]))
SLIDERS = st.fixed_dictionaries(
    {
        "learningRate": st.sampled_from(RATES),
        "batchSize": st.integers(1, 30),
        "noise": st.sampled_from(range(0, 55, 5)),
        "percTrainData": st.sampled_from(range(10, 100, 10)),
    }
)
SHAPES = st.lists(st.integers(1, 8), max_size=6)
SWITCHED_ON = st.sets(st.sampled_from([*INPUTS, "discretize", "initZero"]))


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from([*PROBLEMS.items()]),
    st.sampled_from(["relu", "tanh", "sigmoid", "linear"]),
    *(PENALTIES, SLIDERS, SHAPES, SWITCHED_ON),
    st.sets(st.sampled_from([*HIDDEN])),
)
def test_each_parameter_of_their_address_becomes_ours(
    problem, activation, penalty, sliders, shape, switched_on, hidden
):
    parameters = {
        **{"activation": activation, "dataset": problem[0], "seed": "0.5", **sliders},
        **{"regularization": penalty[0], "regularizationRate": penalty[1]},
        **{"networkShape": ",".join(map(str, shape)), "problem": "classification"},
        **{name: on(name in switched_on) for name in (*INPUTS, "discretize", "initZero")},
        **{f"{name}_hide": on(name in hidden) for name in HIDDEN},
    }
    ours, notes = read_address(address(parameters))
    inputs = tuple(INPUTS[name] for name in INPUTS if name in switched_on)
    assert (ours.problem, ours.classes, ours.size) == (problem[1], 2, 500)
    assert ours.activation == {"linear": "identity"}.get(activation, activation)
    assert (ours.hidden, ours.inputs) == (tuple(shape), inputs or ("x1", "x2"))
    assert ours.l1 == (penalty[1] if penalty[0] == "L1" else 0)
    assert ours.weight_decay == (penalty[1] if penalty[0] == "L2" else 0)
    assert (ours.lr, ours.batch_size) == (sliders["learningRate"], sliders["batchSize"])
    assert ours.validation == round(1 - sliders["percTrainData"] / 100, 10)
    assert ours.view == ("classes" if "discretize" in switched_on else "probability")
    assert ours.init == ("zeros" if "initZero" in switched_on else "default")
    assert {HIDDEN[name] for name in hidden} <= set(ours.hide) <= set(HIDEABLE)
    assert all(re.fullmatch(r"[A-Z][^\n]*\.", note) for note in notes)
    assert Experiment.from_fragment(ours.fragment()) == ours


def test_what_is_missing_has_the_defaults_of_their_page():
    ours = read_address("#dataset=&networkShape=3&batchSize=").experiment
    usual = read_address(address({"learningRate": 0.03})).experiment
    assert (ours.problem, ours.noise, ours.hidden) == ("circles", NOISES["circles"], (3,))
    assert (usual.hidden, usual.batch_size, usual.validation) == ((4, 2), 10, 0.5)
    assert read_address("#networkShape=").experiment.hidden == ()


def test_noise_of_clusters_and_spirals_is_the_same_problem_in_our_scale():
    def noise(dataset, percent):
        return read_address(address({"dataset": dataset, "noise": percent})).experiment.noise

    # Standard deviation over the distance from a center to the border between the classes.
    for percent, variance in ((0, 0.5), (50, 4)):
        assert noise("gauss", percent) == pytest.approx(math.sqrt(variance) / math.hypot(2, 2))
    assert (noise("spiral", 0), noise("xor", 0)) == (0, NOISES["xor"])
    assert noise("spiral", 50) == pytest.approx(1 / math.sqrt(12) / 5)  # uniform over 1, radius 5
    for dataset in ("xor", "circle", "gauss", "spiral"):
        levels = [noise(dataset, percent) for percent in range(0, 55, 5)]
        assert levels == sorted(set(levels))


@pytest.mark.parametrize(
    ("parameters", "note"),
    [
        ("problem=regression&regDataset=reg-gauss", "There is no regression here"),
        ("dataset=circle", "two circles here, and a disc within a ring there"),
        ("dataset=circle&noise=10", "Noise moves the points here, across the border too"),
        ("dataset=spiral", "1.5 turns here, and 1.75 there"),
        ("sinX=true", "two waves"),
        ("x=false&y=false&cosX=true", "No input was switched on: x1 and x2 were taken."),
        ("regularization=L2&regularizationRate=0.1", "weight decay here, which acts on the biases"),
        ("regularization=L1&regularizationRate=0.1", "may leave it again here"),
        (
            "playButton_hide=true&sinX_hide=true",
            "Hidden there, but not here: 'playButton', 'sinX'.",
        ),
        ("x=true&goal=3&amp=%00", "Not known here: 'goal', 'amp'."),
    ],
)
def test_what_differs_or_was_not_taken_is_said_in_a_sentence(parameters, note):
    assert note in " ".join(read_address(parameters).notes)


def test_without_a_seed_or_a_penalty_nothing_is_said_of_them():
    notes = " ".join(read_address("dataset=gauss&regularization=L2").notes)
    assert "seed" not in notes
    assert "L2" not in notes


def test_inputs_hidden_there_are_not_taken_and_all_are_hidden_where_none_can_be_switched_on():
    opened = read_address("x=true&y=true&sinX=true&sinX_hide=true")
    assert opened.experiment.inputs == ("x1", "x2")
    assert "inputs" not in opened.experiment.hide
    rest = "&".join(f"{name}_hide=true" for name in ("xSquared", "ySquared", "xTimesY", "sinX"))
    only = read_address(f"{rest}&sinY_hide=true")
    assert only.experiment.hide == ("inputs",)
    assert not any("Hidden there" in note for note in only.notes)


def test_our_own_addresses_are_read_too_without_notes():
    experiment = Experiment(problem="moons", noise=0.2, activation="relu", seed=7)
    assert read_address(f"http://127.0.0.1:8/x/#{experiment.fragment()}") == Opened(experiment)
    assert read_address("") == Opened(Experiment())
    with pytest.raises(ValueError, match="`state` has an unknown entry, 'rate'"):
        read_address("activation=relu&noise=0.2&rate=3")
    with pytest.raises(TypeError, match="`state` must be the text of an address"):
        read_address(b"#lr=1")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ("dataset=moons", "`dataset` must be 'circle', 'xor', 'gauss' or 'spiral', not 'moons'"),
        ("x=true&activation=mish", "`activation` must be 'relu', .*, not 'mish'"),
        ("x=true&problem=art", "`problem` must be 'classification' or 'regression', not 'art'"),
        ("networkShape=17", "`networkShape` must be a whole number from 1 to 16, not 17"),
        ("networkShape=1,1,1,1,1,1,1", "`networkShape` must hold at most 6"),
        ("networkShape=4,,2", "`networkShape` must be a number, not ''"),
        ("learningRate=0", "`learningRate` must be a finite number above 0"),
        ("learningRate=fast", "`learningRate` must be a number, not 'fast'"),
        ("batchSize=1e400", "`batchSize` must be a whole number"),
        ("percTrainData=5", "`percTrainData` must be a finite number of at least 10, not 5"),
        ("x=true&noise=101", "`noise` must be at most 100, not 101"),
        ("regularization=L3", "`regularization` must be 'none', 'L1' or 'L2', not 'L3'"),
        ("regularizationRate=-1", "`regularizationRate` must be a finite number of at least 0"),
        ("x=true&x=false", "`state` must have each entry once, but it has 'x' twice"),
    ],
)
def test_what_their_page_would_not_write_is_refused_by_their_name(parameters, message):
    with pytest.raises(ValueError, match=message):
        read_address(parameters)


ANY_TEXT = st.text(st.characters(codec=None), max_size=30)
NUMBER_LIKE = st.from_regex(r"[-+]?[0-9]{0,400}[.,e]?[0-9]{0,5}", fullmatch=True)
THEIR_NAMES = [*re.findall(r"[#&](\w+)=", ADDRESS), "regularization", "x_hide", "_hide", "lr"]


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(THEIR_NAMES) | ANY_TEXT, NUMBER_LIKE | ANY_TEXT).map("=".join),
        max_size=8,
    )
)
def test_any_text_is_opened_or_refused_by_a_value_error(pairs):
    try:
        read = read_address("&".join(pairs))
    except ValueError as error:
        read = str(error)
    assert isinstance(read, Opened) or re.search("`.*` (must|has)", read, re.DOTALL)
    if isinstance(read, Opened):
        assert all(note.isprintable() for note in read.notes)
