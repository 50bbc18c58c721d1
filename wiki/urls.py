"""The addresses of the wiki. They are stable: links, tests and other programs rely on them."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from wiki.views import browse, catalogue, history, keeping, pages

app_name = "wiki"


class NumberConverter(IntConverter):
    """The number of a version: from 1, and never more than a database can hold."""

    regex = history.NUMBER


register_converter(NumberConverter, "number")

urlpatterns = [
    path("", browse.start, name="start"),
    path("sidor/", browse.page_list, name="page_list"),
    path("sidor/ny/", pages.new, name="new"),
    path("sidor/<str:slug>.md", pages.source, name="source"),
    path("sidor/<str:slug>/", pages.show, name="page"),
    path("sidor/<str:slug>/redigera/", pages.edit, name="edit"),
    path("sidor/<str:slug>/historik/", history.history, name="history"),
    path("sidor/<str:slug>/version/<number:number>/", history.version, name="version"),
    path("sidor/<str:slug>/version/<number:number>.md", history.version_source, name="version_source"),
    path("sidor/<str:slug>/jamfor/<number:old>/<number:new>/", history.compare, name="compare"),
    path("sidor/<str:slug>/aterstall/<number:number>/", history.revert, name="revert"),
    path("sidor/<str:slug>/lankar-hit/", browse.links_here, name="links_here"),
    path("sidor/<str:slug>/byt-namn/", keeping.rename, name="rename"),
    path("sidor/<str:slug>/arkivera/", keeping.archive, name="archive"),
    path("forhandsgranska/", pages.preview, name="preview"),
    path("faktorer/<str:slug>/", catalogue.factor, name="factor"),
    path("kommuner/<str:slug>/", catalogue.municipality, name="municipality"),
    path("sok/", browse.search_pages, name="search"),
    path("andringar/", browse.changes, name="changes"),
]
