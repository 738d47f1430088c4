### Written by a computer. Marked in review.yaml.

hello = Bună. Sunt un program de calculator. Scrie: persoana, și chem un om. Echipa citește ce scrii, ca să te ajute. Dacă cineva poate fi rănit grav, spunem celor care îl pot proteja. Poți sări peste orice întrebare. Pentru mai mult scrie: datele mele.
ask-who = La ce te gândești? Poți pur și simplu să-mi spui. Sau spune despre cine este vorba.
stay = Sunt tot aici. Poți să-mi spui mai mult, dacă vrei.
stay-ask = Sunt tot aici. Poți să-mi spui mai mult sau să răspunzi la asta:
ask-who-again = Despre cine sau despre ce este vorba? Alege sau spune cum vrei.
stay-work = Am ce ai scris. Dacă un copil este acum în pericol, sună la 999. Trimite orice mesaj ca să continuăm.
heard = Mulțumesc că îmi spui. Pare greu.
no-rush = E în regulă. Nu trebuie să știi ce să spui. Nu e grabă.
got-that = Mulțumesc, am notat.
going-on = Am rugat un om să citească. Între timp te întreb câteva lucruri scurte despre tine.
noted = Mulțumesc. Și echipa vede asta.
human-coming = Bine. Am rugat un om să vină aici. { $ahead ->
    [unknown] Poate dura puțin.
    [none] Ești următorul la rând.
   *[other] La rând înaintea ta: { $ahead }.
} { $wait ->
    [unknown] Nu pot spune cât durează. Poți să-mi spui mai mult sau doar să aștepți.
   *[other] În ultima vreme mulți au așteptat cam { $wait } minute. Poți să-mi spui mai mult sau doar să aștepți.
}
human-later = Bine. Am cerut un om. Încă nu a răspuns nimeni. { $ahead ->
    [unknown] Poate dura puțin.
    [none] Ești următorul la rând.
   *[other] La rând înaintea ta: { $ahead }.
} { $wait ->
    [unknown] Nu pot spune cât durează. Poți să-mi spui mai mult sau doar să aștepți.
   *[other] În ultima vreme mulți au așteptat cam { $wait } minute. Poți să-mi spui mai mult sau doar să aștepți.
}
not-understood = Scuze, nu am înțeles. Poți spune altfel? Sau scrie: sari, sau: persoana.
cant-answer = Asta nu știu. Un om îți poate spune: scrie persoana. Mergem mai departe?
will-send = Bine, trimit. Întâi, asta ajută echipa:
handing-over = Scuze, tot nu înțeleg. Am rugat un om să citească și să te ajute.
no-words = Am primit un mesaj fără cuvinte. Poți scrie, sau scrie: persoana. În pericol, sună la 999.
media-received = Mulțumesc. Nu pot deschide asta. Am rugat un om să se uite.
edit-seen = Am văzut că ai schimbat un mesaj. Îl vede și echipa.
complaint = Îmi pare rău. Am rugat un om să citească ce ai spus și să-ți răspundă.
taken-back = Bine, este alegerea ta. Nu trimit nimic. Am rugat un om să retragă ce s-a trimis deja. Poți scrie aici oricând, zi sau noapte.
stopped = Bine, nu mai primești mesaje. Trimite START dacă vrei să revii. În pericol, sună la 999.
started-again = Bine, o luăm de la capăt.
nothing-before = A fost prima întrebare, nu pot merge mai înapoi.
welcome = Cu plăcere.
hidden = Bine, mersi.
welcome-back = Bună din nou. Mă bucur că scrii.
opener = Bună. E un moment bun? Trimite orice mesaj când este.
bye = Pe curând. Poți scrie aici oricând, zi sau noapte.
calm = Sunt aici doar ca să ajut. Scrie: persoana, dacă vrei un om.
off-topic = Scuze, cu asta nu pot ajuta. Sunt aici dacă tu sau cineva cunoscut ați putea fi răniți.
language-set = Bine, folosesc limba aceasta.
which-language = Ce limbă este mai bună pentru tine? Știu puțin: engleză, română, poloneză, urdu, punjabi, arabă, somaleză, franceză și portugheză.
translated = Textul a fost tradus de un calculator, unele cuvinte pot fi greșite. Scrie: persoana, ca să vorbești cu un om.
language-not-yet = Încă nu pot scrie în limba aceea. Am rugat un om să ajute cu limba ta.
not-sent = Bine, nu am trimis. Dacă te răzgândești, scrie: trimite asta. Poți scrie oricând. În pericol, sună la 999.
holding = Scuze, ceva nu a mers. Un om se va uita. În pericol, sună la 999.
handed-back = Omul a plecat din acest chat. Sunt din nou programul de calculator. Poți scrie oricând.
worker-unnamed = Cineva din echipă
worker-joined = { $name } este aici acum. Este un om real. Ce spui rămâne în echipă. Dacă cineva poate fi rănit grav, spune celor care pot ajuta. Are cam { $minutes } minute.
repeat-marker = Trimis din nou, în caz că nu a ajuns:
choices-line = Poți spune: { $options }.
choice-me = Eu
choice-my-child = Copilul meu
choice-someone-i-know = Cineva cunoscut
choice-through-work = Din munca mea
choice-unsafe-place = Un loc nesigur
choice-send-it = Trimite asta
choice-add-more = Mai adaug
choice-not-now = Nu acum
choice-safe-now = Sunt în siguranță
choice-not-safe-now = Nu sunt în siguranță
choice-only-me = Doar eu
choice-others-see = Îl văd și alții
choice-knows-agrees = Vrea ajutor
choice-knows-unsure = Nu e sigur
choice-not-told = Nu știe
choice-may-contact = Puteți
choice-ask-me-first = Întrebați-mă întâi
choice-both-aware = Știu amândoi
choice-young-person-aware = Doar tânărul
choice-parent-aware = Doar părintele
choice-nobody-aware = Încă nu știe nimeni
choice-fights = Bătăi
choice-followed = Cineva urmărește
choice-weapons-seen = S-a văzut o armă
choice-robbing = Sunt jafuri
choice-something-else = Altceva
nobody-yet-2 = Nimeni nu a răspuns încă. Încercăm în continuare să găsim un om. În pericol, sună la 999. Poți să-mi scrii.
nobody-yet-5 = Tot nu a răspuns nimeni. Încercăm și la alții. În pericol, sună la 999, sau de pe mobil 999 și apoi 55, dacă nu poți vorbi. Sunt tot aici.
nobody-yet-10 = Îmi pare rău: după zece minute nu a răspuns nimeni. Nu ne oprim. În pericol nu ne aștepta: sună la 999. Sunt tot aici.
someone-has-seen = Cineva din echipă a văzut acum mesajul.
your-reference = Cele cinci cuvinte ale tale: { $words }. Trimite-le oricând, de pe orice telefon. Îți spun în ce stadiu este.
reference-unknown = Scuze, nu găsesc nimic pentru aceste cuvinte. Verifică-le și încearcă mai târziu, sau scrie: persoana.
reference-received = Mulțumesc. Am primit și un om se va uita.
reference-looked-at = Mulțumesc. Un om se uită acum.
reference-in-touch = Mulțumesc. Cineva te va căuta în felul sigur pe care l-ai ales.
reference-closed = Mulțumesc. Aceasta este închisă. Poți începe din nou oricând.
choices-pick = Alege
your-reference-for = Pentru { $name } cele cinci cuvinte sunt: { $words }.
come-back-with = Păstrează și cuvântul tău secret. Cu amândouă poți continua de pe orice telefon.
ending-soon = Discuția cu un om se termină în cam { $minutes } minute. Spune ce contează cel mai mult pentru tine. Poți reveni oricând.
chat-ended = Discuția cu un om s-a terminat. Poți scrie aici din nou, zi sau noapte. Scrie: persoana, dacă vrei un om. În pericol, sună la 999.
delete-explained = Pot șterge ce s-a scris aici. Nu se poate anula. Ce s-a trimis echipei sau vorbește despre un pericol vede întâi un om. Decide într-o zi lucrătoare. Unele lucruri pot rămâne, ca cineva să fie în siguranță. Trimite ȘTERGE ACUM ca să o fac, sau continuă.
erased = Bine. Tot ce se poate șterge imediat este șters. Dacă mai este ceva, un om decide într-o zi lucrătoare. Unele lucruri pot rămâne, ca cineva să fie în siguranță. Poți scrie din nou aici oricând, zi sau noapte. În pericol, sună la 999.
news-accepted = Echipa pe care ai cerut-o spune da. Cineva de acolo te va contacta pentru o primă discuție. Poți spune nu oricând.
news-needs-more = Echipa vrea să știe puțin mai mult înainte să spună da. O persoană de aici te va întreba.
news-redirected = Echipa crede că alt serviciu ți se potrivește mai bine. O persoană de aici îți va spune despre el. Tu alegi ce urmează.
news-declined = Echipa nu se poate ocupa acum de asta. Nu este din cauza ta. O persoană de aici îți va scrie despre alt ajutor.
news-other = Echipa s-a uitat la ce ne-ai trimis. Mulțumim că ne-ai spus. Nu putem spune mai mult despre altcineva. Scrie aici dacă te îngrijorezi din nou.
news-other-more = Echipa vrea să știe puțin mai mult despre ce ne-ai trimis. O persoană de aici te va întreba.
half-sent = Am trimis acum echipei locul și ora. Poți să-mi spui mai mult. În pericol, sună la 999.
check-in-set = Bine. Scriu o dată, pe { $date } pe la { $time }, doar ca să te salut. Se uită și un om. Scrie: nu verifica, dacă te răzgândești.
check-in-off = Bine, nu mai verificăm.
check-in = Ai cerut să văd cum ești. Cum e acum? Scrie: persoana, pentru un om.
ask-feedback = O întrebare scurtă: te-a ajutat?
feedback-words = Mulțumesc. Ce putem face mai bine? Spune cu cuvintele tale sau lasă așa.
feedback-kept = Mulțumesc. Echipa citește asta.
describe-offer = Dacă vrei, poți spune aici cum te descrii: { $link } Se numără, atât. Cei care te ajută nu văd. Poți să lași.
choice-check-on-me = Scrieți-mi mâine
choice-no-check = Nu e nevoie
choice-helped = M-a ajutat
choice-helped-a-bit = Puțin
choice-not-helped = Nu prea
first-words = Mulțumim că ai răspuns. Suntem o echipă cu care tinerii pot vorbi despre orice. Nu ești obligat. Scrie stop și nu mai scriem.
erased-decided = O persoană a hotărât: ce ai spus aici este șters. Poți scrie aici din nou oricând. În pericol, sună la 999.
kept-decided = O persoană s-a uitat la asta. O parte din ce ai spus rămâne, pentru că cineva ar putea fi în pericol. Poți întreba aici de ce.
