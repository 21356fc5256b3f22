"""Traceloop's instrumentation of openai, below spans with the attributes that Traceloop's SDK gives them."""

import json

from opentelemetry.instrumentation.openai import OpenAIInstrumentor
from tracing import chat_with_openai, question, session_id, tracer, traces, weather

OpenAIInstrumentor().instrument()
association = {
    "traceloop.association.properties.session_id": session_id,
    "traceloop.association.properties.user_id": "u1",
}


def run_tool(city: str) -> str:
    entity_input = json.dumps({"city": city})
    attributes = {"traceloop.span.kind": "tool", "traceloop.entity.input": entity_input, **association}
    with tracer.start_as_current_span("weather", attributes=attributes) as span:
        result = weather(city)
        span.set_attribute("traceloop.entity.output", result)
        return result


attributes = {"traceloop.span.kind": "workflow", **association}
with tracer.start_as_current_span("answer", attributes=attributes) as span:
    span.set_attribute("traceloop.entity.input", question)
    span.set_attribute("traceloop.entity.output", chat_with_openai(run_tool))
traces.shutdown()
