### Written by a computer. Marked in review.yaml. Only these may name an agency.

truth-bot = Haa, kani waa barnaamij kombuyuutar. Dad dhab ah ayaa ka dambeeya. Dheh: qof, mid baan u yeeri doonaa.
truth-human = Maya, kani waa barnaamij kombuyuutar. Dad dhab ah ayaa ka dambeeya. Dheh: qof, mid baan u yeeri doonaa.
truth-social = Qayb ahaan. Waxaad u qoraysaa barnaamij kombuyuutar iyo koox. Haddii ilmo si xun loo dhaawici karo, adeegyada bulshada waa loo sheegi karaa si ilmuhu u nabad qabo. Waxaan isku daynaa inaan marka hore kuu sheegno.
truth-parents = Maya, kaliya inaad halkan qortay darteed maaha. Laakiin haddii si xun laguu dhaawici karo, waa in loo sheego ayay noqon kartaa. Waxaan isku daynaa inaan marka hore ku weydiinno. Noo sheeg haddii gurigu aanu ammaan ahayn.
truth-without-parents = Haa, adigoon iyaga la jirin halkan waad wax ku qori kartaa. Laakiin haddii si xun laguu dhaawici karo, waa in loo sheego ayay noqon kartaa. Waxaan isku daynaa inaan marka hore ku weydiinno. Noo sheeg haddii gurigu aanu ammaan ahayn.
truth-school = Maya, kaliya inaad halkan qortay darteed maaha. Laakiin haddii qof si xun loo dhaawici karo, dhowr qof oo halkaas jooga waa inay ogaadaan ayay noqon kartaa. Waxaan isku daynaa inaan marka hore kuu sheegno.
truth-why = Si qof u helo caawimo kugu habboon, si ammaan ahna kuula soo xiriiro. Su'aal kasta waad dhaafi kartaa.
truth-anonymous = Qayb ahaan. Uma baahnid inaad magacaaga sheegto. Fariin ama wicitaan, kooxdu lambarkaaga way arki kartaa. Haddii qof si xun loo dhaawici karo, waxaa laga yaabaa inaan u sheegno dadka badbaadin kara.
truth-cost = Maya, caawimadu waa bilaash. Kaliya waxaad bixisaa waxa shirkadda telefoonku ku qaaddo fariin ama internet.
truth-free = Haa, caawimadu waa bilaash. Kaliya waxaad bixisaa waxa shirkadda telefoonku ku qaaddo fariin ama internet.
truth-refuse = Haa, maya waad oran kartaa. Adiga ayay kugu xiran tahay, hadda iyo hadhowba. Mar kasta halkan waad ku soo noqon kartaa.
truth-must = Maya, qasab maaha. Adiga ayay kugu xiran tahay, hadda iyo hadhowba. Mar kasta halkan waad ku soo noqon kartaa.
truth-age = Haa, dadka badankiisu halkan caawimo way ka heli karaan. Hal barnaamij waa 14 jir iyo wixii ka weyn, xad sare ma leh. Ka yar 14? Qof baa eegi doona waxa kugu habboon.
truth-any-age = Maya, halkan da' kasta caawimo ayaa loo helaa. Hal barnaamij waa 14 jir iyo wixii ka weyn, xad sare ma leh. Ka yar 14? Qof baa eegi doona waxa kugu habboon.
truth-eligibility = Haa, qof kasta halkan wuu qori karaa. Waxaad u weydiin kartaa naftaada, ilmahaaga, saaxiib ama arday. Caawimada ugu weyn waa dadka Coventry, Wolverhampton iyo agagaarka. Ma hubtid? Qof baa eegi doona.
truth-status = Wada hadalkan kuma arki karo taas, cid kasta oo weydiisa. Qof baan ka codsaday inuu eego oo kuu sheego waxa uu awoodo.
truth-service = Kani waa hab caawimo lagu helo si looga fogaado rabshad. Dhowr wax ii sheeg. Qof baa akhriya oo hela caawimo kugu habboon. Waqti kasta waad joojin kartaa.
truth-identity = Kani waa barnaamij kombuyuutar oo koox dad ah ay ka dambayso. { $controllers ->
    [unknown] Ma hayo magaca cidda mas'uulka ah. Qof baa kuu sheegi doona.
   *[other] Sharciga, waxaad tiraahdo waxaa mas'uul ka ah: { $controllers }.
} { $police_role ->
    [leads_a_programme] Maaha booliiska. Laakiin booliisku waxay hoggaamiyaan CIRV, oo ka mid ah barnaamijyada dadka loo diro.
    [partner] Maaha booliiska. Laakiin waxay ka mid yihiin la-hawlgalayaasha.
    [none] Booliisku qayb kuma laha.
   *[unknown] Qof baa kuu sheegi doona qaybta booliisku ku leeyihiin.
}
truth-real = Haa, kani waa dhab. Waa barnaamij kombuyuutar oo koox dad ah ay ka dambayso. { $controllers ->
    [unknown] Ma hayo magaca cidda mas'uulka ah. Qof baa kuu sheegi doona.
   *[other] Sharciga, waxaad tiraahdo waxaa mas'uul ka ah: { $controllers }.
}
truth-scam = Maya, kani ma aha khiyaano. Waa barnaamij kombuyuutar oo koox dad ah ay ka dambayso. Caawimaaddu waa bilaash.
truth-agency = Qayb ahaan. Waxaad u qoraysaa barnaamij kombuyuutar iyo koox dad ah. { $controllers ->
    [unknown] Ma hayo magaca cidda mas'uulka ah. Qof baa kuu sheegi doona.
   *[other] Sharciga, waxaad tiraahdo waxaa mas'uul ka ah: { $controllers }.
}
truth-police = { $police_role ->
    [leads_a_programme] Qayb ahaan. Wada hadalkani waa barnaamij, maaha booliiska. Laakiin booliisku waxay hoggaamiyaan CIRV, barnaamij aan dadka u dirno. Haddii qof si xun loo dhaawici karo, booliiska waa loo sheegi karaa.
    [partner] Qayb ahaan. Wada hadalkani waa barnaamij, maaha booliiska. Laakiin waa la-hawlgale. Haddii qof si xun loo dhaawici karo, waa loo sheegi karaa.
    [none] Maya. Laakiin haddii qof si xun loo dhaawici karo, booliiska waa loo sheegi karaa.
   *[unknown] Qayb ahaan. Wada hadalkani waa barnaamij. Ma ogi dhammaan waxa booliisku halkan ka qabtaan, qof baa kuu sheegi doona. Haddii qof si xun loo dhaawici karo, waa loo sheegi karaa.
}
truth-enforcement = { $enforcement_link ->
    [yes] Haa, way dhici kartaa. Waxa halkan lagu yiraahdo waxay gaari karaan dadka dembiyada qabta. Qof baa wax badan kuu sheegi kara intaadan wax kale oran.
    [no] Maya. Waxay u joogtaa inay ku caawiso. Laakiin haddii qof si xun loo dhaawici karo, waxay u tagtaa dadka joojin kara.
   *[unknown] Si hubaal ah uma ogi. Qof baa kuu sheegi doona. Ilaa markaas waad sugi kartaa.
}
truth-recipients = { $recipients ->
    [unknown] Qayb ahaan. Kooxda halkan ayaa akhrida. Qof baa kuu sheegi doona cidda kale ee arki karta.
   *[other] Qayb ahaan. Kooxda halkan ayaa akhrida. Waxaa la siin karaa: { $recipients }.
} Haddii qof si xun loo dhaawici karo, waxaan u sheegnaa dadka badbaadin kara. Waxaan isku daynaa inaan marka hore kuu sheegno.
truth-retention = { $retention_days ->
    [unknown] Haa, waxaad qorto waa la hayaa. Ma ogi inta ay tahay. Qof baa kuu sheegi doona. Waad codsan kartaa in la tirtiro.
   *[other] Haa, waxaad qorto waa la hayaa ilaa { $retention_days } maalmood. Qaar way ka badan yihiin si dadka loo badbaadiyo. Waad codsan kartaa in la tirtiro.
}
truth-privacy = Qayb ahaan. Kooxdu way akhridaa si ay u caawiso. Haddii qof si xun loo dhaawici karo, waxaan u sheegnaa dadka badbaadin kara. Waxaan isku daynaa inaan marka hore kuu sheegno. { $controllers ->
    [unknown] Qof baa kuu sheegi doona cidda mas'uulka ka ah.
   *[other] Sharciga, waxaa mas'uul ka ah: { $controllers }.
}
truth-next = Qof baa akhriya waxaad dirto. Kadibna wuxuu kula soo xiriiraa sida ammaanka ah ee aad sheegtay. { $answer_hours ->
    [unknown] Ma sheegi karo inta ay qaadanayso, laakiin halkan qof waad ka weydiin kartaa: dheh qof.
   *[other] Waxay qaadan kartaa ilaa { $answer_hours } saacadood. Halkan qof waad ka weydiin kartaa: dheh qof.
}
