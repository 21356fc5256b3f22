"""Traces a small application with HoneyHive's Python SDK. Prints the id of its session as JSON."""

import json
import os

from honeyhive import HoneyHive, HoneyHiveTracer, trace

tracer = HoneyHiveTracer.init(
    api_key=os.environ.get("HH_API_KEY"),
    server_url=os.environ["HH_API_URL"],
    session_name="python shop",
    source="interop",
    disable_batch=os.environ.get("SHOP_BATCH") != "1",
)


@trace(tracer=tracer, event_type="tool", event_name="look up")
def look_up(order_id, options):
    return {"status": "shipped", "items": [{"sku": "a"}, {"sku": "b"}]}


@trace(tracer=tracer, event_type="model", event_name="ask model")
def ask(question):
    tracer.enrich_span(
        config={"model": "gpt-4o", "provider": "openai"},
        metadata={"prompt_tokens": 12, "completion_tokens": 5},
        metrics={"score": 0.5},
        feedback={"rating": 4},
    )
    return "It arrives tomorrow."


@trace(tracer=tracer, event_type="tool", event_name="fail")
def fail():
    raise ValueError("no such order")


@trace(tracer=tracer, event_type="chain", event_name="answer")
def answer(question):
    look_up(17, {"deep": {"er": True}})
    try:
        fail()
    except ValueError:
        pass
    return ask(question)


answer("Where is my order?")
tracer.enrich_session(metadata={"build": 7}, user_properties={"user_id": "u1"})
tracer.force_flush()
found = None
if "HH_DATA_PLANE_API_KEY" in os.environ:
    # Names no project: the session finds it.
    client = HoneyHive(
        api_key=os.environ["HH_DATA_PLANE_API_KEY"],
        server_url=os.environ["HH_API_URL"],
    )
    page = client.events.get_by_session_id(session_id=tracer.session_id)
    found = sorted({event.event_name for event in page.events})
print(json.dumps({"session_id": tracer.session_id, "found": found}))
tracer.shutdown()
