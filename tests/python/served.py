"""A served application, and requests to it, as tests make them."""

import http.client
from contextlib import contextmanager

from websockets.sync.client import connect
from xorlab.playground.serving import Server


async def echo(scope, receive, send):
    """Answers with the path below its folder, counts the bytes of a body, repeats messages."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"]})
        return
    length, more = 0, True
    while more:
        message = await receive()
        length += len(message["body"])
        more = message["more_body"]
    if scope["path"].endswith("/fail"):
        raise ValueError("this is meant to fail")
    path = scope["path"].removeprefix(scope["root_path"])
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"max-age=9")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": f"{path} {length}".encode()})


@contextmanager
def served(app=echo, **options):
    server = Server(app, **options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        assert server.wait(60)


def ask(server, path="/", method="GET", body=None, folder=None, **headers):
    """The answer to a request below the secret folder, or below another."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    folder = f"/{server.token}" if folder is None else folder
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, folder + path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        return answer
    finally:
        connection.close()


def page_socket(server, origin=None, folder=None, **options):
    """The socket of a page of ours, or of another origin."""
    origin = f"http://127.0.0.1:{server.port}" if origin is None else origin
    folder = f"{server.token}/" if folder is None else folder
    address = f"ws://127.0.0.1:{server.port}/{folder}websocket/"
    return connect(address, origin=origin or None, compression=None, open_timeout=60, **options)
