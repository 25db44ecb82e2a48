"""Two app hosts and one PostgreSQL behind the nginx that ships: what is lost when something goes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import IncompleteRead
from pathlib import Path
from urllib.error import HTTPError

import pytest

from quiz.classroom.database import Database
from tests.deploy.nginx import (
    ROOT,
    TRUSTING,
    Browser,
    Site,
    opened,
    port_on,
    proxied,
    started_host,
    status,
)
from tests.processes import gone, replace_workers, until_up, workers


def test_a_class_goes_on_while_one_host_is_killed(site: Site) -> None:
    board, pupils = Browser(site), [Browser(site) for _ in range(20)]
    code = opened(board)
    for pupil in pupils:
        pupil.ask("/nl/class/join", code=code)
    assert all(cookie.secure for cookie in pupils[0].jar)

    def send(number: int) -> bool:
        if number == 7:
            gone(site.hosts[1][1])  # in the middle of it
        body = {"answer.leave-microsoft": "agree" if number % 2 else "disagree", "action": "send"}
        return "Verstuurd:" in pupils[number].ask("/nl/class/seat", **body)

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(send, range(20)))
    assert site.hosts[1][1].poll() is not None or site.hosts[1][1].wait(5)
    assert "<b data-answered>20</b>" in board.ask("/nl/class/board")
    page = board.ask("/nl/class/board", action="close")
    assert re.findall(r'class="number">(\d+)<', page) == ["10", "0", "10"]
    assert "Je uitkomst" in pupils[0].ask("/nl/result", **{"answer.leave-microsoft": "agree"})
    written = site.log.read_text() if site.log.exists() else ""
    assert code.replace(" ", "") not in written


def test_what_is_the_same_for_everybody_is_answered_by_the_cache(site: Site) -> None:
    board, phones = Browser(site), [Browser(site) for _ in range(10)]
    opened(board)
    page = board.ask("/nl/class/board")
    address = re.search(r'data-state="([^"]+)"', page)
    assert address
    before = site.counted("classroom.state")
    start = time.monotonic()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda phone: [phone.ask(address[1]) for _ in range(30)], phones))
    passed = time.monotonic() - start
    assert site.counted("classroom.state") - before <= 2 * passed + 2  # of 300
    before = site.counted("voter.quiz")
    for phone in phones:
        phone.ask("/nl/quiz")
    assert site.counted("voter.quiz") - before <= 1
    before = site.counted("voter.result")
    for phone in phones:  # the control: a result is nobody else's
        phone.ask("/nl/result", **{"answer.leave-microsoft": "agree"})
    assert site.counted("voter.result") - before == 10


def test_a_restart_of_one_host_alone_fails_no_request(site: Site, tmp_path: Path) -> None:
    process, reloaded = site.hosts[0][1], threading.Event()

    def ask(alone: Site) -> int:
        voter, requests = Browser(alone), 0
        while requests < 10 or not reloaded.is_set():
            assert "Je uitkomst" in voter.ask("/nl/result", **{"answer.leave-microsoft": "agree"})
            requests += 1
        return requests

    with proxied(tmp_path, site.hosts[:1]) as alone, ThreadPoolExecutor(6) as pool:
        requests = pool.map(ask, [alone] * 6)
        try:
            for _ in range(2):
                replace_workers(process)
        finally:
            reloaded.set()
        assert min(requests) >= 10


def test_hosts_that_take_another_release_one_by_one_style_every_page(
    site: Site,
    content_folder: Path,
    tmp_path: Path,
    postgresql: Database,
) -> None:
    """Only the hosts with a page's release have its style sheet."""
    project, port = tmp_path / "project", port_on("127.0.0.3")
    for part in ("quiz", "templates"):
        shutil.copytree(ROOT / part, project / part)
    with (project / "quiz/web/static/standpunt.css").open("a") as style:
        style.write("/* the next release */")
    counts = f"127.0.0.3:{port_on('127.0.0.3')}"
    process = started_host(content_folder, "127.0.0.3", port, postgresql, counts, project)
    try:
        until_up(f"http://127.0.0.3:{port}/healthz", process, context=TRUSTING)
        with proxied(tmp_path, [site.hosts[0], (f"127.0.0.3:{port}", process)]) as both:
            voter, styles = Browser(both), set()
            for number in range(20):
                page = voter.ask(f"/nl/quiz?{number}")  # not from the cache
                address = re.search(r"/static/[0-9a-f]+/standpunt\.css", page)
                assert address
                styles.add(address[0])
                for turn in range(1 + number % 2):  # so that either host's turn comes
                    assert "body" in voter.ask(f"{address[0]}?{number}.{turn}")
            assert len(styles) == 2  # the control: both releases made pages
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_worker_killed_or_stopped_costs_no_voter_an_answer(
    site: Site, blow: signal.Signals
) -> None:
    """A visitor whose page breaks off when its worker is killed asks again: a reload works."""
    (worker,) = workers(site.hosts[1][1])

    def ask(number: int) -> bool:
        if number == 5:
            os.kill(worker, blow)
        voter, form = Browser(site), {"answer.leave-microsoft": "agree"}
        try:
            page = voter.ask("/nl/result", **form)
        except (IncompleteRead, OSError):
            page = voter.ask("/nl/result", **form)
        return "Je uitkomst" in page

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(60)))
    if blow == signal.SIGSTOP:  # the control: it does not answer
        with pytest.raises(OSError, match="timed out"):
            urllib.request.urlopen(f"http://{site.hosts[1][0]}/healthz", timeout=1)
        os.kill(worker, signal.SIGCONT)
    else:
        assert worker not in workers(site.hosts[1][1])  # the control: it is another by now
    until_up(
        f"http://{site.hosts[1][0]}/healthz", site.hosts[1][1], context=TRUSTING
    )  # recovers by itself


