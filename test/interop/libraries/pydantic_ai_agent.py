"""pydantic-ai's own spans: an agent with a tool, whose answer is streamed, and a call that fails."""

import asyncio

from pydantic_ai import Agent
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from tracing import provider_url, question, session_id, tracer, traces, weather

Agent.instrument_all()
provider = OpenAIProvider(base_url=provider_url, api_key="none")


def agent(model: str) -> Agent:
    return Agent(
        OpenAIChatModel(model, provider=provider),
        name="forecaster",
        instructions="Be brief.",
        tools=[weather],
    )


async def answer() -> None:
    attributes = {"session.id": session_id, "user.id": "u1"}
    with tracer.start_as_current_span("answer", attributes=attributes):
        async with agent("gpt-4o").run_stream(question) as run:
            await run.get_output()
        try:
            await agent("gone").run(question)
        except ModelHTTPError:
            pass


asyncio.run(answer())
traces.shutdown()
