"""The door for any OpenAI client: chat completions, models and caller tokens below `/v1`."""
