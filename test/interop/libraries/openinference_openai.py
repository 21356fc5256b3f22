"""OpenInference's instrumentation of openai, with its own spans for a chain and a tool."""

from openinference.instrumentation import OITracer, TraceConfig, using_attributes
from openinference.instrumentation.openai import OpenAIInstrumentor
from tracing import chat_with_openai, question, session_id, tracer, traces, weather

OpenAIInstrumentor().instrument()
oi_tracer = OITracer(tracer, config=TraceConfig())


@oi_tracer.tool(name="weather")
def run_tool(city: str) -> str:
    return weather(city)


@oi_tracer.chain(name="answer")
def answer(question: str) -> str:
    return chat_with_openai(run_tool)


with using_attributes(session_id=session_id, user_id="u1"):
    answer(question)
traces.shutdown()
