// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { select } from "@messageformat/runtime";
export default {
  email: "Email",
  password: "Password",
  passwordConfirm: "Confirm password",
  capsLock: "Caps Lock is on",
  showPassword: "Show password",
  hidePassword: "Hide password",
  passwordsDiffer: "The passwords do not match.",
  passwordWeak: "The password does not meet all requirements yet.",
  rules: {
    legend: "Your password needs",
    met: "met",
    notMet: "not met yet",
    length: "12 to 128 characters",
    upper: "an uppercase letter",
    lower: "a lowercase letter",
    digit: "a digit",
    special: "a special character"
  },
  code: {
    label: "Code",
    lead: "Two-factor authentication is on for this user.",
    hint: "The 6-digit code from your authenticator app, or a recovery code.",
    back: "Back",
    recovery: "Recovery code",
    recoveryHint: "One of the codes you saved when you turned on two-factor authentication."
  },
  login: {
    title: "Log in",
    lead: "See what your OpenRouter keys cost by day, model and key.",
    submit: "Log in",
    toRegister: "New to this server?",
    registerLink: "Sign up",
    againTitle: "Log in again",
    againLead: "Your session has expired. What you typed on this page is still here.",
    notKept: "Your browser did not keep the session. Allow cookies for this site, or open it over https.",
    forgot: "Forgot your password?",
    or: "or"
  },
  register: {
    title: "Sign up",
    lead: "Your keys are stored encrypted and never shown again.",
    submit: "Sign up",
    toLogin: "Already signed up?",
    loginLink: "Log in",
    setupCode: "Set-up code",
    setupCodeHint: "You create the administrator of this server. The server printed the code in its log when it started.",
    closedTitle: "Registration is closed",
    closedBody: "This server does not accept new users. Ask its administrator to open registration, or log in."
  },
  confirm: {
    title: "Confirm your identity",
    lead: "Enter your password and a code. Valid for 10 minutes. What you typed is still here.",
    submit: "Confirm",
    leadPassword: "Enter your password. Valid for 10 minutes. What you typed is still here."
  },
  passkey: {
    use: "Use a passkey",
    notUsed: "No passkey was used. Try again, or use another way to log in.",
    alreadyAdded: "This device or password manager already has a passkey for your user."
  },
  setUp: {
    title: "Set up two-factor authentication",
    lead: (d) => select(d.by, { server: "This server", other: "Your team" }) + " requires it. Add a passkey or an authenticator app for " + d.email + " to continue.",
    app: "Authenticator app",
    goOn: "Continue",
    otherTeam: "Open another team"
  },
  forgot: {
    title: "Forgot your password?",
    lead: "Enter your email address to get a link to a new password.",
    submit: "Send link",
    sentTitle: "Check your email",
    sentBody: "If a user has this address, an email with a link is on its way. The link works for 30 minutes.",
    offTitle: "This server sends no email",
    offBody: "Ask its administrator to reset your password.",
    toLogin: "Back to login"
  },
  reset: {
    title: "Choose a new password",
    lead: "This signs you out everywhere. Two-factor authentication stays on.",
    password: "New password",
    submit: "Set new password",
    done: "Your password was changed. Log in with it.",
    noToken: "This link is incomplete. Open it from the email again, or copy all of it.",
    again: "Ask for a new link"
  },
  confirmEmail: {
    title: "Confirm your email address",
    lead: "The address changes once the links in both emails have been used.",
    submit: "Confirm",
    changed: "Your email address was changed. Use the new one to log in.",
    waiting: (d) => "Confirmed. Now open the link in the email to the " + select(d.which, { old: "old", other: "new" }) + " address.",
    toProfile: "Go to your profile"
  },
  invite: {
    title: "Join a team",
    lead: "You have been invited to share OpenRouter keys and their usage.",
    team: "Team",
    role: "Your role",
    expires: "Valid until",
    signedIn: (d) => "You are logged in as " + d.email + ".",
    join: "Join team",
    asOther: "Log out and use another user",
    toLogin: "Already signed up?",
    loginLink: "Log in to join",
    forEmail: "The invitation is for one email address. Use the one it was sent to.",
    goneTitle: "This invitation cannot be used",
    goneBody: "It was already used or revoked, or it has expired. Ask for a new one.",
    toApp: "Go to orwatch"
  },
  provider: {
    signIn: (d) => "Sign in with " + d.name,
    confirmLead: (d) => "Sign in at " + d.name + " again, in a new tab. Valid for 10 minutes. What you typed is still here.",
    open: (d) => "Continue at " + d.name,
    waiting: "Continue in the other tab. This page goes on by itself.",
    blocked: "Your browser blocked the new tab. Allow pop-ups for this site, then try again.",
    gone: "You have no password, and this server has no sign-in provider any more. Ask its administrator to set a password for you.",
    finishTitle: "Finish signing in",
    passwordLead: (d) => "A user with the address " + d.email + " exists already. Enter its password once to sign in with " + d.name + " from now on.",
    codeLead: (d) => "Two-factor authentication is on for " + d.email + ".",
    connect: (d) => "Connect " + d.name,
    finish: "Continue",
    toLogin: "Back to login",
    doneTitle: "Identity confirmed",
    doneLead: "You can close this tab and continue in the other one.",
    failedTitle: "Identity not confirmed",
    failedLead: "Close this tab and try again in the other one."
  }
}
