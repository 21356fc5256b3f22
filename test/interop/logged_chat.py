"""Calls a fake OpenAI with OpenTelemetry's instrumentation, which logs the conversation. Prints the trace id."""

import json
import os

import openai
from opentelemetry import trace
from opentelemetry._logs import set_logger_provider
from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor
from opentelemetry.metrics import set_meter_provider
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

if os.environ["OTEL_EXPORTER_OTLP_PROTOCOL"] == "grpc":
    from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
else:
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

traces = TracerProvider()
traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(traces)
logs = LoggerProvider()
logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))
set_logger_provider(logs)
metrics = MeterProvider([PeriodicExportingMetricReader(OTLPMetricExporter())])
set_meter_provider(metrics)
OpenAIInstrumentor().instrument()

client = openai.OpenAI(base_url=os.environ["PROVIDER_URL"], api_key="none")
with trace.get_tracer("chat").start_as_current_span("ask") as span:
    client.chat.completions.create(
        model="gpt-4o",
        messages=[
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Weather in Oslo?"},
        ],
    )

# The records come before the spans, or after them.
providers = [logs, traces] if os.environ["LOGS_FIRST"] == "1" else [traces, logs]
for provider in [*providers, metrics]:
    provider.force_flush()
for provider in [*providers, metrics]:
    provider.shutdown()
print(json.dumps({"trace_id": format(span.get_span_context().trace_id, "032x")}))
