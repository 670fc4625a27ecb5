#!/usr/bin/env python3
"""A human-in-the-loop server as one writes it with LangGraph: interrupt, SQLite saver, long-poll.

    langgraph_server.py DATABASE

    POST /create        {"args": {...}}   -> {"id": ...}, once the run stands at its interrupt
    POST /decide?ID     {"args": {...}}   -> {}, once the run went on to its end
    GET  /wait?ID                         -> {"args": ...}, what the tool ran with, once it ran
"""

import json
import sqlite3
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypedDict

from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt


class State(TypedDict):
    args: dict
    ran: dict


def tool(state):
    """Asks a person, and runs with what they answered."""
    return {"ran": interrupt(state["args"])}


def build(path):
    connection = sqlite3.connect(path, check_same_thread=False)
    graph = StateGraph(State)
    graph.add_node("tool", tool)
    graph.add_edge(START, "tool")
    graph.add_edge("tool", END)
    return graph.compile(checkpointer=SqliteSaver(connection))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    graph = None
    done = {}
    changed = threading.Condition()

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        path, _, run = self.path.partition("?")
        if path == "/create":
            run = uuid.uuid4().hex
            self.graph.invoke({"args": body["args"]}, self.config(run))
            return self.say({"id": run})
        state = self.graph.invoke(Command(resume=body["args"]), self.config(run))
        with self.changed:
            self.done[run] = state["ran"]
            self.changed.notify_all()
        return self.say({})

    def do_GET(self):
        run = self.path.partition("?")[2]
        with self.changed:
            self.changed.wait_for(lambda: run in self.done, timeout=30)
            return self.say({"args": self.done.pop(run, None)})

    @staticmethod
    def config(run):
        return {"configurable": {"thread_id": run}}

    def say(self, value):
        body = json.dumps(value).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, *_):
        """A client that went away is no news."""


if __name__ == "__main__":
    Handler.graph = build(sys.argv[1])
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
