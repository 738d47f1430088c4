### Written by a computer. Marked in review.yaml.

hello = Cześć. Jestem programem komputerowym. Napisz: osoba, a poproszę człowieka. Zespół czyta to, co piszesz, żeby pomóc. Jeśli komuś może stać się poważna krzywda, mówimy ludziom, którzy mogą go ochronić. Możesz pominąć każde pytanie. Więcej: napisz prywatność.
ask-who = Co ci leży na sercu? Możesz po prostu napisać. Albo powiedz, o kogo chodzi.
stay = Dalej tu jestem. Możesz napisać więcej, jeśli chcesz.
stay-ask = Dalej tu jestem. Możesz napisać więcej albo odpowiedzieć na to:
ask-who-again = O kogo lub o co chodzi? Wybierz z listy albo napisz po swojemu.
stay-work = Mam to, co napisałeś lub napisałaś. Jeśli dziecko jest teraz w niebezpieczeństwie, dzwoń pod 999. Wyślij dowolną wiadomość, żeby iść dalej.
heard = Dziękuję, że mi mówisz. To brzmi ciężko.
no-rush = W porządku. Nie musisz wiedzieć, co napisać. Nie ma pośpiechu.
got-that = Dziękuję, mam to.
going-on = Poprosiłem człowieka, żeby to przeczytał. W tym czasie zadam kilka krótkich pytań o tobie.
noted = Dziękuję. Zespół też to widzi.
human-coming = Dobrze. Poprosiłem, żeby przyszedł tu człowiek. { $ahead ->
    [unknown] To może potrwać.
    [none] Teraz twoja kolej.
   *[other] Przed tobą czeka: { $ahead }.
} { $wait ->
    [unknown] Nie umiem powiedzieć, jak długo. Możesz pisać dalej albo po prostu poczekać.
   *[other] Ostatnio wiele osób czekało około { $wait } minut. Możesz pisać dalej albo po prostu poczekać.
}
human-later = Dobrze. Poprosiłem o człowieka. Nikt jeszcze nie odpowiedział. { $ahead ->
    [unknown] To może potrwać.
    [none] Teraz twoja kolej.
   *[other] Przed tobą czeka: { $ahead }.
} { $wait ->
    [unknown] Nie umiem powiedzieć, jak długo. Możesz pisać dalej albo po prostu poczekać.
   *[other] Ostatnio wiele osób czekało około { $wait } minut. Możesz pisać dalej albo po prostu poczekać.
}
not-understood = Przepraszam, nie rozumiem. Możesz napisać inaczej? Albo napisz: dalej, lub: osoba.
cant-answer = Tego nie wiem. Człowiek może ci powiedzieć: napisz osoba. Idziemy dalej?
will-send = Dobrze, wyślę. Najpierw to pomoże zespołowi:
handing-over = Przepraszam, dalej nie rozumiem. Poprosiłem człowieka, żeby to przeczytał i ci pomógł.
no-words = W wiadomości nie było słów. Możesz napisać albo poprosić: osoba. W niebezpieczeństwie dzwoń pod 999.
media-received = Dziękuję. Nie mogę tego otworzyć. Poprosiłem człowieka, żeby na to spojrzał.
edit-seen = Widzę, że wiadomość została zmieniona. Zespół też to zobaczy.
complaint = Przykro mi. Poprosiłem człowieka, żeby to przeczytał i ci odpowiedział.
taken-back = Dobrze, to twój wybór. Niczego nie wyślę. Poprosiłem człowieka, żeby cofnął to, co już wysłano. Możesz tu pisać o każdej porze, w dzień i w nocy.
stopped = Dobrze, nie dostaniesz więcej wiadomości. Wyślij START, jeśli chcesz wrócić. W niebezpieczeństwie dzwoń pod 999.
started-again = Dobrze, zacznijmy od nowa.
nothing-before = To było pierwsze pytanie, więc nie mogę się cofnąć.
welcome = Nie ma za co.
hidden = OK, dzięki.
welcome-back = Cześć znowu. Dobrze, że się odzywasz.
opener = Cześć. Czy to dobry moment? Napisz cokolwiek, gdy będzie.
bye = Na razie. Możesz tu pisać o każdej porze, w dzień i w nocy.
calm = Jestem tu tylko, żeby pomóc. Napisz: osoba, jeśli chcesz człowieka.
off-topic = Przepraszam, w tym nie pomogę. Jestem tu, jeśli tobie lub komuś może stać się krzywda.
language-set = Dobrze, będę pisać w tym języku.
which-language = Jaki język będzie najlepszy? Znam trochę: angielski, polski, rumuński, urdu, pendżabski, arabski, somalijski, francuski i portugalski.
translated = Tłumaczył to komputer, więc niektóre słowa mogą być złe. Napisz: osoba, żeby porozmawiać z człowiekiem.
language-not-yet = Nie umiem jeszcze pisać w tym języku. Poprosiłem człowieka o pomoc z twoim językiem.
not-sent = Dobrze, nie wysłałem. Jeśli zmienisz zdanie, napisz: wyślij to. Możesz tu pisać zawsze. W niebezpieczeństwie dzwoń pod 999.
holding = Przepraszam, coś poszło nie tak. Człowiek na to spojrzy. W niebezpieczeństwie dzwoń pod 999.
handed-back = Człowiek wyszedł z tego czatu. Znowu pisze program komputerowy. Możesz pisać zawsze.
worker-unnamed = Ktoś z zespołu
worker-joined = { $name } jest już tutaj. To prawdziwy człowiek. To, co mówisz, zostaje w zespole. Jeśli komuś może stać się poważna krzywda, mówi osobom, które pomogą. Ma około { $minutes } minut.
repeat-marker = Wysyłam jeszcze raz, na wypadek gdyby nie doszło:
choices-line = Możesz napisać: { $options }.
choice-me = Ja
choice-my-child = Moje dziecko
choice-someone-i-know = Ktoś, kogo znam
choice-through-work = Z mojej pracy
choice-unsafe-place = Złe miejsce
choice-send-it = Wyślij to
choice-add-more = Dodaj więcej
choice-not-now = Nie teraz
choice-safe-now = Jestem bezpieczny/a
choice-not-safe-now = Nie jestem
choice-only-me = Tylko ja
choice-others-see = Inni go widzą
choice-knows-agrees = Chce pomocy
choice-knows-unsure = Nie wiadomo
choice-not-told = Nie wie o tym
choice-may-contact = Możecie
choice-ask-me-first = Najpierw ja
choice-both-aware = Oboje wiedzą
choice-young-person-aware = Tylko młoda osoba
choice-parent-aware = Tylko rodzic
choice-nobody-aware = Nikt jeszcze nie wie
choice-fights = Bójki
choice-followed = Ktoś chodzi za mną
choice-weapons-seen = Widziana broń
choice-robbing = Okradają ludzi
choice-something-else = Coś innego
nobody-yet-2 = Nikt jeszcze nie odpowiedział. Dalej próbujemy znaleźć dla ciebie człowieka. W niebezpieczeństwie dzwoń pod 999. Możesz do mnie pisać.
nobody-yet-5 = Dalej nikt nie odpowiedział. Próbujemy kolejnych osób. W niebezpieczeństwie dzwoń pod 999, a z komórki 999 i potem 55, jeśli nie możesz mówić. Dalej tu jestem.
nobody-yet-10 = Przykro mi: minęło dziesięć minut i nikt nie odpowiedział. Próbujemy dalej. W niebezpieczeństwie nie czekaj na nas: dzwoń pod 999. Dalej tu jestem.
someone-has-seen = Ktoś z zespołu już to widział.
your-reference = Twoje pięć słów: { $words }. Wyślij je nam, kiedy chcesz, z dowolnego telefonu. Powiem ci, na jakim to jest etapie.
your-reference-for = Dla { $name } pięć słów to: { $words }.
come-back-with = Zapamiętaj też swoje hasło. Z jednym i drugim możesz pisać dalej z dowolnego telefonu.
reference-unknown = Przepraszam, nic nie znajduję dla tych słów. Możesz je sprawdzić i spróbować później albo napisać: osoba.
reference-received = Dziękuję. Mamy to i człowiek na to spojrzy.
reference-looked-at = Dziękuję. Człowiek teraz na to patrzy.
reference-in-touch = Dziękuję. Ktoś odezwie się w bezpieczny sposób, jaki masz wybrany.
reference-closed = Dziękuję. Ta sprawa jest zamknięta. Zawsze możesz tu zacząć od nowa.
choices-pick = Wybierz
ending-soon = Ten czat z człowiekiem kończy się za około { $minutes } minut. Napisz to, co najważniejsze. Możesz wrócić zawsze.
chat-ended = Czat z człowiekiem się skończył. Możesz tu znów napisać, w dzień i w nocy. Napisz: osoba, jeśli chcesz człowieka. W niebezpieczeństwie dzwoń pod 999.
delete-explained = Mogę usunąć to, co tu napisano. Nie da się tego cofnąć. To, co poszło do zespołu albo mówi o niebezpieczeństwie, najpierw obejrzy człowiek. Decyzja zapada w ciągu jednego dnia roboczego. Coś może musieć zostać, żeby ktoś był bezpieczny. Wyślij USUŃ TERAZ, żeby to zrobić, albo pisz dalej.
erased = Dobrze. Wszystko, co może zniknąć od razu, jest usunięte. Jeśli jest coś jeszcze, człowiek zdecyduje o tym w ciągu jednego dnia roboczego. Coś może musieć zostać, żeby ktoś był bezpieczny. Możesz tu znów napisać o każdej porze, w dzień i w nocy. W niebezpieczeństwie dzwoń pod 999.
news-accepted = Zespół, o który prosisz, mówi: tak. Ktoś stamtąd odezwie się, żeby umówić pierwszą rozmowę. W każdej chwili możesz powiedzieć: nie.
news-needs-more = Zespół chce wiedzieć trochę więcej, zanim powie: tak. Zapyta cię o to człowiek od nas.
news-redirected = Zespół uważa, że lepiej pomoże ci ktoś inny. Człowiek od nas opowie ci o tym. To ty decydujesz, co dalej.
news-declined = Zespół nie może się tym teraz zająć. To nie twoja wina. Człowiek od nas napisze do ciebie o innej pomocy.
news-other = Zespół przeczytał to, co nam wysłano. Dziękujemy za wiadomość. Nie możemy mówić więcej o kimś innym. Napisz tu, jeśli znów się martwisz.
news-other-more = Zespół chce wiedzieć trochę więcej o tym, co nam wysłano. Zapyta cię o to człowiek od nas.
half-sent = Miejsce i czas są już u zespołu. Możesz jeszcze coś dodać. W niebezpieczeństwie dzwoń pod 999.
check-in-set = Dobrze. Napiszę raz, { $date } około { $time }, tylko żeby się przywitać. Zajrzy też człowiek. Napisz: nie sprawdzaj, jeśli zmienisz zdanie.
check-in-off = Dobrze, nie będziemy sprawdzać.
check-in = Prosiłeś, żeby sprawdzić, co u ciebie. Jak jest teraz? Napisz: osoba, żeby przyszedł człowiek.
ask-feedback = Jedno krótkie pytanie: czy to pomogło?
feedback-words = Dziękuję. Co możemy robić lepiej? Napisz własnymi słowami albo zostaw.
feedback-kept = Dziękuję. Zespół to czyta.
describe-offer = Jeśli chcesz, możesz tu powiedzieć, jak siebie opisujesz: { $link } To się tylko liczy. Osoby, które ci pomagają, tego nie widzą. Możesz to pominąć.
choice-check-on-me = Sprawdźcie jutro
choice-no-check = Nie trzeba
choice-helped = Pomogło
choice-helped-a-bit = Trochę
choice-not-helped = Niezbyt
first-words = Dzięki za odpowiedź. Jesteśmy zespołem, z którym młodzi ludzie mogą porozmawiać o wszystkim. Nie musisz. Napisz stop, a nie będziemy więcej pisać.
erased-decided = Człowiek zdecydował: to, co tu napisano, jest usunięte. Możesz tu znów napisać w każdej chwili. W niebezpieczeństwie dzwoń pod 999.
kept-decided = Człowiek na to spojrzał. Część tego, co napisano, zostaje, bo komuś może grozić niebezpieczeństwo. Możesz tu zapytać, dlaczego.
