from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.contrib.auth.models import User

from .models import Product, Subscription


def make_lost_reservation() -> None:
    Product.objects.create(name="Soap", price=Decimal("3.50"))
    user = User.objects.create(username="ole", first_name="Ole", last_name="Dam", email="ole@example.com")
    Subscription.objects.create(user=user, start_date=dt.date(2026, 7, 11), status="active")
