"""``USE_TZ`` off, one house without a model, guests without e-mail, dates as naive moments."""
