// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  lead: string;
  partsLabel: string;
  parts: {
    inbox: string;
    rules: string;
    channels: string;
    sent: string;
    forecast: string;
  };
  inbox: {
    title: string;
    show: string;
    all: string;
    onlyUnread: (args: { count: number }) => string;
    unread: string;
    read: string;
    readThis: (args: { title: string }) => string;
    readAll: string;
    wasRead: (args: { count: number }) => string;
    see: string;
    seeKey: (args: { name: string }) => string;
    emptyTitle: string;
    emptyBody: string;
    emptyUnread: string;
    held: string;
    later: (args: { when: string }) => string;
    kinds: {
      alert: string;
      recovery: string;
      summary: string;
      rule: string;
      key_change: string;
      channel: string;
      account: string;
      server: string;
    };
  };
  rules: {
    title: string;
    add: string;
    emptyTitle: string;
    emptyBody: string;
    count: (args: { count: number; limit: number }) => string;
    full: (args: { limit: number }) => string;
    actionsFor: (args: { name: string }) => string;
    edit: string;
    turnOn: string;
    turnOff: string;
    snoozeDay: string;
    snoozeWeek: string;
    unsnooze: string;
    remove: string;
    state: {
      on: string;
      off: string;
      firing: string;
      snoozed: (args: { until: string }) => string;
    };
    lastFired: (args: { ago: string }) => string;
    neverFired: string;
    gone: (args: { name: string }) => string;
    deletedKey: (args: { name: string }) => string;
    done: {
      saved: (args: { name: string }) => string;
      turnedOn: (args: { name: string }) => string;
      turnedOff: (args: { name: string }) => string;
      snoozed: (args: { name: string }) => string;
      unsnoozed: (args: { name: string }) => string;
      removed: (args: { name: string }) => string;
    };
    removal: {
      title: (args: { name: string }) => string;
      body: string;
      submit: string;
    };
    scope: {
      all: string;
      each: string;
      some: (args: { count: number }) => string;
      eachOf: (args: { count: number }) => string;
    };
    sentence: {
      spend: (args: { scope: string; amount: string; span: string }) => string;
      hourly_spend: (args: { scope: string; amount: string }) => string;
      limit_share: (args: { scope: string; percents: string }) => string;
      credits: (args: { all: string; amount: string; scope: string }) => string;
      unusual: (args: { scope: string; times: string; least: string }) => string;
      hourly_unusual: (args: { scope: string; times: string; least: string }) => string;
      key_invalid: (args: { scope: string }) => string;
      key_expires: (args: { scope: string; days: number }) => string;
      sync_stale: (args: { scope: string; hours: number }) => string;
    };
  };
  form: {
    addTitle: string;
    editTitle: (args: { name: string }) => string;
    kind: string;
    kinds: {
      spend: string;
      hourly_spend: string;
      limit_share: string;
      credits: string;
      unusual: string;
      hourly_unusual: string;
      key_invalid: string;
      key_expires: string;
      sync_stale: string;
    };
    kindHints: {
      spend: string;
      hourly_spend: string;
      limit_share: string;
      credits: string;
      unusual: string;
      hourly_unusual: string;
      key_invalid: string;
      key_expires: string;
      sync_stale: string;
    };
    name: string;
    amount: string;
    span: string;
    spanOptions: {
      day: string;
      week: string;
      month: string;
    };
    percents: string;
    percentsBad: string;
    percentsDoubtful: string;
    twoReadings: (args: { one: string; other: string; typeOne: string; typeOther: string }) => string;
    times: string;
    least: string;
    days: string;
    hours: string;
    count: string;
    together: string;
    eachKey: string;
    keys: string;
    allKeys: string;
    someKeys: string;
    noKeysYet: string;
    noKey: string;
    channels: string;
    allChannels: string;
    someChannels: string;
    noChannel: string;
    preview: {
      loading: string;
      fired: (args: { count: number; days: number }) => string;
      known: (args: { known: number; days: number }) => string;
      details: string;
      problems: {
        no_history: string;
        too_little_history: string;
        backfill_running: string;
      };
    };
    amountBad: (args: { example: string }) => string;
    numberBad: (args: { min: number; max: number }) => string;
    timesBad: (args: { min: string; max: string }) => string;
    submitAdd: string;
    submitEdit: string;
  };
  settings: {
    title: string;
    quiet: string;
    quietNote: string;
    none: string;
    between: string;
    from: string;
    to: string;
    zone: string;
    most: string;
    mostNote: string;
    mostBad: (args: { min: number; max: number }) => string;
    sameTime: string;
    save: string;
    saved: string;
    pause: string;
    pauseOptions: {
      "1": string;
      "8": string;
      "24": string;
      "168": string;
    };
    pauseSubmit: string;
    paused: (args: { until: string }) => string;
    resume: string;
  };
};
export default catalog;
