// Written by scripts/router-types.mjs from the server's v1 router. Do not edit.

import type {
  TRPC_ERROR_CODE_NUMBER,
  TRPCBuiltRouter,
  TRPCDecorateCreateRouterOptions,
  TRPCQueryProcedure,
} from "@trpc/server";

/** What is wrong with one field of a request. */
export interface Issue {
  /** Path joined by dots; empty for the whole input. */
  path: string;
  /** What to do, in English. */
  message: string;
  /** The message code; see docs/errors.md. */
  reason: string;
  /** IDs, names, counts and dates, without formatting. */
  params: Record<string, unknown>;
}

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
    /** What an API token may call. */
    v1: TRPCBuiltRouter<
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
        /** Usage of a range split by one dimension. Items, with `others`, sum to `total`. */
        breakdowns: TRPCQueryProcedure<{
          input: {
            /** First UTC day, included: `YYYY-MM-DD`. */
            start_date: string;
            /** Last UTC day, included: `YYYY-MM-DD`. A range has at most 366 days. */
            end_date: string;
            /** What to split usage by. `user` (member) and `workspace` are known for whole accounts only, so they are unknown with `api_key_id`. */
            dimension:
              | "app"
              | "end_user"
              | "finish_reason"
              | "hour"
              | "provider"
              | "user"
              | "weekday_hour"
              | "workspace";
            /** Only these keys, at most 1000. An id that is not yours matches nothing. */
            api_key_id?: number[] | undefined;
            /** Only usage of this OpenRouter account. */
            account_id?: number | undefined;
            /** Only these models, at most 200, by their exact slugs. */
            model?: string[] | undefined;
            /** Values to return, 1 to 10000; `others` has the rest. Default: 1000. Hours always come in full. */
            limit?: number | undefined;
          };
          output: {
            /** Most expensive value first, hours by time. */
            items: {
              /** USD, exact: a decimal string with 2 to 9 fraction digits. `parseMoney` makes it nano-dollars. */
              cost: string;
              /** Estimate of spend on your own provider keys, which OpenRouter does not charge. */
              byok_cost: string;
              /** Requests. `null` when unknown: spend seen by a key's counters alone has no counts. */
              requests_count: number | null;
              /** Prompt tokens, cached ones included. `null` when unknown: spend seen by a key's counters alone has no counts. */
              tokens_input: number | null;
              /** Completion tokens, reasoning included. `null` when unknown: spend seen by a key's counters alone has no counts. */
              tokens_output: number | null;
              /** Untrusted text of OpenRouter's, such as the name of a provider; the start of the hour for `hour`; from `0-0` (Monday) to `6-23` for `weekday_hour`. `null`: usage of which it is not known. */
              value: string | null;
              /** Median latency in milliseconds, averaged over days, keys and models by their requests. `null` when unknown. */
              latency_p50_ms: number | null;
              /** 95th percentile of the latency, averaged in the same way. `null` when unknown. */
              latency_p95_ms: number | null;
              /** Median tokens per second, averaged in the same way. `null` when unknown. */
              throughput_p50: number | null;
              /** 95th percentile of the tokens per second, averaged in the same way. `null` when unknown. */
              throughput_p95: number | null;
            }[];
            /** Sum of the values beyond `limit`; `null` when there are none. */
            others: {
              /** USD, exact: a decimal string with 2 to 9 fraction digits. `parseMoney` makes it nano-dollars. */
              cost: string;
              /** Estimate of spend on your own provider keys, which OpenRouter does not charge. */
              byok_cost: string;
              /** Requests. `null` when unknown: spend seen by a key's counters alone has no counts. */
              requests_count: number | null;
              /** Prompt tokens, cached ones included. `null` when unknown: spend seen by a key's counters alone has no counts. */
              tokens_input: number | null;
              /** Completion tokens, reasoning included. `null` when unknown: spend seen by a key's counters alone has no counts. */
              tokens_output: number | null;
              /** How many values these are. */
              values: number;
            } | null;
            /** All usage of the range. */
            total: {
              /** USD, exact: a decimal string with 2 to 9 fraction digits. `parseMoney` makes it nano-dollars. */
              cost: string;
              /** Estimate of spend on your own provider keys, which OpenRouter does not charge. */
              byok_cost: string;
              /** Requests. `null` when unknown: spend seen by a key's counters alone has no counts. */
              requests_count: number | null;
              /** Prompt tokens, cached ones included. `null` when unknown: spend seen by a key's counters alone has no counts. */
              tokens_input: number | null;
              /** Completion tokens, reasoning included. `null` when unknown: spend seen by a key's counters alone has no counts. */
              tokens_output: number | null;
            };
            /** First day with data. `null` when there is none. */
            since: string | null;
          };
          meta: object;
        }>;
      }> &
        TRPCDecorateCreateRouterOptions<{
          /** Totals of a range of days. */
          stats: TRPCQueryProcedure<{
            input: {
              /** First UTC day, included: `YYYY-MM-DD`. Default: 29 days before the end. */
              start_date?: string | undefined;
              /** Last UTC day, included: `YYYY-MM-DD`. Default: today. A range has at most 366 days. */
              end_date?: string | undefined;
            };
            output: {
              /** The totals. */
              summary: {
                /** Requests. `null` when unknown: spend seen by a key's counters alone has no counts. */
                total_requests: number | null;
                /** USD, exact: a decimal string with 2 to 9 fraction digits. `parseMoney` makes it nano-dollars. */
                total_cost: string;
                /** Input and output tokens together. `null` when unknown: spend seen by a key's counters alone has no counts. */
                total_tokens: number | null;
                /** Prompt tokens, cached ones included. `null` when unknown: spend seen by a key's counters alone has no counts. */
                total_tokens_input: number | null;
                /** Completion tokens, reasoning included. `null` when unknown: spend seen by a key's counters alone has no counts. */
                total_tokens_output: number | null;
              };
              /** The range they are of. */
              period: {
                /** First UTC day, included: `YYYY-MM-DD`. */
                start_date: string;
                /** Last UTC day, included: `YYYY-MM-DD`. A range has at most 366 days. */
                end_date: string;
                /** Days in the range, both ends included. */
                days: number;
              };
            };
            meta: object;
          }>;
          /** Usage by day, key and model, one page at a time: newest day first, then key name, model and key id. */
          usage: TRPCQueryProcedure<{
            input: {
              /** First UTC day, included: `YYYY-MM-DD`. */
              start_date: string;
              /** Last UTC day, included: `YYYY-MM-DD`. A range has at most 366 days. */
              end_date: string;
              /** Page, from 1. Default: 1. */
              page?: number | undefined;
              /** Rows a page, 1 to 1000. Default: 100. */
              limit?: number | undefined;
              /** Only these keys, at most 1000. An id that is not yours matches nothing. */
              api_key_id?: number[] | undefined;
              /** Only these models, at most 200, by their exact slugs. */
              model?: string[] | undefined;
            };
            output: {
              /** Rows of this page. */
              items: {
                /** Part of `tokens_output`. `null` when unknown. */
                reasoning_tokens: number | null;
                /** Part of `tokens_input` that was read from a prompt cache. `null` when unknown. */
                cached_tokens: number | null;
                /** Part of `requests_count` on your own provider keys. `null` when unknown. */
                byok_requests: number | null;
                /** What providers charge, as OpenRouter reports it, with its sign. `null` when unknown. */
                upstream_cost: string | null;
                /** Effect of prompt caching on the cost, as OpenRouter reports it, with its sign. `null` when unknown. */
                cache_saving: string | null;
                /** Discount for sharing data, mostly negative, as OpenRouter reports it, with its sign. `null` when unknown. */
                data_discount: string | null;
                /** Cost of web search, as OpenRouter reports it, with its sign. `null` when unknown. */
                web_search_cost: string | null;
                /** UTC day, `YYYY-MM-DD`. */
                date: string;
                /** Id of the key, as in `keys.list()`. `null` for usage of an OpenRouter account that belongs to no key here: see `kind`. */
                api_key_id: number | null;
                /** Name of the key now, not then. */
                api_key_name: string;
                /** Model slug such as `openai/gpt-5`; `(unattributed)` for spend whose model is unknown. */
                model: string;
                /** Requests. `null` when unknown: spend seen by a key's counters alone has no counts. */
                requests_count: number | null;
                /** Prompt tokens, cached ones included. `null` when unknown: spend seen by a key's counters alone has no counts. */
                tokens_input: number | null;
                /** Completion tokens, reasoning included. `null` when unknown: spend seen by a key's counters alone has no counts. */
                tokens_output: number | null;
                /** USD, exact: a decimal string with 2 to 9 fraction digits. `parseMoney` makes it nano-dollars. */
                cost: string;
                /** `null` for usage of a key. Usage that belongs to no key here: of keys that are not watched, of deleted keys, of the chatroom, or not attributed to a key (`unknown`). */
                kind: "chatroom" | "deleted" | "not_watched" | "other_workspace" | "restatement" | "unknown" | null;
                /** Id of the OpenRouter account. `null` when unknown. */
                account_id: number | null;
              }[];
              /** Where this page stands. */
              pagination: {
                /** This page, from 1. */
                page: number;
                /** Rows a page at most. */
                limit: number;
                /** Rows in all. */
                total: number;
                /** Pages in all; 0 when there are no rows. */
                pages: number;
              };
            };
            meta: object;
          }>;
          /** The keys that are watched, with their totals, by name. */
          keys: TRPCQueryProcedure<{
            input: Record<string, never>;
            output: {
              /** All keys, those switched off included. */
              items: {
                /** Id of the key. */
                id: number;
                /** Name its owner gave the key. */
                name: string;
                /** Whether its owner has it watched. */
                is_active: boolean;
                /** Totals of the key since it is watched. */
                stats: {
                  /** Requests. `null` when unknown: spend seen by a key's counters alone has no counts. */
                  total_requests: number | null;
                  /** USD, exact: a decimal string with 2 to 9 fraction digits. `parseMoney` makes it nano-dollars. */
                  total_cost: string;
                };
              }[];
              /** Keys in all. */
              total: number;
            };
            meta: object;
          }>;
        }>
    >;
  }>
>;

/** The server's procedures that an API token may call, as a tRPC router: for a tRPC client of your own. */
export type AppRouter = typeof publishedRouter;
