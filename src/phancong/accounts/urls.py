from django.urls import path

from phancong.accounts.views import security, sign_in

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-nhap/buoc-hai/", sign_in.second_step, name="second_step"),
    path("dang-nhap/khoa/", sign_in.key_question, name="key_question"),
    path("dang-nhap/khoa/tra-loi/", sign_in.key_answer, name="key_answer"),
    path("kich-hoat/", sign_in.activate, name="activate"),
    path("xac-nhan/", sign_in.confirm, name="confirm"),
    path("thoat/", sign_in.sign_out, name="sign_out"),
    path("bao-mat/", security.security, name="security"),
    path("bao-mat/mat-khau/", security.password, name="password"),
    path("bao-mat/ung-dung-ma/", security.app, name="app"),
    path("bao-mat/ung-dung-ma/bo/", security.drop_app, name="drop_app"),
    path("bao-mat/khoa/", security.key_question, name="new_key_question"),
    path("bao-mat/khoa/tra-loi/", security.key_answer, name="new_key_answer"),
    path("bao-mat/khoa/<key:key_id>/bo/", security.drop_key, name="drop_key"),
    path("bao-mat/phien/<key:opened_id>/ket-thuc/", security.end_session, name="end_session"),
]
