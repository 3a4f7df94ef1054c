// Written by scripts/router-types.mjs from the server's v1 router. Do not edit.

import type {
  TRPC_ERROR_CODE_NUMBER,
  TRPCBuiltRouter,
  TRPCDecorateCreateRouterOptions,
  TRPCQueryProcedure,
} from "@trpc/server";

/** An invalid field of a request. */
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
    /** Endpoints for API tokens. */
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
        /** Usage of a range, grouped by one dimension. The sum of the items and `others` is `total`. */
        breakdowns: TRPCQueryProcedure<{
          input: {
            /** First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. */
            start_date: string;
            /** Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. A range has at most 366 days. */
            end_date: string;
            /** Dimension to group by. `user` (member) and `workspace` are only known for whole accounts, so they are unknown with `api_key_id`. */
            dimension:
              | "app"
              | "end_user"
              | "finish_reason"
              | "hour"
              | "provider"
              | "user"
              | "weekday_hour"
              | "workspace";
            /** Return only usage of these keys, at most 1000. An ID that is not yours matches nothing. */
            api_key_id?: number[] | undefined;
            /** Return only usage of this OpenRouter account. */
            account_id?: number | undefined;
            /** Return only usage of these models, at most 200, by their exact slugs. */
            model?: string[] | undefined;
            /** Maximum number of values to return, 1 to 10000. `others` has the sum of the rest. Default: 1000. Hours are always returned completely. */
            limit?: number | undefined;
          };
          output: {
            /** Most expensive value first, hours by time. */
            items: {
              /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. `parseMoney` converts it to nano-dollars. */
              cost: string;
              /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter. */
              byok_cost: string;
              /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
              requests_count: number | null;
              /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
              tokens_input: number | null;
              /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
              tokens_output: number | null;
              /** Untrusted text from OpenRouter, such as the name of a provider; for `hour`, the start of the hour; for `weekday_hour`, `0-0` (Monday) to `6-23`. `null` for usage whose value is unknown. */
              value: string | null;
              /** Median latency in milliseconds, averaged over days, keys and models by their requests. `null` if unknown. */
              latency_p50_ms: number | null;
              /** 95th percentile of the latency, averaged in the same way. `null` if unknown. */
              latency_p95_ms: number | null;
              /** Median tokens per second, averaged in the same way. `null` if unknown. */
              throughput_p50: number | null;
              /** 95th percentile of the tokens per second, averaged in the same way. `null` if unknown. */
              throughput_p95: number | null;
            }[];
            /** Sum of the values beyond `limit`. `null` if there are none. */
            others: {
              /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. `parseMoney` converts it to nano-dollars. */
              cost: string;
              /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter. */
              byok_cost: string;
              /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
              requests_count: number | null;
              /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
              tokens_input: number | null;
              /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
              tokens_output: number | null;
              /** Number of values in this sum. */
              values: number;
            } | null;
            /** All usage of the range. */
            total: {
              /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. `parseMoney` converts it to nano-dollars. */
              cost: string;
              /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter. */
              byok_cost: string;
              /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
              requests_count: number | null;
              /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
              tokens_input: number | null;
              /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
              tokens_output: number | null;
            };
            /** First day with data. `null` if there is none. */
            since: string | null;
          };
          meta: object;
        }>;
      }> &
        TRPCDecorateCreateRouterOptions<{
          /** Usage totals of a range of days. */
          stats: TRPCQueryProcedure<{
            input: {
              /** First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: 29 days before the end. */
              start_date?: string | undefined;
              /** Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: today. A range has at most 366 days. */
              end_date?: string | undefined;
            };
            output: {
              /** Totals of the range. */
              summary: {
                /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
                total_requests: number | null;
                /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. `parseMoney` converts it to nano-dollars. */
                total_cost: string;
                /** Input and output tokens combined. `null` if unknown: spend known only from a key's counters has no counts. */
                total_tokens: number | null;
                /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
                total_tokens_input: number | null;
                /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
                total_tokens_output: number | null;
              };
              /** The range of the totals. */
              period: {
                /** First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. */
                start_date: string;
                /** Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. A range has at most 366 days. */
                end_date: string;
                /** Number of days in the range, inclusive. */
                days: number;
              };
            };
            meta: object;
          }>;
          /** Usage by day, key and model, one page at a time. Sorted by day (newest first), then by key name, model and key ID. */
          usage: TRPCQueryProcedure<{
            input: {
              /** First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. */
              start_date: string;
              /** Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. A range has at most 366 days. */
              end_date: string;
              /** Page number, starting at 1. Default: 1. */
              page?: number | undefined;
              /** Maximum number of rows per page, 1 to 1000. Default: 100. */
              limit?: number | undefined;
              /** Return only usage of these keys, at most 1000. An ID that is not yours matches nothing. */
              api_key_id?: number[] | undefined;
              /** Return only usage of these models, at most 200, by their exact slugs. */
              model?: string[] | undefined;
            };
            output: {
              /** Rows of this page. */
              items: {
                /** Part of `tokens_output`. `null` if unknown. */
                reasoning_tokens: number | null;
                /** Part of `tokens_input` that was read from a prompt cache. `null` if unknown. */
                cached_tokens: number | null;
                /** Part of `requests_count` on your own provider keys. `null` if unknown. */
                byok_requests: number | null;
                /** What providers charge, as OpenRouter reports it, with its sign. `null` if unknown. */
                upstream_cost: string | null;
                /** Effect of prompt caching on the cost, as OpenRouter reports it, with its sign. `null` if unknown. */
                cache_saving: string | null;
                /** Discount for sharing data, mostly negative, as OpenRouter reports it, with its sign. `null` if unknown. */
                data_discount: string | null;
                /** Cost of web search, as OpenRouter reports it, with its sign. `null` if unknown. */
                web_search_cost: string | null;
                /** UTC date in `YYYY-MM-DD` format. */
                date: string;
                /** ID of the key, as in `keys.list()`. `null` for usage of an OpenRouter account that belongs to no key in orwatch; see `kind`. */
                api_key_id: number | null;
                /** Current name of the key. */
                api_key_name: string;
                /** Model slug, such as `openai/gpt-5`. `(unattributed)` for spend whose model is unknown. */
                model: string;
                /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
                requests_count: number | null;
                /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
                tokens_input: number | null;
                /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
                tokens_output: number | null;
                /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. `parseMoney` converts it to nano-dollars. */
                cost: string;
                /** `null` for usage of a key. Usage that belongs to no key here: of keys that are not watched, of deleted keys, of the chatroom, or not attributed to a key (`unknown`). */
                kind: "chatroom" | "deleted" | "not_watched" | "other_workspace" | "restatement" | "unknown" | null;
                /** ID of the OpenRouter account. `null` if unknown. */
                account_id: number | null;
              }[];
              /** Position of this page. */
              pagination: {
                /** Number of this page, starting at 1. */
                page: number;
                /** Maximum number of rows per page. */
                limit: number;
                /** Total number of rows. */
                total: number;
                /** Total number of pages; 0 if there are no rows. */
                pages: number;
              };
            };
            meta: object;
          }>;
          /** All keys with their totals, sorted by name. */
          keys: TRPCQueryProcedure<{
            input: Record<string, never>;
            output: {
              /** All keys, including those that are turned off. */
              items: {
                /** ID of the key. */
                id: number;
                /** Name of the key in orwatch. */
                name: string;
                /** Whether the key is turned on. */
                is_active: boolean;
                /** Totals of the key since it was added. */
                stats: {
                  /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
                  total_requests: number | null;
                  /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. `parseMoney` converts it to nano-dollars. */
                  total_cost: string;
                };
              }[];
              /** Total number of keys. */
              total: number;
            };
            meta: object;
          }>;
        }>
    >;
  }>
>;

/** The server's procedures for API tokens as a tRPC router, for your own tRPC client. */
export type AppRouter = typeof publishedRouter;
