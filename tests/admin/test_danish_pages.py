"""The staff's pages in Danish: nothing of ours stays in English."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from tests import factories
from tests.admin.pages import verb_url
from tests.admin.scenes import SCENES

pytestmark = pytest.mark.django_db

#: Words that English cannot do without and Danish does not have.
ENGLISH = re.compile(
    r"\b(the|and|of|you|your|this|that|what|who|when|with|guest|it is|has|was)\b", re.IGNORECASE
)
#: What people wrote stands in these, in the language in which they wrote it.
THEIRS = frozenset({"bdi", "textarea", "script", "style", "pre", "iframe"})
HOUSE = "The Quayside"
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta"})


class Words(HTMLParser):
    """What a page says, without what people wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append("bdi" if ("dir", "auto") in attrs else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not THEIRS & set(self.open):
            self.said.append(" ".join(data.replace(HOUSE, "").split()))


def read(client: Client, url: str) -> list[str]:
    """What the page says in Danish, piece by piece."""
    try:
        response = client.get(url, headers={"Accept-Language": "da"})
    finally:
        translation.deactivate()  # because the middleware leaves the language for the next test
    assert response.status_code == 200, (url, response.status_code)
    words = Words()
    page = response.content.decode()
    words.feed(page[page.index("<main") if "<main" in page else 0 :])
    return words.said


def english(said: list[str]) -> list[str]:
    return [words for words in said if ENGLISH.search(words)]


@pytest.mark.parametrize("verb", sorted(SCENES))
def test_the_page_of_a_verb_is_danish(verb: str, quay: factories.House, helen: Client) -> None:
    scene = SCENES[verb](quay)

    said = read(helen, verb_url(scene.complaint, verb, **scene.query))

    assert english(said) == []
