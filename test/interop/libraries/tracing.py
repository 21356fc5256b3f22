"""Exports spans as the OTEL_ variables say; the chat that the programs of the libraries share."""

import json
import os

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

provider_url = os.environ["PROVIDER_URL"]
session_id = os.environ["SESSION_ID"]
question = "Weather in Oslo?"

traces = TracerProvider()
traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(traces)
tracer = trace.get_tracer("shop")

tools = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "The weather of a city.",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
]


def weather(city: str) -> str:
    """The weather of a city."""
    return json.dumps({"city": city, "celsius": 7})


def chat_with_openai(run_tool):
    """A call of a tool, its result and the streamed answer; then a call that fails, and an embedding."""
    import openai

    client = openai.OpenAI(base_url=provider_url, api_key="none", max_retries=0)
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": question},
    ]
    called = client.chat.completions.create(model="gpt-4o", messages=messages, tools=tools)
    message = called.choices[0].message
    call = message.tool_calls[0]
    messages.append(message.model_dump(exclude_none=True))
    result = run_tool(**json.loads(call.function.arguments))
    messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
    stream = client.chat.completions.create(
        model="gpt-4o",
        messages=messages,
        tools=tools,
        stream=True,
        stream_options={"include_usage": True},
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
    try:
        client.chat.completions.create(model="gone", messages=messages[:2])
    except openai.NotFoundError:
        pass
    client.embeddings.create(model="text-embedding-3-small", input=question, encoding_format="float")
    return text
