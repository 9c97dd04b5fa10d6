"""The catalogue in force: what stands on its topic, or the configured file while nothing stands there."""

import logging
from collections.abc import Callable, Mapping

from schemas.catalogue import CatalogueCodec
from schemas.framing import UndecodableError
from streams.domain.catalogue import Catalogue
from streams.domain.catalogue_entries import catalogue_from

log = logging.getLogger(__name__)


class LiveCatalogue:
    """Gives the catalogue in force to whoever calls it; a new one takes the old one's place as a whole."""

    def __init__(self, file: Catalogue, codec: CatalogueCodec, taken: Callable[[], None]) -> None:
        """`taken` is called whenever the topic was looked at to its end."""
        self._file = self._current = file
        self._codec = codec
        self._taken = taken
        self.known = False
        """Whether the topic was looked at; before that, no decision may be judged."""

    def __call__(self) -> Catalogue:
        """Return the catalogue in force."""
        return self._current

    def take(self, values: Mapping[str, bytes]) -> None:
        """Take up what stands on the topic. Raises `UnavailableError` while the schema registry is away.

        Where an entry there is broken, the catalogue stays as it was.
        """
        try:
            found = catalogue_from([self._codec.decode(value) for value in values.values()])
        except (UndecodableError, ValueError, KeyError) as error:
            log.warning("the catalogue's topic holds a broken entry (%s): nothing of it is taken up", error)
        else:
            self._current = found or self._file
            source = "its topic" if found else "the configured file"
            log.info(
                "catalogue %s of %s, with %d departments",
                self._current.version,
                source,
                len(self._current.codes()),
            )
        self.known = True
        self._taken()
