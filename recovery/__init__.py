"""Win guests back after something went wrong: complaints, apologies, certificates."""

__version__ = "0.1.0.dev0"
