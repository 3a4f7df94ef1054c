// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  lead: "All users of this server. You never see their keys, usage or API tokens.",
  email: "Email",
  status: "Status",
  created: "Created",
  lastLogin: "Last login",
  keys: "Keys",
  actions: "Actions",
  administrator: "Administrator",
  active: "Active",
  deactivated: "Deactivated",
  deactivate: "Deactivate",
  deactivateUser: (d) => "Deactivate " + d.email,
  reactivate: "Reactivate",
  reactivateUser: (d) => "Reactivate " + d.email,
  signOut: "Sign out",
  signOutUser: (d) => "Sign out all sessions of " + d.email,
  done: {
    deactivated: (d) => d.email + " was deactivated.",
    reactivated: (d) => d.email + " was reactivated.",
    signedOut: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " session", other: number("en", d.count, 0) + " sessions" }) + " of " + d.email + " signed out."
  },
  deactivation: {
    title: (d) => "Deactivate " + d.email + "?",
    lead: "The user is signed out immediately, their API tokens are rejected and their keys are not synced until you reactivate them. Nothing is deleted."
  }
}
