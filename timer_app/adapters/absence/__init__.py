"""Sensors of absence; factory.py chooses those that fit this computer."""
