"""The sample organisation: a town that is on no map, with units, people and outsiders that nobody is."""

# One row a line reads better than a line length here.
# ruff: noqa: E501

from typing import Final, NamedTuple

PASSWORD: Final = "kalimera lefkothea"  # noqa: S105 — printed for everybody
DOMAIN: Final = "lefkothea.example"
TOWN: Final = {"en": "Municipality of Lefkothea", "el": "Δήμος Λευκοθέας", "fa": "شهرداری لفکوتئا"}
LOCALE, TIME_ZONE, COUNTRY = "el", "Europe/Athens", "GR"
FEAST: Final = (9, 14, {"en": "Feast of the town", "el": "Πολιούχος της πόλης", "fa": "عید شهر"})
TWIN_CALENDAR: Final = "Ναρβάν"
TWIN_FEAST: Final = (10, 7, "روز ناروان")


class SampleUnit(NamedTuple):
    code: str
    parent: str | None
    level: str
    en: str
    el: str
    fa: str


UNITS: Final = (
    SampleUnit("CITY", None, "organisation", TOWN["en"], TOWN["el"], TOWN["fa"]),
    SampleUnit("TECH", "CITY", "directorate", "Technical Services", "Διεύθυνση Τεχνικών Υπηρεσιών", "اداره‌کل خدمات فنی"),
    SampleUnit("PARKS", "TECH", "department", "Parks and Trees", "Τμήμα Πρασίνου", "اداره فضای سبز"),
    SampleUnit("NURSERY", "PARKS", "office", "Plant Nursery", "Γραφείο Φυτωρίου", "نهالستان"),
    SampleUnit("ROADS", "TECH", "department", "Roads and Pavements", "Τμήμα Οδοποιίας", "اداره معابر"),
    SampleUnit("LIGHT", "TECH", "department", "Street Lighting", "Τμήμα Ηλεκτροφωτισμού", "اداره روشنایی"),
    SampleUnit("BUILD", "TECH", "department", "Public Buildings", "Τμήμα Κτιρίων", "اداره ساختمان‌ها"),
    SampleUnit("CLEAN", "CITY", "directorate", "Cleansing and Environment", "Διεύθυνση Καθαριότητας και Περιβάλλοντος",
               "اداره‌کل پسماند و محیط زیست"),
    SampleUnit("WASTE", "CLEAN", "department", "Waste Collection", "Τμήμα Αποκομιδής", "اداره پسماند"),
    SampleUnit("DEPOT", "WASTE", "office", "Vehicle Depot", "Γραφείο Κίνησης Οχημάτων", "دفتر خودروها"),
    SampleUnit("ADMIN", "CITY", "directorate", "Administration", "Διεύθυνση Διοικητικών Υπηρεσιών", "اداره‌کل امور اداری"),
    SampleUnit("REGISTRY", "ADMIN", "office", "Registry", "Γραφείο Πρωτοκόλλου", "دبیرخانه"),
    SampleUnit("STAFF", "ADMIN", "department", "Human Resources", "Τμήμα Ανθρώπινου Δυναμικού", "اداره منابع انسانی"),
    SampleUnit("LEGAL", "ADMIN", "department", "Legal Service", "Νομική Υπηρεσία", "اداره حقوقی"),
    SampleUnit("IT", "ADMIN", "department", "Information Systems", "Τμήμα Πληροφορικής", "اداره فناوری اطلاعات"),
    SampleUnit("FINANCE", "CITY", "directorate", "Finance", "Διεύθυνση Οικονομικών Υπηρεσιών", "اداره‌کل مالی"),
    SampleUnit("BUY", "FINANCE", "department", "Procurement", "Τμήμα Προμηθειών", "اداره خرید"),
    SampleUnit("SOCIAL", "CITY", "directorate", "Social Policy", "Διεύθυνση Κοινωνικής Πολιτικής", "اداره‌کل امور اجتماعی"),
    SampleUnit("CARE", "SOCIAL", "office", "Home Care", "Γραφείο Βοήθειας στο Σπίτι", "دفتر مراقبت در خانه"),
    SampleUnit("PLAN", "CITY", "department", "Projects and European Funds", "Τμήμα Προγραμματισμού και Ευρωπαϊκών Πόρων",
               "اداره طرح‌ها و منابع اروپایی"),
    SampleUnit("TWIN", "CITY", "office", "Twin Town Narvan", "Γραφείο Αδελφοποιημένης Πόλης Ναρβάν",
               "دفتر شهر خواهرخوانده ناروان"),
)  # fmt: skip


