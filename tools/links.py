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


def dead_links(page):
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    for link in sorted(links.found):
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc and parts.path:
            target = page.parent / unquote(parts.path)
            if not target.exists():
                yield link


def main(site):
    dead = [(page, link) for page in sorted(site.rglob("*.html")) for link in dead_links(page)]
    for page, link in dead:
        print(f"{page.relative_to(site)}: {link} is not there")
    return 1 if dead else 0


sys.exit(main(Path(sys.argv[1])))
