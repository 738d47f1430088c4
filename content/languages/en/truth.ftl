### Truth: true answers at any time. Only these, privacy and emergency texts may name an agency.
### Where the deployment has not set a fact, the answer says that a person will tell.

truth-bot = Yes, this is a computer programme. Real people stand behind it. Say human and I'll ask one to come.
truth-human = No, this is a computer programme. Real people stand behind it. Say human and I'll ask one to come.
truth-identity = This is a computer programme with a team of people behind it. { $controllers ->
    [unknown] I don't have the name of who is in charge. A person will tell you.
   *[other] { $controllers } must look after what you say, by law.
} { $police_role ->
    [leads_a_programme] It isn't the police. But they lead CIRV, one of the programmes it sends people to.
    [partner] It isn't the police. But they are one of the partners.
    [none] The police have no part in it.
   *[unknown] A person will tell you what part the police have.
}
truth-real = Yes, this is real. It's a computer programme with a team of people behind it. { $controllers ->
    [unknown] I don't have the name of who is in charge. A person will tell you.
   *[other] { $controllers } must look after what you say, by law.
}
truth-scam = No, this is no trick. It's a computer programme with a team of people behind it. The help is free. Say human and I'll ask one to come.
truth-agency = Partly. You are writing to a computer programme and a team of people. { $controllers ->
    [unknown] I don't have the name of who is in charge. A person will tell you.
   *[other] { $controllers } must look after what you say, by law.
}
truth-police = { $police_role ->
    [leads_a_programme] Partly. This chat is a computer programme, not the police. But the police lead CIRV, a programme that we send people to. If someone could get badly hurt, the police may be told.
    [partner] Partly. This chat is a computer programme, not the police. But they are a partner. If someone could get badly hurt, they may be told.
    [none] No. But if someone could get badly hurt, the police may be told.
   *[unknown] Partly. This chat is a computer programme. I don't know all that the police do here, so a person will tell you. If someone could get badly hurt, they may be told.
}
truth-enforcement = { $enforcement_link ->
    [yes] Yes, it can happen. What is said here may reach people who deal with crime. A person can tell you more before you say more.
    [no] No. It is here to get you help. But if someone could get badly hurt, it goes to people who can stop it.
   *[unknown] I don't know for sure. A person will tell you. You can wait with saying more till then.
}
truth-social = Partly. You are writing to a computer programme and a team. If a child could get badly hurt, social services may be told, so that the child is safe. We try to tell you first.
truth-parents = No, not just because you wrote here. But if you could get badly hurt, someone may need to tell them. We try to ask you first. You can tell us if home isn't safe.
truth-without-parents = Yes, you can write here without them. But if you could get badly hurt, someone may need to tell them. We try to ask you first. You can tell us if home isn't safe.
truth-school = No, not just because you wrote here. But if someone could get badly hurt, a few people there may need to know. We try to tell you first.
truth-why = So a person can find help that fits, and reach you in a way that is safe. You can skip any question.
truth-anonymous = Partly. You don't have to say your name. If you text or ring, the team can see your number. If someone could get badly hurt, we may have to tell people who can keep them safe.
truth-cost = No, the help is free. You only pay what your phone company takes for texts or data.
truth-free = Yes, the help is free. You only pay what your phone company takes for texts or data.
truth-refuse = Yes, you can say no. It's up to you, now and later. You can still come back here at any time.
truth-must = No, you don't have to. It's up to you, now and later. You can still come back here at any time.
truth-recipients = { $recipients ->
    [unknown] Partly. The team here reads it. A person will tell you who else can see it.
   *[other] Partly. The team here reads it. It can be given to { $recipients }.
} If someone could get badly hurt, we tell people who can keep them safe. We try to tell you first.
truth-retention = { $retention_days ->
    [unknown] Yes, what you write is kept. I don't know for how long. A person will tell you. You can ask us to delete it.
   *[other] Yes, what you write is kept for up to { $retention_days } days. Some must stay longer to keep people safe. You can ask us to delete it.
}
truth-privacy = Partly. The team reads it so they can help. If someone could get badly hurt, we tell people who can keep them safe. We try to tell you first. { $controllers ->
    [unknown] A person will tell you who is in charge of it.
   *[other] { $controllers } must look after it, by law.
}
truth-next = A person reads what you send. Then they get in touch in the way you said is safe. { $answer_hours ->
    [unknown] I can't say how long it takes, but you can ask a person here: say human.
   *[other] It can take up to { $answer_hours } hours. You can ask a person here: say human.
}
truth-age = Yes, most people can get help here. One way out programme is for age 14 and up, with no top age. Under 14? A person looks at what fits you.
truth-any-age = No, there is help here at any age. One way out programme is for age 14 and up, with no top age. Under 14? A person looks at what fits you.
truth-eligibility = Yes, anyone can write here. You can ask for yourself, your child, a friend or a pupil. The main help is for people in or close to Coventry or Wolverhampton. Not sure? A person will look.
truth-status = I can't see that in this chat, whoever asks. I have asked a person to look and tell you what they can.
truth-service = This is a way to get help to stay out of violence. You tell me a few things. A person reads them and finds help that fits. You can stop at any time.
