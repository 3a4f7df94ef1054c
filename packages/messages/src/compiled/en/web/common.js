// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  app: "orwatch",
  skip: "Skip to content",
  navigation: "Main",
  commands: "Commands",
  unknown: "Unknown",
  never: "Never",
  legend: "– means unknown, 0 means none.",
  close: "Close",
  cancel: "Cancel",
  loading: "Loading",
  updating: "Updating",
  total: "Total",
  dismiss: "Dismiss",
  copy: "Copy",
  copyItem: (d) => "Copy " + d.item,
  copied: "Copied",
  notCopied: "Your browser blocked copying. Select the text and copy it manually.",
  required: (d) => d.field + " is required.",
  optional: "optional",
  rows: (d) => number("en", d.from, 0) + "–" + number("en", d.to, 0) + " of " + number("en", d.total, 0),
  pages: "Pages",
  previousPage: "Previous",
  nextPage: "Next",
  language: "Language",
  nav: {
    dashboard: "Dashboard",
    explore: "Explore",
    keys: "Keys",
    accounts: "Accounts",
    alerts: "Alerts",
    unread: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " unread notification", other: number("en", d.count, 0) + " unread notifications" }),
    tokens: "API tokens",
    team: "Team",
    jobs: "Jobs",
    profile: "Profile",
    user: "User",
    users: "Users",
    logOut: "Log out"
  },
  theme: {
    label: "Theme",
    light: "Light",
    dark: "Dark",
    system: "System"
  },
  errors: {
    title: "This page could not be loaded",
    network: "orwatch did not respond. Your data is safe. Check that the server is running, then try again.",
    unsure: "No response was received. Your change may or may not have been saved. Check before you try again.",
    unexpected: "Something went wrong on this page. Your data is safe. Reload the page.",
    serverClock: "The server’s clock is wrong. Usage follows OpenRouter’s days. Ask the administrator of this server to correct it.",
    lost: "orwatch is not responding. Your data is safe. This page resumes as soon as the server is back.",
    offline: "You are offline. Your data is safe. This page resumes as soon as you are back online.",
    signedOut: "Your session has expired. Log in again, then try again.",
    tooMany: (d) => "Too many attempts. Try again in " + plural(d.seconds, 0, en, { one: number("en", d.seconds, 0) + " second", other: number("en", d.seconds, 0) + " seconds" }) + ", at " + d.time + ".",
    retry: "Try again",
    home: "Go to the dashboard",
    requestId: (d) => "Request ID: " + d.id
  },
  notFound: {
    title: "Page not found",
    body: "The address may be mistyped, or the page was removed."
  },
  team: {
    label: "Teams",
    current: "Team:",
    "switch": "Switch team",
    personal: "Personal",
    "new": "New team",
    manage: "Members and settings",
    roles: {
      owner: "Owner",
      admin: "Admin",
      editor: "Editor",
      viewer: "Viewer"
    },
    needs: (d) => select(d.role, { owner: "Only owners of this team can do this.", admin: "Only owners and admins of this team can do this.", editor: "Viewers cannot do this. Ask an owner or admin of this team for the role editor.", other: "Only members of this team can do this." }),
    missingTitle: "You are not in this team",
    missingBody: "You are not a member of this team, or it no longer exists. Ask one of its members to invite you.",
    toOwn: "Go to my team",
    signedInAs: (d) => "You are logged in as " + d.email + "."
  }
}
