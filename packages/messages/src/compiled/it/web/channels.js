// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
import { article } from "../../../article.ts";
export default {
  title: "Canali",
  lead: "Dove vengono inviate le notifiche, oltre che qui.",
  add: "Aggiungi canale",
  emptyTitle: "Ancora nessun canale",
  emptyBody: "Le notifiche restano in orwatch. Aggiungi e-mail, Slack, Discord, Telegram, ntfy o un webhook per riceverle altrove.",
  count: (d) => number("it", d.count, 0) + " di " + number("it", d.limit, 0),
  full: (d) => "Hai raggiunto il limite di " + plural(d.limit, 0, it, { one: number("it", d.limit, 0) + " canale", other: number("it", d.limit, 0) + " canali" }) + ". Eliminane uno per aggiungerne un altro.",
  kinds: {
    email: "E-mail",
    webhook: "Webhook",
    slack: "Slack",
    discord: "Discord",
    telegram: "Telegram",
    ntfy: "ntfy"
  },
  status: {
    ok: "Funzionante",
    failing: "Con errori",
    unconfirmed: "Da confermare",
    off: "Disattivato",
    untried: "Non ancora usato"
  },
  lastDelivered: (d) => "Ultima consegna " + d.ago,
  alerts: "Avvisi",
  digest: "Riepilogo settimanale",
  receives: (d) => "Riceve: " + d.what,
  receivesNothing: "Non riceve nulla",
  actionsFor: (d) => "Azioni per " + d.name,
  test: "Invia messaggio di prova",
  confirm: "Inserisci il codice",
  edit: "Modifica",
  turnOn: "Attiva",
  turnOff: "Disattiva",
  rotate: "Sostituisci segreto di firma",
  history: "Vedi gli invii",
  remove: "Elimina",
  gone: (d) => d.name + " è stato eliminato in un’altra scheda o da un client API.",
  done: {
    testing: (d) => "Invio di un messaggio di prova a " + d.name + "…",
    tested: (d) => "Il messaggio di prova ha raggiunto " + d.name + ".",
    notTested: (d) => "Il messaggio di prova non ha raggiunto " + d.name + ": " + d.reason,
    turnedOn: (d) => d.name + " è stato attivato.",
    turnedOff: (d) => d.name + " è stato disattivato.",
    saved: (d) => d.name + " è stato salvato.",
    confirmed: (d) => d.name + " è stato confermato.",
    removed: (d) => d.name + " è stato eliminato."
  },
  removal: {
    title: (d) => "Eliminare il canale " + d.name + "?",
    body: "A questo canale non verranno più inviati messaggi e l’elenco dei suoi invii verrà eliminato. Le notifiche restano in orwatch.",
    submit: "Elimina canale"
  },
  rotation: {
    title: (d) => "Sostituire il segreto di firma di " + d.name + "?",
    body: "Per un giorno i messaggi sono firmati sia con il nuovo segreto sia con quello precedente, così nulla va perso durante il passaggio.",
    submit: "Sostituisci segreto"
  },
  form: {
    addTitle: "Aggiungi un canale",
    editTitle: (d) => "Modifica " + d.name,
    kind: "Tipo",
    name: "Nome",
    address: "Indirizzo e-mail",
    addressHint: "A questo indirizzo viene inviato un codice di 6 cifre. Nient’altro finché non lo inserisci.",
    noEmail: "Questo server non può inviare e-mail. L’amministratore deve impostare SMTP_URL e MAIL_FROM.",
    url: "URL",
    urlHints: {
      webhook: "I messaggi vengono inviati come JSON tramite POST, firmati secondo Standard Webhooks.",
      slack: "Un webhook in entrata: https://hooks.slack.com/services/…",
      discord: "Nelle impostazioni del canale, in Integrazioni › Webhook."
    },
    server: "Server",
    serverHints: {
      telegram: "Predefinito: https://api.telegram.org",
      ntfy: "Predefinito: https://ntfy.sh"
    },
    botToken: "Token del bot",
    botTokenHint: "Da BotFather. Salvato cifrato e mai più mostrato.",
    chatId: "Chat",
    chatIdHint: "L’ID della chat o il @nome di un canale. Il bot deve farne parte.",
    threadId: "Numero dell’argomento",
    threadIdHint: "Per i gruppi con argomenti: il numero dopo la chat nel link all’argomento, per esempio 42 in t.me/c/1234567890/42.",
    threadIdBad: "Inserisci il numero dell’argomento o lascia vuoto.",
    keep: "Lascia vuoto per mantenere il valore attuale.",
    topic: "Topic",
    topicHint: "Chiunque conosca il topic può leggerne i messaggi. Scegline uno difficile da indovinare.",
    accessToken: "Token di accesso",
    what: "Riceve",
    language: "Lingua dei messaggi",
    submitAdd: "Aggiungi canale",
    submitEdit: "Salva"
  },
  signing: {
    title: "Salva subito questo segreto di firma",
    lead: (d) => "Viene mostrato solo ora. Il destinatario di " + d.name + " lo usa per verificare i messaggi.",
    label: "Segreto di firma",
    saved: "L’ho salvato",
    unsaved: "Non hai copiato il segreto e non potrà essere mostrato di nuovo. Chiudi ancora per uscire senza.",
    until: (d) => "Il segreto precedente vale fino " + article(d.when, "it", (" al").trim()) + "."
  },
  code: {
    title: (d) => "Inserisci il codice inviato a " + d.address,
    lead: "Ha 6 cifre ed è nell’e-mail appena inviata.",
    label: "Codice",
    submit: "Conferma",
    again: "Invia un nuovo codice",
    sentAgain: "È stato inviato un nuovo codice.",
    bad: "Inserisci le 6 cifre del codice."
  },
  deliveries: {
    show: "Mostra",
    all: "Tutti",
    states: {
      waiting: "In attesa",
      sending: "In corso",
      delivered: "Consegnato",
      failed: "Non riuscito",
      dropped: "Annullato"
    },
    message: "Messaggio",
    status: "Stato",
    created: "Creato",
    actions: "Azioni",
    channel: "Canale",
    allChannels: "Tutti i canali",
    attempts: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " tentativo", other: number("it", d.count, 0) + " tentativi" }),
    next: (d) => "prossimo " + article(d.when, "it", (" il").trim()),
    response: "Risposta",
    responseStatus: (d) => "Risposta con stato " + d.status,
    retry: "Invia di nuovo",
    retryThis: (d) => "Invia di nuovo: " + d.title,
    retried: "Nuovo invio in corso.",
    emptyTitle: "Ancora nessun invio",
    emptyBody: "Qui vedrai i messaggi ai tuoi canali, con i tentativi e la risposta.",
    emptyFiltered: "Nessun invio corrisponde ai filtri."
  }
}
