### Words of the staff console: the queue and a conversation.

desk-title = Handrail desk
desk-skip = Skip to the page
desk-sign-out = Sign out
desk-foreign-form = This did not come from the desk itself, so nothing was done. Open the page again and repeat it.
desk-to-queue = To the queue
desk-refresh = Load new messages

## The walk home: what chaperones read. Never anybody's own words.

desk-patrol-report = Unconfirmed. Place: { $place }. Day: { $day }. Time: { $time }. Worry: { $worry }.
desk-patrol-unsaid = not told

## The queue

desk-queue-title = ({ $waiting }) Queue
desk-queue = Waiting
desk-waiting = { $waiting ->
    [one] 1 person waiting
   *[other] { $waiting } people waiting
}
desk-nobody-waits = Nobody is waiting.
desk-mine = With you
desk-taken = With somebody else
desk-waited-minutes = { $minutes } min
desk-waited-hours = { $hours } h { $minutes } min
desk-column-state = State
desk-column-kind = Kind
desk-column-programme = Programme

## A ticket

desk-ticket-title = Ticket { $reference }
desk-thread = Messages
desk-claim = Take this
desk-claim-next = Take the next
desk-offer = Who is next
desk-offer-next = { $reference } is next.
desk-say-why = Somebody else is more urgent. Say why this one comes first, or take the next from the queue.
desk-why-label = Why this one first
desk-choose = Choose
desk-claim-means = Once you take it the bot says nothing here until you hand it back or close it.
desk-reply-label = Your words
desk-reply = Send
desk-release = Hand back to the queue and the bot
desk-close-legend = How did it end?
desk-close = Close
desk-referral = Referral
desk-already-taken = Somebody else was first.
desk-not-yours = You do not hold this ticket, so nothing was done.
desk-choose-outcome = Choose how it ended.
desk-reply-length = Nothing was sent. Write between 1 and 1,500 characters.
desk-opted-out = Nothing was sent: this person asked for no more messages.
desk-channel-cannot = Nothing was sent: this channel is off, or takes no written words.

## Every page

desk-nav = Desk
desk-nav-queue = Queue
desk-nav-audit = Audit
desk-nav-staff = Staff
desk-to-start = Back to the desk
desk-not-there = There is no such thing here, or it is not yours to see.
desk-no-rights = Your role does not open this page.
desk-no-script = This page needs scripts to stay up to date. Without them load it again by hand, and nobody knows that you are here.
desk-filter = Show
desk-filters = Show only a part
desk-all = all

## More of the queue

desk-alerts-on = Sound and notices are on
desk-alerts-off = Turn on sound and notices
desk-alert-title = Handrail: somebody needs a person
desk-nobody-matches = Nobody who waits matches this.
desk-language-is = writes { $code }
desk-with = with { $name }
desk-with-nobody = with nobody
desk-safe-title = Reaching them safely:

## More of a conversation

desk-understood = What the bot understood
desk-understood-as = { $intent } ({ $percent }% sure)
desk-understood-nothing = No purpose that it could act on
desk-risk-title = Risk
desk-risk-heard = heard in a message
desk-risk-by = changed by { $name }:
desk-risk-change = Raise or lower the risk
desk-risk-to = The risk is
desk-risk-why = Why (your name stands with it)
desk-risk-save = Change it
desk-risk-reason = Nothing was changed. Say why.
desk-choose-level = Choose a level.
desk-notes = Notes
desk-note-add = Write a note for colleagues
desk-note-label = Note (the person never sees it)
desk-note-save = Keep the note
desk-note-length = A note has between 1 and 2,000 characters.
desk-pass-title = Pass it to a colleague
desk-pass-to = Colleague
desk-pass = Pass it on
desk-pass-nobody = No colleague has set up an account.
desk-cannot-take = That colleague can't take it. Choose another.
desk-window-shut = More than 24 hours have passed, so WhatsApp first sends a short neutral message. Your words follow when they answer.
desk-saved = Saved replies
desk-saved-english = in English: not yet in their language
desk-prompts = Open questions to ask
desk-prompts-how = To be curious with, not a script. One at a time.
desk-prompt-day = What has today been like for you?
desk-prompt-before = What happened before that?
desk-prompt-who = Who else was there, or knows about it?
desk-prompt-where = Where are you now, and who is near?
desk-prompt-safe = What would help you feel safer tonight?
desk-prompt-want = What do you want to happen next?
desk-prompt-adult = Which adult do you trust, even a little?
desk-prompt-next = When and how is it OK to write to you again?

