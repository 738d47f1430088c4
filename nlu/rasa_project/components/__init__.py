"""Parts of the Rasa pipeline that are Handrail's own.

Belongs here: what Rasa loads by name from config.yml, and the pure code under it. Does not belong
here: anything of the service, which speaks to Rasa over HTTP only (`nlu.rasa`).
"""
