// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  label: string;
  dimensions: {
    app: string;
    user: string;
    workspace: string;
    provider: string;
    finish_reason: string;
    end_user: string;
  };
  tables: {
    app: string;
    user: string;
    workspace: string;
    provider: string;
    finish_reason: string;
    end_user: string;
  };
  columns: {
    cost: string;
    share: string;
    requests: string;
    tokensInput: string;
    tokensOutput: string;
  };
  requests: (args: { count: number }) => string;
  unknown: string;
  unknownBefore: (args: { since: string }) => string;
  unknownRest: string;
  others: (args: { count: number }) => string;
  since: (args: { since: string }) => string;
  speed: {
    title: string;
    hint: string;
    model: string;
    provider: string;
    requests: string;
    cost: string;
    latency_p50_ms: string;
    latency_p95_ms: string;
    throughput_p50: string;
    throughput_p95: string;
    seconds: (args: { seconds: string }) => string;
    off: string;
    more: (args: { shown: number; count: number }) => string;
  };
  empty: {
    usage: string;
    usageBody: string;
    off: {
      app: string;
      provider: string;
      finish_reason: string;
      user: string;
      workspace: string;
    };
    offBody: string;
    first: string;
    firstBody: string;
    before: string;
    beforeBody: (args: { since: string }) => string;
  };
  failed: string;
  failedBody: string;
  collection: {
    open: string;
    lead: string;
    legend: string;
    fields: {
      providers: string;
      performance: string;
      apps: string;
      finish_reasons: string;
      members: string;
      workspaces: string;
      hours: string;
      end_users: string;
    };
    hints: {
      providers: string;
      performance: string;
      apps: string;
      finish_reasons: string;
      members: string;
      workspaces: string;
      hours: string;
      end_users: string;
    };
    save: string;
    saved: (args: { name: string }) => string;
    state: string;
    rows: string;
    size: string;
    growth: string;
    since: string;
    last: string;
    error: string;
    retention: string;
    retentionDays: (args: { count: number }) => string;
    retentionNone: string;
    retentionHint: (args: { variable: string }) => string;
    confirm: string;
    confirmBody: string;
    confirmSubmit: string;
  };
  showAll: (args: { count: number }) => string;
  showFewer: string;
};
export default catalog;
