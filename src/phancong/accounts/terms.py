"""Times and counts of signing in, from the rule pack `accounts`."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from phancong.rules import loader


@dataclass(frozen=True, slots=True)
class Terms:
    activation: timedelta
    one_time_codes: int
    password_least: int
    guesses_per_name_day: int
    guesses_per_address_hour: int
    known_device: timedelta
    step_up: timedelta
    idle: timedelta
    idle_second_factor: timedelta
    longest: timedelta
    longest_second_factor: timedelta


@cache
def terms_on(day: date) -> Terms:
    """The terms in force on `day`."""
    value = {row["code"]: row["value"] for row in loader.version("accounts", day)["term"]}
    return Terms(
        activation=timedelta(hours=value["activation_hours"]),
        one_time_codes=value["one_time_codes"],
        password_least=value["password_least"],
        guesses_per_name_day=value["guesses_per_name_day"],
        guesses_per_address_hour=value["guesses_per_address_hour"],
        known_device=timedelta(days=value["known_device_days"]),
        step_up=timedelta(minutes=value["step_up_minutes"]),
        idle=timedelta(minutes=value["idle_minutes"]),
        idle_second_factor=timedelta(minutes=value["idle_minutes_second_factor"]),
        longest=timedelta(hours=value["longest_hours"]),
        longest_second_factor=timedelta(hours=value["longest_hours_second_factor"]),
    )
