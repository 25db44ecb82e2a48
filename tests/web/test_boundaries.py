"""What comes in at the edge: host names, proxies' headers, addresses, odd and huge bodies."""

from __future__ import annotations

import gc
import json
import re
import tracemalloc
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from quiz.web.app import create_app
from quiz.web.settings import Settings

HOSTS = [
    "evil.example", "quiz.example.evil.example", "evil.example/quiz.example", "quiz.example@evil.example",
    "quiz.example:80:evil", "a b", "", "[::1", "é.example", "<script>", "quiz.example\\evil",
]  # fmt: skip


def raw(app: Flask, path: str, method: str = "GET") -> tuple[int, Headers, bytes]:
    """Ask with a path as a server hands it over: not one part of it put right."""
    environ = EnvironBuilder(path="/", method=method).get_environ()
    environ["PATH_INFO"], _, environ["QUERY_STRING"] = path.partition("?")
    parts, status, headers = run_wsgi_app(app, environ, buffered=True)
    return int(status[:3]), headers, b"".join(parts)


def make(folder: Path, **settings: object) -> FlaskClient:
    app = create_app(Settings(content=folder, **settings))  # type: ignore[arg-type]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app.test_client()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/nl", "/nl/quiz", "/api/v1/quiz", "/nothing/at/all"])
def test_another_host_name_is_refused_in_a_line(content_folder: Path, host: str, path: str) -> None:
    client = make(content_folder, trusted_hosts=("quiz.example",))
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 400
    assert response.get_data(as_text=True) == "This host name is not served here.\n"
    assert client.get(path, headers={"Host": "quiz.example:8443"}).status_code != 400


@pytest.mark.parametrize("host", [".", "a..b", "x" * 64])
@pytest.mark.parametrize("path", ["/", "/nl/", "/api/v1/quiz", "/nothing"])
def test_a_host_that_is_no_name_is_refused_in_words(
    content_folder: Path, host: str, path: str
) -> None:
    """No page can be made for it, an error page no more than another: its links need a host."""
    response = make(content_folder).get(path, headers={"Host": host})
    assert response.status_code == 400
    assert response.get_data(as_text=True) == "This host name is not served here.\n"


@pytest.mark.parametrize("host", HOSTS)
def test_where_any_host_is_served_none_is_repeated(content_folder: Path, host: str) -> None:
    client = make(content_folder)
    for path in ("/", "/nl", "/nl/", "/nl/quiz", "/.well-known/security.txt"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code < 400
        assert "evil" not in str(response.headers) + response.get_data(as_text=True)
    assert client.get("/nl/").get_data() == client.get("/nl/", headers={"Host": host}).get_data()


def test_the_start_page_names_the_operators_host_not_the_visitors(content_folder: Path) -> None:
    client = make(content_folder, trusted_hosts=(".example.org", "quiz.example"))
    page = client.get("/nl/", headers={"Host": "evil.example.org"}).get_data(as_text=True)
    assert '<meta property="og:url" content="https://quiz.example/nl/">' in page
    assert 'content="https://quiz.example/static/' in page
    assert "evil" not in page


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example", "//evil.example/", "///evil.example/nl", "/nl//evil.example", "/\\evil.example",
        "/nl", "/nl?next=https://evil.example", "/%2f%2fevil.example", "/nl/..//evil.example",
        "/nl/%0d%0aLocation:%20https://evil.example", "/?url=//evil.example", "/https://evil.example",
        "/nl/class/board?next=//evil.example", "/nl/result?to=https://evil.example", "/.//evil.example",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_redirect_leaves_the_site(app: Flask, path: str, method: str) -> None:
    for _ in range(5):
        status, headers, _ = raw(app, path, method)
        place = headers.get("Location")
        if place is None:
            break
        assert re.match(r"/(?![/\\])[^\r\n]*$", place), place
        path, method = unquote(place), "GET"
    assert status in {200, 400, 404, 405, 409}


FORWARDED = {
    "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "6.6.6.6",
    "X-Forwarded-Port": "444", "X-Forwarded-Prefix": "/evil", "Forwarded": "host=evil.example;proto=https",
    "X-Original-URL": "/nl/privacy", "X-Rewrite-URL": "/nl/privacy", "X-HTTP-Method-Override": "DELETE",
}  # fmt: skip


def test_proxies_headers_count_for_nothing_without_proxies(content_folder: Path) -> None:
    plain, named = make(content_folder), make(content_folder, trusted_hosts=("quiz.example",))
    for client, host in ((plain, "localhost"), (named, "quiz.example")):
        usual = client.get("/nl/quiz", headers={"Host": host})
        odd = client.get("/nl/quiz", headers={"Host": host} | FORWARDED)
        assert odd.get_data() == usual.get_data()
        assert "Strict-Transport-Security" not in odd.headers


def test_the_guides_counts_of_proxies_are_right(content_folder: Path) -> None:
    """Each proxy of a row adds the host and the protocol; what a visitor sent stands before."""
    guide = (Path(__file__).parents[2] / "docs/deploy.md").read_text(encoding="utf-8")
    section = guide.partition("## Behind a proxy")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.*) \| (\d) \|$", section, re.MULTILINE)
    assert [int(count) for _, count in rows] == [0, 1, 1, 1, 2]
    for _, count in rows:
        client = make(content_folder, proxies=int(count), trusted_hosts=("quiz.example",))
        added = ["quiz.example"] * int(count)
        headers = {
            "Host": "quiz.example",
            "X-Forwarded-Host": ", ".join(["evil.example", *added]),
            "X-Forwarded-Proto": ", ".join(["http", *["https"] * int(count)]),
        }
        response = client.get("/nl/quiz", headers=headers)
        assert response.status_code == 200
        assert ("Strict-Transport-Security" in response.headers) is (count != "0")
        one_too_few = make(content_folder, proxies=int(count) + 1, trusted_hosts=("quiz.example",))
        assert one_too_few.get("/nl/quiz", headers=headers).status_code == 400  # the control


