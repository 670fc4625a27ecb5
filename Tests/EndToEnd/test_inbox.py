"""Sessions of an approver in the full screen, on a real pseudo-terminal."""

from harness.client import Client
from harness.server import World

CALL = {"customer_id": "cus_91", "amount_cents": 184000, "urgent": True, "note": None,
        "recipient": {"iban": "DE89370400440532013000"}, "tags": ["a", "b"]}


def opened(context, world, **options):
    """An inbox of Ada."""
    options.setdefault("columns", 120)
    return Client(context, world.url, world.tokens["ada"]).inbox(**options)


def leave(inbox):
    """Leaves, with the terminal as it was."""
    inbox.press("q", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    inbox.check_restored()


def refund(world, **fields):
    """A refund that waits; its id."""
    fields.setdefault("context", {"summary": "1,840.00 to cus_91"})
    return world.agent.submitted(
        tool="issue_refund", arguments=CALL, redact=["/recipient/iban"], **fields)


def test_see_and_approve(context):
    """Goal: the queue, the arguments with a handle, a confirmation, the server's answer."""
    world = World(context)
    approval = refund(world)
    inbox = opened(context, world)
    inbox.wait("issue_refund", "1,840.00 to cus_91", "support-bot", "1 pending")
    inbox.wait("customer_id", '"cus_91"', "184000", "redacted")
    assert "DE89" not in inbox.text
    inbox.press("a", "Approve this call?", "cannot be undone")
    inbox.press("y", "Recorded: you approved", "0 pending")
    ticket = world.agent.claim(approval).expect(200)
    assert ticket["arguments"] == CALL
    leave(inbox)


def test_edit_in_place_diff_undo_and_approve(context):
    """Goal: a number, a boolean and a new member are edited, one is undone, the rest is decided."""
    world = World(context)
    approval = refund(world)
    inbox = opened(context, world)
    inbox.wait("184000")
    inbox.press("e", "Edit issue_refund")
    inbox.send("jj\r")
    inbox.settle()
    inbox.send("\x15" + "50000\r")
    inbox.wait("50000", "was 184000", "1 change")
    inbox.send("j ")
    inbox.wait("false", "2 changes")
    inbox.send("u")
    inbox.wait("1 change", lambda terminal: "2 changes" not in terminal.text)
    inbox.send("\x12")
    inbox.wait("2 changes")
    inbox.send("u")
    inbox.wait("1 change", lambda terminal: "2 changes" not in terminal.text)
    inbox.press("d", "Diff issue_refund")
    inbox.wait("184000", "50000", "not sent")
    inbox.press("a", "Approve this call with 1 edit?", "/amount_cents", "50000")
    inbox.press("y", "Recorded: you approved", "with your edits")
    ticket = world.agent.claim(approval).expect(200)
    assert ticket["arguments"] == {**CALL, "amount_cents": 50000}
    inbox.send("\x1b")
    inbox.wait("SUMMARY")
    leave(inbox)


def test_after_the_answer_nothing_says_not_sent(context):
    """Goal: an acknowledged edit is not shown as one that waits to be sent."""
    world = World(context)
    refund(world)
    inbox = opened(context, world)
    inbox.wait("184000")
    inbox.press("e", "Edit issue_refund")
    inbox.send("jj\r")
    inbox.settle()
    inbox.send("\x15" + "50000\r")
    inbox.wait("was 184000")
    inbox.press("\x1b", "1 change kept, not sent")
    inbox.press("a", "Approve this call with 1 edit?")
    inbox.press("y", "Recorded: you approved")
    inbox.wait_gone("not sent")


def test_reject_with_a_comment(context):
    """Goal: the reason is typed in the question and reaches the agent."""
    world = World(context)
    approval = refund(world)
    inbox = opened(context, world)
    inbox.wait("184000")
    inbox.press("r", "Reject this call?")
    inbox.send("no such customer\r")
    inbox.wait("no such customer", "[ Cancel ]")
    inbox.send("\t")
    inbox.wait("[ Reject ]")
    inbox.press("\r", "Recorded: you rejected")
    view = world.agent.view(approval)
    assert (view["state"], view["comment"]) == ("rejected", "no such customer"), view
    leave(inbox)


def test_a_rejection_without_a_word_is_not_sent(context):
    """Goal: the safe button is the default, and an empty reason sends nothing."""
    world = World(context)
    approval = refund(world)
    inbox = opened(context, world)
    inbox.wait("184000")
    inbox.press("r", "Reject this call?")
    inbox.send("\r\t\r")
    inbox.settle(0.5)
    assert world.agent.view(approval)["state"] == "pending"


def test_high_risk_asks_for_a_fact(context):
    """Goal: yes is not enough; pasting is not typing; the fact is on the screen."""
    world = World(context)
    approval = refund(world, risk="high")
    inbox = opened(context, world, rows=36)
    inbox.wait("184000", "high")
    inbox.press("a", "Approve this call?", "Type 184000")
    inbox.send("y")
    inbox.paste("184000")
    inbox.send("\r")
    inbox.settle(0.4)
    assert world.agent.view(approval)["state"] == "pending"
    inbox.send("\x15")
    for key in "184000":
        inbox.send(key)
    inbox.settle()
    inbox.send("\r")
    inbox.settle()
    for key in ("\r", "\t", "\t", "\r"):
        if "Recorded" in inbox.text:
            break
        if "[ Approve ]" in inbox.text:
            key = "\r"
        inbox.send(key)
        inbox.settle(0.4)
    inbox.wait("Recorded: you approved")


def test_others_act_meanwhile(context):
    """Goal: a decision, an expiry and a cancel appear by themselves and are explained."""
    world = World(context)
    decided, cancelled = refund(world), world.agent.submitted(tool="cancelled-soon")
    world.agent.submitted(tool="short-lived", timeout_s=4)
    inbox = opened(context, world)
    inbox.wait("3 pending", "cancelled-soon", "short-lived")
    world.api("bo").decide(decided).expect(200)
    inbox.wait("approved", "by bo@acme.test")
    world.agent.cancel(cancelled).expect(200)
    inbox.wait("cancelled")
    inbox.wait("expired", "0 pending", seconds=20)
    late = world.agent.submitted(tool="came-later")
    inbox.wait("came-later")
    world.agent.cancel(late).expect(200)
    leave(inbox)


def test_a_decision_that_came_too_late(context):
    """Goal: who confirms what somebody else settled is told so, and nothing is recorded."""
    world = World(context)
    approval = refund(world)
    inbox = opened(context, world)
    inbox.wait("184000")
    inbox.press("a", "Approve this call?")
    world.api("bo").decide(approval, "reject", comment="mine").expect(200)
    inbox.press("y", "rejected", "by bo@acme.test")
    inbox.settle(0.4)
    assert "Recorded: you approved" not in inbox.text, inbox.picture()
    view = world.api("lea").view(approval)
    assert [decision["by"] for decision in view["decisions"]] == ["bo@acme.test"]


def test_the_row_under_the_cursor_stays(context):
    """Goal: arrivals never move the selection, whatever they sort before."""
    world = World(context)
    refund(world)
    inbox = opened(context, world)
    inbox.wait("issue_refund", "184000")
    for number in range(3):
        world.agent.submitted(
            tool=f"sooner-{number}", arguments={"n": number}, timeout_s=60, risk="high")
    inbox.wait("4 pending", "new")
    row = next(line for line in inbox.screen.display if line.startswith("▸"))
    assert "issue_refund" in row, inbox.picture()
    inbox.press("a", "Approve this call?", "issue_refund  by support-bot")


def test_the_schema_is_checked_while_typing(context):
    """Goal: what the tool would not take cannot be sent."""
    world = World(context)
    schema = {"type": "object", "properties": {"n": {"type": "integer", "maximum": 10}}}
    approval = world.agent.submitted(tool="limited", arguments={"n": 5}, schema=schema)
    inbox = opened(context, world)
    inbox.wait("limited")
    inbox.press("e", "Edit limited")
    inbox.send("j\r")
    inbox.settle()
    inbox.send("\x15" + "99")
    inbox.settle()
    inbox.send("\r")
    inbox.wait("10")
    inbox.send("\x1b\x1b")
    inbox.settle()
    inbox.send("a")
    inbox.settle(0.5)
    inbox.send("y")
    inbox.settle(0.5)
    assert world.agent.view(approval)["state"] == "pending"


def test_help_palette_filter_and_history(context):
    """Goal: every action is found by `?` and `:`; `/` narrows; history keeps what was settled."""
    world = World(context)
    refund(world)
    done = world.agent.submitted(tool="settled-before")
    world.api("bo").decide(done).expect(200)
    inbox = opened(context, world)
    inbox.wait("issue_refund")
    inbox.press("?", "Keys")
    inbox.send("row down")
    inbox.wait("Moves one row down")
    inbox.press("\x1b\x1b", "SUMMARY")
    inbox.send("/nothing-like-it\r")
    inbox.wait("Nothing matches")
    inbox.settle()  # else escape and what follows could be read as one key
    inbox.press("\x1b", "issue_refund")
    inbox.send(":history\r")
    inbox.wait("settled-before")
    inbox.press("\x1b", "issue_refund")
    leave(inbox)


def test_narrow_and_wide(context):
    """Goal: from 60x15 up every essential value can be reached."""
    world = World(context)
    refund(world)
    for columns, rows in ((60, 15), (80, 24), (200, 50)):
        inbox = opened(context, world, columns=columns, rows=rows)
        inbox.wait("issue_refund", "pending")
        inbox.send("\r")
        inbox.wait("customer_id")
        inbox.send("\x1b")
        leave_any(inbox)


def leave_any(inbox):
    """Leaves from wherever it is."""
    inbox.press("\x03", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    inbox.check_restored()


def test_a_wrong_token(context):
    """Goal: a token that is not accepted is said in words, and nothing is shown."""
    world = World(context)
    refund(world)
    inbox = Client(context, world.url, "cs_" + "A" * 43).inbox(columns=120)
    inbox.wait("token")
    assert "issue_refund" not in inbox.text
    leave_any(inbox)


def test_by_words_alone(context):
    """Goal: with --screen-reader a call is found, read and decided, and nothing is drawn."""
    world = World(context)
    approval = world.agent.submitted(
        tool="issue_refund", arguments={"customer_id": "cus_91", "amount_cents": 500},
        context={"summary": "5.00 to cus_91"})
    inbox = Client(context, world.url, world.tokens["ada"]).inbox("--screen-reader")
    inbox.wait("1: selected, issue_refund, medium risk", "Queue, 1 of 1 selected")
    inbox.send("\r")
    inbox.wait("cus_91", "Detail, line")
    inbox.press("a", "Question: Approve?", "Approve this call?")
    inbox.press("y", "Recorded: you approved")
    assert world.agent.claim(approval).status == 200
    drawn = set("\u2500\u2502\u250c\u2510\u2514\u2518\u25b8\u25cf\u2593\u2588")
    assert not drawn & set(inbox.raw.decode("utf-8", "replace"))
    inbox.press("q", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    inbox.check_restored()
