import pytest
import torch
import xorlab
from xorlab.lessons import MatmulTiming, MatmulTimings


def test_autograd_gives_the_value_and_the_gradient_of_the_lesson():
    shown = xorlab.autograd_demo()
    assert shown.x == [0, 1, 2]
    assert (shown.requires_grad_default, shown.requires_grad_switched_on) == (False, True)
    assert shown.value == pytest.approx(38 / 3, rel=1e-6)
    assert shown.gradient == pytest.approx([4 / 3, 2, 8 / 3], rel=1e-6)


def test_gradients_that_are_not_zeroed_add_up():
    shown = xorlab.autograd_demo()
    assert shown.gradient_without_zeroing == pytest.approx([8 / 3, 4, 16 / 3], rel=1e-6)


def test_the_gradient_is_that_of_finite_differences():
    def f(x):
        return ((x + 2) ** 2 + 3).mean()

    x, step = torch.tensor([0.0, 1.0, 2.0], dtype=torch.float64), 1e-6
    slopes = [((f(x + step * e) - f(x - step * e)) / (2 * step)).item() for e in torch.eye(3)]
    assert xorlab.autograd_demo().gradient == pytest.approx(slopes, rel=1e-6)


def test_matrix_products_are_timed_on_the_cpu_without_a_gpu():
    timings = xorlab.benchmark_matmul(64, repeats=2)
    assert timings[0].device == "cpu"
    for row in timings:
        assert row.seconds > 0
        assert row.gflops == pytest.approx(2 * 64**3 / row.seconds / 1e9)


def test_the_median_is_reported(monkeypatch):
    monkeypatch.setattr("xorlab.lessons.time_matmul", lambda *_: [9.0, 0.5, 1.0])
    (row,) = xorlab.benchmark_matmul(1000, device="cpu")
    assert row == MatmulTiming("cpu", 1.0, 2.0)


def test_a_timing_draws_nothing_from_the_users_generator():
    before = torch.get_rng_state()
    xorlab.benchmark_matmul(8)
    assert torch.equal(torch.get_rng_state(), before)


def test_timings_print_as_a_table_and_turn_into_columns():
    timings = MatmulTimings([MatmulTiming("cpu", 1.5, 166.67), MatmulTiming("cuda", 0.01, 25000)])
    assert repr(timings).splitlines() == [
        "device     seconds    gflops",
        "cpu         1.5000     166.7",
        "cuda        0.0100   25000.0",
    ]
    assert timings.to_dict() == {
        "device": ["cpu", "cuda"],
        "seconds": [1.5, 0.01],
        "gflops": [166.67, 25000],
    }


@pytest.mark.parametrize("name", ["size", "repeats"])
@pytest.mark.parametrize("bad", [0, -1, 1.5, "a", None, True])
def test_counts_that_are_none_are_named(name, bad):
    with pytest.raises((TypeError, ValueError), match=f"`{name}` must be a whole number from 1"):
        xorlab.benchmark_matmul(**{"size": 8, name: bad})


def test_an_unknown_device_is_named():
    with pytest.raises(ValueError, match="`device` must be"):
        xorlab.benchmark_matmul(8, device="abacus")


def test_a_lesson_written_by_hand_runs_unchanged_on_the_imports(tmp_path, capsys):
    """Line by line what a learner writes, but for the classes and functions, which are imported."""
    import matplotlib.pyplot as plt
    import torch.utils.data as data
    from torch import nn
    from xorlab import (
        SimpleClassifier,
        XORDataset,
        eval_model,
        get_device,
        train_model,
        visualize_classification,
        visualize_samples,
    )

    torch.manual_seed(42)
    model = SimpleClassifier(num_inputs=2, num_hidden=4, num_outputs=1)
    assert [tuple(p.shape) for _, p in model.named_parameters()] == [(4, 2), (4,), (1, 4), (1,)]

    dataset = XORDataset(size=200)
    assert (len(dataset), dataset[0][0].shape) == (200, (2,))
    visualize_samples(dataset.data, dataset.label)
    plt.show()
    data_loader = data.DataLoader(dataset, batch_size=8, shuffle=True)
    data_inputs, data_labels = next(iter(data_loader))
    assert (data_inputs.shape, data_labels.shape) == ((8, 2), (8,))

    loss_module = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    train_dataset = XORDataset(size=2500)
    train_data_loader = data.DataLoader(train_dataset, batch_size=128, shuffle=True)
    device = get_device()
    assert model.to(device) is model
    train_model(model, optimizer, train_data_loader, loss_module, num_epochs=100)

    state_dict = model.state_dict()
    torch.save(state_dict, tmp_path / "our_model.tar")
    state_dict = torch.load(tmp_path / "our_model.tar")
    new_model = SimpleClassifier(num_inputs=2, num_hidden=4, num_outputs=1)
    assert str(new_model.load_state_dict(state_dict)) == "<All keys matched successfully>"

    test_dataset = XORDataset(size=500)
    test_data_loader = data.DataLoader(test_dataset, batch_size=128, shuffle=False, drop_last=False)
    print(eval_model(new_model, test_data_loader))
    visualize_classification(new_model, dataset.data, dataset.label)
    plt.show()

    assert capsys.readouterr().out.startswith("Accuracy of the model: 100.00%\n")
    assert len(plt.get_fignums()) == 2
