"""How the app looks: tokens, the style that is built from them, and each part of a window once."""
