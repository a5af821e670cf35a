from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    name = "phancong.personal_data"
