/// The countries of ISO 3166-1 with their two-letter codes, and the states of those that come with a list.
enum Countries {
  /// The name, which is also the integration value, by code.
  static let names = table(list)
  /// The code by the name in lower case.
  static let codes = Dictionary(
    names.map { ($1.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
  /// The names of states by code, by the code of the country.
  static let states: [String: [String: String]] = stateLists.mapValues(table)

  private static func table(_ text: String) -> [String: String] {
    Dictionary(
      text.split(whereSeparator: { $0 == ";" || $0 == "\n" }).map { entry in
        let parts = entry.drop { $0 == " " }.split(separator: " ", maxSplits: 1)
        return (String(parts[0]), String(parts[1]))
      }, uniquingKeysWith: { first, _ in first })
  }

  private static let list = """
    AD Andorra; AE United Arab Emirates; AF Afghanistan; AG Antigua and Barbuda; AI Anguilla; AL Albania;
    AM Armenia; AO Angola; AQ Antarctica; AR Argentina; AS American Samoa; AT Austria; AU Australia; AW Aruba;
    AX Åland Islands; AZ Azerbaijan; BA Bosnia and Herzegovina; BB Barbados; BD Bangladesh; BE Belgium;
    BF Burkina Faso; BG Bulgaria; BH Bahrain; BI Burundi; BJ Benin; BL Saint Barthélemy; BM Bermuda;
    BN Brunei Darussalam; BO Bolivia, Plurinational State of; BQ Bonaire, Sint Eustatius and Saba; BR Brazil;
    BS Bahamas; BT Bhutan; BV Bouvet Island; BW Botswana; BY Belarus; BZ Belize; CA Canada;
    CC Cocos (Keeling) Islands; CD Congo, The Democratic Republic of the; CF Central African Republic;
    CG Congo; CH Switzerland; CI Côte d'Ivoire; CK Cook Islands; CL Chile; CM Cameroon; CN China; CO Colombia;
    CR Costa Rica; CU Cuba; CV Cabo Verde; CW Curaçao; CX Christmas Island; CY Cyprus; CZ Czechia; DE Germany;
    DJ Djibouti; DK Denmark; DM Dominica; DO Dominican Republic; DZ Algeria; EC Ecuador; EE Estonia; EG Egypt;
    EH Western Sahara; ER Eritrea; ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FK Falkland Islands (Malvinas);
    FM Micronesia, Federated States of; FO Faroe Islands; FR France; GA Gabon; GB United Kingdom; GD Grenada;
    GE Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland; GM Gambia; GN Guinea;
    GP Guadeloupe; GQ Equatorial Guinea; GR Greece; GS South Georgia and the South Sandwich Islands;
    GT Guatemala; GU Guam; GW Guinea-Bissau; GY Guyana; HK Hong Kong; HM Heard Island and McDonald Islands;
    HN Honduras; HR Croatia; HT Haiti; HU Hungary; ID Indonesia; IE Ireland; IL Israel; IM Isle of Man;
    IN India; IO British Indian Ocean Territory; IQ Iraq; IR Iran, Islamic Republic of; IS Iceland; IT Italy;
    JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya; KG Kyrgyzstan; KH Cambodia; KI Kiribati; KM Comoros;
    KN Saint Kitts and Nevis; KP Korea, Democratic People's Republic of; KR Korea, Republic of; KW Kuwait;
    KY Cayman Islands; KZ Kazakhstan; LA Lao People's Democratic Republic; LB Lebanon; LC Saint Lucia;
    LI Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho; LT Lithuania; LU Luxembourg; LV Latvia; LY Libya;
    MA Morocco; MC Monaco; MD Moldova, Republic of; ME Montenegro; MF Saint Martin (French part);
    MG Madagascar; MH Marshall Islands; MK North Macedonia; ML Mali; MM Myanmar; MN Mongolia; MO Macao;
    MP Northern Mariana Islands; MQ Martinique; MR Mauritania; MS Montserrat; MT Malta; MU Mauritius;
    MV Maldives; MW Malawi; MX Mexico; MY Malaysia; MZ Mozambique; NA Namibia; NC New Caledonia; NE Niger;
    NF Norfolk Island; NG Nigeria; NI Nicaragua; NL Netherlands; NO Norway; NP Nepal; NR Nauru; NU Niue;
    NZ New Zealand; OM Oman; PA Panama; PE Peru; PF French Polynesia; PG Papua New Guinea; PH Philippines;
    PK Pakistan; PL Poland; PM Saint Pierre and Miquelon; PN Pitcairn; PR Puerto Rico; PS Palestine, State of;
    PT Portugal; PW Palau; PY Paraguay; QA Qatar; RE Réunion; RO Romania; RS Serbia; RU Russian Federation;
    RW Rwanda; SA Saudi Arabia; SB Solomon Islands; SC Seychelles; SD Sudan; SE Sweden; SG Singapore;
    SH Saint Helena, Ascension and Tristan da Cunha; SI Slovenia; SJ Svalbard and Jan Mayen; SK Slovakia;
    SL Sierra Leone; SM San Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan;
    ST Sao Tome and Principe; SV El Salvador; SX Sint Maarten (Dutch part); SY Syrian Arab Republic;
    SZ Eswatini; TC Turks and Caicos Islands; TD Chad; TF French Southern Territories; TG Togo; TH Thailand;
    TJ Tajikistan; TK Tokelau; TL Timor-Leste; TM Turkmenistan; TN Tunisia; TO Tonga; TR Türkiye;
    TT Trinidad and Tobago; TV Tuvalu; TW Taiwan; TZ Tanzania, United Republic of; UA Ukraine; UG Uganda;
    UM United States Minor Outlying Islands; US United States; UY Uruguay; UZ Uzbekistan;
    VA Holy See (Vatican City State); VC Saint Vincent and the Grenadines;
    VE Venezuela, Bolivarian Republic of; VG Virgin Islands, British; VI Virgin Islands, U.S.; VN Viet Nam;
    VU Vanuatu; WF Wallis and Futuna; WS Samoa; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe
    """

  private static let stateLists = [
    "US": """
    AK Alaska; AL Alabama; AR Arkansas; AS American Samoa; AZ Arizona; CA California; CO Colorado;
    CT Connecticut; DC District of Columbia; DE Delaware; FL Florida; GA Georgia; GU Guam; HI Hawaii; IA Iowa;
    ID Idaho; IL Illinois; IN Indiana; KS Kansas; KY Kentucky; LA Louisiana; MA Massachusetts; MD Maryland;
    ME Maine; MI Michigan; MN Minnesota; MO Missouri; MP Northern Mariana Islands; MS Mississippi; MT Montana;
    NC North Carolina; ND North Dakota; NE Nebraska; NH New Hampshire; NJ New Jersey; NM New Mexico; NV Nevada;
    NY New York; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania; PR Puerto Rico; RI Rhode Island;
    SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UM United States Minor Outlying Islands;
    UT Utah; VA Virginia; VI Virgin Islands, U.S.; VT Vermont; WA Washington; WI Wisconsin; WV West Virginia;
    WY Wyoming
    """,
    "CA": """
    AB Alberta; BC British Columbia; MB Manitoba; NB New Brunswick; NL Newfoundland and Labrador;
    NS Nova Scotia; NT Northwest Territories; NU Nunavut; ON Ontario; PE Prince Edward Island; QC Quebec;
    SK Saskatchewan; YT Yukon
    """,
    "AU": """
    ACT Australian Capital Territory; NSW New South Wales; NT Northern Territory; QLD Queensland;
    SA South Australia; TAS Tasmania; VIC Victoria; WA Western Australia
    """,
    "BR": """
    AC Acre; AL Alagoas; AM Amazonas; AP Amapá; BA Bahia; CE Ceará; DF Distrito Federal; ES Espírito Santo;
    GO Goiás; MA Maranhão; MG Minas Gerais; MS Mato Grosso do Sul; MT Mato Grosso; PA Pará; PB Paraíba;
    PE Pernambuco; PI Piauí; PR Paraná; RJ Rio de Janeiro; RN Rio Grande do Norte; RO Rondônia; RR Roraima;
    RS Rio Grande do Sul; SC Santa Catarina; SE Sergipe; SP São Paulo; TO Tocantins
    """,
    "MX": """
    AGU Aguascalientes; BCN Baja California; BCS Baja California Sur; CAM Campeche; CHH Chihuahua; CHP Chiapas;
    CMX Ciudad de México; COA Coahuila de Zaragoza; COL Colima; DUR Durango; GRO Guerrero; GUA Guanajuato;
    HID Hidalgo; JAL Jalisco; MEX México; MIC Michoacán de Ocampo; MOR Morelos; NAY Nayarit; NLE Nuevo León;
    OAX Oaxaca; PUE Puebla; QUE Querétaro; ROO Quintana Roo; SIN Sinaloa; SLP San Luis Potosí; SON Sonora;
    TAB Tabasco; TAM Tamaulipas; TLA Tlaxcala; VER Veracruz de Ignacio de la Llave; YUC Yucatán; ZAC Zacatecas
    """,
    "IN": """
    AN Andaman and Nicobar Islands; AP Andhra Pradesh; AR Arunāchal Pradesh; AS Assam; BR Bihār; CH Chandīgarh;
    CT Chhattīsgarh; DH Dādra and Nagar Haveli and Damān and Diu; DL Delhi; GA Goa; GJ Gujarāt;
    HP Himāchal Pradesh; HR Haryāna; JH Jhārkhand; JK Jammu and Kashmīr; KA Karnātaka; KL Kerala; LA Ladākh;
    LD Lakshadweep; MH Mahārāshtra; ML Meghālaya; MN Manipur; MP Madhya Pradesh; MZ Mizoram; NL Nāgāland;
    OR Odisha; PB Punjab; PY Puducherry; RJ Rājasthān; SK Sikkim; TG Telangāna; TN Tamil Nādu; TR Tripura;
    UP Uttar Pradesh; UT Uttarākhand; WB West Bengal
    """,
    "IE": """
    CE Clare; CN Cavan; CO Cork; CW Carlow; DL Donegal; KE Kildare; KK Kilkenny; KY Kerry; LD Longford;
    LH Louth; LK Limerick; LM Leitrim; LS Laois; MH Meath; MN Monaghan; MO Mayo; OY Offaly; RN Roscommon;
    SO Sligo; TA Tipperary; WD Waterford; WH Westmeath; WW Wicklow; WX Wexford
    """,
  ]
}
