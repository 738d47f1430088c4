### Words of the page for the safeguarding front door.

desk-handover = Page for the front door
desk-handover-title = Safeguarding handover
desk-handover-pdf = PDF
desk-handover-back = Back to the conversation
desk-handover-channel = Wrote by
desk-handover-facts = What is known
desk-handover-said = What they wrote, word for word
desk-handover-risk = Risk
desk-handover-done = What was done
desk-handover-unknown = Not known
desk-handover-given = Who got this page
desk-handover-to = I have given it to
desk-handover-give = Note that they got it
desk-handover-foot = { $reference }. Copy of { $name }, { $at }. Personal: keep it safe and shred it.
desk-column-reference = Reference
desk-front-door-mash = MASH
desk-front-door-emergency-duty = Emergency duty team
desk-deed-asked-for-person = a person was asked for
desk-deed-taken = taken by
desk-deed-closed = closed
desk-deed-first-answer = first answer of a person
desk-deed-last-answer = last answer of a person
desk-deed-sent-referral = referral sent by
desk-deed-sent-handover = this page given by
