### Written by a computer. Marked in review.yaml.

ask-name-again-self = Quel nom puis-je utiliser pour toi ? Tu peux dire : passer.
ask-name-again-them = Quel nom pouvons-nous utiliser ? Tu peux dire : passer.
ask-send-again = Je l'envoie à l'équipe maintenant ?
self-opens = C'est bien que tu écrives. Je vais poser quelques petites questions, pour qu'une personne puisse t'aider.
ask-self-reason = Qu'est-ce qui se passe pour toi ? Dis-en autant que tu veux.
ask-self-name = Comment veux-tu que je t'appelle ? N'importe quel nom va.
ask-self-age-area = Tu as à peu près quel âge, et tu habites dans quel quartier ?
ask-self-age = Tu as à peu près quel âge ?
ask-self-area = Tu habites dans quel quartier ?
ask-self-ties = As-tu de la famille, des amis ou ton école à Coventry ou Wolverhampton ? Dis-m'en un peu plus.
ask-self-safe = Comment te joindre sans risque ? Ici, par SMS, par appel ou autrement.
ask-self-send = Merci. C'est tout ce qu'il me faut. Je l'envoie à l'équipe maintenant ? Tu peux d'abord ajouter quelque chose.
ask-safe-now = Es-tu en sécurité en ce moment ?
ask-phone-seen = Est-ce que quelqu'un d'autre voit ton téléphone ?
ask-code-word = Choisis un mot secret que personne ne devinerait. Si nous écrivons en premier, nous disons juste bonjour. Tu envoies le mot, puis on continue. Quel mot ?
ask-safe-time = À quelle heure peut-on te joindre ? Et quand vaut-il mieux éviter ?
ask-self-helps = Qu'est-ce qui t'aiderait le plus ?
ask-self-likes = Qu'est-ce que tu aimes faire, ou que sais-tu bien faire ?
ask-self-adult = Y a-t-il un adulte en qui tu as confiance ? Qui est-ce ?
ask-self-more = Qu'est-ce qui peut encore nous aider ? Tu peux dire ce que tu aimes, ce que tu sais bien faire et ce qui t'aiderait. Ou un adulte en qui tu as confiance, ou un bon moment pour te joindre. Dis-nous s'il te faut une langue ou une autre aide.
self-adds = Tu peux encore m'en dire plus : ce que tu aimes, ce qui t'aiderait, un adulte en qui tu as confiance ou un bon moment pour te joindre. Dis-nous s'il te faut une langue ou une autre aide. L'équipe le voit.
ask-needs = Y a-t-il quelque chose à savoir pour te faciliter les choses ? Une langue ou une autre aide, par exemple.
ask-check-in = Veux-tu qu'on prenne de tes nouvelles demain ? On envoie juste un petit bonjour.
ask-cover = Si quelqu'un d'autre répond, que devons-nous dire ? Par exemple, que c'est un faux numéro.
self-ends = C'est envoyé. Une personne le lit et te contacte seulement de la façon sûre que tu as dite. { $answer_hours ->
    [unknown] Je ne peux pas dire combien de temps ça prend.
   *[other] Cela peut prendre jusqu'à { $answer_hours } heures.
} Écris ici quand tu veux, ou dis : humain. En danger, appelle le 999.
parent-opens = Merci d'écrire. C'est bien de veiller sur ton enfant. Je vais poser quelques petites questions.
ask-parent-reason = Qu'est-ce qui t'inquiète ? Dis-le avec tes mots.
ask-parent-name = Comment appeler ton enfant ? Un prénom suffit.
ask-parent-age-area = Quel âge a ton enfant, et dans quel quartier habite-t-il ?
ask-parent-age = Quel âge a ton enfant ?
ask-parent-area = Dans quel quartier habite ton enfant ?
ask-parent-ties = Ton enfant a-t-il de la famille, des amis ou son école à Coventry ou Wolverhampton ? Dis-m'en un peu plus.
ask-parent-knows = Ton enfant sait-il que tu demandes de l'aide, et en veut-il ?
ask-parent-safe = Comment te joindre sans risque ? Ici, par SMS, par appel ou autrement.
ask-parent-send = Merci. C'est tout ce qu'il me faut. Je l'envoie à l'équipe maintenant ? Tu peux d'abord ajouter quelque chose.
ask-parent-contact = Pouvons-nous contacter ton enfant, ou te demander d'abord ?
ask-parent-likes = Qu'est-ce que ton enfant aime faire, ou sait bien faire ?
ask-parent-siblings = Y a-t-il d'autres enfants à la maison ? Comment vont-ils ?
ask-parent-support = Et toi, comment vas-tu ? Qu'est-ce qui t'aiderait ?
ask-parent-more = Qu'est-ce qui peut encore nous aider ? Par exemple ce que ton enfant aime, d'autres enfants à la maison, ou comment tu vas. Dis-nous s'il te faut une langue ou une autre aide. Tu peux tout dire d'un coup.
parent-adds = Tu peux encore m'en dire plus : ce que ton enfant aime, d'autres enfants à la maison, ou comment tu vas. Dis-nous s'il te faut une langue ou une autre aide. L'équipe le voit.
parent-ends = C'est envoyé. Une personne le lit et te contacte d'abord. { $answer_hours ->
    [unknown] Je ne peux pas dire combien de temps ça prend.
   *[other] Cela peut prendre jusqu'à { $answer_hours } heures.
} Écris ici quand tu veux, ou dis : humain. En danger, appelle le 999.
friend-opens = Tu as bien fait d'écrire. Tu n'as pas à dire qui tu es.
ask-friend-reason = Que se passe-t-il pour cette personne ? Dis-le avec tes mots.
ask-friend-name = Comment l'appeler ? Un prénom suffit.
ask-friend-age-area = Quel âge à peu près, et dans quel quartier habite cette personne ?
ask-friend-age = Quel âge a cette personne, à peu près ?
ask-friend-area = Dans quel quartier habite cette personne ?
ask-friend-send = Merci. C'est tout ce qu'il me faut. Je l'envoie à l'équipe maintenant ? Tu peux d'abord ajouter quelque chose.
ask-friend-knows = Sait-elle que tu demandes, et veut-elle de l'aide ?
ask-friend-safe = Veux-tu qu'on te réponde ? Si oui, comment te joindre sans risque ?
ask-friend-likes = Qu'est-ce qu'elle aime faire, ou sait bien faire ?
friend-ends = C'est envoyé. Une personne le lit et réfléchit à ce qui est sûr avant que quelqu'un lui écrive. { $answer_hours ->
    [unknown] Je ne peux pas dire combien de temps ça prend.
   *[other] Cela peut prendre jusqu'à { $answer_hours } heures.
} Écris ici quand tu veux, ou dis : humain. En danger, appelle le 999.
school-opens = Merci. Ce sera court. Si un enfant est en danger, n'attendez pas : appelez le 999.
ask-school-role-org = Quel est votre rôle, et où travaillez-vous ?
ask-school-role = Quel est votre rôle ?
ask-school-org = Où travaillez-vous ?
ask-school-name = Comment appeler ce jeune ? Un prénom ou des initiales suffisent.
ask-school-age-area = Quel âge à peu près, et dans quel quartier habite cette personne ?
ask-school-age = Quel âge a cette personne, à peu près ?
ask-school-area = Dans quel quartier habite cette personne ?
ask-school-ties = A-t-il de la famille, des amis ou son école à Coventry ou Wolverhampton ? Dites-m'en un peu plus.
ask-school-reason = Qu'est-ce qui vous inquiète ? Dites ce qui a été vu ou dit.
ask-school-aware = Le jeune et un parent savent-ils que vous demandez ?
ask-school-why = Pourquoi tous ne le savent-ils pas ?
ask-school-safe = Comment vous joindre au mieux ? Un téléphone ou e-mail de travail convient.
ask-school-send = Merci. C'est tout ce qu'il me faut. Je l'envoie à l'équipe maintenant ? Tu peux d'abord ajouter quelque chose.
ask-school-lead = La personne chargée de la protection des élèves le sait-elle ? Qui est-ce ?
ask-school-done = Qu'est-ce qui a déjà été fait ?
ask-school-attendance = Est-il souvent à l'école ?
ask-school-missing = A-t-il déjà disparu ? Quand ?
ask-school-apart = Y a-t-il quelqu'un dont il faut le tenir éloigné ?
ask-school-visit = Y a-t-il un risque pour qui va au domicile ?
ask-school-tool = Avez-vous rempli une fiche d'évaluation ? Ce n'est pas nécessaire.
ask-school-likes = Qu'est-ce qu'elle aime faire, ou sait bien faire ?
school-ends = C'est envoyé. Une personne le lit et te contacte. { $answer_hours ->
    [unknown] Je ne peux pas dire combien de temps ça prend.
   *[other] Cela peut prendre jusqu'à { $answer_hours } heures.
} Écris ici quand tu veux, ou dis : humain. Si un enfant est en danger, n'attends pas : appelle le 999.
route-opens = Merci de me le dire. Je vais demander où et quand, pour que des gens fassent attention.
ask-route-place = C'est où ? Une rue, un arrêt, une école ou un quartier.
ask-route-time = C'est quand ? Dis le jour et à peu près l'heure.
ask-route-worry = Qu'est-ce qui t'inquiète là-bas ?
ask-route-reason = Que se passe-t-il là-bas ?
route-ends = J'ai envoyé le lieu et l'heure à l'équipe. { $patrol ->
    [planned] Des adultes doivent y être à ce moment-là, mais ça peut changer.
    [none] Je ne connais personne qui doit y être. Une personne va regarder.
   *[unknown] Je ne sais pas si quelqu'un y sera. Une personne va vérifier.
} { $safe_place ->
    [unknown] En danger, appelle le 999.
   *[other] Tu peux aller ici : { $safe_place }. Il y a du personnel. En danger, appelle le 999.
} Tu veux une réponse ? Dis un nom et comment te joindre.
