"""White spots: what nobody has written about."""

from dataclasses import dataclass

from wiki.insights.material import Counted, FactorFacts, GroupFacts, Material, Track


@dataclass(frozen=True)
class FactorGaps:
    """A factor that somebody has written about, with the groups and the tracks in which nobody has."""

    factor: FactorFacts
    groups: tuple[GroupFacts, ...]
    tracks: tuple[Track, ...]


@dataclass(frozen=True)
class Gaps:
    """What is blank, each in its own order.

    factors, tracks, groups    that nobody has written about at all
    cells                      the blanks of the other factors, in groups and tracks somebody has written in
    blank_cells, all_cells     of factor × group, whole blank rows and columns included
    """

    factors: tuple[FactorFacts, ...]
    tracks: tuple[Track, ...]
    groups: tuple[GroupFacts, ...]
    cells: tuple[FactorGaps, ...]
    blank_cells: int
    all_cells: int
    counted: Counted


def gaps(material: Material) -> Gaps:
    """Find what nobody has written about, among the factors that writers may choose."""
    active = [factor for factor in material.factors if factor.is_active]
    by_group = {(said.factor, material.places[said.municipality].group) for said in material.statements}
    by_track = {(said.factor, track) for said in material.statements for track in said.tracks}
    tracks, groups = material.shown_tracks, material.shown_groups
    live_groups = [group for group in groups if group.code in {code for _factor, code in by_group}]
    live_tracks = [track for track in tracks if track.key in {key for _factor, key in by_track}]
    written = [factor for factor in active if factor.slug in material.by_factor]
    found = [
        FactorGaps(
            factor,
            tuple(group for group in live_groups if (factor.slug, group.code) not in by_group),
            tuple(track for track in live_tracks if (factor.slug, track.key) not in by_track),
        )
        for factor in written
    ]
    filled = sum((factor.slug, group.code) in by_group for factor in active for group in groups)
    return Gaps(
        factors=tuple(factor for factor in active if factor not in written),
        tracks=tuple(track for track in tracks if track not in live_tracks),
        groups=tuple(group for group in groups if group not in live_groups),
        cells=tuple(one for one in found if one.groups or one.tracks),
        blank_cells=len(active) * len(groups) - filled,
        all_cells=len(active) * len(groups),
        counted=material.counted,
    )
