// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { select } from "@messageformat/runtime";
export default {
  invitation_email_title: (d) => "Invitation to the team “" + d.team + "”",
  invitation_email: (d) => d.inviter + " invites you to the team “" + d.team + "” as " + select(d.role, { owner: "an owner", admin: "an admin", editor: "an editor", other: "a viewer" }) + ". The link works once, within seven days."
}
