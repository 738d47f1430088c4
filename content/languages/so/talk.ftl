### Written by a computer. Marked in review.yaml.

hello = Salaan. Waxaan ahay barnaamij kombuyuutar. Dheh: qof, waxaanan u yeeri doonaa qof dhab ah. Kooxdu way akhridaa waxaad qorto si ay u caawiso. Haddii qof si xun loo dhaawici karo, waxaan u sheegnaa dadka badbaadin kara. Su'aal kasta waad dhaafi kartaa. Wax badan: dheh asturnaan.
ask-who = Maxaa maskaxdaada ku jira? Kaliya ii sheeg. Ama sheeg cidda ay ku saabsan tahay.
stay = Weli halkan ayaan joogaa. Haddii aad rabto wax badan ii sheeg.
stay-ask = Weli halkan ayaan joogaa. Wax badan ii sheeg, ama tan ka jawaab:
ask-who-again = Kuma ama maxay ku saabsan tahay? Mid dooro, ama sidaada u sheeg.
stay-work = Waan hayaa waxaad qortay. Haddii ilmo hadda halis ku jiro, wac 999. Fariin kasta soo dir si aan u sii wadno.
heard = Waad ku mahadsan tahay inaad ii sheegtay. Waa wax adag.
no-rush = Waa hagaag. Uma baahnid inaad garato waxaad tiraahdo. Waqti qaado.
got-that = Mahadsanid, waan helay.
going-on = Qof baan ka codsaday inuu tan akhriyo. Inta aad sugayso, dhowr su'aalood oo gaaban baan ku weydiin doonaa.
noted = Mahadsanid. Kooxduna way arki kartaa.
human-coming = Hagaag. Qof baan ka codsaday inuu halkan yimaado. { $ahead ->
    [unknown] Waqti way qaadan kartaa.
    [none] Adiga ayaa xiga.
   *[other] Kaa hor waxaa sugaya: { $ahead }.
} { $wait ->
    [unknown] Ma sheegi karo intay qaadanayso. Wax badan ii sheeg, ama kaliya sug.
   *[other] Dhawaan dad badan waxay sugeen qiyaastii { $wait } daqiiqo. Wax badan ii sheeg, ama kaliya sug.
}
human-later = Hagaag. Qof baan codsaday. Weli qofna ma jawaabin. { $ahead ->
    [unknown] Waqti way qaadan kartaa.
    [none] Adiga ayaa xiga.
   *[other] Kaa hor waxaa sugaya: { $ahead }.
} { $wait ->
    [unknown] Ma sheegi karo intay qaadanayso. Wax badan ii sheeg, ama kaliya sug.
   *[other] Dhawaan dad badan waxay sugeen qiyaastii { $wait } daqiiqo. Wax badan ii sheeg, ama kaliya sug.
}
not-understood = Raalli ahow, ma fahmin. Si kale ma u sheegi kartaa? Ama dheh: iska dhaaf, ama: qof.
cant-answer = Taas ma garanayo. Qof baa kuu sheegi kara: dheh qof. Ma sii wadnaa?
will-send = Hagaag, waan diri doonaa. Marka hore tani kooxda way caawinaysaa:
handing-over = Raalli ahow, weli ma fahmin. Qof baan ka codsaday inuu akhriyo oo ku caawiyo.
no-words = Fariin aan eray lahayn baan helay. Waad qori kartaa, ama dheh: qof. Haddii halis jirto, wac 999.
media-received = Mahadsanid. Ma furi karo. Qof baan ka codsaday inuu eego.
edit-seen = Waan arkay inaad fariin beddeshay. Kooxduna way arki doontaa.
complaint = Waan ka xumahay. Qof baan ka codsaday inuu akhriyo waxaad tiri oo kuu jawaabo.
taken-back = Hagaag, waa doorashadaada. Waxba ma diri doono. Qof baan ka codsaday inuu ka noqdo wixii hore loo diray. Waqti kasta halkan waad soo qori kartaa, habeen iyo maalin.
stopped = Hagaag, fariimo kale kuma iman doonaan. START soo dir haddii aad soo noqonayso. Haddii halis jirto, wac 999.
started-again = Hagaag, aan dib u bilowno.
nothing-before = Taasi waxay ahayd su'aashii koowaad, dib uma sii noqon karo.
welcome = Adaa mudan.
hidden = Hagaag, mahadsanid.
welcome-back = Mar kale salaan. Waa farxad inaad soo qortay.
opener = Salaan. Hadda ma waqti fiican baa? Fariin soo dir markuu yahay.
bye = Nabad gelyo. Waqti kasta halkan waad soo qori kartaa, habeen iyo maalin.
calm = Caawimo kaliya ayaan u joogaa. Dheh: qof, haddii aad qof rabto.
off-topic = Raalli ahow, taas kuma caawin karo. Halkan ayaan joogaa haddii adiga ama qof aad taqaan la dhaawici karo.
language-set = Hagaag, luqaddan baan isticmaali doonaa.
which-language = Luqaddee kuu fiican? Wax baan ka aqaan: Ingiriis, Soomaali, Carabi, Urdu, Punjabi, Boolish, Roomaani, Faransiis iyo Boortaqiis.
translated = Kombuyuutar baa tan turjumay, erayada qaar way khaldami karaan. Dheh: qof, si aad qof ula hadasho.
language-not-yet = Weli luqaddaas kuma qori karo. Qof baan ka codsaday caawimo luqaddaada ah.
not-sent = Hagaag, ma dirin. Haddii aad fikirka beddesho, dheh: hadda dir. Waqti kasta waad qori kartaa. Haddii halis jirto, wac 999.
holding = Raalli ahow, wax baa khaldamay. Qof baa eegi doona. Haddii halis jirto, wac 999.
handed-back = Qofkii wuu ka baxay wada hadalkan. Mar kale waa barnaamijka. Waqti kasta waad qori kartaa.
worker-unnamed = Qof kooxda ka tirsan
worker-joined = { $name } hadda halkan ayuu joogaa. Waa qof dhab ah. Waxaad tiraahdo kooxda ayay ku hadhayaan. Haddii qof si xun loo dhaawici karo, wuxuu u sheegaa dadka caawin kara. Wuxuu hayaa qiyaastii { $minutes } daqiiqo.
ending-soon = Wada hadalkan qofka wuxuu ku dhammaan doonaa qiyaastii { $minutes } daqiiqo. Sheeg waxa kuugu muhiimsan. Waqti kasta waad soo noqon kartaa.
chat-ended = Wada hadalkii qofka wuu dhammaaday. Mar kale halkan waad soo qori kartaa, habeen iyo maalin. Dheh: qof, haddii aad qof rabto. Haddii halis jirto, wac 999.
repeat-marker = Mar kale ayaa la diray, haddii aanay ku soo gaarin:
choices-line = Waxaad oran kartaa: { $options }.
choices-pick = Dooro
choice-me = Aniga
choice-my-child = Ilmahayga
choice-someone-i-know = Qof aan aqaan
choice-through-work = Shaqadayda
choice-unsafe-place = Meel halis ah
choice-send-it = Hadda dir
choice-add-more = Wax ku dar
choice-not-now = Hadda maya
choice-safe-now = Waan nabad qabaa
choice-not-safe-now = Ma nabad qabo
choice-only-me = Kaliya aniga
choice-others-see = Dad kale way arkaan
choice-knows-agrees = Caawimo wuu rabaa
choice-knows-unsure = Ma hubo
choice-not-told = Ma oga
choice-may-contact = Waad samayn kartaan
choice-ask-me-first = Marka hore aniga
choice-both-aware = Labaduba way og
choice-young-person-aware = Kaliya dhallinyaro
choice-parent-aware = Kaliya waalidka
choice-nobody-aware = Weli cidna ma oga
choice-fights = Dagaallo
choice-followed = Cid baa raacda
choice-weapons-seen = Hub la arkay
choice-robbing = Dad la dhaco
choice-something-else = Wax kale
nobody-yet-2 = Weli cidna ma jawaabin. Weli waxaan isku dayaynaa inaan qof kuu helno. Haddii halis jirto, wac 999. Waad ii qori kartaa.
nobody-yet-5 = Weli cidna ma jawaabin. Dad kale ayaan isku dayaynaa. Haddii halis jirto, wac 999, ama moobilka 999 kadibna 55 haddii aadan hadli karin. Weli halkan ayaan joogaa.
nobody-yet-10 = Waan ka xumahay: toban daqiiqo kadib cidna ma jawaabin. Ma joojinayno. Haddii halis jirto, ha na sugin: wac 999. Weli halkan ayaan joogaa.
someone-has-seen = Qof kooxda ka mid ah ayaa hadda arkay.
your-reference = Shantaada eray waa: { $words }. Waqti kasta, telefoon kasta ka soo dir. Waxaan kuu sheegi doonaa halka ay marayso.
your-reference-for = { $name } shanta eray waa: { $words }.
come-back-with = Eraygaaga sirta ahna hay. Labadaba waxaad telefoon kasta kaga sii wadi kartaa.
reference-unknown = Raalli ahow, erayadaas waxba uma helin. Hubi oo mar dambe isku day, ama dheh: qof.
reference-received = Mahadsanid. Waan haynaa, qof baana eegi doona.
reference-looked-at = Mahadsanid. Qof baa hadda eegaya.
reference-in-touch = Mahadsanid. Qof baa kula soo xiriiri doona sida ammaanka ah ee aad dooratay.
reference-closed = Mahadsanid. Tani waa xiran tahay. Waqti kasta halkan waad ka bilaabi kartaa.
delete-explained = Waan tirtiri karaa wixii halkan lagu qoray. Dib looma soo celin karo. Wixii kooxda loo diray ama khatar ka warramaya, marka hore qof baa eega. Hal maalin shaqo gudaheed buu go'aansadaa. Waxbaa hari kara si qof loo badbaadiyo. HADDA TIRTIR soo dir si loo sameeyo, ama iska sii wad.
erased = Hagaag. Wax kasta oo isla markiiba la tirtiri karo waa la tirtiray. Haddii wax kale jiraan, qof baa hal maalin shaqo gudaheed ka go'aan gaaraya. Waxbaa hari kara si qof loo badbaadiyo. Waqti kasta halkan mar kale waad soo qori kartaa, habeen iyo maalin. Haddii halis jirto, wac 999.
news-accepted = Kooxda aad codsatay waxay tiri haa. Qof halkaas ka socda ayaa kula soo xiriiri doona si loo qorsheeyo sheekada koowaad. Mar kasta waad diidi kartaa.
news-needs-more = Kooxdu waxay rabtaa inay wax yar oo dheeraad ah ogaato ka hor intaysan haa dhihin. Qof naga mid ah ayaa ku weydiin doona.
news-redirected = Kooxdu waxay u malaynaysaa in adeeg kale kuugu fiican yahay. Qof naga mid ah ayaa kuu sheegi doona. Adiga ayaa dooranaya waxa xiga.
news-declined = Kooxdu hadda arrintan ma qaadi karto. Adiga kuma aha sababtu. Qof naga mid ah ayaa kuu soo qori doona caawimo kale.
news-other = Kooxdu way eegtay wixii aad noo soo dirtay. Waad ku mahadsan tahay inaad noo sheegtay. Wax dheeraad ah kama sheegi karno qof kale. Halkan ku qor haddii aad mar kale walaacdo.
news-other-more = Kooxdu waxay rabtaa inay wax yar oo dheeraad ah ka ogaato wixii aad noo soo dirtay. Qof naga mid ah ayaa ku weydiin doona.
half-sent = Goobta iyo waqtiga hadda kooxda ayaan u diray. Weli wax badan waad ii sheegi kartaa. Haddii halis jirto, wac 999.
check-in-set = Hagaag. Mar keliya ayaan qori doonaa, { $date } qiyaastii { $time }, kaliya inaan ku salaamo. Qof baa sidoo kale eega. Dheh: ha i hubin, haddii aad beddesho.
check-in-off = Hagaag, kuma hubin doonno.
check-in = Waxaad i weydiisatay inaan ku hubiyo. Hadda sidee tahay? Dheh: qof, si aad qof ula hadasho.
ask-feedback = Su'aal gaaban: wax ma ku taray?
feedback-words = Mahadsanid. Maxaan si ka fiican u qaban karnaa? Ereyadaada ku dheh, ama iska daa.
feedback-kept = Mahadsanid. Kooxdu way akhridaa tan.
describe-offer = Haddii aad rabto, halkan ka sheeg sida aad isku tilmaami lahayd: { $link } Waa la tiriyaa oo keliya. Dadka ku caawiya ma arkaan. Waad iska dayn kartaa.
choice-check-on-me = Berri i hubi
choice-no-check = Looma baahna
choice-helped = Wuu i caawiyay
choice-helped-a-bit = Wax yar
choice-not-helped = Aad uma badna
first-words = Waad ku mahadsan tahay jawaabta. Waxaan nahay koox dhalinyaradu kala hadli karaan wax kasta. Qasab maaha. Qor stop, markaas mar dambe kuu soo qori mayno.
erased-decided = Qof ayaa go'aansaday: wixii aad halkan ku sheegtay waa la tirtiray. Mar kasta halkan waad ku soo qori kartaa. Haddii khatar jirto, wac 999.
kept-decided = Qof ayaa arrintan eegay. Qaar ka mid ah wixii aad sheegtay way harayaan, sababtoo ah qof ayaa khatar ku jiri kara. Halkan waad ku weydiin kartaa sababta.
