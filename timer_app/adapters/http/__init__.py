"""httpx -> outcomes, once for both services: what is exchanged, who calls, why it broke."""
