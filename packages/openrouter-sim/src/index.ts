export { SimClock } from "./ledger/clock.ts";
export { Ledger } from "./ledger/ledger.ts";
export { jsonUsd, usd } from "./ledger/money.ts";
export type {
  Account,
  Amounts,
  CellTraits,
  Counters,
  DayModelTotals,
  KeyInput,
  KeyPatch,
  KeyRef,
  LedgerKey,
  RestateChange,
  RestateOptions,
  SpendInput,
  Windows,
  Workspace,
} from "./ledger/types.ts";
export type { LateDay, SimOptions } from "./options.ts";
export type { FaultKind, FaultMatch, FaultSpec } from "./server/faults.ts";
export type { SeenRequest } from "./server/request-log.ts";
export { type Sim, type StartOptions, startSim } from "./sim.ts";
export { continueLife, fillBelievableYear, type Life, type LifeKey, type YearOptions } from "./year/year.ts";