desk-outlook-opens = Nobody has written here for a while. First goes a line that says nothing; your words follow when they answer.
desk-outlook-waits = Your words wait for their next message or their code word: somebody else may hold the phone.
desk-outlook-later = They are kept until { $at }: the time that this person called safe.
desk-outlook-never-wrote = This person has never written to us, so nothing goes without another way to reach them.
desk-outlook-channel = They asked to be reached in another way. Nothing goes here.
desk-outlook-others-see = Others see this phone. Nothing goes until they write.
desk-outlook-somebody-else = Somebody else may be writing. Nothing of before is sent.
desk-outlook-times = They named times that only a person can read. Look at them first.
desk-outlook-late = It is too late for this to go out by itself.
desk-help = I have done something else
desk-help-why = After a page somebody else is woken in a few minutes unless you write, call, or say why not.
desk-help-what = What you did
desk-help-because = Why it is not safe
desk-help-save = Keep it
desk-help-choose = Choose what you did.
desk-help-reason = Say why contact is not safe.
desk-help-called = I called them
desk-help-called-999 = I called 999
desk-help-not-safe = Contact is not safe now
desk-cover-nobody = Nobody can be paged now. Anybody in danger is told so, and to ring 999.
desk-cover = On call from { $at }: { $fault }

desk-cover-rota-gap = nobody
desk-cover-rota-untested = somebody whose phone has not been tested
desk-cover-rota-both-rungs = one person on both rungs

desk-shift-title = Hand over at the end of a shift
desk-shift-nothing = You hold nobody, so there is nothing to hand over.
desk-shift-about = What the next person must know about { $reference }
desk-shift-to = Who takes them
desk-shift-how = They stand in that person's queue at once. An immediate one comes back to everybody if it is not opened within a minute.
desk-shift-end = Hand over all of them
desk-shift-note = Nothing was handed over. Write a word on each.

## Codes in words

