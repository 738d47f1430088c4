### Written by a computer. Marked in review.yaml.

ask-name-again-self = Jak mogę się do ciebie zwracać? Możesz napisać: dalej.
ask-name-again-them = Jak możemy nazywać tę osobę? Możesz napisać: dalej.
ask-send-again = Wysłać to teraz do zespołu?
self-opens = Dobrze, że piszesz. Zadam kilka krótkich pytań, żeby ktoś mógł ci pomóc.
ask-self-reason = Co się u ciebie dzieje? Napisz tyle, ile chcesz.
ask-self-name = Jak mam się do ciebie zwracać? Może być dowolne imię.
ask-self-age-area = Ile mniej więcej masz lat i w jakiej części miasta mieszkasz?
ask-self-age = Ile mniej więcej masz lat?
ask-self-area = W jakiej części miasta mieszkasz?
ask-self-ties = Czy masz rodzinę, znajomych albo szkołę w Coventry lub Wolverhampton? Napisz o tym trochę.
ask-self-safe = Jak bezpiecznie się z tobą skontaktować? Tutaj, przez SMS, telefonicznie albo inaczej.
ask-self-send = Dziękuję. To wszystko. Wysłać to teraz do zespołu? Możesz najpierw coś dodać.
ask-safe-now = Czy jesteś teraz w bezpiecznym miejscu?
ask-phone-seen = Czy ktoś jeszcze widzi twój telefon?
ask-code-word = Wybierz hasło, którego nikt nie zgadnie. Gdy to my napiszemy pierwsi, tylko się przywitamy. Ty wyślesz hasło i wtedy piszemy dalej. Jakie hasło?
ask-safe-time = O której godzinie można się odezwać? A kiedy lepiej nie?
ask-self-helps = Co twoim zdaniem najbardziej by ci pomogło?
ask-self-likes = Co lubisz robić albo w czym jesteś dobry lub dobra?
ask-self-adult = Czy jest ktoś dorosły, komu ufasz? Kto to?
ask-self-more = Co jeszcze może nam pomóc? Możesz napisać, co lubisz, w czym jesteś dobry lub dobra i co by ci pomogło. Może to być ktoś dorosły, komu ufasz, albo dobra pora na kontakt. Napisz, jeśli potrzebujesz innego języka lub innej pomocy.
self-adds = Możesz jeszcze napisać więcej: co lubisz, co by ci pomogło, komu dorosłemu ufasz albo kiedy można się odezwać. Napisz, jeśli potrzebujesz innego języka lub innej pomocy. Zespół to widzi.
ask-needs = Czy jest coś, co ułatwi ci rozmowę? Na przykład język albo inna pomoc.
ask-check-in = Czy mamy jutro sprawdzić, co u ciebie? Wyślemy tylko krótkie cześć.
ask-cover = Jeśli odbierze ktoś inny, co mamy powiedzieć? Na przykład, że to pomyłka.
self-ends = Wysłane. Człowiek to przeczyta i odezwie się tylko tak, jak jest bezpiecznie. { $answer_hours ->
    [unknown] Nie wiem, ile to potrwa.
   *[other] Może to potrwać do { $answer_hours } godzin.
} Pisz tu, kiedy chcesz, albo napisz: osoba. W niebezpieczeństwie dzwoń pod 999.
parent-opens = Dziękuję, że piszesz. To dobrze, że dbasz o swoje dziecko. Zadam kilka krótkich pytań.
ask-parent-reason = Czym się martwisz? Napisz własnymi słowami.
ask-parent-name = Jak mamy nazywać twoje dziecko? Wystarczy imię.
ask-parent-age-area = Ile lat ma twoje dziecko i w jakiej części miasta mieszka?
ask-parent-age = Ile lat ma twoje dziecko?
ask-parent-area = W jakiej części miasta mieszka twoje dziecko?
ask-parent-ties = Czy twoje dziecko ma rodzinę, znajomych albo szkołę w Coventry lub Wolverhampton? Napisz o tym trochę.
ask-parent-knows = Czy dziecko wie, że prosisz o pomoc, i czy jej chce?
ask-parent-safe = Jak bezpiecznie się z tobą skontaktować? Tutaj, przez SMS, telefonicznie albo inaczej.
ask-parent-send = Dziękuję. To wszystko. Wysłać to teraz do zespołu? Możesz najpierw coś dodać.
ask-parent-contact = Czy możemy odezwać się do dziecka, czy najpierw zapytać ciebie?
ask-parent-likes = Co twoje dziecko lubi robić albo w czym jest dobre?
ask-parent-siblings = Czy w domu są inne dzieci? Jak się mają?
ask-parent-support = A jak ty się trzymasz? Co by ci pomogło?
ask-parent-more = Co jeszcze może nam pomóc? Na przykład co lubi twoje dziecko, inne dzieci w domu albo jak ty się trzymasz. Napisz, jeśli potrzebujesz innego języka lub innej pomocy. Możesz napisać wszystko naraz.
parent-adds = Możesz jeszcze napisać więcej: co lubi twoje dziecko, inne dzieci w domu albo jak ty się trzymasz. Napisz, jeśli potrzebujesz innego języka lub innej pomocy. Zespół to widzi.
parent-ends = Wysłane. Człowiek to przeczyta i odezwie się najpierw do ciebie. { $answer_hours ->
    [unknown] Nie wiem, ile to potrwa.
   *[other] Może to potrwać do { $answer_hours } godzin.
} Pisz tu, kiedy chcesz, albo napisz: osoba. W niebezpieczeństwie dzwoń pod 999.
friend-opens = Dobrze, że piszesz. Nie musisz mówić, kim jesteś.
ask-friend-reason = Co się dzieje u tej osoby? Napisz własnymi słowami.
ask-friend-name = Jak mamy nazywać tę osobę? Wystarczy imię.
ask-friend-age-area = Ile mniej więcej ma lat i w jakiej części miasta mieszka?
ask-friend-age = Ile mniej więcej ma lat?
ask-friend-area = W jakiej części miasta mieszka?
ask-friend-send = Dziękuję. To wszystko. Wysłać to teraz do zespołu? Możesz najpierw coś dodać.
ask-friend-knows = Czy ta osoba wie, że pytasz, i czy chce pomocy?
ask-friend-safe = Czy mamy się do ciebie odezwać? Jeśli tak, jak będzie bezpiecznie?
ask-friend-likes = Co ta osoba lubi robić albo w czym jest dobra?
friend-ends = Wysłane. Człowiek to przeczyta i pomyśli, co jest bezpieczne, zanim ktokolwiek napisze do tej osoby. { $answer_hours ->
    [unknown] Nie wiem, ile to potrwa.
   *[other] Może to potrwać do { $answer_hours } godzin.
} Pisz tu, kiedy chcesz, albo napisz: osoba. W niebezpieczeństwie dzwoń pod 999.
school-opens = Dziękuję. Będzie krótko. Jeśli dziecko jest w niebezpieczeństwie, nie czekaj na to: dzwoń pod 999.
ask-school-role-org = Jaka jest twoja rola i gdzie pracujesz?
ask-school-role = Jaka jest twoja rola?
ask-school-org = Gdzie pracujesz?
ask-school-name = Jak mamy nazywać tę młodą osobę? Wystarczy imię albo inicjały.
ask-school-age-area = Ile mniej więcej ma lat i w jakiej części miasta mieszka?
ask-school-age = Ile mniej więcej ma lat?
ask-school-area = W jakiej części miasta mieszka?
ask-school-ties = Czy ta osoba ma rodzinę, znajomych albo szkołę w Coventry lub Wolverhampton? Napisz o tym trochę.
ask-school-reason = Co cię martwi? Napisz, co widziano lub słyszano.
ask-school-aware = Czy młoda osoba i rodzic wiedzą o tym zgłoszeniu?
ask-school-why = Dlaczego nie wszyscy wiedzą?
ask-school-safe = Jak najlepiej się z tobą skontaktować? Dobry będzie telefon lub e-mail z pracy.
ask-school-send = Dziękuję. To wszystko. Wysłać to teraz do zespołu? Możesz najpierw coś dodać.
ask-school-lead = Czy wie o tym osoba odpowiedzialna za bezpieczeństwo dzieci? Kto to?
ask-school-done = Co już zrobiono?
ask-school-attendance = Jak często ta osoba jest w szkole?
ask-school-missing = Czy zdarzyło się zaginięcie? Kiedy?
ask-school-apart = Czy jest ktoś, z kim ta osoba nie powinna się spotykać?
ask-school-visit = Czy wizyta w domu może być dla kogoś ryzykowna?
ask-school-tool = Czy jest wypełniony formularz oceny? Nie jest potrzebny.
ask-school-likes = Co ta osoba lubi robić albo w czym jest dobra?
school-ends = Wysłane. Człowiek to przeczyta i skontaktuje się z tobą. { $answer_hours ->
    [unknown] Nie wiem, ile to potrwa.
   *[other] Może to potrwać do { $answer_hours } godzin.
} Pisz tu, kiedy chcesz, albo napisz: osoba. Jeśli dziecko jest w niebezpieczeństwie, nie czekaj: dzwoń pod 999.
route-opens = Dziękuję, że mówisz. Zapytam gdzie i kiedy, żeby ktoś mógł mieć tam oko.
ask-route-place = Gdzie to jest? Może być ulica, przystanek, szkoła albo część miasta.
ask-route-time = Kiedy? Podaj dzień i mniej więcej godzinę.
ask-route-worry = Czego się tam obawiasz?
ask-route-reason = Co się tam dzieje?
route-ends = Miejsce i czas są już u zespołu. { $patrol ->
    [planned] Dorośli mają tam wtedy być, ale plany mogą się zmienić.
    [none] Nie wiem o nikim, kto miałby tam wtedy być. Człowiek na to spojrzy.
   *[unknown] Nie wiem, czy ktoś tam będzie. Człowiek to sprawdzi.
} { $safe_place ->
    [unknown] W niebezpieczeństwie dzwoń pod 999.
   *[other] Możesz iść tutaj: { $safe_place }. Jest tam obsługa. W niebezpieczeństwie dzwoń pod 999.
} Chcesz odpowiedzi? Podaj imię i jak się z tobą skontaktować.
