### Written by a computer. Marked in review.yaml. Only these may name an agency.

truth-bot = Sim, é um programa de computador. Há pessoas reais por trás. Diz: pessoa, e eu chamo uma.
truth-human = Não, é um programa de computador. Há pessoas reais por trás. Diz: pessoa, e eu chamo uma.
truth-social = Em parte. Estás a escrever a um programa de computador e a uma equipa. Se uma criança pode ficar muito ferida, os serviços sociais podem ser avisados, para ela estar segura. Tentamos dizer-te primeiro.
truth-parents = Não, não só por escreveres aqui. Mas se podes ficar muito ferido, alguém pode ter de lhes dizer. Tentamos perguntar-te primeiro. Diz-nos se em casa não é seguro.
truth-without-parents = Sim, podes escrever aqui sem eles. Mas se podes ficar muito ferido, alguém pode ter de lhes dizer. Tentamos perguntar-te primeiro. Diz-nos se em casa não é seguro.
truth-school = Não, não só por escreveres aqui. Mas se alguém pode ficar muito ferido, algumas pessoas lá podem ter de saber. Tentamos dizer-te primeiro.
truth-why = Para uma pessoa encontrar a ajuda certa e falar contigo em segurança. Podes saltar qualquer pergunta.
truth-anonymous = Em parte. Não tens de dizer o nome. Por SMS ou chamada, a equipa vê o teu número. Se alguém pode ficar muito ferido, podemos ter de avisar quem o pode proteger.
truth-cost = Não, a ajuda é grátis. Só pagas o que a tua rede cobra por SMS ou dados.
truth-free = Sim, a ajuda é grátis. Só pagas o que a tua rede cobra por SMS ou dados.
truth-refuse = Sim, podes dizer não. Tu decides, agora e depois. Podes voltar aqui a qualquer momento.
truth-must = Não, não és obrigado. Tu decides, agora e depois. Podes voltar aqui a qualquer momento.
truth-age = Sim, quase todos podem ter ajuda aqui. Um programa é a partir dos 14 anos, sem limite. Menos de 14? Uma pessoa vê o que te serve.
truth-any-age = Não, aqui há ajuda em qualquer idade. Um programa é a partir dos 14 anos, sem limite. Menos de 14? Uma pessoa vê o que te serve.
truth-eligibility = Sim, qualquer pessoa pode escrever aqui. Podes pedir para ti, o teu filho ou filha, um amigo ou um aluno. A ajuda é sobretudo para Coventry, Wolverhampton e perto. Não sabes? Uma pessoa vê.
truth-status = Não consigo ver isso nesta conversa, seja quem for que pergunte. Pedi a uma pessoa para ver e dizer o que puder.
truth-service = É uma forma de ter ajuda para ficar longe da violência. Contas-me umas coisas. Uma pessoa lê e encontra a ajuda certa. Podes parar quando quiseres.
truth-identity = É um programa de computador com uma equipa por trás. { $controllers ->
    [unknown] Não tenho o nome de quem é responsável. Uma pessoa diz-te.
   *[other] Por lei, é responsável pelo que dizes: { $controllers }.
} { $police_role ->
    [leads_a_programme] Não é a polícia. Mas ela dirige o CIRV, um dos programas para onde encaminhamos.
    [partner] Não é a polícia. Mas ela é um dos parceiros.
    [none] A polícia não faz parte disto.
   *[unknown] Uma pessoa diz-te que papel tem a polícia.
}
truth-real = Sim, isto é real. É um programa de computador com uma equipa por trás. { $controllers ->
    [unknown] Não tenho o nome de quem é responsável. Uma pessoa diz-te.
   *[other] Por lei, é responsável pelo que dizes: { $controllers }.
}
truth-scam = Não, isto não é burla. É um programa de computador com uma equipa por trás. A ajuda é gratuita.
truth-agency = Em parte. Estás a escrever a um programa de computador e a uma equipa. { $controllers ->
    [unknown] Não tenho o nome de quem é responsável. Uma pessoa diz-te.
   *[other] Por lei, é responsável pelo que dizes: { $controllers }.
}
truth-police = { $police_role ->
    [leads_a_programme] Em parte. Esta conversa é um programa, não a polícia. Mas a polícia dirige o CIRV, um programa para onde encaminhamos. Se alguém pode ficar muito ferido, a polícia pode ser avisada.
    [partner] Em parte. Esta conversa é um programa, não a polícia. Mas ela é parceira. Se alguém pode ficar muito ferido, pode ser avisada.
    [none] Não. Mas se alguém pode ficar muito ferido, a polícia pode ser avisada.
   *[unknown] Em parte. Esta conversa é um programa. Não sei tudo o que a polícia faz aqui, por isso uma pessoa diz-te. Se alguém pode ficar muito ferido, ela pode ser avisada.
}
truth-enforcement = { $enforcement_link ->
    [yes] Sim, pode acontecer. O que é dito aqui pode chegar a quem trata de crimes. Uma pessoa pode explicar antes de dizeres mais.
    [no] Não. Isto é para te ajudar. Mas se alguém pode ficar muito ferido, vai para quem o pode impedir.
   *[unknown] Não sei ao certo. Uma pessoa diz-te. Até lá podes esperar com o resto.
}
truth-recipients = { $recipients ->
    [unknown] Em parte. A equipa daqui lê. Uma pessoa diz-te quem mais pode ver.
   *[other] Em parte. A equipa daqui lê. Pode ser passado a: { $recipients }.
} Se alguém pode ficar muito ferido, avisamos quem o pode proteger. Tentamos dizer-te primeiro.
truth-retention = { $retention_days ->
    [unknown] Sim, o que escreves é guardado. Não sei por quanto tempo. Uma pessoa diz-te. Podes pedir para apagar.
   *[other] Sim, o que escreves é guardado até { $retention_days } dias. Algumas coisas ficam mais tempo para proteger pessoas. Podes pedir para apagar.
}
truth-privacy = Em parte. A equipa lê para ajudar. Se alguém pode ficar muito ferido, avisamos quem o pode proteger. Tentamos dizer-te primeiro. { $controllers ->
    [unknown] Uma pessoa diz-te quem é responsável.
   *[other] Por lei, é responsável: { $controllers }.
}
truth-next = Uma pessoa lê o que envias. Depois fala contigo da forma segura que disseste. { $answer_hours ->
    [unknown] Não sei dizer quanto tempo demora, mas podes perguntar a uma pessoa aqui: diz pessoa.
   *[other] Pode demorar até { $answer_hours } horas. Podes perguntar a uma pessoa aqui: diz pessoa.
}
