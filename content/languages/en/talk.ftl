### What the bot says in any conversation.

hello = Hi. I'm a computer programme. Say human and I ask a real person to come. The team reads this so they can help. If someone could get badly hurt, we tell people who can keep them safe. You can skip any question. Say privacy for more.
ask-who = What's on your mind? You can just tell me. Or say who it's about.
stay = I'm still here. You can tell me more if you want to.
stay-ask = I'm still here. You can tell me more, or go on with this:
ask-who-again = Who or what is it about? You can pick one, or say it your way.
stay-work = I have what you wrote. If a child is in danger now, ring 999. Send me any message to go on with this.
heard = Thank you for telling me. That sounds hard.
no-rush = That's OK. You don't have to know what to say. Take your time.
got-that = Thank you, I've got that.
going-on = I have asked a person to read this. While you wait, I'll ask a few short things about you.
noted = Thank you. The team can see this too.
human-coming = OK. I have asked a person to come here. { $ahead ->
    [unknown] It may take a while.
    [none] You are next.
   *[other] In line before you: { $ahead }.
} { $wait ->
    [unknown] I can't say how long it takes. You can tell me more, or just wait.
   *[other] Lately many people waited about { $wait } minutes. You can tell me more, or just wait.
}
human-later = OK. I have asked for a person. Nobody has answered yet. { $ahead ->
    [unknown] It may take a while.
    [none] You are next.
   *[other] In line before you: { $ahead }.
} { $wait ->
    [unknown] I can't say how long it takes. You can tell me more, or just wait.
   *[other] Lately many people waited about { $wait } minutes. You can tell me more, or just wait.
}
not-understood = Sorry, I didn't get that. Can you say it in other words? Or say skip, or human.
cant-answer = I don't know that one. A person can tell you: say human. Shall we go on?
will-send = OK, I'll send it. This helps the team first:
handing-over = Sorry, I still don't get it. I have asked a person to read this and help you.
no-words = I got a message with no words in it. You can write, or say human. If you are in danger, ring 999.
media-received = Thank you. I can't open that. I have asked a person to look at it.
edit-seen = I saw that you changed a message. The team will see it too.
complaint = I'm sorry about that. I have asked a person to read what you said and to answer you.
delete-explained = I can delete what was written here. It can't be undone. A person looks first at what was sent to the team or tells of danger. They decide within one working day. Some of it may have to stay to keep someone safe. Send DELETE NOW to do it, or just go on.
erased = OK. All that can go at once is deleted. If there is more, a person decides on it within one working day. Some of it may have to stay to keep someone safe. You can write here again at any time, day or night. In danger, ring 999.
taken-back = OK, it's your choice. I won't send anything. I have asked a person to take back what was sent before. You can write here again at any time, day or night.
stopped = OK, you won't get more messages. Send START if you want to come back. In danger, ring 999.
started-again = OK, let's start again.
nothing-before = That was the first question, so I can't go further back.
welcome = You're welcome.
hidden = OK, thanks.
welcome-back = Hi again. It's good to hear from you.
your-reference = Your five words are: { $words }. Send them to us at any time, from any phone. I'll tell you how far it is.
your-reference-for = For { $name } the five words are: { $words }.
come-back-with = Keep your code word too. With both you can go on from any phone.
reference-unknown = Sorry, I can't find anything for those words. You can check them and try again later, or say human.
reference-received = Thank you. We have it, and a person will look at it.
reference-looked-at = Thank you. A person is looking at it now.
reference-in-touch = Thank you. Someone will be in touch in the safe way you chose.
reference-closed = Thank you. This one is closed. You can start again here at any time.
opener = Hi. Is now a good time? Send me any message when it is.
bye = Bye for now. You can write here again at any time, day or night.
calm = I'm only here to help. You can say human if you would like a person.
off-topic = Sorry, I can't help with that one. I'm here if you or someone you know could get hurt.
language-set = OK, I'll use this language.
which-language = Which language is best for you? I know some English, Polish, Romanian, Urdu, Panjabi, Arabic, Somali, French and Portuguese.
translated = A computer translated this, so some words may be wrong. Say human for a person.
language-not-yet = I can't write in that language yet. I have asked a person to help with your language.
not-sent = OK, I have not sent it. If you change your mind, say send it. You can write here at any time. In danger, ring 999.
holding = Sorry, something went wrong here. A person will look at it. If you are in danger, ring 999.
handed-back = The person has left this chat. I'm the computer programme again. You can write at any time.
worker-unnamed = Someone from the team
worker-joined = { $name } is here now. This is a real person. They keep it in the team. If someone could get badly hurt, they tell people who can help. They have about { $minutes } minutes.
ending-soon = This chat with a person ends in about { $minutes } minutes. Say what matters most to you. You can come back at any time.
chat-ended = The chat with a person has ended. You can write here again, day or night. Say human if you want a person. In danger, ring 999.
repeat-marker = Sent again, in case you did not get it:
choices-line = You can say: { $options }.
choices-pick = Choose

choice-me = Me
choice-my-child = My child
choice-someone-i-know = Someone I know
choice-through-work = Through my work
choice-unsafe-place = An unsafe place
choice-send-it = Send it
choice-add-more = Add more
choice-not-now = Not now
choice-safe-now = I'm safe
choice-not-safe-now = I'm not safe
choice-only-me = Only me
choice-others-see = Others see it
choice-knows-agrees = They want help
choice-knows-unsure = Not sure they do
choice-not-told = They don't know
choice-may-contact = You can
choice-ask-me-first = Ask me first
choice-both-aware = Both know
choice-young-person-aware = Just the young one
choice-parent-aware = Just the parent
choice-nobody-aware = Nobody knows yet
choice-fights = Fights
choice-followed = Being followed
choice-weapons-seen = A weapon seen
choice-robbing = People get robbed
choice-something-else = Something else

## What became of a referral: for those who asked for themselves, and for everybody else.

news-accepted = The team you asked for says yes. Someone from there will be in touch to plan a first chat. You can still say no at any time.
news-needs-more = The team would like to know a bit more before they say yes. A person from here will ask you about it.
news-redirected = The team thinks that another service fits you better. A person from here will tell you about it. You choose what happens next.
news-declined = The team can't take this on right now. That isn't down to you. A person from here will write to you about other help.
news-other = The team has looked at what you sent us. Thank you for telling us. We can't say more about someone else. Write here if you are worried again.
news-other-more = The team would like to know a bit more about what you sent us. A person from here will ask you about it.
half-sent = I've sent the place and the time to the team now. You can still tell me more. In danger, ring 999.
check-in-set = OK. I'll write once, on { $date } at about { $time }, only to say hi. A person looks in too. Say no check if you change your mind.
check-in-off = OK, we won't check on you.
check-in = You asked me to check on you. How are things now? Say human for a person.
ask-feedback = One quick question: was this any help?
feedback-words = Thank you. What should we do better? Say it in your own words, or just leave it.
feedback-kept = Thank you. The team reads this.
describe-offer = If you want, you can say here how you would describe yourself: { $link } It is only counted. The people who help you don't see it. You can leave it.
choice-check-on-me = Check on me
choice-no-check = No need
choice-helped = It helped
choice-helped-a-bit = A bit
choice-not-helped = Not much
first-words = Thanks for answering. We are a team that young people can talk to about anything. You don't have to. Say stop and we won't write again.
erased-decided = A person has decided: what you said here is deleted. You can write here again at any time. In danger, ring 999.
kept-decided = A person has looked at this. Some of what you said stays, because someone could be in danger. You can ask why here.
