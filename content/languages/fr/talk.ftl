### Written by a computer. Marked in review.yaml.

hello = Salut. Je suis un programme informatique. Dis : humain, et je demande une vraie personne. L'équipe lit ce que tu écris pour aider. Si quelqu'un risque d'être gravement blessé, nous prévenons ceux qui peuvent le protéger. Tu peux passer chaque question. Pour en savoir plus, dis : vie privée.
ask-who = Qu'est-ce qui te préoccupe ? Tu peux juste le dire. Ou dis de qui il s'agit.
stay = Je suis toujours là. Tu peux m'en dire plus si tu veux.
stay-ask = Je suis toujours là. Tu peux m'en dire plus, ou répondre à ceci :
ask-who-again = De qui ou de quoi s'agit-il ? Choisis, ou dis-le à ta façon.
stay-work = J'ai ce que tu as écrit. Si un enfant est en danger maintenant, appelle le 999. Envoie un message pour continuer.
heard = Merci de me le dire. Ça a l'air dur.
no-rush = C'est normal. Tu n'as pas à savoir quoi dire. Prends ton temps.
got-that = Merci, c'est noté.
going-on = J'ai demandé à une personne de lire. En attendant, je te pose quelques petites questions.
noted = Merci. L'équipe le voit aussi.
human-coming = D'accord. J'ai demandé à une personne de venir ici. { $ahead ->
    [unknown] Ça peut prendre un moment.
    [none] C'est ton tour après.
   *[other] Devant toi dans la file : { $ahead }.
} { $wait ->
    [unknown] Je ne peux pas dire combien de temps ça prend. Tu peux m'en dire plus ou juste attendre.
   *[other] Ces derniers jours, beaucoup ont attendu environ { $wait } minutes. Tu peux m'en dire plus ou juste attendre.
}
human-later = D'accord. J'ai demandé une personne. Personne n'a encore répondu. { $ahead ->
    [unknown] Ça peut prendre un moment.
    [none] C'est ton tour après.
   *[other] Devant toi dans la file : { $ahead }.
} { $wait ->
    [unknown] Je ne peux pas dire combien de temps ça prend. Tu peux m'en dire plus ou juste attendre.
   *[other] Ces derniers jours, beaucoup ont attendu environ { $wait } minutes. Tu peux m'en dire plus ou juste attendre.
}
not-understood = Désolé, je n'ai pas compris. Peux-tu le dire autrement ? Ou dis : passer, ou : humain.
cant-answer = Ça, je ne sais pas. Une personne peut te le dire : dis humain. On continue ?
will-send = D'accord, je l'envoie. D'abord, ceci aide l'équipe :
handing-over = Désolé, je ne comprends toujours pas. J'ai demandé à une personne de lire et de t'aider.
no-words = J'ai reçu un message sans mots. Tu peux écrire, ou dire : humain. En danger, appelle le 999.
media-received = Merci. Je ne peux pas l'ouvrir. J'ai demandé à une personne de regarder.
edit-seen = J'ai vu que tu as changé un message. L'équipe le verra aussi.
complaint = Je suis désolé. J'ai demandé à une personne de lire ce que tu as dit et de te répondre.
taken-back = D'accord, c'est ton choix. Je n'envoie rien. J'ai demandé à une personne de retirer ce qui est déjà parti. Tu peux écrire ici à toute heure, jour et nuit.
stopped = D'accord, tu ne recevras plus de messages. Envoie START pour revenir. En danger, appelle le 999.
started-again = D'accord, on recommence.
nothing-before = C'était la première question, je ne peux pas revenir plus loin.
welcome = De rien.
hidden = OK, merci.
welcome-back = Re-bonjour. C'est bien d'avoir de tes nouvelles.
opener = Salut. C'est un bon moment ? Envoie un message quand ça l'est.
bye = À bientôt. Tu peux écrire ici à toute heure, jour et nuit.
calm = Je suis là seulement pour aider. Dis : humain, si tu veux une personne.
off-topic = Désolé, je ne peux pas aider pour ça. Je suis là si toi ou un proche risquez d'être blessés.
language-set = D'accord, j'utilise cette langue.
which-language = Quelle langue te convient le mieux ? Je connais un peu : anglais, français, polonais, roumain, ourdou, pendjabi, arabe, somali, portugais.
translated = Un ordinateur a traduit ceci, des mots peuvent être faux. Dis : humain, pour parler à une personne.
language-not-yet = Je ne peux pas encore écrire dans cette langue. J'ai demandé à une personne d'aider pour ta langue.
not-sent = D'accord, je n'ai rien envoyé. Si tu changes d'avis, dis : envoie ça. Tu peux écrire à toute heure. En danger, appelle le 999.
holding = Désolé, quelque chose n'a pas marché. Une personne va regarder. En danger, appelle le 999.
handed-back = La personne a quitté ce chat. C'est de nouveau le programme. Tu peux écrire à toute heure.
worker-unnamed = Quelqu'un de l'équipe
worker-joined = { $name } est là maintenant. C'est une vraie personne. Cela reste dans l'équipe. Si quelqu'un risque d'être gravement blessé, elle prévient ceux qui peuvent aider. Elle a environ { $minutes } minutes.
repeat-marker = Envoyé encore une fois, au cas où :
choices-line = Tu peux dire : { $options }.
choice-me = Moi
choice-my-child = Mon enfant
choice-someone-i-know = Un proche
choice-through-work = Par mon travail
choice-unsafe-place = Un endroit risqué
choice-send-it = Envoie ça
choice-add-more = Ajouter
choice-not-now = Pas maintenant
choice-safe-now = Je suis en sécurité
choice-not-safe-now = Pas en sécurité
choice-only-me = Moi seulement
choice-others-see = D'autres le voient
choice-knows-agrees = Veut de l'aide
choice-knows-unsure = Pas sûr
choice-not-told = Ne le sait pas
choice-may-contact = Vous pouvez
choice-ask-me-first = Me demander d'abord
choice-both-aware = Les deux savent
choice-young-person-aware = Seulement le jeune
choice-parent-aware = Seulement le parent
choice-nobody-aware = Personne encore
choice-fights = Des bagarres
choice-followed = Quelqu'un suit
choice-weapons-seen = Une arme vue
choice-robbing = Des vols
choice-something-else = Autre chose
nobody-yet-2 = Personne n'a encore répondu. Nous essayons toujours de joindre quelqu'un. En danger, appelle le 999. Tu peux m'écrire.
nobody-yet-5 = Toujours pas de réponse. Nous essayons d'autres personnes. En danger, appelle le 999, ou 999 puis 55 sur un portable si tu ne peux pas parler. Je suis toujours là.
nobody-yet-10 = Je suis désolé : après dix minutes, personne n'a répondu. Nous continuons. En danger, ne nous attends pas : appelle le 999. Je suis toujours là.
someone-has-seen = Quelqu'un de l'équipe vient de le voir.
your-reference = Tes cinq mots : { $words }. Envoie-les quand tu veux, de n'importe quel téléphone. Je te dirai où ça en est.
reference-unknown = Désolé, je ne trouve rien pour ces mots. Vérifie-les et réessaie plus tard, ou dis : humain.
reference-received = Merci. Nous l'avons, et une personne va regarder.
reference-looked-at = Merci. Une personne le regarde maintenant.
reference-in-touch = Merci. Quelqu'un te contactera de la façon sûre que tu as choisie.
reference-closed = Merci. C'est terminé pour celui-ci. Tu peux recommencer ici à toute heure.
choices-pick = Choisir
your-reference-for = Pour { $name }, les cinq mots sont : { $words }.
come-back-with = Garde aussi ton mot secret. Avec les deux tu peux continuer de n'importe quel téléphone.
ending-soon = Ce chat avec une personne finit dans environ { $minutes } minutes. Dis ce qui compte le plus pour toi. Tu peux revenir à toute heure.
chat-ended = Le chat avec une personne est fini. Tu peux écrire ici à nouveau, jour et nuit. Dis : humain, si tu veux une personne. En danger, appelle le 999.
delete-explained = Je peux effacer ce qui a été écrit ici. On ne peut pas revenir en arrière. Une personne regarde d'abord ce qui est parti à l'équipe ou parle d'un danger. Elle décide sous un jour ouvré. Certaines choses peuvent devoir rester pour protéger quelqu'un. Envoie EFFACER MAINTENANT pour le faire, ou continue.
erased = D'accord. Tout ce qui peut partir tout de suite est effacé. S'il y a autre chose, une personne décide sous un jour ouvré. Certaines choses peuvent devoir rester pour protéger quelqu'un. Tu peux réécrire ici à toute heure, jour et nuit. En danger, appelle le 999.
news-accepted = L'équipe que tu as demandée dit oui. Quelqu'un de là-bas prendra contact pour prévoir une première discussion. Tu peux dire non à tout moment.
news-needs-more = L'équipe voudrait en savoir un peu plus avant de dire oui. Une personne d'ici va te poser la question.
news-redirected = L'équipe pense qu'un autre service te convient mieux. Une personne d'ici va t'en parler. C'est toi qui choisis la suite.
news-declined = L'équipe ne peut pas s'en charger maintenant. Ce n'est pas à cause de toi. Une personne d'ici va t'écrire au sujet d'une autre aide.
news-other = L'équipe a regardé ce que tu nous as envoyé. Merci de nous l'avoir dit. Nous ne pouvons pas en dire plus sur quelqu'un d'autre. Écris ici si tu t'inquiètes encore.
news-other-more = L'équipe voudrait en savoir un peu plus sur ce que tu nous as envoyé. Une personne d'ici va te poser la question.
half-sent = J'ai envoyé le lieu et l'heure à l'équipe. Tu peux encore m'en dire plus. En danger, appelle le 999.
check-in-set = D'accord. J'écrirai une fois, le { $date } vers { $time }, juste pour dire bonjour. Une personne regarde aussi. Dis : pas de suivi, si tu changes d'avis.
check-in-off = D'accord, on ne prendra pas de nouvelles.
check-in = Tu m'as demandé de prendre de tes nouvelles. Comment ça va maintenant ? Dis : humain, pour une personne.
ask-feedback = Une petite question : est-ce que ça t'a aidé ?
feedback-words = Merci. Que devons-nous faire mieux ? Dis-le avec tes mots, ou laisse.
feedback-kept = Merci. L'équipe lit ceci.
describe-offer = Si tu veux, tu peux dire ici comment tu te décrirais : { $link } C'est seulement compté. Les personnes qui t'aident ne le voient pas. Tu peux laisser.
choice-check-on-me = Oui, demain svp
choice-no-check = Pas besoin
choice-helped = Ça m'a aidé
choice-helped-a-bit = Un peu
choice-not-helped = Pas vraiment
first-words = Merci d'avoir répondu. Nous sommes une équipe à qui les jeunes peuvent parler de tout. Tu n'es pas obligé. Écris stop et nous n'écrirons plus.
erased-decided = Une personne a décidé : ce que tu as dit ici est effacé. Tu peux réécrire ici à tout moment. En danger, appelle le 999.
kept-decided = Une personne a regardé. Une partie de ce que tu as dit reste, car quelqu'un pourrait être en danger. Tu peux demander pourquoi ici.
