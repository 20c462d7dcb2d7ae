"""UUID keys, users without groups or permissions, roles as words, an API and no admin."""
