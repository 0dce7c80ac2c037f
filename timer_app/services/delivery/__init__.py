"""Delivery, on the floor of services."""