def test_with_all_hosts_gone_the_statements_still_stand(site: Site) -> None:
    reader = Browser(site)
    reader.ask("/nl/statements")
    with urllib.request.urlopen(f"http://{site.hosts[0][0]}/nl/statements", timeout=30) as page:
        fresh = re.search(r"s-maxage=(\d+)", page.headers["Cache-Control"])
    assert fresh
    for _, process in site.hosts:
        gone(process)
    time.sleep(int(fresh[1]) + 1)  # until what is kept is no longer fresh, whatever time that is
    with pytest.raises(HTTPError, match="502"):  # the control: nobody is there to make a page
        reader.ask("/nl/parties")
    for _ in range(3):
        assert "De overheid moet stoppen met Microsoft." in reader.ask("/nl/statements")


def test_one_address_opens_many_classes_and_not_thousands(site: Site) -> None:
    board = Browser(site)
    for _ in range(60):  # a school's, at once
        opened(board)
    sent = {"way": "together", "length": "all"}
    tried = (status(board, "/nl/class", **sent) for _ in range(1_000))
    assert 429 in tried  # the slower the machine, the later
    for _ in range(100):  # the control: this is told of opening alone
        assert "Je uitkomst" in board.ask("/nl/result", **{"answer.leave-microsoft": "agree"})


def test_a_mended_page_is_out_when_what_is_kept_is_no_longer_fresh(
    site: Site, content_folder: Path, tmp_path: Path
) -> None:
    """Also where nobody has asked for it since: the first who does gets the new one."""
    process = site.hosts[0][1]
    with proxied(tmp_path, site.hosts[:1]) as alone:
        reader = Browser(alone)
        assert "moet stoppen met Microsoft" in reader.ask("/nl/statements")
        path = content_folder / "statements.yaml"
        path.write_text(path.read_text().replace("moet stoppen met", "moet weg van"))
        replace_workers(process)  # these hosts do not watch
        with urllib.request.urlopen(f"http://{site.hosts[0][0]}/nl/statements", timeout=30) as page:
            fresh = re.search(r"s-maxage=(\d+)", page.headers["Cache-Control"])
            assert "moet weg van Microsoft" in page.read().decode()
        assert fresh
        assert int(fresh[1]) <= 8  # ten seconds without the two in which a change is seen
        time.sleep(int(fresh[1]) + 0.5)  # until it is no longer fresh, and nobody asks meanwhile
        assert "moet weg van Microsoft" in reader.ask("/nl/statements")
