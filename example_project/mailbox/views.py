"""Pages of the mailbox. Only for the demonstration: whoever can open them reads every mail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from .mails import Mail, received

# A mail carries its own inline styles, and may do nothing else.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


def index(request: HttpRequest, number: int | None = None) -> HttpResponse:
    mails = received()
    chosen = _numbered(mails, number) if number else (mails[0] if mails else None)
    return render(request, "mailbox/index.html", {"mails": mails, "chosen": chosen})


@xframe_options_sameorigin
def body(request: HttpRequest, number: int) -> HttpResponse:
    response = HttpResponse(_numbered(received(), number).html)
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


def paper(request: HttpRequest, number: int, name: str) -> HttpResponse:
    found = _numbered(received(), number).paper(name)
    if found is None:
        raise Http404
    content, kind = found
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _numbered(mails: list[Mail], number: int) -> Mail:
    for mail in mails:
        if mail.number == number:
            return mail
    raise Http404
