// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  trail: string;
  notFound: {
    title: string;
    body: string;
    back: string;
  };
  stored: string;
  discovered: string;
  synced: string;
  newRule: string;
  openRouter: string;
  managementTitle: string;
  managementBody: string;
  managementAction: string;
  summary: string;
  month: {
    label: string;
    versus: (args: { amount: string; days: string }) => string;
    percent: (args: { direction: string; percent: string }) => string;
    none: string;
    first: string;
  };
  limit: {
    label: string;
    none: string;
    left: (args: { amount: string }) => string;
    over: (args: { amount: string }) => string;
    of: (args: { limit: string }) => string;
    unknown: string;
    leftUnknown: (args: { limit: string }) => string;
    resets: (args: { day: string }) => string;
    neverResets: string;
    runsOut: (args: { day: string }) => string;
    usedUp: string;
    lasts: string;
    neverRunsOut: string;
    noForecast: string;
    creditsRunOut: (args: { day: string }) => string;
    creditsLast: string;
    creditsUsedUp: string;
    creditsUnknown: string;
  };
  perRequest: {
    label: string;
    tokens: (args: { input: string; output: string }) => string;
    unknown: string;
    nothing: string;
  };
  alerts: {
    label: string;
    firing: (args: { count: number }) => string;
    rules: (args: { count: number }) => string;
    more: (args: { count: number }) => string;
  };
  range: string;
  week: {
    title: string;
    hint: string;
    label: string;
    rest: (args: { amount: string; total: string }) => string;
    since: (args: { day: string }) => string;
    emptyTitle: string;
    empty: string;
    emptySince: (args: { day: string }) => string;
  };
  providers: {
    title: string;
    provider: string;
    cost: string;
    latency: string;
    requests: string;
    seconds: (args: { seconds: string }) => string;
    unknown: string;
    others: (args: { count: number }) => string;
    since: (args: { day: string }) => string;
    emptyTitle: string;
    empty: string;
    emptySince: (args: { day: string }) => string;
  };
  archive: {
    uncovered: string;
    add: string;
    off: (args: { account: string }) => string;
    account: string;
  };
  rules: {
    title: string;
    all: string;
    empty: string;
  };
  history: {
    title: string;
    empty: string;
    uncovered: string;
    more: (args: { count: number }) => string;
  };
  dashboard: string;
  unusual: {
    title: string;
    usually: (args: { cost: string; usual: string; weekday: string }) => string;
    soFar: (args: { cost: string; usual: string; weekday: string }) => string;
    mostly: (args: { model: string; cost: string }) => string;
  };
};
export default catalog;
