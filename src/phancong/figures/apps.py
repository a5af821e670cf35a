"""Configuration of the app."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "phancong.figures"
