/** Quirks of OpenRouter. Every field may be changed while the server runs. */
export interface SimOptions {
  /** Lag of the counters of /key and /keys. */
  lagMs: number;
  /** The same for /credits, which is cached. */
  creditsLagMs: number;
  creditsWithInferenceKey: 200 | 403;
  /** Status for an inference key at /keys and /workspaces. Both were observed. */
  keysDenialStatus: 401 | 403;
  workspacesDenialStatus: 401 | 403;
  keysPageSize: number;
  /** /keys without workspace_id shows the default workspace only. */
  defaultWorkspaceOnly: boolean;
  /** Ids of workspaces whose keys `/keys` refuses to list. */
  deniedWorkspaces: string[];
  managementKeysInList: boolean;
  /** `2026-08-24T10:30:00.000Z`, or `2026-08-24T10:30:00.000+00:00`. */
  timestamps: "z" | "offset";
  /** /key without the fields added in August 2026. */
  oldKeyBody: boolean;
  /** Fields, metrics and dimensions that no client has seen yet. */
  unknownFields: boolean;
  /** Sums of doubles: the last digits of amounts are off, as 0.30000000000000004 is. */
  floatNoise: boolean;
  /** Lag of analytics. */
  analyticsLagMs: number;
  /** Days that analytics and activity do not have until an instant. */
  lateDays: LateDay[];
  bucketColumn: "date" | "created_at";
  bucketValue: "date" | "iso";
  countsAsStrings: boolean;
  costsAsStrings: boolean;
  nullsForZero: boolean;
  /** Whether hashes that cannot be resolved are mentioned in `warnings`. */
  warnings: "alternate" | "always" | "never";
  /** Whether the hash of a deleted key still filters (unknown; assumed not to). */
  deletedHashResolves: boolean;
  /** With the dimension api_key_id, two keys with the same name give two identical rows, or one. */
  sameNameKeys: "separate" | "merge";
  rowOrder: "asc" | "desc" | "shuffled";
  /** Documented once as 367 and once as 365. */
  analyticsMaxDays: number;
  /** Maximum number of rows per response, regardless of the requested limit. */
  analyticsMaxRows: number;
  /** Dimensions that /analytics/meta does not list and queries are rejected for. */
  missingDimensions: string[];
  analyticsPerMinute: number;
  /** For each of the other endpoints, per account; the original documents no number. */
  otherPerMinute: number;
  /** Whose minutes count: those of the simulated clock or of the machine's. */
  rateLimitClock: "sim" | "real";
  /** Equal queries of an account get the same response for this long, with `cachedAt`. */
  analyticsCacheMs: number;
  activityDate: "datetime" | "date";
  activityUnknownHash: "empty" | "404";
  /** `api_key_hash` is ignored: every key shows the usage of its whole account. */
  activityIgnoresHash: boolean;
  /** Days that analytics always returns: every key has a row with one request there. */
  strayDays: string[];
  /** Columns that usage rows of analytics and /activity lack. */
  missingColumns: string[];
  /** The same for every second row of analytics. */
  sparseColumns: string[];
  /** Columns of usage rows of analytics in place of the true ones. */
  columnValues: Record<string, unknown>;
  /** Metrics that /analytics/meta does not list. */
  unlistedMetrics: string[];
  /** Metrics that a query may not ask for, whether /analytics/meta lists them or not. */
  unknownMetrics: string[];
  /** Metrics that rows lack while a warning names them. */
  ignoredMetrics: string[];
  /** /activity with the columns byok_requests and cached_tokens, which are documented nowhere. */
  undocumentedActivity: boolean;
  /** Fields of /key in place of the true ones. */
  keyFields: Record<string, unknown>;
  /** Validation errors in the usual envelope, or in that of the validator, which was seen too. */
  badRequests: "error" | "zod";
  /** Every response takes this long. */
  latencyMs: number;
}

export interface LateDay {
  day: string;
  until: Date;
  keyHash?: string;
}

export function defaultOptions(): SimOptions {
  return {
    lagMs: 45_000,
    creditsLagMs: 60_000,
    creditsWithInferenceKey: 403,
    keysDenialStatus: 401,
    workspacesDenialStatus: 401,
    keysPageSize: 100,
    defaultWorkspaceOnly: true,
    deniedWorkspaces: [],
    managementKeysInList: false,
    timestamps: "z",
    oldKeyBody: false,
    unknownFields: false,
    floatNoise: false,
    analyticsLagMs: 0,
    lateDays: [],
    bucketColumn: "date",
    bucketValue: "date",
    countsAsStrings: true,
    costsAsStrings: false,
    nullsForZero: false,
    warnings: "alternate",
    deletedHashResolves: false,
    sameNameKeys: "separate",
    rowOrder: "asc",
    analyticsMaxDays: 365,
    analyticsMaxRows: 10_000,
    missingDimensions: [],
    analyticsPerMinute: 64,
    otherPerMinute: Number.POSITIVE_INFINITY,
    rateLimitClock: "sim",
    analyticsCacheMs: 0,
    activityDate: "datetime",
    activityUnknownHash: "empty",
    activityIgnoresHash: false,
    strayDays: [],
    missingColumns: [],
    sparseColumns: [],
    columnValues: {},
    unlistedMetrics: [],
    unknownMetrics: [],
    ignoredMetrics: [],
    undocumentedActivity: false,
    keyFields: {},
    badRequests: "error",
    latencyMs: 0,
  };
}
