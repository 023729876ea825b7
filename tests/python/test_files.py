"""Files by name, by content, and what is wrong with them."""

import bz2
import gzip
import lzma
import os
import threading

import pytest
import xorlab

# The first bytes of R's files, as `serialize()` and `save()` write them in each of their formats.
BY_SAVE_RDS = [
    b"X\n\0\0\0\3\0\4\2\2",
    b"X\n\0\0\0\2\0\4\2\2",
    b"A\n3\n262658\n",
    b"B\n\3\0\0\0\2\2",
]
BY_SAVE = [b"RDX3\nX\n\0\0\0\3", b"RDX2\nX\n\0\0\0\2", b"RDA3\nA\n3\n262658\n"]
PACKED = [bytes, gzip.compress, bz2.compress, lzma.compress]


@pytest.mark.parametrize("read", [xorlab.load_xor, xorlab.read_study])
@pytest.mark.parametrize("pack", PACKED)
@pytest.mark.parametrize(
    ("content", "reader"),
    [(start, "readRDS") for start in BY_SAVE_RDS] + [(start, "load") for start in BY_SAVE],
)
def test_a_file_of_rs_own_is_known_by_its_content_and_the_error_names_its_reader(
    tmp_path, read, pack, content, reader
):
    file = tmp_path / "fit.pt"
    file.write_bytes(pack(content + bytes(100)))
    with pytest.raises(ValueError, match=rf"fit.pt' was written by R's \w+\(\): use {reader}\(\)"):
        read(file)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"X",
        b"A\nB\n",
        b"\x1f\x8b",
        b"BZh9",
        b"\xfd7zXZ\0",
        gzip.compress(b"a,b\n1,2", mtime=0),
    ],
)
def test_other_files_are_not_taken_for_one_of_rs(tmp_path, content):
    file = tmp_path / "fit.pt"
    file.write_bytes(content)
    with pytest.raises(ValueError, match="not a saved fit"):
        xorlab.load_xor(file)


@pytest.mark.parametrize("bad", [3, b"fit.pt", ["fit.pt"], "", "a\0b"])
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("path", lambda bad: xorlab.load_xor(bad)),
        ("path", lambda bad: xorlab.read_study(bad)),
        ("path", lambda bad: xorlab.train_xor(epochs=1, seed=1).save(bad)),
        ("path", lambda bad: xorlab.seed_study(1, epochs=1, seed=1).save(bad)),
        ("path", lambda bad: xorlab.show_code(xorlab.train_xor(epochs=1, seed=1), path=bad)),
        ("path", lambda bad: xorlab.animate_xor(xorlab.train_xor(epochs=1, snapshots=[0, 1]), bad)),
        ("checkpoint", lambda bad: xorlab.train_xor(epochs=1, checkpoint=bad)),
        ("fit", lambda bad: xorlab.resume_xor(bad, epochs=1)),
    ],
)
def test_what_names_no_file_is_blamed_on_the_argument_it_came_as(name, call, bad):
    with pytest.raises((TypeError, ValueError), match=f"^`{name}` must be "):
        call(bad)


def test_a_table_whose_first_column_is_called_a_is_not_one_of_rs_files(tmp_path):
    file = tmp_path / "study.csv"
    file.write_bytes(b"A\n2\n10\n")
    with pytest.raises(ValueError, match="does not hold the table of a study"):
        xorlab.read_study(file)


def test_a_pipe_is_read_once(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes with names here")
    file, pipe = tmp_path / "study.csv", tmp_path / "pipe"
    xorlab.seed_study(runs=2, epochs=1, size=50, seed=1).save(file)
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(file.read_bytes()), daemon=True)
    writer.start()
    assert len(xorlab.read_study(pipe)) == 2
