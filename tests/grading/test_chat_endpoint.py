"""Addresses: encrypted, or near; and nothing leaves before that is certain."""

import socket

import pytest

from grading.chat_endpoint import Address, Line, is_near
from tests.grading.chat_server import serving


@pytest.mark.parametrize(
    ("url", "address", "place"),
    [
        ("https://api.openai.com/v1", (True, "api.openai.com", 443), "api.openai.com"),
        ("https://api.openai.com:8443/v1/", (True, "api.openai.com", 8443), "api.openai.com:8443"),
        ("http://localhost:11434/v1", (False, "localhost", 11434), "localhost:11434"),
        ("http://[::1]/v1", (False, "::1", 80), "::1"),
        ("http://ollama/v1", (False, "ollama", 80), "ollama"),
    ],
)
def test_a_url_names_where_to_ask(url, address, place):
    found = Address.of(url)

    assert found == (*address, "/v1/chat/completions")
    assert found.place == place


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:11434",
        "ftp://localhost/v1",
        "file:///etc/passwd",
        "http://",
        "https:///v1",
        "http://localhost:99999/v1",
        "http://localhost:port/v1",
        "https://user:password@host/v1",
        "https://host/v1?key=1",
        "https://host/v1#there",
        "https://host/v1\r\nX: y",
        "https://host/ v1",
        "http://api.openai.com/v1",
        "http://8.8.8.8/v1",
        "http://[2001:4860:4860::8888]/v1",
        "http://[::ffff:8.8.8.8]/v1",
        "http://localhost.example.com/v1",
        "http://10.example.com/v1",
    ],
)
def test_a_url_that_is_none_or_would_send_answers_unencrypted_is_refused(url):
    with pytest.raises(ValueError, match=r".") as raised:
        Address.of(url)

    assert "password" not in str(raised.value)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "coach.localhost",
        "ollama",
        "host.docker.internal",
        "printer.local",
        "ollama.models.svc.cluster.local",
        "127.0.0.1",
        "10.1.2.3",
        "172.17.0.1",
        "192.168.1.9",
        "169.254.3.4",
        "::1",
        "fd00::5",
        "fe80::1",
        "::ffff:10.0.0.1",
    ],
)
def test_what_is_in_the_own_network_is_near(host):
    assert is_near(host)


@pytest.mark.parametrize("host", ["172.32.0.1", "1.1.1.1", "example.com", "localdomain.org"])
def test_what_is_elsewhere_is_not(host):
    assert not is_near(host)


def test_a_near_name_that_leads_outside_gets_nothing(monkeypatch):
    with serving() as house:
        line = Line(Address.of(house.url.replace("127.0.0.1", "ollama")), 20)
        connect = socket.create_connection
        monkeypatch.setattr(
            socket,
            "create_connection",
            lambda place, *rest, **more: Far(connect(("127.0.0.1", place[1]), *rest, **more)),
        )

        with pytest.raises(ConnectionError, match="https"):
            line.post(b"{}", {})

        assert house.received == []


class Far:
    """A connection whose other end has a public address."""

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner

    def getpeername(self) -> tuple[str, int]:
        return "8.8.8.8", 80

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


def test_nothing_is_sent_after_hanging_up():
    with serving() as house:
        line = Line(Address.of(house.url), 20)
        line.hang_up()

        with pytest.raises(TimeoutError):
            line.post(b"{}", {})

        assert house.received == []


def test_a_certificate_of_nobody_is_refused():
    with serving() as house:
        line = Line(Address.of(house.url.replace("http:", "https:")), 20)

        with pytest.raises(OSError, match=r"SSL|ssl"):
            line.post(b"{}", {})

        assert house.received == []
