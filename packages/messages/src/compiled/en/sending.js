// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  open_orwatch: () => "Open orwatch",
  view_usage: () => "View usage",
  more_items: (d) => "… and " + number("en", d.count, 0) + " more",
  change_emails: () => "Change or stop these emails",
  change_emails_in_app: () => "Manage these emails in orwatch, under Alerts.",
  stop_digest: () => "Unsubscribe from the weekly digest",
  account_email_reason: (d) => "You receive this email because a user of " + select(d.has_site, { yes: "orwatch at " + d.site, other: "an orwatch server" }) + " has this address. If you did not sign up, ignore it.",
  accept_invitation: () => "Accept the invitation",
  invitation_email_reason: (d) => "You receive this email because a user of orwatch at " + d.site + " entered your address. If you do not know them, ignore it.",
  link_email_subject: (d) => select(d.kind, { reset: "Choose a new password", old: "Confirm that your email address changes", other: "Confirm your new email address" }),
  link_email_lead: (d) => select(d.kind, { reset: "Someone asked for a new password for " + d.email + " at " + d.site + ". Open this link to choose it:", old: "The email address of your user at " + d.site + " is to change from " + d.email + " to " + d.new_email + ". Open this link to allow it:", other: "A user at " + d.site + " wants to use " + d.new_email + " as their email address. If this is you, open this link to confirm it:" }),
  link_email_action: (d) => select(d.kind, { reset: "Choose a new password", other: "Confirm" }),
  link_email_expiry: (d) => "The link works once, for " + plural(d.minutes, 0, en, { one: number("en", d.minutes, 0) + " minute", other: number("en", d.minutes, 0) + " minutes" }) + ".",
  link_email_ignore: (d) => select(d.kind, { reset: "If this was not you, ignore this email: your password stays as it is.", old: "If this was not you, do not open the link, and change your password: someone is logged in as you.", other: "If this is not you, ignore this email." })
}
