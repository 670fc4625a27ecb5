"""What the sessions are written with: processes, a terminal, a server, a client, a broken network."""
