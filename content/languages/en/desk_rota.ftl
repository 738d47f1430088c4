### Words of the staff console: the rota, one's phones, pages and drills.

desk-nav-rota = Rota

## The coming days

desk-rota-title = Rota
desk-rota-now = On call now
desk-rota-nobody = nobody
desk-rota-one-phone = the one phone of the settings
desk-rota-none = There is no rota yet. Until there is one, only the phone of the settings is paged.
desk-rota-covered = Somebody with a tested phone is on call at every minute of the next 14 days.
desk-rota-faults = { $count ->
    [one] 1 fault in the next 14 days
   *[other] { $count } faults in the next 14 days
}
desk-rota-fault = { $starts } to { $ends }: { $fault }
desk-rota-until = until { $at }
desk-rota-goes-on = Still on:
desk-rota-yours = yours
desk-rota-untested = phone not tested
desk-slot-first = First on call
desk-slot-second = Second on call

## Changing it

desk-rota-change = Change the rota
desk-rota-no-team = Make a team first: a rota belongs to a team.
desk-rota-shifts = Shifts
desk-rota-kind-weekly = New: the same days every week
desk-rota-kind-rotating = New: people in turn
desk-rota-kind-one-off = New: one shift, once
desk-rota-team = Team
desk-rota-slot = Place
desk-rota-who = Who
desk-rota-days = Days
desk-day-0 = Monday
desk-day-1 = Tuesday
desk-day-2 = Wednesday
desk-day-3 = Thursday
desk-day-4 = Friday
desk-day-5 = Saturday
desk-day-6 = Sunday
desk-rota-order = Who takes turns: 1 is first, empty is not in it
desk-rota-each-days = Days in a turn
desk-rota-in-turn = { $days ->
    [one] in turn, 1 day each
   *[other] in turn, { $days } days each
}
desk-rota-begins = Begins at
desk-rota-till = Ends at
desk-rota-next-day = An end at or before the beginning is on the next day.
desk-rota-since = First day
desk-rota-last = Last day, if any
desk-rota-starts = From
desk-rota-ends = To
desk-rota-add = Add it
desk-rota-alter = Alter
desk-rota-alter-what = Alter: { $what }
desk-rota-alter-save = Put this in its place
desk-rota-drop = Take out
desk-rota-drop-what = Take out: { $what }
desk-rota-for-a-while = Changes for a while
desk-rota-override = New: somebody in somebody's place
desk-rota-into = Who comes
desk-rota-out = In whose place
desk-rota-beside = nobody's: beside whoever is on
desk-rota-instead-of = in the place of { $name }
desk-rota-swap = New: two people swap
desk-rota-one = One
desk-rota-other = The other
desk-rota-swap-save = Swap their turns
desk-rota-leave = Leave
desk-rota-leave-add = New: somebody is away
desk-rota-leave-help = Whatever they leave open is a gap until somebody fills it.
desk-rota-teams = Teams
desk-rota-joins = Add
desk-rota-joins-whom = Add to { $team }
desk-rota-leaves = Remove
desk-rota-leaves-whom = Remove { $name } from { $team }
desk-rota-new-team = Name of a new team
desk-rota-team-add = Make the team
desk-rota-import = Bring in a calendar
desk-rota-import-help = An iCalendar file with the person's name as the title of each event. It takes the place of what was brought in here before; everything else stays.
desk-rota-file = File (.ics)
desk-rota-import-save = Bring it in
desk-rota-choose = Nothing was changed. Choose a team, a place and people from the lists.
desk-rota-bad-time = Nothing was changed. Give days and times.
desk-rota-no-length = Nothing was changed. The end must come after the beginning.
desk-rota-no-days = Nothing was changed. Choose at least one day.
desk-rota-each = Nothing was changed. A turn is 1 to 28 days.
desk-rota-turns = Nothing was changed. Give everybody who takes turns a number of their own.
desk-rota-same-person = Nothing was changed. Choose two different people.
desk-rota-nothing-to-swap = Nothing was changed. Neither of them is on call there in that time.
desk-rota-team-name = Nothing was changed. Give the team a name that no other team has.
desk-rota-bad-calendar = Nothing was changed. This is no calendar with shifts, or a title in it is nobody's name.

