"""One module a channel: `verify, parse, send, status`, in that order. Provider SDKs only here."""
