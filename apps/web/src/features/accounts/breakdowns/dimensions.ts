import type { Account } from "../../../lib/api/trpc.ts";

const ALWAYS = ["app", "user", "workspace", "provider", "finish_reason"] as const;

export type ShownDimension = (typeof ALWAYS)[number] | "end_user";

/** Dimensions to choose from: end users only if they are collected. */
export const dimensionsOf = ({ breakdowns }: Pick<Account, "breakdowns">): readonly ShownDimension[] =>
  breakdowns.end_users ? [...ALWAYS, "end_user"] : ALWAYS;

/** The dimension in the URL, or the first one. */
export const dimensionOf = (account: Pick<Account, "breakdowns">, asked: string | undefined): ShownDimension =>
  dimensionsOf(account).find((dimension) => dimension === asked) ?? "app";

const SETTINGS = {
  app: "apps",
  user: "members",
  workspace: "workspaces",
  provider: "providers",
  finish_reason: "finish_reasons",
} as const;

/** A dimension that can be turned off. End users that are off cannot be chosen. */
type OptionalDimension = keyof typeof SETTINGS;

const isOptional = (dimension: ShownDimension): dimension is OptionalDimension => dimension in SETTINGS;

/** The dimension, if the account does not collect it. */
export function turnedOff(
  { breakdowns }: Pick<Account, "breakdowns">,
  dimension: ShownDimension,
): OptionalDimension | null {
  return isOptional(dimension) && !breakdowns[SETTINGS[dimension]] ? dimension : null;
}
