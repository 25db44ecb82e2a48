"""What Locust's voters do: the quiz page, a result, and now and then a statement or a party.

``locust -f benchmarks/locustfile.py --host http://127.0.0.1:8000`` runs it against any server, to
see what a machine can bear; Locust lives in an environment of its own.
"""

from __future__ import annotations

import json
import random
import urllib.request
from functools import cache

from locust import FastHttpUser, constant, task  # type: ignore[import-not-found,unused-ignore]

WORDS = ("agree", "neutral", "disagree", "skip")


@cache
def names(host: str) -> tuple[list[str], list[str]]:
    """Ask the server for its statements and parties: Locust may live without the quiz's packages."""
    with urllib.request.urlopen(f"{host}/api/v1/quiz", timeout=10) as response:
        quiz = json.load(response)
    statements, parties = (
        [entry["id"] for entry in quiz[part]] for part in ("statements", "parties")
    )
    return statements, parties


class Voter(FastHttpUser):  # type: ignore[misc,unused-ignore]
    """One voter after another, without a pause."""

    wait_time = constant(0)
    default_headers = {"Accept-Encoding": "gzip, deflate, br, zstd"}  # noqa: RUF012

    def on_start(self) -> None:
        self.statements, self.parties = names(self.host)

    @task(3)
    def quiz(self) -> None:
        self.client.get("/nl/quiz", name="quiz page")

    @task(3)
    def result(self) -> None:
        answers = {f"answer.{name}": random.choice(WORDS) for name in self.statements}
        answers[f"answer.{self.statements[0]}"] = "agree"
        self.client.post("/nl/result", data=answers, name="result")

    @task(1)
    def statement(self) -> None:
        self.client.get(f"/nl/statements/{random.choice(self.statements)}", name="statement page")

    @task(1)
    def party(self) -> None:
        self.client.get(f"/nl/parties/{random.choice(self.parties)}", name="party page")
