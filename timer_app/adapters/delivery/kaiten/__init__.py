"""Kaiten: wire.py knows its JSON, client.py its calls."""
