"""All in Danish, keys of another kind, thousands with a dot, guests that inherit from the user, no Celery."""
