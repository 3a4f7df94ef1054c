// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import type { Language } from "../languages.ts";

export type Part = "account" | "alerts" | "audit" | "common" | "deliveries" | "digest" | "errors" | "issues" | "jobs" | "keys" | "sending";
export declare const LOADERS: Record<
  Language,
  { [P in Part]: () => Promise<{ default: Readonly<Record<string, (args: never) => string>> }> }
>;
