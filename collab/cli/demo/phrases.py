"""Short things that people of the sample say, in the three languages."""

from typing import Final

NOTE: Final = {
    "el": ("Αρμοδιότητά σας, νομίζω.", "Παρακαλώ για τις ενέργειές σας.", "Όπως είπαμε στο τηλέφωνο."),
    "en": ("This is yours, I think.", "Please take it from here.", "As we said on the telephone."),
    "fa": ("گمان می‌کنم با شماست.", "لطفاً از اینجا ادامه دهید.", "همان‌طور که تلفنی گفتیم."),
}
RETURNED: Final = {
    "el": ("Δεν είναι δικός μας δρόμος· ανήκει στην Περιφέρεια.", "Λείπει το σχέδιο. Στείλτε το πάλι μαζί του."),
    "en": ("Not on our network; the Region keeps this road.", "The sketch is missing. Send it again with it."),
    "fa": ("این معبر با ما نیست؛ با استان است.", "نقشه پیوست نشده است؛ با نقشه دوباره بفرستید."),
}
DONE: Final = {
    "el": ("Έγινε.", "Ολοκληρώθηκε, ενημερώθηκε ο αιτών.", "Έκλεισε με απάντηση στον πολίτη."),
    "en": ("Done.", "Finished; the applicant was told.", "Closed with an answer to the citizen."),
    "fa": ("انجام شد.", "پایان یافت و به متقاضی خبر داده شد.", "با پاسخ به شهروند بسته شد."),
}
CANCELLED: Final = {
    "el": "Διπλή αίτηση· υπάρχει ήδη.", "en": "A double of an older request.", "fa": "تکراری است؛ پیش‌تر ثبت شده بود.",
}  # fmt: skip
SEEN: Final = {
    "el": ("Το είδα, επανέρχομαι.", "Πέρασα από εκεί σήμερα.", "Το κρατώ εγώ."),
    "en": ("Seen; I will come back to it.", "I went by today.", "I will keep this one."),
    "fa": ("دیدم؛ خبر می‌دهم.", "امروز سر زدم.", "این را من پیگیری می‌کنم."),
}
OPINION: Final = {
    "el": "Παρακαλώ τη γνώμη σας ως την Παρασκευή.",
    "en": "Your opinion by Friday, please.",
    "fa": "لطفاً نظر خود را تا جمعه بفرستید.",
}
AFTER: Final = {
    "el": "Πρώτα να τελειώσει εκείνο.", "en": "That one has to be finished first.", "fa": "نخست آن یکی باید تمام شود.",
}  # fmt: skip
