"""A server that leaves the process as it found it."""

import asyncio
import locale
import logging
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from urllib.request import urlopen

import numpy as np
import pytest
import torch
from served import ask, page_socket, served
from xorlab.playground import serving
from xorlab.playground.process import undisturbed
from xorlab.playground.serving import Server


@pytest.fixture
def hasty(monkeypatch):
    """Nobody waits for pages to come back."""
    monkeypatch.setattr(serving, "LEFT", 0.0)
    monkeypatch.setattr(serving, "LOST", 0.0)


def on_a_thread(work):
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def comes_true(condition):
    """Whether something comes true before one would take it for hanging."""
    until = time.monotonic() + 300
    while not condition() and time.monotonic() < until:
        time.sleep(0.01)
    return condition()


async def nothing(scope, receive, send):
    pass


def test_it_serves_on_this_thread_until_it_is_stopped():
    from served import echo

    server, answers = Server(echo), []

    def visit():
        answers.append(ask(server, "/a").text)
        server.stop()

    on_a_thread(visit)
    assert server.run() == server.reason == "stopped"
    assert answers == ["/a 0"]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=60)


def test_it_is_on_this_machine_alone_and_its_address_cannot_be_guessed():
    with served() as one, served() as other:
        assert one.address.startswith(f"http://127.0.0.1:{one.port}/")
        assert len(one.token) >= 43  # 32 bytes
        assert one.token != other.token
        assert one._socket.getsockname()[0] == "127.0.0.1"


def test_a_port_may_be_chosen_and_is_free_again_afterwards():
    with served() as first:
        port = first.port
        with pytest.raises(OSError, match=f"`port` must be a free port, and {port} cannot be had"):
            Server(nothing, port=port)
    with served(port=port) as again:
        assert again.port == port


@pytest.mark.parametrize(
    ("port", "error"), [(0, ValueError), (65536, ValueError), (1.5, ValueError), ("80", TypeError)]
)
def test_other_ports_are_refused(port, error):
    with pytest.raises(error, match="`port` must be a whole number"):
        Server(nothing, port=port)


@pytest.mark.parametrize("host", ["https://lab.example.org", "", "a b", "x;y", "x'", "*", 1])
def test_what_is_no_name_of_a_proxy_is_refused(host):
    with pytest.raises((ValueError, TypeError), match="`host` must be the name by which"):
        Server(nothing, host=host)


def test_it_is_over_when_the_last_page_was_closed(hasty):
    with served() as server:
        with page_socket(server), page_socket(server):
            pass
        assert server.wait(300)
        assert server.reason == "closed"


def test_a_page_whose_connection_broke_was_closed_too(hasty):
    with served() as server:
        with page_socket(server) as page:
            page.socket.shutdown(socket.SHUT_RDWR)
        assert server.wait(300)
        assert server.reason == "closed"


def test_a_page_that_comes_back_goes_on():
    with served() as server:
        for _ in range(3):
            with page_socket(server):
                pass
        assert ask(server).status == 200
        assert comes_true(lambda: server._watch.timer is not None)
        with page_socket(server) as page:
            assert comes_true(lambda: server._watch.timer is None)
            page.send("{}")
        assert server.reason is None


def test_a_page_that_was_lost_has_longer_than_one_that_left():
    assert serving.LOST > serving.LEFT


def test_without_pages_it_goes_on_where_it_is_not_to_wait_for_them(hasty):
    with served(until_closed=False) as server:
        with page_socket(server):
            pass
        assert ask(server).status == 200
        assert server.reason is None


def test_an_event_loop_that_runs_on_this_thread_is_left_alone():
    async def within():
        server = Server(nothing)
        loop = asyncio.get_running_loop()
        threading.Timer(0.1, server.stop).start()
        assert server.run() == "stopped"
        assert asyncio.get_running_loop() is loop

    asyncio.run(within())


def test_what_keeps_it_from_serving_comes_through():
    server = Server(nothing)
    server.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        server.start()


