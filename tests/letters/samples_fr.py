"""Facts of a letter in French."""

from __future__ import annotations

import datetime as dt
from typing import Any

from recovery.letters import (
    CertificateFacts,
    HouseFacts,
    PaymentFacts,
    RedeemedFacts,
    SignatoryFacts,
    WalkFacts,
)

HOUSE = HouseFacts(
    property_code="BELLEVUE",
    name="Hôtel Bellevue",
    address=("12 quai des Brumes", "74000 Annecy"),
    phone="04 50 55 50 10",
    email="accueil@bellevue.example",
    website="www.bellevue.example",
    legal_line="Hôtel Bellevue SARL, RCS Annecy 555 010 222",
    colour="#5b2a4a",
)
SIGNATORY = SignatoryFacts(
    name="Élodie Arnaud", first_name="Élodie", title="direction générale", phone="06 55 55 50 11"
)
WORDS: dict[str, Any] = {
    "wrong": "Vous aviez réservé pour juillet ; nous avions noté juin, puis annulé.",
    "impact": "Vous étiez à notre réception, sans chambre, deux heures avant le mariage de vos amis.",
    "explanation": "L'un de nous a tapé le mauvais mois, et personne ne vous l'a relu.",
    "repairs": (
        "Les deux nuits à l'Auberge du Lac, avec petit-déjeuner et parking, sont payées.",
        "Les taxis et le dîner aussi.",
    ),
    "changes": "Chaque réservation est désormais relue, jour de la semaine compris.",
    "own_sentence": "J'ai pensé à vous tout le week-end.",
}
REGRET: dict[str, Any] = {
    "wrong": "Dans la nuit de samedi à dimanche, le bruit du couloir a duré jusqu'à quatre heures.",
    "impact": "Et le dimanche, une longue route vous attendait, avec deux petits enfants dans la voiture.",
    "repairs": (
        "Notre veilleur de nuit passe maintenant dans ce couloir toutes les heures jusqu'à deux heures.",
        "La chambre de cette nuit-là ne figure plus sur votre facture.",
    ),
    "own_sentence": "Merci de l'avoir dit à Thomas au petit-déjeuner, malgré la fatigue.",
}
CERTIFICATE = CertificateFacts(
    nights=1,
    houses=("Hôtel Bellevue", "Villa des Pins"),
    valid_from_on=dt.date(2027, 7, 18),
    last_arrival_on=dt.date(2029, 8, 1),
    tax_included=True,
    breakfast_included=False,
    transferable=True,
    named_for="Anne-Sophie Lefèvre",
    nights_left=1,
    why="Samedi, vous avez roulé quatre heures pour un mariage, et nous n'avions pas de chambre pour vous.",
)
WALK = WalkFacts(
    hotel="Auberge du Lac",
    address="3 rue de l'Église, 74000 Annecy",
    phone="04 50 55 50 77",
    confirmation="AL-48213",
    map_url="https://www.openstreetmap.org/?mlat=45.8992&mlon=6.1294#map=18",
    distance="700 m, deux minutes en taxi, cinq depuis l'église",
    paid=(
        "les deux nuits, avec les taxes et le petit-déjeuner",
        "le parking derrière la maison",
        "les taxis aller et retour, et jusqu'à l'église",
        "les appels chez vous",
    ),
    taxi="Taxis du Lac, devant notre porte à 15 h 40, téléphone 04 50 55 50 99",
    dinner="Le Clocher, dimanche à 19 h 30, une table pour deux à votre nom",
    manager_name="Olivier Roche",
    manager_phone="06 55 55 50 12",
    tomorrow="Olivier Roche vous appelle à 9 h. Votre chambre chez nous est prête dès midi, si vous voulez.",
)
REDEEMED = RedeemedFacts(
    house="Hôtel Bellevue",
    arrival_on=dt.date(2028, 4, 21),
    departure_on=dt.date(2028, 4, 23),
    nights=1,
    nights_left=1,
    last_arrival_on=dt.date(2029, 8, 1),
    cancel_until=dt.date(2028, 4, 19),
)
RECEIPT: dict[str, Any] = {
    "answered_by": "Olivier Roche",
    "answer_by": "dimanche 18 juillet 2027 à 10 h 30",
    "on_call_phone": "06 55 55 50 12",
}
PAYMENT = PaymentFacts(
    amount="184.50", currency="EUR", means="refund", units=1, arrives_on=dt.date(2027, 7, 28)
)
MATTER: dict[str, Any] = {
    "understood": "Le ménage se faisait au-dessus de vous à six heures, deux matins de suite.",
    "impact": "Vous étiez là pour dormir, et vous ne l'avez pas pu.",
    "promise": "Dès demain, personne ne travaille à votre étage avant neuf heures.",
    "promise_who": "Jean Rivière",
    "promise_by": "lundi 19 juillet à 9 h 00",
    "question": "Laquelle des deux valises était-ce, la grise ou la bleue ?",
    "question_why": "L'atelier envoie la bonne roue par le courrier de ce soir.",
    "answer": "Vous demandiez si la piscine ouvre dimanche. Oui, de sept heures à midi.",
    "done": "Le chauffage de votre chambre est réparé et a marché toute la nuit.",
    "done_by": "Jean Rivière et notre équipe technique",
    "still_open": "L'ascenseur attend encore une pièce.",
    "before": "la nouvelle clé serait à la réception à midi.",
    "meanwhile": "Jean vous ouvre la porte à toute heure.",
    "void_why": "Il avait été établi deux fois, et la réception ne pouvait en accepter qu'un.",
    "instead": "un nouveau bon pour deux nuits, que vous recevez aujourd'hui par la poste.",
    "care": ("le cabinet de la place et le taxi aller et retour", "ce que demande la pharmacie"),
}
