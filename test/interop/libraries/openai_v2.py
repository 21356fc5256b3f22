"""OpenTelemetry's instrumentation of openai, with messages in its spans, below spans by the semantic conventions."""

import json
import os

os.environ["OTEL_SEMCONV_STABILITY_OPT_IN"] = "gen_ai_latest_experimental"
os.environ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "SPAN_ONLY"

from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor
from tracing import chat_with_openai, session_id, tracer, traces, weather

OpenAIInstrumentor().instrument()


def run_tool(city: str) -> str:
    attributes = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "weather",
        "gen_ai.tool.call.arguments": json.dumps({"city": city}),
    }
    with tracer.start_as_current_span("execute_tool weather", attributes=attributes) as span:
        result = weather(city)
        span.set_attribute("gen_ai.tool.call.result", result)
        return result


attributes = {"gen_ai.operation.name": "invoke_agent", "session.id": session_id, "user.id": "u1"}
with tracer.start_as_current_span("answer", attributes=attributes):
    chat_with_openai(run_tool)
traces.shutdown()
