// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  days: (d) => d.days + ", in UTC days",
  updated: "Updated",
  never: "Not updated yet",
  until: (d) => "This page is shared with a link that works until " + d.until + ".",
  emptyTitle: "No usage in these days",
  emptyBody: "Nothing was spent in this period, or it is not known yet.",
  goneTitle: "This link does not work",
  goneBody: "It may be incomplete, or it has expired or was revoked. Ask the person who sent it for a new one.",
  lockedTitle: "Enter the password",
  lockedBody: "This page is protected. You get the password from the person who sent you the link.",
  password: "Password",
  open: "Open page",
  failedTitle: "This page could not be loaded"
}