class SamplePerson(NamedTuple):
    """`kind` as in memberships; `role` for the whole organisation, if any."""

    key: str
    unit: str
    kind: str
    locale: str
    en: str
    el: str
    fa: str
    title: str = ""
    role: str = ""

    @property
    def email(self) -> str:
        return f"{self.en.lower().replace(' ', '.')}@{DOMAIN}"


PEOPLE: Final = (
    SamplePerson("stathi", "CITY", "head", "el", "Anna Stathi", "Άννα Στάθη", "آنا استاتی", "Δήμαρχος"),
    SamplePerson("vretos", "CITY", "deputy", "el", "Lefteris Vretos", "Λευτέρης Βρετός", "لفتریس ورتوس", "Αντιδήμαρχος"),
    SamplePerson("dellas", "TECH", "head", "en", "Yannis Dellas", "Γιάννης Δελλάς", "یانیس دلاس", "Διευθυντής"),
    SamplePerson("rouka", "TECH", "member", "el", "Vasso Rouka", "Βάσω Ρούκα", "واسو روکا"),
    SamplePerson("markou", "PARKS", "member", "en", "Eleni Markou", "Ελένη Μάρκου", "النی مارکو", "Γεωπόνος"),
    SamplePerson("pappas", "PARKS", "head", "en", "Nikos Pappatheou", "Νίκος Παππαθέου", "نیکوس پاپاتئو", "Προϊστάμενος"),
    SamplePerson("ioannou", "PARKS", "deputy", "el", "Babis Ioannidakos", "Μπάμπης Ιωαννιδάκος", "بابیس یوآنیداکوس"),
    SamplePerson("kalfa", "PARKS", "member", "el", "Despina Kalfaki", "Δέσποινα Καλφάκη", "دسپینا کالفاکی"),
    SamplePerson("amini", "PARKS", "member", "fa", "Parisa Aminzad", "Παρίσα Αμινζάντ", "پریسا امین‌زاد", "کارشناس فضای سبز"),
    SamplePerson("ferra", "NURSERY", "head", "el", "Tasos Ferradas", "Τάσος Φερράδας", "تاسوس فراداس"),
    SamplePerson("lekka", "ROADS", "member", "en", "Maria Lekkidou", "Μαρία Λεκκίδου", "ماریا لکیدو", "Μηχανικός"),
    SamplePerson("vlachos", "ROADS", "head", "el", "Petros Vlachidis", "Πέτρος Βλαχίδης", "پتروس ولاخیدیس", "Προϊστάμενος"),
    SamplePerson("mitra", "ROADS", "member", "el", "Giorgos Mitrakas", "Γιώργος Μητρακάς", "گیورگوس میتراکاس"),
    SamplePerson("sadri", "ROADS", "member", "fa", "Kamran Sadripour", "Καμράν Σαντριπούρ", "کامران صدری‌پور", "نقشه‌بردار"),
    SamplePerson("lampou", "LIGHT", "head", "el", "Katerina Lampoudi", "Κατερίνα Λαμπούδη", "کاترینا لامپودی"),
    SamplePerson("stergi", "LIGHT", "member", "el", "Alekos Stergiadas", "Αλέκος Στεργιάδας", "آلکوس استرگیاداس"),
    SamplePerson("chora", "BUILD", "acting", "en", "Ismini Chorafa", "Ισμήνη Χωραφά", "ایسمینی خورافا", "Αρχιτέκτων"),
    SamplePerson("petrak", "BUILD", "member", "el", "Manos Petrakas", "Μάνος Πετρακάς", "مانوس پتراکاس"),
    SamplePerson("zerva", "CLEAN", "head", "el", "Olga Zervaki", "Όλγα Ζερβάκη", "اولگا زرواکی"),
    SamplePerson("tsalik", "WASTE", "head", "el", "Thanasis Tsalikos", "Θανάσης Τσαλίκος", "تاناسیس تسالیکوس"),
    SamplePerson("bakola", "WASTE", "member", "el", "Rena Bakolidou", "Ρένα Μπακολίδου", "رنا باکولیدو"),
    SamplePerson("dimas", "DEPOT", "head", "el", "Stavros Dimarakos", "Σταύρος Δημαράκος", "استاوروس دیماراکوس"),
    SamplePerson("gianni", "DEPOT", "member", "el", "Ilias Giannakas", "Ηλίας Γιαννακάς", "ایلیاس یاناکاس"),
    SamplePerson("simou", "ADMIN", "head", "en", "Marina Simoudi", "Μαρίνα Σιμούδη", "مارینا سیمودی", "Διευθύντρια"),
    SamplePerson("moradi", "ADMIN", "member", "fa", "Shirin Moradnia", "Σιρίν Μοραντνιά", "شیرین مرادنیا",
                 "دبیر طرح پیشنهادها", "secretary"),
    SamplePerson("vouli", "REGISTRY", "head", "el", "Sotiria Voulgaridou", "Σωτηρία Βουλγαρίδου", "سوتیریا وولگاریدو"),
    SamplePerson("protou", "REGISTRY", "member", "el", "Fanis Protakis", "Φάνης Πρωτάκης", "فانیس پروتاکیس"),
    SamplePerson("kouris", "STAFF", "head", "el", "Dora Kouridou", "Δώρα Κουρίδου", "دورا کوریدو"),
    SamplePerson("alexi", "STAFF", "member", "en", "Zoe Alexaki", "Ζωή Αλεξάκη", "زوئی الکساکی"),
    SamplePerson("rigas", "LEGAL", "head", "el", "Sofia Rigaki", "Σοφία Ρηγάκη", "سوفیا ریگاکی", "Νομική σύμβουλος"),
    SamplePerson("kosta", "LEGAL", "member", "en", "Dimitra Kostidou", "Δήμητρα Κωστίδου", "دیمیترا کوستیدو", "Δικηγόρος"),
    SamplePerson("farzan", "LEGAL", "member", "fa", "Nader Farzanfar", "Ναντέρ Φαρζανφάρ", "نادر فرزان‌فر", "کارشناس حقوقی"),
    SamplePerson("fotiou", "IT", "head", "en", "Kostas Fotiadakis", "Κώστας Φωτιαδάκης", "کوستاس فوتیاداکیس",
                 "Διαχειριστής συστήματος", "administrator"),
    SamplePerson("netas", "IT", "member", "en", "Orestis Netakis", "Ορέστης Νετάκης", "اورستیس نتاکیس"),
    SamplePerson("chrysa", "FINANCE", "head", "el", "Chrysa Oikonomaki", "Χρύσα Οικονομάκη", "خریسا ایکونوماکی"),
    SamplePerson("karimi", "FINANCE", "member", "fa", "Reza Kariminejad", "Ρεζά Καριμινετζάντ", "رضا کریمی‌نژاد",
                 "حسابرس داخلی", "auditor"),
    SamplePerson("ahmadi", "FINANCE", "member", "fa", "Leila Ahmadifar", "Λεϊλά Αχμαντιφάρ", "لیلا احمدی‌فر", "حسابدار"),
    SamplePerson("promi", "BUY", "head", "el", "Pavlos Promithakis", "Παύλος Προμηθάκης", "پاولوس پرومیتاکیس"),
    SamplePerson("agora", "BUY", "member", "el", "Fotini Agorastou", "Φωτεινή Αγοραστού", "فوتینی آگوراستو"),
    SamplePerson("koini", "SOCIAL", "head", "el", "Irini Koinaki", "Ειρήνη Κοινάκη", "ایرینی کیناکی"),
    SamplePerson("melas", "CARE", "head", "el", "Vangelis Melakis", "Βαγγέλης Μελάκης", "وانگلیس ملاکیس"),
    SamplePerson("nosi", "CARE", "member", "el", "Pelagia Nosaki", "Πελαγία Νοσάκη", "پلاگیا نوساکی"),
    SamplePerson("ergou", "PLAN", "head", "en", "Myrto Ergaki", "Μυρτώ Εργάκη", "میرتو ارگاکی", "Υπεύθυνη έργων"),
    SamplePerson("espas", "PLAN", "member", "el", "Aris Espakis", "Άρης Εσπάκης", "آریس اسپاکیس"),
    SamplePerson("tehra", "TWIN", "head", "fa", "Bahar Narvani", "Μπαχάρ Ναρβανί", "بهار ناروانی", "مدیر دفتر خواهرخواندگی"),
    SamplePerson("omid", "TWIN", "member", "fa", "Omid Rastinpour", "Ομίντ Ραστινπούρ", "امید راستین‌پور"),
)  # fmt: skip
BY_KEY: Final = {person.key: person for person in PEOPLE}

