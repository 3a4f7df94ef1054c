// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { select } from "@messageformat/runtime";
export default {
  invitation_email_title: (d) => "Invito al team “" + d.team + "”",
  invitation_email: (d) => d.inviter + " ti invita nel team “" + d.team + "” come " + select(d.role, { owner: "proprietario", admin: "amministratore", editor: "editor", other: "visualizzatore" }) + ". Il link funziona una sola volta, entro sette giorni."
}
