// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  title: "Unsubscribe from the weekly digest",
  lead: "orwatch sends a weekly summary of usage to this address. Alerts and your login are not affected.",
  submit: "Unsubscribe",
  done: "The weekly digest is turned off for this address. You can turn it back on under Alerts › Channels.",
  dead: "This link is no longer valid: the channel was deleted, or the digest was turned off or on after the email was sent. Manage it under Alerts › Channels.",
  failed: "The server did not respond. Try again later.",
  toApp: "Open orwatch"
}
