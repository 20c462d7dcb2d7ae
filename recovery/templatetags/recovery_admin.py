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
    request = context.get("request")
    nonce = context.get("csp_nonce") or getattr(request, "csp_nonce", None)
    address = static("recovery/admin.css")
    if nonce:
        return format_html('<link rel="stylesheet" href="{}" nonce="{}">', address, nonce)
    return format_html('<link rel="stylesheet" href="{}">', address)