desk-priority-immediate = Immediate
desk-priority-high = High
desk-priority-concern = Concern
desk-priority-routine = Routine
desk-state-open = open
desk-state-claimed = taken
desk-state-closed = closed
desk-outcome-helped = helped
desk-outcome-referred = referred on
desk-outcome-no-reply = no reply
desk-outcome-false-alarm = false alarm
desk-outcome-other = something else
desk-reason-risk = danger
desk-reason-asked-for-person = asked for a person
desk-reason-not-understood = not understood
desk-reason-complaint = complaint
desk-reason-opt-out-with-risk = opted out while at risk
desk-reason-delete-request = asked to delete what is held
desk-reason-referral-filed = referral filed
desk-reason-media-to-look-at = sent something to look at
desk-reason-media-lost = something sent could not be fetched
desk-reason-undelivered = a message did not arrive
desk-reason-uncertain-delivery = a message may not have arrived
desk-reason-broken-turn = the bot could not handle a message
desk-reason-left = blocked or left us
desk-reason-came-back = came back from another phone or page
desk-reason-unsafe-contact = words kept back: no safe way to send them
desk-channel-sms = SMS
desk-channel-whatsapp = WhatsApp
desk-channel-voice = phone
desk-channel-telegram = Telegram
desk-channel-web = web chat
desk-risk-none = none
desk-risk-concern = concern
desk-risk-high = high
desk-risk-immediate = immediate
desk-category-self-harm = self-harm
desk-category-threat-from-others = threat from others
desk-category-harm-to-others = harm to others
desk-category-weapon = weapon
desk-category-injury = injury
desk-category-criminal-exploitation = criminal exploitation
desk-category-sexual-exploitation = sexual exploitation
desk-category-missing-or-held = missing or held
desk-category-home-unsafe = home is not safe
desk-author-person = Person
desk-author-bot = Bot
desk-author-staff = Staff
desk-status-received = received
desk-status-queued = on its way
desk-status-held = held
desk-status-sent = sent
desk-status-delivered = delivered
desk-status-read = read
desk-status-failed = not delivered
desk-kind-message = message
desk-kind-edit = changed an earlier message
desk-kind-button = tapped an answer
desk-kind-blocked = blocked or left us
desk-kind-answer = answered on a page of questions
desk-kind-left = left in a hurry
desk-media-photo = photo
desk-media-voice-note = voice note
desk-media-video = video
desk-media-file = file
desk-media-sticker = sticker
desk-media-location = location
desk-media-contact = contact card
desk-referral-self = for themselves
desk-referral-parent = from a parent or carer
desk-referral-school = from a school or other professional
desk-referral-friend = for a friend
desk-referral-route = a safe way home
desk-programme-cirv = CIRV
desk-programme-step-together = Step Together
desk-programme-human-decides = a person decides
desk-referral-state-draft = not finished
desk-referral-state-received = received
desk-referral-state-triaged = looked at
desk-referral-state-accepted = accepted
desk-referral-state-needs-more = more is needed
desk-referral-state-redirected = passed to another service
desk-referral-state-declined = not taken on
desk-referral-state-withdrawn = taken back
desk-referral-state-closed = closed
desk-band-under-14 = under 14
desk-band-14-17 = 14 to 17
desk-band-18-25 = 18 to 25
desk-band-over-25 = over 25
desk-filter-level = Level
desk-filter-channel = Channel
desk-filter-band = Age
desk-safe-safe-channel = reach them by
desk-safe-safe-time = when
desk-safe-phone-seen = who sees the phone
desk-safe-code-word = code word
desk-shut-opted-out = This person asked for no more messages, so nothing can be sent here.
desk-shut-channel-cannot = This channel is off, or takes no written words.
desk-why-knows-them = I know them already
desk-why-language = I speak their language
desk-why-asked-for-me = They asked for me
desk-why-their-time = Now is their safe time
desk-why-together = It belongs to one that I have
desk-why-other = Another reason
desk-intent-greet = greets
desk-intent-goodbye = says goodbye
desk-intent-thank = thanks
desk-intent-refer-self = wants help for themselves
desk-intent-refer-child = worries about their child
desk-intent-refer-friend = worries about a friend
desk-intent-refer-professional = refers through their work
desk-intent-request-safe-route = wants a safe way
desk-intent-ask-service = asks what this is
desk-intent-ask-eligibility = asks whether it is for them
desk-intent-ask-identity = asks who is behind it
desk-intent-ask-bot = asks whether it is a computer
desk-intent-ask-privacy = asks who sees this
desk-intent-ask-human = wants a person
desk-intent-ask-status = asks how it stands
desk-intent-contact-preference = says how to reach them
desk-intent-delete-data = wants data deleted
desk-intent-stop = wants no more messages
desk-intent-affirm = says yes
desk-intent-deny = says no
desk-intent-dont-know = does not know
desk-intent-change-answer = changes an answer
desk-intent-restart = wants to start again
desk-intent-change-language = wants another language
desk-intent-complaint = complains
desk-intent-abuse = abuses the bot
desk-intent-share-concern = tells of something worrying
desk-intent-inform = tells something
desk-intent-out-of-scope = something that is not for us
desk-entity-age = age
desk-entity-place = place
desk-entity-school = school
desk-entity-time = time
desk-entity-day = day
desk-entity-relation = relation
desk-entity-name = name
desk-entity-safe-channel = how to reach them
desk-entity-safe-time = when to reach them
desk-entity-role = role
