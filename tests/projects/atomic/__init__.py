"""``ATOMIC_REQUESTS``: each request is a transaction of the host, unless a view says no."""
