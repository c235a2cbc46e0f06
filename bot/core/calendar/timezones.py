"""From what a person types to a time zone of the IANA database."""

import zoneinfo
from functools import cache

from rapidfuzz import fuzz, process

from bot.core.errors import UnknownZone

LONGEST_ZONE = 64
"""No zone has half as many characters; more is not compared with every name."""

MOST_SUGGESTIONS = 5

NEAR_ENOUGH = 60.0
"""Names less similar (0 to 100) than this share letters by chance: Lima is not near Limerick."""


def zone_named(words: str) -> str:
    """Return the zone with this name, or the only one of this city; case and spaces do not matter.

    Raises:
        UnknownZone: there is none, or more than one city; carries the names nearest to the words.
    """
    words = words.strip()
    wanted = _folded(words[:LONGEST_ZONE])
    name = _by_name().get(wanted)
    cities = _by_city().get(wanted, ())
    if name is None and len(cities) == 1:
        (name,) = cities
    if name is None or len(words) > LONGEST_ZONE:
        raise UnknownZone(words, cities or _nearest(wanted))
    return name


def zones_near(words: str, most: int) -> tuple[str, ...]:
    """Return names of zones while somebody types: what holds the words, then what is like them."""
    wanted = _folded(words[:LONGEST_ZONE])
    names = _by_name()
    begins = [
        zone for city, zones in _by_city().items() if city.startswith(wanted) for zone in zones
    ]
    holds = [name for folded, name in names.items() if wanted in folded]
    return tuple(dict.fromkeys((*begins, *holds, *_nearest(wanted))))[:most]


def _nearest(wanted: str) -> tuple[str, ...]:
    cities, names = _by_city(), _by_name()
    hits = process.extract(wanted, [*cities, *names], scorer=fuzz.ratio, limit=2 * MOST_SUGGESTIONS)
    zones = [
        zone
        for found, score, _ in hits
        if score >= NEAR_ENOUGH
        for zone in cities.get(found, (names.get(found, ""),))
    ]
    return tuple(dict.fromkeys(zones))[:MOST_SUGGESTIONS]


@cache
def _by_name() -> dict[str, str]:
    names = zoneinfo.available_timezones() - _NOBODYS
    return {_folded(name): name for name in sorted(names)}


@cache
def _by_city() -> dict[str, tuple[str, ...]]:
    """Return the zones of each city; several zones may have a city of that name."""
    zones: dict[str, tuple[str, ...]] = {}
    for folded, name in _by_name().items():
        region, _, city = folded.rpartition("/")
        if region and region not in _NO_REGIONS:
            zones[city] = (*zones.get(city, ()), name)
    return zones


_NO_REGIONS = {"etc", "us", "canada", "brazil", "chile", "mexico", "systemv"}
"""What follows these is no city but an offset or an older name of a zone."""


_NOBODYS = {"Factory", "localtime", "posixrules"}
"""These stand for the zone of a machine, not of a person."""


def _folded(words: str) -> str:
    return "_".join(words.casefold().replace("_", " ").split())


def offered_zones(
    _user: object, _place: object, typed: str, most: int
) -> tuple[tuple[str, str], ...]:
    """Offer zones to everybody alike while they type a city."""
    return tuple((zone.replace("_", " "), zone) for zone in zones_near(typed, most))
