// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  lead: (d) => "Sei " + select(d.role, { owner: "proprietario", admin: "amministratore", editor: "editor", other: "visualizzatore" }) + " di " + d.team + ". I membri vedono le stesse chiavi, gli stessi consumi e gli stessi avvisi.",
  partsLabel: "Parti del team",
  parts: {
    members: "Membri",
    settings: "Impostazioni",
    activity: "Attività"
  },
  invite: "Invita",
  name: "Nome del team",
  members: "Membri",
  member: "Membro",
  count: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " membro", other: number("it", d.count, 0) + " membri" }),
  search: "Cerca membri",
  noMatch: "Nessun membro ha questo testo nell’indirizzo.",
  lastSeen: "Ultima attività",
  secondFactor: "2FA",
  factorOn: "2FA attiva",
  factorOff: "2FA non attiva",
  role: "Ruolo",
  roleOf: (d) => "Ruolo di " + d.email,
  roleHints: {
    owner: "Può fare tutto, anche eliminare il team e gestirne i proprietari.",
    admin: "Gestisce chiavi, account OpenRouter, token API, canali e membri.",
    editor: "Sincronizza e modifica regole degli avvisi, progetti, viste salvate e annotazioni. Non gestisce chiavi né membri.",
    viewer: "Vede tutto del team e può esportarlo. Non modifica nulla."
  },
  roleChanged: (d) => d.email + " ora è " + select(d.role, { owner: "proprietario", admin: "amministratore", editor: "editor", other: "visualizzatore" }) + ".",
  you: "Tu",
  deactivated: "Disattivato",
  actions: "Azioni",
  ownRole: {
    title: (d) => "Cambiare il tuo ruolo in " + d.role + "?",
    body: "Potresti non poter più fare ciò che il tuo ruolo attuale consente, e solo un altro proprietario o amministratore potrà ridartelo.",
    submit: "Cambia il mio ruolo"
  },
  removal: {
    action: "Rimuovi membro",
    member: (d) => "Rimuovi " + d.email,
    title: (d) => "Rimuovere " + d.email + " dal team?",
    body: "L’accesso termina subito, insieme ai token API e agli inviti creati da questo membro nel team. Chiavi e consumi restano.",
    done: (d) => d.email + " non fa più parte del team."
  },
  creation: {
    lead: "Un team ha chiavi, consumi, avvisi e token API propri, condivisi dai suoi membri.",
    hint: "Ad esempio il nome della tua azienda o del tuo reparto",
    submit: "Crea team"
  },
  invitation: {
    title: "Invita nel team",
    lead: "Ottieni un link che funziona una volta sola, entro sette giorni. I nuovi utenti possono usarlo per registrarsi anche se la registrazione è chiusa.",
    email: "E-mail",
    emailHint: "Solo questo indirizzo potrà usare il link. Se il server invia e-mail, il link viene anche spedito.",
    submit: "Crea link",
    createdTitle: "Invia questo link",
    created: (d) => "Chiunque abbia il link può entrare come " + select(d.role, { owner: "proprietario", admin: "amministratore", editor: "editor", other: "visualizzatore" }) + " fino a questo momento: " + d.until + ". Viene mostrato una volta sola.",
    createdFor: (d) => d.email + " può entrare con il link come " + select(d.role, { owner: "proprietario", admin: "amministratore", editor: "editor", other: "visualizzatore" }) + " fino a questo momento: " + d.until + ". Viene mostrato una volta sola.",
    link: "Link di invito",
    emailed: (d) => "Il link è anche in arrivo a " + d.email + ".",
    unsaved: "Non hai copiato il link e non potrà essere mostrato di nuovo. Chiudi ancora per uscire senza.",
    saved: "Fatto"
  },
  invitations: {
    title: "Inviti in sospeso",
    empty: "Nessun invito in sospeso.",
    "for": "Per",
    anyone: "Chiunque abbia il link",
    by: (d) => "Invito di " + d.email,
    expires: "Valido fino a",
    expired: "Scaduto",
    revoke: "Revoca",
    revokeFor: (d) => "Revoca l’invito: " + d.who,
    revokeTitle: "Revocare questo invito?",
    revokeBody: (d) => "Il link smette subito di funzionare. Era per: " + d.who + ".",
    revoked: "Invito revocato.",
    gone: "L’invito era già stato usato o revocato."
  },
  settings: {
    title: "Generali",
    personalHint: "Il tuo team personale: questo nome è visibile solo agli altri membri.",
    save: "Salva",
    saved: "Impostazioni salvate.",
    require: "Richiedi l’autenticazione a due fattori",
    requireHint: "I membri che non la usano non accedono a questo team finché non l’hanno configurata.",
    required: "L’autenticazione a due fattori ora è obbligatoria.",
    notRequired: "L’autenticazione a due fattori non è più obbligatoria.",
    forYou: "Per te",
    "default": "Apri questo team per primo",
    defaultHint: "Dopo l’accesso e per i link che non indicano un team.",
    danger: "Lascia, cedi o elimina",
    requireOwn: "Tu non la usi ancora: subito dopo ti verrà chiesto di configurarla."
  },
  leaving: {
    action: "Lascia il team",
    note: "Perdi l’accesso a questo team. Per tornare serve l’invito di un altro membro.",
    title: (d) => "Lasciare " + d.team + "?",
    body: "Il tuo accesso termina subito, insieme ai token API e agli inviti che hai creato in questo team. Per tornare serve l’invito di un altro membro."
  },
  handOver: {
    action: "Cedi…",
    note: "Rende proprietario un altro membro. Resti nel team come amministratore.",
    title: (d) => "Cedere " + d.team + "?",
    body: "Il membro diventa proprietario e tu amministratore. Solo un proprietario potrà ridarti il ruolo.",
    personalBody: "Il membro diventa proprietario di questo team, con tutte le chiavi e i consumi, e tu amministratore. Ricevi un nuovo team personale vuoto.",
    to: "Nuovo proprietario",
    noMembers: "Il team non ha altri membri attivi. Prima invitane uno.",
    submit: "Cedi",
    done: "Il team è stato ceduto. Ora sei amministratore."
  },
  deletion: {
    action: "Elimina il team",
    note: "Elimina il team con tutte le chiavi, i consumi, gli avvisi, i canali e i token API.",
    title: (d) => "Eliminare " + d.team + "?",
    body: "Chiavi, consumi, avvisi, canali e token API vengono eliminati per tutti i membri. L’operazione non si può annullare. Le chiavi su OpenRouter continuano a funzionare.",
    typeName: (d) => "Scrivi " + d.team + " per confermare",
    notName: "Questo non è il nome del team."
  },
  activityLead: "Ciò che i membri hanno fatto con il team, le sue chiavi, i token API e i canali. Conservato per un anno.",
  noActivity: "Ancora nulla.",
  deletedUser: "Utente eliminato",
  factor: {
    on: "Attiva",
    off: "Non attiva"
  }
}
