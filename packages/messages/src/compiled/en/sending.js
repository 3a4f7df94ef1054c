// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, select } from "@messageformat/runtime";
export default {
  open_orwatch: () => "Open orwatch",
  more_items: (d) => "… and " + number("en", d.count, 0) + " more",
  change_emails: () => "Change or stop these emails",
  change_emails_in_app: () => "Manage these emails in orwatch, under Alerts.",
  stop_digest: () => "Unsubscribe from the weekly digest",
  account_email_reason: (d) => "You receive this email because a user of " + select(d.has_site, { yes: "orwatch at " + d.site, other: "an orwatch server" }) + " has this address. If you did not sign up, ignore it.",
  accept_invitation: () => "Accept the invitation",
  invitation_email_reason: (d) => "You receive this email because a user of orwatch at " + d.site + " entered your address. If you do not know them, ignore it."
}
