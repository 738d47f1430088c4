### Plain descriptions of the help there is; staff see the services' own names beside them.

about-way-out = People who help you find a way out of groups and violence.
about-safe-route = Grown-ups who walk where pupils go home after school, and keep an eye out.
about-exploitation-team = A team for young people who are being used by others.
about-front-door = People who look into worries about a child's safety.
about-out-of-hours = People who can look into worries about a child at night.
about-one-to-one = One person to talk to, and things to do like boxing.
about-county-lines = Help if someone makes you carry or sell things, and help to get home.
about-mentoring = A mentor who has been there, to help you find a way out.
about-girls = Help for girls and young women who are being used by others.
about-schools = Mentors who come into schools.
about-hospital = Someone to be with you in hospital and after, if you got hurt.
about-after-arrest = Help for young people after an arrest.
about-feelings = Help with how you feel, and when it all gets too much.
about-self-care = Free ideas online to look after yourself.
about-careers = Help to find work, training or a course.
about-clubs = Youth clubs, mentors and a van that comes to you.
about-music = Making music in a youth club.
about-small-children = Sessions for small children on how to stay safe.
about-families = Help for families, early on.
about-custody = Help with health and life for people who got arrested.
