// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { select } from "@messageformat/runtime";
export default {
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
  },
  confirm: {
    title: "Confirm your identity",
    lead: "Enter your password and a code. Valid for 10 minutes. What you typed is still here.",
    submit: "Confirm",
    leadPassword: "Enter your password. Valid for 10 minutes. What you typed is still here."
  }
}
