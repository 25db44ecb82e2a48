"""The placeholder texts that ‘quiz new’ writes, in each language of the interface."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "description": {
        "en": "Say in one or two sentences what this quiz is about.",
        "nl": "Zeg in een of twee zinnen waar deze stemhulp over gaat.",
        "de": "Sag in ein oder zwei Sätzen, worum es hier geht.",
        "fr": "Dis en une ou deux phrases de quoi parle ce quiz.",
        "ar": "قل في جملة أو جملتين ما موضوع هذا الاستبيان.",
    },
    "election": {
        "en": "Name of the election",
        "nl": "Naam van de verkiezing",
        "de": "Name der Wahl",
        "fr": "Nom de l’élection",
        "ar": "اسم الانتخابات",
    },
    "publisher": {
        "en": "Who answers for this quiz",
        "nl": "Wie deze stemhulp maakt",
        "de": "Wer dafür verantwortlich ist",
        "fr": "Qui répond de ce quiz",
        "ar": "المسؤول عن هذا الاستبيان",
    },
    "theme": {
        "en": "First theme",
        "nl": "Eerste thema",
        "de": "Erstes Thema",
        "fr": "Premier thème",
        "ar": "الموضوع الأول",
    },
    "text": {
        "en": "Write a proposal here that parties disagree on.",
        "nl": "Schrijf hier een voorstel waar partijen het niet over eens zijn.",
        "de": "Schreib hier einen Vorschlag hin, bei dem die Parteien sich nicht einig sind.",
        "fr": "Écris ici une proposition sur laquelle les partis ne sont pas d’accord.",
        "ar": "اكتب هنا اقتراحًا تختلف عليه الأحزاب.",
    },
    "explanation": {
        "en": "Say what is the case now, and what would change.",
        "nl": "Zeg hoe het nu is, en wat er zou veranderen.",
        "de": "Sag, wie es jetzt ist und was sich ändern würde.",
        "fr": "Dis ce qu’il en est aujourd’hui, et ce qui changerait.",
        "ar": "قل كيف هو الوضع الآن، وماذا سيتغير.",
    },
    "argument_for": {
        "en": "One argument for.",
        "nl": "Eén argument voor.",
        "de": "Ein Argument dafür.",
        "fr": "Un argument pour.",
        "ar": "حجة واحدة مع الاقتراح.",
    },
    "argument_against": {
        "en": "One argument against.",
        "nl": "Eén argument tegen.",
        "de": "Ein Argument dagegen.",
        "fr": "Un argument contre.",
        "ar": "حجة واحدة ضد الاقتراح.",
    },
    "source": {
        "en": "Title of a programme",
        "nl": "Titel van een programma",
        "de": "Titel eines Programms",
        "fr": "Titre d’un programme",
        "ar": "عنوان برنامج",
    },
    "source_text": {
        "en": "Put the text of the source here, in place of this line.",
        "nl": "Zet hier de tekst van de bron, in plaats van deze regel.",
        "de": "Hierher kommt der Text der Quelle, anstelle dieser Zeile.",
        "fr": "Mets ici le texte de la source, à la place de cette ligne.",
        "ar": "ضع هنا نص المصدر بدلًا من هذا السطر.",
    },
    "quote": {
        "en": "The party's own words, copied exactly.",
        "nl": "De woorden van de partij zelf, precies overgenomen.",
        "de": "Die Worte der Partei selbst, genau übernommen.",
        "fr": "Les mots mêmes du parti, copiés tels quels.",
        "ar": "كلمات الحزب نفسه، منقولة حرفيًا.",
    },
    "reason": {
        "en": "Why this quote means this position.",
        "nl": "Waarom dit citaat dit standpunt betekent.",
        "de": "Warum dieses Zitat diese Position bedeutet.",
        "fr": "Pourquoi cette citation signifie cette position.",
        "ar": "لماذا يعني هذا الاقتباس هذا الموقف.",
    },
}
"""Purpose → language → words. Other languages get the English."""

PLACEHOLDERS: Final = frozenset(
    words for by_language in WORDS.values() for words in by_language.values()
)
