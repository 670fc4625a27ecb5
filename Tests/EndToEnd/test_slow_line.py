"""The whole inbox over 64 kbit/s and 200 ms there and back: every step arrives, for few bytes."""

from harness.client import Client
from harness.server import World
from harness.slow_line import SlowTerminal


def queue_of(world, count):
    """Approvals that differ in every column."""
    tools = ("issue_refund", "delete_rows", "send_mail", "grant_access")
    return [
        world.agent.submitted(
            tool=tools[number % 4], arguments={"amount": 1000 + number, "note": f"case {number}"},
            context={"summary": f"call {number} of the evening"}, timeout_s=3600 + 60 * number,
            risk="low")
        for number in range(count)]


def opened(context, *options):
    """An inbox behind the line, with its queue on the screen."""
    world = World(context)
    ids = queue_of(world, 40)
    client = Client(context, world.url, world.tokens["ada"])
    inbox = SlowTerminal(
        context, client.argv(*options), env=client.env, columns=80, rows=24)
    inbox.wait("call 0 of", "online", seconds=30)
    inbox.settle(0.8)
    return world, inbox, ids[0]


def detail_of(text):
    """Holds when the text stands in the list and in the detail."""

    def holds(terminal):
        return terminal.text.count(text) >= 2

    holds.__doc__ = f"the detail of {text}"
    return holds


def test_the_whole_inbox_over_a_slow_line(context):
    """Goal: the line is measured, the header says so, and every action arrives within its bytes."""
    world, inbox, approval = opened(context)
    start = len(inbox.raw)
    print(f"\n  {'start':28}{start:8} bytes", flush=True)
    assert start <= 4_500, start
    inbox.wait("slow line:", seconds=10)
    inbox.settle(0.8)
    limits = {}
    limits["a step of the cursor"] = inbox.act(
        "a step, and its detail", "j", detail_of("call 1 of")), 1_000
    sizes = []
    for _ in range(4):
        inbox.send("j")
        inbox.pass_time(0.15)
        inbox.send("k")
        inbox.pass_time(0.15)
        sizes.append(len(inbox.raw))
    step = (sizes[-1] - sizes[0]) / 6
    print(f"  {'a step while moving on':28}{step:8.0f} bytes", flush=True)
    assert 0 < step <= 60, (step, sizes)
    inbox.settle(0.8)
    limits["a page"] = inbox.act("a page, and its detail", "\x1b[6~", "call 5 of"), 1_650
    limits["to the top"] = inbox.act("back to the top", "g", detail_of("call 0 of")), 1_650
    limits["open"] = inbox.act("opening the detail", "\r", "amount", "1000"), 1_900
    limits["edit"] = inbox.act("the editor", "e", "Edit issue_refund"), 1_900
    inbox.send("j\r")
    inbox.settle(0.6)
    limits["typing"] = inbox.act("typing four digits", "\x15" + "2500", "2500"), 400
    inbox.send("\r")
    inbox.settle(0.6)
    limits["diff"] = inbox.act("the change", "d", "Diff"), 1_900
    limits["ask"] = inbox.act("the question", "a", "Approve this call with 1 edit?"), 1_900
    limits["approve"] = inbox.act(
        "yes, to its acknowledgement", "y", "Recorded: you approved"), 3_300
    for name, (size, most) in limits.items():
        assert size <= most, (name, size, most)

    ticket = world.agent.claim(approval).expect(200)
    assert ticket["arguments"]["amount"] == 2500, ticket
    inbox.press("q", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    inbox.check_restored()


def test_the_settings_go_before_the_measurement(context):
    """Goal: with low_bandwidth from the start the first step is as short as the later ones."""
    _, inbox, _ = opened(context, "--low-bandwidth")
    before = len(inbox.raw)
    inbox.send("j")
    inbox.wait("the selected one follows")
    size = len(inbox.raw) - before
    assert size <= 120, (size, bytes(inbox.raw[before:]))
    inbox.send("q")
    assert inbox.finish() == 0
    inbox.check_restored()
