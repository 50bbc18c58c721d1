"""The addresses of the site."""

from django.urls import include, path

from mittkoping import site

urlpatterns = [
    path("konto/", include("mittkoping.accounts.urls")),
    path("faktorer/", include("factors.urls")),
    path("kommuner/", include("mittkoping.municipalities.urls")),
    path("om/", site.about, name="about"),
    path("villkor/", site.terms, name="terms"),
    path("integritet/", site.privacy, name="privacy"),
    path("-/live", site.live, name="live"),
    path("", include("wiki.urls")),
]

handler400 = "mittkoping.site.bad_request"
handler403 = "mittkoping.site.permission_denied"
handler404 = "mittkoping.site.page_not_found"
handler429 = "mittkoping.site.too_many_attempts"
handler500 = "mittkoping.site.server_error"
