### Words of the staff console: getting in, one's own account, staff, the audit.

## Getting in

desk-sign-in-title = Sign in
desk-sign-in = Sign in
desk-next = Next
desk-login-name = Sign-in name
desk-password = Password
desk-ask-link = No account yet, or lost your phone and your recovery codes? Ask your supervisor for a one-time link.
desk-link-spent = This link has been used or is too old. Ask for a new one.
desk-second-title = Second step
desk-code = Code from your authenticator app
desk-code-help = Six digits. Or one of your recovery codes.
desk-start-again = Start again
desk-enrol-title = Set up your account
desk-enrol-once = This link works once.
desk-enrol-step-name = 1. A name and a password
desk-enrol-step-app = 2. Your authenticator app
desk-enrol-app = Open an authenticator app on your phone, scan this picture, and type the six digits that it shows.
desk-enrol-qr = QR code for the authenticator app
desk-enrol-secret = If you can't scan it, type this into the app:
desk-enrol = Set up and sign in
desk-new-password = New password
desk-password-again = The same again
desk-password-help = At least { $shortest } characters. Three or four words in a row are good. Not your sign-in name.
desk-codes-title = Recovery codes
desk-codes-once = Each code works once in place of your phone. They are shown only now: write them down and keep them away from your phone.
desk-codes-kept = I have kept them, go on
desk-fault-wrong = That name and password do not belong together.
desk-fault-locked = Too many tries. Wait 15 minutes, or ask your supervisor for a one-time link.
desk-fault-bad-login = Choose a sign-in name of 2 to 64 characters.
desk-fault-taken-login = Somebody else has this sign-in name. Choose another.
desk-fault-bad-password = Choose a longer password, without your name in it and not one letter again and again.
desk-fault-different = The two passwords are not the same.
desk-fault-bad-code = That code is not right, or was used before. Wait for the next one and try again.
desk-fault-spent = This took too long. Start again.

## One's own account

desk-me-title = Your account
desk-sessions = Where you are signed in
desk-session-unknown = Some browser
desk-session-since = since { $since }, last used { $seen }
desk-session-this = this one
desk-session-end = Sign out there
desk-sign-out-here = Sign out of this browser
desk-sessions-end = Sign out everywhere else
desk-change-password = Change password
desk-old-password = Password until now
desk-codes-left = You have { $left } recovery codes left.
desk-codes-new = Make ten new codes

## Staff

desk-staff-title = Staff
desk-staff-gone = left
desk-staff-not-enrolled = not set up yet
desk-staff-enrol = New one-time link
desk-staff-enrol-whom = New one-time link for { $name }
desk-staff-dismiss = End access
desk-staff-dismiss-whom = End access of { $name }
desk-staff-invite = Invite somebody
desk-staff-name = Name
desk-staff-role = Role
desk-staff-which-programme = Programme, for programme staff
desk-staff-link = Give them this link. It works once, within 24 hours, and is shown only now:
desk-staff-name-role = Give a name and a role.
desk-staff-programme = Programme staff need a programme, and nobody else has one.
desk-staff-not-yourself = You can't end your own access. Ask another supervisor.
desk-none = none
desk-role-reader = program that reads
desk-role-worker = worker
desk-role-programme = programme staff
desk-role-supervisor = supervisor
desk-role-editor = content editor
desk-role-auditor = auditor

## The audit

desk-audit-title = Audit
desk-audit-about = About (an id)
desk-audit-when = When
desk-audit-who = Who
desk-audit-what = What
desk-audit-subject = About
desk-audit-why = Why

## The identity provider, and passkeys

desk-provider = Sign in with your organisation
desk-provider-go = Go on to your organisation
desk-provider-back = Go on to the desk
desk-provider-second = Your organisation did not say that it asked for a second step, so the desk needs one of its own.
desk-fault-no-place = Your organisation knows you, but none of your groups has a place at this desk. Ask your supervisor.
desk-fault-provider = Signing in with your organisation did not work. Try again, or use your password.
desk-fault-bad-key = That passkey was not accepted. Try again, or use a code.
desk-keys-title = Your passkeys
desk-keys-how = A passkey is your phone, your computer or a security key. It can stand in for the code of your authenticator app.
desk-key-name = Name for a new one, such as my phone
desk-key-add = Add this device or key
desk-key-since = since { $at }
desk-key-used = last used { $at }
desk-key-remove = Remove
desk-key-remove-what = Remove { $name }
desk-key-name-it = Nothing was added. Give it a name.
desk-key-refused = Nothing was added. Open this page again and try once more.
desk-key-failed = Your browser gave no passkey. Try again, or use a code.
desk-key-use = Use a passkey

## Practice

desk-practice = PRACTICE. Nobody here is real. Nothing is sent and nobody is woken.
desk-practice-short = PRACTICE

## Who may do what

desk-rights-title = Who may do what
desk-right-see-queue = see the queue, the rota and pages
desk-right-see-people = see people's words and referrals
desk-right-talk = take, answer, hand over, close
desk-right-see-referrals = see referrals (programme staff: those sent to them)
desk-right-supervise = hand back what others hold, change the rota, see figures
desk-right-manage-staff = invite people and end their access
desk-right-see-audit = read the audit
desk-right-see-content = read all content
desk-fields-title = Fields that are kept back
desk-fields-how = Whoever may see a referral sees all of its fields but these.
desk-fields-from = not for
desk-field-kind-friend = told by a friend

## The content

desk-nav-content = Content
desk-content-title = Content
desk-content-how = As people read it. It is changed in its files, and each change is reviewed there.
desk-content-findings = { $count ->
    [one] 1 thing to mend
   *[other] { $count } things to mend
}
desk-content-well = The check finds nothing to mend.
desk-content-facts = What this deployment has told
desk-content-facts-how = Set in deployment.yaml. Below each stand the texts that depend on it.
desk-content-unknown = not set: the bot says that a person will tell
desk-content-conversations = Every conversation
desk-content-language = Language
desk-content-channel = Channel
desk-content-show = Show
desk-content-draft = Nobody who speaks this language has read all of its texts yet.

## Somebody who misuses the service

desk-slow = Slow the bot down here
desk-slow-how = For pranks and abuse. For a day the bot's routine answers take a minute. Danger is heard and answered as ever, and nobody is shut out.
desk-slow-why = Why (your name stands with it)
desk-slow-save = Slow it down
desk-slow-reason = Nothing was changed. Say why.
