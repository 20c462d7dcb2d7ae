"""One class for one address. Each names its verb; what they share is in ``recovery.api.view``."""
