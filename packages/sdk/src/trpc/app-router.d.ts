// Written by scripts/router-types.mjs from the server's v1 router. Do not edit.

import type {
  TRPC_ERROR_CODE_NUMBER,
  TRPCBuiltRouter,
  TRPCDecorateCreateRouterOptions,
  TRPCMutationProcedure,
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
      /** Checks the key at OpenRouter and stores it encrypted. Its first sync starts in the background. The API token needs the scope `keys:write`. */
      addKey: TRPCMutationProcedure<Procedure<"addKey">>;
      /** Alerts that are not resolved. The list is empty if no rule is firing. */
      alerts: TRPCQueryProcedure<Procedure<"alerts">>;
      /** Cost, requests, tokens, ratios or latency of a range by hour, day, week or month, grouped by up to two dimensions. Groups and `other` sum to the total of `/v1/stats`. A combination that is not collected is rejected with `BREAKDOWN_UNAVAILABLE` and the dimensions that are. */
      breakdown: TRPCQueryProcedure<Procedure<"breakdown">>;
      /** Usage of a range by provider, app, finish reason, end user, member, workspace or hour. OpenRouter keeps most of this for 31 days, so it is available from the day the account was added, minus 31 days. */
      breakdowns: TRPCQueryProcedure<Procedure<"breakdowns">>;
      /** Which keys or models explain the difference in cost between two ranges of days. Each change is split into more requests, tokens per request, cost per token and mix. */
      changes: TRPCQueryProcedure<Procedure<"changes">>;
      /** Remaining credits of every OpenRouter account, and when they run out at the current pace. */
      credits: TRPCQueryProcedure<Procedure<"credits">>;
      /** Expected spend of the current month, and when limits and credits run out. */
      forecast: TRPCQueryProcedure<Procedure<"forecast">>;
      /** Limits, spend counters, status and totals of every key, sorted by name. Contains keys only. Usage of OpenRouter accounts that belongs to no key is not part of it, so the keys can add up to less than the totals of `/api/v1/stats`. `/api/v1/usage` lists that usage with `api_key_id: null`. */
      keys: TRPCQueryProcedure<Procedure<"keys">>;
      /** Every model with stored usage, most expensive first. The costs sum to that of all stored usage. */
      models: TRPCQueryProcedure<Procedure<"models">>;
      /** Cost, requests and tokens of every project in a range of days, the last 30 by default. Usage of a day belongs to the project that its key had on that day. The item with `id` `null` is the usage without a project, so that the items sum to the total of `/v1/stats`. */
      projects: TRPCQueryProcedure<Procedure<"projects">>;
      /** Totals of a range of days, the last 30 by default, for all keys and models or those of the filters. */
      stats: TRPCQueryProcedure<Procedure<"stats">>;
      /** Fetches the usage of all keys that are turned on, or of one of them, from OpenRouter and returns when it is done. If a sync of a key is already running, waits for that one. For a management key, syncs every key it covers. The API token needs the scope `sync`. */
      sync: TRPCMutationProcedure<Procedure<"sync">>;
      /** The team whose usage the token reads. */
      team: TRPCQueryProcedure<Procedure<"team">>;
      /** Changes the fields that are given. Nothing is changed at OpenRouter. The API token needs the scope `keys:write`. */
      updateKey: TRPCMutationProcedure<Procedure<"updateKey">>;
      /** Usage by day, key and model, one page at a time. Sorted by day (newest first), then by key name, model and key ID. */
      usage: TRPCQueryProcedure<Procedure<"usage">>;
      /** Version of the server, as in the header `X-Orwatch-Version`. */
      version: TRPCQueryProcedure<Procedure<"version">>;
    };
  }>
>;

/** The server's procedures for API tokens as a tRPC router, for your own tRPC client. */
export type AppRouter = typeof publishedRouter;
