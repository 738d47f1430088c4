### Words of the staff console.

desk-title = Handrail desk
desk-skip = Skip to the page
desk-sign-out = Sign out
desk-sign-in-title = Sign in
desk-sign-in-once = This link works once. It signs you in on this browser for 12 hours.
desk-sign-in = Sign in
desk-ask-link = You are signed out. Ask whoever runs this service for a sign-in link.
desk-link-spent = This link has been used or is too old. Ask for a new one.
desk-foreign-form = This did not come from the desk itself, so nothing was done. Open the page again and repeat it.
desk-no-rights = Your role does not open the desk.
desk-no-ticket = There is no such ticket.
desk-to-queue = To the queue
desk-refresh = Load new messages

## The queue

desk-queue-title = ({ $waiting }) Queue
desk-waiting = { $waiting ->
    [one] 1 person waiting
   *[other] { $waiting } people waiting
}
desk-nobody-waits = Nobody is waiting.
desk-taken = Somebody has them
desk-nobody = nobody
desk-waited-minutes = { $minutes } min
desk-waited-hours = { $hours } h { $minutes } min
desk-column-reference = Reference
desk-column-priority = Priority
desk-column-reasons = Why
desk-column-channel = Channel
desk-column-waiting = Opened for
desk-column-holder = With
desk-column-state = State
desk-column-language = Language
desk-column-risk = Risk
desk-column-kind = Kind
desk-column-programme = Programme

## A ticket

desk-ticket-title = Ticket { $reference }
desk-evidence = What the worry comes from
desk-thread = Messages
desk-claim = Take this
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
desk-reason-undelivered = a message did not arrive
desk-reason-uncertain-delivery = a message may not have arrived
desk-reason-broken-turn = the bot could not handle a message
desk-reason-left = blocked or left us
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
