from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "phancong.organizations"
