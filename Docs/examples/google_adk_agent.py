"""Google ADK: a held tool waits where it runs; a restarted run makes its call again."""

import asyncio

from google.adk.agents import LlmAgent
from google.adk.apps import App
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types

from bank import ARGUMENTS, issue_refund
from countersign.adapters.google_adk import ToolGate


class Scripted(BaseLlm):
    """The scripted model: it calls the tool once, then repeats what came of it."""

    async def generate_content_async(self, llm_request, stream=False):
        """Answers with a call, or with the result of it."""
        last = llm_request.contents[-1].parts[-1]
        if last.function_response:
            part = types.Part(text=str(last.function_response.response))
        else:
            part = types.Part.from_function_call(name="issue_refund", args=ARGUMENTS)
        yield LlmResponse(content=types.Content(role="model", parts=[part]))


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}}, run_id="refund-4711")
agent = LlmAgent(name="support", model=Scripted(model="scripted"), tools=[issue_refund])


async def main():
    """Runs to the end, and prints what the model said last."""
    runner = InMemoryRunner(app=App(name="support", root_agent=agent, plugins=[gate]))
    session = await runner.session_service.create_session(app_name="support", user_id="u")
    question = types.Content(role="user", parts=[types.Part(text="Refund cus_91.")])
    async for event in runner.run_async(
            user_id="u", session_id=session.id, new_message=question):
        said = event.content.parts[-1].text if event.content else None
    print(said)


asyncio.run(main())
