### Texts to the phones of staff: a reference, a level and a code, never anything of a person.

page-staff = Handrail { $reference }: { $level }. Reply { $code } to take it, PASS { $code } to pass it on.
page-follows = Handrail { $reference }: { $level }. It was taken but nothing was done yet. Reply { $code } to take it, PASS { $code } to pass it on.
page-test = TEST.
page-repeat = REPEAT.
page-nobody-yet = Nobody has taken it yet.
page-nobody-yet-number = Nobody has taken it yet. Out-of-hours safeguarding: { $number }.
page-bundle = Handrail: { $count } more wait. Reply a code to take one. { $items }{ $more ->
    [0] .
   *[other] , and { $more } more on the desk.
}
page-bundle-item = { $reference } { $level } { $code }
page-take = I take it
page-pass = Pass it on

page-answer-taken = You have { $reference }. Write, ring, or say CALLED { $code } or 999 { $code }.
page-answer-late = { $reference }: somebody has it already.
page-answer-over = { $reference }: nobody is needed any more.
page-answer-passed = { $reference } is passed on.
page-answer-noted = { $reference }: noted.
page-answer-unknown = No such page. Reply the 5 digits of a page to take it.
page-answer-stopped = You get no more pages. Your supervisor is told. Text START to get them again.
page-answer-started = You get pages again.

page-worker-stopped = Handrail rota: a worker's phone has stopped pages. See handrail oncall check.
page-code = Handrail code { $code }. It proves that this phone can be paged.
page-cover = Handrail rota: { $count ->
    [one] 1 fault
   *[other] { $count } faults
} in the next 14 days. First: { $fault } from { $when }.
page-cover-gap = nobody on call
page-cover-untested = somebody on call with no tested phone
page-cover-both = one person on both rungs
page-shift-offered = Handrail: { $count ->
    [one] 1 conversation is
   *[other] { $count } conversations are
} handed to you. Read and take them on the desk.
page-shift-not-taken = Handrail: { $count ->
    [one] 1 conversation was
   *[other] { $count } conversations were
} handed over and not taken. Open the desk.
page-late = Handrail: a page is late. Open the desk now. { $count } not sent on time.
page-drill-failed = Handrail: nobody answered a test page in time.
page-drill-message = TEST: he has a knife, he is outside now, help me

page-link-title = Page { $reference }
page-link-rings = Somebody needs a person. Nobody has taken this page yet.
page-link-taken = You have it. Write or ring now.
page-link-late = Somebody has it already.
page-link-over = Nobody is needed any more.
page-link-unknown = There is no such page.

page-topic = Handrail { $reference }: { $level }. Open the desk.
page-topic-test = TEST. Handrail { $reference }: { $level }.

page-call = This is Handrail. A page. Reference { $reference }. Level { $level }. Press 1 to take it. Press 2 to pass it on.
page-call-taken = You have it. Write or ring now.
page-call-passed = It is passed on.
page-call-late = Somebody has it already.
page-call-over = Nobody is needed any more.
page-call-unknown = There is no such page.
