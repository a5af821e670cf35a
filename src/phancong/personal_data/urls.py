from django.urls import path

from phancong.personal_data.views import asking, own

app_name = "personal_data"
urlpatterns = [
    path("", own.held, name="held"),
    path("ai-duoc-xem/", own.viewers, name="viewers"),
    path("ai-da-xem/", own.looks, name="looks"),
    path("ban-cua-toi.json", own.copy_json, name="copy_json"),
    path("ban-cua-toi.pdf", own.copy_pdf, name="copy_pdf"),
    path("yeu-cau/", asking.requests, name="requests"),
    path("yeu-cau/<key:request_id>/rut/", asking.withdraw, name="withdraw"),
    path("sai/", asking.correction, name="correction"),
    path("phan-doi/", asking.objection, name="objection"),
]
