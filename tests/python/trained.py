"""Fits of train_xor() for the experiments of the playground, and what is the same of two fits."""

import xorlab


def trained(experiment, epochs):
    return xorlab.train_xor(data=experiment.data(), epochs=epochs, **experiment.arguments())


def assert_same(ours, theirs):
    """Two fits are the same, bit for bit, in all but how long they took."""
    ours, theirs = ours.to_dict(), theirs.to_dict()
    for one in (ours, theirs):
        del one["history"]["seconds"]
    assert repr(ours) == repr(theirs)
    for name, weights in ours["weights"].items():
        assert (weights == theirs["weights"][name]).all()