def test_nginx_writes_the_headers_of_proxies_anew() -> None:
    conf = (Path(__file__).parents[2] / "deploy/nginx.conf").read_text(encoding="utf-8")
    written = dict(re.findall(r"proxy_set_header X-Forwarded-(\w+) (.*);", conf))
    assert written == {"For": "$remote_addr", "Proto": "$scheme", "Host": "$host", "Prefix": '""'}


def test_one_proxy_is_believed_once(content_folder: Path) -> None:
    client = make(content_folder, proxies=1, trusted_hosts=("quiz.example",))
    good = {"X-Forwarded-Host": "quiz.example", "X-Forwarded-Proto": "https"}
    response = client.get("/nl/quiz", headers=good)
    assert response.status_code == 200
    assert "Strict-Transport-Security" in response.headers
    # what a visitor adds stands before what the proxy adds, and only the last one counts
    both = {"X-Forwarded-Host": "evil.example, quiz.example", "X-Forwarded-Proto": "https"}
    assert client.get("/nl/quiz", headers=both).status_code == 200
    assert client.get("/nl/quiz", headers={"X-Forwarded-Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "name",
    [
        "../security.py", "..%2fsecurity.py", "%2e%2e%2fsecurity.py", "....//security.py", "/etc/passwd",
        "..\\security.py", "standpunt.css%00", "standpunt.css/..", "%252e%252e%252fsecurity.py", ".",
        "..", "", "standpunt.css/", "STANDPUNT.CSS", "con", "~", "standpunt.css;x",
    ],
)  # fmt: skip
def test_only_the_static_files_are_served(app: Flask, name: str) -> None:
    client = app.test_client()
    page = client.get("/nl/").get_data(as_text=True)
    version = page.partition("/static/")[2].partition("/")[0]
    assert client.get(f"/static/{version}/standpunt.css").status_code == 200
    for path in (f"/static/{version}/{name}", f"/static/{name}/standpunt.css", f"/static/{name}"):
        for spelled in (path, unquote(path)):
            status, _, body = raw(app, spelled)
            assert status in {308, 404}
            assert b"from __future__" not in body


PARTS = b"".join(
    b'--b\r\nContent-Disposition: form-data; name="x%d"\r\n\r\n1\r\n' % number
    for number in range(5000)
)
FILES = b"".join(
    b'--b\r\nContent-Disposition: form-data; name="f"; filename="../../%d"\r\n\r\n1\r\n' % number
    for number in range(1999)
)
MULTIPART = "multipart/form-data; boundary=b"
FORM = "application/x-www-form-urlencoded"
BODIES = {
    "many parts": (PARTS + b"--b--", MULTIPART, 413),
    "many files": (FILES + b"--b--", MULTIPART, 400),
    "one huge part": (
        b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n' + b"x" * 255_000 + b"\r\n--b--",
        MULTIPART, 400,
    ),
    "endless part header": (b"--b\r\nContent-Disposition: " + b"x" * 200_000, MULTIPART, 400),
    "parts without a name": (
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", MULTIPART, 400,
    ),
    "no boundary": (b"--b\r\n", "multipart/form-data", 400),
    "empty boundary": (b"--\r\n", "multipart/form-data; boundary=", 400),
    "boundary of control characters": (b"x", "multipart/form-data; boundary=\x01\x02", 400),
    "too large": (b"x" * 262_145, FORM, 413),
    "many fields": (b"&".join(b"a%d=1" % number for number in range(30_000)), FORM, 400),
    "many equal fields": (b"double=leave-microsoft&" * 10_000, FORM, 400),
    "nothing but ampersands": (b"&" * 250_000, FORM, 400),
    "half escapes": (b"answer.%=%%%&%f=%zz&answer.leave-microsoft=%ff%fe", FORM, 400),
    "zero bytes": (b"answer.leave-microsoft=agree\x00&\x00=\x00", FORM, 400),
    "another charset": ("answer.leave-microsoft=agree".encode("utf-16"), FORM, 400),
    "utf-7": (b"answer.leave-microsoft=+ADw-script+AD4-", f"{FORM}; charset=utf-7", 400),
    "unknown charset": (b"answer.leave-microsoft=x", f"{FORM}; charset=nothing", 400),
    "json": (b'{"answer.leave-microsoft": "agree"}', "application/json", 400),
    "xml with an entity": (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "text/xml", 400,
    ),
    "no type": (b"answer.leave-microsoft=agree", "", 400),
    "a type that is none": (b"x", "/////;;;==", 400),
    "an odd compression": (b"\x1f\x8b\x08", "application/gzip", 400),
}  # fmt: skip


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("path", ["/nl/result", "/nl/result.json"])
def test_odd_and_huge_bodies_are_refused(client: FlaskClient, path: str, kind: str) -> None:
    body, content_type, status = BODIES[kind]
    response = client.post(path, data=body, content_type=content_type)
    assert response.status_code == status
    assert "root:" not in response.get_data(as_text=True)


DEEP = {
    "lists": b"[" * 60_000 + b"]" * 60_000,
    "objects": b'{"a":' * 40_000,
    "answers": b'{"answers": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "one key many times": b'{"answers": {' + b'"a":"agree",' * 15_000 + b'"a":"agree"}}',
    "a long number": b'{"answers": {"leave-microsoft": ' + b"9" * 200_000 + b"}}",
    "a lone surrogate": b'{"answers": {"\\ud800": "agree"}}',
    "a lone surrogate as a field": b'{"\\ud800": 1}',
    "not a number": b'{"answers": {"leave-microsoft": NaN}}',
    "prototype": b'{"__proto__": {"answers": {"leave-microsoft": "agree"}}}',
    "many doubles": json.dumps(
        {"answers": {"leave-microsoft": "agree"}, "double": ["leave-microsoft"] * 12_000 + ["x"]}
    ).encode(),
}


@pytest.mark.parametrize("kind", DEEP)
@pytest.mark.parametrize("content_type", ["application/json", "text/plain", MULTIPART, ""])
def test_deep_and_odd_json_is_refused(client: FlaskClient, kind: str, content_type: str) -> None:
    response = client.post("/api/v1/match", data=DEEP[kind], content_type=content_type)
    assert response.status_code == 400
    assert response.json["error"]["message"]


@pytest.mark.parametrize(
    ("address", "wanted"), [("/nl/result", 400), ("/nl/result.json", 400), ("/nl/quiz", 200)]
)
@pytest.mark.parametrize(
    "rest",
    [b"&double=%FF%FE", b"&answer.%FF=agree", b"&".join(b"&f%d=1" % n for n in range(10_000))],
)
def test_answers_beside_bytes_or_fields_that_mean_nothing_stay(
    client: FlaskClient, address: str, wanted: int, rest: bytes
) -> None:
    response = client.post(address, data=b"answer.leave-microsoft=agree" + rest, content_type=FORM)
    assert response.status_code == wanted
    page = response.get_data(as_text=True)
    assert re.findall(r'name="answer\.([^"]+)"\s+value="([^"]+)"[^>]*\schecked', page)[0][0] == (
        "leave-microsoft"
    )


@pytest.mark.parametrize("rest", [b"&b=%FF", b"&b", b"&&", b"&=", b"&a=b=c;d=e"])
def test_a_field_that_means_nothing_changes_nothing(client: FlaskClient, rest: bytes) -> None:
    sent = b"answer.leave-microsoft=agree&answer.ban-datacenters=disagree"
    pages = [
        client.post("/nl/result", data=body, content_type=FORM) for body in (sent, sent + rest)
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].get_data() == pages[1].get_data()


def test_a_form_is_read_the_same_however_its_letters_are_encoded(client: FlaskClient) -> None:
    plain = client.post("/nl/result", data=b"answer.leave-microsoft=agree", content_type=FORM)
    encoded = client.post(
        "/nl/result", data=b"%61nswer%2Eleave%2Dmicrosoft=a%67ree", content_type=FORM
    )
    assert plain.status_code == encoded.status_code == 200
    assert plain.get_data() == encoded.get_data()


def test_headers_without_end_do_not_fill_the_memory(app: Flask) -> None:
    client = FlaskClient(app)

    def kept(number: int) -> int:
        """Return how many bytes more are in use after so many requests."""
        before = tracemalloc.get_traced_memory()[0]
        for each in range(number):
            encodings = f"{number}-{each}-" + 100_000 * "x"
            assert client.get("/nl/quiz", headers={"Accept-Encoding": encodings}).status_code == 200
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before

    tracemalloc.start()
    try:
        kept(1)
        assert kept(20) < 500_000  # of two million
    finally:
        tracemalloc.stop()
