"""Fixtures that every test may use: a small content folder and its catalogue."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Engine, event

from quiz.content import Catalogue, load
from quiz.content.paths import shipped
from tests.processes import until_up

ROOT = Path(__file__).parents[1]

os.environ["LANGUAGE"] = "en"  # the commands would speak the shell's

# a busy machine is no fault of what is tested; benchmarks measure time
settings.register_profile("standpunt", deadline=None)
settings.load_profile("standpunt")

STATEMENTS = """\
quiz:
  id: small
  title: {nl: Digitale infrastructuur, en: Digital infrastructure}
  description: {nl: Wat vinden partijen van kabels en data?, en: Parties on cables and data}
  languages: [nl, en]
  matching: {method: city-block, prior: 10, double_weight: 2, min_compared: 2}
  version: 3
  as_of: 2025-10-29
  election: {nl: Tweede Kamerverkiezing 2025, en: Dutch general election 2025}
  publisher: {name: De Redactie, url: "https://example.org/"}
  contact: redactie@example.org
  changelog:
    - {version: 3, date: 2025-10-01, text: {nl: Stelling erbij., en: A statement more.}}
themes:
  - id: autonomy
    name: {nl: Digitale autonomie, en: Digital autonomy}
  - id: power
    name: {nl: Stroom, en: Power}
statements:
  - id: leave-microsoft
    theme: autonomy
    text: {nl: De overheid moet stoppen met Microsoft., en: Government must leave Microsoft.}
    explanation: {nl: Veel computers draaien op Microsoft., en: Many computers run on Microsoft.}
    argument_for: {nl: Dan staan we op eigen benen., en: Then we stand on our own feet.}
    argument_against: {nl: Dat kost veel geld., en: That costs much money.}
  - id: ban-datacenters
    theme: power
    text: {nl: Nieuwe datacenters moeten verboden worden., en: New datacenters must be banned.}
    explanation: {nl: Een datacenter is een hal vol computers., en: It is a hall of computers.}
  - id: state-software
    theme: autonomy
    text: {nl: De staat moet zijn software zelf bouwen., en: The state must build its own software.}
    explanation: {nl: Nu kopen ministeries software in., en: Ministries now buy software.}
  - id: national-cloud
    status: draft
    theme: autonomy
    text: {nl: Er moet een nationale cloud komen., en: There must be a national cloud.}
    explanation: {nl: Een cloud is de computer van een ander., en: A cloud is another's computer.}
"""

ANSWERS = """\
sources:
  - id: alfa-2025
    title: Vooruit
    edition: final
    url: https://example.org/alfa.pdf
  - id: beta-2025
    title: Terug
    edition: draft
parties:
  - id: alfa
    name: Alfa
    long_name: Partij Alfa
    color: "#502379"
    url: https://example.org/alfa
    searched: [alfa-2025]
    answers:
      leave-microsoft:
        position: agree
        explicit: true
        quotes:
          - {text: De overheid is in 2030 volledig van Microsoft af., source: alfa-2025, page: 12}
          - {text: Wij kiezen voor <b>Europese</b> software & open standaarden., source: alfa-2025}
        explanation: {nl: Volledig en met een jaartal., en: Fully and with a year.}
      ban-datacenters:
        position: neutral
        explicit: false
        quotes:
          - {text: Datacenters mogen waar het stroomnet het aankan., source: alfa-2025, page: 3}
      national-cloud:
        position: agree
        explicit: true
        quotes:
          - {text: Er komt een eigen cloud voor de overheid., source: alfa-2025, page: 4}
  - id: beta
    name: Beta
    searched: [beta-2025]
    answers:
      leave-microsoft:
        position: disagree
        explicit: true
        quotes:
          - {text: Wij zien niets in een verplicht vertrek uit Microsoft., source: beta-2025}
      state-software:
        position: disagree
        explicit: true
        summary: {text: De partij laat software bouwen aan de markt over., source: beta-2025}
  - id: gamma
    name: Gamma
    searched: [beta-2025]
    answers: {}
"""


@pytest.fixture(scope="session")
def content_texts() -> dict[str, str]:
    """A small valid quiz: file name → text."""
    return {"statements.yaml": STATEMENTS, "party_answers.yaml": ANSWERS}


@pytest.fixture
def content_folder(tmp_path: Path, content_texts: dict[str, str]) -> Path:
    """A folder of its own with the small quiz."""
    folder = tmp_path / "content"
    folder.mkdir()
    for name, text in content_texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def catalogue(content_folder: Path) -> Catalogue:
    """The small quiz, loaded: three statements, three parties, four positions."""
    return load(content_folder)


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Stand in for pytest-flask's: an outer context would let requests of a test share ``g``."""


@pytest.fixture(autouse=True)
def _every_connection_is_closed() -> Iterator[None]:
    """Close what the apps of a test leave open for their next request: Python 3.13 asks for it."""
    engines: set[Engine] = set()

    def met(connection: Connection) -> None:
        engines.add(connection.engine)

    event.listen(Engine, "engine_connect", met)
    yield
    event.remove(Engine, "engine_connect", met)
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="session")
def shipped_catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load(shipped())


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a production server on the shipped content."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "output.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "quiz", "serve", "--port", str(port), "--workers", "1"],
            cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=os.environ | {"DATABASE_URL": f"sqlite:///{log.parent}/classes.sqlite",
                              "QUIZ_STATE": str(log.parent / "state")},
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        try:
            until_up(f"{address}/healthz", process, log)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=15)
