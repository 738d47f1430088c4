### Written by a computer. Marked in review.yaml.

voice-danger = Se alguém está em perigo agora, desliga e liga para o 999. Se não podes falar, carrega em 55 quando os ouvires.
voice-hello = Olá. Aqui podes falar de tudo o que te faz sentir inseguro.
voice-recorded = Esta chamada é gravada.
voice-menu-person = Para falar agora com uma pessoa, carrega em 1 ou espera.
voice-menu-back = Para te ligarmos de volta, carrega em 2.
voice-menu-text = Para receberes um SMS, carrega em 3.
voice-menu-languages = Para outras línguas, carrega em 4.
voice-menu-danger = Se estás em perigo e não podes desligar, carrega em 9.
voice-language = Para português, carrega em { $count }.
voice-language-named = Para { $name }, carrega em { $count }.
voice-unspoken = Não falo essa língua. A equipa vê que a escolheste.
voice-translated = Um computador traduziu estas palavras, por isso algumas podem estar erradas.
voice-ringing = Estou a ligar a uma pessoa agora. Fica em linha, por favor.
voice-still = Ainda estou a tentar falar com uma pessoa. Se queres esperar, não carregues em nada.
voice-nobody = Lamento. Ninguém está livre para falar agora. A equipa vê que ligaste.
voice-call-back = Alguém da equipa vai tentar ligar para este número. Se não é seguro para ti, carrega agora em 0.
voice-no-call-back = Não podemos ligar de volta para este número. Podes ligar de novo a qualquer hora.
voice-hidden = O teu número está escondido, por isso não podemos ligar nem escrever. Podes ligar de novo a qualquer hora.
voice-not-safe = Está bem. Não vamos ligar para este número.
voice-text-sent = Vou enviar-te um SMS agora. Podes responder a qualquer hora.
voice-no-text = Não posso enviar um SMS para este número agora.
voice-text-us = Também nos podes enviar um SMS. O número é este.
voice-danger-told = A equipa está a ser avisada de que estás em perigo. Se puderes, liga para o 999. Estou a ligar a uma pessoa agora.
voice-bye = Podes ligar de novo a qualquer hora. Se alguém está em perigo, liga para o 999.
voice-away = Lamento, esta linha tem uma avaria. Se alguém está em perigo, liga para o 999. Childline ouve dia e noite no 0800 1111. Samaritans ouve no 116 123. Liga de novo daqui a alguns minutos.
voice-text = Olá. Pediste um SMS. Escreve aqui quando quiseres.
