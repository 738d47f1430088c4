### Written by a computer. Marked in review.yaml.

voice-danger = Jeśli ktoś jest teraz w niebezpieczeństwie, rozłącz się i zadzwoń pod 999. Jeśli nie możesz mówić, naciśnij 55, gdy ich usłyszysz.
voice-hello = Dzień dobry. Możesz tu porozmawiać o wszystkim, przez co nie czujesz się bezpiecznie.
voice-recorded = Ta rozmowa jest nagrywana.
voice-menu-person = Aby porozmawiać teraz z człowiekiem, naciśnij 1 albo po prostu poczekaj.
voice-menu-back = Jeśli chcesz, żebyśmy oddzwonili, naciśnij 2.
voice-menu-text = Aby dostać SMS, naciśnij 3.
voice-menu-languages = Inne języki: naciśnij 4.
voice-menu-danger = Jeśli jesteś w niebezpieczeństwie i nie możesz się rozłączyć, naciśnij 9.
voice-language = Po polsku: naciśnij { $count }.
voice-language-named = { $name }: naciśnij { $count }.
voice-unspoken = Nie mówię w tym języku. Zespół widzi, że go wybrano.
voice-translated = Te słowa przetłumaczył komputer, więc niektóre mogą być błędne.
voice-ringing = Dzwonię teraz do człowieka. Proszę, nie rozłączaj się.
voice-still = Dalej próbuję połączyć się z człowiekiem. Jeśli chcesz czekać, nic nie naciskaj.
voice-nobody = Przykro mi. Nikt nie może teraz rozmawiać. Zespół widzi, że dzwonisz.
voice-call-back = Ktoś z zespołu spróbuje zadzwonić na ten numer. Jeśli to nie jest dla ciebie bezpieczne, naciśnij teraz 0.
voice-no-call-back = Nie możemy oddzwonić na ten numer. Możesz zadzwonić ponownie w każdej chwili.
voice-hidden = Twój numer jest ukryty, więc nie możemy zadzwonić ani napisać. Możesz zadzwonić ponownie w każdej chwili.
voice-not-safe = Dobrze. Nie zadzwonimy na ten numer.
voice-text-sent = Wysyłam teraz SMS. Możesz odpowiedzieć w każdej chwili.
voice-no-text = Nie mogę teraz wysłać SMS-a na ten numer.
voice-text-us = Możesz też wysłać nam SMS. Oto numer.
voice-danger-told = Zespół dostaje wiadomość, że jesteś w niebezpieczeństwie. Jeśli możesz, zadzwoń pod 999. Dzwonię teraz do człowieka.
voice-bye = Możesz zadzwonić ponownie w każdej chwili. Jeśli ktoś jest w niebezpieczeństwie, zadzwoń pod 999.
voice-away = Przykro mi, ta linia ma teraz awarię. Jeśli ktoś jest w niebezpieczeństwie, zadzwoń pod 999. Childline słucha dzień i noc pod numerem 0800 1111. Samaritans słuchają pod 116 123. Zadzwoń ponownie za kilka minut.
voice-text = Cześć. To SMS, o który chodziło. Pisz tutaj, kiedy chcesz.
