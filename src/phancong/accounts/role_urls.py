from django.urls import path

from phancong.accounts.views import roles as views

app_name = "roles"
urlpatterns = [
    path("ai-lam-duoc-gi/", views.who_may, name="who_may"),
    path("vai-tro/", views.role_list, name="list"),
    path("vai-tro/giao/<key:user_id>/", views.give, name="give"),
    path("vai-tro/<key:appointment_id>/thoi/", views.end, name="end"),
    path("uy-quyen/", views.lend, name="lend"),
]
