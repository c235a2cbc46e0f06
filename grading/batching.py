"""One encoder for many threads: requests wait in a bounded queue, and one thread embeds them.

For servers; nothing here is needed, or wired, where one person answers at a time. The queue keeps
a rush from taking all memory and tells who comes too late, and with one thread the model has one
pool of threads of its own instead of one for each caller.

What shares a pass changes the last bits of a vector (by up to 4e-7 in float32, 1e-3 in bfloat16). A
score on the edge between two roundings, or a point on the edge of a threshold, would then depend on
who else was answering. So by default requests share a pass only where that changes nothing: when
they are equal. On a CPU little is lost, because the sentences of one answer fill a pass already.
`mixed` shares a pass among all that wait; it is for an accelerator.
"""

import contextlib
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, wait
from itertools import accumulate
from types import TracebackType
from typing import Self

from grading.encoder import Encoded, Encoder
from grading.errors import GraderBusy, ModelUnavailable

MAX_WAITING = 128
"""Requests that may wait; at 20 answers a second the last of them waits for six seconds."""

PASS_TEXTS = 64
"""Texts that requests may bring together into one call of the encoder; a larger request goes
alone."""

ALIVE_SECONDS = 1.0
"""How often a waiting caller looks whether the worker still lives."""


class _Request:
    """Texts that one caller wants embedded, and where their vectors are put."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        self.vectors: Future[list[Encoded]] = Future()


class BatchingEncoder:
    """Embed for many threads at once with one worker thread; a context manager.

    The first request after a pause is embedded at once: nothing waits for company. The worker
    starts with the first request and anew if it should die.
    """

    def __init__(
        self,
        encoder: Encoder,
        *,
        mixed: bool = False,
        max_waiting: int = MAX_WAITING,
        pass_texts: int = PASS_TEXTS,
    ) -> None:
        """Wrap an encoder.

        Args:
            encoder: does the embedding, always in the same thread.
            mixed: embed different requests in one pass. Faster on an accelerator, but the last
                bits of a vector then depend on what else was embedded.
            max_waiting: requests that may wait, besides those being embedded.
            pass_texts: texts that requests may bring together into one call of the encoder.
        """
        self._encoder = encoder
        self._mixed = mixed
        self._max_waiting = max_waiting
        self._pass_texts = pass_texts
        self._changed = threading.Condition()
        self._waiting: deque[_Request] = deque()
        self._taken: list[_Request] = []
        self._worker: threading.Thread | None = None
        self._closed = False

    @property
    def model_id(self) -> str:
        """Return the name of the wrapped encoder's vectors."""
        return self._encoder.model_id

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of each text, in order; called from any thread.

        Raises:
            GraderBusy: too many requests wait already.
            ModelUnavailable: the model cannot be loaded, or the encoder was closed.
        """
        if not texts:
            return []
        request = _Request(texts)
        with self._changed:
            if self._closed:
                raise self._stopped()
            if len(self._waiting) >= self._max_waiting:
                raise GraderBusy(len(self._waiting))
            self._waiting.append(request)
            self._ensure_worker()
            self._changed.notify_all()
        return self._vectors(request)

    def close(self) -> None:
        """Let the request in work finish, refuse those that wait, and end the worker."""
        with self._changed:
            self._closed = True
            worker = self._worker
            refused = list(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
        for request in refused:
            _fail(request, self._stopped())
        if worker is not None and worker is not threading.current_thread():
            worker.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _vectors(self, request: _Request) -> list[Encoded]:
        """Wait for the vectors as long as somebody works on them."""
        try:
            while wait([request.vectors], ALIVE_SECONDS).not_done:
                with self._changed:
                    self._ensure_worker()
            return request.vectors.result()
        except BaseException:
            request.vectors.cancel()
            raise

    def _ensure_worker(self) -> None:
        """Start the worker unless it lives; fail what a dead one had taken. Holds the lock."""
        if self._worker is not None and self._worker.is_alive():
            return
        for request in self._taken:
            _fail(request, RuntimeError("the thread that embeds texts has died"))
        self._taken = []
        if self._waiting:
            self._worker = threading.Thread(target=self._work, name="encoder", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        """Embed what waits until closed; on an error that ends threads, a new worker takes over."""
        while requests := self._next():
            for group in self._groups(requests):
                self._embed(group)

    def _next(self) -> list[_Request]:
        """Wait for requests and take as many as fit into one pass; none when closed."""
        with self._changed:
            self._taken = []
            self._changed.wait_for(lambda: self._waiting or self._closed)
            size = 0
            while self._waiting:
                size += len(self._waiting[0].texts)
                if self._taken and size > self._pass_texts:
                    break
                self._taken.append(self._waiting.popleft())
            return self._taken

    def _groups(self, requests: Sequence[_Request]) -> list[list[_Request]]:
        """Return the requests that share a pass, in the order of arrival."""
        wanted = [request for request in requests if request.vectors.set_running_or_notify_cancel()]
        if self._mixed:
            return [wanted] if wanted else []
        groups: dict[tuple[str, ...], list[_Request]] = {}
        for request in wanted:
            groups.setdefault(request.texts, []).append(request)
        return list(groups.values())

    def _embed(self, group: Sequence[_Request]) -> None:
        """Embed equal requests once, and give each caller its vectors or its own error."""
        distinct = list(dict.fromkeys(request.texts for request in group))
        try:
            vectors = self._encoder.encode([text for texts in distinct for text in texts])
        except Exception as error:  # noqa: BLE001 raised again where the texts came from
            if len(distinct) == 1:
                for request in group:
                    _fail(request, error)
            else:
                for request in group:
                    self._embed([request])
            return
        starts = dict(zip(distinct, accumulate(map(len, distinct), initial=0), strict=False))
        for request in group:
            start = starts[request.texts]
            request.vectors.set_result(vectors[start : start + len(request.texts)])

    def _stopped(self) -> ModelUnavailable:
        return ModelUnavailable(self.model_id, "the coach is stopping")


def _fail(request: _Request, error: BaseException) -> None:
    """Hand an error to a caller who has not been answered."""
    with contextlib.suppress(Exception):
        request.vectors.set_exception(error)
