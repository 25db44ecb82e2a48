"""Forms, queries, headers, cookies and addresses, fuzzed: no 500, no traceback, no hang."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client, EnvironBuilder, TestResponse, run_wsgi_app

from quiz.web.app import create_app
from quiz.web.security import HEADERS
from quiz.web.settings import Settings
from tests.fuzz.budget import at_once, examples, share

IDS = ["leave-microsoft", "ban-datacenters", "state-software", "national-cloud"]
MARK = "<i7391 onload=x>"
NASTY = [
    "", " ", "0", "-1", "1e9", "٣", "1_0", "true", "null", "None", "\x00", "\x1a", "\x1apicture\x1a", "\r\nX: y",
    "../../etc/passwd", "{{7*7}}", "{% include 'x' %}", "%(x)s", "%s%n", "' OR 1=1 --", "=1+1", "a" * 3000,
    "🏳️‍🌈" * 20, "\u202e\u2066", "\ufeff", "ﬀ", "İ", MARK, f'"{MARK}', f"'{MARK}", f"</title>{MARK}", "&lt;b&gt;",
    "skip", "agree", "neutral", "disagree", "together", "own", "picked", "all", "45", "999", "1000",
    ",".join(IDS), ",".join(IDS * 400), "__proto__", "constructor", "quiz", "nl", "en", "xx",
]  # fmt: skip
NAMES = [
    "content", "party", "double", "q", "code", "token", "action", "way", "length", "statement", "s", "position",
    "lang", *(f"{kind}.{name}" for kind in ("answer", "mine", "agree", "disagree", "x") for name in IDS),
]  # fmt: skip
ACTIONS = [
    "close",
    "next",
    "again",
    "lock",
    "unlock",
    "end",
    "recovery",
    "send",
    "leave",
    "refresh",
]
HEADER_NAMES = [
    "Accept", "Accept-Encoding", "Accept-Language", "Cookie", "Range", "If-None-Match", "If-Modified-Since", "Host",
    "If-Range", "Origin", "Sec-Fetch-Site", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Referer",
    "User-Agent", "Authorization", "Expect", "Content-Encoding", "Transfer-Encoding", "TE", "Forwarded", "Date",
]  # fmt: skip

word = st.one_of(
    st.sampled_from(NASTY + IDS),
    st.text(max_size=40),
    st.text(st.characters(codec="utf-8", categories=["C", "M", "S", "Z"]), max_size=8),
)
value = st.one_of(st.sampled_from(["agree", "neutral", "disagree", *ACTIONS]), word)
fields = st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), word), value), max_size=12)
queries = st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), word), word), max_size=4)
printable = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
headers = st.dictionaries(
    st.sampled_from(HEADER_NAMES),
    st.one_of(
        printable,
        st.sampled_from(
            [
                "br;q=",
                "br;q=nan",
                "*;q=-1",
                "nl;q=1e400",
                "bytes=0-0,-1",
                "bytes=9-1",
                'W/"',
                "*",
                "a=b; a=c; =;;",
            ]
        ),
    ),
    max_size=4,
)
CONTENT_TYPES = [
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data", "text/plain",
    "application/json", "application/x-www-form-urlencoded; charset=utf-7", "", ";;", "multipart/mixed; boundary=b",
]  # fmt: skip


class Site:
    """The app without a server, with an open class; it counts requests and checks each response."""

    def __init__(self, folder: Path, database: str) -> None:
        self.app = create_app(Settings(content=folder, database_url=database))
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        self.client = Client(self.app, TestResponse, use_cookies=False)
        self.rules = sorted(rule.rule for rule in self.app.url_map.iter_rules())
        self.seen: Counter[int] = Counter()
        self.cookies = ""
        self.code = self.name = ""

    def open_class(self, way: str) -> None:
        """Open a fresh class and sit down in it, so that forms get past the door."""
        opened = self.client.post("/nl/class", data={"way": way, "length": "all"})
        host = opened.headers["Set-Cookie"].partition(";")[0]
        place = opened.headers["Location"]
        board = self.client.get(place, headers={"Cookie": host}).get_data(as_text=True)
        self.name = place.rpartition("/")[2]
        code = re.search(r'board-code">\s*([0-9A-Z]{3} [0-9A-Z]{4})', board)
        assert code
        self.code = code[1]
        joined = self.client.post("/nl/class/join", data={"code": self.code})
        self.client.post(place, data={"action": "begin"}, headers={"Cookie": host})
        self.cookies = f"{host}; {joined.headers['Set-Cookie'].partition(';')[0]}"

    def times(self, number: int, run: Callable[[], None]) -> None:
        """Run a fuzzer, and see that it asked as often as it should."""
        self.seen.clear()
        run()
        assert self.seen.total() >= number

    def ask(self, environ: dict[str, Any]) -> None:
        request = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']!r}"
        with at_once(request):
            parts, status, sent = run_wsgi_app(self.app, environ, buffered=True)
            body = b"".join(parts)
        assert int(status[:3]) < 500, request
        assert b"Traceback" not in body
        assert b"<i7391" not in body, request
        for name, policy in HEADERS.items():
            made_for_others = name == "Cross-Origin-Resource-Policy" and sent[name] != policy
            if made_for_others:
                assert environ["PATH_INFO"].endswith("/embed.js"), request
                assert sent[name] == "cross-origin", request
            else:
                assert sent[name] == policy, request
        place = sent.get("Location", "/")
        assert re.match(r"/(?![/\\])", place), place
        self.seen[int(status[:3])] += 1


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, content_texts: dict[str, str]) -> Site:
    folder = tmp_path_factory.mktemp("content")
    for name, text in content_texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Site(folder, f"sqlite:///{folder}/classes.sqlite")


def environment(path: str, method: str, **more: Any) -> dict[str, Any]:
    """Build what a server would hand over; whatever the path holds, it comes as bytes in
    latin-1.
    """
    built = EnvironBuilder(path="/", method=method, **more)
    try:
        environ = built.get_environ()
    finally:
        built.close()
    environ["PATH_INFO"] = path.encode("utf-8", "replace").decode("latin-1")
    return environ


def pairs(given_pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, text in given_pairs:
        fields.setdefault(_plain(name), []).append(_plain(text))
    return fields


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def test_voters_forms(site: Site) -> None:
    @examples(share("voter"))
    @given(
        st.sampled_from(["/nl/result", "/en/quiz", "/nl/result.json", "/en/result"]),
        fields,
        queries,
        st.booleans(),
    )
    def run(
        path: str, form: list[tuple[str, str]], query: list[tuple[str, str]], parts: bool
    ) -> None:
        more = {"content_type": "multipart/form-data"} if parts else {}
        site.ask(environment(path, "POST", data=pairs(form), query_string=pairs(query), **more))

    site.times(share("voter"), run)
    assert site.seen[200] > 10
    assert site.seen[400] > 10


def test_class_forms(site: Site) -> None:
    paths = [
        rule.replace("<lang>", "nl") for rule in site.rules if rule.startswith("/<lang>/class")
    ]
    turns = [0]

    @examples(share("class"))
    @given(
        st.sampled_from(paths),
        fields,
        st.sampled_from([*ACTIONS, "", "x"]),
        st.sampled_from(["", "in", "odd"]),
        printable,
    )
    def run(path: str, form: list[tuple[str, str]], action: str, who: str, odd: str) -> None:
        if turns[0] % 40 == 0:
            site.open_class(("together", "own")[turns[0] // 40 % 2])
        turns[0] += 1
        data = pairs(form)
        if action:
            data["action"] = [action]
        cookie = {
            "": "",
            "in": site.cookies,
            "odd": f"class_host_{site.name}={odd}; class_seat_{odd}={odd}",
        }[who]
        named = path.replace("<name>", site.name)
        site.ask(environment(named, "POST", data=data, headers={"Cookie": cookie}))

    site.times(share("class"), run)
    assert site.seen[303] > 10


def test_addresses_queries_and_headers(site: Site) -> None:
    site.open_class("own")

    @examples(share("addresses"))
    @given(st.data())
    def run(data: st.DataObject) -> None:
        rule = data.draw(st.sampled_from(site.rules))
        path = re.sub(
            "<[a-z_:]+>",
            lambda fields: data.draw(
                st.sampled_from(["nl", "en"]) if fields[0] == "<lang>" else word
            ),
            rule,
        )
        if data.draw(st.integers(0, 3)) == 0:
            path = "/" + data.draw(word) + path
        method = data.draw(
            st.sampled_from(["GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "TRACE", "X"])
        )
        sent = {name: _plain(text) for name, text in data.draw(headers).items()}
        sent = {name: text.encode().decode("latin-1") for name, text in sent.items()}
        if data.draw(st.booleans()):
            sent["Cookie"] = site.cookies
        query = pairs(data.draw(queries))
        site.ask(environment(path, method, headers=sent, query_string=query))

    site.times(share("addresses"), run)


def test_bodies_of_any_kind(site: Site) -> None:
    pieces = st.one_of(
        st.binary(max_size=30),
        st.sampled_from(
            [
                b"--b", b"--b--", b"\r\n", b"\n", b"Content-Disposition: form-data; name=", b'"answer.leave-microsoft"',
                b"; filename=", b"Content-Type: ", b"Content-Transfer-Encoding: base64", b"agree", b"=", b"&", b"%", b"+",
                b'{"answers":', b'{"leave-microsoft":', b'"agree"', b"}", b"[", b"]", b"\xff\xfe", b"\x00", b"charset=",
                b"_charset_=utf-7&", b"answer.leave-microsoft=", b"a" * 5000,
            ]
        ),
    )  # fmt: skip

    @examples(share("bodies"))
    @given(
        st.sampled_from(
            [
                "/nl/result",
                "/api/v1/match",
                "/nl/class/join",
                "/nl/class/counted",
                "/nl/result.json",
            ]
        ),
        st.lists(pieces, max_size=20).map(b"".join),
        st.one_of(st.sampled_from(CONTENT_TYPES), printable),
        st.one_of(
            st.none(),
            st.sampled_from(["", "-1", "0", "9", "x", "1e3", "٣", "99999999999999999999", "5, 5"]),
        ),
    )
    def run(path: str, body: bytes, kind: str, length: str | None) -> None:
        environ = environment(path, "POST", input_stream=None, data=body)
        environ["CONTENT_TYPE"] = kind.encode().decode("latin-1")
        if length is not None:
            environ["CONTENT_LENGTH"] = length
        site.ask(environ)

    site.times(share("bodies"), run)
