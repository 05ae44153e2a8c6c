"""Searching better settings for a shop's models, on time that comes before the test."""
