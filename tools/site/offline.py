"""Makes pkgdown's pages work without a network, and from a folder as well as from a server.

Scripts, styles and fonts of other hosts go; the table of contents and the formulas (as MathML, by
pandoc) are written into the pages, and the text of all pages, those for Python too, into the index
of the search.
"""

import html
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

ELSEWHERE = r"(?:https?:|file:|//)[^\"]*"
# pkgdown finds the way from a page to its own pictures only where the folder's name is plain.
PICTURE = re.compile(r'src="(?:\.\./)+[^"]*?/articles/([^"]+)"')
LOADED = re.compile(
    rf'<script\b[^>]*\bsrc="(?:{ELSEWHERE}|[./]*pkgdown\.js)"[^>]*>\s*</script>'
    rf'|<link\b[^>]*\brel="stylesheet"[^>]*\bhref="{ELSEWHERE}"[^>]*>'
    rf'|<link\b[^>]*\bhref="{ELSEWHERE}"[^>]*\brel="stylesheet"[^>]*>'
    r"|<!--\[if lt IE 9\]>.*?<!\[endif\]-->"
    r'|<img src="" class="logo" alt="">|<div class="d-none name">.*?</div>',
    re.DOTALL,
)
NO_PROSE = re.compile(
    r"(<pre\b.*?</pre>|<code\b.*?</code>|<script\b.*?</script>|<style\b.*?</style>)", re.DOTALL
)
FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
TOC = re.compile(r'(<nav id="toc"[^>]*>\s*<h2[^>]*>[^<]*</h2>).*?</nav>', re.DOTALL)
HEADINGS = ("h1", "h2", "h3")


class Sections(HTMLParser):
    """A page's sections as [level, id, heading, text]: what stands in <main>."""

    def __init__(self):
        super().__init__()
        self.found = [[1, "", "", ""]]
        self.main = self.heading = False
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        name = dict(attrs).get("id") or ""
        if tag == "main":
            self.main = True
        elif self.main and (tag == "h1" or (name and tag in (*HEADINGS, "section"))):
            self.heading = tag in HEADINGS
            self.found.append(
                [int(tag[1]) if self.heading else 2, name, "" if self.heading else name, ""]
            )
        elif tag in ("script", "style", "svg"):
            self.silent += 1

    def handle_endtag(self, tag):
        if tag == "main":
            self.main = False
        elif tag in HEADINGS:
            self.heading = False
        elif tag in ("script", "style", "svg"):
            self.silent -= 1

    def handle_data(self, data):
        if self.main and not self.silent:
            self.found[-1][2 if self.heading else 3] += data


def sections(text):
    parser = Sections()
    parser.feed(text)
    return [
        [level, name, *(" ".join(part.split()) for part in rest)]
        for level, name, *rest in parser.found
    ]


def contents(text):
    """The headings of levels 2 and 3 as nested lists."""
    lines, depth = [], 2
    for level, name, heading, _ in sections(text):
        if level < 2 or not heading:
            continue
        level = min(level, depth + 1) if lines else 2
        lines.append(
            {1: "<ul>", 0: "</li>", -1: "</li></ul></li>"}[level - depth] if lines else "<ul>"
        )
        lines.append(f'<li><a href="#{html.escape(name)}">{html.escape(heading)}</a>')
        depth = level
    return "".join(lines) + "</li></ul>" * (depth - 1) if lines else ""


def mathml(formulas):
    """Each TeX formula as MathML, all by one call of pandoc."""
    if not formulas:
        return {}
    text = "\n\n".join(f"${html.unescape(tex).strip()}$" for tex in formulas)
    command = ["pandoc", "--from", "markdown", "--to", "html", "--mathml", "--wrap", "none"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    # Brackets that grow are too large within a line.
    made = re.findall(
        r"<math.*?</math>", done.stdout.replace('stretchy="true"', 'stretchy="false"'), re.DOTALL
    )
    if len(made) != len(formulas):
        raise ValueError(f"pandoc made {len(made)} of {len(formulas)} formulas: {done.stderr}")
    return dict(zip(formulas, made, strict=True))


def prose(text):
    return NO_PROSE.split(text)[::2]


def formulas_of(text):
    return [inline or block for part in prose(text) for inline, block in FORMULA.findall(part)]


def with_formulas(text, made):
    parts = NO_PROSE.split(text)
    parts[::2] = [
        FORMULA.sub(lambda found: made[found[1] or found[2]], part) for part in parts[::2]
    ]
    return "".join(parts)


def index(site, pages):
    """What the search looks through, as a script: a page opened as a file may not read a JSON."""
    entries = []
    for page in pages:
        found = [
            section
            for section in sections(page.read_text(encoding="utf-8"))
            if section[2] or section[3]
        ]
        title = next((heading for level, _, heading, _ in found if level == 1 and heading), "")
        topic = page.stem if page.parent.name == "reference" and page.stem != "index" else ""
        title = f"{topic}: {title}" if topic else title
        for level, name, heading, text in found:
            url = page.relative_to(site).as_posix() + (f"#{name}" if name and level > 1 else "")
            heading = heading if level > 1 else ""
            entries.append({"title": title, "heading": heading, "url": url, "text": text})
    return "window.searchIndex = " + json.dumps(entries, ensure_ascii=False) + ";\n"


def main(site):
    pages = sorted((site / "r").rglob("*.html"))
    read = {page: LOADED.sub("", page.read_text(encoding="utf-8")) for page in pages}
    made = mathml(sorted({tex for text in read.values() for tex in formulas_of(text)}))
    for page, text in read.items():
        text = with_formulas(text, made)
        text = PICTURE.sub(r'src="\1"', text) if page.parent.name == "articles" else text
        text = TOC.sub(lambda found, text=text: found[1] + contents(text) + "</nav>", text)
        page.write_text(text, encoding="utf-8")
    (site / "r" / "pkgdown.js").unlink(missing_ok=True)
    searched = [page for page in pages if page.name != "404.html"] + sorted(
        (site / "python").glob("xorlab.html")
    )
    (site / "r" / "search.js").write_text(index(site, searched), encoding="utf-8")
    (site / "r" / "search.json").unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
