"""Pictures that were drawn before, the latest used, bounded by their bytes."""

from collections import OrderedDict

from bot.core.figures import Picture


class PictureCache:
    """Keeps pictures by key until they weigh too much, then forgets what was unused longest.

    Not for several threads at once: the painter holds its lock.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._pictures: OrderedDict[bytes, Picture] = OrderedDict()
        self._bytes = 0

    @property
    def size(self) -> int:
        """How many bytes of pictures are kept."""
        return self._bytes

    def get(self, key: bytes) -> Picture | None:
        """Return the picture, if it is still kept."""
        picture = self._pictures.get(key)
        if picture is not None:
            self._pictures.move_to_end(key)
        return picture

    def put(self, key: bytes, picture: Picture) -> None:
        """Keep a picture; one that weighs more than everything may is not kept."""
        if key in self._pictures or len(picture.png) > self._most_bytes:
            return
        self._pictures[key] = picture
        self._bytes += len(picture.png)
        while self._bytes > self._most_bytes:
            _, oldest = self._pictures.popitem(last=False)
            self._bytes -= len(oldest.png)
