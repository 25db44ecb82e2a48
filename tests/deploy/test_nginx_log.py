"""What the nginx that ships writes down: no client's address, whatever a client does."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.deploy.nginx import configured, port_on
from tests.processes import until

NO_TLS = b"\x16\x03\x01\xff\xff" + bytes(200)
NO_PROOF = (
    b"GET /.well-known/acme-challenge/x?canary HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
)


def answered(port: int, sent: bytes) -> bool:
    """Send this, and wait until nginx has answered or closed."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(sent)
            connection.recv(1)
    except ConnectionResetError:
        pass
    except ConnectionRefusedError:
        return False
    return True


@pytest.mark.parametrize(("level", "named"), [("emerg", False), ("info", True)])
def test_nginx_writes_no_address_down(tmp_path: Path, level: str, named: bool) -> None:
    """The control: it would with another level, and with Debian's own for all that names none."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    port, plain = port_on("127.0.0.1"), port_on("127.0.0.1")
    main = configured(tmp_path, port, ["127.0.0.1:1"], plain)
    main.write_text(main.read_text().replace(" crit;", " info;"))
    ours = tmp_path / "standpunt.conf"
    ours.write_text(ours.read_text().replace(" emerg;", f" {level};"))
    process = subprocess.Popen(
        [nginx, "-p", str(tmp_path), "-c", str(main), "-g", "daemon off;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(lambda: answered(plain, NO_PROOF))
        until(lambda: answered(port, NO_TLS))
    finally:
        process.terminate()
        process.wait(timeout=20)
    written = (tmp_path / "error.log").read_text()
    assert ("client: 127.0.0.1" in written, "canary" in written) == (named, named)
