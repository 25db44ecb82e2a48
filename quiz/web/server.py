"""Granian, with workers that can be replaced without cutting a connection and with other code.

Granian gives each worker a listening socket of its own, and the kernel drops who waits at a socket
that is closed. Here the parent keeps a socket for each worker, and the next worker in its place goes
on with it. A worker that is to end takes no new connection, has those that it holds closed with
their next answer, and ends a moment later.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing.util import register_after_fork
from typing import TYPE_CHECKING, Any, Final

import click
from granian.net import SocketSpec  # type: ignore[attr-defined]  # in its stubs only by another name
from granian.server.mp import MPServer, WorkerProcess

from quiz.web.static_files import FOLDER, Releases, StaticFiles

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LINUX: Final = sys.platform == "linux"
STOPS: Final = (signal.SIGTERM, signal.SIGINT)
LEAVE: Final = 1.0
"""Seconds in which who is connected to a worker that is to end may still send a request."""

TRIAL: Final = 60.0
"""Seconds in which a release must start before workers are replaced by it."""


class Server(MPServer):
    """A server whose listening sockets outlive its workers."""

    releases: Releases | None = None

    def _init_shared_socket(self) -> None:
        spec = SocketSpec(self.bind_addr, self.bind_port, self.backlog)
        own = self.workers if LINUX else 1  # elsewhere sockets do not share an address evenly
        self._listening = [spec.build() for _ in range(own)]
        self._kept = [socket.socket(fileno=holder.get_fd()) for holder in self._listening]
        self._ssp = None
        register_after_fork(self, Server._keep_own)

    def _drop_shared_socket(self) -> None:
        for kept in self._kept:
            kept.close()

    def _keep_own(self) -> None:
        """In a worker that is a copy, leave the others' sockets: they close when those end."""
        for kept in self._kept:
            if kept is not self._sso:
                kept.close()

    def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
        self._keep_static_files()
        # a copy takes its signals when it is ready for them; until then they wait
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        # the first are copies of this process, which takes half the time; those that replace them
        # read all code anew, as it may be another release than what this process has loaded
        multiprocessing.set_start_method("fork" if LINUX else "spawn", force=True)
        super()._spawn_workers(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        multiprocessing.set_start_method("spawn", force=True)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    def _spawn_worker(  # type: ignore[override]  # as MPServer overrides it
        self, idx: int, target: Any, callback_loader: Any
    ) -> WorkerProcess:
        place = idx % len(self._kept)
        self._shd, self._sso = self._listening[place], self._kept[place]  # type: ignore[assignment]
        return super()._spawn_worker(idx, target, callback_loader)

    def _reload(self, spawn_target: Any, target_loader: Any) -> None:
        trial = multiprocessing.Process(target=rehearse, args=(target_loader,))
        trial.start()
        trial.join(TRIAL)
        if trial.exitcode == 0:
            self._keep_static_files()
            super()._reload(spawn_target, target_loader)  # type: ignore[no-untyped-call]
            return
        trial.kill()
        click.echo("The code on disk does not start. Still serving with what was loaded.", err=True)
        self.reload_signal = False
        self.main_loop_interrupt.clear()

    def _keep_static_files(self) -> None:
        if self.releases:
            with suppress(OSError):  # a full disk: each worker then has its own files alone
                self.releases.keep(StaticFiles.read(FOLDER))


def rehearse(load: Callable[[], WSGIApplication]) -> None:
    """Make the app once, to see whether workers of the release on disk would start."""
    try:
        load()
    except Exception as error:  # noqa: BLE001  # whatever is wrong with that release
        sys.exit(f"{type(error).__name__}: {error}")


def work(
    worker: int, name: str, load: Callable[[], WSGIApplication], sock: Any, *rest: Any
) -> None:
    """Be a worker until told to stop.

    The release before this one starts it by this name, with these arguments.
    """
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # meant for the process that started it
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # for the threads that the server starts, too
    nowhere = socket.create_server(("127.0.0.1", 0))  # now, as descriptors may have run out later
    nowhere.setblocking(False)
    leaving = threading.Event()
    threading.Thread(target=_leave, args=(sock[1], nowhere, leaving), daemon=True).start()
    MPServer._spawn_wsgi_worker(worker, name, lambda: Leaving(load(), leaving), sock, *rest)


def _leave(taken: socket.socket, nowhere: socket.socket, leaving: threading.Event) -> None:
    """Wait for a signal to stop, take no connection any more, and a moment later pass it on."""
    number = signal.sigwait(STOPS)
    stop = signal.getsignal(number)
    if not callable(stop):
        os._exit(0)  # it does not serve yet
    os.dup2(nowhere.fileno(), taken.fileno())
    leaving.set()
    if LINUX:
        signal.sigtimedwait(STOPS, LEAVE)  # a second signal is from who will not wait
    else:
        time.sleep(LEAVE)
    stop(number, None)


class Leaving:
    """A WSGI app that has connections closed after their answer once its worker is to end."""

    def __init__(self, app: WSGIApplication, leaving: threading.Event) -> None:
        self._app, self._leaving = app, leaving

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if not self._leaving.is_set():
            return self._app(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, ("Connection", "close")], *rest)

        return self._app(environ, start)
