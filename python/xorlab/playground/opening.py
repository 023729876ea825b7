"""How a browser is opened on the page.

The address holds a secret, and every user of a machine can see what programs are started with. So
the browser gets the name of a file, which its user alone can read, and which leads to the address.
"""

from __future__ import annotations

import html
import os
import sys
import threading
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}">
<title>xorlab playground</title>
</head>
<body><a href="{address}">xorlab playground</a></body>
</html>
"""


class LeadingFile:
    """A file that leads to an address, until it is removed."""

    def __init__(self, address: str) -> None:
        self._folder = TemporaryDirectory(prefix="xorlab-", dir=_visible_folder())  # 0700
        self.path = Path(self._folder.name) / "playground.html"
        self.path.touch(mode=0o600)
        self.path.write_text(_PAGE.format(address=html.escape(address)), encoding="utf-8")

    def remove(self) -> None:
        self._folder.cleanup()


def _visible_folder() -> Path | None:
    """Where browsers may look for files: those that come as snaps do not see the system's folder
    for temporary ones."""
    home = Path.home()
    return home if (home / "snap").is_dir() else None


def open_browser(file: Path) -> None:
    """Open a file in the user's browser, which may take its time to start."""
    threading.Thread(target=webbrowser.open, args=(file.as_uri(),), daemon=True).start()


def has_browser() -> bool:
    """Whether there is a display to show one, or one that was named: those of the terminal would
    take it over."""
    if os.environ.get("BROWSER") or sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
