### Written by a computer. Marked in review.yaml. Only these may name an agency.

truth-bot = Tak, to program komputerowy. Stoją za nim prawdziwi ludzie. Napisz: osoba, a poproszę kogoś.
truth-human = Nie, to program komputerowy. Stoją za nim prawdziwi ludzie. Napisz: osoba, a poproszę kogoś.
truth-social = Częściowo. Piszesz do programu komputerowego i zespołu. Jeśli dziecku może stać się poważna krzywda, opieka społeczna może się dowiedzieć, żeby dziecko było bezpieczne. Staramy się najpierw powiedzieć tobie.
truth-parents = Nie, nie tylko dlatego, że tu piszesz. Ale jeśli może ci się stać poważna krzywda, ktoś może musieć im powiedzieć. Staramy się najpierw zapytać ciebie. Napisz nam, jeśli w domu nie jest bezpiecznie.
truth-without-parents = Tak, możesz tu pisać bez nich. Ale jeśli może ci się stać poważna krzywda, ktoś może musieć im powiedzieć. Staramy się najpierw zapytać ciebie. Napisz nam, jeśli w domu nie jest bezpiecznie.
truth-school = Nie, nie tylko dlatego, że tu piszesz. Ale jeśli komuś może stać się poważna krzywda, kilka osób w szkole może musieć wiedzieć. Staramy się najpierw powiedzieć tobie.
truth-why = Po to, żeby człowiek mógł znaleźć właściwą pomoc i skontaktować się z tobą bezpiecznie. Możesz pominąć każde pytanie.
truth-anonymous = Częściowo. Nie musisz podawać imienia. Gdy wysyłasz SMS lub dzwonisz, zespół widzi twój numer. Jeśli komuś może stać się poważna krzywda, możemy musieć powiedzieć ludziom, którzy mogą go ochronić.
truth-cost = Nie, pomoc jest darmowa. Płacisz tylko swojemu operatorowi za SMS-y lub internet.
truth-free = Tak, pomoc jest darmowa. Płacisz tylko swojemu operatorowi za SMS-y lub internet.
truth-refuse = Tak, możesz odmówić. To zależy od ciebie, teraz i później. Zawsze możesz tu wrócić.
truth-must = Nie, nie musisz. To zależy od ciebie, teraz i później. Zawsze możesz tu wrócić.
truth-age = Tak, większość osób może tu dostać pomoc. Jeden program jest od 14 lat, bez górnej granicy. Masz mniej niż 14? Człowiek sprawdzi, co będzie dla ciebie.
truth-any-age = Nie, pomoc jest tu w każdym wieku. Jeden program jest od 14 lat, bez górnej granicy. Masz mniej niż 14? Człowiek sprawdzi, co będzie dla ciebie.
truth-eligibility = Tak, każdy może tu pisać. Możesz pytać dla siebie, dziecka, znajomego albo ucznia. Główna pomoc jest dla ludzi z Coventry i Wolverhampton i okolic. Nie wiesz? Człowiek sprawdzi.
truth-status = Nie widzę tego w tym czacie, kto by nie pytał. Poprosiłem człowieka, żeby sprawdził i powiedział, co może.
truth-service = To sposób na pomoc, żeby trzymać się z dala od przemocy. Napiszesz mi kilka rzeczy. Człowiek je przeczyta i znajdzie pasującą pomoc. Możesz przestać w każdej chwili.
truth-identity = To program komputerowy i zespół ludzi. { $controllers ->
    [unknown] Nie znam nazwy tego, kto za to odpowiada. Człowiek ci powie.
   *[other] Za to, co piszesz, odpowiada z mocy prawa: { $controllers }.
} { $police_role ->
    [leads_a_programme] To nie policja. Ale policja prowadzi CIRV, jeden z programów, do których stąd się trafia.
    [partner] To nie policja. Ale policja jest jednym z partnerów.
    [none] Policja nie bierze w tym udziału.
   *[unknown] Człowiek powie ci, jaką rolę ma policja.
}
truth-real = Tak, to jest prawdziwe. To program komputerowy i zespół ludzi. { $controllers ->
    [unknown] Nie znam nazwy tego, kto za to odpowiada. Człowiek ci powie.
   *[other] Za to, co piszesz, odpowiada z mocy prawa: { $controllers }.
}
truth-scam = Nie, to nie oszustwo. To program komputerowy i zespół ludzi. Pomoc jest darmowa. Napisz człowiek, a kogoś poproszę.
truth-agency = Częściowo. Piszesz do programu komputerowego i zespołu ludzi. { $controllers ->
    [unknown] Nie znam nazwy tego, kto za to odpowiada. Człowiek ci powie.
   *[other] Za to, co piszesz, odpowiada z mocy prawa: { $controllers }.
}
truth-police = { $police_role ->
    [leads_a_programme] Częściowo. Ten czat to program komputerowy, nie policja. Ale policja prowadzi CIRV, program, do którego kierujemy ludzi. Jeśli komuś może stać się poważna krzywda, policja może się dowiedzieć.
    [partner] Częściowo. Ten czat to program komputerowy, nie policja. Ale policja jest partnerem. Jeśli komuś może stać się poważna krzywda, może się dowiedzieć.
    [none] Nie. Ale jeśli komuś może stać się poważna krzywda, policja może się dowiedzieć.
   *[unknown] Częściowo. Ten czat to program komputerowy. Nie wiem wszystkiego o roli policji, więc człowiek ci powie. Jeśli komuś może stać się poważna krzywda, policja może się dowiedzieć.
}
truth-enforcement = { $enforcement_link ->
    [yes] Tak, to możliwe. To, co tu napiszesz, może trafić do ludzi, którzy zajmują się przestępstwami. Człowiek powie ci więcej, zanim napiszesz więcej.
    [no] Nie. To jest po to, żeby ci pomóc. Ale jeśli komuś może stać się poważna krzywda, trafia to do ludzi, którzy mogą temu zapobiec.
   *[unknown] Nie wiem na pewno. Człowiek ci powie. Możesz do tego czasu nie pisać więcej.
}
truth-recipients = { $recipients ->
    [unknown] Częściowo. Czyta to zespół. Człowiek powie ci, kto jeszcze może to zobaczyć.
   *[other] Częściowo. Czyta to zespół. Może to być przekazane dalej: { $recipients }.
} Jeśli komuś może stać się poważna krzywda, mówimy ludziom, którzy mogą go ochronić. Staramy się najpierw powiedzieć tobie.
truth-retention = { $retention_days ->
    [unknown] Tak, to, co piszesz, jest przechowywane. Nie wiem, jak długo. Człowiek ci powie. Możesz poprosić o usunięcie.
   *[other] Tak, to, co piszesz, jest przechowywane do { $retention_days } dni. Coś musi zostać dłużej dla bezpieczeństwa ludzi. Możesz poprosić o usunięcie.
}
truth-privacy = Częściowo. Zespół to czyta, żeby pomóc. Jeśli komuś może stać się poważna krzywda, mówimy ludziom, którzy mogą go ochronić. Staramy się najpierw powiedzieć tobie. { $controllers ->
    [unknown] Człowiek powie ci, kto za to odpowiada.
   *[other] Odpowiada za to z mocy prawa: { $controllers }.
}
truth-next = Człowiek czyta to, co wyślesz. Potem odzywa się tak, jak jest dla ciebie bezpiecznie. { $answer_hours ->
    [unknown] Nie wiem, ile to potrwa, ale możesz tu zapytać człowieka: napisz osoba.
   *[other] Może to potrwać do { $answer_hours } godzin. Możesz tu zapytać człowieka: napisz osoba.
}
