"""Assignments from their masters, and marks for what students hand in."""
