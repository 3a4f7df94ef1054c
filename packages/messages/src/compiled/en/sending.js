// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, select } from "@messageformat/runtime";
export default {
  open_orwatch: () => "Open orwatch",
  more_items: (d) => "… and " + number("en", d.count, 0) + " more",
  change_emails: () => "Stop or change these emails",
  change_emails_in_app: () => "Choose which emails you receive in orwatch, under Alerts.",
  stop_digest: () => "Stop the weekly digest",
  account_email_reason: (d) => "You receive this email because a user of " + select(d.has_site, { yes: "orwatch at " + d.site, other: "an orwatch server" }) + " has this address. If you did not sign up, ignore it."
}
