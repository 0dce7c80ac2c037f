"""settings.toml: `reading` is light, every command needs it; `writing` keeps comments."""
