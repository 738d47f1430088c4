### Written by a computer. Marked in review.yaml.

ask-name-again-self = Cum să-ți spun? Poți scrie: sari.
ask-name-again-them = Cum să-i spunem? Poți scrie: sari.
ask-send-again = Trimit acum echipei?
self-opens = Mă bucur că ai scris. Te întreb câteva lucruri scurte, ca un om să te poată ajuta.
ask-self-reason = Ce se întâmplă cu tine? Spune cât vrei.
ask-self-name = Cum să-ți spun? Orice nume e bun.
ask-self-age-area = Cam câți ani ai și în ce parte a orașului locuiești?
ask-self-age = Cam câți ani ai?
ask-self-area = În ce parte a orașului locuiești?
ask-self-ties = Ai familie, prieteni sau școală în Coventry sau Wolverhampton? Spune-mi puțin despre asta.
ask-self-safe = Cum putem lua legătura cu tine în siguranță? Aici, prin SMS, prin telefon sau altfel.
ask-self-send = Mulțumesc. Asta e tot. Trimit acum echipei? Mai întâi poți adăuga ceva.
ask-safe-now = Ești în siguranță acum?
ask-phone-seen = Mai vede cineva telefonul tău?
ask-code-word = Alege un cuvânt secret pe care nimeni nu l-ar ghici. Dacă scriem noi primii, doar salutăm. Tu trimiți cuvântul, apoi continuăm. Ce cuvânt?
ask-safe-time = La ce oră e bine să te căutăm? Și când nu?
ask-self-helps = Ce crezi că te-ar ajuta cel mai mult?
ask-self-likes = Ce îți place să faci sau la ce te pricepi?
ask-self-adult = Există un adult în care ai încredere? Cine este?
ask-self-more = Ce altceva ne-ar ajuta? Poți spune ce îți place, la ce te pricepi și ce te-ar ajuta. Poate fi un adult în care ai încredere sau o oră bună pentru a te căuta. Spune dacă ai nevoie de altă limbă sau de alt ajutor.
self-adds = Poți să-mi spui mai multe: ce îți place, ce te-ar ajuta, un adult în care ai încredere sau când e bine să te căutăm. Spune dacă ai nevoie de altă limbă sau de alt ajutor. Echipa vede asta.
ask-needs = E ceva ce ar trebui să știm ca să-ți fie mai ușor? De exemplu limba sau alt ajutor.
ask-check-in = Vrei să vedem mâine cum ești? Trimitem doar un salut scurt.
ask-cover = Dacă răspunde altcineva, ce să spunem? De exemplu, că am greșit numărul.
self-ends = Am trimis. Un om citește și te caută doar în felul sigur pe care l-ai spus. { $answer_hours ->
    [unknown] Nu pot spune cât durează.
   *[other] Poate dura până la { $answer_hours } ore.
} Scrie aici oricând sau scrie: persoana. În pericol, sună la 999.
parent-opens = Mulțumesc că ai scris. E bine că ai grijă de copilul tău. Te întreb câteva lucruri scurte.
ask-parent-reason = Ce te îngrijorează? Spune cu cuvintele tale.
ask-parent-name = Cum să-i spunem copilului tău? Ajunge prenumele.
ask-parent-age-area = Câți ani are copilul tău și în ce parte a orașului locuiește?
ask-parent-age = Câți ani are copilul tău?
ask-parent-area = În ce parte a orașului locuiește copilul tău?
ask-parent-ties = Copilul tău are familie, prieteni sau școală în Coventry sau Wolverhampton? Spune-mi puțin despre asta.
ask-parent-knows = Copilul tău știe că ceri ajutor și îl vrea?
ask-parent-safe = Cum putem lua legătura cu tine în siguranță? Aici, prin SMS, prin telefon sau altfel.
ask-parent-send = Mulțumesc. Asta e tot. Trimit acum echipei? Mai întâi poți adăuga ceva.
ask-parent-contact = Putem lua legătura cu copilul tău sau te întrebăm întâi pe tine?
ask-parent-likes = Ce îi place copilului tău să facă sau la ce se pricepe?
ask-parent-siblings = Mai sunt alți copii acasă? Cum se simt?
ask-parent-support = Tu cum te simți? Ce te-ar ajuta?
ask-parent-more = Ce altceva ne-ar ajuta? De exemplu ce îi place copilului, alți copii acasă sau cum te simți tu. Spune dacă ai nevoie de altă limbă sau de alt ajutor. Poți spune totul deodată.
parent-adds = Poți să-mi spui mai multe: ce îi place copilului, alți copii acasă sau cum te simți tu. Spune dacă ai nevoie de altă limbă sau de alt ajutor. Echipa vede asta.
parent-ends = Am trimis. Un om citește și te caută întâi pe tine. { $answer_hours ->
    [unknown] Nu pot spune cât durează.
   *[other] Poate dura până la { $answer_hours } ore.
} Scrie aici oricând sau scrie: persoana. În pericol, sună la 999.
friend-opens = Ai făcut bine că ai scris. Nu trebuie să spui cine ești.
ask-friend-reason = Ce se întâmplă cu acea persoană? Spune cu cuvintele tale.
ask-friend-name = Cum să-i spunem? Ajunge prenumele.
ask-friend-age-area = Cam câți ani are și în ce parte a orașului locuiește?
ask-friend-age = Cam câți ani are?
ask-friend-area = În ce parte a orașului locuiește?
ask-friend-send = Mulțumesc. Asta e tot. Trimit acum echipei? Mai întâi poți adăuga ceva.
ask-friend-knows = Știe că întrebi și vrea ajutor?
ask-friend-safe = Vrei să te căutăm și noi? Dacă da, cum e sigur?
ask-friend-likes = Ce îi place să facă sau la ce se pricepe?
friend-ends = Am trimis. Un om citește și se gândește ce este sigur înainte să-i scrie cineva. { $answer_hours ->
    [unknown] Nu pot spune cât durează.
   *[other] Poate dura până la { $answer_hours } ore.
} Scrie aici oricând sau scrie: persoana. În pericol, sună la 999.
school-opens = Mulțumesc. Va fi scurt. Dacă un copil este în pericol, nu aștepta: sună la 999.
ask-school-role-org = Care este rolul tău și unde lucrezi?
ask-school-role = Care este rolul tău?
ask-school-org = Unde lucrezi?
ask-school-name = Cum să-i spunem tânărului? Ajung prenumele sau inițialele.
ask-school-age-area = Cam câți ani are și în ce parte a orașului locuiește?
ask-school-age = Cam câți ani are?
ask-school-area = În ce parte a orașului locuiește?
ask-school-ties = Are familie, prieteni sau școală în Coventry sau Wolverhampton? Spune-mi puțin despre asta.
ask-school-reason = Ce te îngrijorează? Spune ce s-a văzut sau s-a auzit.
ask-school-aware = Tânărul și un părinte știu că întrebi?
ask-school-why = De ce nu știu toți?
ask-school-safe = Cum luăm cel mai bine legătura cu tine? Un telefon sau e-mail de serviciu e bun.
ask-school-send = Mulțumesc. Asta e tot. Trimit acum echipei? Mai întâi poți adăuga ceva.
ask-school-lead = Știe persoana care răspunde de siguranța copiilor? Cine este?
ask-school-done = Ce s-a făcut până acum?
ask-school-attendance = Cât de des vine la școală?
ask-school-missing = A dispărut vreodată? Când?
ask-school-apart = Există cineva de care ar trebui ținut departe?
ask-school-visit = Există un risc pentru cine merge acasă la ei?
ask-school-tool = Ai completat un formular de evaluare? Nu este nevoie.
ask-school-likes = Ce îi place să facă sau la ce se pricepe?
school-ends = Am trimis. Un om citește și ia legătura cu tine. { $answer_hours ->
    [unknown] Nu pot spune cât durează.
   *[other] Poate dura până la { $answer_hours } ore.
} Scrie aici oricând sau scrie: persoana. Dacă un copil este în pericol, nu aștepta: sună la 999.
route-opens = Mulțumesc că îmi spui. Te întreb unde și când, ca oamenii să fie atenți.
ask-route-place = Unde este? O stradă, o stație, o școală sau o parte a orașului.
ask-route-time = Când? Spune ziua și cam ce oră.
ask-route-worry = Ce te îngrijorează acolo?
ask-route-reason = Ce se întâmplă acolo?
route-ends = Am trimis echipei locul și ora. { $patrol ->
    [planned] Atunci trebuie să fie adulți acolo, dar planurile se pot schimba.
    [none] Nu știu să fie cineva acolo atunci. Un om se va uita.
   *[unknown] Nu știu dacă va fi cineva acolo. Un om verifică.
} { $safe_place ->
    [unknown] În pericol, sună la 999.
   *[other] Poți merge aici: { $safe_place }. Este personal. În pericol, sună la 999.
} Vrei un răspuns? Spune un nume și cum te găsim.
