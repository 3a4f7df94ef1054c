import { appRouter } from "@orwatch/server/router";
import type { RouteMeta } from "@orwatch/server/rpc/procedures";
import type { z } from "zod";

export interface Listed {
  /** `keys.add` */
  name: string;
  type: "query" | "mutation" | "subscription";
  input: z.ZodType | null;
  route: NonNullable<RouteMeta["openapi"]> | null;
}

/** Every procedure. Tests iterate over this list, so that new procedures are tested too. */
export function listProcedures(): Listed[] {
  const all = appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: Listed["type"]; inputs: z.ZodType[]; meta?: RouteMeta } }
  >;
  return Object.entries(all).map(([name, { _def }]) => ({
    name,
    type: _def.type,
    input: _def.inputs[0] ?? null,
    route: _def.meta?.openapi ?? null,
  }));
}

export const listMutations = (): Listed[] => listProcedures().filter(({ type }) => type === "mutation");
