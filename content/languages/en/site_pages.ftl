### The pages to read. Short sentences, one thing at a time. Truth texts stand in truth.ftl and follow the settings.

site-about = What is this?
site-about-what = This is a way to get help to stay out of violence. It is for young people, parents, friends and schools.
site-about-how = You can chat, call, send a text, or answer a few questions here. You can say as little as you like. You can stop at any time.
site-about-people = A computer programme asks the first questions. Real people read what you write. Say human and one is asked to come.
site-about-after = What happens after I write?
site-about-wait = In danger, don't wait for us: call 999.
site-about-ages = Who can use it?

site-who = Who runs this?
privacy-who-police = Is this the police?
privacy-who-social = Is this social services?
site-who-enforcement = Could I get into trouble?
site-who-machine = Am I talking to a machine?
site-who-machine-text = At first, yes. A computer programme asks the questions and says so.
site-who-person-text = When a person joins, you see their first name. The programme then stays quiet.

site-seen = Who sees what I say?
site-seen-home = Will my parents find out?
site-seen-school = Will my school find out?
site-seen-device = Can people see it on my phone?
site-seen-device-text = We put one small file on your phone while you write. It stops working 20 minutes after you stop. We count no visits and use nothing from other sites.
site-seen-leave-text = The button Leave now shows another page at once. It can't clear the list of pages that your phone keeps. You can clear that list yourself, or use a private window.

site-choice = What if I say no?
site-choice-stop = You can skip any question. You can leave half way. What you wrote up to then is read, so that we can help if someone is in danger.
site-choice-back = Can I change my mind?
site-choice-back-text = Yes. Say stop and we stop. Say delete and a person looks at what can be deleted.
site-choice-safe = Is there a time when you go on without me?
site-choice-safe-text = Only if someone could get badly hurt. Then we tell people who can keep them safe. We try to tell you first.

site-privacy = Your privacy
site-privacy-short = You choose what you tell us. We ask only for what is needed to help. You can open each line below to read more.
privacy-asked = Is what I write private?
site-privacy-who = Who looks after it
site-privacy-what = What we keep
site-privacy-what-text = We keep what you write, your answers, and how you said we can reach you. If you call or text us, we keep your number too.
site-privacy-what-not = Your race, faith or where your family is from decides nothing here. If we offer you to say how you describe yourself, you can leave it. We keep no address of your phone or computer.
site-privacy-why = Why we keep it
site-privacy-why-text = To get you the help that fits, to keep people safe, and to show later what was done.
site-privacy-shared = Who it may be given to
site-privacy-kept = How long it is kept
site-privacy-machine = What the computer does
site-privacy-machine-text = A computer programme reads each message to see what you need and if someone is in danger. It never says no to anyone. A person makes each choice about you.
site-privacy-device = What is put on your phone
site-privacy-rights = What you can ask for
privacy-rights = You can ask to see what we hold about you. You can ask us to put it right or to delete it. Ask in the chat or in any message to us. A person answers you.
privacy-complain = You can also complain to the Information Commissioner's Office. They look after the rules about what is kept about people.

site-access = Using this site
site-access-aim = We want all people to be able to use this site. It works with a keyboard, with a screen reader, with large text, and with no scripts.
site-access-how = It works on old and small phones. It uses very little data. It follows the light or dark setting of your phone.
site-access-other = If this way is hard for you
site-access-other-text = You can use any other way to reach us that is shown on the first page. Tell us what would make it easier, like a language or more time.
site-access-trouble = If something does not work
site-access-trouble-text = Please tell us in the chat. Say what you tried to do. A person reads it and gets it mended.

site-complain = Not happy with us?
site-complain-how = Please tell us. Write in the chat and say that it is a complaint. You don't have to give your name.
site-complain-next = A person reads it and answers you. It makes no difference to the help you get.
site-complain-more = If our answer is not enough

site-schools = For schools and others who work with young people
site-schools-what = You can ask for help for a pupil or someone you work with. It takes a few minutes. You get a reference for each young person.
site-schools-danger = This does not take the place of your own steps to keep a child safe. If a child is in danger now, call 999.
site-schools-before = Before you start
site-schools-before-text = It helps to know their age and where they live. It helps to know what was seen or said. Leave out what you don't know.
site-schools-agree = Where it is safe, ask the young person and a parent first. If you have not, we ask you why.
site-schools-several = More than one young person
site-schools-several-text = At the end you can add one more, and then send them all in one go. You don't have to say again who you are.
site-schools-after = What happens then
site-schools-after-text = A person reads it and gets in touch with you. You can come back with the reference.
site-schools-button = A button for your own site
site-schools-button-text = You can put a small button on your own site that opens the chat. Ask us for the line to copy. It counts nobody.

site-parents = For parents and carers
site-parents-what = You may be up at night with worry. You can write at any hour. You don't need to be sure that something is wrong.
site-parents-alone = Many parents have stood where you are. Asking for help does not make you a bad parent.
site-parents-knows = Does my child have to know?
site-parents-knows-text = Not to ask for help. We talk with you first about how and when to tell them. Taking part is always their choice.
site-parents-signs = Things parents have told us they saw
site-parents-signs-text = New things they can't pay for. A second phone. Nights away. Older new friends. Being hurt, or scared to go out. It can also be something else.
site-parents-after = What happens after I write?
site-parents-after-text = A person reads it. They get in touch with you first, in the way that you said is safe.

site-describe = How would you describe yourself?
site-describe-how = You don't have to say. It is locked away and only counted, to see if we help all people as well. The help you get stays the same.
site-describe-pick = Pick one
site-describe-own = Or in your own words
site-describe-save = Save
site-describe-saved = Thank you
site-describe-again = You can open the link again to change it. Save it empty to take it out.
