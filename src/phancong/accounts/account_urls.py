from django.urls import path

from phancong.accounts.views import accounts

app_name = "account_pages"
urlpatterns = [
    path("", accounts.account_list, name="list"),
    path("in-the/", accounts.cell_cards, name="cell_cards"),
    path("<key:user_id>/", accounts.account, name="detail"),
    path("<key:user_id>/the/", accounts.card, name="card"),
    path("<key:user_id>/ma/", accounts.one_time_codes, name="one_time_codes"),
    path("<key:user_id>/<slug:what>/", accounts.act, name="act"),
]
