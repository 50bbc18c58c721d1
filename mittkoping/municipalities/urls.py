"""The addresses below /kommuner/ that need no pages."""

from django.urls import path

from mittkoping.municipalities import views

app_name = "municipalities"

urlpatterns = [
    path("", views.index, name="index"),
]
