"""A loopback stand-in for Anthropic's API with a scripted model, so that Claude runs offline."""

import http.server
import json
import threading

from bank import ARGUMENTS

TOOL = "mcp__bank__issue_refund"


def blocks(body):
    """The scripted model: it calls the tool once, then repeats what came of it."""
    said = [part for message in body["messages"] for part in message["content"]
            if isinstance(part, dict)]
    if any(part.get("type") == "tool_result" for part in said):
        return [{"type": "text", "text": json.dumps(body["messages"][-2:])}], "end_turn"
    if any(tool["name"] == TOOL for tool in body.get("tools", [])):
        call = {"type": "tool_use", "id": "toolu_01", "name": TOOL, "input": ARGUMENTS}
        return [call], "tool_use"
    return [{"type": "text", "text": "ok"}], "end_turn"


def events(content, reason):
    """The answer as server-sent events."""
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "scripted",
               "content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}
    yield {"type": "message_start", "message": message}
    for index, block in enumerate(content):
        is_text = block["type"] == "text"
        start = {**block, "text": ""} if is_text else {**block, "input": {}}
        delta = {"type": "text_delta", "text": block["text"]} if is_text else {
            "type": "input_json_delta", "partial_json": json.dumps(block["input"])}
        yield {"type": "content_block_start", "index": index, "content_block": start}
        yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    yield {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None},
           "usage": usage}
    yield {"type": "message_stop"}


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers every POST."""

    def log_message(self, *_):
        """Says nothing."""

    def do_POST(self):
        """One question to the model."""
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if "messages" not in body or "count_tokens" in self.path:
            return self.answer("application/json", json.dumps({"input_tokens": 1}))
        content, reason = blocks(body)
        text = "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n"
                       for event in events(content, reason))
        return self.answer("text/event-stream", text)

    def answer(self, kind, text):
        """Sends a whole answer."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())


def start():
    """Serves on a loopback port; the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"
