"""What is counted and timed, for `/metrics`: never anything of a person.

Does not belong here: gauges read from the database (api/health.py).
"""

from prometheus_client import Counter, Histogram

HOOKS = Counter("handrail_hooks_total", "Webhooks answered.", ["channel", "kind", "status"])
HOOK_SECONDS = Histogram(
    "handrail_hook_seconds",
    "From a webhook to its answer.",
    buckets=(0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 1, 3, 10),
)
CHAT_MESSAGES = Counter("handrail_chat_messages_total", "Web chat messages.", ["status"])
