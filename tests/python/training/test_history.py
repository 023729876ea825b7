import xorlab


def test_the_printed_form_is_one_line():
    history = xorlab.History([0.7, 0.0213], [0.5, 0.996], [0.25, 0.5])
    assert repr(history) == "History: 2 epochs, loss 0.7000 to 0.0213, accuracy 99.60%, 0.75 s"


def test_one_epoch_is_not_plural():
    assert repr(xorlab.History([0.7], [0.5], [0.25])).startswith("History: 1 epoch, loss")


def test_an_empty_history_says_so():
    assert repr(xorlab.History()) == "History: no epoch completed"
    assert len(xorlab.History()) == 0


def test_epochs_are_added_and_given_as_plain_columns():
    history = xorlab.History()
    history.add(0.7, 0.5, 0.1)
    history.add(0.6, 0.75, 0.2)
    assert len(history) == 2
    assert history.to_dict() == {
        "loss": [0.7, 0.6],
        "accuracy": [0.5, 0.75],
        "seconds": [0.1, 0.2],
    }


def test_two_histories_share_nothing():
    first, second = xorlab.History(), xorlab.History()
    first.add(1, 1, 1)
    assert len(second) == 0
