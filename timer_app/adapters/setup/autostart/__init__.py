"""Started at login: by XDG autostart, Windows' Run key, or a macOS launch agent."""
