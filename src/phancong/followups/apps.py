"""Configuration of the app."""

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "phancong.followups"
