// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  account: {
    title: "User",
    email: "Email",
    since: "Member since"
  },
  display: {
    title: "Display",
    note: "Saved in this browser.",
    timeZone: "Time zone",
    timeZoneNote: "For times such as “Last synced”. Days of usage are always UTC, as at OpenRouter.",
    utc: "UTC",
    local: (d) => "This browser: " + d.zone,
    example: (d) => "It is now " + d.instant + ".",
    shortcuts: "Single-key shortcuts",
    on: "On",
    off: "Off",
    shortcutsNote: (d) => d.keys + " select a date range, " + d.list + " shows all shortcuts."
  },
  password: {
    title: "Change password",
    note: "Your other sessions are signed out. This one stays signed in.",
    current: "Current password",
    next: "New password",
    repeat: "Confirm new password",
    submit: "Change password",
    changed: "Password changed. Your other sessions were signed out.",
    setTitle: "Set a password",
    setNote: "You have no password yet. With one, you can also log in without the sign-in provider.",
    setSubmit: "Set password",
    set: "Password set. Your other sessions were signed out."
  },
  data: {
    title: "Your data",
    note: "A JSON file with your user, the names and masked values of your keys and API tokens, your sessions and all usage. It contains no key and no token.",
    download: "Download my data",
    downloading: "Collecting your data…",
    downloaded: "Your data was downloaded."
  },
  removal: {
    heading: "Delete your user and all data",
    note: "Deletes your user with all keys, usage, API tokens and sessions. This cannot be undone.",
    action: "Delete user…",
    title: "Delete your user and all data?",
    body: "Your user, keys, usage, API tokens and sessions are permanently deleted. Backups of the server keep them until they are replaced. Your keys keep working at OpenRouter.",
    email: (d) => "Type " + d.email + " to confirm",
    notEmail: "This is not your email address.",
    submit: "Delete user and all data",
    withTeams: "Also delete these teams",
    withTeamsHint: "With all their keys, usage and API tokens, for all members. To keep one, hand it over first."
  },
  twoFactor: {
    title: "Two-factor authentication",
    off: "Off. Your password is enough to log in.",
    on: (d) => "On since " + d.since + ". Logging in with your password requires " + select(d["with"], { code: "a code from your authenticator app", passkey: "a passkey", other: "a passkey or a code from your authenticator app" }) + ".",
    codesLeft: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " recovery code left", other: number("en", d.count, 0) + " recovery codes left" }),
    fewLeft: "Create new recovery codes before you run out.",
    enable: "Turn on…",
    renew: "New recovery codes…",
    disable: "Turn off…",
    disabled: "Two-factor authentication is off.",
    enabled: "Two-factor authentication is on. Your other sessions were signed out.",
    addApp: "Add an authenticator app…",
    removeApp: "Remove authenticator app…",
    appRemoved: "Authenticator app removed. Two-factor authentication stays on with your passkeys.",
    offWithoutPassword: "Off. Signing in at your provider is enough."
  },
  setup: {
    title: "Turn on two-factor authentication",
    passwordLead: "Enter your password first.",
    next: "Continue",
    scanLead: "Scan the QR code with your authenticator app, or enter the setup key there. Then enter the code that the app shows.",
    qr: "QR code with the setup key",
    secret: "Setup key",
    submit: "Turn on",
    appLead: "Scan a QR code with your authenticator app next."
  },
  codes: {
    title: "Your recovery codes",
    lead: "Each code logs you in once when you don’t have your authenticator app or passkey. They are shown only now. Keep them in a different place.",
    list: "Recovery codes",
    download: "Save as file",
    file: (d) => "orwatch recovery codes of " + d.email,
    saved: "I have saved them",
    unsaved: "You have not copied or saved the codes. Without them, losing your device locks you out. Press again to leave anyway.",
    renewTitle: "Create new recovery codes?",
    renewLead: "The old codes stop working.",
    renewSubmit: "Create new codes"
  },
  turnOff: {
    title: "Turn off two-factor authentication?",
    lead: "Your password will be enough to log in, and your recovery codes are deleted.",
    submit: "Turn off",
    appTitle: "Remove your authenticator app?",
    appLead: "Its codes stop working. Two-factor authentication stays on with your passkeys.",
    appSubmit: "Remove",
    leadWithoutPassword: "Signing in at your provider will be enough, and your recovery codes are deleted."
  },
  sessions: {
    title: "Sessions",
    lead: "Where you are signed in. Sign out devices you don’t recognise, then change your password.",
    current: "Current session",
    unknownApp: "Unknown client",
    device: (d) => d.app + " on " + d.system,
    from: (d) => "from " + d.address,
    used: "Last used",
    since: "signed in",
    end: "Sign out",
    endSession: (d) => "Sign out " + d.device,
    endOthers: "Sign out all other sessions",
    ended: "Session signed out.",
    othersEnded: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " other session signed out.", other: number("en", d.count, 0) + " other sessions signed out." })
  },
  activity: {
    title: "Activity log",
    lead: "What you changed and when you logged in, over the past year. If you see something you did not do, change your password, sign out the other sessions, and delete API tokens and channels you don’t recognise.",
    times: (d) => plural(d.count, 0, en, { one: "once", other: number("en", d.count, 0) + " times" }),
    by: {
      owner: "",
      stranger: "not signed in",
      administrator: "by the administrator",
      operator: "on the server’s command line",
      server: "by the server"
    }
  },
  passkeys: {
    title: "Passkeys",
    lead: "Log in with your fingerprint, face or security key. The first passkey turns on two-factor authentication.",
    add: "Add a passkey",
    added: "Passkey added.",
    since: (d) => "Added " + d.instant,
    used: "last used",
    neverUsed: "not used yet",
    elsewhere: (d) => "works at " + d.host,
    unavailable: "Passkeys work in a browser that has them, at an https:// address with a host name, or at localhost.",
    rename: "Rename",
    renameOne: (d) => "Rename " + d.name,
    renameTitle: "Rename passkey",
    name: "Name",
    save: "Save",
    renamed: "Passkey renamed.",
    remove: "Remove",
    removeOne: (d) => "Remove " + d.name,
    removeTitle: (d) => "Remove the passkey " + d.name + "?",
    removeLead: "It no longer logs you in. Delete it on your device or in your password manager, too.",
    removeLast: "This is your only second factor: two-factor authentication is turned off, your password is enough to log in, and your recovery codes are deleted.",
    removeLastWithoutPassword: "This is your only second factor: two-factor authentication is turned off, signing in at your provider is enough, and your recovery codes are deleted.",
    removed: "Passkey removed."
  },
  email: {
    change: "Change email address…",
    title: "Change email address",
    lead: "We send a link to your old and to your new address. The address changes once both have been used.",
    next: "New email address",
    submit: "Send links",
    sent: "Check both mailboxes for the links.",
    pendingTitle: (d) => "Waiting for " + d.email,
    pendingBody: (d) => "Open the links in the emails to " + d.before + " and " + d.after + " within 30 minutes.",
    cancel: "Cancel the change",
    cancelled: "The change was cancelled."
  },
  identities: {
    title: "Sign-in provider",
    lead: (d) => "Sign in to orwatch with your user at " + d.name + ".",
    leadNone: "Ways to sign in that you have connected.",
    connect: (d) => "Connect " + d.name,
    used: "last used",
    never: "not used yet",
    since: "connected",
    inactive: "This provider is no longer configured on this server.",
    lastWay: "Your only way to sign in. Set a password or add a passkey before you disconnect it.",
    disconnect: "Disconnect",
    disconnectName: (d) => "Disconnect " + d.name + " (" + d.email + ")",
    removalTitle: (d) => "Disconnect " + d.name + "?",
    removalLead: (d) => "You can no longer sign in with " + d.email + ". Other sessions that were signed in with it end.",
    disconnected: (d) => d.name + " disconnected.",
    failed: "Not connected"
  }
}
