### Written by a computer. Marked in review.yaml.

ask-name-again-self = Que nome posso usar para ti? Podes dizer: saltar.
ask-name-again-them = Que nome podemos usar? Podes dizer: saltar.
ask-send-again = Envio à equipa agora?
self-opens = Ainda bem que escreveste. Vou fazer umas perguntas curtas, para uma pessoa te poder ajudar.
ask-self-reason = O que se passa contigo? Diz o que quiseres.
ask-self-name = Como te devo chamar? Qualquer nome serve.
ask-self-age-area = Que idade tens, mais ou menos, e em que zona da cidade vives?
ask-self-age = Que idade tens, mais ou menos?
ask-self-area = Em que zona da cidade vives?
ask-self-ties = Tens família, amigos ou escola em Coventry ou Wolverhampton? Conta-me um pouco.
ask-self-safe = Qual é uma forma segura de falar contigo? Aqui, por SMS, por chamada ou de outra forma.
ask-self-send = Obrigado. É tudo. Envio à equipa agora? Podes juntar algo primeiro.
ask-safe-now = Estás em segurança agora?
ask-phone-seen = Mais alguém vê o teu telemóvel?
ask-code-word = Escolhe uma palavra secreta que ninguém adivinhe. Se escrevermos primeiro, só dizemos olá. Tu envias a palavra e depois continuamos. Que palavra?
ask-safe-time = A que horas podemos falar contigo? E quando é melhor não?
ask-self-helps = O que achas que te ajudava mais?
ask-self-likes = O que gostas de fazer, ou em que tens jeito?
ask-self-adult = Há um adulto em quem confias? Quem é?
ask-self-more = O que mais nos pode ajudar? Podes dizer o que gostas, em que tens jeito e o que te ajudava. Pode ser um adulto em quem confias, ou uma boa hora para falar contigo. Diz se precisas de outra língua ou de outra ajuda.
self-adds = Ainda me podes contar mais: o que gostas, o que te ajudava, um adulto em quem confias, ou uma boa hora para falar contigo. Diz se precisas de outra língua ou de outra ajuda. A equipa vê isto.
ask-needs = Há algo que devamos saber para ser mais fácil? Pode ser a língua ou outra ajuda.
ask-check-in = Queres que saibamos de ti amanhã? Só enviamos um olá curto.
ask-cover = Se outra pessoa atender, o que dizemos? Por exemplo, que foi engano.
self-ends = Enviei. Uma pessoa lê e fala contigo só da forma segura que disseste. { $answer_hours ->
    [unknown] Não sei dizer quanto tempo demora.
   *[other] Pode demorar até { $answer_hours } horas.
} Escreve aqui quando quiseres, ou diz: pessoa. Em perigo, liga 999.
parent-opens = Obrigado por escreveres. É bom que olhes pelo teu filho ou filha. Vou fazer umas perguntas curtas.
ask-parent-reason = O que te preocupa? Diz por palavras tuas.
ask-parent-name = Que nome damos ao teu filho ou filha? Basta o primeiro nome.
ask-parent-age-area = Que idade tem, e em que zona da cidade vive?
ask-parent-age = Que idade tem o teu filho ou filha?
ask-parent-area = Em que zona da cidade vive o teu filho ou filha?
ask-parent-ties = O teu filho ou filha tem família, amigos ou escola em Coventry ou Wolverhampton? Conta-me um pouco.
ask-parent-knows = O teu filho ou filha sabe que pedes ajuda, e quer essa ajuda?
ask-parent-safe = Qual é uma forma segura de falar contigo? Aqui, por SMS, por chamada ou de outra forma.
ask-parent-send = Obrigado. É tudo. Envio à equipa agora? Podes juntar algo primeiro.
ask-parent-contact = Podemos falar com o teu filho ou filha, ou perguntamos-te primeiro?
ask-parent-likes = O que gosta de fazer, ou em que tem jeito?
ask-parent-siblings = Há outras crianças em casa? Como estão?
ask-parent-support = E tu, como estás? O que te ajudava?
ask-parent-more = O que mais nos pode ajudar? Por exemplo o que o teu filho gosta, outras crianças em casa, ou como tu estás. Diz se precisas de outra língua ou de outra ajuda. Podes dizer tudo de uma vez.
parent-adds = Ainda me podes contar mais: o que o teu filho gosta, outras crianças em casa, ou como tu estás. Diz se precisas de outra língua ou de outra ajuda. A equipa vê isto.
parent-ends = Enviei. Uma pessoa lê e fala primeiro contigo. { $answer_hours ->
    [unknown] Não sei dizer quanto tempo demora.
   *[other] Pode demorar até { $answer_hours } horas.
} Escreve aqui quando quiseres, ou diz: pessoa. Em perigo, liga 999.
friend-opens = Fizeste bem em escrever. Não tens de dizer quem és.
ask-friend-reason = O que se passa com essa pessoa? Diz por palavras tuas.
ask-friend-name = Que nome lhe damos? Basta o primeiro nome.
ask-friend-age-area = Que idade tem, mais ou menos, e em que zona vive?
ask-friend-age = Que idade tem, mais ou menos?
ask-friend-area = Em que zona da cidade vive?
ask-friend-send = Obrigado. É tudo. Envio à equipa agora? Podes juntar algo primeiro.
ask-friend-knows = Essa pessoa sabe que estás a pedir, e quer ajuda?
ask-friend-safe = Queres que te respondamos? Se sim, como é seguro?
ask-friend-likes = O que essa pessoa gosta de fazer, ou em que tem jeito?
friend-ends = Enviei. Uma pessoa lê e pensa no que é seguro antes de alguém lhe escrever. { $answer_hours ->
    [unknown] Não sei dizer quanto tempo demora.
   *[other] Pode demorar até { $answer_hours } horas.
} Escreve aqui quando quiseres, ou diz: pessoa. Em perigo, liga 999.
school-opens = Obrigado. Vou ser breve. Se uma criança está em perigo, não espere por isto: ligue 999.
ask-school-role-org = Qual é a sua função, e onde trabalha?
ask-school-role = Qual é a sua função?
ask-school-org = Onde trabalha?
ask-school-name = Que nome damos ao jovem? Basta o primeiro nome ou iniciais.
ask-school-age-area = Que idade tem, mais ou menos, e em que zona vive?
ask-school-age = Que idade tem, mais ou menos?
ask-school-area = Em que zona da cidade vive?
ask-school-ties = Tem família, amigos ou escola em Coventry ou Wolverhampton? Conte um pouco.
ask-school-reason = O que o preocupa? Diga o que foi visto ou dito.
ask-school-aware = O jovem e um dos pais sabem que está a pedir?
ask-school-why = Por que razão nem todos sabem?
ask-school-safe = Qual a melhor forma de falar consigo? Um telefone ou e-mail de trabalho serve.
ask-school-send = Obrigado. É tudo. Envio à equipa agora? Podes juntar algo primeiro.
ask-school-lead = A pessoa responsável pela proteção dos alunos sabe? Quem é?
ask-school-done = O que já foi feito?
ask-school-attendance = Vai à escola com que frequência?
ask-school-missing = Já desapareceu? Quando?
ask-school-apart = Há alguém de quem deva estar afastado?
ask-school-visit = Há risco para quem visita a casa?
ask-school-tool = Preencheu uma ficha de avaliação? Não é preciso.
ask-school-likes = O que essa pessoa gosta de fazer, ou em que tem jeito?
school-ends = Enviei. Uma pessoa lê e fala contigo. { $answer_hours ->
    [unknown] Não sei dizer quanto tempo demora.
   *[other] Pode demorar até { $answer_hours } horas.
} Escreve aqui quando quiseres, ou diz: pessoa. Se uma criança está em perigo, não esperes: liga 999.
route-opens = Obrigado por dizeres. Vou perguntar onde e quando, para haver quem esteja atento.
ask-route-place = Onde é? Uma rua, uma paragem, uma escola ou uma zona.
ask-route-time = Quando é? Diz o dia e mais ou menos a hora.
ask-route-worry = O que te preocupa lá?
ask-route-reason = O que se passa lá?
route-ends = Enviei o lugar e a hora à equipa. { $patrol ->
    [planned] Deve haver adultos lá a essa hora, mas os planos podem mudar.
    [none] Não sei de ninguém que deva lá estar. Uma pessoa vai ver.
   *[unknown] Não sei se vai lá estar alguém. Uma pessoa vai verificar.
} { $safe_place ->
    [unknown] Em perigo, liga 999.
   *[other] Podes ir aqui: { $safe_place }. Há pessoal. Em perigo, liga 999.
} Queres resposta? Diz um nome e como falar contigo.
