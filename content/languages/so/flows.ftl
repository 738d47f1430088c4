### Written by a computer. Marked in review.yaml.

ask-name-again-self = Magacee baan kuugu yeeri karaa? Waxaad oran kartaa: iska dhaaf.
ask-name-again-them = Magacee baan ugu yeeri karnaa? Waxaad oran kartaa: iska dhaaf.
ask-send-again = Hadda ma u diraa kooxda?
self-opens = Waa wanaagsan tahay inaad soo qortay. Waxaan ku weydiin doonaa dhowr su'aalood oo gaaban, si qof kuu caawiyo.
ask-self-reason = Maxaa kugu dhacaya? Sheeg intaad rabto.
ask-self-name = Maxaan kuugu yeeraa? Magac kasta waa hagaag.
ask-self-age-area = Qiyaastii immisa jir baad tahay, xaafaddee baadna deggan tahay?
ask-self-age = Qiyaastii immisa jir baad tahay?
ask-self-area = Xaafaddee baad deggan tahay?
ask-self-ties = Ma ku leedahay qoys, saaxiibbo ama dugsi Coventry ama Wolverhampton? Wax yar iiga sheeg.
ask-self-safe = Sidee baa si ammaan ah lagula soo xiriiri karaa? Halkan, fariin, wicitaan, ama si kale.
ask-self-send = Mahadsanid. Intaas baan u baahnaa. Hadda ma u diraa kooxda? Marka hore wax baad ku dari kartaa.
ask-safe-now = Hadda ma nabad qabtaa?
ask-phone-seen = Qof kale ma arkaa telefoonkaaga?
ask-code-word = Dooro eray sir ah oo aan cidna qiyaasi karin. Haddii annagu marka hore soo qorno, kaliya waan ku salaami doonnaa. Adigu erayga soo dir, kadibna waan sii wadnaa. Erayee?
ask-safe-time = Waqtigee baa fiican in lagula soo xiriiro? Goormaana aan fiicnayn?
ask-self-helps = Maxaad u malaynaysaa inuu ku caawin lahaa?
ask-self-likes = Maxaad jeceshahay inaad samayso, ama maxaad ku fiican tahay?
ask-self-adult = Ma jiraa qof weyn oo aad ku kalsoon tahay? Waa kuma?
ask-self-more = Maxaa kale oo na caawin kara? Waxaad sheegi kartaa waxaad jeceshahay, waxaad ku fiican tahay iyo waxa ku caawin lahaa. Ama qof weyn oo aad ku kalsoon tahay, ama waqti fiican oo lagula soo xiriiro. Sheeg haddii aad luqad ama caawimo kale u baahan tahay.
self-adds = Weli wax badan baad ii sheegi kartaa: waxaad jeceshahay, waxa ku caawin lahaa, qof weyn oo aad ku kalsoon tahay, ama waqti fiican. Sheeg haddii aad luqad ama caawimo kale u baahan tahay. Kooxdu way arkaysaa.
ask-needs = Ma jirtaa wax aan ogaanno oo kuu fududaynaya? Sida luqad ama caawimo kale.
ask-check-in = Berri ma ku hubinnaa? Kaliya salaan gaaban ayaan dirnaa.
ask-cover = Haddii qof kale jawaabo, maxaan dhahnaa? Tusaale ahaan, inay lambar khalad tahay.
self-ends = Waan diray. Qof baa akhrin doona, wuxuuna kula soo xiriiri doonaa kaliya sida ammaanka ah ee aad sheegtay. { $answer_hours ->
    [unknown] Ma sheegi karo inta ay qaadanayso.
   *[other] Waxay qaadan kartaa ilaa { $answer_hours } saacadood.
} Halkan waqti kasta soo qor, ama dheh: qof. Haddii halis jirto, wac 999.
parent-opens = Waad ku mahadsan tahay inaad soo qortay. Waa wanaag inaad ilmahaaga u fiirsato. Waxaan ku weydiin doonaa dhowr su'aalood oo gaaban.
ask-parent-reason = Maxaa ku werwerinaya? Erayadaada ku sheeg.
ask-parent-name = Maxaan ilmahaaga ugu yeernaa? Magaca koowaad waa ku filan yahay.
ask-parent-age-area = Ilmahaagu waa immisa jir, xaafaddeena wuu deggan yahay?
ask-parent-age = Ilmahaagu waa immisa jir?
ask-parent-area = Xaafaddee buu ilmahaagu deggan yahay?
ask-parent-ties = Ilmahaagu ma ku leeyahay qoys, saaxiibbo ama dugsi Coventry ama Wolverhampton? Wax yar iiga sheeg.
ask-parent-knows = Ilmahaagu ma og yahay inaad caawimo weydiinayso, mana rabaa?
ask-parent-safe = Sidee baa si ammaan ah lagula soo xiriiri karaa? Halkan, fariin, wicitaan, ama si kale.
ask-parent-send = Mahadsanid. Intaas baan u baahnaa. Hadda ma u diraa kooxda? Marka hore wax baad ku dari kartaa.
ask-parent-contact = Ma la xiriiri karnaa ilmahaaga, mise adiga ayaan marka hore ku weydiinnaa?
ask-parent-likes = Ilmahaagu muxuu jecel yahay, ama muxuu ku fiican yahay?
ask-parent-siblings = Carruur kale ma joogaan guriga? Sidee bay yihiin?
ask-parent-support = Adigu sidee tahay? Maxaa ku caawin lahaa?
ask-parent-more = Maxaa kale oo na caawin kara? Sida waxa ilmahaagu jecel yahay, carruur kale oo guriga jooga, ama sidaad adigu tahay. Sheeg haddii aad luqad ama caawimo kale u baahan tahay. Hal mar baad wada sheegi kartaa.
parent-adds = Weli wax badan baad ii sheegi kartaa: waxa ilmahaagu jecel yahay, carruur kale oo guriga jooga, ama sidaad adigu tahay. Sheeg haddii aad luqad ama caawimo kale u baahan tahay. Kooxdu way arkaysaa.
parent-ends = Waan diray. Qof baa akhrin doona, adigana marka hore kula soo xiriiri doona. { $answer_hours ->
    [unknown] Ma sheegi karo inta ay qaadanayso.
   *[other] Waxay qaadan kartaa ilaa { $answer_hours } saacadood.
} Halkan waqti kasta soo qor, ama dheh: qof. Haddii halis jirto, wac 999.
friend-opens = Wax fiican baad samaysay inaad soo qortay. Uma baahnid inaad sheegto cidda aad tahay.
ask-friend-reason = Maxaa ku dhacaya qofkaas? Erayadaada ku sheeg.
ask-friend-name = Maxaan ugu yeernaa? Magaca koowaad waa ku filan yahay.
ask-friend-age-area = Qiyaastii waa immisa jir, xaafaddeena wuu deggan yahay?
ask-friend-age = Qiyaastii waa immisa jir?
ask-friend-area = Xaafaddee buu deggan yahay?
ask-friend-send = Mahadsanid. Intaas baan u baahnaa. Hadda ma u diraa kooxda? Marka hore wax baad ku dari kartaa.
ask-friend-knows = Ma og yahay inaad weydiinayso, mana rabaa caawimo?
ask-friend-safe = Ma rabtaa inaan kuu soo jawaabno? Haddii haa, sidee baa ammaan ah?
ask-friend-likes = Muxuu jecel yahay inuu sameeyo, ama muxuu ku fiican yahay?
friend-ends = Waan diray. Qof baa akhrin doona oo ka fikiri doona waxa ammaan ah ka hor intaan cidna u qorin. { $answer_hours ->
    [unknown] Ma sheegi karo inta ay qaadanayso.
   *[other] Waxay qaadan kartaa ilaa { $answer_hours } saacadood.
} Halkan waqti kasta soo qor, ama dheh: qof. Haddii halis jirto, wac 999.
school-opens = Mahadsanid. Waan soo gaabin doonaa. Haddii ilmo halis ku jiro, ha sugin: wac 999.
ask-school-role-org = Shaqadaadu waa maxay, xaggeedna ka shaqaysaa?
ask-school-role = Shaqadaadu waa maxay?
ask-school-org = Xaggee baad ka shaqaysaa?
ask-school-name = Maxaan qofka da'da yar ugu yeernaa? Magaca koowaad ama xarfo waa ku filan.
ask-school-age-area = Qiyaastii waa immisa jir, xaafaddeena wuu deggan yahay?
ask-school-age = Qiyaastii waa immisa jir?
ask-school-area = Xaafaddee buu deggan yahay?
ask-school-ties = Ma ku leeyahay qoys, saaxiibbo ama dugsi Coventry ama Wolverhampton? Wax yar iiga sheeg.
ask-school-reason = Maxaa ku werwerinaya? Sheeg wixii la arkay ama la yiri.
ask-school-aware = Qofka da'da yar iyo waalid ma og yihiin inaad weydiinayso?
ask-school-why = Maxay tahay sababta aanay dhammaan u ogayn?
ask-school-safe = Sidee ugu fiican in lagula soo xiriiro? Telefoon ama iimayl shaqo waa hagaag.
ask-school-send = Mahadsanid. Intaas baan u baahnaa. Hadda ma u diraa kooxda? Marka hore wax baad ku dari kartaa.
ask-school-lead = Qofka ka mas'uulka ah badbaadada ardaydu ma og yahay? Waa kuma?
ask-school-done = Maxaa ilaa hadda la sameeyay?
ask-school-attendance = Immisa jeer buu dugsiga yimaadaa?
ask-school-missing = Ma lumay? Goorma?
ask-school-apart = Ma jiraa qof laga fogeeyo?
ask-school-visit = Halis ma u jirtaa qofka guriga booqda?
ask-school-tool = Ma buuxisay foom qiimayn? Looma baahna.
ask-school-likes = Muxuu jecel yahay inuu sameeyo, ama muxuu ku fiican yahay?
school-ends = Waan diray. Qof baa akhrin doona oo kula soo xiriiri doona. { $answer_hours ->
    [unknown] Ma sheegi karo inta ay qaadanayso.
   *[other] Waxay qaadan kartaa ilaa { $answer_hours } saacadood.
} Halkan waqti kasta soo qor, ama dheh: qof. Haddii ilmo halis ku jiro, ha sugin: wac 999.
route-opens = Waad ku mahadsan tahay inaad ii sheegtay. Waxaan weydiin doonaa meesha iyo goorta, si dadku u fiiriyaan.
ask-route-place = Waa xaggee? Waddo, boosteejo, dugsi ama xaafad waa hagaag.
ask-route-time = Waa goorma? Sheeg maalinta iyo qiyaastii saacadda.
ask-route-worry = Maxaa halkaas kaaga walaac ah?
ask-route-reason = Maxaa halkaas ka dhacaya?
route-ends = Meesha iyo waqtiga waxaan u diray kooxda. { $patrol ->
    [planned] Dad waaweyn ayaa markaas la filayaa, laakiin way isbeddeli kartaa.
    [none] Ma ogi cid markaas halkaas joogi doonta. Qof baa eegi doona.
   *[unknown] Ma ogi in cid joogi doonto. Qof baa hubin doona.
} { $safe_place ->
    [unknown] Haddii halis jirto, wac 999.
   *[other] Waxaad tagi kartaa: { $safe_place }. Shaqaale baa jooga. Haddii halis jirto, wac 999.
} Jawaab ma rabtaa? Magac iyo sida lagula soo xiriiro sheeg.
