### Words of the staff console: referrals.

desk-nav-referrals = Referrals
desk-referrals-title = Referrals
desk-referrals-none = No referral matches this.
desk-referrals-more = These are the newest { $most }. Search or show only a part to see others.
desk-referral-no-name = no name yet
desk-referral-search = Whole name
desk-search = Search
desk-late = { $count ->
    [one] 1 answer is late
   *[other] { $count } answers are late
}
desk-late-since = late since { $at }
desk-referral-told = What was told
desk-referral-why = Why this programme
desk-referral-edit = Correct something
desk-referral-field = What
desk-referral-value = What it should say
desk-referral-save = Keep it
desk-referral-unknown = Nothing was changed. Choose from what is offered.
desk-referral-no-consent = Nothing was sent: this person has not agreed to it, or has taken it back. Without consent it can go only to keep somebody safe.
desk-referral-not-sent = Nothing of this was sent to that programme.
desk-consents = What the person agreed to
desk-consents-none = Nothing yet.
desk-consent-given = agreed
desk-consent-back = taken back
desk-consent-referral = this referral
desk-consent-sharing = sharing
desk-sent = Sent to
desk-sent-none = Nobody yet.
desk-sent-by = by { $name }
desk-sent-due = answer due by { $at }
desk-send = Send it
desk-send-to = To
desk-send-basis = On what ground
desk-basis-consent = they agreed
desk-basis-safeguarding = to keep somebody safe, without consent
desk-answer = The programme's answer
desk-answer-of = Whose answer
desk-answer-says = It is
desk-answer-save = Keep the answer
desk-end = Take it off the list
desk-history = What was changed
