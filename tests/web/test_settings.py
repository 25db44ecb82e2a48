"""Settings are read strictly; production does not start without a key."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quiz.translations.commands import speaking
from quiz.web.settings import Settings, SettingsError

ROOT = Path(__file__).parents[2]
KEY = "k" * 32


def test_the_defaults_suit_one_machine() -> None:
    settings = Settings.from_environment({})
    assert (settings.proxies, settings.watch, settings.preview) == (0, True, False)
    assert (settings.secret_key, settings.metrics, settings.json_log) == ("", "", False)


def test_good_values_are_taken() -> None:
    settings = Settings.from_environment(
        {"QUIZ_ENV": "production", "QUIZ_SECRET_KEY": KEY, "QUIZ_METRICS": "[::1]:9100",
         "QUIZ_LOG": "json", "QUIZ_TRUSTED_HOSTS": "quiz.nl, .quiz.nl, [::1]:8000", "QUIZ_PROXIES": "1"}
    )  # fmt: skip
    assert settings.trusted_hosts == ("quiz.nl", ".quiz.nl", "[::1]:8000")
    assert (settings.secret_key, settings.metrics, settings.json_log) == (KEY, "[::1]:9100", True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIZ_ENV", "prod"), ("QUIZ_LOG", "xml"), ("QUIZ_WATCH", "true"), ("QUIZ_PREVIEW", "1"),
        ("QUIZ_PROXIES", "ten"), ("QUIZ_PROXIES", "٣"), ("QUIZ_METRICS", "9100"),
        ("QUIZ_TRUSTED_HOSTS", "quiz.nl # ours"), ("QUIZ_TRUSTED_HOSTS", "https://quiz.nl"),
        ("QUIZ_PROXIES", "1 # nginx"), ("QUIZ_METRICS", "here:"), ("QUIZ_METRICS", ":9100"), ("QUIZ_METRICS", "here:70000"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})


@pytest.mark.parametrize("key", ["", "k" * 31])
def test_production_wants_a_key(key: str) -> None:
    with pytest.raises(SettingsError, match="QUIZ_SECRET_KEY must hold at least 32 characters"):
        Settings.from_environment({"QUIZ_ENV": "production", "QUIZ_SECRET_KEY": key})


@pytest.mark.parametrize(
    "command",
    [["-m", "quiz", "serve", "--port", "1"], ["-c", "import wsgi"]],
    ids=["quiz serve", "wsgi.py"],
)
def test_refusing_to_start_is_one_clear_line(command: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"QUIZ_ENV": "production", "QUIZ_SECRET_KEY": "short"}, timeout=30,
    )  # fmt: skip
    assert ended.returncode != 0
    assert "QUIZ_SECRET_KEY must hold at least 32 characters" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_a_wrong_setting_is_told_in_the_language_that_is_spoken() -> None:
    with speaking("nl"), pytest.raises(SettingsError) as caught:
        Settings.from_environment({"QUIZ_LOG": "xml"})
    assert str(caught.value) == "QUIZ_LOG is 'xml', maar moet dit zijn: text of json."
