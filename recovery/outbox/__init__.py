"""Delivery that survives crashes. Read README.md beside this file for the guarantee."""
