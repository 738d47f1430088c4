### Written by a computer. Marked in review.yaml.

voice-danger = Dacă cineva este acum în pericol, închide și sună la 999. Dacă nu poți vorbi, apasă 55 când îi auzi.
voice-hello = Bună. Aici poți vorbi despre orice te face să nu te simți în siguranță.
voice-recorded = Această convorbire este înregistrată.
voice-menu-person = Ca să vorbești acum cu un om, apasă 1 sau doar așteaptă.
voice-menu-back = Ca să te sunăm noi, apasă 2.
voice-menu-text = Ca să primești un SMS, apasă 3.
voice-menu-languages = Pentru alte limbi, apasă 4.
voice-menu-danger = Dacă ești în pericol și nu poți închide, apasă 9.
voice-language = Pentru română, apasă { $count }.
voice-language-named = Pentru { $name }, apasă { $count }.
voice-unspoken = Nu vorbesc această limbă. Echipa vede că ai ales-o.
voice-translated = Un computer a tradus aceste cuvinte, deci unele pot fi greșite.
voice-ringing = Sun acum un om. Te rog, rămâi la telefon.
voice-still = Încă încerc să găsesc un om. Dacă vrei să aștepți, nu apăsa nimic.
voice-nobody = Îmi pare rău. Nimeni nu poate vorbi acum. Echipa vede că ai sunat.
voice-call-back = Cineva din echipă va încerca să sune la acest număr. Dacă nu este sigur pentru tine, apasă acum 0.
voice-no-call-back = Nu putem suna înapoi la acest număr. Ne poți suna din nou oricând.
voice-hidden = Numărul tău este ascuns, deci nu te putem suna și nu îți putem scrie. Ne poți suna din nou oricând.
voice-not-safe = Bine. Nu vom suna la acest număr.
voice-text-sent = Îți trimit acum un SMS. Poți răspunde oricând.
voice-no-text = Nu pot trimite acum un SMS la acest număr.
voice-text-us = Ne poți trimite și un SMS. Acesta este numărul.
voice-danger-told = Echipa află acum că ești în pericol. Dacă poți, sună la 999. Sun acum un om.
voice-bye = Ne poți suna din nou oricând. Dacă cineva este în pericol, sună la 999.
voice-away = Îmi pare rău, linia are acum o defecțiune. Dacă cineva este în pericol, sună la 999. Childline ascultă zi și noapte la 0800 1111. Samaritans ascultă la 116 123. Te rog, sună din nou peste câteva minute.
voice-text = Bună. Ai cerut un SMS. Scrie aici oricând vrei.
