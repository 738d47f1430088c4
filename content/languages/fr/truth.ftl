### Written by a computer. Marked in review.yaml. Only these may name an agency.

truth-bot = Oui, c'est un programme informatique. De vraies personnes sont derrière. Dis : humain, et j'en demande une.
truth-human = Non, c'est un programme informatique. De vraies personnes sont derrière. Dis : humain, et j'en demande une.
truth-social = En partie. Tu écris à un programme informatique et à une équipe. Si un enfant risque d'être gravement blessé, les services sociaux peuvent être prévenus, pour qu'il soit en sécurité. Nous essayons de te le dire d'abord.
truth-parents = Non, pas juste parce que tu as écrit ici. Mais si tu risques d'être gravement blessé, quelqu'un peut devoir leur dire. Nous essayons de te demander d'abord. Dis-nous si la maison n'est pas sûre.
truth-without-parents = Oui, tu peux écrire ici sans eux. Mais si tu risques d'être gravement blessé, quelqu'un peut devoir leur dire. Nous essayons de te demander d'abord. Dis-nous si la maison n'est pas sûre.
truth-school = Non, pas juste parce que tu as écrit ici. Mais si quelqu'un risque d'être gravement blessé, quelques personnes là-bas peuvent devoir le savoir. Nous essayons de te le dire d'abord.
truth-why = Pour qu'une personne trouve l'aide qui convient et te joigne sans risque. Tu peux passer chaque question.
truth-anonymous = En partie. Tu n'as pas à dire ton nom. Par SMS ou appel, l'équipe voit ton numéro. Si quelqu'un risque d'être gravement blessé, nous pouvons devoir prévenir ceux qui peuvent le protéger.
truth-cost = Non, l'aide est gratuite. Tu paies seulement ce que prend ton opérateur pour les SMS ou internet.
truth-free = Oui, l'aide est gratuite. Tu paies seulement ce que prend ton opérateur pour les SMS ou internet.
truth-refuse = Oui, tu peux dire non. C'est toi qui décides, maintenant et plus tard. Tu peux revenir ici à tout moment.
truth-must = Non, tu n'es pas obligé. C'est toi qui décides, maintenant et plus tard. Tu peux revenir ici à tout moment.
truth-age = Oui, presque tout le monde peut avoir de l'aide ici. Un programme est à partir de 14 ans, sans limite. Moins de 14 ans ? Une personne regarde ce qui te convient.
truth-any-age = Non, il y a de l'aide ici à tout âge. Un programme est à partir de 14 ans, sans limite. Moins de 14 ans ? Une personne regarde ce qui te convient.
truth-eligibility = Oui, tout le monde peut écrire ici. Tu peux demander pour toi, ton enfant, un ami ou un élève. L'aide est surtout pour Coventry, Wolverhampton et autour. Pas sûr ? Une personne regarde.
truth-status = Je ne peux pas voir ça dans ce chat, peu importe qui demande. J'ai demandé à une personne de regarder et de te dire ce qu'elle peut.
truth-service = C'est une façon d'avoir de l'aide pour rester loin de la violence. Tu me dis quelques choses. Une personne les lit et trouve l'aide qui convient. Tu peux arrêter à tout moment.
truth-identity = C'est un programme informatique avec une équipe derrière. { $controllers ->
    [unknown] Je n'ai pas le nom du responsable. Une personne te le dira.
   *[other] Selon la loi, est responsable de ce que tu dis : { $controllers }.
} { $police_role ->
    [leads_a_programme] Ce n'est pas la police. Mais elle dirige CIRV, un des programmes vers lesquels on oriente.
    [partner] Ce n'est pas la police. Mais elle est un des partenaires.
    [none] La police n'y participe pas.
   *[unknown] Une personne te dira quel rôle a la police.
}
truth-real = Oui, c'est réel. C'est un programme informatique avec une équipe derrière. { $controllers ->
    [unknown] Je n'ai pas le nom du responsable. Une personne te le dira.
   *[other] Selon la loi, est responsable de ce que tu dis : { $controllers }.
}
truth-scam = Non, ce n'est pas une arnaque. C'est un programme informatique avec une équipe derrière. L'aide est gratuite.
truth-agency = En partie. Tu écris à un programme informatique et à une équipe. { $controllers ->
    [unknown] Je n'ai pas le nom du responsable. Une personne te le dira.
   *[other] Selon la loi, est responsable de ce que tu dis : { $controllers }.
}
truth-police = { $police_role ->
    [leads_a_programme] En partie. Ce chat est un programme, pas la police. Mais la police dirige CIRV, un programme vers lequel nous orientons. Si quelqu'un risque d'être gravement blessé, la police peut être prévenue.
    [partner] En partie. Ce chat est un programme, pas la police. Mais elle est partenaire. Si quelqu'un risque d'être gravement blessé, elle peut être prévenue.
    [none] Non. Mais si quelqu'un risque d'être gravement blessé, la police peut être prévenue.
   *[unknown] En partie. Ce chat est un programme. Je ne sais pas tout du rôle de la police ici, une personne te le dira. Si quelqu'un risque d'être gravement blessé, elle peut être prévenue.
}
truth-enforcement = { $enforcement_link ->
    [yes] Oui, c'est possible. Ce qui est dit ici peut arriver à ceux qui s'occupent des délits. Une personne peut t'en dire plus avant que tu continues.
    [no] Non. C'est là pour t'aider. Mais si quelqu'un risque d'être gravement blessé, cela va à ceux qui peuvent l'empêcher.
   *[unknown] Je ne sais pas avec certitude. Une personne te le dira. Tu peux attendre avant d'en dire plus.
}
truth-recipients = { $recipients ->
    [unknown] En partie. L'équipe ici le lit. Une personne te dira qui d'autre peut le voir.
   *[other] En partie. L'équipe ici le lit. Cela peut être transmis à : { $recipients }.
} Si quelqu'un risque d'être gravement blessé, nous prévenons ceux qui peuvent le protéger. Nous essayons de te le dire d'abord.
truth-retention = { $retention_days ->
    [unknown] Oui, ce que tu écris est gardé. Je ne sais pas combien de temps. Une personne te le dira. Tu peux demander de l'effacer.
   *[other] Oui, ce que tu écris est gardé jusqu'à { $retention_days } jours. Certaines choses restent plus longtemps pour protéger des gens. Tu peux demander de l'effacer.
}
truth-privacy = En partie. L'équipe le lit pour aider. Si quelqu'un risque d'être gravement blessé, nous prévenons ceux qui peuvent le protéger. Nous essayons de te le dire d'abord. { $controllers ->
    [unknown] Une personne te dira qui en est responsable.
   *[other] Selon la loi, en est responsable : { $controllers }.
}
truth-next = Une personne lit ce que tu envoies. Puis elle te contacte de la façon sûre que tu as dite. { $answer_hours ->
    [unknown] Je ne peux pas dire combien de temps ça prend, mais tu peux demander à une personne ici : dis humain.
   *[other] Cela peut prendre jusqu'à { $answer_hours } heures. Tu peux demander à une personne ici : dis humain.
}
