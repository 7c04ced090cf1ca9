"""How calls arrive. The only package that knows HTTP, sockets and Vapi."""
