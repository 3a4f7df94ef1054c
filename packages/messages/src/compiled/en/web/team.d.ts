// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  lead: (args: { role: string; team: string }) => string;
  partsLabel: string;
  parts: {
    members: string;
    settings: string;
    activity: string;
  };
  invite: string;
  name: string;
  members: string;
  member: string;
  count: (args: { count: number }) => string;
  search: string;
  noMatch: string;
  lastSeen: string;
  secondFactor: string;
  factorOn: string;
  factorOff: string;
  role: string;
  roleOf: (args: { email: string }) => string;
  roleHints: {
    owner: string;
    admin: string;
    editor: string;
    viewer: string;
  };
  roleChanged: (args: { email: string; role: string }) => string;
  you: string;
  deactivated: string;
  actions: string;
  ownRole: {
    title: (args: { role: string }) => string;
    body: string;
    submit: string;
  };
  removal: {
    action: string;
    member: (args: { email: string }) => string;
    title: (args: { email: string }) => string;
    body: string;
    done: (args: { email: string }) => string;
  };
  creation: {
    lead: string;
    hint: string;
    submit: string;
  };
  invitation: {
    title: string;
    lead: string;
    email: string;
    emailHint: string;
    submit: string;
    createdTitle: string;
    created: (args: { role: string; until: string }) => string;
    createdFor: (args: { email: string; role: string; until: string }) => string;
    link: string;
    emailed: (args: { email: string }) => string;
    unsaved: string;
    saved: string;
  };
  invitations: {
    title: string;
    empty: string;
    for: string;
    anyone: string;
    by: (args: { email: string }) => string;
    expires: string;
    expired: string;
    revoke: string;
    revokeFor: (args: { who: string }) => string;
    revokeTitle: string;
    revokeBody: (args: { who: string }) => string;
    revoked: string;
    gone: string;
  };
  settings: {
    title: string;
    personalHint: string;
    save: string;
    saved: string;
    require: string;
    requireHint: string;
    required: string;
    notRequired: string;
    forYou: string;
    default: string;
    defaultHint: string;
    danger: string;
    requireOwn: string;
  };
  leaving: {
    action: string;
    note: string;
    title: (args: { team: string }) => string;
    body: string;
  };
  handOver: {
    action: string;
    note: string;
    title: (args: { team: string }) => string;
    body: string;
    personalBody: string;
    to: string;
    noMembers: string;
    submit: string;
    done: string;
  };
  deletion: {
    action: string;
    note: string;
    title: (args: { team: string }) => string;
    body: string;
    typeName: (args: { team: string }) => string;
    notName: string;
  };
  activityLead: string;
  noActivity: string;
  deletedUser: string;
  factor: {
    on: string;
    off: string;
  };
};
export default catalog;
