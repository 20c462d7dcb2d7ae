"""One guest text in a house's own words: what is wrong with each line, and the letter beside its text."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..actions import letter_facts, lock_letter_text, withdraw_letter_text, word_letter_text
from ..actions.letter_texts import problems_in
from ..choices import LetterKind, Stance
from ..errors import RecoveryError
from ..letters import Filled, fill, render, sample_secrets, wording
from ..letters.placeholders import ALLOWED
from ..letters.wording import Problem
from ..models import Brand, LetterText
from ..models.letter_texts import active_key
from . import letter_frames, text
from .desk import Desk
from .playbook_edit import difference
from .playbook_pages import EVERY, house_of, house_tabs

#: Versions that are listed; older ones stay in the table.
_VERSIONS = 10
_FULL, _LEAST = "full", "least"


class WordsForm(forms.Form):
    """The words, which version they were edited from, and which made-up letter is shown beside them."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Reload the page and try again.")}
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    words = forms.CharField(
        label=_("The words"),
        max_length=wording.LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true"}),
        help_text=_(
            "An empty line between paragraphs. {name} is filled in for each guest; {name?} may be empty, and "
            "then its paragraph disappears. Marks in [brackets] stay where they are."
        ),
    )
    much = forms.ChoiceField(
        label=_("Show a letter with"),
        required=False,
        choices=((_FULL, _("everything that can stand in it")), (_LEAST, _("only what must stand in it"))),
    )
    stance = forms.ChoiceField(label=_("Stance"), required=False, choices=Stance.choices)

    def __init__(self, *args: Any, kind: LetterKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        if kind is not LetterKind.APOLOGY:
            del self.fields["stance"]
        else:
            self.initial.setdefault("stance", Stance.RESPONSIBILITY)

    def main_fields(self) -> list[Any]:
        return list(self.visible_fields())

    def more_fields(self) -> list[Any]:
        return []


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Which text this page is about, and what holds there."""

    desk: Desk
    kind: LetterKind
    language: str
    code: str
    #: The own words of this very place, and the group's.
    own: LetterText | None
    group: LetterText | None

    @property
    def is_locked(self) -> bool:
        """Whether this house may not say it in its own words."""
        return bool(self.code) and self.group is not None and self.group.locked

    @property
    def address(self) -> str:
        return self.desk.url("letter_text", self.kind, self.language, house=self.code or EVERY)

    def starting(self) -> str:
        """What somebody edits: what the guest reads now."""
        row = self.group if self.is_locked else self.own or self.group
        return row.text if row is not None else wording.starting_words(self.kind, self.language)


def show(desk: Desk, kind: LetterKind, language: str) -> HttpResponse:
    """GET shows words and letter; a POST checks, saves, withdraws or locks."""
    place = _place(desk, kind, language)
    post = desk.request.POST
    if desk.request.method != "POST":
        return _page(place, _fresh(place))
    if "_preview" in post:
        return _frame(place, WordsForm(post, kind=kind))
    for name, do in (("withdraw", _withdraw), ("lock", _lock), ("unlock", _unlock)):
        if name in post:
            return do(place)
    desk.require("word_letter_text", place.code)
    form = WordsForm(post, kind=kind)
    if not form.is_valid() or "look" in post:
        return _page(place, form, has_looked=form.is_valid())
    try:
        row = word_letter_text(
            by=desk.actor,
            kind=kind,
            language=language,
            property_code=place.code,
            words=form.cleaned_data["words"],
            seen_version=form.cleaned_data["seen_version"],
            request_key=str(form.cleaned_data["request_key"]),
        )
    except RecoveryError as error:
        form.add_error(None, text.sentence(error))
        return _page(place, form)
    said = gettext("Version %(version)s holds from now on. What is released keeps its words.")
    messages.success(desk.request, said % {"version": row.version})
    return HttpResponseRedirect(place.address)


def show_frame(desk: Desk, kind: LetterKind, language: str) -> HttpResponse:
    """The frame as the page is opened: the words that are in its box."""
    place = _place(desk, kind, language)
    return _frame(place, _fresh(place))


def whose(row: LetterText | None) -> str:
    """Whose words a guest reads."""
    if row is None:
        return gettext("as shipped")
    by = {"version": row.version, "name": row.edited_by}
    if row.property_code:
        return gettext("this house's own, version %(version)s, by %(name)s") % by
    return gettext("the group's own, version %(version)s, by %(name)s") % by


# --- buttons -------------------------------------------------------------------------------------


def _withdraw(place: _Place) -> HttpResponse:
    def do(request_key: str | None) -> None:
        withdraw_letter_text(
            by=place.desk.actor,
            kind=place.kind,
            language=place.language,
            property_code=place.code,
            request_key=request_key,
        )

    return _done(place, do, gettext("The words before them hold again."))


def _lock(place: _Place) -> HttpResponse:
    return _set_lock(place, locked=True, said=gettext("Every house says it in these words now."))


def _unlock(place: _Place) -> HttpResponse:
    return _set_lock(place, locked=False, said=gettext("A house may use its own words again."))


def _set_lock(place: _Place, *, locked: bool, said: str) -> HttpResponse:
    def do(request_key: str | None) -> None:
        lock_letter_text(
            by=place.desk.actor,
            kind=place.kind,
            language=place.language,
            locked=locked,
            request_key=request_key,
        )

    return _done(place, do, said)


def _done(place: _Place, do: Any, said: str) -> HttpResponse:
    request = place.desk.request
    try:
        do(request.POST.get("other_key", "")[:64] or None)
        messages.success(request, said)
    except RecoveryError as error:
        messages.error(request, text.sentence(error))
    return HttpResponseRedirect(place.address)


# --- page ----------------------------------------------------------------------------------------


def _page(place: _Place, form: WordsForm, *, has_looked: bool = False) -> HttpResponse:
    desk, kind, language = place.desk, place.kind, place.language
    words = str(form["words"].value() or "").replace("\r\n", "\n")
    problems = _problems(words, kind, language) if words and len(words) <= wording.LIMIT else []
    is_whole = bool(words) and not any(not problem.is_warning for problem in problems)
    group_only = not place.code and desk.codes is None
    context = {
        "form": form,
        "may_save": desk.may("word_letter_text", place.code) and not place.is_locked,
        "problems": [_told(problem) for problem in problems if not problem.is_warning],
        "remarks": [_told(problem) for problem in problems if problem.is_warning],
        "looked": has_looked and is_whole,
        "frame_url": desk.url("letter_text_frame", kind, language, house=place.code or EVERY),
        "difference": difference(wording.starting_words(kind, language), words),
        "placeholders": [f"{{{name}}}" for name in sorted(ALLOWED[kind])],
        "notes": _notes(place),
        "versions": _versions(place),
        "has_own": place.own is not None and desk.may("withdraw_letter_text", place.code),
        "may_lock": group_only and place.own is not None and desk.may("lock_letter_text"),
        "is_locked": place.own is not None and place.own.locked,
        "other_key": uuid.uuid4(),
        "where": desk.house_name(place.code) if place.code else gettext("every house"),
        "tabs": house_tabs(desk, place.code, "letter_text", kind, language),
        "back": desk.url("lettertext_changelist", house=place.code or EVERY),
        "language": language,
    }
    title = f"{kind.label} · {text.language(language)}"
    return desk.page("recovery/admin/letter_text.html", context, title=title)


def _fresh(place: _Place) -> WordsForm:
    initial = {
        "words": place.starting(),
        "seen_version": place.own.version if place.own is not None else 0,
        "request_key": uuid.uuid4(),
    }
    return WordsForm(initial=initial, kind=place.kind)


def _problems(words: str, kind: LetterKind, language: str) -> list[Problem]:
    return problems_in(words, kind=kind, language=language, told_in=get_language() or "en")


def _told(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "what": text.sentence(problem.refusal)}


def _frame(place: _Place, form: WordsForm) -> HttpResponse:
    """The made-up letter beside its text, or what keeps these words from being one."""
    words = str(form["words"].value() or "").replace("\r\n", "\n")[: wording.LIMIT]
    wrong = [each for each in _problems(words, place.kind, place.language) if not each.is_warning]
    if wrong:
        lines = [
            f"{each.line}: {text.sentence(each.refusal)}" if each.line else text.sentence(each.refusal)
            for each in wrong
        ]
        return letter_frames.not_yet(place.desk, lines)
    try:
        shown = _letter(place, form, words)
    except RecoveryError as error:
        return letter_frames.not_yet(place.desk, [text.sentence(error)])
    return letter_frames.beside(place.desk, shown, language=place.language)


def _letter(place: _Place, form: WordsForm, words: str) -> Filled:
    """The made-up letter in these words, on the letterhead of the house.

    :raises LetterFailed: if that letterhead is too bare for any letter.
    """
    chosen = form["stance"].value() if "stance" in form.fields else ""
    brand = Brand.objects.filter(property_code=place.code).first() if place.code else None
    facts = wording.sample_facts(
        place.kind,
        place.language,
        stance=Stance(chosen) if chosen in Stance.values else Stance.RESPONSIBILITY,
        is_least=form["much"].value() == _LEAST,
        house=letter_facts.house_facts(brand) if brand is not None else None,
    )
    own = wording.own_words(words, kind=place.kind, language=place.language)
    return fill(render(facts, {place.language: own}), sample_secrets(place.language))


def _notes(place: _Place) -> list[str]:
    """What somebody must look at before editing."""
    said = []
    if place.is_locked and place.group is not None:
        said.append(
            gettext("The group has locked this text: %(name)s. The words below are the group's.")
            % {"name": place.group.locked_by}
        )
        if place.own is not None:
            said.append(gettext("This house's own words are kept; they hold again once it is unlocked."))
    row = place.own
    if row is None or place.is_locked:
        return said
    if not wording.is_sound(row.text, kind=place.kind, language=place.language):
        said.append(gettext("These words cannot be used as they are: guests read the words behind them."))
    if row.shipped_digest != wording.shipped_digest(place.kind, place.language):
        said.append(gettext("Our own words have changed since these were written. The difference is below."))
    return said


def _versions(place: _Place) -> list[dict[str, Any]]:
    rows = LetterText.objects.filter(
        property_code=place.code, kind=place.kind, language=place.language
    ).order_by("-version")[:_VERSIONS]
    zone, now = place.desk.zone(place.code), place.desk.now
    return [
        {
            "version": row.version,
            "by": row.edited_by,
            "at": text.moment(row.edited_at, zone, now=now),
            "until": text.moment(row.retired_at, zone, now=now),
            "letters": row.letters.count(),
        }
        for row in rows
    ]


def _place(desk: Desk, kind: LetterKind, language: str) -> _Place:
    code = house_of(desk)
    return _Place(
        desk=desk,
        kind=kind,
        language=language,
        code=code,
        own=_row(code, kind, language),
        group=_row("", kind, language),
    )


def _row(code: str, kind: LetterKind, language: str) -> LetterText | None:
    found: LetterText | None = LetterText.objects.filter(active_key=active_key(code, kind, language)).first()
    return found
