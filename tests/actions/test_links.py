from __future__ import annotations

from typing import Any

import pytest

from recovery.actions import links
from recovery.choices import LinkPurpose
from recovery.errors import GuestPagesMissing
from tests import factories as make


@pytest.mark.django_db
@pytest.mark.parametrize("urlconf", [None, "", "tests.projects.pension.urls"])
def test_a_host_without_our_pages_is_told_so(settings: Any, urlconf: str | None) -> None:
    house = make.make_house()
    complaint = make.make_complaint(house=house)
    make.make_certificate(house=house, complaint=complaint)
    link = make.make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)
    if urlconf is None:
        del settings.ROOT_URLCONF
    else:
        settings.ROOT_URLCONF = urlconf

    with pytest.raises(GuestPagesMissing):
        links.url_of(link)
