// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  open_orwatch: () => "Apri orwatch",
  view_usage: () => "Vedi i consumi",
  more_items: (d) => "… e altri " + number("it", d.count, 0),
  change_emails: () => "Modifica o interrompi queste e-mail",
  change_emails_in_app: () => "Gestisci queste e-mail in orwatch, in Avvisi.",
  stop_digest: () => "Annulla l’iscrizione al riepilogo settimanale",
  account_email_reason: (d) => "Ricevi questa e-mail perché un utente di " + select(d.has_site, { yes: "orwatch su " + d.site, other: "un server orwatch" }) + " ha questo indirizzo. Se non ti sei registrato, ignorala.",
  accept_invitation: () => "Accetta l’invito",
  invitation_email_reason: (d) => "Ricevi questa e-mail perché un utente di orwatch su " + d.site + " ha inserito il tuo indirizzo. Se non lo conosci, ignorala.",
  link_email_subject: (d) => select(d.kind, { reset: "Scegli una nuova password", old: "Conferma il cambio del tuo indirizzo e-mail", other: "Conferma il tuo nuovo indirizzo e-mail" }),
  link_email_lead: (d) => select(d.kind, { reset: "Qualcuno ha chiesto una nuova password per " + d.email + " su " + d.site + ". Apri questo link per sceglierla:", old: "L’indirizzo e-mail del tuo utente su " + d.site + " sta per cambiare da " + d.email + " a " + d.new_email + ". Apri questo link per consentirlo:", other: "Un utente di " + d.site + " vuole usare " + d.new_email + " come indirizzo e-mail. Se sei tu, apri questo link per confermarlo:" }),
  link_email_action: (d) => select(d.kind, { reset: "Scegli una nuova password", other: "Conferma" }),
  link_email_expiry: (d) => "Il link funziona una volta, per " + plural(d.minutes, 0, it, { one: number("it", d.minutes, 0) + " minuto", other: number("it", d.minutes, 0) + " minuti" }) + ".",
  link_email_ignore: (d) => select(d.kind, { reset: "Se non sei stato tu, ignora questa e-mail: la tua password resta com’è.", old: "Se non sei stato tu, non aprire il link e cambia la password: qualcuno ha effettuato l’accesso al tuo posto.", other: "Se non sei tu, ignora questa e-mail." })
}
