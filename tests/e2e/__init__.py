"""Journeys through a living demo node in headless Chromium."""
