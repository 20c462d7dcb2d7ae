"""Facts of a letter in Spanish."""

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
    property_code="MIRAMAR",
    name="Hotel Miramar",
    address=("Paseo del Mar 12", "39005 Santander"),
    phone="942 555 010",
    email="clientes@miramar.example",
    website="www.miramar.example",
    legal_line="Hotel Miramar, S. L., NIF B55501022",
    colour="#8a4b1f",
)
SIGNATORY = SignatoryFacts(
    name="Lucía Ibáñez", first_name="Lucía", title="dirección general", phone="655 555 011"
)
WORDS: dict[str, Any] = {
    "wrong": "Usted reservó para julio; nosotros anotamos junio y después lo cancelamos.",
    "impact": "Se encontró sin habitación en nuestra recepción, dos horas antes de la boda de sus amigos.",
    "explanation": "Una persona del equipo tecleó el mes equivocado y nadie se lo leyó.",
    "repairs": (
        "Las dos noches en la Posada del Puerto, con desayuno y aparcamiento, están pagadas.",
        "Los taxis y la cena del sábado, también.",
    ),
    "changes": "Ahora leemos cada reserva al cliente, con el día de la semana.",
    "own_sentence": "He pensado en ustedes todo el fin de semana.",
}
REGRET: dict[str, Any] = {
    "wrong": "La noche del sábado no pudo dormir hasta las cuatro por el ruido del pasillo.",
    "impact": "Y el domingo le esperaba el largo viaje a casa, con dos niños pequeños en el coche.",
    "repairs": (
        "Nuestro vigilante recorre ahora ese pasillo cada hora hasta las dos.",
        "La habitación de esa noche ya no está en su factura.",
    ),
    "own_sentence": "Gracias por decírselo a Tomás en el desayuno, con tan pocas horas de sueño.",
}
CERTIFICATE = CertificateFacts(
    nights=2,
    houses=("Hotel Miramar", "Hotel Olimpo"),
    valid_from_on=dt.date(2027, 7, 18),
    last_arrival_on=dt.date(2029, 7, 18),
    tax_included=True,
    breakfast_included=True,
    transferable=True,
    named_for="Begoña Núñez Ortiz",
    nights_left=2,
    why="El sábado condujo cuatro horas para ir a una boda, y no teníamos habitación para usted.",
)
WALK = WalkFacts(
    hotel="Posada del Puerto",
    address="Calle de la Iglesia 3, 39001 Santander",
    phone="942 555 077",
    confirmation="PP-48213",
    map_url="https://www.openstreetmap.org/?mlat=43.4623&mlon=-3.8100#map=18",
    distance="700 m, dos minutos en taxi, cinco desde la iglesia",
    paid=(
        "las dos noches, con impuestos y desayuno",
        "el aparcamiento detrás de la casa",
        "los taxis de ida y vuelta y hasta la iglesia",
        "las llamadas a su casa",
    ),
    taxi="Radio Taxi Bahía, en nuestra puerta a las 15:40, teléfono 942 555 099",
    dinner="Restaurante El Faro, domingo a las 19:30, una mesa para dos a su nombre",
    manager_name="Íñigo Vega",
    manager_phone="655 555 012",
    tomorrow="Íñigo Vega le llama a las 9:00. Su habitación aquí está lista desde las 12:00, si quiere.",
)
REDEEMED = RedeemedFacts(
    house="Hotel Miramar",
    arrival_on=dt.date(2028, 4, 21),
    departure_on=dt.date(2028, 4, 23),
    nights=2,
    nights_left=0,
    last_arrival_on=dt.date(2029, 7, 18),
    cancel_until=dt.date(2028, 4, 19),
)
RECEIPT: dict[str, Any] = {
    "answered_by": "Íñigo Vega",
    "answer_by": "domingo 18 de julio de 2027 a las 10:30",
    "on_call_phone": "655 555 012",
}
PAYMENT = PaymentFacts(
    amount="184.50", currency="EUR", means="refund", units=1, arrives_on=dt.date(2027, 7, 28)
)
MATTER: dict[str, Any] = {
    "understood": "Dos mañanas seguidas se limpió encima de su habitación a las seis.",
    "impact": "Vino a dormir y no pudo.",
    "promise": "Desde mañana nadie trabaja en su planta antes de las nueve.",
    "promise_who": "Javier Ríos",
    "promise_by": "el lunes 19 de julio a las 9:00",
    "question": "¿Cuál de las dos maletas era, la gris o la azul?",
    "question_why": "El taller envía la rueda correcta en el correo de esta tarde.",
    "answer": "Preguntó si la piscina abre el domingo. Sí, de siete a doce.",
    "done": "La calefacción de su habitación está reparada y funcionó toda la noche.",
    "done_by": "Javier Ríos y nuestro equipo técnico",
    "still_open": "El ascensor espera todavía una pieza.",
    "before": "la llave nueva estaría en recepción al mediodía.",
    "meanwhile": "Javier le abre la puerta a cualquier hora.",
    "void_why": "Se había emitido dos veces, y recepción solo podía aceptar uno.",
    "instead": "uno nuevo de dos noches, que hoy va por correo a su casa.",
    "care": ("el consultorio de la plaza y el taxi de ida y vuelta", "lo que pida la farmacia"),
}
