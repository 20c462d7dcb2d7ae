"""The guest's door: three small pages behind private links. No models, no JavaScript, no tracking."""
