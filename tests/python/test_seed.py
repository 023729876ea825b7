import itertools

import numpy as np
import pytest
import torch
import xorlab
from xorlab.seed import make_generator, resolve_seed, seeded, stream_seed

STREAMS = ("data", "weights", "batches")


def test_every_use_of_a_seed_has_a_stream_of_its_own():
    drawn = {
        (seed, stream): torch.rand(4, generator=make_generator(seed, stream)).tolist()
        for seed, stream in itertools.product(range(20), STREAMS)
    }
    assert len({tuple(values) for values in drawn.values()}) == len(drawn)


def test_a_stream_is_numpys_seed_sequence_of_seed_and_use():
    for position, stream in enumerate(STREAMS):
        expected = np.random.SeedSequence([7, position]).generate_state(1)[0]
        assert stream_seed(7, stream) == expected


@pytest.mark.parametrize("fails", [False, True])
def test_the_global_generator_is_as_it_was_afterwards_even_on_error(fails):
    before = torch.get_rng_state()
    try:
        with seeded(3, "weights"):
            first = torch.rand(3)
            if fails:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.equal(first, torch.rand(3, generator=make_generator(3, "weights")))


@pytest.mark.parametrize("bad", [-1, 1.5, float("nan"), "a", True, 3e9, [1], 2**31])
def test_a_seed_that_is_no_whole_number_is_named(bad):
    for function in (
        resolve_seed,
        lambda seed: xorlab.XORDataset(5, seed=seed),
        lambda seed: xorlab.train_xor(seed=seed),
    ):
        with pytest.raises((TypeError, ValueError), match="`seed` must be a whole number from 0"):
            function(bad)


@pytest.mark.parametrize("good", [0, 1.0, np.int64(5), 2**31 - 1])
def test_seeds_of_every_number_type_are_taken(good):
    assert resolve_seed(good) == int(good)
