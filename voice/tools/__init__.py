"""What an agent may do: each tool is a plain function over the call's context."""
