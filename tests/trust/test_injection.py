"""Item 26: words stay words: nothing that is sent becomes a part of a query."""

import ast
import re
from http import HTTPStatus
from pathlib import Path

from tests.trust.measures import measured
from tests.trust.visits import Place, all_parameters, all_places, body_of
from tests.trust.world import World

SOURCE = Path(__file__).resolve().parents[2] / "src"
HARMLESS = "khongcotuynay"
CORPUS = (
    "' OR '1'='1", "' OR 1=1--", "'; DROP TABLE members_member;--", '" OR ""="', "1 OR 1=1", "1) OR (1=1",
    "1; SELECT 1",
    "' UNION SELECT null,null--", "%' OR full_name LIKE '%", "\\' OR 1=1--", "1' AND SLEEP(5)--",
    "1' AND pg_sleep(5)--",
    "%", "_", "%%", "x%' ESCAPE '", "$$;SELECT 1;$$", "{}", "%(id)s", "%s", "?", ":1", "*", "/**/OR/**/1=1", "0x31",
    "CHAR(49)", "||'a'||", "`id`", "[id]", "\u02bc OR 1=1", "＇ OR 1=1",
)  # fmt: skip
READING = ("members:list", "roles:list", "roles:lend", "planning:list", "organizations:tree", "organizations:detail",
           "planning:why", "accounts:sign_in")  # fmt: skip
ASKED = (
    "tim",
    "sau",
    "nam",
    "noi",
    "loc",
    "hoi",
    "ai",
    "chi_bo",
    "dien",
    "trang_thai",
    "so_viec",
    "so_the",
    "ngay",
    "next",
)
READERS = {"roles:list": "văn_phòng", "roles:lend": "bí_thư_cùng", "accounts:sign_in": "khách"}
RAW = frozenset({"execute", "executemany", "executescript", "raw", "extra", "RawSQL", "cursor"})


def shape(answer: object) -> tuple[int, int, int]:
    """Status, and how many rows and links the page has."""
    body = body_of(answer)  # type: ignore[arg-type]
    return answer.status_code, len(re.findall(rb"<tr|<li", body)), body.count(b"/dang-vien/")  # type: ignore[attr-defined]


def test_a_query_in_a_parameter_finds_what_a_harmless_word_finds(world: World) -> None:
    """Each parameter by itself, on each page that reads any."""
    places = [place for place in all_places(world) if place.name in READING]
    wrong, tried = {}, 0
    for place in places:
        client = world.client(READERS.get(place.name, "bí_thư_cùng"))
        for name in ASKED:
            wanted = shape(client.get(place.url, {name: HARMLESS}))
            for number in range(0, len(CORPUS), len(ASKED)):
                text = CORPUS[(number + ASKED.index(name)) % len(CORPUS)]
                tried += 1
                if (found := shape(client.get(place.url, {name: text}))) != wanted:
                    wrong[f"{place.name} {name}={text}"] = (wanted, found)
    measured(26, "Chèn SQL vào từng tham số: kết quả khác", n=tried, wrong=len(wrong))
    assert wrong == {}


def test_a_search_by_every_text_of_the_corpus_finds_nobody(world: World) -> None:
    client = world.client("văn_phòng")
    found: dict[str, object] = {}
    for path in ("/dang-vien/", "/vai-tro/", "/to-chuc/", "/phan-cong/"):
        wanted = shape(client.get(path, {"tim": HARMLESS}))
        found |= {
            f"{path} {text}": got
            for text in CORPUS
            if (got := shape(client.get(path, {"tim": text}))) != wanted
        }
    measured(26, "Tìm bằng câu SQL: kết quả khác", n=4 * len(CORPUS), wrong=len(found))
    assert found == {}


def test_no_form_breaks_on_a_query_in_all_its_fields(world: World) -> None:
    names, broken, tried = all_parameters(), {}, 0
    for number, place in enumerate(all_places(world)):
        if place.name == "accounts:sign_out":
            continue
        for persona in ("bí_thư_cùng", "văn_phòng"):
            text = CORPUS[number % len(CORPUS)]
            answer = world.client(persona).post(
                place.url, dict.fromkeys((n for n in names if n != "tep"), text)
            )
            body_of(answer)  # type: ignore[arg-type]
            tried += 1
            if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                broken[_name(place, persona)] = text
    measured(26, "Chèn SQL vào mọi trường biểu mẫu: trang hỏng", n=tried, wrong=len(broken))
    assert broken == {}


def _name(place: Place, persona: str) -> str:
    return f"{persona} {place.name}"


# Statements that change the schema take no parameters; they are put together from names that stand in the same room.
SCHEMA = {"phancong/audit/append_only.py", "phancong/audit/net/hanging.py", "phancong/common/guards.py"}


def raw_sites() -> list[tuple[str, bool]]:
    """Every place that hands SQL over, and whether its text is fixed (values travel beside it)."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in RAW - {"cursor"}:
                fixed = bool(node.args) and isinstance(node.args[0], ast.Constant)
                found.append((f"{path.relative_to(SOURCE)}:{node.lineno} {name}", fixed))
    return found


def test_sql_that_is_written_by_hand_takes_its_values_beside_it() -> None:
    sites = raw_sites()
    wrong = [where for where, fixed in sites if not fixed and where.split(":")[0] not in SCHEMA]
    measured(26, "Câu SQL viết tay không tham số hóa", n=len(sites), wrong=len(wrong))
    assert wrong == []
