"""A program that talks in lines of JSON over its standard input and output."""

import json
import queue
import threading


class LineClient:
    """The other side of it."""

    def __init__(self, process):
        self.process = process
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))

    def send(self, message):
        """Sends a message or a raw line."""
        raw = message if isinstance(message, str) else json.dumps(message)
        self.process.stdin.write(raw.encode() + b"\n")
        self.process.stdin.flush()

    def next(self, seconds=20):
        """The next message from it."""
        return self.lines.get(timeout=seconds)

    def ask(self, number, method, params):
        """Sends a request of JSON-RPC."""
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})

    def call(self, number, arguments, name="issue_refund", **meta):
        """Calls a tool of MCP."""
        params = {"name": name, "arguments": arguments}
        if meta:
            params["_meta"] = meta
        self.ask(number, "tools/call", params)

    def end(self):
        """Closes this side; the status of the program."""
        self.process.stdin.close()
        return self.process.wait(30)
