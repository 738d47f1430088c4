### Written by a computer. Marked in review.yaml.

voice-danger = Si quelqu'un est en danger maintenant, raccroche et appelle le 999. Si tu ne peux pas parler, appuie sur 55 quand tu les entends.
voice-hello = Bonjour. Tu peux parler ici de tout ce qui fait que tu ne te sens pas en sécurité.
voice-recorded = Cet appel est enregistré.
voice-menu-person = Pour parler à une personne maintenant, appuie sur 1, ou attends simplement.
voice-menu-back = Pour qu'on te rappelle, appuie sur 2.
voice-menu-text = Pour recevoir un SMS, appuie sur 3.
voice-menu-languages = Pour d'autres langues, appuie sur 4.
voice-menu-danger = Si tu es en danger et ne peux pas raccrocher, appuie sur 9.
voice-language = Pour le français, appuie sur { $count }.
voice-language-named = Pour { $name }, appuie sur { $count }.
voice-unspoken = Je ne parle pas cette langue. L'équipe voit que tu l'as choisie.
voice-translated = Un ordinateur a traduit ces mots, donc certains peuvent être faux.
voice-ringing = J'appelle une personne maintenant. Reste en ligne.
voice-still = J'essaie toujours de joindre une personne. Si tu veux attendre, n'appuie sur rien.
voice-nobody = Désolé. Personne n'est libre pour parler maintenant. L'équipe voit que tu as appelé.
voice-call-back = Quelqu'un de l'équipe essaiera d'appeler ce numéro. Si ce n'est pas sûr pour toi, appuie sur 0 maintenant.
voice-no-call-back = Nous ne pouvons pas rappeler ce numéro. Tu peux nous rappeler à tout moment.
voice-hidden = Ton numéro est masqué, donc nous ne pouvons ni t'appeler ni t'écrire. Tu peux nous rappeler à tout moment.
voice-not-safe = D'accord. Nous n'appellerons pas ce numéro.
voice-text-sent = Je t'envoie un SMS maintenant. Tu peux y répondre à tout moment.
voice-no-text = Je ne peux pas envoyer de SMS à ce numéro maintenant.
voice-text-us = Tu peux aussi nous envoyer un SMS. Voici le numéro.
voice-danger-told = L'équipe est prévenue que tu es en danger. Si tu peux, appelle le 999. J'appelle une personne maintenant.
voice-bye = Tu peux nous rappeler à tout moment. Si quelqu'un est en danger, appelle le 999.
voice-away = Désolé, cette ligne est en panne. Si quelqu'un est en danger, appelle le 999. Childline écoute jour et nuit au 0800 1111. Samaritans écoute au 116 123. Rappelle-nous dans quelques minutes.
voice-text = Bonjour. Tu as demandé un SMS. Écris ici quand tu veux.
