// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { article } from "../../../article.ts";
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  account: {
    title: "Utente",
    email: "E-mail",
    since: "Registrazione"
  },
  display: {
    title: "Aspetto",
    note: "Salvato in questo browser.",
    timeZone: "Fuso orario",
    timeZoneNote: "Per orari come “Ultima sincronizzazione”. I giorni dei consumi sono sempre in UTC, come su OpenRouter.",
    utc: "UTC",
    local: (d) => "Questo browser: " + d.zone,
    example: (d) => "Ora: " + d.instant + ".",
    shortcuts: "Scorciatoie a tasto singolo",
    on: "Attive",
    off: "Disattivate",
    shortcutsNote: (d) => d.keys + " selezionano un periodo, " + d.list + " mostra tutte le scorciatoie."
  },
  password: {
    title: "Cambia password",
    note: "Le altre sessioni vengono disconnesse. Questa resta attiva.",
    current: "Password attuale",
    next: "Nuova password",
    repeat: "Conferma nuova password",
    submit: "Cambia password",
    changed: "Password cambiata. Le altre sessioni sono state disconnesse.",
    setTitle: "Imposta una password",
    setNote: "Non hai ancora una password. Con una password puoi accedere anche senza il provider di accesso.",
    setSubmit: "Imposta password",
    set: "Password impostata. Le altre sessioni sono state disconnesse."
  },
  data: {
    title: "I tuoi dati",
    note: "Un file JSON con il tuo utente, i nomi e i valori mascherati di chiavi e token API, le sessioni e tutti i consumi. Non contiene chiavi né token.",
    download: "Scarica i miei dati",
    downloading: "Raccolta dei dati in corso…",
    downloaded: "I tuoi dati sono stati scaricati."
  },
  removal: {
    heading: "Elimina il tuo utente e tutti i dati",
    note: "Elimina il tuo utente con tutte le chiavi, i consumi, i token API e le sessioni. L’operazione non si può annullare.",
    action: "Elimina utente…",
    title: "Eliminare il tuo utente e tutti i dati?",
    body: "Il tuo utente, le chiavi, i consumi, i token API e le sessioni vengono eliminati definitivamente. I backup del server li conservano finché non vengono sostituiti. Su OpenRouter le tue chiavi continuano a funzionare.",
    email: (d) => "Scrivi " + d.email + " per confermare",
    notEmail: "Non è il tuo indirizzo e-mail.",
    submit: "Elimina utente e tutti i dati",
    withTeams: "Elimina anche questi team",
    withTeamsHint: "Con tutte le chiavi, i consumi e i token API, per tutti i membri. Per conservarne uno, prima cedilo."
  },
  twoFactor: {
    title: "Autenticazione a due fattori",
    off: "Disattivata. Per accedere basta la password.",
    on: (d) => "Attiva " + article(d.since, "it", (" dal").trim()) + ". Per accedere con la password serve " + select(d["with"], { code: "un codice dell’app di autenticazione", passkey: "una passkey", other: "una passkey o un codice dell’app di autenticazione" }) + ".",
    codesLeft: (d) => plural(d.count, 0, it, { one: "Resta " + number("it", d.count, 0) + " codice di recupero", other: "Restano " + number("it", d.count, 0) + " codici di recupero" }),
    fewLeft: "Crea nuovi codici di recupero prima di esaurirli.",
    enable: "Attiva…",
    renew: "Nuovi codici di recupero…",
    disable: "Disattiva…",
    disabled: "L’autenticazione a due fattori è disattivata.",
    enabled: "L’autenticazione a due fattori è attiva. Le altre sessioni sono state disconnesse.",
    addApp: "Aggiungi un’app di autenticazione…",
    removeApp: "Rimuovi l’app di autenticazione…",
    appRemoved: "App di autenticazione rimossa. L’autenticazione a due fattori resta attiva con le tue passkey.",
    offWithoutPassword: "Disattivata. Basta accedere al tuo provider."
  },
  setup: {
    title: "Attiva l’autenticazione a due fattori",
    passwordLead: "Inserisci prima la password.",
    next: "Continua",
    scanLead: "Scansiona il codice QR con l’app di autenticazione oppure inserisci nell’app la chiave di configurazione. Poi inserisci il codice mostrato dall’app.",
    qr: "Codice QR con la chiave di configurazione",
    secret: "Chiave di configurazione",
    submit: "Attiva",
    appLead: "Nel prossimo passaggio scansioni un codice QR con l’app di autenticazione."
  },
  codes: {
    title: "I tuoi codici di recupero",
    lead: "Ogni codice permette un accesso quando non hai l’app di autenticazione o la passkey. Vengono mostrati solo ora: conservali in un posto diverso.",
    list: "Codici di recupero",
    download: "Salva come file",
    file: (d) => "codici di recupero orwatch di " + d.email,
    saved: "Li ho salvati",
    unsaved: "Non hai copiato né salvato i codici. Senza, se perdi il dispositivo non potrai più accedere. Premi di nuovo per uscire comunque.",
    renewTitle: "Creare nuovi codici di recupero?",
    renewLead: "I codici precedenti smettono di funzionare.",
    renewSubmit: "Crea nuovi codici"
  },
  turnOff: {
    title: "Disattivare l’autenticazione a due fattori?",
    lead: "Per accedere basterà la password e i codici di recupero verranno eliminati.",
    submit: "Disattiva",
    appTitle: "Rimuovere l’app di autenticazione?",
    appLead: "I suoi codici smettono di funzionare. L’autenticazione a due fattori resta attiva con le tue passkey.",
    appSubmit: "Rimuovi",
    leadWithoutPassword: "Basterà accedere al tuo provider e i tuoi codici di recupero vengono eliminati."
  },
  sessions: {
    title: "Sessioni",
    lead: "I dispositivi su cui hai effettuato l’accesso. Disconnetti quelli che non riconosci, poi cambia la password.",
    current: "Sessione attuale",
    unknownApp: "Client sconosciuto",
    device: (d) => d.app + " su " + d.system,
    from: (d) => "da " + d.address,
    used: "Ultimo uso:",
    since: "accesso:",
    end: "Disconnetti",
    endSession: (d) => "Disconnetti " + d.device,
    endOthers: "Disconnetti tutte le altre sessioni",
    ended: "Sessione disconnessa.",
    othersEnded: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " altra sessione disconnessa.", other: "Altre " + number("it", d.count, 0) + " sessioni disconnesse." })
  },
  activity: {
    title: "Registro attività",
    lead: "Le tue modifiche e i tuoi accessi nell’ultimo anno. Se vedi qualcosa che non hai fatto tu, cambia la password, disconnetti le altre sessioni ed elimina i token API e i canali che non riconosci.",
    times: (d) => plural(d.count, 0, it, { one: "una volta", other: number("it", d.count, 0) + " volte" }),
    by: {
      owner: "",
      stranger: "senza accesso",
      administrator: "dall’amministratore",
      operator: "dalla riga di comando del server",
      server: "dal server"
    }
  },
  passkeys: {
    title: "Passkey",
    lead: "Accedi con impronta, volto o chiave di sicurezza. La prima passkey attiva l’autenticazione a due fattori.",
    add: "Aggiungi una passkey",
    added: "Passkey aggiunta.",
    since: (d) => "Aggiunta " + article(d.instant, "it", (" il").trim()),
    used: "ultimo uso:",
    neverUsed: "mai usata",
    elsewhere: (d) => "vale per " + d.host,
    unavailable: "Le passkey funzionano in un browser che le supporta, a un indirizzo https:// con un nome host oppure con localhost.",
    rename: "Rinomina",
    renameOne: (d) => "Rinomina " + d.name,
    renameTitle: "Rinomina la passkey",
    name: "Nome",
    save: "Salva",
    renamed: "Passkey rinominata.",
    remove: "Rimuovi",
    removeOne: (d) => "Rimuovi " + d.name,
    removeTitle: (d) => "Rimuovere la passkey " + d.name + "?",
    removeLead: "Non permetterà più di accedere. Eliminala anche sul dispositivo o nel gestore di password.",
    removeLast: "È il tuo unico secondo fattore: l’autenticazione a due fattori viene disattivata, per accedere basterà la password e i codici di recupero vengono eliminati.",
    removeLastWithoutPassword: "È il tuo unico secondo fattore: l’autenticazione a due fattori viene disattivata, per accedere basterà il tuo provider e i codici di recupero vengono eliminati.",
    removed: "Passkey rimossa."
  },
  email: {
    change: "Cambia indirizzo e-mail…",
    title: "Cambia indirizzo e-mail",
    lead: "Inviamo un link al vecchio e uno al nuovo indirizzo. L’indirizzo cambia dopo che entrambi sono stati usati.",
    next: "Nuovo indirizzo e-mail",
    submit: "Invia i link",
    sent: "Cerca i link in entrambe le caselle di posta.",
    pendingTitle: (d) => "In attesa di " + d.email,
    pendingBody: (d) => "Apri i link nelle e-mail inviate a " + d.before + " e " + d.after + " entro 30 minuti.",
    cancel: "Annulla il cambio",
    cancelled: "Il cambio è stato annullato."
  },
  identities: {
    title: "Provider di accesso",
    lead: (d) => "Accedi a orwatch con il tuo utente di " + d.name + ".",
    leadNone: "I modi di accedere che hai collegato.",
    connect: (d) => "Collega " + d.name,
    used: "ultimo uso",
    never: "non ancora usato",
    since: "collegato",
    inactive: "Questo provider non è più configurato su questo server.",
    lastWay: "È il tuo unico modo di accedere. Imposta una password o aggiungi una passkey prima di scollegarlo.",
    disconnect: "Scollega",
    disconnectName: (d) => "Scollega " + d.name + " (" + d.email + ")",
    removalTitle: (d) => "Scollegare " + d.name + "?",
    removalLead: (d) => "Non potrai più accedere con " + d.email + ". Le altre sessioni avviate in questo modo terminano.",
    disconnected: (d) => d.name + " scollegato.",
    failed: "Non collegato"
  }
}
