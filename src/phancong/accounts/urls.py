from django.urls import path

from phancong.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("thoat/", views.sign_out, name="sign_out"),
]
