"""Stories: the app at work from end to end, with a real worker, real SMTP and real papers."""
