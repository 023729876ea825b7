"""Files of points, as a page sends them."""

import pytest
from xorlab.playground.bounds import MAX_COLUMNS
from xorlab.playground.transfers import read_upload


def sent(folder, text, name="petals.csv"):
    """What Shiny tells of a file that was sent."""
    path = folder / "0.csv"
    path.write_bytes(text)
    return [{"name": name, "datapath": str(path)}]


def test_the_column_of_classes_is_known_by_its_name_or_is_the_last(tmp_path):
    first = read_upload(sent(tmp_path, b"Class,a,b\nu,1,2\nv,3,4\n")).data.dataset
    assert (first.features, first.levels) == (("a", "b"), ("u", "v"))
    last = read_upload(sent(tmp_path, b"a,b,kind\n1,2,u\n3,4,v\n")).data.dataset
    assert (last.features, last.levels) == (("a", "b"), ("u", "v"))


def test_what_is_no_table_is_told_by_the_name_that_its_owner_knows(tmp_path):
    with pytest.raises(ValueError, match=r"^'petals\.csv' must be text in UTF-8"):
        read_upload(sent(tmp_path, b"\xff\xfe"))
    with pytest.raises(ValueError, match=r"^'petals\.csv' is empty"):
        read_upload(sent(tmp_path, b""))


def test_columns_are_limited_and_counted_at_once(tmp_path):
    names = b",".join(b"c%d" % number for number in range(MAX_COLUMNS + 2))
    with pytest.raises(ValueError, match="room for 100 columns, and these data have 101"):
        read_upload(sent(tmp_path, names + b"\n" + b"1," * (MAX_COLUMNS + 1) + b"2\n"))
    with pytest.raises(ValueError, match="column 1 has no name"):
        read_upload(sent(tmp_path, b"," * 1_000_000 + b"\n"))
