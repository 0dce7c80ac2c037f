"""The core, made once for both front ends."""
