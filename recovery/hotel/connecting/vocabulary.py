"""What programmers call things in a hotel's tables, in the languages in which they write them.

Words are folded (no accents, small letters). A word may mean several things: *nombre* is a name in
Spanish and a number in French; what else is known about the column decides.
"""

from __future__ import annotations

from enum import StrEnum


class Concept(StrEnum):
    """What a word of a name means."""

    STAY = "stay"
    GUEST = "guest"
    PERSON = "person"
    STAFF = "staff"
    ROOM = "room"
    PROPERTY = "property"
    SETTINGS = "settings"
    TYPE = "type"
    NAME = "name"
    TITLE = "title"
    FULL = "full"
    FIRST = "first"
    LAST = "last"
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    LOGIN = "login"
    EMAIL = "e-mail"
    PHONE = "phone"
    FAX = "fax"
    NUMBER = "number"
    COUNT = "count"
    REF = "reference"
    ARRIVE = "arrive"
    DEPART = "depart"
    START = "start"
    END = "end"
    NIGHT = "night"
    DAY = "day"
    DATE = "date"
    TIME = "time"
    LENGTH = "length"
    PERIOD = "period"
    PRICE = "price"
    RATE = "rate"
    TOTAL = "total"
    BASE = "base"
    CURRENCY = "currency"
    STATUS = "status"
    CANCEL = "cancel"
    DELETE = "delete"
    ACTIVE = "active"
    CONFIRM = "confirm"
    LANGUAGE = "language"
    AGENCY = "agency"
    EXTERNAL = "external"
    TIER = "tier"
    MINOR = "minor"
    ZONE = "time zone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    CITY = "city"
    COUNTRY = "country"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    NOTE = "note"
    MAIN = "main"
    # --- what a column is not, if its name says so --------------------------------------------
    CREATED = "created"
    BIRTH = "birth"
    PAYMENT = "payment"
    EXTRA_COST = "extra cost"
    DEADLINE = "deadline"
    ACTUAL = "actual"
    CLEANING = "cleaning"
    COMPANY = "company"
    EMERGENCY = "emergency"
    FLAG = "flag"
    FILE = "file"
    IDENTITY = "identity paper"
    OTHER_BUSINESS = "other business"
    HISTORY = "history"
    PART = "part"
    RULE = "rule"
    REVIEW = "review"


_C = Concept

