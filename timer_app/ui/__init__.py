"""What a person sees: shows a View, emits intents."""
