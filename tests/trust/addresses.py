"""Every address of the product, filled in for a cell of the world."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.trust.world import World

# What stands in addresses besides ids: one value that exists.
WORDS = {
    "kind": "minutes",
    "group": "ky-luat",
    "ticket": "khong-co-ve-nay",
    "what": "ket-thuc-phien",
    "code": "tong-hop",
    "address": "cap.excellent.percent",
    "token": "khong-co-lich-nay",
}


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Name and pattern of each address, as the resolver knows them."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(found: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", pattern


def names_of(pattern: URLPattern) -> list[str]:
    return list(pattern.pattern.converters)


def values(world: World, pattern: URLPattern, cell: str) -> dict[str, object]:
    """Arguments of the address for the things of `cell`. Raises KeyError for an argument nobody has named here."""
    known: dict[str, object] = {**WORDS, "year": world.year}
    return {name: known[name] if name in known else world.things[name][cell] for name in names_of(pattern)}
