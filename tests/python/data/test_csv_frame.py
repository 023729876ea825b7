import re

import numpy as np
import pytest
import xorlab
from xorlab.data.csv_frame import read_csv


@pytest.fixture
def write(tmp_path):
    def write(content, name="a.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def read(path):
    frame = read_csv(path)
    return {name: frame[name].tolist() for name in frame.columns}


def test_columns_are_numbers_where_every_value_is_one_and_else_text(write):
    path = write("a,b,c\n1,-2.5e3,x\n 2, .5 ,1\n")
    assert read(path) == {"a": [1, 2], "b": [-2500, 0.5], "c": ["x", "1"]}
    assert read_csv(path, text=["a"])["a"].tolist() == ["1", "2"]


def test_empty_fields_and_na_are_missing_in_numbers_and_in_text(write):
    frame = read_csv(write("a,b\n1,x\n,NA\nNA,\nnan,y\n"))
    assert np.isnan(frame["a"]).tolist() == [False, True, True, True]
    assert frame["b"].tolist() == ["x", None, None, "y"]
    assert frame.missing().tolist() == [False, True, True, True]


def test_a_column_without_any_value_is_one_of_missing_numbers(write):
    assert np.isnan(read_csv(write("a,b\n,1\nNA,2\n"))["a"]).all()


def test_quoted_fields_hold_commas_quotes_and_lines(write):
    content = '"a, b","c ""d"""\n"1","x\ny"\n"2","z, z"\n'
    assert read(write(content)) == {"a, b": [1, 2], 'c "d"': ["x\ny", "z, z"]}
    assert read_csv(write(content)).lines.tolist() == [3, 4]  # of the file, where the rows end


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfa,b\n1,\xc3\xa4\n",
        "a,b\r\n1,ä\r\n",
        "a,b\r1,ä\r",
        "\n\na,b\n\n1,ä\n\n",
        "a, b\n1, ä",
        '"a", "b"\n1, "ä"\n',
    ],
    ids=["BOM", "Windows", "old Mac", "blank lines", "spaces", "spaces and quotes"],
)
def test_files_of_other_programs_are_read_alike(write, content):
    assert read(write(content)) == {"a": [1], "b": ["ä"]}


@pytest.mark.parametrize("word", ["1_000", "\u0661", "0x10", "1,5", "one"])
def test_what_only_python_or_nobody_takes_for_a_number_is_text(write, word):
    assert read(write(f'a\n"{word}"\n')) == {"a": [word]}


BAD = [
    ("", "'a.csv' is empty."),
    (b"\xef\xbb\xbf\n\n", "'a.csv' is empty."),
    ("a,b\n", "'a.csv' has names of columns, but no rows."),
    (
        "a,b\n1,2\n\n1\n",
        "'a.csv' must have 2 fields in each line, as in the first, but line 4 has 1.",
    ),
    ("a,b\n1,2,3\n", "must have 2 fields in each line, as in the first, but line 2 has 3."),
    ("a,b,a\n1,2,3\n", "must name the columns, each by another name, but 'a' is there twice."),
    (",b\n1,2\n", "The first line of 'a.csv' must name the columns, but column 1 has no name. (Na"),
    ("5.1,3.5\n4.9,3\n", "The first line of 'a.csv' must name the columns, but it holds numbers"),
    ("a;b\n1;2\n", "'a.csv' must have commas between its fields, not semicolons."),
    ("a\tb\n1\t2\n", "'a.csv' must have commas between its fields, not tabs."),
    ('a,b\n1,"2\n', "'a.csv' is no table of comma-separated values: line 2: "),
    ('a,b\n1,"2"x\n', "'a.csv' is no table of comma-separated values: line 2: "),
    (b"a,b\n1,\xe4\n", "'a.csv' must be text in UTF-8."),
    ("a,b\n1,2\n".encode("utf-16"), "'a.csv' must be text in UTF-8."),
    (b"PK\x03\x04\x00\x00\x80", "'a.csv' must be text in UTF-8."),
]


@pytest.mark.parametrize(("content", "message"), BAD, ids=lambda one: repr(one)[:30])
def test_a_file_that_is_no_table_is_refused_with_its_line(write, monkeypatch, content, message):
    monkeypatch.chdir(write(content).parent)
    with pytest.raises(ValueError, match=re.escape(message)):
        read_csv("a.csv")


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"b\.csv' does not exist"):
        read_csv(tmp_path / "b.csv")
    with pytest.raises(IsADirectoryError, match="is a folder, not a file"):
        read_csv(tmp_path)
    with pytest.raises(ValueError, match="`data` must be the name of a file, not ''"):
        read_csv("", name="data")


def test_a_few_words_among_numbers_are_warned_of_with_their_lines(write):
    path = write("a,b\n1,x\n2,1\n?,x\nNA,1\n5,x\n")
    with pytest.warns(UserWarning, match=r"'a' of .* text, since 1 of 4 values .*: '\?' in line 4"):
        frame = read_csv(path)
    assert frame["a"].tolist() == ["1", "2", "?", None, "5"]


def test_columns_and_rows_are_chosen_by_name_and_by_truth(write):
    frame = read_csv(write("a,b,c\n1,x,3\n2,y,\n"))
    assert len(frame) == 2
    assert frame[["c", "a"]].columns == ["c", "a"]
    kept = frame.rows(~frame.missing())
    assert (kept["b"].tolist(), kept.lines.tolist()) == (["x"], [2])
    assert np.asarray(frame[["a", "c"]]).shape == (2, 2)
    with pytest.raises(ValueError, match=r"has no column 'A'\. Did you mean 'a'\?"):
        frame["A"]
    with pytest.raises(ValueError, match=r"has no column 'q'\. It has 'a', 'b', 'c'\."):
        frame[["a", "q"]]


def test_a_net_learns_from_a_table_as_from_the_arrays_that_are_in_it(write):
    path = write("kind,a,b\nu,1,0.5\nv,2,0.25\nu,4,0.125\nv,3,8\n")
    columns = read(path)
    fit = xorlab.train_xor(read_csv(path), "kind", epochs=3, seed=1)
    x, y = np.column_stack([columns["a"], columns["b"]]), columns["kind"]
    again = xorlab.train_xor(x, y, epochs=3, seed=1)
    assert (fit.levels, fit.features) == (("u", "v"), ("a", "b"))
    assert np.array_equal(fit.predict_proba(read_csv(path)), again.predict_proba(x))
