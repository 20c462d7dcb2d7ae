"""What staff would write in the letter of ``recovery_connect --preview``, in each language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PreviewWords:
    """What staff would write, made up; dates are the guest's own."""

    wrong: str
    impact: str
    explanation: str
    repair: str
    changes: str
    why: str
    signatory: str


WORDS = {
    "en": PreviewWords(
        wrong="When you arrived on {arrival}, your room was not ready.",
        impact="After a long journey you had to wait in our lobby.",
        explanation="We had promised you the room and had not told the people who prepare it.",
        repair="Your first night is off the bill.",
        changes="At noon the desk now goes through every arrival of the day.",
        why="For the hours that you waited for your room.",
        signatory="Alex Example",
    ),
    "da": PreviewWords(
        wrong="Da du ankom {arrival}, var dit værelse ikke klar.",
        impact="Efter en lang rejse måtte du vente i vores lobby.",
        explanation="Vi havde lovet dig værelset og ikke sagt det til dem, der gør det klar.",
        repair="Din første nat er taget af regningen.",
        changes="Klokken tolv gennemgår receptionen nu alle dagens ankomster.",
        why="For de timer, du ventede på dit værelse.",
        signatory="Alex Eksempel",
    ),
    "de": PreviewWords(
        wrong="Als Sie am {arrival} ankamen, war Ihr Zimmer nicht fertig.",
        impact="Nach einer langen Reise mussten Sie in unserer Halle warten.",
        explanation="Wir hatten Ihnen das Zimmer zugesagt und es denen nicht gesagt, die es vorbereiten.",
        repair="Ihre erste Nacht steht nicht mehr auf der Rechnung.",
        changes="Um zwölf Uhr geht der Empfang nun alle Anreisen des Tages durch.",
        why="Für die Stunden, die Sie auf Ihr Zimmer gewartet haben.",
        signatory="Alex Beispiel",
    ),
    "fr": PreviewWords(
        wrong="À votre arrivée, le {arrival}, votre chambre n'était pas prête.",
        impact="Après un long voyage, il vous a fallu attendre dans notre hall.",
        explanation="Nous vous avions promis la chambre sans le dire aux personnes qui la préparent.",
        repair="Votre première nuit ne figure plus sur la facture.",
        changes="À midi, la réception passe désormais en revue toutes les arrivées du jour.",
        why="Pour les heures passées à attendre votre chambre.",
        signatory="Alex Exemple",
    ),
    "es": PreviewWords(
        wrong="Cuando llegó, el {arrival}, su habitación no estaba lista.",
        impact="Después de un largo viaje tuvo que esperar en nuestro vestíbulo.",
        explanation="Le habíamos prometido la habitación y no se lo dijimos a quienes la preparan.",
        repair="Su primera noche ya no está en la factura.",
        changes="A las doce, la recepción repasa ahora todas las llegadas del día.",
        why="Por las horas que esperó su habitación.",
        signatory="Alex Ejemplo",
    ),
}
