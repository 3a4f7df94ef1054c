// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  range: {
    label: string;
    days: (args: { count: number }) => string;
    shortDays: (args: { count: number }) => string;
    custom: string;
    from: string;
    to: string;
    apply: string;
    order: string;
    tooLong: (args: { limit: number }) => string;
    incomplete: string;
    utc: string;
  };
  calendar: {
    label: (args: { month: string }) => string;
    before: string;
    after: string;
    first: string;
    second: string;
  };
  filters: {
    label: string;
    keys: string;
    allKeys: string;
    someKeys: (args: { count: number }) => string;
    key: (args: { name: string }) => string;
    model: (args: { name: string }) => string;
    notKey: (args: { name: string }) => string;
    notModel: (args: { name: string }) => string;
    remove: (args: { filter: string }) => string;
    clear: string;
    invalid: (args: { names: string }) => string;
    search: string;
    noMatch: string;
    moreFound: (args: { count: number }) => string;
    only: (args: { name: string }) => string;
  };
  sync: {
    now: string;
    running: string;
    progress: (args: { done: number; keys: number }) => string;
    failedOf: (args: { count: number }) => string;
    started: string;
    synced: (args: { ago: string }) => string;
    never: string;
    failing: (args: { count: number }) => string;
    completeThrough: (args: { day: string }) => string;
    done: (args: { rows: number }) => string;
    partial: (args: { rows: number }) => string;
    failed: string;
  };
  cards: {
    cost: string;
    requests: string;
    tokens: string;
    tokensIn: string;
    tokensOut: string;
    activeKeys: (args: { active: number; total: number }) => string;
    perMillion: string;
    perMillionNote: string;
    perMillionLong: string;
    todaySoFar: (args: { amount: string }) => string;
    byok: (args: { amount: string }) => string;
    byokLong: (args: { amount: string }) => string;
    perRequest: (args: { amount: string }) => string;
    perDay: (args: { count: string }) => string;
    noEarlier: string;
    noComplete: string;
    completeDays: string;
    compared: (args: { days: string; before: string }) => string;
    versus: string;
    up: string;
    down: string;
    same: string;
  };
  empty: {
    title: string;
    body: string;
    partly: string;
    unknownTitle: string;
    unknown: string;
    filtered: string;
    longer: (args: { count: number }) => string;
    waitingTitle: string;
    waiting: string;
  };
  costOnly: {
    title: string;
    pending: string;
  };
  firstRun: {
    title: string;
    keyAction: string;
    managementLink: string;
    otherTitle: string;
    otherBody: string;
  };
  series: {
    other: string;
    unattributed: string;
  };
  chart: {
    titles: {
      model: string;
      key: string;
      vendor: string;
    };
    by: string;
    groups: {
      model: string;
      key: string;
      vendor: string;
    };
    compare: string;
    compareLong: string;
    before: string;
    beforeLong: string;
    net: string;
    unit: string;
    asTable: string;
    asChart: string;
    noData: string;
    noDataLong: string;
    soFar: string;
    sum: string;
    sumShown: string;
    readout: string;
    legend: string;
    showAll: string;
    nothing: string;
    table: (args: { title: string }) => string;
    more: (args: { count: number }) => string;
    timesUsual: (args: { times: string }) => string;
    unknown: string;
    notYet: string;
    noUsage: string;
    all: string;
    intervals: {
      hour: string;
      day: string;
      week: string;
      month: string;
    };
  };
  tables: {
    models: string;
    model: string;
    others: (args: { count: number }) => string;
    keys: string;
    key: string;
    requests: string;
    perMillion: string;
    perMillionHint: string;
    cost: string;
    share: string;
    showAll: (args: { count: number }) => string;
    showFewer: string;
  };
  changes: {
    title: string;
    versus: (args: { days: string; before: string }) => string;
    by: string;
    change: string;
    why: string;
    total: string;
    unknown: string;
    others: (args: { count: number }) => string;
    notCompared: (args: { count: number }) => string;
    none: string;
    same: string;
    partsHint: string;
    parts: {
      volume: (args: { amount: string }) => string;
      size: (args: { amount: string }) => string;
      price: (args: { amount: string }) => string;
      mix: (args: { amount: string }) => string;
    };
  };
  withoutKey: {
    not_watched: string;
    other_workspace: string;
    restatement: string;
    deleted: string;
    chatroom: string;
    unknown: string;
  };
  insights: {
    label: string;
    today: string;
    on: (args: { day: string }) => string;
    times: (args: { times: string }) => string;
    usually: (args: { cost: string; day: string; usual: string; weekday: string }) => string;
    usuallyNothing: (args: { day: string; weekday: string }) => string;
    keys: (args: { count: number }) => string;
    few: (args: { count: number; percent: string }) => string;
    low_limit: (args: { count: number }) => string;
    no_limit: (args: { count: number }) => string;
    unused: (args: { count: number }) => string;
  };
  limits: {
    title: string;
    left: (args: { amount: string; limit: string }) => string;
    over: (args: { amount: string; limit: string }) => string;
    remainingUnknown: (args: { limit: string }) => string;
    noLimit: string;
    limitUnknown: string;
    resets: (args: { day: string }) => string;
    neverResets: string;
    byokCounts: string;
    byokFree: string;
    credits: (args: { amount: string }) => string;
    overdrawn: (args: { amount: string }) => string;
    noCredits: string;
    neverBought: string;
    first: {
      own: string;
      credits: string;
    };
    today: string;
    byok: (args: { amount: string }) => string;
    more: (args: { count: number }) => string;
  };
  details: {
    title: string;
    show: string;
    columns: {
      reasoning_tokens: string;
      cached_tokens: string;
      byok_requests: string;
      upstream_cost: string;
      cache_saving: string;
      data_discount: string;
      web_search_cost: string;
    };
    hints: {
      reasoning_tokens: string;
      cached_tokens: string;
      byok_requests: string;
      upstream_cost: string;
      cache_saving: string;
      data_discount: string;
      web_search_cost: string;
    };
    partial: (args: { names: string }) => string;
    none: string;
  };
};
export default catalog;
