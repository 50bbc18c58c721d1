"""The addresses below /faktorer/ that need no pages."""

from django.urls import path

from factors import views

app_name = "factors"

urlpatterns = [
    path("", views.index, name="index"),
]
