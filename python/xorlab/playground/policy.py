"""What a browser may do with our pages: load nothing from elsewhere, and run no script but ours."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence


def script_hashes(html: str) -> list[str]:
    """By which a browser knows the scripts that stand in a page itself."""
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digests = [hashlib.sha256(one.encode()).digest() for one in scripts]
    return [f"'sha256-{base64.b64encode(one).decode()}'" for one in digests]


def security_headers(
    hosts: Sequence[str], proxy: Sequence[str], scripts: Sequence[str]
) -> list[tuple[bytes, bytes]]:
    """What a browser is told about every page and file of ours."""
    inside = " ".join(["'self'", *scripts])
    # Some browsers do not count a socket of the page's own host as 'self'.
    sockets = " ".join(f"ws://{host}" for host in hosts)
    secure = "".join(f" wss://{host}" for host in proxy)
    # RStudio, Jupyter, and the editors whose viewers are pages of their own.
    frames = "".join(f" http://{host} https://{host}" for host in proxy)
    policy = (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
        f"script-src {inside}; connect-src 'self' {sockets}{secure}; "
        "frame-ancestors 'self' http://127.0.0.1:* http://localhost:* vscode-webview: "
        f"vscode-file:{frames}"
    )
    return [
        (b"content-security-policy", policy.encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
