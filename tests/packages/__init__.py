"""What is installed from packages, as a stranger would: the wheel alone, and beside a published hotel app."""