def state():
    """Of the process, as far as serving might change it."""
    names = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", None)
    loggers = [logging.getLogger(name) for name in names]
    return (
        random.getstate(),
        np.random.get_state()[1].tolist(),  # noqa: NPY002
        torch.get_rng_state().tolist(),
        [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)],
        signal.pthread_sigmask(signal.SIG_BLOCK, []),
        locale.setlocale(locale.LC_ALL),
        os.getcwd(),
        list(warnings.filters),
        [(one.level, one.propagate, list(one.handlers)) for one in loggers],
        asyncio.get_event_loop_policy(),
        threading.active_count(),
    )


def test_the_process_is_afterwards_as_before(hasty):
    from served import echo

    Server(echo).close()  # what importing changes is no matter of serving
    before = state()
    server = Server(echo)

    def visit():
        ask(server)
        with page_socket(server) as page:
            page.send('{"method": "update", "data": {}}')
            page.recv(timeout=60)

    visitor = on_a_thread(visit)
    assert server.run() == "closed"
    visitor.join(60)
    assert state() == before


SCRIPT = """
import signal, sys
from xorlab.playground.serving import Server

async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body"})

server = Server(app, until_closed=False)
print(server.address, flush=True)
if sys.argv[1] == "loop":  # as a notebook has it
    import asyncio
    async def main():
        return server.run()
    loop = asyncio.new_event_loop()
    print(loop.run_until_complete(main()))
    loop.close()
else:
    print(server.run())
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.getsignal(signal.SIGINT))
"""


def interrupted(how):
    """What a process prints that serves, after its address, when Ctrl-C was pressed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, how],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    with process:
        try:
            address = process.stdout.readline()
            with urlopen(address.strip(), timeout=300) as answer:
                assert answer.status == 200
            process.send_signal(signal.SIGINT)
            shown, _ = process.communicate(timeout=300)
        finally:
            process.kill()
    return process.returncode, shown


@pytest.mark.parametrize("how", ["plain", "loop"])
def test_ctrl_c_ends_it_and_is_not_raised(how):
    code, shown = interrupted(how)
    assert (code, shown.splitlines()[0]) == (0, "interrupted")
    assert shown.splitlines()[1].startswith("set() <built-in function default_int_handler>")


def test_a_browser_that_goes_away_makes_no_signal_here():
    seen = []
    before = signal.signal(signal.SIGPIPE, lambda *_: seen.append("signal"))  # R has one, too
    read, write = os.pipe()
    os.close(read)
    try:
        with undisturbed(), pytest.raises(BrokenPipeError):
            os.write(write, b"x")
        assert signal.SIGPIPE not in signal.sigpending()
        assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()
        assert seen == []
        with pytest.raises(BrokenPipeError):
            os.write(write, b"x")
        assert seen == ["signal"]
    finally:
        os.close(write)
        signal.signal(signal.SIGPIPE, before)


def test_an_interrupted_start_leaves_nothing_behind(monkeypatch):
    async def interrupted(self, sockets):
        raise KeyboardInterrupt

    monkeypatch.setattr("uvicorn.Server.serve", interrupted)
    server = Server(nothing)
    assert server.run() == "interrupted"
    assert server.wait(0)


def test_ctrl_c_within_the_application_ends_it_too():
    async def app(scope, receive, send):
        raise KeyboardInterrupt

    server = Server(app)
    visitor = on_a_thread(lambda: ask(server))
    assert server.run() == "interrupted"
    visitor.join(60)


def test_connections_send_at_once(monkeypatch):
    seen = []
    real = sys.modules["xorlab.playground.connections"].Connection.connection_made

    def made(self, transport):
        connection = transport.get_extra_info("socket")
        seen.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        real(self, transport)

    with served() as server:
        name = "xorlab.playground.connections"
        monkeypatch.setattr(sys.modules[name].Connection, "connection_made", made)
        assert ask(server).status == 200
    assert seen
    assert all(seen)
