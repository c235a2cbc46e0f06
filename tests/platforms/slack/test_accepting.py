"""Where no file is left for a connection, whoever waits for one gets it as soon as there is."""

import errno
import os
import socket

import pytest

from bot.platforms.slack.accepting import NONE_LEFT, WHAT, PatientSocket
from tests.platforms.slack.conftest import Office
from tests.platforms.slack.emulator.server import signed
from tests.platforms.slack.test_server import EVENT, post, sent_to


class Exhausted:
    """A listening socket for whose connections there are no files at first."""

    def __init__(self, listening: socket.socket, number: int, times: int) -> None:
        self.listening, self.number, self.times = listening, number, times

    def accept(self) -> object:
        if self.times:
            self.times -= 1
            raise OSError(self.number, os.strerror(self.number))
        return self.listening.accept()

    def __getattr__(self, name: str) -> object:
        return getattr(self.listening, name)


@pytest.mark.parametrize("number", sorted(NONE_LEFT))
def test_it_is_said_once_that_no_file_is_left_and_once_that_there_are(
    number: int, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        patient = PatientSocket(Exhausted(listening, number, 3), pause=0.0)  # type: ignore[arg-type]
        for _ in range(3):
            with pytest.raises(TimeoutError):
                patient.accept()
        with socket.create_connection(patient.getsockname()):
            taken, _ = patient.accept()
            taken.close()

    assert caplog.messages[0] == f"fault: {WHAT}: {os.strerror(number)}"
    assert [each.partition(" works")[0] for each in caplog.messages[1:]] == [f"fault over: {WHAT}"]


def test_another_fault_stays_what_it_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        patient = PatientSocket(Exhausted(listening, errno.EBADF, 1))  # type: ignore[arg-type]
        with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
            patient.accept()


def test_who_found_no_file_left_is_answered_later(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    server = office.platform._server
    assert server is not None
    short = server._server.socket._listening = Exhausted(
        server._server.socket._listening, errno.EMFILE, 3
    )

    answer = sent_to(server.port, post(EVENT, **signed(EVENT)))

    assert answer.startswith(b"HTTP/1.1 200")
    assert short.times == 0
    assert "Error in HTTPServer.serve" not in caplog.text
