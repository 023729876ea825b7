"""Complains of each link and picture in a folder of pages that leads to no file."""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {value for name, value in attrs if name in ("href", "src") and value}


def dead_links(site, page):
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    for link in sorted(links.found):
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc and parts.path:
            path = unquote(parts.path)
            target = site / path.lstrip("/") if path.startswith("/") else page.parent / path
            if not target.exists():
                yield link


def main(site):
    pages = sorted(site.rglob("*.html"))
    if not pages:
        print(f"{site} holds no page")
        return 1
    dead = [(page, link) for page in pages for link in dead_links(site, page)]
    for page, link in dead:
        print(f"{page.relative_to(site)}: {link} is not there")
    return 1 if dead else 0


sys.exit(main(Path(sys.argv[1])))
