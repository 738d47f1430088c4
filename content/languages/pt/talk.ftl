### Written by a computer. Marked in review.yaml.

hello = Olá. Sou um programa de computador. Diz: pessoa, e eu chamo uma. A equipa lê o que escreves para ajudar. Se alguém pode ficar muito ferido, avisamos quem o pode proteger. Podes saltar qualquer pergunta. Para saber mais, diz: privacidade.
ask-who = O que tens em mente? Podes só contar. Ou diz de quem se trata.
stay = Continuo aqui. Podes contar mais, se quiseres.
stay-ask = Continuo aqui. Podes contar mais, ou responder a isto:
ask-who-again = De quem ou de que se trata? Escolhe, ou diz à tua maneira.
stay-work = Tenho o que escreveu. Se uma criança está em perigo agora, ligue 999. Envie uma mensagem para continuar.
heard = Obrigado por me contares. Parece difícil.
no-rush = Não faz mal. Não tens de saber o que dizer. Leva o teu tempo.
got-that = Obrigado, já tenho.
going-on = Pedi a uma pessoa para ler isto. Entretanto faço umas perguntas curtas sobre ti.
noted = Obrigado. A equipa também vê isto.
human-coming = OK. Pedi a uma pessoa para vir aqui. { $ahead ->
    [unknown] Pode demorar um pouco.
    [none] És o próximo.
   *[other] À tua frente: { $ahead }.
} { $wait ->
    [unknown] Não sei dizer quanto tempo demora. Podes contar mais ou só esperar.
   *[other] Nos últimos dias, muitos esperaram cerca de { $wait } minutos. Podes contar mais ou só esperar.
}
human-later = OK. Pedi uma pessoa. Ainda ninguém respondeu. { $ahead ->
    [unknown] Pode demorar um pouco.
    [none] És o próximo.
   *[other] À tua frente: { $ahead }.
} { $wait ->
    [unknown] Não sei dizer quanto tempo demora. Podes contar mais ou só esperar.
   *[other] Nos últimos dias, muitos esperaram cerca de { $wait } minutos. Podes contar mais ou só esperar.
}
not-understood = Desculpa, não percebi. Podes dizer de outra forma? Ou diz: saltar, ou: pessoa.
cant-answer = Isso não sei. Uma pessoa pode dizer-te: escreve pessoa. Continuamos?
will-send = OK, vou enviar. Primeiro, isto ajuda a equipa:
handing-over = Desculpa, ainda não percebo. Pedi a uma pessoa para ler e te ajudar.
no-words = Recebi uma mensagem sem palavras. Podes escrever, ou dizer: pessoa. Em perigo, liga 999.
media-received = Obrigado. Não consigo abrir isso. Pedi a uma pessoa para ver.
edit-seen = Vi que mudaste uma mensagem. A equipa também vê.
complaint = Lamento. Pedi a uma pessoa para ler o que disseste e responder-te.
taken-back = OK, a escolha é tua. Não envio nada. Pedi a uma pessoa para retirar o que já foi enviado. Podes escrever aqui a qualquer hora, dia e noite.
stopped = OK, não recebes mais mensagens. Envia START se quiseres voltar. Em perigo, liga 999.
started-again = OK, vamos começar de novo.
nothing-before = Essa foi a primeira pergunta, não posso voltar mais atrás.
welcome = De nada.
hidden = OK, obrigado.
welcome-back = Olá de novo. É bom ter notícias tuas.
opener = Olá. É boa altura? Envia uma mensagem quando for.
bye = Até logo. Podes escrever aqui a qualquer hora, dia e noite.
calm = Só estou aqui para ajudar. Diz: pessoa, se quiseres uma.
off-topic = Desculpa, com isso não posso ajudar. Estou aqui se tu ou alguém que conheces pode ficar ferido.
language-set = OK, uso esta língua.
which-language = Que língua é melhor para ti? Sei um pouco de: inglês, português, polaco, romeno, urdu, punjabi, árabe, somali e francês.
translated = Um computador traduziu isto, algumas palavras podem estar erradas. Diz: pessoa, para falar com alguém.
language-not-yet = Ainda não sei escrever nessa língua. Pedi a uma pessoa ajuda com a tua língua.
not-sent = OK, não enviei. Se mudares de ideias, diz: envia isso. Podes escrever a qualquer hora. Em perigo, liga 999.
holding = Desculpa, algo correu mal. Uma pessoa vai ver. Em perigo, liga 999.
handed-back = A pessoa saiu desta conversa. Sou de novo o programa. Podes escrever a qualquer hora.
worker-unnamed = Alguém da equipa
worker-joined = { $name } está aqui agora. É uma pessoa real. Fica tudo na equipa. Se alguém pode ficar muito ferido, avisa quem pode ajudar. Tem cerca de { $minutes } minutos.
repeat-marker = Enviado outra vez, caso não tenhas recebido:
choices-line = Podes dizer: { $options }.
choice-me = Eu
choice-my-child = Meu filho/filha
choice-someone-i-know = Alguém que conheço
choice-through-work = Pelo meu trabalho
choice-unsafe-place = Um lugar perigoso
choice-send-it = Envia isso
choice-add-more = Juntar mais
choice-not-now = Agora não
choice-safe-now = Estou em segurança
choice-not-safe-now = Não estou seguro
choice-only-me = Só eu
choice-others-see = Outros veem
choice-knows-agrees = Quer ajuda
choice-knows-unsure = Não sei se quer
choice-not-told = Não sabe disto
choice-may-contact = Podem
choice-ask-me-first = Perguntem-me antes
choice-both-aware = Ambos sabem
choice-young-person-aware = Só o jovem
choice-parent-aware = Só o pai ou a mãe
choice-nobody-aware = Ainda ninguém sabe
choice-fights = Lutas
choice-followed = Alguém segue
choice-weapons-seen = Vi uma arma
choice-robbing = Há assaltos
choice-something-else = Outra coisa
nobody-yet-2 = Ninguém respondeu ainda. Continuamos a tentar chegar a uma pessoa. Em perigo, liga 999. Podes escrever-me.
nobody-yet-5 = Ainda ninguém respondeu. Estamos a tentar mais pessoas. Em perigo, liga 999, ou 999 e depois 55 no telemóvel se não puderes falar. Continuo aqui.
nobody-yet-10 = Lamento: passaram dez minutos e ninguém respondeu. Não paramos. Em perigo não esperes por nós: liga 999. Continuo aqui.
someone-has-seen = Alguém da equipa já viu isto.
your-reference = As tuas cinco palavras: { $words }. Envia-as quando quiseres, de qualquer telefone. Digo-te em que ponto está.
reference-unknown = Desculpa, não encontro nada com essas palavras. Confirma e tenta mais tarde, ou diz: pessoa.
reference-received = Obrigado. Temos isto e uma pessoa vai ver.
reference-looked-at = Obrigado. Uma pessoa está a ver agora.
reference-in-touch = Obrigado. Alguém vai falar contigo da forma segura que escolheste.
reference-closed = Obrigado. Este está fechado. Podes começar de novo a qualquer hora.
choices-pick = Escolher
your-reference-for = Para { $name } as cinco palavras são: { $words }.
come-back-with = Guarda também a tua palavra secreta. Com as duas podes continuar de qualquer telefone.
ending-soon = Esta conversa com uma pessoa acaba dentro de cerca de { $minutes } minutos. Diz o que é mais importante para ti. Podes voltar a qualquer hora.
chat-ended = A conversa com uma pessoa acabou. Podes escrever aqui de novo, dia e noite. Diz: pessoa, se quiseres uma. Em perigo, liga 999.
delete-explained = Posso apagar o que foi escrito aqui. Não dá para voltar atrás. O que foi enviado à equipa ou fala de perigo, uma pessoa vê primeiro. Decide num dia útil. Algumas coisas podem ter de ficar para proteger alguém. Envia APAGAR AGORA para o fazer, ou continua.
erased = OK. Tudo o que pode ser apagado já está apagado. Se houver mais, uma pessoa decide num dia útil. Algumas coisas podem ter de ficar para proteger alguém. Podes voltar a escrever aqui a qualquer hora, dia e noite. Em perigo, liga 999.
news-accepted = A equipa que pediste diz que sim. Alguém de lá vai entrar em contacto para marcar uma primeira conversa. Podes dizer que não a qualquer momento.
news-needs-more = A equipa gostava de saber um pouco mais antes de dizer que sim. Uma pessoa daqui vai perguntar-te.
news-redirected = A equipa acha que outro serviço é melhor para ti. Uma pessoa daqui vai falar-te dele. És tu que escolhes o que vem a seguir.
news-declined = A equipa não pode tratar disto agora. Não é por tua causa. Uma pessoa daqui vai escrever-te sobre outra ajuda.
news-other = A equipa viu o que nos enviaste. Obrigado por nos contares. Não podemos dizer mais sobre outra pessoa. Escreve aqui se voltares a ficar preocupado.
news-other-more = A equipa gostava de saber um pouco mais sobre o que nos enviaste. Uma pessoa daqui vai perguntar-te.
half-sent = Já enviei o lugar e a hora à equipa. Ainda podes contar mais. Em perigo, liga 999.
check-in-set = OK. Escrevo uma vez, a { $date } por volta das { $time }, só para dizer olá. Uma pessoa também vê. Diz: não perguntes, se mudares de ideias.
check-in-off = OK, não vamos perguntar por ti.
check-in = Pediste-me para saber de ti. Como estás agora? Diz: pessoa, para falar com alguém.
ask-feedback = Uma pergunta rápida: isto ajudou?
feedback-words = Obrigado. O que devemos fazer melhor? Diz por palavras tuas, ou deixa estar.
feedback-kept = Obrigado. A equipa lê isto.
describe-offer = Se quiseres, podes dizer aqui como te descreves: { $link } Só é contado. As pessoas que te ajudam não veem isto. Podes deixar.
choice-check-on-me = Sim, amanhã
choice-no-check = Não é preciso
choice-helped = Ajudou
choice-helped-a-bit = Um pouco
choice-not-helped = Nem por isso
first-words = Obrigado por responderes. Somos uma equipa com quem os jovens podem falar sobre tudo. Não és obrigado. Escreve stop e não escrevemos mais.
erased-decided = Uma pessoa decidiu: o que disseste aqui foi apagado. Podes voltar a escrever aqui a qualquer momento. Em perigo, liga 999.
kept-decided = Uma pessoa viu isto. Parte do que disseste fica, porque alguém pode estar em perigo. Podes perguntar porquê aqui.
