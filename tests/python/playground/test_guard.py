"""Who reaches the page: its own browser, and nobody else."""

import json
import socket
from contextlib import ExitStack, suppress

import pytest
from served import ask, page_socket, served
from websockets.exceptions import ConnectionClosed, InvalidStatus
from xorlab.playground import connections
from xorlab.playground.guard import MAX_BODY, MAX_SOCKETS
from xorlab.playground.serving import MAX_MESSAGE

MESSAGE = json.dumps({"method": "update", "data": {"lr": 0.1}})


@pytest.fixture(scope="module")
def server():
    with served() as one:
        yield one


def refused(server, **options):
    """The status by which a socket is refused."""
    with pytest.raises(InvalidStatus) as error, page_socket(server, **options):
        pass
    return error.value.response.status_code


def test_the_application_is_below_the_secret_folder(server):
    assert ask(server, "/lib/a.js").text == "/lib/a.js 0"
    assert ask(server, "/upload", "POST", b"four").text == "/upload 4"
    with page_socket(server) as page:
        page.send(MESSAGE)
        assert page.recv(timeout=60) == MESSAGE


@pytest.mark.parametrize("folder", ["", "/lib", "/websocket", "/%00", "/é", "//", "/{token}x"])
def test_nothing_is_found_beside_it(server, folder):
    folder = folder.format(token=server.token).replace("é", "%C3%A9")
    answer = ask(server, folder=folder)
    assert (answer.status, answer.text) == (404, "")
    assert server.token not in str(answer.headers)


def test_a_socket_beside_it_is_refused(server):
    for folder in ("", "x/", f"{server.token}x/"):
        assert refused(server, folder=folder) == 403


def test_its_folder_without_the_last_slash_leads_to_it(server):
    answer = ask(server, path="")
    assert (answer.status, answer.getheader("location")) == (307, f"{server.token}/")


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.nip.io"])
def test_a_page_whose_name_was_made_to_point_here_gets_nothing(server, host):
    answer = ask(server, Host=host)
    assert (answer.status, answer.text) == (403, "")


def test_this_machine_has_two_names(server):
    assert ask(server, Host=f"LocalHost:{server.port}").status == 200
    assert ask(server, Origin=f"http://localhost:{server.port}").status == 200


@pytest.mark.parametrize(
    "origin", ["http://example.org", "null", "http://127.0.0.1", "https://127.0.0.1:{}", "file://"]
)
def test_other_pages_in_the_browser_get_nothing(server, origin):
    origin = origin.format(server.port)
    assert ask(server, "/upload", "POST", b"x", Origin=origin).status == 403
    assert refused(server, origin=origin) == 403


def test_a_socket_must_say_where_it_comes_from(server):
    assert refused(server, origin="") == 403


def test_a_proxy_is_trusted_by_its_name():
    with served(host="lab.example.org") as server:
        assert ask(server, Host="lab.example.org", Origin="https://lab.example.org").status == 200
        assert ask(server, Host="other.example.org").status == 403
        with page_socket(server, origin="https://LAB.example.org".lower()):
            pass
        policy = ask(server).getheader("content-security-policy")
        assert "wss://lab.example.org" in policy.partition("frame-ancestors")[0]
        assert "https://lab.example.org" in policy.partition("frame-ancestors")[2]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_other_methods_are_refused(server, method):
    assert ask(server, method=method).status == 405


def test_a_body_is_limited(server):
    assert ask(server, "/upload", "POST", b"x" * MAX_BODY).text == f"/upload {MAX_BODY}"
    long = raw(server, "POST", f"Content-Length: {MAX_BODY + 1}\r\n")
    assert long.startswith(b"HTTP/1.1 413")
    chunk = b"%x\r\n%s\r\n" % (MAX_BODY // 2, b"x" * (MAX_BODY // 2))
    chunked = raw(server, "POST", "Transfer-Encoding: chunked\r\n", chunk * 3 + b"0\r\n\r\n")
    assert chunked.startswith(b"HTTP/1.1 413")


def raw(server, method, headers="", body=b""):
    """What comes back for bytes as they are."""
    head = f"{method} /{server.token}/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{headers}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(head.encode() + body)
        return connection.recv(1000)


@pytest.mark.parametrize("head", [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9\r\n\r\n"])
def test_what_is_no_request_is_answered_by_an_error(server, head):
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(head)
        assert connection.recv(1000).startswith(b"HTTP/1.1 400")
    assert ask(server).status == 200


def test_every_answer_is_for_this_page_alone(server):
    headers = ask(server).headers
    assert headers.get_all("cache-control") == ["no-store"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self';" in policy
    assert f"ws://127.0.0.1:{server.port}" in policy
    assert "server" not in headers


@pytest.mark.parametrize(
    "message",
    [
        *("", "{", "[]", "1", "null", "[" * 100_000, '"update"', "{}", '{"method": 1}'),
        *('{"method": "init"}', '{"method": "update", "data": []}', '{"method": "else"}'),
        *('{"method": "update", "data": {"upload": [{"datapath": "/etc/hosts"}]}}',),
        *('{"method": "init", "data": {"upload:shiny.file": "else"}}',),
        *('{"method": "update", "data": {"a:b:c": 1}}', b"bytes", "x" * (MAX_MESSAGE + 1)),
    ],
)
def test_a_broken_message_ends_its_page_and_no_other(server, capfd, message):
    with page_socket(server) as other:
        with page_socket(server) as page:
            page.send(message)
            with pytest.raises(ConnectionClosed):
                page.recv(timeout=60)
        other.send(MESSAGE)
        assert other.recv(timeout=60) == MESSAGE
    assert capfd.readouterr() == ("", "")


def test_of_a_hundred_pages_sixteen_are_let_in():
    with served() as server, ExitStack() as stack:
        pages = []
        for _ in range(100):
            with suppress(InvalidStatus):
                pages.append(stack.enter_context(page_socket(server)))
        assert refused(server) == 403
        assert len(pages) == MAX_SOCKETS
        pages[0].close()
        with page_socket(server) as page:
            page.send(MESSAGE)
            assert page.recv(timeout=60) == MESSAGE


def test_an_error_of_the_application_is_told_on_the_console_alone(server, capfd):
    answer = ask(server, "/fail")
    assert (answer.status, answer.text) == (500, "")
    shown = capfd.readouterr()
    assert shown.out == ""
    first, second, *_ = shown.err.splitlines()
    assert first == "An error in the playground's server: ValueError('this is meant to fail')"
    assert second.startswith("Traceback")


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: 127"])
def test_a_connection_without_a_request_is_closed(monkeypatch, sent):
    monkeypatch.setattr(connections, "SILENCE", 0.2)
    with served() as server, socket.create_connection(("127.0.0.1", server.port), 60) as idle:
        idle.sendall(sent)
        assert idle.recv(100) == b""
        with page_socket(server) as page:  # one that is in use stays
            with socket.create_connection(("127.0.0.1", server.port), 60) as later:
                assert later.recv(100) == b""
            page.send(MESSAGE)
            assert page.recv(60) == MESSAGE
