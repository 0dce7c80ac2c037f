"""Delivery, on the floor of ui."""
