### Written by a computer. Marked in review.yaml.

voice-danger = Haddii qof uu hadda khatar ku jiro, taleefanka dhig oo wac 999. Haddii aadan hadli karin, riix 55 markaad maqasho.
voice-hello = Salaan. Halkan waad kala hadli kartaa wax kasta oo kaa dhiga inaadan ammaan dareemin.
voice-recorded = Wicitaankan waa la duubayaa.
voice-menu-person = Si aad hadda qof ula hadasho, riix 1, ama iska sug.
voice-menu-back = Si aan kuu soo wacno, riix 2.
voice-menu-text = Si aad fariin qoraal ah u hesho, riix 3.
voice-menu-languages = Luqado kale, riix 4.
voice-menu-danger = Haddii aad khatar ku jirto oo aadan taleefanka dhigi karin, riix 9.
voice-language = Af-Soomaali, riix { $count }.
voice-language-named = { $name }, riix { $count }.
voice-unspoken = Luqaddaas kuma hadli karo. Kooxdu way arki kartaa inaad dooratay.
voice-translated = Kombiyuutar ayaa erayadan turjumay, markaa qaar waa khaldamayaan.
voice-ringing = Hadda qof ayaan wacayaa. Fadlan khadka ku jir.
voice-still = Weli waxaan isku dayayaa inaan qof helo. Haddii aad sugayso, waxba ha riixin.
voice-nobody = Waan ka xumahay. Hadda qof hadli kara ma jiro. Kooxdu way arki kartaa inaad soo wacday.
voice-call-back = Qof kooxda ka mid ah ayaa isku dayi doona inuu lambarkan soo waco. Haddii aysan ammaan kuu ahayn, hadda riix 0.
voice-no-call-back = Lambarkan dib uma wici karno. Mar kasta dib ayaad noo soo wici kartaa.
voice-hidden = Lambarkaagu wuu qarsoon yahay, markaa kuma wici karno, kumana qori karno. Mar kasta dib ayaad noo soo wici kartaa.
voice-not-safe = Waa hagaag. Lambarkan ma wici doonno.
voice-text-sent = Hadda fariin qoraal ah ayaan kuu dirayaa. Mar kasta waad ka jawaabi kartaa.
voice-no-text = Lambarkan hadda fariin uma diri karo.
voice-text-us = Fariin qoraal ah ayaad sidoo kale noo soo diri kartaa. Waa kan lambarku.
voice-danger-told = Kooxda waxaa loo sheegayaa inaad khatar ku jirto. Haddii aad awooddo, wac 999. Hadda qof ayaan wacayaa.
voice-bye = Mar kasta dib ayaad noo soo wici kartaa. Haddii qof uu khatar ku jiro, wac 999.
voice-away = Waan ka xumahay, khadkan hadda cillad ayaa ku jirta. Haddii qof uu khatar ku jiro, wac 999. Childline waxay dhegaysataa habeen iyo maalin 0800 1111. Samaritans waxay ku dhegaystaan 116 123. Fadlan dhowr daqiiqo kadib nala soo hadal.
voice-text = Salaan. Waxaad codsatay fariin. Halkan wax ku qor markaad rabto.
