// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { select } from "@messageformat/runtime";
export default {
  setUp: {
    title: "Configura l’autenticazione a due fattori",
    lead: (d) => select(d.by, { server: "Questo server", other: "Il tuo team" }) + " la richiede. Per continuare, aggiungi una passkey o un’app di autenticazione per " + d.email + ".",
    app: "App di autenticazione",
    goOn: "Continua",
    otherTeam: "Apri un altro team"
  },
  forgot: {
    title: "Password dimenticata?",
    lead: "Inserisci il tuo indirizzo e-mail per ricevere un link a una nuova password.",
    submit: "Invia il link",
    sentTitle: "Controlla la posta",
    sentBody: "Se un utente ha questo indirizzo, un’e-mail con un link è in arrivo. Il link vale 30 minuti.",
    offTitle: "Questo server non invia e-mail",
    offBody: "Chiedi al suo amministratore di reimpostare la password.",
    toLogin: "Torna all’accesso"
  },
  reset: {
    title: "Scegli una nuova password",
    lead: "Tutte le tue sessioni verranno disconnesse. L’autenticazione a due fattori resta attiva.",
    password: "Nuova password",
    submit: "Imposta la password",
    done: "La password è stata cambiata. Usala per accedere.",
    noToken: "Questo link è incompleto. Aprilo di nuovo dall’e-mail oppure copialo per intero.",
    again: "Chiedi un nuovo link"
  },
  confirmEmail: {
    title: "Conferma il tuo indirizzo e-mail",
    lead: "L’indirizzo cambia dopo che i link in entrambe le e-mail sono stati usati.",
    submit: "Conferma",
    changed: "Il tuo indirizzo e-mail è stato cambiato. Usa quello nuovo per accedere.",
    waiting: (d) => "Confermato. Ora apri il link nell’e-mail inviata " + select(d.which, { old: "al vecchio", other: "al nuovo" }) + " indirizzo.",
    toProfile: "Vai al tuo profilo"
  },
  invite: {
    title: "Entra in un team",
    lead: "Sei stato invitato a condividere chiavi OpenRouter e i loro consumi.",
    team: "Team",
    role: "Il tuo ruolo",
    expires: "Valido fino a",
    signedIn: (d) => "Hai effettuato l’accesso come " + d.email + ".",
    join: "Entra nel team",
    asOther: "Esci e usa un altro utente",
    toLogin: "Sei già registrato?",
    loginLink: "Accedi per entrare",
    forEmail: "L’invito è per un solo indirizzo e-mail. Usa quello a cui è stato inviato.",
    goneTitle: "Questo invito non è utilizzabile",
    goneBody: "È già stato usato o revocato, oppure è scaduto. Chiedine uno nuovo.",
    toApp: "Vai a orwatch"
  },
  provider: {
    confirmLead: (d) => "Accedi di nuovo a " + d.name + " in una nuova scheda. La conferma vale 10 minuti. Quello che hai scritto è ancora qui.",
    open: (d) => "Continua su " + d.name,
    waiting: "Continua nell’altra scheda. Questa pagina prosegue da sola.",
    blocked: "Il browser ha bloccato la nuova scheda. Consenti i pop-up per questo sito, poi riprova.",
    gone: "Non hai una password e questo server non ha più un provider di accesso. Chiedi all’amministratore di impostarne una.",
    finishTitle: "Completa l’accesso",
    passwordLead: (d) => "Esiste già un utente con l’indirizzo " + d.email + ". Inserisci una volta la sua password per accedere d’ora in poi con " + d.name + ".",
    codeLead: (d) => "L’autenticazione a due fattori è attiva per " + d.email + ".",
    connect: (d) => "Collega " + d.name,
    finish: "Continua",
    toLogin: "Torna all’accesso",
    doneTitle: "Identità confermata",
    doneLead: "Puoi chiudere questa scheda e continuare nell’altra.",
    failedTitle: "Identità non confermata",
    failedLead: "Chiudi questa scheda e riprova nell’altra."
  },
  confirm: {
    title: "Conferma la tua identità",
    lead: "Inserisci la password e un codice. La conferma vale 10 minuti. Quello che hai scritto è ancora qui.",
    submit: "Conferma",
    leadPassword: "Inserisci la password. La conferma vale 10 minuti. Quello che hai scritto è ancora qui."
  }
}
