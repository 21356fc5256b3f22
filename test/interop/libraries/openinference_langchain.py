"""OpenInference's instrumentation of langchain: an agent with a tool, streamed, and a call that fails."""

from langchain.agents import create_agent
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from openai import NotFoundError
from openinference.instrumentation import using_attributes
from openinference.instrumentation.langchain import LangChainInstrumentor
from tracing import provider_url, question, session_id, tracer, traces, weather

LangChainInstrumentor().instrument()


def model(name: str) -> ChatOpenAI:
    return ChatOpenAI(
        model=name,
        base_url=provider_url,
        api_key="none",
        max_retries=0,
        streaming=True,
        stream_usage=True,
    )


agent = create_agent(model("gpt-4o"), [tool(weather)], system_prompt="Be brief.")
attributes = using_attributes(session_id=session_id, user_id="u1")
with attributes, tracer.start_as_current_span("answer"):
    agent.invoke({"messages": [("user", question)]})
    try:
        model("gone").invoke(question)
    except NotFoundError:
        pass
traces.shutdown()
