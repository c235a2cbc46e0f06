"""Load the model and the knowledge base while the learner reads the question."""

import threading
from collections.abc import Callable

Prepare = Callable[[], None]


class WarmUp:
    """Run a preparation once, in the background.

    A failure is kept quiet here: whoever needs the model next meets the same failure and can
    tell the learner in the right place.
    """

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless begun before."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="warm-up", daemon=True)
            self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether the preparation is under way."""
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._prepare()
        except Exception:  # noqa: BLE001 see the class: reported where it is needed
            return
