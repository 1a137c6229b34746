"""Ways to read facts that note what was asked for and what came of it."""

from .readings import Gap, Read, Reading


class Looking:
    """A ``Read`` that notes whether it was asked for something that was not looked at."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.met_unread = False

    def read(self, key: str) -> Reading:
        """What the ``Read`` inside says of the fact ``key``."""
        reading = self._read(key)
        self.met_unread = self.met_unread or reading.gap is Gap.UNREAD
        return reading


class Asked:
    """A ``Read`` that remembers what it answered."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._answers: dict[str, Reading] = {}

    def read(self, key: str) -> Reading:
        """What the ``Read`` inside says of the fact ``key``."""
        self._answers[key] = self._read(key)
        return self._answers[key]

    def with_gap(self, gap: Gap) -> tuple[str, ...]:
        """The facts that were asked for and had that gap, in the order of asking."""
        return tuple(key for key, reading in self._answers.items() if reading.gap is gap)
