// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, select } from "@messageformat/runtime";
export default {
  open_orwatch: () => "Apri orwatch",
  more_items: (d) => "… e altri " + number("it", d.count, 0),
  change_emails: () => "Modifica o interrompi queste e-mail",
  change_emails_in_app: () => "Gestisci queste e-mail in orwatch, in Avvisi.",
  stop_digest: () => "Annulla l’iscrizione al riepilogo settimanale",
  account_email_reason: (d) => "Ricevi questa e-mail perché un utente di " + select(d.has_site, { yes: "orwatch su " + d.site, other: "un server orwatch" }) + " ha questo indirizzo. Se non ti sei registrato, ignorala.",
  accept_invitation: () => "Accetta l’invito",
  invitation_email_reason: (d) => "Ricevi questa e-mail perché un utente di orwatch su " + d.site + " ha inserito il tuo indirizzo. Se non lo conosci, ignorala."
}
