"""What our admin pages need in their head."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def recovery_css(context: Any) -> str:
    """Our stylesheet, with the nonce of Django's or django-csp's policy where there is one."""
    return _stylesheet(context, "recovery/admin.css")


@register.simple_tag(takes_context=True)
def recovery_composer(context: Any) -> str:
    """What the composer needs besides: its stylesheet, and its script. The page works without the script."""
    style, address, nonce = (
        _stylesheet(context, "recovery/composer.css"),
        static("recovery/composer.js"),
        _nonce(context),
    )
    if nonce:
        return format_html('{}<script src="{}" nonce="{}" defer></script>', style, address, nonce)
    return format_html('{}<script src="{}" defer></script>', style, address)


def _stylesheet(context: Any, name: str) -> str:
    address, nonce = static(name), _nonce(context)
    if nonce:
        return format_html('<link rel="stylesheet" href="{}" nonce="{}">', address, nonce)
    return format_html('<link rel="stylesheet" href="{}">', address)


def _nonce(context: Any) -> Any:
    return context.get("csp_nonce") or getattr(context.get("request"), "csp_nonce", None)