# A deputy who also sits in a second unit, and a clerk shared by two.
ALSO: Final = (("rouka", "PLAN", "member"), ("netas", "REGISTRY", "member"))
# Away now, with who stands in: (who, substitute, days from today to the first day, to the last, note).
AWAY: Final = (
    ("vlachos", "lekka", -2, 5, "Άδεια"),
    ("tsalik", "bakola", -1, 8, "Άδεια"),
    ("nosi", "melas", -60, -46, "Αναρρωτική άδεια"),
)


class SampleOutsider(NamedTuple):
    key: str
    en: str
    el: str
    fa: str


OUTSIDERS: Final = (
    SampleOutsider("forestry", "Forestry Office", "Δασαρχείο", "اداره جنگل‌داری"),
    SampleOutsider("region", "Regional Unit, Civil Engineering", "Περιφερειακή Ενότητα, Διεύθυνση Τεχνικών Έργων",
                   "اداره فنی منطقه"),
    SampleOutsider("grid", "Electricity Grid Operator", "Διαχειριστής Δικτύου Ηλεκτρισμού", "شرکت توزیع برق"),
    SampleOutsider("water", "Water and Sewerage Company", "Εταιρεία Ύδρευσης και Αποχέτευσης", "شرکت آب و فاضلاب"),
    SampleOutsider("asphalt", "Asfaltiki Notou Ltd", "Ασφαλτική Νότου ΕΠΕ", "شرکت آسفالت جنوب"),
    SampleOutsider("garden", "Prasini Avli Contractors", "Πράσινη Αυλή ΟΕ", "پیمانکاری حیاط سبز"),
    SampleOutsider("citizen1", "Residents of Anemomylou Street", "Κάτοικοι οδού Ανεμομύλου", "ساکنان خیابان آسیاب بادی"),
    SampleOutsider("citizen2", "A. Thalassinou (citizen)", "Α. Θαλασσινού (πολίτης)", "آ. تالاسینو (شهروند)"),
    SampleOutsider("citizen3", "K. Vounisios (citizen)", "Κ. Βουνίσιος (πολίτης)", "ک. وونیسیوس (شهروند)"),
    SampleOutsider("school", "Parents of the 3rd Primary School", "Γονείς 3ου Δημοτικού Σχολείου", "اولیای دبستان سوم"),
    SampleOutsider("narvan", "Municipality of Narvan", "Δήμος Ναρβάν", "شهرداری ناروان"),
)  # fmt: skip

SIGN_INS: Final = (
    ("employee", "markou"),
    ("head", "pappas"),
    ("second department's head", "rigas"),
    ("project manager", "ergou"),
    ("secretary of ideas", "moradi"),
    ("administrator", "fotiou"),
    ("auditor", "karimi"),
)
