"""The catalogue as a codebook for programs of qualitative analysis."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from factors.models import Factor
from wiki.exporting.codebook import NAMESPACE, codebook
from wiki.exporting.origin import CatalogueVersion, Origin, catalogue_version

pytestmark = pytest.mark.usefixtures("catalogue")

ORIGIN = Origin(date(2026, 11, 22), CatalogueVersion(41, date(2026, 11, 20)))
# What the schema of the format asks for, written out: no validator of XML schemas is installed.
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NS = f"{{{NAMESPACE}}}"


def check_code(code: ET.Element) -> list[str]:
    """The identities of a code and of those below it; fails where the schema would."""
    assert code.tag == f"{_NS}Code"
    assert set(code.attrib) <= {"guid", "name", "isCodable", "color"}
    assert _GUID.fullmatch(code.attrib["guid"])
    assert code.attrib["name"]
    assert code.attrib["isCodable"] in {"true", "false", "1", "0"}
    assert not (code.text or "").strip()
    below = list(code)
    if below and below[0].tag == f"{_NS}Description":
        description = below.pop(0)
        assert not description.attrib
        assert not list(description)
    return [code.attrib["guid"], *(guid for child in below for guid in check_code(child))]


def test_the_codebook_is_as_its_schema_asks(client: Client) -> None:
    root = ET.fromstring(client.get("/data/nyckelfaktorer.qdc").content)  # noqa: S314 - our own
    assert root.tag == f"{_NS}CodeBook"
    assert set(root.attrib) == {"origin"}
    assert root.attrib["origin"].endswith("CC0 1.0")
    assert str(catalogue_version()) in root.attrib["origin"]
    (codes,) = list(root)
    assert (codes.tag, codes.attrib) == (f"{_NS}Codes", {})
    guids = [guid for code in codes for guid in check_code(code)]
    assert len(guids) == len(set(guids)) == 7 + 36
    # A program that reads it makes a category of what cannot be chosen, and a code of what can.
    assert [code.attrib["isCodable"] for code in codes] == ["false"] * 7
    leaves = [leaf for code in codes for leaf in code.findall(f"{_NS}Code")]
    assert [leaf.attrib["isCodable"] for leaf in leaves] == ["true"] * 36
    assert [leaf[0].tag for leaf in leaves] == [f"{_NS}Description"] * 36
    assert len({leaf.attrib["name"] for leaf in leaves}) == 36


def test_a_code_keeps_its_identity_when_the_factor_gets_another_name(
    client: Client, catalogue: dict[str, Factor]
) -> None:
    def codes() -> dict[str, str]:
        root = ET.fromstring(client.get("/data/nyckelfaktorer.qdc").content)  # noqa: S314 - our own
        return {code.attrib["guid"]: code.attrib["name"] for code in root.iter(f"{_NS}Code")}

    before = codes()
    Factor.objects.filter(slug="mod-att-prova").update(name='Våga "prova" & <lära>\x0b')
    after = codes()
    assert before.keys() == after.keys()
    changed = {guid: after[guid] for guid in after if after[guid] != before[guid]}
    assert list(changed.values()) == ['Våga "prova" & <lära>']


def test_a_catalogue_without_factors_is_no_codebook(client: Client) -> None:
    Factor.objects.update(status=Factor.Status.RETIRED)
    assert codebook(ORIGIN) == ""
    answer = client.get("/data/nyckelfaktorer.qdc")
    assert answer.status_code == 404
    assert "Katalogen är tom" in answer.text
