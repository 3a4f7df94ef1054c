export { SimClock } from "./clock.ts";
export type { FaultKind, FaultMatch, FaultSpec } from "./faults.ts";
export { Ledger } from "./ledger.ts";
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
} from "./ledger-types.ts";
export { jsonUsd, usd } from "./money.ts";
export type { LateDay, SimOptions } from "./options.ts";
export type { SeenRequest } from "./request-log.ts";
export { type Sim, type StartOptions, startSim } from "./sim.ts";
export { continueLife, fillBelievableYear, type Life, type LifeKey, type YearOptions } from "./year.ts";
