/**
 * What notices and the messages that carry them say, sentence by sentence: `{1}` is the first part that is kept. A longer sentence
 * comes before one that would match its beginning.
 */
export const NOTICES_IN_ITALIAN: (readonly [english: string, italian: string])[] = [
  ["Spend of {whose} on {day}: {money}, above {money}.", "Spesa {1} il {2}: {3}, oltre {4}."],
  [
    "Spend of {whose} in the week of {day}: {money}, above {money}.",
    "Spesa {1} nella settimana dal {2}: {3}, oltre {4}.",
  ],
  ["Spend of {whose} in {day}: {money}, above {money}.", "Spesa {1} nel mese {2}: {3}, oltre {4}."],
  [
    "Spend of {whose} on {weekday} {day}: {money}, {number} times the usual {money}.",
    "Spesa {1} {2} {3}: {4}, {5} volte i soliti {6}.",
  ],
  [
    "Spend of {whose} on {weekday} {day}: {money}, where usually nothing is spent.",
    "Spesa {1} {2} {3}: {4}, quando di solito non si spende nulla.",
  ],
  [
    "Key {name} has used {number} % of its limit of {money} ({money} left).",
    "La chiave “{1}” ha usato il {2}% del suo limite di {3} (restano {4}).",
  ],
  [
    "Key {name} has used {number} % of its {reset} limit of {money} ({money} left).",
    "La chiave “{1}” ha usato il {2}% del suo limite {3} di {4} (restano {5}).",
  ],
  [
    "Key {name} has used {number} % of its limit of {money} (over it by {money}).",
    "La chiave “{1}” ha usato il {2}% del suo limite di {3} (superato di {4}).",
  ],
  [
    "Key {name} has used {number} % of its {reset} limit of {money} (over it by {money}).",
    "La chiave “{1}” ha usato il {2}% del suo limite {3} di {4} (superato di {5}).",
  ],
  [
    "Key {name} is below {number} % of its limit again: {number} % of {money}.",
    "La chiave “{1}” è di nuovo sotto il {2}% del suo limite: {3}% di {4}.",
  ],
  ["Key {name} no longer has a limit.", "La chiave “{1}” non ha più un limite."],
  [
    "Account credits seen by {name}: {money} left, below {money}.",
    "Crediti dell’account visti da “{1}”: restano {2}, meno di {3}.",
  ],
  [
    "Account credits seen by {name}: {money} again, no longer below {money}.",
    "Crediti dell’account visti da “{1}”: di nuovo {2}, non più meno di {3}.",
  ],
  [
    "Key {name}: OpenRouter now reports {money} less than before for {text}. What was stored stays until OpenRouter confirms it.",
    "Chiave “{1}”: OpenRouter ora riporta {2} in meno di prima per {3}. Quanto era registrato resta finché OpenRouter non lo conferma.",
  ],
  [
    "Key {name}: OpenRouter's answer is dated {text}; no usage was taken from it.",
    "Chiave “{1}”: la data della risposta di OpenRouter non è quella attesa ({2}); non ne è stato preso alcun utilizzo.",
  ],
  [
    "Key {name}: OpenRouter's counters contradict each other {text}; they were not used.",
    "Chiave “{1}”: i contatori di OpenRouter si contraddicono; non sono stati usati.",
  ],
  ["OpenRouter no longer accepts key {name}.", "OpenRouter non accetta più la chiave “{1}”."],
  ["OpenRouter no longer accepts key {name}. {rest}", "OpenRouter non accetta più la chiave “{1}”. {2}"],
  ["OpenRouter accepts key {name} again.", "OpenRouter accetta di nuovo la chiave “{1}”."],
  ["Key {name} expires.", "La chiave “{1}” scade."],
  ["Key {name} has expired on {time}.", "La chiave “{1}” è scaduta il {2}."],
  ["Key {name} expires within a day, on {time}.", "La chiave “{1}” scade entro un giorno, il {2}."],
  ["Key {name} expires in 1 day, on {time}.", "La chiave “{1}” scade fra 1 giorno, il {2}."],
  ["Key {name} expires in {number} days, on {time}.", "La chiave “{1}” scade fra {2} giorni, il {3}."],
  ["Key {name} no longer expires within {number} days.", "La chiave “{1}” non scade più entro {2} giorni."],
  ["Key {name} has not synced for {number} hours or more.", "La chiave “{1}” non si sincronizza da almeno {2} ore."],
  [
    "Key {name} has not synced for {number} hours or more, since {time}.",
    "La chiave “{1}” non si sincronizza da almeno {2} ore, dal {3}.",
  ],
  [
    "Key {name} has not synced for {number} hours or more. {rest}",
    "La chiave “{1}” non si sincronizza da almeno {2} ore. {3}",
  ],
  [
    "Key {name} has not synced for {number} hours or more, since {time}. {rest}",
    "La chiave “{1}” non si sincronizza da almeno {2} ore, dal {3}. {4}",
  ],
  ["Key {name} syncs again.", "La chiave “{1}” si sincronizza di nuovo."],
  [
    "The rule {name} watches a key that was deleted: {name}. It watches nothing any more.",
    "La regola “{1}” sorveglia una chiave che è stata eliminata: “{2}”. Non sorveglia più nulla.",
  ],
  [
    "The rule {name} watches a key that was deleted: {name}. It goes on for its other keys.",
    "La regola “{1}” sorveglia una chiave che è stata eliminata: “{2}”. Continua per le altre chiavi.",
  ],
  [
    "1 message was held back by your maximum of {number} a day.",
    "1 messaggio è stato trattenuto dal tuo massimo di {1} al giorno.",
  ],
  [
    "{number} messages were held back by your maximum of {number} a day.",
    "{1} messaggi sono stati trattenuti dal tuo massimo di {2} al giorno.",
  ],
  ["And {number} more, too many to list.", "E altri {1}, troppi da elencare."],
  ["{counts}", "{1}"],
  ["{counts}: {text}", "{1}: {2}"],
  ["The channel {name} was switched off", "Il canale “{1}” è stato disattivato"],
  [
    "{rest} Test the channel and switch it on again when it works.",
    "{1} Prova il canale e riattivalo quando funziona.",
  ],
  ["The receiver says that it is gone for good.", "Il destinatario dice di non esserci più."],
  ["For a day nothing came through. {rest}", "Per un giorno non è passato nulla. {1}"],
  ["{text} answered with status {number}.", "{1} ha risposto con lo stato {2}."],
  ["{text} does not accept connections.", "{1} non accetta connessioni."],
  ["{text} did not answer within {number} s.", "{1} non ha risposto entro {2} s."],
  ["The name {text} cannot be found.", "Il nome {1} non si trova."],
  ["The mail server cannot be reached.", "Il server di posta non è raggiungibile."],
  ["The mail server did not answer in time.", "Il server di posta non ha risposto in tempo."],
  ["The mail server refused the e-mail (status {number}).", "Il server di posta ha rifiutato l’e-mail (stato {1})."],
  [
    "OpenRouter refuses it since {time}: it was deleted, disabled or has expired.",
    "OpenRouter la rifiuta dal {1}: è stata eliminata, disattivata o è scaduta.",
  ],
  ["OpenRouter refuses it since {time}: it was deleted there.", "OpenRouter la rifiuta dal {1}: lì è stata eliminata."],
  ["OpenRouter cannot be reached.", "OpenRouter non è raggiungibile."],
  [
    "A web page came instead of an answer of OpenRouter's API (status {number}); the administrator of this server should check OPENROUTER_API_URL.",
    "Al posto di una risposta dell’API di OpenRouter è arrivata una pagina web (stato {1}); chi amministra questo server dovrebbe controllare OPENROUTER_API_URL.",
  ],
  [
    "OpenRouter cannot be reached: the proxy does not answer; check HTTPS_PROXY and HTTP_PROXY.",
    "OpenRouter non è raggiungibile: il proxy non risponde; controlla HTTPS_PROXY e HTTP_PROXY.",
  ],
  [
    "OpenRouter cannot be reached: the proxy answered with status {number}; check HTTPS_PROXY and HTTP_PROXY.",
    "OpenRouter non è raggiungibile: il proxy ha risposto con lo stato {1}; controlla HTTPS_PROXY e HTTP_PROXY.",
  ],
  [
    "{text} leads into a private network or to this server itself, which it does not send to; its administrator can permit the network in ALLOW_PRIVATE_WEBHOOKS.",
    "{1} porta in una rete privata o a questo stesso server, dove non invia; chi lo amministra può consentire la rete in ALLOW_PRIVATE_WEBHOOKS.",
  ],
  ["OpenRouter has a fault of its own (status {number}).", "OpenRouter ha un guasto suo (stato {1})."],
  ["orwatch reaches you here", "orwatch ti raggiunge qui"],
  [
    "This is the test you asked for. Nothing happened to your keys.",
    "Questa è la prova che hai chiesto. Alle tue chiavi non è successo nulla.",
  ],
  ["{number} is your code", "{1} è il tuo codice"],
  [
    "Enter it in orwatch to have notices sent to this address. It is valid for 30 minutes.",
    "Scrivilo in orwatch per ricevere gli avvisi a questo indirizzo. Vale 30 minuti.",
  ],
  [
    "If you did not ask for it, do nothing: no other e-mail will come.",
    "Se non l’hai chiesto, non fare nulla: non arriveranno altre e-mail.",
  ],
  ["Open orwatch", "Apri orwatch"],
  ["… and {number} more", "… e altri {1}"],
  ["Which e-mails come is set in orwatch, under Alerts.", "Quali e-mail arrivano si sceglie in orwatch, in Avvisi."],
  ["To stop or change these e-mails", "Per fermare o cambiare queste e-mail"],
  ["Stop or change these e-mails", "Ferma o cambia queste e-mail"],
  ["Stop the weekly digest", "Ferma il riepilogo settimanale"],
  ["The database is damaged", "Il database è danneggiato"],
  [
    "The database of this server is damaged, so numbers may be missing and pages fail. Stop the server and restore the newest copy: npm run restore",
    "Il database di questo server è danneggiato: possono mancare dei numeri e alcune pagine non funzionare. Ferma il server e ripristina la copia più recente: npm run restore",
  ],
  ["The password of your account was changed", "La password del tuo account è stata cambiata"],
  ["The password of your account was reset", "La password del tuo account è stata reimpostata"],
  ["The second factor of your account was switched on", "Il secondo fattore del tuo account è stato attivato"],
  ["The second factor of your account was switched off", "Il secondo fattore del tuo account è stato disattivato"],
  ["The recovery codes of your account were replaced", "I codici di recupero del tuo account sono stati sostituiti"],
  [
    "Wrong codes were entered for your account, after the right password",
    "Per il tuo account sono stati inseriti codici sbagliati, dopo la password giusta",
  ],
  ["A notification channel was added to your account", "Al tuo account è stato aggiunto un canale di notifica"],
  ["A notification channel of your account was changed", "Un canale di notifica del tuo account è stato modificato"],
  ["{rest}, from the command line of the server. {rest}", "{1}, dalla riga di comando del server. {2}"],
  [
    "{rest}, from {text}. If that was not you, change your password, end your other sessions, and look for API tokens and channels that you do not know; if you cannot log in, ask who runs this server.",
    "{1}, da {2}. Se non sei stato tu, cambia la password, termina le altre sessioni e controlla se ci sono token API e canali che non riconosci; se non riesci ad accedere, chiedi a chi gestisce questo server.",
  ],
  [
    "If that was not you, change your password, end your other sessions, and look for API tokens and channels that you do not know; if you cannot log in, ask who runs this server.",
    "Se non sei stato tu, cambia la password, termina le altre sessioni e controlla se ci sono token API e canali che non riconosci; se non riesci ad accedere, chiedi a chi gestisce questo server.",
  ],
  // Notices of earlier versions.
  [
    "{rest}, from {text}. If that was not you, change your password and end your other sessions; if you cannot log in, ask who runs this server.",
    "{1}, da {2}. Se non sei stato tu, cambia la password e termina le altre sessioni; se non riesci ad accedere, chiedi a chi gestisce questo server.",
  ],
  [
    "If that was not you, change your password and end your other sessions; if you cannot log in, ask who runs this server.",
    "Se non sei stato tu, cambia la password e termina le altre sessioni; se non riesci ad accedere, chiedi a chi gestisce questo server.",
  ],
];
