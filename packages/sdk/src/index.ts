export { createClient, type OrwatchClient } from "./client.ts";
export {
  type AnyOrwatchError,
  ApiError,
  AuthenticationError,
  ConnectionError,
  type ErrorOrigin,
  isOrwatchError,
  NotFoundError,
  OrwatchError,
  RateLimitError,
  TimeoutError,
  ValidationError,
} from "./errors.ts";
export type { FailedAttempt, Hooks, Logger, RequestEvent, ResponseEvent, RetryEvent } from "./hooks.ts";
export { addMoney, formatMoney, NANOS_PER_USD, parseMoney } from "./money.ts";
export type { Issue, Operations } from "./operations.d.ts";
export type { ClientOptions, RequestOptions } from "./options.ts";
export type { ApiPromise, WithResponse } from "./transport/api-promise.ts";
export type { ByteReader, ByteStream } from "./transport/byte-stream.ts";
export type { RateLimit } from "./transport/rate-limit.ts";
export type {
  AlertList,
  Breakdown,
  BreakdownInput,
  ChangeList,
  ChangesInput,
  CreditList,
  Forecast,
  ForecastInput,
  GroupedUsageInput,
  GroupedUsageRow,
  KeyChanges,
  KeyInput,
  KeyList,
  KeyTotals,
  ModelList,
  Pagination,
  ServerVersion,
  Stats,
  StatsInput,
  SumDimension,
  SyncInput,
  SyncResult,
  Team,
  UsageBreakdown,
  UsageBreakdownInput,
  UsageInput,
  UsageRow,
  UsageSumInput,
} from "./types.ts";
export type { GroupedUsageExportInput, UsageExport, UsageExportInput } from "./usage/export.ts";
export type { UsageList, UsagePage } from "./usage/list.ts";
