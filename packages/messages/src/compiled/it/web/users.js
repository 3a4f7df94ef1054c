// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  lead: "Tutti gli utenti di questo server. Non vedi mai le loro chiavi, i loro consumi e i loro token API.",
  email: "E-mail",
  status: "Stato",
  created: "Creato",
  lastLogin: "Ultimo accesso",
  keys: "Chiavi",
  actions: "Azioni",
  administrator: "Amministratore",
  active: "Attivo",
  deactivated: "Disattivato",
  deactivate: "Disattiva",
  deactivateUser: (d) => "Disattiva " + d.email,
  reactivate: "Riattiva",
  reactivateUser: (d) => "Riattiva " + d.email,
  signOut: "Disconnetti",
  signOutUser: (d) => "Disconnetti tutte le sessioni di " + d.email,
  done: {
    deactivated: (d) => d.email + " è stato disattivato.",
    reactivated: (d) => d.email + " è stato riattivato.",
    signedOut: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " sessione di " + d.email + " disconnessa.", other: number("it", d.count, 0) + " sessioni di " + d.email + " disconnesse." })
  },
  deactivation: {
    title: (d) => "Disattivare " + d.email + "?",
    lead: "L’utente viene disconnesso subito, i suoi token API vengono rifiutati e le sue chiavi non si sincronizzano finché non lo riattivi. Nulla viene eliminato."
  }
}
