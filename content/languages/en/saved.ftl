### Saved replies: what workers often write. They choose one and change it before it goes.

saved-hello = Hi, I'm a real person from the team. I have read what you wrote. Is it OK to talk here now?
saved-safe = Are you in a safe place right now?
saved-ring = If anyone is about to get hurt, ring 999. I'm staying here.
saved-slow = Take your time. You don't have to tell me everything.
saved-checking = I'm going to check something. I'll write again in a few minutes.
saved-when = When is a good time to write to you again?
saved-bye = I'm going to finish here for now. You can write at any time, day or night.