#: Concept → its words. Two English words that are written together stand as one ("checkin").
_WORDS: dict[Concept, str] = {
    _C.STAY: """
        booking bookings booked reservation reservations reserve stay stays reserved bestilling bestillinger
        ophold buchung buchungen reservierung reservierungen aufenthalt aufenthalte sejour sejours reserva
        reservas reservacion reservaciones estancia estancias estadia estadias hospedagem hospedaje
        prenotazione prenotazioni soggiorno soggiorni boeking boekingen reservering reserveringen verblijf
        bokning bokningar vistelse opphold rezervacija rezerwacja rezervasyon rezervace varaus locacao
        locacion visit visits accommodation
    """,
    _C.GUEST: """
        guest guests customer customers client clients clientid visitor visitors occupant traveler traveller
        lodger renter patron attendee gaest gaester gaste gast kunde kunden kunder kund hote hotes voyageur
        huesped huespedes cliente clientes hospede hospedes ospite ospiti clienti gasten klant klanten gjest
        gjester kundin titular inquilino locataire
    """,
    _C.PERSON: """
        person persons people user users account accounts profile profiles member contact contacts booker
        owner holder userprofile bruger brugere medlem benutzer nutzer profil utilisateur personne usuario
        usuarios persona personas perfil utilizador pessoa pessoas utente gebruiker persoon anvandare
        mitglied kontakt contacto contato compte cuenta conta individual payer tenant
    """,
    _C.STAFF: """
        staff employee employees receptionist manager clerk handler handled assignee approver approved
        cashier housekeeper operator admin administrator creator createdby modifiedby updatedby medarbejder
        ansat mitarbeiter angestellter employe receptionniste empleado recepcionista funcionario dipendente
        medewerker personal personale worker waiter cleaner host hostess performed entered verified
        supervisor author editor personnel
    """,
    _C.ROOM: """
        room rooms unit units chamber suite apartment apartments apartamento vaerelse vaerelser varelse
        lejlighed zimmer wohnung chambre chambres habitacion habitaciones cuarto quarto quartos
        camera camere stanza kamer kamers rum bedroom bungalow cabin cabana chalet hytte hut
    """,
    _C.PROPERTY: """
        hotel hotels property properties inn lodge resort branch site location establishment building hostel
        villa house houses hus kro ejendom haus unterkunft filiale pension etablissement hebergement maison
        propiedad alojamiento sucursal propriedade pousada filial albergo struttura pand vestiging hotell
        guesthouse gaestehaus motel hoteli hospedaria listing
    """,
    _C.SETTINGS: """
        settings setting config configuration configuracion configuracao indstillinger einstellungen
        parametres parametros opsaetning siteconfig information infos
    """,
    _C.TYPE: """
        type types roomtype category categories class kind kategori kategorier typ typen art kategorie
        categorie categoria tipo tipos klasse soort genre
    """,
    _C.NAME: "name names navn nom nombre nome naam namn nombres",
    _C.TITLE: "title titel titre titulo titolo label caption bezeichnung betegnelse",
    _C.FULL: "full fulde voll complet complete completo fuld hele voller whole display",
    _C.FIRST: "first given primer primero primeiro erste premier prima",
    _C.LAST: "last family second paternal",
    _C.FIRST_NAME: """
        firstname forename givenname fornavn vorname prenom voornaam fornamn fname imie primernombre nombre1
        nombres
    """,
    _C.LAST_NAME: """
        lastname surname familyname efternavn nachname familienname apellido apellidos sobrenome cognome
        achternaam efternamn etternavn lname nazwisko apelido secondname
    """,
    _C.LOGIN: "username login userid nickname brugernavn benutzername handle nick",
    _C.EMAIL: """
        email emails mail emailaddress mailadresse epost correo courriel emailid posta emailadresse
        mailaddress
    """,
    _C.PHONE: """
        phone phones tel telephone mobile mobil cell telefon telefonnummer telefono telefonos telefone handy
        celular movil portable cellulare telefoon mobiel telemovel tlf gsm cellphone phonenumber mobilnummer
        telefonnr mob handynummer phoneno mobileno fon whatsapp rufnummer fone
    """,
    _C.FAX: "fax telefax",
    _C.NUMBER: "number no nr num nummer numero nro numer nombre1 numbers",
    _C.COUNT: """
        count qty quantity antal anzahl cantidad quantidade aantal quantita numberof noof capacity capacite
        capacidad capacidade adults children adult beds max min limit rating stars star score guestscount
        nombredepersonnes voksne boern erwachsene kinder adultos ninos adultes enfants criancas index order
        position sort weight size area floor sleeps pax
    """,
    _C.REF: """
        ref reference references code codes confirmation voucher pnr locator identifier referenz kode
        referencia codigo riferimento codice referentie localizador kenmerk referencenummer slug bookingid
        reservationid bookingno buchungsnummer bookingnumber bookingref folio pk id uid uuid kennung
        buchungscode abbreviation shortname short
    """,
    _C.ARRIVE: """
        arrival arrive arrives arriving arrived checkin checkindate checkedin ankomst indtjekning indtjek
        ankunft anreise arrivee llegada entrada entree chegada arrivo arrivi aankomst incheck incheckning
        checkind checkins anreisedatum ingreso przyjazd giris enter datein zameldowanie
    """,
    _C.DEPART: """
        departure depart departs departing departed leave leaves leaving checkout checkoutdate checkedout
        afrejse udtjekning udtjek abreise auszug salida saida sortie partenza vertrek avresa utcheckning
        avgang checkouts abreisedatum egreso wyjazd cikis exit dateout wymeldowanie uscita hjemrejse avreise
    """,
    _C.START: """
        from start begin begins starts starting fra von debut desde inicio dal startdate since beginn inizio
        lower
    """,
    _C.END: """
        to end ends ending until till through til slut bis ende fin hasta fim ate tot einde enddate finish
        upper fine termino final
    """,
    _C.NIGHT: """
        night nights nightly overnight naetter nat overnatning overnatninger naechte nachte nacht
        uebernachtungen ubernachtungen nuit nuits nuitee nuitees noche noches noite noites pernoite notte
        notti nachten natt natter diarias diaria pernottamenti pernottamento noc
    """,
    _C.DAY: "day days daily dag dage tag tage jour jours dia dias giorno giorni dagen",
    _C.DATE: "date dates datum dato data fecha datetime timestamp on at",
    _C.TIME: "time hour hours tid uhrzeit heure hora ora tijd klokkeslaet",
    _C.LENGTH: "length duration duree duracion duracao durata varighed dauer laengde los",
    _C.PERIOD: """
        period dates range availability slot periode zeitraum plage periodo term schedule calendar
    """,
    _C.PRICE: """
        price prices gesamtpreis gesamtbetrag totalpris cost costs amount charge charges fare sum value pris
        rate rates tariff tarif tarifa tariffa beloeb belob preis betrag prix montant precio importe monto
        costo preco valor prezzo importo prijs bedrag summe money bill
    """,
    _C.RATE: "rate rates tariff tarif tarifa tariffa sats",
    _C.TOTAL: """
        total totals grand gesamt samlet totale totaal ialt gesamtpreis gesamtbetrag totalpris toplam
        overall final subtotal
    """,
    _C.BASE: "base basis basic list standard default rack regular normal",
    _C.CURRENCY: """
        currency currencies valuta waehrung wahrung devise monnaie moneda moeda divisa currencycode
    """,
    _C.STATUS: """
        status state stage tilstand zustand statut etat estado situacao stato stadium phase stav durum stand
        situacion statuses
    """,
    _C.CANCEL: """
        cancel cancelled canceled cancellation cancelation calledoff annulleret annuleret aflyst afbestilt
        canceluntil
        annullering storniert storno stornierung stornogrund annule annulee annulation cancelado cancelada
        cancelacion cancelamento annullato annullata cancellato geannuleerd avbokad voided void avlyst
    """,
    _C.DELETE: """
        deleted delete removed remove archived archive slettet geloescht geloscht supprime eliminado borrado
        excluido apagado eliminato verwijderd trashed fjernet hidden inactive disabled
    """,
    _C.ACTIVE: "active aktiv actif activo ativo attivo actief valid enabled activa ativa",
    _C.CONFIRM: """
        confirmed confirm bekraeftet bestaetigt bestatigt confirme confirmee confirmado confirmada
        confermato confermata bevestigd accepted approval guaranteed
    """,
    _C.LANGUAGE: "language languages lang locale sprog sprache langue idioma lingua taal sprak",
    _C.AGENCY: """
        agency agencies agent channel channels source ota partner bureau kanal quelle herkunft agence canal
        agencia origen fuente origem agenzia bron platform origin rejsebureau reisebuero vermittler
        plataforma bookedvia via portal distributor broker tourop touroperator travelagency
    """,
    _C.EXTERNAL: "external extern ekstern externa externe externo remote foreign thirdparty",
    _C.TIER: "tier loyalty vip membership level niveau stufe nivel fidelity livello",
    _C.MINOR: "minor child mindreaarig minderjaehrig mineur menor underage kid",
    _C.ZONE: "timezone tz zone tidszone zeitzone fuseau zonahoraria fusohorario tzinfo tzname",
    _C.ADDRESS: """
        address adresse direccion endereco indirizzo adres street gade vej strasse rue calle rua via straat
        address1 addr adress gata road
    """,
    _C.POSTCODE: """
        postcode zip zipcode postal postnummer plz cp codigopostal cep cap postalcode postnr
    """,
    _C.CITY: """
        city town by ort stadt ville ciudad cidade citta stad plaats locality municipality
    """,
    _C.COUNTRY: "country land pays pais paese nation countrycode",
    _C.LATITUDE: "latitude lat",
    _C.LONGITUDE: "longitude lng lon long",
    _C.NOTE: """
        note notes comment comments remark remarks bemaerkning reason grund description message request
        requests text details detail info beschreibung kommentar beskrivelse motif motivo observaciones
        observacoes noter besked bemerkung observacion observacao commentaire special instructions about
    """,
    _C.MAIN: "main lead primary principal haupt primaer leading",
    _C.CREATED: """
        created create updated update modified changed registered joined submitted issued oprettet erstellt
        geaendert geandert cree modifie creado modificado criado creato gemaakt log logged booked booknow
        synced sync import imported viewed login seen added creation timestamp opdateret actualizado
        atualizado entry made registrado cadastrado creacion criacao erstellung oprettelse inscription
        cadastro registro anlage angelegt registration
    """,
    _C.BIRTH: """
        birth born dob birthday birthdate fodsel fodselsdato geburt geburtsdatum naissance nacimiento
        nascimento
    """,
    _C.PAYMENT: """
        paid payment payments pay payable paying betalt betaling bezahlt zahlung paiement paye pagado pago
        pagamento pagato betaald invoice invoices invoiced receipt transaction stripe paypal razorpay card
        faktura rechnung facture factura fatura fattura settle settled billing checkout_session iban refunds
    """,
    _C.EXTRA_COST: """
        deposit discount tax taxes vat moms mwst tva iva refund refunded balance commission tip extra extras
        service services fee fees remaining due penalty advance insurance promo coupon points rabat rabatt
        remise descuento desconto sconto weekend weekday prepaid kaution caution acompte anticipo sinal
        depositum saldo adjustment breakfast parking markup surcharge saving profit prepayment outstanding
    """,
    _C.DEADLINE: """
        deadline canceluntil expires expiry expire expiration before limite frist hold policy validity
        valid_until
    """,
    _C.ACTUAL: """
        checkedin checkedout actual real effective faktisk tatsaechlich reel reelle efectiva tatsaechliche
        expected planned tracker
    """,
    _C.CLEANING: """
        clean cleaning cleaned dirty housekeeping maintenance rengoering reinigung laundry inspection
    """,
    _C.COMPANY: """
        company firm firma entreprise empresa azienda bedrijf organisation organization corporate
    """,
    _C.EMERGENCY: "emergency naermeste kin notfall urgence emergencia",
    _C.FLAG: "is has can",
    _C.FILE: """
        image photo picture file files avatar logo url link icon images photos foto website pdf html
    """,
    _C.IDENTITY: """
        passport document documento passnummer ausweis identity ssn cpf nif dni cnpj license licence plate
        nationality cnic rfc national aadhar aadhaar pesel
    """,
    _C.OTHER_BUSINESS: """
        restaurant table spa event events flight flights airline tour tours car parking taxi meal menu food
        dish course class appointment salon massage conference meeting banquet cart basket order orders
        ticket tickets package activity activities transfer airport seat bus train movie show doctor product
        inventory stock item
    """,
    _C.HISTORY: """
        history historical log logs audit version revision snapshot backup archived draft temp tmp event
        moved previous former old
    """,
    _C.PART: """
        line lines item items row detail details member companion additional allocation assignment extension
    """,
    _C.RULE: """
        rule rules policy template plan season tariff option pricing restriction calendar block blocked
        request waitlist waiting inquiry enquiry query quote
    """,
    _C.REVIEW: """
        review reviews feedback rating survey complaint wishlist favorite favourite testimonial notification
        alert
    """,
}

#: Folded word → what it may mean.
MEANINGS: dict[str, frozenset[Concept]] = {}
for _concept, _words in _WORDS.items():
    for _word in _words.split():
        MEANINGS[_word] = MEANINGS.get(_word, frozenset()) | {_concept}
