"""Rules for every page of ours: no inline script or style, everything labelled, no effect by a link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from recovery.admin.verb_forms import FORMS
from recovery.models import Letter
from tests import factories
from tests.admin.pages import LIST, Markup, page_of, text_of, verb_url
from tests.admin.scenes import SCENES

pytestmark = pytest.mark.django_db


def main_of(page: str) -> str:
    """Our part of the page: what surrounds it is the theme's."""
    start = page.index('<div class="rcv">')
    return page[start : page.index('<br class="clear">', start)]


def pages(house: factories.House, client: Client) -> Iterator[tuple[str, str]]:
    for verb in sorted(FORMS):
        scene = SCENES[verb](house)
        url = verb_url(scene.complaint, verb, **scene.query)
        yield url, text_of(client, url)
    complaint = factories.make_complaint(house=house)
    factories.make_compensation(house=house, complaint=complaint)
    factories.make_apology(house=house, complaint=complaint)
    certificate = complaint.certificates.get()
    factories.make_entry(house=house, certificate=certificate)
    letter = Letter.objects.filter(complaint=complaint).first()
    assert letter is not None
    for url in (
        page_of(complaint),
        *(f"{LIST}{complaint.pk}/compose/?way={way}" for way in ("mail", "paper", "spoken")),
        f"{LIST}{complaint.pk}/letter/{letter.pk}/",
        *(f"{LIST}{page}/" for page in ("morning-sheet", "duty-log", "shift-end", "readiness")),
        f"{LIST}find/",
        f"{LIST}find/?words=Whitfield",
        f"{LIST}find/?words=zzzz",
        f"{LIST}open/?stay={factories.LOST}",
        f"{LIST}open/?property=QUAY&category=lost_reservation",
        "/admin/recovery/playbook/",
        "/admin/recovery/playbook/P02/",
        "/admin/recovery/playbook/P02/edit/",
        "/admin/recovery/lettertext/",
        "/admin/recovery/lettertext/apology_letter/en/",
        "/admin/recovery/playbook/practice/",
        "/admin/recovery/playbook/practice/?sentence=3&answer=yes",
        f"/admin/recovery/certificate/{certificate.pk}/change/",
        "/admin/recovery/certificate/redeem/?words=Whitfield",
        f"/admin/recovery/certificate/redeem/?stay={factories.RETURN}",
    ):
        yield url, text_of(client, url)


def test_every_page_keeps_the_rules(quay: factories.House, helen: Client) -> None:
    for url, page in pages(quay, helen):
        markup = Markup()
        markup.feed(main_of(page))
        labels = {attributes.get("for") for tag, attributes in markup.tags if tag == "label"}
        ids = [attributes["id"] for _tag, attributes in markup.tags if attributes.get("id")]
        assert len(ids) == len(set(ids)), url
        for tag, attributes in markup.tags:
            where = (url, tag, attributes)
            assert tag not in ("script", "style", "font", "center"), where
            assert "style" not in attributes, where
            assert not any(name.startswith("on") for name in attributes), where
            for css in (attributes.get("class") or "").split():
                assert css.startswith("rcv") or css == "errorlist" or css == "nonfield", where
            if tag in ("input", "select", "textarea") and attributes.get("type") not in ("hidden", "submit"):
                assert attributes.get("id") in labels, where
            if tag == "iframe":
                assert attributes.get("title"), where
                assert "sandbox" in attributes, where
            if tag == "a":
                assert not (attributes.get("href") or "").startswith("javascript:"), where
        assert "rcv-badge" not in page or "</span>" in page


def test_headings_go_down_one_step_at_a_time(quay: factories.House, helen: Client) -> None:
    for url, page in pages(quay, helen):
        markup = Markup()
        markup.feed(main_of(page))
        levels = [tag for tag, _attributes in markup.tags if tag in ("h1", "h2", "h3", "h4")]
        assert set(levels) <= {"h2"}, url
