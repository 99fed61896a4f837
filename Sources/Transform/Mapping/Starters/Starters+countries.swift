// Generated from mappings/values/countries.csv; StartersTests says how.

extension Starters {
  static let countries = #"""
    # Countries: the two-letter code of ISO 3166-1 (partner_center), and every name by which it is read \#
    (salesforce).\#n\#
    # The first row of a code is its name. Codes of two and of three letters are understood without a row.\#n\#
    # Case, accents and punctuation make no difference. Add a row for a spelling of your own.\#n\#
    partner_center,salesforce\#nAD,Andorra\#nAD,Andorre\#nAE,United Arab Emirates\#nAE,UAE\#nAE,U.A.E.\#n\#
    AE,Emirates\#nAE,Vereinigte Arabische Emirate\#nAE,Émirats arabes unis\#nAE,Emiratos Árabes Unidos\#n\#
    AE,Emirati Arabi Uniti\#nAE,Verenigde Arabische Emiraten\#nAE,Emirados Árabes Unidos\#nAF,Afghanistan\#n\#
    AF,Afganistán\#nAF,Afeganistão\#nAG,Antigua and Barbuda\#nAG,Antigua & Barbuda\#nAG,Antigua und Barbuda\#n\#
    AG,Antigua-et-Barbuda\#nAG,Antigua y Barbuda\#nAG,Antigua e Barbuda\#nAG,Antigua en Barbuda\#nAI,Anguilla\#n\#
    AI,Anguila\#nAL,Albania\#nAL,Albanien\#nAL,Albanie\#nAM,Armenia\#nAM,Armenien\#nAM,Arménie\#nAO,Angola\#n\#
    AQ,Antarctica\#nAQ,Antarktis\#nAQ,Antarctique\#nAQ,Antártida\#nAQ,Antartide\#nAR,Argentina\#nAR,Argentinien\#n\#
    AR,Argentine\#nAR,Argentinië\#nAS,American Samoa\#nAS,Amerikanisch-Samoa\#nAS,Samoa américaines\#n\#
    AS,Samoa Americana\#nAS,Samoa Americane\#nAS,Amerikaans-Samoa\#nAT,Austria\#nAT,Österreich\#nAT,Autriche\#n\#
    AT,Oostenrijk\#nAU,Australia\#nAU,Australien\#nAU,Australie\#nAW,Aruba\#nAX,Åland Islands\#nAX,Ålandinseln\#n\#
    AX,Îles Åland\#nAX,Islas Aland\#nAX,Isole Åland\#nAX,Åland\#nAX,Ilhas Aland\#nAZ,Azerbaijan\#n\#
    AZ,Aserbaidschan\#nAZ,Azerbaïdjan\#nAZ,Azerbaiyán\#nAZ,Azerbaigian\#nAZ,Azerbeidzjan\#nAZ,Azerbaijão\#n\#
    BA,Bosnia and Herzegovina\#nBA,Bosnia\#nBA,Bosnia & Herzegovina\#nBA,Bosnien und Herzegowina\#n\#
    BA,Bosnie-Herzégovine\#nBA,Bosnia y Herzegovina\#nBA,Bosnia ed Erzegovina\#nBA,Bosnië en Herzegovina\#n\#
    BA,Bósnia e Herzegovina\#nBB,Barbados\#nBB,Barbade\#nBD,Bangladesh\#nBD,Bangladesch\#nBD,Bangladés\#n\#
    BE,Belgium\#nBE,België\#nBE,Belgique\#nBE,Belgien\#nBE,Bélgica\#nBE,Belgio\#nBF,Burkina Faso\#n\#
    BF,Burquina Faso\#nBG,Bulgaria\#nBG,Bulgarien\#nBG,Bulgarie\#nBG,Bulgarije\#nBH,Bahrain\#nBH,Bahreïn\#n\#
    BH,Baréin\#nBI,Burundi\#nBJ,Benin\#nBL,Saint Barthélemy\#nBL,St. Barthélemy\#nBL,San Bartolomé\#n\#
    BL,São Bartolomeu\#nBM,Bermuda\#nBM,Bermudes\#nBM,Bermudas\#nBN,Brunei\#nBN,Brunei Darussalam\#nBO,Bolivia\#n\#
    BO,Plurinational State of Bolivia\#nBO,"Bolivia, Plurinational State of"\#nBO,Bolivien\#nBO,Bolivie\#n\#
    BQ,Caribbean Netherlands\#nBQ,"Bonaire, Sint Eustatius and Saba"\#nBQ,Karibische Niederlande\#n\#
    BQ,Pays-Bas caribéens\#nBQ,Caribe neerlandés\#nBQ,Caraibi Olandesi\#nBQ,Caribisch Nederland\#n\#
    BQ,Países Baixos Caribenhos\#nBR,Brazil\#nBR,Brasil\#nBR,Brasilien\#nBR,Brésil\#nBR,Brasile\#nBR,Brazilië\#n\#
    BS,Bahamas\#nBS,The Bahamas\#nBS,Bahama’s\#nBT,Bhutan\#nBT,Bhoutan\#nBT,Bután\#nBT,Butão\#nBV,Bouvet Island\#n\#
    BV,Bouvetinsel\#nBV,Île Bouvet\#nBV,Isla Bouvet\#nBV,Isola Bouvet\#nBV,Bouveteiland\#nBV,Ilha Bouvet\#n\#
    BW,Botswana\#nBW,Botsuana\#nBY,Belarus\#nBY,Biélorussie\#nBY,Bielorrusia\#nBY,Bielorussia\#nBY,Bielorrússia\#n\#
    BZ,Belize\#nBZ,Belice\#nCA,Canada\#nCA,Kanada\#nCC,Cocos (Keeling) Islands\#nCC,Kokosinseln\#nCC,Îles Cocos\#n\#
    CC,Islas Cocos\#nCC,Isole Cocos (Keeling)\#nCC,Cocoseilanden\#nCC,Ilhas Cocos (Keeling)\#n\#
    CD,Democratic Republic of the Congo\#nCD,DR Congo\#nCD,DRC\#nCD,"Congo, The Democratic Republic of the"\#n\#
    CD,Congo (Kinshasa)\#nCD,Zaire\#nCD,Kongo-Kinshasa\#nCD,República Democrática del Congo\#n\#
    CF,Central African Republic\#nCF,Zentralafrikanische Republik\#nCF,République centrafricaine\#n\#
    CF,República Centroafricana\#nCF,Repubblica Centrafricana\#nCF,Centraal-Afrikaanse Republiek\#n\#
    CF,República Centro-Africana\#nCG,Congo\#nCG,Republic of the Congo\#nCG,Congo (Brazzaville)\#n\#
    CG,Kongo-Brazzaville\#nCG,República do Congo\#nCH,Switzerland\#nCH,Swiss Confederation\#nCH,Schweiz\#n\#
    CH,Suisse\#nCH,Svizzera\#nCH,Suiza\#nCH,Zwitserland\#nCH,Suíça\#nCI,Côte d’Ivoire\#nCI,Ivory Coast\#n\#
    CK,Cook Islands\#nCK,Cookinseln\#nCK,Îles Cook\#nCK,Islas Cook\#nCK,Isole Cook\#nCK,Cookeilanden\#n\#
    CK,Ilhas Cook\#nCL,Chile\#nCL,Chili\#nCL,Cile\#nCM,Cameroon\#nCM,Kamerun\#nCM,Cameroun\#nCM,Camerún\#n\#
    CM,Kameroen\#nCM,Camarões\#nCN,China mainland\#nCN,China\#nCN,People's Republic of China\#nCN,PRC\#n\#
    CN,Mainland China\#nCN,PR China\#nCN,"China, Festland"\#nCN,Chine continentale\#nCN,China continental\#n\#
    CN,Cina continentale\#nCN,"China, vasteland"\#nCO,Colombia\#nCO,Kolumbien\#nCO,Colombie\#nCR,Costa Rica\#n\#
    CU,Cuba\#nCU,Kuba\#nCV,Cape Verde\#nCV,Cabo Verde\#nCV,Cap-Vert\#nCV,Capo Verde\#nCV,Kaapverdië\#n\#
    CW,Curaçao\#nCW,Curazao\#nCW,Curaçau\#nCX,Christmas Island\#nCX,Weihnachtsinsel\#nCX,Île Christmas\#n\#
    CX,Isla de Navidad\#nCX,Isola Christmas\#nCX,Christmaseiland\#nCX,Ilha Christmas\#nCY,Cyprus\#nCY,Zypern\#n\#
    CY,Chypre\#nCY,Chipre\#nCY,Cipro\#nCZ,Czechia\#nCZ,Czech Republic\#nCZ,Tschechische Republik\#n\#
    CZ,Tschechien\#nCZ,Tchéquie\#nCZ,Chequia\#nCZ,Cechia\#nCZ,Tsjechië\#nCZ,Tchéquia\#nDE,Germany\#n\#
    DE,Federal Republic of Germany\#nDE,Bundesrepublik Deutschland\#nDE,BRD\#nDE,Deutschland\#nDE,Allemagne\#n\#
    DE,Alemania\#nDE,Germania\#nDE,Duitsland\#nDE,Alemanha\#nDJ,Djibouti\#nDJ,Dschibuti\#nDJ,Yibuti\#nDJ,Gibuti\#n\#
    DJ,Djibuti\#nDK,Denmark\#nDK,Danmark\#nDK,Dänemark\#nDK,Dinamarca\#nDK,Danimarca\#nDK,Denemarken\#n\#
    DM,Dominica\#nDM,Dominique\#nDO,Dominican Republic\#nDO,Dominikanische Republik\#nDO,République dominicaine\#n\#
    DO,República Dominicana\#nDO,Repubblica Dominicana\#nDO,Dominicaanse Republiek\#nDZ,Algeria\#nDZ,Algerien\#n\#
    DZ,Algérie\#nDZ,Argelia\#nDZ,Algerije\#nEC,Ecuador\#nEC,Équateur\#nEC,Equador\#nEE,Estonia\#nEE,Estland\#n\#
    EE,Estonie\#nEG,Egypt\#nEG,Arab Republic of Egypt\#nEG,Ägypten\#nEG,Égypte\#nEG,Egipto\#nEG,Egitto\#n\#
    EG,Egito\#nEH,Western Sahara\#nEH,Westsahara\#nEH,Sahara occidental\#nEH,Sahara Occidentale\#n\#
    EH,Westelijke Sahara\#nEH,Saara Ocidental\#nER,Eritrea\#nER,Érythrée\#nER,Eritreia\#nES,Spain\#nES,España\#n\#
    ES,Spanien\#nES,Espagne\#nES,Spagna\#nES,Spanje\#nES,Espanha\#nET,Ethiopia\#nET,Äthiopien\#nET,Éthiopie\#n\#
    ET,Etiopía\#nFI,Finland\#nFI,Suomi\#nFI,Finnland\#nFI,Finlande\#nFI,Finlandia\#nFJ,Fiji\#nFJ,Fidschi\#n\#
    FJ,Fidji\#nFJ,Fiyi\#nFJ,Figi\#nFK,Falkland Islands\#nFK,Falkland Islands (Malvinas)\#nFK,Falklandinseln\#n\#
    FK,Îles Malouines\#nFK,Islas Malvinas\#nFK,Isole Falkland\#nFK,Falklandeilanden\#nFK,Ilhas Malvinas\#n\#
    FM,Micronesia\#nFM,Federated States of Micronesia\#nFM,"Micronesia, Federated States of"\#nFM,Mikronesien\#n\#
    FM,Micronésie\#nFO,Faroe Islands\#nFO,Färöer\#nFO,Îles Féroé\#nFO,Islas Feroe\#nFO,Isole Fær Øer\#n\#
    FO,Faeröer\#nFO,Ilhas Faroé\#nFR,France\#nFR,French Republic\#nFR,Frankreich\#nFR,Francia\#nFR,Frankrijk\#n\#
    FR,França\#nGA,Gabon\#nGA,Gabun\#nGA,Gabão\#nGB,United Kingdom\#nGB,UK\#nGB,U.K.\#nGB,Great Britain\#n\#
    GB,Britain\#nGB,England\#nGB,Scotland\#nGB,Wales\#nGB,Northern Ireland\#n\#
    GB,United Kingdom of Great Britain and Northern Ireland\#nGB,Großbritannien\#nGB,Grande-Bretagne\#n\#
    GB,Gran Bretaña\#nGB,Vereinigtes Königreich\#nGB,Royaume-Uni\#nGB,Reino Unido\#nGB,Regno Unito\#n\#
    GB,Verenigd Koninkrijk\#nGD,Grenada\#nGD,Grenade\#nGD,Granada\#nGE,Georgia\#nGE,Georgien\#nGE,Géorgie\#n\#
    GF,French Guiana\#nGF,Französisch-Guayana\#nGF,Guyane française\#nGF,Guayana Francesa\#nGF,Guyana Francese\#n\#
    GF,Frans-Guyana\#nGF,Guiana Francesa\#nGG,Guernsey\#nGG,Guernesey\#nGH,Ghana\#nGH,Gana\#nGI,Gibraltar\#n\#
    GI,Gibilterra\#nGL,Greenland\#nGL,Grönland\#nGL,Groenland\#nGL,Groenlandia\#nGM,Gambia\#nGM,The Gambia\#n\#
    GM,Gambie\#nGN,Guinea\#nGN,Guinée\#nGN,Guiné\#nGP,Guadeloupe\#nGP,Guadalupe\#nGP,Guadalupa\#n\#
    GQ,Equatorial Guinea\#nGQ,Äquatorialguinea\#nGQ,Guinée équatoriale\#nGQ,Guinea Ecuatorial\#n\#
    GQ,Guinea Equatoriale\#nGQ,Equatoriaal-Guinea\#nGQ,Guiné Equatorial\#nGR,Greece\#nGR,EL\#nGR,Hellas\#n\#
    GR,Hellenic Republic\#nGR,Griechenland\#nGR,Grèce\#nGR,Grecia\#nGR,Griekenland\#n\#
    GS,So. Georgia and So. Sandwich Isl.\#nGS,So. Georgia & So. Sandwich Isl.\#n\#
    GS,South Georgia and the South Sandwich Islands\#nGS,Südgeorgien und die Südlichen Sandwichinseln\#n\#
    GS,Géorgie du Sud-et-les Îles Sandwich du Sud\#nGS,Islas Georgia del Sur y Sandwich del Sur\#n\#
    GS,Georgia del Sud e Sandwich Australi\#nGS,Zuid-Georgia en Zuidelijke Sandwicheilanden\#n\#
    GS,Ilhas Geórgia do Sul e Sandwich do Sul\#nGT,Guatemala\#nGU,Guam\#nGW,Guinea-Bissau\#nGW,Guinée-Bissau\#n\#
    GW,Guinea-Bisáu\#nGW,Guiné-Bissau\#nGY,Guyana\#nGY,Guiana\#nHK,Hong Kong\#nHK,Hong Kong SAR\#nHK,Hongkong\#n\#
    HK,"Hong Kong, China"\#nHM,Heard and McDonald Islands\#nHM,Heard & McDonald Islands\#n\#
    HM,Heard Island and McDonald Islands\#nHM,Heard und McDonaldinseln\#nHM,Îles Heard-et-MacDonald\#n\#
    HM,Islas Heard y McDonald\#nHM,Isole Heard e McDonald\#nHM,Heard en McDonaldeilanden\#n\#
    HM,Ilhas Heard e McDonald\#nHN,Honduras\#nHR,Croatia\#nHR,Kroatien\#nHR,Croatie\#nHR,Croacia\#nHR,Croazia\#n\#
    HR,Kroatië\#nHT,Haiti\#nHU,Hungary\#nHU,Magyarország\#nHU,Ungarn\#nHU,Hongrie\#nHU,Hungría\#nHU,Ungheria\#n\#
    HU,Hongarije\#nID,Indonesia\#nID,Indonesien\#nID,Indonésie\#nIE,Ireland\#nIE,Republic of Ireland\#nIE,Eire\#n\#
    IE,Irland\#nIE,Irlande\#nIE,Irlanda\#nIE,Ierland\#nIL,Israel\#nIL,State of Israel\#nIL,Israele\#n\#
    IM,Isle of Man\#nIM,Île de Man\#nIM,Isla de Man\#nIM,Isola di Man\#nIM,Ilha de Man\#nIN,India\#nIN,Bharat\#n\#
    IN,Republic of India\#nIN,Indien\#nIN,Inde\#nIO,Chagos Archipelago\#nIO,British Indian Ocean Territory\#n\#
    IO,Chagos-Archipel\#nIO,Archipel des Chagos\#nIO,Archipiélago de Chagos\#nIO,Isole Chagos\#n\#
    IO,Chagosarchipel\#nIO,Arquipélago de Chagos\#nIQ,Iraq\#nIQ,Irak\#nIQ,Iraque\#nIR,Iran\#n\#
    IR,Islamic Republic of Iran\#nIR,"Iran, Islamic Republic of"\#nIR,Irã\#nIS,Iceland\#nIS,Island\#nIS,Islande\#n\#
    IS,Islandia\#nIS,Islanda\#nIS,IJsland\#nIT,Italy\#nIT,Italia\#nIT,Italien\#nIT,Italie\#nJE,Jersey\#n\#
    JM,Jamaica\#nJM,Jamaika\#nJM,Jamaïque\#nJM,Giamaica\#nJO,Jordan\#nJO,Jordanien\#nJO,Jordanie\#nJO,Jordania\#n\#
    JO,Giordania\#nJP,Japan\#nJP,日本\#nJP,Japon\#nJP,Giappone\#nJP,Japão\#nKE,Kenya\#nKE,Kenia\#nKE,Quênia\#n\#
    KG,Kyrgyzstan\#nKG,Kirgisistan\#nKG,Kirghizstan\#nKG,Kirguistán\#nKG,Kirghizistan\#nKG,Kirgizië\#n\#
    KG,Quirguistão\#nKH,Cambodia\#nKH,Kambodscha\#nKH,Cambodge\#nKH,Camboya\#nKH,Cambogia\#nKH,Cambodja\#n\#
    KH,Camboja\#nKI,Kiribati\#nKI,Quiribati\#nKM,Comoros\#nKM,Komoren\#nKM,Comores\#nKM,Comoras\#nKM,Comore\#n\#
    KM,Comoren\#nKN,Saint Kitts and Nevis\#nKN,St. Kitts & Nevis\#nKN,St. Kitts und Nevis\#n\#
    KN,Saint-Christophe-et-Niévès\#nKN,San Cristóbal y Nieves\#nKN,Saint Kitts e Nevis\#n\#
    KN,Saint Kitts en Nevis\#nKN,São Cristóvão e Névis\#nKP,North Korea\#n\#
    KP,Democratic People's Republic of Korea\#nKP,"Korea, Democratic People's Republic of"\#nKP,Korea (North)\#n\#
    KP,DPRK\#nKP,Nordkorea\#nKP,Corée du Nord\#nKP,Corea del Norte\#nKP,Corea del Nord\#nKP,Noord-Korea\#n\#
    KP,Coreia do Norte\#nKR,South Korea\#nKR,Korea\#nKR,Republic of Korea\#nKR,"Korea, Republic of"\#n\#
    KR,Korea (South)\#nKR,Republic of South Korea\#nKR,Südkorea\#nKR,Corée du Sud\#nKR,Corea del Sur\#n\#
    KR,Corea del Sud\#nKR,Zuid-Korea\#nKR,Coreia do Sul\#nKW,Kuwait\#nKW,Koweït\#nKW,Koeweit\#n\#
    KY,Cayman Islands\#nKY,Kaimaninseln\#nKY,Îles Caïmans\#nKY,Islas Caimán\#nKY,Isole Cayman\#n\#
    KY,Kaaimaneilanden\#nKY,Ilhas Cayman\#nKZ,Kazakhstan\#nKZ,Kasachstan\#nKZ,Kazajistán\#nKZ,Kazakistan\#n\#
    KZ,Kazachstan\#nKZ,Cazaquistão\#nLA,Laos\#nLA,Lao People's Democratic Republic\#nLA,Lao PDR\#nLB,Lebanon\#n\#
    LB,Libanon\#nLB,Liban\#nLB,Líbano\#nLC,Saint Lucia\#nLC,St. Lucia\#nLC,Sainte-Lucie\#nLC,Santa Lucía\#n\#
    LI,Liechtenstein\#nLK,Sri Lanka\#nLR,Liberia\#nLS,Lesotho\#nLS,Lesoto\#nLT,Lithuania\#nLT,Litauen\#n\#
    LT,Lituanie\#nLT,Lituania\#nLT,Litouwen\#nLU,Luxembourg\#nLU,Luxemburg\#nLU,Luxemburgo\#nLU,Lussemburgo\#n\#
    LV,Latvia\#nLV,Lettland\#nLV,Lettonie\#nLV,Letonia\#nLV,Lettonia\#nLV,Letland\#nLY,Libya\#nLY,Libyen\#n\#
    LY,Libye\#nLY,Libia\#nLY,Libië\#nMA,Morocco\#nMA,Marokko\#nMA,Maroc\#nMA,Marruecos\#nMA,Marocco\#n\#
    MA,Marrocos\#nMC,Monaco\#nMD,Moldova\#nMD,Republic of Moldova\#nMD,"Moldova, Republic of"\#n\#
    MD,Republik Moldau\#nMD,Moldavie\#nMD,Moldavia\#nME,Montenegro\#nMF,Saint Martin\#n\#
    MF,Saint Martin (French part)\#nMF,St. Martin\#nMF,San Martín\#nMG,Madagascar\#nMG,Madagaskar\#n\#
    MH,Marshall Islands\#nMH,Marshallinseln\#nMH,Îles Marshall\#nMH,Islas Marshall\#nMH,Isole Marshall\#n\#
    MH,Marshalleilanden\#nMH,Ilhas Marshall\#nMK,North Macedonia\#nMK,Macedonia\#n\#
    MK,Republic of North Macedonia\#nMK,FYROM\#nMK,The former Yugoslav Republic of Macedonia\#n\#
    MK,Nordmazedonien\#nMK,Macédoine du Nord\#nMK,Macedonia del Norte\#nMK,Macedonia del Nord\#n\#
    MK,Noord-Macedonië\#nMK,Macedônia do Norte\#nML,Mali\#nMM,Myanmar\#nMM,Burma\#nMM,Myanmar (Burma)\#n\#
    MM,Myanmar (Birmanie)\#nMM,Myanmar (Birmania)\#nMM,Myanmar (Birma)\#nMM,Mianmar (Birmânia)\#nMN,Mongolia\#n\#
    MN,Mongolei\#nMN,Mongolie\#nMO,Macao\#nMO,Macau\#nMO,Macau SAR\#nMP,Northern Mariana Islands\#n\#
    MP,Nördliche Marianen\#nMP,Îles Mariannes du Nord\#nMP,Islas Marianas del Norte\#n\#
    MP,Isole Marianne Settentrionali\#nMP,Noordelijke Marianen\#nMP,Ilhas Marianas do Norte\#nMQ,Martinique\#n\#
    MQ,Martinica\#nMR,Mauritania\#nMR,Mauretanien\#nMR,Mauritanie\#nMS,Montserrat\#nMT,Malta\#nMT,Malte\#n\#
    MU,Mauritius\#nMU,Maurice\#nMU,Mauricio\#nMV,Maldives\#nMV,Malediven\#nMV,Maldivas\#nMV,Maldive\#n\#
    MV,Maldiven\#nMW,Malawi\#nMW,Malaui\#nMX,Mexico\#nMX,Mexiko\#nMX,Mexique\#nMX,Messico\#nMY,Malaysia\#n\#
    MY,Malaisie\#nMY,Malasia\#nMY,Maleisië\#nMZ,Mozambique\#nMZ,Mosambik\#nMZ,Mozambico\#nMZ,Moçambique\#n\#
    NA,Namibia\#nNA,Namibie\#nNC,New Caledonia\#nNC,Neukaledonien\#nNC,Nouvelle-Calédonie\#nNC,Nueva Caledonia\#n\#
    NC,Nuova Caledonia\#nNC,Nieuw-Caledonië\#nNC,Nova Caledônia\#nNE,Niger\#nNF,Norfolk Island\#n\#
    NF,Norfolkinsel\#nNF,Île Norfolk\#nNF,Isla Norfolk\#nNF,Isola Norfolk\#nNF,Norfolk\#nNF,Ilha Norfolk\#n\#
    NG,Nigeria\#nNI,Nicaragua\#nNL,Netherlands\#nNL,The Netherlands\#nNL,Holland\#nNL,Niederlande\#nNL,Pays-Bas\#n\#
    NL,Países Bajos\#nNL,Paesi Bassi\#nNL,Nederland\#nNL,Países Baixos\#nNO,Norway\#nNO,Norge\#nNO,Norwegen\#n\#
    NO,Norvège\#nNO,Noruega\#nNO,Norvegia\#nNO,Noorwegen\#nNP,Nepal\#nNR,Nauru\#nNU,Niue\#nNZ,New Zealand\#n\#
    NZ,Aotearoa\#nNZ,Neuseeland\#nNZ,Nouvelle-Zélande\#nNZ,Nueva Zelanda\#nNZ,Nuova Zelanda\#nNZ,Nieuw-Zeeland\#n\#
    NZ,Nova Zelândia\#nOM,Oman\#nOM,Omã\#nPA,Panama\#nPE,Peru\#nPE,Pérou\#nPF,French Polynesia\#n\#
    PF,Französisch-Polynesien\#nPF,Polynésie française\#nPF,Polinesia Francesa\#nPF,Polinesia Francese\#n\#
    PF,Frans-Polynesië\#nPG,Papua New Guinea\#nPG,Papua-Neuguinea\#nPG,Papouasie-Nouvelle-Guinée\#n\#
    PG,Papúa Nueva Guinea\#nPG,Papua Nuova Guinea\#nPG,Papoea-Nieuw-Guinea\#nPG,Papua-Nova Guiné\#n\#
    PH,Philippines\#nPH,The Philippines\#nPH,Philippinen\#nPH,Filipinas\#nPH,Filippine\#nPH,Filipijnen\#n\#
    PK,Pakistan\#nPK,Paquistão\#nPL,Poland\#nPL,Republic of Poland\#nPL,Polen\#nPL,Pologne\#nPL,Polonia\#n\#
    PM,Saint Pierre and Miquelon\#nPM,St. Pierre & Miquelon\#nPM,St. Pierre und Miquelon\#n\#
    PM,Saint-Pierre-et-Miquelon\#nPM,San Pedro y Miquelón\#nPM,Saint-Pierre e Miquelon\#n\#
    PM,Saint-Pierre en Miquelon\#nPM,São Pedro e Miquelão\#nPN,Pitcairn Islands\#nPN,Pitcairn\#n\#
    PN,Pitcairninseln\#nPN,Îles Pitcairn\#nPN,Islas Pitcairn\#nPN,Isole Pitcairn\#nPN,Pitcairneilanden\#n\#
    PN,Ilhas Pitcairn\#nPR,Puerto Rico\#nPR,Porto Rico\#nPR,Portorico\#nPS,Palestine\#nPS,State of Palestine\#n\#
    PS,"Palestine, State of"\#nPS,Palestinian Territory\#nPS,Palestinian Territories\#n\#
    PS,Palästinensische Autonomiegebiete\#nPS,Territoires palestiniens\#nPS,Territorios Palestinos\#n\#
    PS,Territori Palestinesi\#nPS,Palestijnse gebieden\#nPT,Portugal\#nPT,Portuguese Republic\#nPT,Portogallo\#n\#
    PW,Palau\#nPW,Palaos\#nPY,Paraguay\#nPY,Paraguai\#nQA,Qatar\#nQA,Katar\#nQA,Catar\#nRE,Réunion\#n\#
    RE,La Réunion\#nRE,Riunione\#nRE,Reunião\#nRO,Romania\#nRO,Rumänien\#nRO,Roumanie\#nRO,Rumanía\#n\#
    RO,Roemenië\#nRO,Romênia\#nRS,Serbia\#nRS,Serbien\#nRS,Serbie\#nRS,Servië\#nRS,Sérvia\#nRU,Russia\#n\#
    RU,Russian Federation\#nRU,Russland\#nRU,Russie\#nRU,Rusia\#nRU,Rusland\#nRW,Rwanda\#nRW,Ruanda\#n\#
    SA,Saudi Arabia\#nSA,KSA\#nSA,Kingdom of Saudi Arabia\#nSA,Saudi-Arabien\#nSA,Arabie saoudite\#n\#
    SA,Arabia Saudí\#nSA,Arabia Saudita\#nSA,Saoedi-Arabië\#nSB,Solomon Islands\#nSB,Salomonen\#n\#
    SB,Îles Salomon\#nSB,Islas Salomón\#nSB,Isole Salomone\#nSB,Salomonseilanden\#nSB,Ilhas Salomão\#n\#
    SC,Seychelles\#nSC,Seychellen\#nSC,Seicheles\#nSD,Sudan\#nSD,Soudan\#nSD,Soedan\#nSD,Sudão\#nSE,Sweden\#n\#
    SE,Sverige\#nSE,Schweden\#nSE,Suède\#nSE,Suecia\#nSE,Svezia\#nSE,Zweden\#nSG,Singapore\#n\#
    SG,Republic of Singapore\#nSG,Singapur\#nSG,Singapour\#nSG,Singapura\#nSH,Saint Helena\#n\#
    SH,"Saint Helena, Ascension and Tristan da Cunha"\#nSH,St. Helena\#nSH,Sainte-Hélène\#nSH,Santa Elena\#n\#
    SH,Sant'Elena\#nSH,Sint-Helena\#nSH,Santa Helena\#nSI,Slovenia\#nSI,Slowenien\#nSI,Slovénie\#nSI,Eslovenia\#n\#
    SJ,Svalbard and Jan Mayen\#nSJ,Svalbard & Jan Mayen\#nSJ,Spitzbergen und Jan Mayen\#n\#
    SJ,Svalbard et Jan Mayen\#nSJ,Svalbard y Jan Mayen\#nSJ,Svalbard e Jan Mayen\#nSJ,Spitsbergen en Jan Mayen\#n\#
    SK,Slovakia\#nSK,Slovak Republic\#nSK,Slowakei\#nSK,Slovaquie\#nSK,Eslovaquia\#nSK,Slovacchia\#n\#
    SK,Slowakije\#nSL,Sierra Leone\#nSL,Sierra Leona\#nSL,Serra Leoa\#nSM,San Marino\#nSM,Saint-Marin\#n\#
    SN,Senegal\#nSO,Somalia\#nSO,Somalie\#nSR,Suriname\#nSR,Surinam\#nSS,South Sudan\#nSS,Südsudan\#n\#
    SS,Soudan du Sud\#nSS,Sudán del Sur\#nSS,Sud Sudan\#nSS,Zuid-Soedan\#nSS,Sudão do Sul\#n\#
    ST,São Tomé and Príncipe\#nST,São Tomé & Príncipe\#nST,São Tomé und Príncipe\#nST,Sao Tomé-et-Principe\#n\#
    ST,Santo Tomé y Príncipe\#nST,São Tomé e Príncipe\#nST,Sao Tomé en Principe\#nSV,El Salvador\#nSV,Salvador\#n\#
    SX,Sint Maarten\#nSX,Sint Maarten (Dutch part)\#nSX,Saint-Martin (partie néerlandaise)\#nSY,Syria\#n\#
    SY,Syrian Arab Republic\#nSY,Syrien\#nSY,Syrie\#nSY,Siria\#nSZ,Eswatini\#nSZ,Swaziland\#nSZ,Esuatini\#n\#
    SZ,Essuatíni\#nTC,Turks and Caicos Islands\#nTC,Turks & Caicos Islands\#nTC,Turks- und Caicosinseln\#n\#
    TC,Îles Turques-et-Caïques\#nTC,Islas Turcas y Caicos\#nTC,Isole Turks e Caicos\#n\#
    TC,Turks- en Caicoseilanden\#nTC,Ilhas Turcas e Caicos\#nTD,Chad\#nTD,Tschad\#nTD,Tchad\#nTD,Ciad\#n\#
    TD,Tsjaad\#nTD,Chade\#nTF,French Southern Territories\#nTF,Französische Süd- und Antarktisgebiete\#n\#
    TF,Terres australes françaises\#nTF,Territorios Australes Franceses\#nTF,Terre Australi Francesi\#n\#
    TF,Franse Gebieden in de zuidelijke Indische Oceaan\#nTF,Territórios Franceses do Sul\#nTG,Togo\#n\#
    TH,Thailand\#nTH,Thaïlande\#nTH,Tailandia\#nTH,Thailandia\#nTJ,Tajikistan\#nTJ,Tadschikistan\#n\#
    TJ,Tadjikistan\#nTJ,Tayikistán\#nTJ,Tagikistan\#nTJ,Tadzjikistan\#nTJ,Tadjiquistão\#nTK,Tokelau\#n\#
    TL,Timor-Leste\#nTL,East Timor\#nTL,Timor oriental\#nTL,Timor Est\#nTL,Oost-Timor\#nTM,Turkmenistan\#n\#
    TM,Turcomenistão\#nTN,Tunisia\#nTN,Tunesien\#nTN,Tunisie\#nTN,Túnez\#nTN,Tunesië\#nTO,Tonga\#nTR,Türkiye\#n\#
    TR,Turkey\#nTR,Republic of Türkiye\#nTR,Türkei\#nTR,Turquie\#nTR,Turquía\#nTR,Turchia\#nTR,Turkije\#n\#
    TT,Trinidad and Tobago\#nTT,Trinidad & Tobago\#nTT,Trinidad und Tobago\#nTT,Trinité-et-Tobago\#n\#
    TT,Trinidad y Tobago\#nTT,Trinidad e Tobago\#nTT,Trinidad en Tobago\#nTV,Tuvalu\#nTW,Taiwan\#n\#
    TW,"Taiwan, Province of China"\#nTW,Republic of China\#nTW,Chinese Taipei\#nTZ,Tanzania\#n\#
    TZ,United Republic of Tanzania\#nTZ,"Tanzania, United Republic of"\#nTZ,Tansania\#nTZ,Tanzanie\#nUA,Ukraine\#n\#
    UA,Україна\#nUA,Ucrania\#nUA,Ucraina\#nUA,Oekraïne\#nUG,Uganda\#nUG,Ouganda\#nUG,Oeganda\#n\#
    UM,U.S. Outlying Islands\#nUM,United States Minor Outlying Islands\#nUM,Amerikanische Überseeinseln\#n\#
    UM,Îles mineures éloignées des É.-U.\#nUM,Islas menores alejadas de EE. UU.\#n\#
    UM,Isole Minori Esterne degli Stati Uniti\#nUM,Kleine afgelegen eilanden van de Verenigde Staten\#n\#
    UM,Ilhas Menores Distantes dos EUA\#nUS,United States\#nUS,United States of America\#nUS,U.S.A.\#nUS,U.S.\#n\#
    US,America\#nUS,Estados Unidos de América\#nUS,EE. UU.\#nUS,EEUU\#nUS,EUA\#nUS,Vereinigte Staaten\#n\#
    US,États-Unis\#nUS,Estados Unidos\#nUS,Stati Uniti\#nUS,Verenigde Staten\#nUY,Uruguay\#nUY,Uruguai\#n\#
    UZ,Uzbekistan\#nUZ,Usbekistan\#nUZ,Ouzbékistan\#nUZ,Oezbekistan\#nUZ,Uzbequistão\#nVA,Vatican City\#n\#
    VA,Holy See\#nVA,Holy See (Vatican City State)\#nVA,Vatican\#nVA,Vatikanstadt\#n\#
    VA,État de la Cité du Vatican\#nVA,Ciudad del Vaticano\#nVA,Città del Vaticano\#nVA,Vaticaanstad\#n\#
    VA,Cidade do Vaticano\#nVC,Saint Vincent and Grenadines\#nVC,Saint Vincent and the Grenadines\#n\#
    VC,St. Vincent & Grenadines\#nVC,St. Vincent und die Grenadinen\#nVC,Saint-Vincent-et-les Grenadines\#n\#
    VC,San Vicente y las Granadinas\#nVC,Saint Vincent e Grenadine\#nVC,Saint Vincent en de Grenadines\#n\#
    VC,São Vicente e Granadinas\#nVE,Venezuela\#nVE,Bolivarian Republic of Venezuela\#n\#
    VE,"Venezuela, Bolivarian Republic of"\#nVG,British Virgin Islands\#nVG,"Virgin Islands, British"\#n\#
    VG,Britische Jungferninseln\#nVG,Îles Vierges britanniques\#nVG,Islas Vírgenes Británicas\#n\#
    VG,Isole Vergini Britanniche\#nVG,Britse Maagdeneilanden\#nVG,Ilhas Virgens Britânicas\#n\#
    VI,U.S. Virgin Islands\#nVI,US Virgin Islands\#nVI,"Virgin Islands, U.S."\#nVI,Amerikanische Jungferninseln\#n\#
    VI,Îles Vierges des États-Unis\#nVI,Islas Vírgenes de EE. UU.\#nVI,Isole Vergini Americane\#n\#
    VI,Amerikaanse Maagdeneilanden\#nVI,Ilhas Virgens Americanas\#nVN,Vietnam\#nVN,Viet Nam\#nVN,Vietnã\#n\#
    VU,Vanuatu\#nWF,Wallis and Futuna\#nWF,Wallis & Futuna\#nWF,Wallis und Futuna\#nWF,Wallis-et-Futuna\#n\#
    WF,Wallis y Futuna\#nWF,Wallis e Futuna\#nWF,Wallis en Futuna\#nWS,Samoa\#nYE,Yemen\#nYE,Jemen\#nYE,Iêmen\#n\#
    YT,Mayotte\#nZA,South Africa\#nZA,RSA\#nZA,Republic of South Africa\#nZA,Südafrika\#nZA,Afrique du Sud\#n\#
    ZA,Sudáfrica\#nZA,Zuid-Afrika\#nZA,África do Sul\#nZM,Zambia\#nZM,Sambia\#nZM,Zambie\#nZW,Zimbabwe\#n\#
    ZW,Simbabwe\#nZW,Zimbabue\#n
    """#
}
