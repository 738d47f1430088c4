### Questions of the flows. One thing at a time; every question can be skipped.

ask-name-again-self = What name can I use for you? You can say skip.
ask-name-again-them = What name can we use for them? You can say skip.
ask-send-again = Shall I send it to the team now?

self-opens = I'm glad you wrote. I'll ask a few short things, so a person can help you.
ask-self-reason = What's going on for you? Say as much or as little as you want.
ask-self-name = What should I call you? Any name is fine.
ask-self-age-area = About how old are you, and what part of town do you live in?
ask-self-age = About how old are you?
ask-self-area = What part of town do you live in?
ask-self-ties = Do you have family, friends or school in Coventry or Wolverhampton? Tell me a bit about it.
ask-self-safe = What's a safe way to reach you? It can be here, by text, by call, or some other way.
ask-self-send = Thank you. That's all I need. Shall I send this to the team now? You can add more first.
ask-safe-now = Are you safe right now?
ask-phone-seen = Does anyone else see your phone?
ask-code-word = Pick a code word that nobody would guess. If we write first, we only say hi. You send the word, then we go on. What word?
ask-safe-time = What time is good to reach you? And is there a time when we should not?
ask-self-helps = What do you think would help you most?
ask-self-likes = What do you like doing, or what are you good at?
ask-self-adult = Is there a grown-up that you trust? Who is it?
ask-self-more = What else may help us? You can say what you like or are good at, and what would help. It can be a grown-up you trust, or a good time to reach you. Say if you need a language or other help.
self-adds = You can still tell me more: what you like, what would help, a grown-up you trust, or a good time to reach you. Say if you need a language or other help. The team sees it.
ask-needs = Is there anything we should know to make this easier? It can be a language or other help.
ask-check-in = Shall we check on you tomorrow? We only send a short hi.
ask-cover = If somebody else answers, what should we say? For instance, that it is a wrong number.
self-ends = I've sent it. A person reads it and gets in touch only in a way you said is safe. { $answer_hours ->
    [unknown] I can't say how long it takes.
   *[other] It can take up to { $answer_hours } hours.
} Write here any time, or say human. In danger, ring 999.

parent-opens = Thank you for writing. It's good that you look out for your child. I'll ask a few short things.
ask-parent-reason = What are you worried about? Say it in your own words.
ask-parent-name = What should we call your child? A first name is fine.
ask-parent-age-area = How old is your child, and what part of town do they live in?
ask-parent-age = How old is your child?
ask-parent-area = What part of town does your child live in?
ask-parent-ties = Does your child have family, friends or school in Coventry or Wolverhampton? Tell me a bit about it.
ask-parent-knows = Does your child know you are asking for help, and do they want it?
ask-parent-safe = What's a safe way to reach you? It can be here, by text, by call, or some other way.
ask-parent-send = Thank you. That's all I need. Shall I send this to the team now? You can add more first.
ask-parent-contact = Can we get in touch with your child, or should we ask you first?
ask-parent-likes = What does your child like doing, or what are they good at?
ask-parent-siblings = Are there other children at home? How are they doing?
ask-parent-support = How are you doing? What would help you?
ask-parent-more = What else may help us? It can be what your child likes, other children at home, or how you are. Say if you need a language or other help. You can say it all in one go.
parent-adds = You can still tell me more: what your child likes, other children at home, or how you are. Say if you need a language or other help. The team sees it.
parent-ends = I've sent it. A person reads it and gets in touch with you first. { $answer_hours ->
    [unknown] I can't say how long it takes.
   *[other] It can take up to { $answer_hours } hours.
} Write here any time, or say human. In danger, ring 999.

friend-opens = You did a good thing by writing. You don't have to say who you are.
ask-friend-reason = What is going on for them? Say it in your own words.
ask-friend-name = What should we call them? A first name is fine.
ask-friend-age-area = About how old are they, and what part of town do they live in?
ask-friend-age = About how old are they?
ask-friend-area = What part of town do they live in?
ask-friend-send = Thank you. That's all I need. Shall I send this to the team now? You can add more first.
ask-friend-knows = Do they know that you are asking, and do they want help?
ask-friend-safe = Would you like us to get back to you? If so, how is it safe to reach you?
ask-friend-likes = What do they like doing, or what are they good at?
friend-ends = I've sent it. A person reads it and thinks about what is safe before anyone writes to them. { $answer_hours ->
    [unknown] I can't say how long it takes.
   *[other] It can take up to { $answer_hours } hours.
} Write here any time, or say human. In danger, ring 999.

school-opens = Thank you. I'll keep it short. Please don't wait for this if a child is in danger: ring 999.
ask-school-role-org = What is your role, and where do you work?
ask-school-role = What is your role?
ask-school-org = Where do you work?
ask-school-name = What should we call the young person? A first name or letters are fine.
ask-school-age-area = How old are they, and what part of town do they live in?
ask-school-age = How old are they?
ask-school-area = What part of town do they live in?
ask-school-ties = Do they have family, friends or school in Coventry or Wolverhampton? Tell me a bit about it.
ask-school-reason = What are you worried about? Please say what was seen or said.
ask-school-aware = Do the young person and a parent know that you are asking?
ask-school-why = What is the reason that not all of them know?
ask-school-safe = How can we best reach you? A work phone or email is good.
ask-school-send = Thank you. That's all I need. Shall I send this to the team now? You can add more first.
ask-school-lead = Does your safeguarding lead know? Who is it?
ask-school-done = What has been done so far?
ask-school-attendance = How often are they in school?
ask-school-missing = Have they gone missing? When was it?
ask-school-apart = Is there anyone that they should be kept apart from?
ask-school-visit = Is there a risk for someone who visits the home?
ask-school-tool = Have you filled in a screening form? You don't need one.
ask-school-likes = What do they like, and what are they good at?
school-ends = I've sent it. A person reads it and gets in touch with you. { $answer_hours ->
    [unknown] I can't say how long it takes.
   *[other] It can take up to { $answer_hours } hours.
} Write here any time, or say human. If a child is in danger, don't wait: ring 999.

route-opens = Thank you for telling me. I'll ask where and when, so people can look out.
ask-route-place = Where is it? A street, a stop, a school or a part of town is fine.
ask-route-time = When is it? Tell me the day and about what time.
ask-route-worry = What are you worried about there?
ask-route-reason = What is going on there?
route-ends = I've sent the place and the time to the team. { $patrol ->
    [planned] Grown-ups are due there then, but plans can change.
    [none] I don't know of anyone due there then. A person will look at it.
   *[unknown] I don't know if someone will be there. A person will check.
} { $safe_place ->
    [unknown] In danger, ring 999.
   *[other] You can go to { $safe_place }: there are staff. In danger, ring 999.
} Want an answer? Tell me a name and how to reach you.
