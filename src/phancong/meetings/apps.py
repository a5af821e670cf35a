"""Configuration of the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "phancong.meetings"
