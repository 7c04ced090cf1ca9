"""The doors for Vapi: server messages and the custom model."""
