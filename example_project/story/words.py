"""What the general manager writes to the guest: her own words, in the guest's language."""

from __future__ import annotations

from recovery import actions

APOLOGY = actions.LetterWords(
    wrong=(
        "You booked your room with us for 17 July; we wrote it down for 17 June, and in June we "
        "cancelled it without ringing you."
    ),
    impact="You stood at our desk less than two hours before you had to be at the altar as best man.",
    explanation="We typed June for July, and nobody read the booking back to you.",
    repairs=(
        "Two nights at The Lantern House, with breakfast and parking: paid by us.",
        "Your taxis, and dinner at the Ferry Kitchen: paid by us.",
    ),
    changes=(
        "Since yesterday every telephone booking is read back, with the weekday, and no colleague "
        "cancels one before ringing the guest."
    ),
    own_sentence="I am glad that your suit was ready in time, and sorry that it had to be a race.",
)

POWER_APOLOGY = actions.LetterWords(
    wrong=(
        "At eight on Monday the power failed in your room, and for eleven minutes nobody stood at your door, "
        "although you rang us three times."
    ),
    impact="You sat in the dark with wet hair and a flat laptop, 45 minutes before your meeting.",
    explanation="One of our circuits gave way, and our first call for an engineer went unheard.",
    repairs=(
        "Room 104 was opened for you to dress.",
        "Power was back in your room at 08:11, and your taxi was paid by us.",
    ),
    changes=(
        "From now on our desk tells a guest that help is on the way only once a person has said yes, "
        "and engineers carry a second radio."
    ),
    own_sentence="I hope that your clients saw only how well prepared you were.",
)
