from django.urls import path

from phancong.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log_list, name="list"),
    path("kiem-tra/", views.check_again, name="check"),
    path("xuat/", views.export, name="export"),
    path("moc-neo/", views.anchors, name="anchors"),
]
