"""The machines' door: every verb and every record over HTTP. Parse, one verb, answer. No models, no rules."""
