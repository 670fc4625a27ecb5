"""CrewAI: a held tool waits where it runs; a restarted crew makes its call again."""

import json

from crewai import Agent, Crew, Task
from crewai.llms.base_llm import BaseLLM
from crewai.tools import tool

import bank
from countersign.adapters.crewai import ToolGate

issue_refund = tool("issue_refund")(bank.issue_refund)


class Scripted(BaseLLM):
    """The scripted model: it calls the tool once, then repeats what came of it."""

    def call(self, messages, *args, **options):
        """Answers in CrewAI's own form."""
        said = [one["content"] for one in messages if one["role"] == "assistant"]
        if said:
            answer = said[-1].rpartition("Observation:")[2].strip()
            return f"Thought: I now know the final answer\nFinal Answer: {answer}"
        return ("Thought: refund\nAction: issue_refund\n"
                f"Action Input: {json.dumps(bank.ARGUMENTS)}\n")


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}}, run_id="refund-4711")
agent = Agent(
    role="support", goal="refund", backstory="a desk", llm=Scripted(model="scripted"),
    tools=gate.hold([issue_refund]), max_iter=4)
task = Task(description="Refund cus_91.", expected_output="what happened", agent=agent)
print(Crew(agents=[agent], tasks=[task]).kickoff().raw)
