// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  account: {
    title: string;
    email: string;
    since: string;
  };
  display: {
    title: string;
    note: string;
    timeZone: string;
    timeZoneNote: string;
    utc: string;
    local: (args: { zone: string }) => string;
    example: (args: { instant: string }) => string;
    shortcuts: string;
    on: string;
    off: string;
    shortcutsNote: (args: { keys: string; list: string }) => string;
  };
  password: {
    title: string;
    note: string;
    current: string;
    next: string;
    repeat: string;
    submit: string;
    changed: string;
  };
  data: {
    title: string;
    note: string;
    download: string;
    downloading: string;
    downloaded: string;
  };
  removal: {
    heading: string;
    note: string;
    action: string;
    title: string;
    body: string;
    email: (args: { email: string }) => string;
    notEmail: string;
    submit: string;
    withTeams: string;
    withTeamsHint: string;
  };
  twoFactor: {
    title: string;
    off: string;
    on: (args: { since: string; with: string }) => string;
    codesLeft: (args: { count: number }) => string;
    fewLeft: string;
    enable: string;
    renew: string;
    disable: string;
    disabled: string;
    enabled: string;
    addApp: string;
    removeApp: string;
    appRemoved: string;
  };
  setup: {
    title: string;
    passwordLead: string;
    next: string;
    scanLead: string;
    qr: string;
    secret: string;
    submit: string;
  };
  codes: {
    title: string;
    lead: string;
    list: string;
    download: string;
    file: (args: { email: string }) => string;
    saved: string;
    unsaved: string;
    renewTitle: string;
    renewLead: string;
    renewSubmit: string;
  };
  turnOff: {
    title: string;
    lead: string;
    submit: string;
    appTitle: string;
    appLead: string;
    appSubmit: string;
  };
  sessions: {
    title: string;
    lead: string;
    current: string;
    unknownApp: string;
    device: (args: { app: string; system: string }) => string;
    from: (args: { address: string }) => string;
    used: string;
    since: string;
    end: string;
    endSession: (args: { device: string }) => string;
    endOthers: string;
    ended: string;
    othersEnded: (args: { count: number }) => string;
  };
  activity: {
    title: string;
    lead: string;
    times: (args: { count: number }) => string;
    by: {
      owner: string;
      stranger: string;
      administrator: string;
      operator: string;
      server: string;
    };
  };
  passkeys: {
    title: string;
    lead: string;
    add: string;
    added: string;
    since: (args: { instant: string }) => string;
    used: string;
    neverUsed: string;
    elsewhere: (args: { host: string }) => string;
    unavailable: string;
    rename: string;
    renameOne: (args: { name: string }) => string;
    renameTitle: string;
    name: string;
    save: string;
    renamed: string;
    remove: string;
    removeOne: (args: { name: string }) => string;
    removeTitle: (args: { name: string }) => string;
    removeLead: string;
    removeLast: string;
    removed: string;
  };
  email: {
    change: string;
    title: string;
    lead: string;
    next: string;
    submit: string;
    sent: string;
    pendingTitle: (args: { email: string }) => string;
    pendingBody: (args: { before: string; after: string }) => string;
    cancel: string;
    cancelled: string;
  };
};
export default catalog;
