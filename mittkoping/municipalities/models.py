"""Reference data: municipalities, with their county and SKR group."""

from typing import Self

from django.db import models
from django.urls import reverse


class County(models.Model):
    """One of 21 counties (län)."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """One of nine municipality groups, after SKR's classification of 2023 (A1–C9)."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Questions about many municipalities."""

    def real(self) -> Self:
        """The 290 of Sweden: what every count is about."""
        return self.filter(is_fictional=False)

    def fictional(self) -> Self:
        """The invented ones of the demo content."""
        return self.filter(is_fictional=True)

    def in_order(self) -> Self:
        """In Swedish alphabetical order."""
        return self.order_by("sort_key")


class Municipality(models.Model):
    """One municipality, under its four-digit code at SCB (99xx when it is fictional)."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    sort_key = models.CharField(max_length=400, db_index=True)
    county = models.ForeignKey(
        County, on_delete=models.PROTECT, null=True, blank=True, related_name="municipalities"
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="municipalities")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)
    domain = models.CharField(max_length=80, blank=True)
    map_path = models.TextField(blank=True)
    map_x = models.FloatField(null=True, blank=True)
    map_y = models.FloatField(null=True, blank=True)
    is_fictional = models.BooleanField(default=False)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The municipality's own page."""
        return reverse("wiki:municipality", args=[self.slug])
