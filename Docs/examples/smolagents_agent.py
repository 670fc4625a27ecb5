"""smolagents: a held tool waits where it runs; a restarted agent makes its call again."""

from smolagents import ToolCallingAgent, tool
from smolagents.models import (
    ChatMessage, ChatMessageToolCall, ChatMessageToolCallFunction, MessageRole, Model)

import bank
from countersign.adapters.smolagents import ToolGate


@tool
def issue_refund(customer_id: str, amount_cents: int, iban: str) -> str:
    """Pays money back to a customer.

    Args:
        customer_id: Who gets it.
        amount_cents: How much.
        iban: Where to.
    """
    return bank.issue_refund(customer_id, amount_cents, iban)


class Scripted(Model):
    """The scripted model: it calls the tool once, then repeats what came of it."""

    def generate(self, messages, **options):
        """Answers with a call."""
        name, arguments = "issue_refund", bank.ARGUMENTS
        if messages[-1].role == MessageRole.TOOL_RESPONSE:
            name, arguments = "final_answer", {"answer": str(messages[-1].content)}
        function = ChatMessageToolCallFunction(name=name, arguments=arguments)
        call = ChatMessageToolCall(id="call_1", type="function", function=function)
        return ChatMessage(role="assistant", content="", tool_calls=[call])


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}}, run_id="refund-4711")
agent = ToolCallingAgent(tools=gate.hold([issue_refund]), model=Scripted(), verbosity_level=0)
print(agent.run("Refund cus_91."))
