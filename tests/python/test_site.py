"""The pages of the site load nothing from elsewhere; search and contents need no server."""

import importlib.util
import json
import re
import shutil

import pytest
import xorlab

PAGE = """<!DOCTYPE html><html><head>
<script src="https://elsewhere.org/jquery.js" integrity="x"></script>
<link rel="stylesheet" href="https://elsewhere.org/all.css">
<link href="//elsewhere.org/b.css" rel="stylesheet">
<script src="../pkgdown.js"></script><script src="../deps/own.js"></script>
</head><body><main><h1>A topic</h1><p>With \\(x^2 &lt; 1\\),
see <a href="https://elsewhere.org">there</a>.</p>
<h2 id="first">First</h2><p>words</p><h3 id="inner">Inner &amp; more</h3><h2 id="last">Last</h2>
<pre><code>"\\(a\\)"</code></pre></main><nav id="toc"><h2>On this page</h2></nav></body></html>"""


@pytest.fixture
def tool(root):
    def load(path):
        spec = importlib.util.spec_from_file_location("tool", root / "tools" / path)
        found = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found)
        return found

    return load


@pytest.fixture
def site(tmp_path):
    pages = tmp_path / "r" / "reference"
    pages.mkdir(parents=True)
    (pages / "topic.html").write_text(PAGE)
    (tmp_path / "r" / "deps").mkdir()
    (tmp_path / "r" / "deps" / "own.js").write_text("")
    (tmp_path / "r" / "pkgdown.js").write_text("")
    return tmp_path


@pytest.fixture
def offline(tool, site):
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not there")
    tool("site/offline.py").main(site)
    return (site / "r" / "reference" / "topic.html").read_text()


def test_scripts_and_styles_of_other_hosts_leave_the_page_and_links_stay(offline):
    assert re.findall(r'(?:src|href)="([^"#]*)"', offline) == [
        "../deps/own.js",
        "https://elsewhere.org",
    ]


def test_formulas_become_mathml_outside_of_code(offline):
    assert offline.count("<math") == 1
    assert '"\\(a\\)"' in offline
    assert "<mo>&lt;</mo>" in offline


def test_an_article_finds_its_pictures_whatever_the_folder_is_called(tool, site):
    (site / "r" / "articles").mkdir()
    article = site / "r" / "articles" / "one.html"
    article.write_text(
        '<p><img src="../../a%20clone/articles/one/tour.png"><img src="a/b.png"></p>'
    )
    tool("site/offline.py").main(site)
    assert re.findall('src="(.*?)"', article.read_text()) == ["one/tour.png", "a/b.png"]


def test_the_contents_are_in_the_page_as_nested_lists(offline):
    contents = re.search(r"<nav id=\"toc\"><h2>On this page</h2>(.*)</nav>", offline)[1]
    assert contents == (
        '<ul><li><a href="#first">First</a>'
        '<ul><li><a href="#inner">Inner &amp; more</a></li></ul></li>'
        '<li><a href="#last">Last</a></li></ul>'
    )


def test_the_search_finds_sections_of_pages_in_a_script(offline, site):
    script = (site / "r" / "search.js").read_text()
    entries = json.loads(script.removeprefix("window.searchIndex = ").removesuffix(";\n"))
    assert [entry["url"] for entry in entries] == [
        "r/reference/topic.html",
        *(f"r/reference/topic.html#{name}" for name in ("first", "inner", "last")),
    ]
    assert {entry["title"] for entry in entries} == {"topic: A topic"}
    assert entries[1]["heading"] == "First"
    assert entries[1]["text"] == "words"


def test_an_offline_page_raises_no_complaint(offline, site, tool, capsys):
    assert tool("links.py").main(site) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "loading",
    [
        '<script src="https://elsewhere.org/a.js"></script>',
        '<script src="file:///usr/share/a.js"></script>',
        '<link rel="stylesheet" href="//elsewhere.org/a.css">',
        '<link href="https://elsewhere.org" rel="preconnect">',
        '<img src="http://elsewhere.org/a.png">',
        '<img srcset="https://elsewhere.org/a.png 2x">',
        '<iframe src="https://elsewhere.org"></iframe>',
        '<style>@import "https://elsewhere.org/a.css";</style>',
        "<style>@font-face { src: url('https://elsewhere.org/a.woff2') }</style>",
        '<p style="background: url(https://elsewhere.org/a.png)">',
    ],
)
def test_what_a_page_would_load_from_elsewhere_is_complained_of(loading, tmp_path, tool, capsys):
    (tmp_path / "page.html").write_text(f"<!DOCTYPE html><title>x</title>{loading}")
    assert tool("links.py").main(tmp_path) == 1
    assert "page.html" in capsys.readouterr().out


@pytest.mark.parametrize(
    "harmless", ['<a href="https://elsewhere.org">x</a>', '<img src="data:image/png;base64,x">']
)
def test_links_that_a_reader_follows_are_no_loading(harmless, tmp_path, tool):
    (tmp_path / "page.html").write_text(harmless)
    assert tool("links.py").main(tmp_path) == 0


def test_a_dead_link_and_a_style_sheet_with_a_foreign_font_are_complained_of(
    tmp_path, tool, capsys
):
    (tmp_path / "page.html").write_text('<a href="missing.html">x</a>')
    (tmp_path / "own.css").write_text("@font-face { src: url(https://elsewhere.org/a.woff2) }")
    assert tool("links.py").main(tmp_path) == 1
    said = capsys.readouterr().out
    assert "missing.html is not there" in said
    assert "own.css: https://elsewhere.org/a.woff2 would be loaded from elsewhere" in said


def test_each_public_name_is_in_one_group_of_the_python_pages(tool):
    pytest.importorskip("pdoc")
    pages = tool("site/pages.py")
    groups = pages.grouped(xorlab.__all__)
    assert sorted(name for names in groups.values() for name in names) == xorlab.__all__
    with pytest.raises(SystemExit, match="new_name"):
        pages.grouped([*xorlab.__all__, "new_name"])
