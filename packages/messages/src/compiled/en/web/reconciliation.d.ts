// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  label: string;
  table: string;
  columns: {
    day: string;
    amounts: string;
    total: string;
    watched: string;
    rest: string;
    counters: string;
    credits: string;
  };
  hints: {
    total: string;
    watched: string;
    rest: string;
    counters: string;
    credits: string;
  };
  result: {
    matched: string;
    explained: string;
    unexplained: string;
    open: string;
    unread: string;
  };
  unread: string;
  countersUnknown: string;
  creditsUnknown: string;
  creditsOpen: string;
  sumOf: (args: { known: number; days: number }) => string;
  total: (args: { days: number }) => string;
  summary: {
    none: string;
    noneBody: string;
    all: string;
    allBody: (args: { total: string }) => string;
    some: (args: { amount: string; total: string }) => string;
    someBody: (args: { days: number }) => string;
    differ: string;
    differBody: (args: { days: number }) => string;
    unread: (args: { days: number }) => string;
  };
  difference: (args: { amount: string; cause: string }) => string;
  causesTitle: string;
  causes: {
    not_watched: string;
    deleted: string;
    chatroom: string;
    other_workspace: string;
    restatement: string;
    byok_fee: string;
    day_open: string;
    unknown: string;
    counters_only: string;
    purchase_or_grant: string;
    cached_answer: string;
    reading_time: string;
    unexplained: string;
  };
  about: {
    not_watched: string;
    deleted: string;
    chatroom: string;
    other_workspace: string;
    restatement: string;
    byok_fee: string;
    day_open: string;
    unknown: string;
    counters_only: string;
    purchase_or_grant: string;
    cached_answer: string;
    reading_time: string;
    unexplained: string;
  };
  credits: {
    title: string;
    left: (args: { amount: string }) => string;
    used: (args: { amount: string }) => string;
    runOut: (args: { day: string }) => string;
    noRunOut: string;
    neverBought: string;
    notReported: string;
    chartLeft: (args: { from: string; to: string; first: string; last: string }) => string;
    chartUsed: (args: { from: string; to: string; first: string; last: string }) => string;
    purchases: string;
    purchase: (args: { amount: string; at: string }) => string;
    taken: (args: { amount: string; at: string }) => string;
    more: (args: { count: number }) => string;
    since: (args: { at: string }) => string;
  };
};
export default catalog;
