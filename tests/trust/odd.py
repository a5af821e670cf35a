"""Requests that no honest browser sends, made from a seed: the same seed makes the same requests."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote_from_bytes

from django.db import transaction

from tests.trust.visits import Place, all_parameters, all_places
from tests.trust.world import PERSONAS, World

BATCH = 25

ODD_TEXTS = (
    "", " ", "0", "-1", "1", "1.5", "1e999", "NaN", "Infinity", "true", "null", "[]", "{}", "2026", "9" * 19,
    "9" * 400, "-" + "9" * 30, "１２３", "٣", "²", "𝟘", "\x00", "a\x00b", "\r\nX: y", "\t\v\f", "\u202eegnahc",
    "\u200f\u061c\u2066", "\ufeff", "\uffff", "\U0010ffff", "e\u0302\u0301" * 50, "Nguye\u0302\u0303n", "ﷺ" * 300,
    "İıſK", "'", '"', "\\", "%", "%s%n", "%00", "{{7*7}}", "${7*7}", "../../etc/passwd", "C:\\con", "<b>", "&#0;",
    "32/13/2026", "0000-00-00", "29/02/2027", "01/01/0001", "31/12/9999", "1/1/99999", "2026-11-23T00:00:00Z",
    "ngày 0 tháng 0 năm 0000", "=1+1", "a" * 300, "á" * 5_000, "\U0001f1fb" * 200, "on", "1,2,3", "C1", "secretary",
)  # fmt: skip
ODD_BYTES = (
    b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xed\xb0\x80\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80abc", b"\xe1\xbb",
    b"\xfe\xff\x00a", b"a" * 70_000,
)  # fmt: skip
HUGE = b"x" * 1_000_000
IDS = (
    "0",
    "1",
    "99999999",
    "9" * 19,
    "9" * 20,
    "9" * 200,
    "00000001",
    "-1",
    "1.0",
    "%00",
    "%ff",
    "%0a",
    "a",
    "%2e%2e",
)
HEADERS = (
    "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_HX_REQUEST", "HTTP_HX_CURRENT_URL",
    "HTTP_HX_TARGET", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_COOKIE",
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_CSRFTOKEN", "HTTP_ORIGIN", "HTTP_USER_AGENT",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
TYPES = (
    "application/json", "text/plain", "", "multipart/form-data", "multipart/form-data; boundary=", "x" * 500,
    "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=khong-co",
    "multipart/form-data; boundary=b; charset=utf-16",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Odd:
    """One request, ready to be sent again."""

    persona: str
    method: str
    path: str
    query: str
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.persona} {self.method} {self.path}?{self.query[:300]} [{self.content_type[:60]}] "
            f"{self.body[:300]!r} {self.headers!r:.300}"
        )


def odd_requests(seed: str, count: int, *, places: list[Place], personas: tuple[str, ...]) -> Iterator[Odd]:
    """`count` requests. Every address comes up about equally often; huge values are rare."""
    dice = random.Random(seed)
    names = all_parameters()
    for _ in range(count):
        path = _path(dice, dice.choice(places).url)
        query = _pairs(dice, names, most=3).decode("ascii")
        method = dice.choices(("GET", "POST", "HEAD"), (5, 5, 1))[0]
        persona, headers = dice.choice(personas), _headers(dice)
        if method != "POST":
            yield Odd(persona, method, path, query, headers=headers)
            continue
        body, kind = _body(dice, names)
        yield Odd(persona, method, path, query, body, kind, headers)


def _path(dice: random.Random, path: str) -> str:
    parts = path.split("/")
    places = [
        number for number, part in enumerate(parts) if part and (part.isdigit() or dice.random() < 0.02)
    ]
    if places and dice.random() < 0.15:
        parts[dice.choice(places)] = dice.choice(IDS)
    return "/".join(parts)


def _value(dice: random.Random) -> bytes:
    roll = dice.random()
    if roll < 0.002:
        return HUGE
    if roll < 0.12:
        return dice.choice(ODD_BYTES)
    if roll < 0.25:
        return str(dice.randrange(1, 60)).encode()
    one = dice.choice(ODD_TEXTS).encode("utf-8", "surrogatepass")
    return one if roll < 0.9 else one + dice.choice(ODD_TEXTS).encode("utf-8", "surrogatepass")


def _pairs(dice: random.Random, names: list[str], *, most: int) -> bytes:
    pairs = []
    for _ in range(dice.randrange(most + 1)):
        name = dice.choice(names)
        if dice.random() < 0.05:
            name += dice.choice(("[]", "[0]", "%00", "%ff", ".x"))
        pairs += [f"{name}={quote_from_bytes(_value(dice))}"] * dice.choices((1, 2, 5), (8, 2, 1))[0]
    return dice.choice(("&", "&", "&", "&&", ";")).join(pairs).encode("ascii")


def _body(dice: random.Random, names: list[str]) -> tuple[bytes, str]:
    roll = dice.random()
    if roll < 0.55:
        return _pairs(dice, names, most=8), FORM
    if roll < 0.65:
        return _value(dice), dice.choice((*TYPES, FORM))
    boundary = b"ranh"
    body = b"".join(_part(dice, names, boundary) for _ in range(dice.randrange(1, 8)))
    if dice.random() < 0.7:
        body += b"--" + boundary + b"--\r\n"
    if dice.random() < 0.2:
        body = body[: dice.randrange(len(body))]
    return body, "multipart/form-data; boundary=ranh"


def _part(dice: random.Random, names: list[str], boundary: bytes) -> bytes:
    name = dice.choice(names).encode()
    head = b'Content-Disposition: form-data; name="' + name + b'"'
    if name == b"tep" or dice.random() < 0.1:
        file_name = dice.choice(
            (b"a.xlsx", b"../../a.xlsx", b"", b"\xff.xlsx", b"a\x00.xlsx", b"x" * 3_000, b'a"b')
        )
        head += b'; filename="' + file_name + b'"\r\nContent-Type: ' + dice.choice((b"", b"a/b", b"\xff"))
    if dice.random() < 0.05:
        head += b"\r\nContent-Transfer-Encoding: base64"
    return b"--" + boundary + b"\r\n" + head + b"\r\n\r\n" + _value(dice) + b"\r\n"


def _headers(dice: random.Random) -> dict[str, str]:
    if dice.random() > 0.15:
        return {}
    text = dice.choice(ODD_TEXTS).encode("utf-8", "surrogatepass").decode("latin-1")
    return {dice.choice(HEADERS): text}


class Sender:
    """Sends batches of odd requests as everybody; each batch ends with the database as it was before."""

    def __init__(self, world: World, seed: str) -> None:
        self.seed, self.places = seed, all_places(world)
        self.clients = {persona: world.client(persona) for persona in PERSONAS}
        self.cookies = {
            persona: client.cookies.output(header="", sep=";") for persona, client in self.clients.items()
        }
        self.statuses: Counter[int] = Counter()
        self.breakdowns: list[str] = []
        for client in self.clients.values():
            client.raise_request_exception = False

    def send(self, batch: int) -> None:
        """The same batch of the same seed is the same requests against the same database."""
        for persona, client in self.clients.items():
            client.cookies.clear()
            client.cookies.load(self.cookies[persona])
        with transaction.atomic():
            for odd in odd_requests(f"{self.seed}:{batch}", BATCH, places=self.places, personas=PERSONAS):
                status = self._status(odd)
                self.statuses[status] += 1
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    self.breakdowns.append(f"{batch}: {odd}")
            transaction.set_rollback(True)

    def _status(self, odd: Odd) -> int:
        answer = self.clients[odd.persona].generic(
            odd.method,
            odd.path,
            odd.body,
            odd.content_type,
            QUERY_STRING=odd.query,
            **odd.headers,  # type: ignore[arg-type]
        )
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        return int(answer.status_code)
