// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  app: "orwatch",
  skip: "Vai al contenuto",
  navigation: "Navigazione principale",
  commands: "Comandi",
  unknown: "Sconosciuto",
  never: "Mai",
  legend: "– significa sconosciuto, 0 significa nessuno.",
  close: "Chiudi",
  cancel: "Annulla",
  loading: "Caricamento",
  updating: "Aggiornamento in corso",
  total: "Totale",
  dismiss: "Chiudi",
  copy: "Copia",
  copyItem: (d) => "Copia: " + d.item,
  copied: "Copiato",
  notCopied: "Il browser ha bloccato la copia. Seleziona il testo e copialo manualmente.",
  required: (d) => d.field + ": campo obbligatorio.",
  optional: "facoltativo",
  rows: (d) => number("it", d.from, 0) + "–" + number("it", d.to, 0) + " di " + number("it", d.total, 0),
  pages: "Pagine",
  previousPage: "Precedente",
  nextPage: "Successiva",
  language: "Lingua",
  nav: {
    dashboard: "Panoramica",
    explore: "Esplora",
    keys: "Chiavi",
    accounts: "Account OpenRouter",
    alerts: "Avvisi",
    unread: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " notifica non letta", other: number("it", d.count, 0) + " notifiche non lette" }),
    tokens: "Token API",
    team: "Team",
    jobs: "Processi",
    profile: "Profilo",
    user: "Utente",
    users: "Utenti",
    logOut: "Esci"
  },
  theme: {
    label: "Tema",
    light: "Chiaro",
    dark: "Scuro",
    system: "Sistema"
  },
  errors: {
    title: "Impossibile caricare la pagina",
    network: "orwatch non ha risposto. I tuoi dati sono al sicuro. Controlla che il server sia in esecuzione, poi riprova.",
    unsure: "Non è arrivata nessuna risposta. La modifica potrebbe essere stata salvata oppure no: controlla prima di riprovare.",
    unexpected: "Si è verificato un errore in questa pagina. I tuoi dati sono al sicuro. Ricarica la pagina.",
    serverClock: "L’orologio del server è sbagliato. I consumi seguono i giorni di OpenRouter. Chiedi all’amministratore di questo server di correggerlo.",
    lost: "orwatch non risponde. I tuoi dati sono al sicuro. La pagina riprende appena il server torna disponibile.",
    offline: "Sei offline. I tuoi dati sono al sicuro. La pagina riprende appena torni online.",
    signedOut: "La sessione è scaduta. Accedi di nuovo, poi riprova.",
    tooMany: (d) => "Troppi tentativi. Riprova tra " + plural(d.seconds, 0, it, { one: number("it", d.seconds, 0) + " secondo", other: number("it", d.seconds, 0) + " secondi" }) + ", alle " + d.time + ".",
    retry: "Riprova",
    home: "Vai alla panoramica",
    requestId: (d) => "ID richiesta: " + d.id
  },
  notFound: {
    title: "Pagina non trovata",
    body: "L’indirizzo potrebbe contenere un errore, oppure la pagina è stata rimossa."
  },
  team: {
    label: "Team",
    current: "Team:",
    "switch": "Cambia team",
    personal: "Personale",
    "new": "Nuovo team",
    manage: "Membri e impostazioni",
    roles: {
      owner: "Proprietario",
      admin: "Amministratore",
      editor: "Editor",
      viewer: "Visualizzatore"
    },
    needs: (d) => select(d.role, { owner: "Possono farlo solo i proprietari di questo team.", admin: "Possono farlo solo i proprietari e gli amministratori di questo team.", editor: "I visualizzatori non possono farlo. Chiedi il ruolo di editor a un proprietario o amministratore del team.", other: "Possono farlo solo i membri di questo team." }),
    missingTitle: "Non fai parte di questo team",
    missingBody: "Non sei membro di questo team, oppure il team non esiste più. Chiedi a uno dei membri di invitarti.",
    toOwn: "Vai al mio team",
    signedInAs: (d) => "Hai effettuato l’accesso come " + d.email + "."
  }
}
