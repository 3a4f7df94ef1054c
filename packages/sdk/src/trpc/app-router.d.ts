// Written by scripts/router-types.mjs from the server's v1 router. Do not edit.

import type {
  TRPC_ERROR_CODE_NUMBER,
  TRPCBuiltRouter,
  TRPCDecorateCreateRouterOptions,
  TRPCQueryProcedure,
} from "@trpc/server";

import type { Issue, Operations } from "../operations.d.ts";

type Procedure<Name extends keyof Operations> = Operations[Name] & { meta: object };

declare const publishedRouter: TRPCBuiltRouter<
  {
    ctx: object;
    meta: object;
    errorShape: {
      code: TRPC_ERROR_CODE_NUMBER;
      message: string;
      data: {
        httpStatus: number;
        path?: string;
        stack?: string;
        reason: string;
        params: Record<string, unknown>;
        code: string;
        issues?: Issue[];
        retry_after?: number;
        request_id: string | null;
      };
    };
    transformer: false;
  },
  TRPCDecorateCreateRouterOptions<{
    /** Endpoints for API tokens. */
    v1: {
      /** Alerts that are not resolved. The list is empty if no rule is firing. */
      alerts: TRPCQueryProcedure<Procedure<"alerts">>;
      /** Usage of a range, grouped by one dimension. The sum of the items and `others` is `total`. */
      breakdowns: TRPCQueryProcedure<Procedure<"breakdowns">>;
      /** Remaining credits of every OpenRouter account, and when they run out at the current pace. */
      credits: TRPCQueryProcedure<Procedure<"credits">>;
      /** Expected spend of the current month, and when limits and credits run out. */
      forecast: TRPCQueryProcedure<Procedure<"forecast">>;
      /** All keys with their totals, sorted by name. */
      keys: TRPCQueryProcedure<Procedure<"keys">>;
      /** Every model with stored usage, most expensive first. The costs sum to that of all stored usage. */
      models: TRPCQueryProcedure<Procedure<"models">>;
      /** Usage totals of a range of days. */
      stats: TRPCQueryProcedure<Procedure<"stats">>;
      /** Usage by day, key and model, one page at a time. Sorted by day (newest first), then by key name, model and key ID. */
      usage: TRPCQueryProcedure<Procedure<"usage">>;
      /** Version of the server, as in the header `X-Orwatch-Version`. */
      version: TRPCQueryProcedure<Procedure<"version">>;
    };
  }>
>;

/** The server's procedures for API tokens as a tRPC router, for your own tRPC client. */
export type AppRouter = typeof publishedRouter;
