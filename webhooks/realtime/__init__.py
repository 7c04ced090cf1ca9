"""The door for live audio: OpenAI's Realtime events over a WebSocket."""
