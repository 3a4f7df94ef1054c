// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  lead: (d) => "You are " + select(d.role, { owner: "an owner", admin: "an admin", editor: "an editor", other: "a viewer" }) + " of " + d.team + ". Its members see the same keys, usage and alerts.",
  partsLabel: "Parts of the team",
  parts: {
    members: "Members",
    settings: "Settings",
    activity: "Activity"
  },
  invite: "Invite",
  name: "Team name",
  members: "Members",
  member: "Member",
  count: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " member", other: number("en", d.count, 0) + " members" }),
  search: "Search members",
  noMatch: "No member has this in their address.",
  lastSeen: "Last seen",
  secondFactor: "2FA",
  factorOn: "2FA on",
  factorOff: "2FA off",
  role: "Role",
  roleOf: (d) => "Role of " + d.email,
  roleHints: {
    owner: "May do everything, also delete the team and manage its owners.",
    admin: "Manages keys, OpenRouter accounts, API tokens, channels and members.",
    editor: "Syncs, and changes alert rules, projects, saved views and annotations. Does not manage keys or members.",
    viewer: "Sees everything of the team and exports it. Changes nothing."
  },
  roleChanged: (d) => d.email + " is now " + select(d.role, { owner: "an owner", admin: "an admin", editor: "an editor", other: "a viewer" }) + ".",
  you: "You",
  deactivated: "Deactivated",
  actions: "Actions",
  ownRole: {
    title: (d) => "Change your own role to " + d.role + "?",
    body: "You may then no longer do what your current role allows, and only another owner or admin can give it back.",
    submit: "Change my role"
  },
  removal: {
    action: "Remove member",
    member: (d) => "Remove " + d.email,
    title: (d) => "Remove " + d.email + " from the team?",
    body: "Their access ends immediately, and so do API tokens and invitations that they created in this team. Keys and usage stay.",
    done: (d) => d.email + " was removed."
  },
  creation: {
    lead: "A team has its own keys, usage, alerts and API tokens, which its members share.",
    hint: "For example the name of your company or department",
    submit: "Create team"
  },
  invitation: {
    title: "Invite to the team",
    lead: "You get a link that works once, within seven days. New users can sign up with it, even if registration is closed.",
    email: "Email",
    emailHint: "Only this address can then use the link. The link is also sent to it if this server sends email.",
    submit: "Create link",
    createdTitle: "Send this link",
    created: (d) => "Anyone with the link can join as " + select(d.role, { owner: "an owner", admin: "an admin", editor: "an editor", other: "a viewer" }) + " until " + d.until + ". It is shown only once.",
    createdFor: (d) => d.email + " can join with the link as " + select(d.role, { owner: "an owner", admin: "an admin", editor: "an editor", other: "a viewer" }) + " until " + d.until + ". It is shown only once.",
    link: "Invitation link",
    emailed: (d) => "The link is also on its way to " + d.email + ".",
    unsaved: "You have not copied the link, and it cannot be shown again. Close again to leave without it.",
    saved: "Done"
  },
  invitations: {
    title: "Pending invitations",
    empty: "No invitations are pending.",
    "for": "For",
    anyone: "Anyone with the link",
    by: (d) => "Invited by " + d.email,
    expires: "Valid until",
    expired: "Expired",
    revoke: "Revoke",
    revokeFor: (d) => "Revoke the invitation: " + d.who,
    revokeTitle: "Revoke this invitation?",
    revokeBody: (d) => "The link stops working immediately. It was for: " + d.who + ".",
    revoked: "Invitation revoked.",
    gone: "The invitation was already used or revoked."
  },
  settings: {
    title: "General",
    personalHint: "Your personal team: only other members see this name.",
    save: "Save",
    saved: "Settings saved.",
    require: "Require two-factor authentication",
    requireHint: "Members without it have no access to this team until they have set it up.",
    required: "Two-factor authentication is now required.",
    notRequired: "Two-factor authentication is no longer required.",
    forYou: "For you",
    "default": "Open this team by default",
    defaultHint: "After login, and for links that name no team.",
    danger: "Leave, hand over or delete",
    requireOwn: "You do not use it yet: you are asked to set it up next."
  },
  leaving: {
    action: "Leave team",
    note: "You lose access to this team. Another member must invite you to come back.",
    title: (d) => "Leave " + d.team + "?",
    body: "Your access ends immediately, and so do API tokens and invitations that you created in this team. Another member must invite you to come back."
  },
  handOver: {
    action: "Hand over…",
    note: "Makes another member the owner. You stay in the team as an admin.",
    title: (d) => "Hand over " + d.team + "?",
    body: "The member becomes an owner, and you become an admin. Only an owner can give the role back to you.",
    personalBody: "The member becomes an owner of this team with all its keys and usage, and you become an admin. You get a new, empty personal team.",
    to: "New owner",
    noMembers: "The team has no other active member. Invite one first.",
    submit: "Hand over",
    done: "The team was handed over. You are now an admin."
  },
  deletion: {
    action: "Delete team",
    note: "Deletes the team with all its keys, usage, alerts, channels and API tokens.",
    title: (d) => "Delete " + d.team + "?",
    body: "Its keys, usage, alerts, channels and API tokens are deleted for all members. This cannot be undone. Your keys at OpenRouter keep working.",
    typeName: (d) => "Type " + d.team + " to confirm",
    notName: "This is not the name of the team."
  },
  activityLead: "What members did with the team, its keys, API tokens and channels. Kept for one year.",
  noActivity: "Nothing yet.",
  deletedUser: "Deleted user",
  factor: {
    on: "On",
    off: "Off"
  }
}
