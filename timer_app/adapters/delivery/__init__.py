"""Delivery, on the floor of adapters."""
