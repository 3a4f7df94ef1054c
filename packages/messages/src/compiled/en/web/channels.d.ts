// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  title: string;
  lead: string;
  add: string;
  emptyTitle: string;
  emptyBody: string;
  count: (args: { count: number; limit: number }) => string;
  full: (args: { limit: number }) => string;
  kinds: {
    email: string;
    webhook: string;
    slack: string;
    discord: string;
    telegram: string;
    ntfy: string;
  };
  status: {
    ok: string;
    failing: string;
    unconfirmed: string;
    off: string;
    untried: string;
  };
  lastDelivered: (args: { ago: string }) => string;
  alerts: string;
  digest: string;
  receives: (args: { what: string }) => string;
  receivesNothing: string;
  actionsFor: (args: { name: string }) => string;
  test: string;
  confirm: string;
  edit: string;
  turnOn: string;
  turnOff: string;
  rotate: string;
  history: string;
  remove: string;
  gone: (args: { name: string }) => string;
  done: {
    testing: (args: { name: string }) => string;
    tested: (args: { name: string }) => string;
    notTested: (args: { name: string; reason: string }) => string;
    turnedOn: (args: { name: string }) => string;
    turnedOff: (args: { name: string }) => string;
    saved: (args: { name: string }) => string;
    confirmed: (args: { name: string }) => string;
    removed: (args: { name: string }) => string;
  };
  removal: {
    title: (args: { name: string }) => string;
    body: string;
    submit: string;
  };
  rotation: {
    title: (args: { name: string }) => string;
    body: string;
    submit: string;
  };
  form: {
    addTitle: string;
    editTitle: (args: { name: string }) => string;
    kind: string;
    name: string;
    address: string;
    addressHint: string;
    noEmail: string;
    url: string;
    urlHints: {
      webhook: string;
      slack: string;
      discord: string;
    };
    server: string;
    serverHints: {
      telegram: string;
      ntfy: string;
    };
    botToken: string;
    botTokenHint: string;
    chatId: string;
    chatIdHint: string;
    threadId: string;
    threadIdHint: string;
    threadIdBad: string;
    keep: string;
    topic: string;
    topicHint: string;
    accessToken: string;
    what: string;
    language: string;
    submitAdd: string;
    submitEdit: string;
  };
  signing: {
    title: string;
    lead: (args: { name: string }) => string;
    label: string;
    saved: string;
    unsaved: string;
    until: (args: { when: string }) => string;
  };
  code: {
    title: (args: { address: string }) => string;
    lead: string;
    label: string;
    submit: string;
    again: string;
    sentAgain: string;
    bad: string;
  };
  deliveries: {
    show: string;
    all: string;
    states: {
      waiting: string;
      sending: string;
      delivered: string;
      failed: string;
      dropped: string;
    };
    message: string;
    status: string;
    created: string;
    actions: string;
    channel: string;
    allChannels: string;
    attempts: (args: { count: number }) => string;
    next: (args: { when: string }) => string;
    response: string;
    responseStatus: (args: { status: string }) => string;
    retry: string;
    retryThis: (args: { title: string }) => string;
    retried: string;
    emptyTitle: string;
    emptyBody: string;
    emptyFiltered: string;
  };
};
export default catalog;
