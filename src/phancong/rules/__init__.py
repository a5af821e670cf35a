"""The rules of the Party as data: TOML packs in `rules/` with days, sources and whether each value is confirmed."""

from phancong.rules.loader import Rules, on

__all__ = ["Rules", "on"]
