"""What the sessions are written with: processes, a terminal, a server, a broken network."""
