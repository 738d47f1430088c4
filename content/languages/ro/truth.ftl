### Written by a computer. Marked in review.yaml. Only these may name an agency.

truth-bot = Da, este un program de calculator. În spate sunt oameni reali. Scrie: persoana, și chem pe cineva.
truth-human = Nu, este un program de calculator. În spate sunt oameni reali. Scrie: persoana, și chem pe cineva.
truth-social = Parțial. Scrii unui program de calculator și unei echipe. Dacă un copil poate fi rănit grav, protecția copilului poate afla, ca să fie în siguranță. Încercăm să-ți spunem întâi ție.
truth-parents = Nu, nu doar pentru că ai scris aici. Dar dacă poți fi rănit grav, cineva poate trebui să le spună. Încercăm să te întrebăm întâi. Spune-ne dacă acasă nu e sigur.
truth-without-parents = Da, poți scrie aici fără ei. Dar dacă poți fi rănit grav, cineva poate trebui să le spună. Încercăm să te întrebăm întâi. Spune-ne dacă acasă nu e sigur.
truth-school = Nu, nu doar pentru că ai scris aici. Dar dacă cineva poate fi rănit grav, câțiva oameni de acolo pot trebui să știe. Încercăm să-ți spunem întâi ție.
truth-why = Ca un om să găsească ajutorul potrivit și să te caute în siguranță. Poți sări peste orice întrebare.
truth-anonymous = Parțial. Nu trebuie să-ți spui numele. Dacă trimiți SMS sau suni, echipa vede numărul. Dacă cineva poate fi rănit grav, poate trebuie să spunem celor care îl pot proteja.
truth-cost = Nu, ajutorul este gratuit. Plătești doar ce ia compania de telefon pentru SMS sau internet.
truth-free = Da, ajutorul este gratuit. Plătești doar ce ia compania de telefon pentru SMS sau internet.
truth-refuse = Da, poți spune nu. Tu decizi, acum și mai târziu. Poți reveni aici oricând.
truth-must = Nu, nu ești obligat. Tu decizi, acum și mai târziu. Poți reveni aici oricând.
truth-age = Da, cei mai mulți pot primi ajutor aici. Un program este de la 14 ani în sus, fără limită. Ai sub 14? Un om vede ce ți se potrivește.
truth-any-age = Nu, aici există ajutor la orice vârstă. Un program este de la 14 ani în sus, fără limită. Ai sub 14? Un om vede ce ți se potrivește.
truth-eligibility = Da, oricine poate scrie aici. Poți cere pentru tine, copilul tău, un prieten sau un elev. Ajutorul principal este pentru cei din sau de lângă Coventry și Wolverhampton. Nu ești sigur? Un om verifică.
truth-status = Nu pot vedea asta în acest chat, oricine ar întreba. Am rugat un om să se uite și să-ți spună ce poate.
truth-service = Este un mod de a primi ajutor ca să stai departe de violență. Îmi spui câteva lucruri. Un om le citește și găsește ajutorul potrivit. Te poți opri oricând.
truth-identity = Este un program de calculator cu o echipă de oameni în spate. { $controllers ->
    [unknown] Nu știu numele celui care răspunde. Un om îți va spune.
   *[other] Prin lege, de ce spui răspunde: { $controllers }.
} { $police_role ->
    [leads_a_programme] Nu este poliția. Dar poliția conduce CIRV, unul dintre programele la care trimite.
    [partner] Nu este poliția. Dar poliția este unul dintre parteneri.
    [none] Poliția nu are niciun rol aici.
   *[unknown] Un om îți va spune ce rol are poliția.
}
truth-real = Da, este real. Este un program de calculator cu o echipă de oameni în spate. { $controllers ->
    [unknown] Nu știu numele celui care răspunde. Un om îți va spune.
   *[other] Prin lege, de ce spui răspunde: { $controllers }.
}
truth-scam = Nu, nu este o înșelătorie. Este un program de calculator cu o echipă de oameni în spate. Ajutorul este gratuit. Scrie om și rog pe cineva să vină.
truth-agency = Parțial. Scrii unui program de calculator și unei echipe de oameni. { $controllers ->
    [unknown] Nu știu numele celui care răspunde. Un om îți va spune.
   *[other] Prin lege, de ce spui răspunde: { $controllers }.
}
truth-police = { $police_role ->
    [leads_a_programme] Parțial. Acest chat este un program de calculator, nu poliția. Dar poliția conduce CIRV, un program la care trimitem oameni. Dacă cineva poate fi rănit grav, poliția poate afla.
    [partner] Parțial. Acest chat este un program de calculator, nu poliția. Dar poliția este partener. Dacă cineva poate fi rănit grav, poate afla.
    [none] Nu. Dar dacă cineva poate fi rănit grav, poliția poate afla.
   *[unknown] Parțial. Acest chat este un program de calculator. Nu știu tot ce face poliția aici, așa că un om îți va spune. Dacă cineva poate fi rănit grav, poate afla.
}
truth-enforcement = { $enforcement_link ->
    [yes] Da, se poate. Ce spui aici poate ajunge la cei care se ocupă de infracțiuni. Un om îți poate spune mai mult înainte să continui.
    [no] Nu. Este ca să primești ajutor. Dar dacă cineva poate fi rănit grav, ajunge la cei care pot opri asta.
   *[unknown] Nu știu sigur. Un om îți va spune. Până atunci poți aștepta cu restul.
}
truth-recipients = { $recipients ->
    [unknown] Parțial. Echipa de aici citește. Un om îți va spune cine mai poate vedea.
   *[other] Parțial. Echipa de aici citește. Poate fi dat mai departe la: { $recipients }.
} Dacă cineva poate fi rănit grav, spunem celor care îl pot proteja. Încercăm să-ți spunem întâi ție.
truth-retention = { $retention_days ->
    [unknown] Da, ce scrii se păstrează. Nu știu cât timp. Un om îți va spune. Poți cere ștergerea.
   *[other] Da, ce scrii se păstrează până la { $retention_days } zile. Unele lucruri rămân mai mult, pentru siguranța oamenilor. Poți cere ștergerea.
}
truth-privacy = Parțial. Echipa citește, ca să ajute. Dacă cineva poate fi rănit grav, spunem celor care îl pot proteja. Încercăm să-ți spunem întâi ție. { $controllers ->
    [unknown] Un om îți va spune cine răspunde de asta.
   *[other] Prin lege, de asta răspunde: { $controllers }.
}
truth-next = Un om citește ce trimiți. Apoi te caută în felul sigur pe care l-ai spus. { $answer_hours ->
    [unknown] Nu pot spune cât durează, dar poți întreba un om aici: scrie persoana.
   *[other] Poate dura până la { $answer_hours } ore. Poți întreba un om aici: scrie persoana.
}
