import { translated } from "../language.ts";
import { text as shared } from "../text.ts";

/** The profile page. */
export const en = {
  profile: {
    title: "Profile",
    account: "Account",
    email: "E-mail",
    since: "Member since",
    display: "Display",
    displayNote: "Kept in this browser.",
    timeZone: "Time zone of instants",
    timeZoneNote: "For times such as “last synced”. Days of usage are UTC, here as at OpenRouter.",
    utc: "UTC",
    here: (zone: string) => `This browser’s: ${zone}`,
    example: (instant: string) => `Now it is ${instant}.`,
    shortcuts: "Single-key shortcuts",
    shortcutsOn: "On",
    shortcutsOff: "Off",
    shortcutsNote: (keys: string, list: string) => `${keys} choose a range, ${list} lists them all.`,
    password: "Change password",
    passwordNote: "Every other session of yours ends; this one stays.",
    current: "Current password",
    next: "New password",
    repeat: "Repeat new password",
    change: "Change password",
    changed: "The password is changed. Every other session has ended.",
    data: "Your data",
    dataNote:
      "One JSON file with your account, the names and masks of your keys and tokens, your sessions, and every row of usage. No key and no token is in it.",
    download: "Download my data",
    downloading: "Collecting your data.",
    downloaded: "Your data is downloaded.",
    remove: "Delete account",
    removeNote:
      "Your account goes, with every key, its usage, every API token and session. Nothing of it can be brought back.",
    removeAction: "Delete account…",
  },
  removal: {
    title: "Delete your account?",
    body: "The account, its keys, all their usage, its API tokens and sessions go for good. Backups of the server keep them until they are replaced. Your keys keep working at OpenRouter.",
    email: (email: string) => `Type ${email} to confirm`,
    notEmail: "This is not the e-mail of the account.",
    submit: "Delete account and all its data",
  },
};

export const text = { ...shared, ...translated("profile", en) };