## One's own phones

desk-phones-title = Your phones
desk-phones-how = You are woken on every phone here that a code has proved.
desk-phones-none = You have no phone here, so nobody can wake you.
desk-phones-off = Pages go by no channel here yet. Ask whoever runs the service.
desk-phone-channel-sms = Text message
desk-phone-channel-telegram = Telegram
desk-phone-channel-voice = Call
desk-phone-channel-web = Web chat
desk-phone-channel-whatsapp = WhatsApp
desk-phone-proved = Proved { $at }
desk-phone-unproved = Not proved yet: type the code that was sent there.
desk-phone-stopped = Pages were stopped from this phone on { $at }. Text START to the pager to get them again.
desk-phone-code = Code that arrived at { $to }
desk-phone-prove = Prove it
desk-phone-remove = Remove
desk-phone-remove-what = Remove { $to }
desk-phone-new = A new phone
desk-phone-how = How you are woken there
desk-phone-number = Number, or the id of a Telegram chat
desk-phone-number-help = A code goes there at once. It is good for 30 minutes.
desk-phone-send = Send a code
desk-phone-bad = Nothing was sent. Give a British number, or the number of a Telegram chat.
desk-phone-theirs = Nothing was sent. Somebody else has proved that this phone is theirs.
desk-phone-enough = Nothing was sent. Enough codes were sent for you this hour.
desk-phone-wrong-code = That is not the code, or it is too old. After five wrong ones, remove the phone and start again.
desk-calendar-title = The rota in your calendar
desk-calendar-how = An address for your calendar program. Whoever has it can read who is on call, and nothing else.
desk-calendar-link = Give this to your calendar program. It is shown only now:
desk-calendar-since = You have an address, made { $at }.
desk-calendar-make = Make an address
desk-calendar-again = Make a new address; the old one ends
desk-calendar-end = End the address

## Pages

desk-pages-title = Pages
desk-pages-how = The last 7 days. An immediate page that is taken without help within { $minutes } minutes goes to the next rung.
desk-pages-none = Nobody was woken in the last 7 days.
desk-page-test = TEST
desk-page-state-started = Rings
desk-page-state-unreachable = Rings, and has reached nobody yet
desk-page-state-acknowledged = Taken by
desk-page-state-stopped = Stopped by
desk-page-state-ended = Over: closed, or a worse page took its place
desk-page-after = after { $seconds } s
desk-page-follows = It follows a page that was taken without help
desk-page-why = Reason:
desk-page-next = Next rung at { $at }
desk-page-the-phone = the one phone
desk-page-stop = Stop this page
desk-page-stop-why = Why { $reference } needs nobody to be woken (your name stands with it)
desk-page-reason = Nothing was stopped. Say why.
desk-page-over = Nothing was stopped: this page rings no more.
desk-rung-first = First on call
desk-rung-second = Second on call
desk-rung-team = The team
desk-rung-supervisors = Supervisors
desk-rung-everybody = Everybody again
desk-page-send-waits = together with others soon
desk-page-send-held = waiting
desk-page-send-queued = waiting
desk-page-send-sent = sent
desk-page-send-delivered = delivered
desk-page-send-read = read
desk-page-send-failed = FAILED

## Drills

desk-drills-title = Drills
desk-drills-how = A made-up message goes through the whole path to a page marked TEST. Somebody should take it within { $minutes } minutes.
desk-drills-daily = One is sent every day at { $at }.
desk-drills-by-hand = None is sent by itself here.
desk-drills-none = There was no drill yet.
desk-drills-median = Half were answered within { $seconds } s ({ $count } answered).
desk-drills-failed = { $count ->
    [0] None was missed.
    [one] 1 was missed.
   *[other] { $count } were missed.
}
desk-drill-when = When
desk-drill-from = From
desk-drill-paged = Paged at
desk-drill-answered = Answered
desk-drill-seconds = after { $seconds } s
desk-drill-nobody = by nobody
desk-drill-waits = waits for an answer
desk-drill-send = Send a drill now
