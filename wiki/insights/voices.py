"""Which municipalities have written about something, by group: whether, never how much."""

from dataclasses import dataclass

from wiki.insights.material import GroupFacts, Material, Place, municipalities


@dataclass(frozen=True)
class Voices:
    """Municipalities of one group in Swedish order; invented ones in a group of their own, which is None."""

    group: GroupFacts | None
    places: tuple[Place, ...]


def voices(material: Material) -> tuple[Voices, ...]:
    """Tell whose the statements of the material are; a group of which nobody has written is left out."""
    codes = municipalities(material.statements)
    places = [place for place in material.places.values() if place.code in codes]
    real = [place for place in places if not place.is_fictional]
    by_group = [
        Voices(group, tuple(place for place in real if place.group == code))
        for code, group in material.groups.items()
    ]
    invented = Voices(None, tuple(place for place in places if place.is_fictional))
    return tuple(found for found in (*by_group, invented) if found.places)
