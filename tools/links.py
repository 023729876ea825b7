"""Complains of each link and picture in a folder of pages that leads to no file, and of each
script, style, font, picture or frame that a page would load from elsewhere."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# A style sheet's and a style's own way to load something.
IN_STYLE = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])([^"')]+)""")
LOADING = {"src", "srcset", "poster", "data"}
LOADING_LINKS = {
    "stylesheet",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "icon",
}


class Links(HTMLParser):
    """What a page leads to, `found`, and of it what it loads by itself, `loaded`."""

    def __init__(self):
        super().__init__()
        self.found = set()
        self.loaded = set()
        self.style = False

    def handle_starttag(self, tag, attrs):
        self.style = tag == "style"
        values = {name: value for name, value in attrs if value}
        self.found |= {values[name] for name in ("href", "src") if name in values}
        self.loaded |= {values[name] for name in LOADING if name in values}
        if tag == "link" and LOADING_LINKS & set(values.get("rel", "").lower().split()):
            self.loaded.add(values.get("href", ""))
        self.loaded |= set(IN_STYLE.findall(values.get("style", "")))

    def handle_endtag(self, tag):
        self.style = False

    def handle_data(self, data):
        if self.style:
            self.loaded |= set(IN_STYLE.findall(data))


def links_of(page):
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def dead_links(site, page, links):
    for link in sorted(links.found):
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc and parts.path:
            path = unquote(parts.path)
            target = site / path.lstrip("/") if path.startswith("/") else page.parent / path
            if not target.exists():
                yield f"{link} is not there"


def elsewhere(loaded):
    for link in sorted(loaded):
        parts = urlsplit(link)
        if parts.netloc or parts.scheme not in ("", "data"):
            yield f"{link[:100]} would be loaded from elsewhere"


def complaints(site, page):
    links = links_of(page)
    yield from dead_links(site, page, links)
    yield from elsewhere(links.loaded)


def main(site):
    pages = sorted(site.rglob("*.html"))
    if not pages:
        print(f"{site} holds no page")
        return 1
    said = [(page, what) for page in pages for what in complaints(site, page)]
    for sheet in sorted(site.rglob("*.css")):
        loaded = IN_STYLE.findall(sheet.read_text(encoding="utf-8"))
        said += [(sheet, what) for what in elsewhere(loaded)]
    for page, what in said:
        print(f"{page.relative_to(site)}: {what}")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
