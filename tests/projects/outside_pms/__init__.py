"""The bookings are in another system, asked over HTTP, which is slow, silent or gone at times."""
