// Written by scripts/router-types.mjs from the server's v1 router. Do not edit.

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

/** Inputs and outputs of the endpoints for API tokens, by the names of their procedures: `stats` is `GET /api/v1/stats`, `addKey` is `POST /api/v1/keys`. */

export interface Operations {
  /** Checks the key at OpenRouter and stores it encrypted. Its first sync starts in the background. The API token needs the scope `keys:write`. */
  addKey: {
    input: {
      /** Display name, 1 to 100 characters. */
      name: string;
      /** OpenRouter key: an inference key or a management key. Stored encrypted and never returned. */
      key: string;
      /** Description, up to 500 characters. */
      description?: string | undefined;
    };
    output: {
      /** ID of the key. */
      id: number;
      /** Name of the key in orwatch. */
      name: string;
      /** Description of the key. `null` if none. */
      description: string | null;
      /** The key, masked. */
      label: string;
      /** `null` until the key has been checked at OpenRouter. */
      kind: "inference" | "management" | null;
      /** Whether the key is turned on. */
      is_active: boolean;
      /** Whether OpenRouter accepts the key. `unverified`: it has not been checked yet. */
      status: "invalid" | "unverified" | "valid";
      /** Reason for the status, in English. */
      status_message: string | null;
      /** `status_message` as a code and parameters. */
      status_reason: {
        /** Stable message code. New codes may be added in any version. */
        code: string;
        /** Parameters of the message: IDs, names, counts, dates, timestamps, and nano-dollars as strings. */
        params: Record<string, unknown>;
      } | null;
      /** ID of the OpenRouter account that the key belongs to. `null` if unknown. */
      account_id: number | null;
      /** Name of the key's workspace at OpenRouter. `null` if unknown. */
      workspace: string | null;
      /** Whether the key has a limit at OpenRouter. A limit of 0 is a limit. `null` if unknown. */
      has_limit: boolean | null;
      /** `null` if the key has no limit or the limit is unknown; see `has_limit`. In USD, as a decimal string. */
      limit: string | null;
      /** Amount left until the limit resets. Can be negative. `null` if there is no limit or the amount is unknown, for example between a reset and the next sync. In USD, as a decimal string. */
      limit_remaining: string | null;
      /** Whether spend on your own provider keys (BYOK) counts toward the limit. `null` until it has been read from OpenRouter. */
      include_byok_in_limit: boolean | null;
      /** How often the limit resets: `daily`, `weekly` or `monthly`. `null` if it never resets. */
      limit_reset: string | null;
      /** All-time spend, as counted by OpenRouter. In USD, as a decimal string. */
      usage: string | null;
      /** Spend of the current UTC day. `null` if it has not been read since the day began. In USD, as a decimal string. */
      usage_daily: string | null;
      /** Spend of the current week, which starts on Monday (UTC). `null` if it has not been read since the week began. In USD, as a decimal string. */
      usage_weekly: string | null;
      /** Spend of the current calendar month (UTC). `null` if it has not been read since the month began. In USD, as a decimal string. */
      usage_monthly: string | null;
      /** All-time spend on your own provider keys (BYOK), as estimated by OpenRouter. Not charged by OpenRouter. `null` if unknown. In USD, as a decimal string. */
      byok_usage: string | null;
      /** `byok_usage` of the current UTC day. `null` if unknown. In USD, as a decimal string. */
      byok_usage_daily: string | null;
      /** `byok_usage` of the current week. `null` if unknown. In USD, as a decimal string. */
      byok_usage_weekly: string | null;
      /** `byok_usage` of the current month. `null` if unknown. In USD, as a decimal string. */
      byok_usage_monthly: string | null;
      /** When the limit and the spend counters were last read, by OpenRouter's clock. */
      counters_at: string | null;
      /** When the key expires at OpenRouter. `null` if never, or unknown. */
      expires_at: string | null;
      /** When the key was last used at OpenRouter. `null` if never, or unknown. */
      last_used_at: string | null;
      /** When the key was last checked at OpenRouter. `null` if never. */
      last_validated_at: string | null;
      /** End of the last successful sync. `null` if there was none. */
      last_synced_at: string | null;
      /** Why the last sync failed, in English. `null` if it succeeded. */
      last_sync_error: string | null;
      /** `last_sync_error` as a code and parameters. */
      last_sync_error_message: {
        /** Stable message code. New codes may be added in any version. */
        code: string;
        /** Parameters of the message: IDs, names, counts, dates, timestamps, and nano-dollars as strings. */
        params: Record<string, unknown>;
      } | null;
      /** Totals of the stored usage of the key. */
      stats: {
        /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
        requests: number | null;
        /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
        cost: string;
        /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
        byok_cost: string;
        /** Use `requests` instead. */
        total_requests: number | null;
        /** Use `cost` instead. In USD, as a decimal string. */
        total_cost: string;
      };
    };
  };
  /** Alerts that are not resolved. The list is empty if no rule is firing. */
  alerts: {
    input: Record<string, never>;
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** Alerts that are not resolved, newest first. Of several thresholds that one key has passed, the highest. */
      items: {
        /** ID of the alert rule. */
        rule_id: number;
        /** Name of the alert rule. */
        name: string;
        /** `firing`: the condition holds. `snoozed`: it holds, but the rule sends no notifications for now. */
        state: "firing" | "snoozed";
        /** When the alert began. */
        since: string;
        /** What happened, in English. `null` for alerts that an older version of the server stored. */
        message: string | null;
        /** The code of the message; see docs/errors.md. */
        reason: string | null;
        /** Parameters of the message: IDs, names, counts, dates, and nano-dollars as strings. */
        params: Record<string, unknown> | null;
      }[];
    };
  };
  /** Cost, requests, tokens, ratios or latency of a range by hour, day, week or month, grouped by up to two dimensions. Groups and `other` sum to the total of `/v1/stats`. A combination that is not collected is rejected with `BREAKDOWN_UNAVAILABLE` and the dimensions that are. */
  breakdown: {
    input: {
      /** Return only usage of these keys, at most 1000. An ID that is not yours matches nothing. */
      api_key_id?: number[] | undefined;
      /** Return only usage of these models, at most 200, by their exact slugs. */
      model?: string[] | undefined;
      /** Exclude usage of these keys. */
      exclude_api_key_id?: number[] | undefined;
      /** Exclude usage of these models. */
      exclude_model?: string[] | undefined;
      /** Return only usage of models of these vendors, at most 200. */
      vendor?: string[] | undefined;
      /** Exclude usage of models of these vendors, at most 200. */
      exclude_vendor?: string[] | undefined;
      /** Return only usage of keys of these workspaces, by their names, at most 200. */
      workspace?: string[] | undefined;
      /** Exclude usage of keys of these workspaces, at most 200. */
      exclude_workspace?: string[] | undefined;
      /** Return only usage of these OpenRouter accounts, at most 200. */
      account_id?: number[] | undefined;
      /** Exclude usage of these OpenRouter accounts, at most 200. */
      exclude_account_id?: number[] | undefined;
      /** Return only usage at these providers, at most 200. */
      provider?: string[] | undefined;
      /** Exclude usage at these providers, at most 200. */
      exclude_provider?: string[] | undefined;
      /** Return only usage of these apps, at most 200. */
      app?: string[] | undefined;
      /** Exclude usage of these apps, at most 200. */
      exclude_app?: string[] | undefined;
      /** Return only usage with these finish reasons, at most 200. */
      finish_reason?: string[] | undefined;
      /** Exclude usage with these finish reasons, at most 200. */
      exclude_finish_reason?: string[] | undefined;
      /** Return only usage of these end users, at most 200. */
      end_user?: string[] | undefined;
      /** Exclude usage of these end users, at most 200. */
      exclude_end_user?: string[] | undefined;
      /** What to return. `tokens` is input and output combined, `cache_hit_rate` the percentage of input tokens that were read from a cache. Latencies are averages of the daily percentiles, weighted by requests. */
      metric?:
        | "cache_hit_rate"
        | "cached_tokens"
        | "cost"
        | "cost_per_million_tokens"
        | "cost_per_request"
        | "latency_p50_ms"
        | "latency_p95_ms"
        | "reasoning_tokens"
        | "requests"
        | "tokens"
        | "tokens_input"
        | "tokens_output"
        | "tokens_per_request"
        | undefined;
      /** Dimensions to group by, at most two. `vendor` is the part of a model before the slash. `provider`, `app`, `finish_reason` and `end_user` are known from 31 days before the first sync at the earliest. */
      group_by?:
        | ("account" | "app" | "end_user" | "finish_reason" | "key" | "model" | "provider" | "vendor" | "workspace")[]
        | undefined;
      /** Length of the intervals of `points`. Weeks start on Monday. `hour` for at most 31 days, from 31 days before the first sync at the earliest. */
      interval?: "day" | "hour" | "month" | "week" | undefined;
      /** First day of the range (UTC), inclusive. Default: 29 days before the end. */
      start_date?: string | undefined;
      /** Last day of the range (UTC), inclusive. Default: today. A range has at most 366 days. */
      end_date?: string | undefined;
      /** Maximum number of groups to return, 1 to 100. `other` contains the rest. */
      limit?: number | undefined;
      /** Further metrics of `total`, each group and `other`, at most 6. They must be stored together with `metric`: latencies only with latencies, reasoning and cached tokens only with each other. */
      columns?:
        | (
            | "cache_hit_rate"
            | "cached_tokens"
            | "cost"
            | "cost_per_million_tokens"
            | "cost_per_request"
            | "latency_p50_ms"
            | "latency_p95_ms"
            | "reasoning_tokens"
            | "requests"
            | "tokens"
            | "tokens_input"
            | "tokens_output"
            | "tokens_per_request"
          )[]
        | undefined;
    };
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** As requested. */
      metric:
        | "cache_hit_rate"
        | "cached_tokens"
        | "cost"
        | "cost_per_million_tokens"
        | "cost_per_request"
        | "latency_p50_ms"
        | "latency_p95_ms"
        | "reasoning_tokens"
        | "requests"
        | "tokens"
        | "tokens_input"
        | "tokens_output"
        | "tokens_per_request";
      /** As requested. */
      group_by: (
        | "account"
        | "app"
        | "end_user"
        | "finish_reason"
        | "key"
        | "model"
        | "provider"
        | "vendor"
        | "workspace"
      )[];
      /** The range and its intervals. */
      period: {
        /** First day of the range (UTC), inclusive. */
        start_date: string;
        /** Last day of the range (UTC), inclusive. */
        end_date: string;
        /** Length of the intervals. */
        interval: "day" | "hour" | "month" | "week";
      };
      /** Value of all selected usage, the same as of `/v1/stats`. */
      total: string | number | null;
      /** Values of the metrics in `columns`, in their order. */
      columns: (string | number | null)[];
      /** All selected usage by interval. */
      points: {
        /** Start of the interval: a UTC date, or with `interval=hour` a timestamp. */
        at: string;
        /** Value of the metric: money as a decimal string in USD, counts and other ratios as numbers. `null` if unknown or not defined, such as the cost per request without requests. */
        value: string | number | null;
      }[];
      /** Highest value first, or for ratios the most expensive first. With metrics that can be added, `groups` and `other` sum to `total`. */
      groups: {
        /** Values of the dimensions. If all collected ones are `null`, the group is the usage that is not known by this dimension. */
        key: {
          /** Model slug. */
          model?: string | null;
          /** Part of the model before the slash. */
          vendor?: string | null;
          /** ID of the key. `null` for usage that belongs to no key; see `kind`. */
          api_key_id?: number | null;
          /** Current name of the key. */
          api_key_name?: string | null;
          /** Origin of usage of an OpenRouter account that belongs to no key in orwatch (`api_key_id` is `null`). `not_watched`: keys that are not watched. `deleted`: deleted keys. `chatroom`: OpenRouter's chatroom. `other_workspace`: workspaces whose keys OpenRouter does not list. `restatement`: corrections of finished days that are not read for the key yet. `unknown`: not attributed to a key. `null` for usage of a key. */
          kind?: "chatroom" | "deleted" | "not_watched" | "other_workspace" | "restatement" | "unknown" | null;
          /** Name of the workspace. `null` if unknown. */
          workspace?: string | null;
          /** ID of the OpenRouter account. `null` if there is none. */
          account_id?: number | null;
          /** Provider. Untrusted text of OpenRouter's. */
          provider?: string | null;
          /** App. Untrusted: apps choose their names. */
          app?: string | null;
          /** Finish reason. */
          finish_reason?: string | null;
          /** End user. Untrusted: your requests contain it. */
          end_user?: string | null;
        };
        /** Value of the metric: money as a decimal string in USD, counts and other ratios as numbers. `null` if unknown or not defined, such as the cost per request without requests. */
        total: string | number | null;
        /** Values of the metrics in `columns`, in their order. */
        columns: (string | number | null)[];
        /** One point for each interval of the range, in order. The first and the last interval may be partly outside. */
        points: {
          /** Start of the interval: a UTC date, or with `interval=hour` a timestamp. */
          at: string;
          /** Value of the metric: money as a decimal string in USD, counts and other ratios as numbers. `null` if unknown or not defined, such as the cost per request without requests. */
          value: string | number | null;
        }[];
      }[];
      /** Value of the groups beyond `limit`. `null` if there are none. */
      other: {
        /** Number of groups that are not in `groups`. */
        groups: number;
        /** Value of the metric: money as a decimal string in USD, counts and other ratios as numbers. `null` if unknown or not defined, such as the cost per request without requests. */
        total: string | number | null;
        /** Values of the metrics in `columns`, in their order. */
        columns: (string | number | null)[];
        /** One point for each interval of the range, in order. The first and the last interval may be partly outside. */
        points: {
          /** Start of the interval: a UTC date, or with `interval=hour` a timestamp. */
          at: string;
          /** Value of the metric: money as a decimal string in USD, counts and other ratios as numbers. `null` if unknown or not defined, such as the cost per request without requests. */
          value: string | number | null;
        }[];
      } | null;
      /** Days whose usage is in no point. `value` is `null` if it is not known at all, else the amount that is not known by hour. */
      unknown: {
        /** UTC date in `YYYY-MM-DD` format. */
        start_date: string;
        /** UTC date in `YYYY-MM-DD` format. */
        end_date: string;
        /** Value of the metric: money as a decimal string in USD, counts and other ratios as numbers. `null` if unknown or not defined, such as the cost per request without requests. */
        value: string | number | null;
      }[];
    };
  };
  /** Usage of a range by provider, app, finish reason, end user, member, workspace or hour. OpenRouter keeps most of this for 31 days, so it is available from the day the account was added, minus 31 days. */
  breakdowns: {
    input: {
      /** First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. */
      start_date: string;
      /** Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. A range has at most 366 days. */
      end_date: string;
      /** Dimension to group by. `user` (member) and `workspace` are only known for whole accounts, so they are unknown with `api_key_id`. */
      dimension: "app" | "end_user" | "finish_reason" | "hour" | "provider" | "user" | "weekday_hour" | "workspace";
      /** Return only usage of these keys, at most 1000. An ID that is not yours matches nothing. */
      api_key_id?: number[] | undefined;
      /** Return only usage of this OpenRouter account. */
      account_id?: number | undefined;
      /** Return only usage of these models, at most 200, by their exact slugs. */
      model?: string[] | undefined;
      /** Maximum number of values to return, 1 to 10000. `others` contains the rest. Hours are always returned in full. */
      limit?: number | undefined;
    };
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** Most expensive first, hours by time. Their sum, with `others`, is `total`. */
      items: {
        /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
        cost: string;
        /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
        byok_cost: string;
        /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
        requests: number | null;
        /** Use `requests` instead. */
        requests_count: number | null;
        /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_input: number | null;
        /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_output: number | null;
        /** Median latency in milliseconds: average of the values of each day, key, model and provider, weighted by requests. `null` if unknown. */
        latency_p50_ms: number | null;
        /** 95th percentile of the latency in milliseconds: average of the values of each day, key, model and provider, weighted by requests. `null` if unknown. */
        latency_p95_ms: number | null;
        /** Median throughput in tokens per second: average of the values of each day, key, model and provider, weighted by requests. `null` if unknown. */
        throughput_p50: number | null;
        /** 95th percentile of the throughput in tokens per second: average of the values of each day, key, model and provider, weighted by requests. `null` if unknown. */
        throughput_p95: number | null;
        /** Text from OpenRouter, for example the name of a provider. Untrusted: apps and end users can set it. `hour`: start of the hour (UTC). `weekday_hour`: weekday and hour (UTC), from `0-0` (Monday, midnight) to `6-23`. `null`: usage of which the value is unknown. */
        value: string | null;
      }[];
      /** Sum of the values beyond `limit`. `null` if there are none. */
      others: {
        /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
        cost: string;
        /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
        byok_cost: string;
        /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
        requests: number | null;
        /** Use `requests` instead. */
        requests_count: number | null;
        /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_input: number | null;
        /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_output: number | null;
        /** Number of values that are not in `items`. */
        values: number;
      } | null;
      /** All usage of the range, as in the other statistics. */
      total: {
        /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
        cost: string;
        /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
        byok_cost: string;
        /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
        requests: number | null;
        /** Use `requests` instead. */
        requests_count: number | null;
        /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_input: number | null;
        /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_output: number | null;
      };
      /** First day with data. Usage of earlier days has the value `null`. `null` if there is no data. */
      since: string | null;
    };
  };
  /** Which keys or models explain the difference in cost between two ranges of days. Each change is split into more requests, tokens per request, cost per token and mix. */
  changes: {
    input: {
      /** Return only usage of these keys, at most 1000. An ID that is not yours matches nothing. */
      api_key_id?: number[] | undefined;
      /** Return only usage of these models, at most 200, by their exact slugs. */
      model?: string[] | undefined;
      /** Exclude usage of these keys. */
      exclude_api_key_id?: number[] | undefined;
      /** Exclude usage of these models. */
      exclude_model?: string[] | undefined;
      /** First day of the range, inclusive. Default: 6 days before the end, so that the range is a week. */
      start_date?: string | undefined;
      /** Last day of the range, inclusive. Default: yesterday, the last complete day. */
      end_date?: string | undefined;
      /** Range to compare with: `previous` for the same number of days immediately before, or the first day of another range of that length. */
      against?: string | undefined;
      /** Whether to compare keys or models. */
      by?: "key" | "model" | undefined;
      /** Maximum number of items to return, 1 to 1000. `others` contains the rest. */
      limit?: number | undefined;
    };
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** As requested. */
      by: "key" | "model";
      /** The range. */
      period: {
        /** UTC date in `YYYY-MM-DD` format. */
        start_date: string;
        /** UTC date in `YYYY-MM-DD` format. */
        end_date: string;
      };
      /** The range compared with. */
      against: {
        /** UTC date in `YYYY-MM-DD` format. */
        start_date: string;
        /** UTC date in `YYYY-MM-DD` format. */
        end_date: string;
      };
      /** All selected usage of the keys that are known in both ranges. The changes of `items` and `others` sum to its change. */
      total: {
        /** Cost in the range compared with. `null` if some of it is unknown. In USD, as a decimal string. */
        before: string | null;
        /** Cost in the range. `null` if some of it is unknown. In USD, as a decimal string. */
        after: string | null;
        /** `after` minus `before`. `null` if one of them is unknown. In USD, as a decimal string. */
        change: string | null;
      };
      /** Number of keys with usage in one of the ranges whose cost on some day of the ranges is unknown. They are not in `total`. */
      keys_not_compared: number;
      /** Largest change first, whether an increase or a decrease. By key, those that are not compared come last. */
      items: {
        /** Cost in the range compared with. `null` if some of it is unknown. In USD, as a decimal string. */
        before: string | null;
        /** Cost in the range. `null` if some of it is unknown. In USD, as a decimal string. */
        after: string | null;
        /** `after` minus `before`. `null` if one of them is unknown. In USD, as a decimal string. */
        change: string | null;
        /** ID of the key. `null` by model, and for usage that belongs to no key; see `kind`. */
        api_key_id: number | null;
        /** Current name of the key. `null` by model. */
        api_key_name: string | null;
        /** Model slug. `null` by key. */
        model: string | null;
        /** Origin of usage of an OpenRouter account that belongs to no key in orwatch (`api_key_id` is `null`). `not_watched`: keys that are not watched. `deleted`: deleted keys. `chatroom`: OpenRouter's chatroom. `other_workspace`: workspaces whose keys OpenRouter does not list. `restatement`: corrections of finished days that are not read for the key yet. `unknown`: not attributed to a key. `null` for usage of a key. */
        kind: "chatroom" | "deleted" | "not_watched" | "other_workspace" | "restatement" | "unknown" | null;
        /** ID of the OpenRouter account. `null` if unknown. */
        account_id: number | null;
        /** What the change consists of; the parts sum to `change` exactly. `null` if requests or tokens of some usage are unknown. */
        parts: {
          /** Effect of more or fewer requests. In USD, as a decimal string. */
          volume: string;
          /** Effect of more or fewer tokens per request. In USD, as a decimal string. */
          size: string;
          /** Effect of a higher or lower cost per token, for example through caching or another provider. In USD, as a decimal string. */
          price: string;
          /** Effect of a different distribution of the requests: over the models of a key, or over the keys of a model. In USD, as a decimal string. */
          mix: string;
        } | null;
      }[];
      /** Sum of the items beyond `limit`. `null` if there are none. */
      others: {
        /** Cost in the range compared with. `null` if some of it is unknown. In USD, as a decimal string. */
        before: string | null;
        /** Cost in the range. `null` if some of it is unknown. In USD, as a decimal string. */
        after: string | null;
        /** `after` minus `before`. `null` if one of them is unknown. In USD, as a decimal string. */
        change: string | null;
        /** Number of items that are not in `items`. */
        items: number;
      } | null;
    };
  };
  /** Remaining credits of every OpenRouter account, and when they run out at the current pace. */
  credits: {
    input: Record<string, never>;
    output: {
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** Every OpenRouter account, oldest first. */
      items: {
        /** ID of the OpenRouter account. */
        account_id: number;
        /** Name of the OpenRouter account in orwatch. */
        name: string;
        /** All credits ever purchased. OpenRouter does not include granted credits. `null` if OpenRouter has not reported them. In USD, as a decimal string. */
        total: string | null;
        /** All credits ever used. `null` if OpenRouter has not reported them. In USD, as a decimal string. */
        used: string | null;
        /** Credits left. `null` if unknown: OpenRouter has not reported them, or the account has never purchased credits. In USD, as a decimal string. */
        remaining: string | null;
        /** Expected day on which nothing is left (UTC). `null` if not within a year, or unknown. */
        runs_out_on: string | null;
      }[];
      /** When OpenRouter last reported these amounts: the oldest of all accounts. `null` if it never did. */
      as_of: string | null;
    };
  };
  /** Expected spend of the current month, and when limits and credits run out. */
  forecast: {
    input: {
      /** Forecast for one key. Without it, for all keys combined. */
      api_key_id?: number | undefined;
    };
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** Day of the forecast (UTC). */
      today: string;
      /** Days with known spend among the 28 days before today. */
      days_known: number;
      /** How the forecast was computed, in words. */
      method: string;
      /** `null` if there is too little data. */
      month: {
        /** First day of the month (UTC). */
        start_date: string;
        /** Last day of the month (UTC). */
        end_date: string;
        /** Spend so far. In USD, as a decimal string. */
        spent: string;
        /** Lower end of the expected range. In USD, as a decimal string. */
        low: string;
        /** Expected spend of the whole month. In USD, as a decimal string. */
        middle: string;
        /** Upper end of the expected range. In about 8 of 10 cases, the month is meant to end between `low` and `high`. In USD, as a decimal string. */
        high: string;
      } | null;
      /** Keys with a limit, in the order in which they run out. */
      limits: {
        /** Forecast for the current period. `used_up`: nothing is left. `runs_out`: it runs out on `runs_out_on`. `never`: at the current pace it resets first, or nothing is being spent. `not_within_a_year`: it lasts longer than a year. `unknown`: there is too little data, or the remaining amount is unknown. */
        verdict: "never" | "not_within_a_year" | "runs_out" | "unknown" | "used_up";
        /** Expected day on which nothing is left (UTC). `null` unless `verdict` is `runs_out`. */
        runs_out_on: string | null;
        /** Date if spending is at the upper end of the expected range. */
        earliest_on: string | null;
        /** Date if spending is at the lower end of the expected range. `null` if it does not run out in the current period, within a year, or at all. */
        latest_on: string | null;
        /** ID of the key. */
        api_key_id: number;
        /** Name of the key in orwatch. */
        api_key_name: string;
        /** Use `api_key_name` instead. */
        key_name: string;
        /** Limit in USD. */
        limit: string;
        /** Amount left until the limit resets. Can be negative. `null` if unknown, for example between a reset and the next sync. In USD, as a decimal string. */
        limit_remaining: string | null;
        /** How often the limit resets: `daily`, `weekly` or `monthly`. `null` if never. */
        limit_reset: string | null;
        /** Whether spend on your own provider keys (BYOK) counts against the limit. */
        include_byok_in_limit: boolean;
        /** Use `include_byok_in_limit` instead. */
        includes_byok: boolean;
        /** Next reset of the limit. `null` if it never resets. */
        resets_at: string | null;
        /** The current period, to which `verdict` applies. `null` if the limit never resets. */
        window: {
          /** First day (UTC). */
          start_date: string;
          /** Last day (UTC). */
          end_date: string;
        } | null;
        /** If the limit lasts for the current period: the first later period in which the whole limit is used up at the current pace. */
        next_window: {
          /** First day (UTC). */
          start_date: string;
          /** Last day (UTC). */
          end_date: string;
          /** Expected day on which nothing is left (UTC). */
          runs_out_on: string;
        } | null;
      }[];
      /** OpenRouter accounts whose credits are reported. */
      credits: {
        /** Forecast for the current period. `used_up`: nothing is left. `runs_out`: it runs out on `runs_out_on`. `never`: at the current pace it resets first, or nothing is being spent. `not_within_a_year`: it lasts longer than a year. `unknown`: there is too little data, or the remaining amount is unknown. */
        verdict: "never" | "not_within_a_year" | "runs_out" | "unknown" | "used_up";
        /** Expected day on which nothing is left (UTC). `null` unless `verdict` is `runs_out`. */
        runs_out_on: string | null;
        /** Date if spending is at the upper end of the expected range. */
        earliest_on: string | null;
        /** Date if spending is at the lower end of the expected range. `null` if it does not run out in the current period, within a year, or at all. */
        latest_on: string | null;
        /** ID of the management key of the account. */
        api_key_id: number;
        /** Name of the management key in orwatch. */
        api_key_name: string;
        /** Use `api_key_name` instead. */
        key_name: string;
        /** `null` if the account has never purchased credits, because OpenRouter does not report granted credits. In USD, as a decimal string. */
        remaining: string | null;
        /** Number of the account's keys on which the forecast is based. Spend of other keys is not included. */
        keys_watched: number;
      }[];
      /** Accuracy of past forecasts. */
      record: {
        /** Number of forecasts of months that have ended. */
        compared: number;
        /** Number of forecasts for which the month ended between `low` and `high`. */
        hits: number;
        /** Share of `hits` in `compared`, in percent. */
        hit_rate: number | null;
        /** Mean deviation of `middle` from the actual spend, in percent. */
        mean_error: number | null;
        /** Past forecasts, newest first. */
        past: {
          /** Day of the forecast (UTC). */
          made_on: string;
          /** Lower end of the expected range. In USD, as a decimal string. */
          low: string;
          /** Expected spend of the whole month. In USD, as a decimal string. */
          middle: string;
          /** Upper end of the expected range. In USD, as a decimal string. */
          high: string;
          /** Actual spend of the month. `null` until the month has ended. In USD, as a decimal string. */
          actual: string | null;
        }[];
      };
    };
  };
  /** Limits, spend counters, status and totals of every key, sorted by name. Contains keys only. Usage of OpenRouter accounts that belongs to no key is not part of it, so the keys can add up to less than the totals of `/api/v1/stats`. `/api/v1/usage` lists that usage with `api_key_id: null`. */
  keys: {
    input: Record<string, never>;
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** All keys, including those that are turned off. */
      items: {
        /** ID of the key. */
        id: number;
        /** Name of the key in orwatch. */
        name: string;
        /** Description of the key. `null` if none. */
        description: string | null;
        /** The key, masked. */
        label: string;
        /** `null` until the key has been checked at OpenRouter. */
        kind: "inference" | "management" | null;
        /** Whether the key is turned on. */
        is_active: boolean;
        /** Whether OpenRouter accepts the key. `unverified`: it has not been checked yet. */
        status: "invalid" | "unverified" | "valid";
        /** Reason for the status, in English. */
        status_message: string | null;
        /** `status_message` as a code and parameters. */
        status_reason: {
          /** Stable message code. New codes may be added in any version. */
          code: string;
          /** Parameters of the message: IDs, names, counts, dates, timestamps, and nano-dollars as strings. */
          params: Record<string, unknown>;
        } | null;
        /** ID of the OpenRouter account that the key belongs to. `null` if unknown. */
        account_id: number | null;
        /** Name of the key's workspace at OpenRouter. `null` if unknown. */
        workspace: string | null;
        /** Whether the key has a limit at OpenRouter. A limit of 0 is a limit. `null` if unknown. */
        has_limit: boolean | null;
        /** `null` if the key has no limit or the limit is unknown; see `has_limit`. In USD, as a decimal string. */
        limit: string | null;
        /** Amount left until the limit resets. Can be negative. `null` if there is no limit or the amount is unknown, for example between a reset and the next sync. In USD, as a decimal string. */
        limit_remaining: string | null;
        /** Whether spend on your own provider keys (BYOK) counts toward the limit. `null` until it has been read from OpenRouter. */
        include_byok_in_limit: boolean | null;
        /** How often the limit resets: `daily`, `weekly` or `monthly`. `null` if it never resets. */
        limit_reset: string | null;
        /** All-time spend, as counted by OpenRouter. In USD, as a decimal string. */
        usage: string | null;
        /** Spend of the current UTC day. `null` if it has not been read since the day began. In USD, as a decimal string. */
        usage_daily: string | null;
        /** Spend of the current week, which starts on Monday (UTC). `null` if it has not been read since the week began. In USD, as a decimal string. */
        usage_weekly: string | null;
        /** Spend of the current calendar month (UTC). `null` if it has not been read since the month began. In USD, as a decimal string. */
        usage_monthly: string | null;
        /** All-time spend on your own provider keys (BYOK), as estimated by OpenRouter. Not charged by OpenRouter. `null` if unknown. In USD, as a decimal string. */
        byok_usage: string | null;
        /** `byok_usage` of the current UTC day. `null` if unknown. In USD, as a decimal string. */
        byok_usage_daily: string | null;
        /** `byok_usage` of the current week. `null` if unknown. In USD, as a decimal string. */
        byok_usage_weekly: string | null;
        /** `byok_usage` of the current month. `null` if unknown. In USD, as a decimal string. */
        byok_usage_monthly: string | null;
        /** When the limit and the spend counters were last read, by OpenRouter's clock. */
        counters_at: string | null;
        /** When the key expires at OpenRouter. `null` if never, or unknown. */
        expires_at: string | null;
        /** When the key was last used at OpenRouter. `null` if never, or unknown. */
        last_used_at: string | null;
        /** When the key was last checked at OpenRouter. `null` if never. */
        last_validated_at: string | null;
        /** End of the last successful sync. `null` if there was none. */
        last_synced_at: string | null;
        /** Why the last sync failed, in English. `null` if it succeeded. */
        last_sync_error: string | null;
        /** `last_sync_error` as a code and parameters. */
        last_sync_error_message: {
          /** Stable message code. New codes may be added in any version. */
          code: string;
          /** Parameters of the message: IDs, names, counts, dates, timestamps, and nano-dollars as strings. */
          params: Record<string, unknown>;
        } | null;
        /** Totals of the stored usage of the key. */
        stats: {
          /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
          requests: number | null;
          /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
          cost: string;
          /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
          byok_cost: string;
          /** Use `requests` instead. */
          total_requests: number | null;
          /** Use `cost` instead. In USD, as a decimal string. */
          total_cost: string;
        };
      }[];
      /** Number of keys. */
      total: number;
    };
  };
  /** Every model with stored usage, most expensive first. The costs sum to that of all stored usage. */
  models: {
    input: Record<string, never>;
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** Every model with stored usage, most expensive first. */
      items: {
        /** Model slug, such as `openai/gpt-5`. `(unattributed)` for spend whose model is unknown. */
        model: string;
        /** Part of the model before the slash, or the whole without one. */
        vendor: string;
        /** First day with usage that is stored. */
        first_used: string;
        /** Last day with usage. */
        last_used: string;
        /** Cost of all stored usage of the model. In USD, as a decimal string. */
        cost: string;
      }[];
    };
  };
  /** Cost, requests and tokens of every project in a range of days, the last 30 by default. Usage of a day belongs to the project that its key had on that day. The item with `id` `null` is the usage without a project, so that the items sum to the total of `/v1/stats`. */
  projects: {
    input: {
      /** Return only usage of these keys, at most 1000. An ID that is not yours matches nothing. */
      api_key_id?: number[] | undefined;
      /** Return only usage of these models, at most 200, by their exact slugs. */
      model?: string[] | undefined;
      /** Exclude usage of these keys. */
      exclude_api_key_id?: number[] | undefined;
      /** Exclude usage of these models. */
      exclude_model?: string[] | undefined;
      /** First day of the range (UTC), inclusive. Default: 29 days before the end. */
      start_date?: string | undefined;
      /** Last day of the range (UTC), inclusive. Default: today. A range has at most 366 days. */
      end_date?: string | undefined;
    };
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** Most expensive first, and usage without a project last. Includes projects without usage, unless they are archived. */
      items: {
        /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
        cost: string;
        /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
        byok_cost: string;
        /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
        requests: number | null;
        /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_input: number | null;
        /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_output: number | null;
        /** ID of the project. `null` for usage without a project. */
        id: number | null;
        /** Name of the project, or `No project`. */
        name: string;
        /** Color in charts. `null`: the web app chooses one. */
        color: string | null;
        /** How the customer or cost center is named elsewhere. */
        reference: string | null;
        /** Whether the project is archived. */
        archived: boolean;
      }[];
      /** All selected usage. The items sum to it. */
      total: {
        /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
        cost: string;
        /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
        byok_cost: string;
        /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
        requests: number | null;
        /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_input: number | null;
        /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_output: number | null;
      };
      /** The range of the sums. */
      period: {
        /** First day of the range (UTC), inclusive. */
        start_date: string;
        /** Last day of the range (UTC), inclusive. */
        end_date: string;
      };
    };
  };
  /** Totals of a range of days, the last 30 by default, for all keys and models or those of the filters. */
  stats: {
    input: {
      /** Return only usage of these keys, at most 1000. An ID that is not yours matches nothing. */
      api_key_id?: number[] | undefined;
      /** Return only usage of these models, at most 200, by their exact slugs. */
      model?: string[] | undefined;
      /** Exclude usage of these keys. */
      exclude_api_key_id?: number[] | undefined;
      /** Exclude usage of these models. */
      exclude_model?: string[] | undefined;
      /** First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: 29 days before the end. */
      start_date?: string | undefined;
      /** Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: today. A range has at most 366 days. */
      end_date?: string | undefined;
    };
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** Totals of the range. */
      summary: {
        /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
        requests: number | null;
        /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
        cost: string;
        /** Input and output tokens combined. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens: number | null;
        /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_input: number | null;
        /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_output: number | null;
        /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
        byok_cost: string;
        /** Use `requests` instead. */
        total_requests: number | null;
        /** Use `cost` instead. In USD, as a decimal string. */
        total_cost: string;
        /** Use `tokens` instead. */
        total_tokens: number | null;
        /** Use `tokens_input` instead. */
        total_tokens_input: number | null;
        /** Use `tokens_output` instead. */
        total_tokens_output: number | null;
      };
      /** The range of the totals. */
      period: {
        /** First day of the range (UTC), inclusive. */
        start_date: string;
        /** Last day of the range (UTC), inclusive. */
        end_date: string;
        /** Number of days in the range, inclusive. */
        days: number;
      };
    };
  };
  /** Fetches the usage of all keys that are turned on, or of one of them, from OpenRouter and returns when it is done. If a sync of a key is already running, waits for that one. For a management key, syncs every key it covers. The API token needs the scope `sync`. */
  sync: {
    input: {
      /** Sync only this key. Default: all keys that are turned on. */
      api_key_id?: number | undefined;
    };
    output: {
      /** `partial`: some of it failed; see `last_sync_error` of the keys. */
      status: "failed" | "ok" | "partial";
      /** Number of usage rows that changed. */
      rows_written: number;
      /** When the sync ended. */
      synced_at: string;
    };
  };
  /** The team whose usage the token reads. */
  team: {
    input: Record<string, never>;
    output: {
      /** ID of the team. */
      id: number;
      /** Name of the team. */
      name: string;
    };
  };
  /** Changes the fields that are given. Nothing is changed at OpenRouter. The API token needs the scope `keys:write`. */
  updateKey: {
    input: {
      /** Unique identifier. */
      id: number;
      /** Display name, 1 to 100 characters. */
      name?: string | undefined;
      /** Description, up to 500 characters. */
      description?: string | null | undefined;
      /** `false` turns the key off: it is kept with its usage, but no longer updated from OpenRouter. */
      is_active?: boolean | undefined;
    };
    output: {
      /** ID of the key. */
      id: number;
      /** Name of the key in orwatch. */
      name: string;
      /** Description of the key. `null` if none. */
      description: string | null;
      /** The key, masked. */
      label: string;
      /** `null` until the key has been checked at OpenRouter. */
      kind: "inference" | "management" | null;
      /** Whether the key is turned on. */
      is_active: boolean;
      /** Whether OpenRouter accepts the key. `unverified`: it has not been checked yet. */
      status: "invalid" | "unverified" | "valid";
      /** Reason for the status, in English. */
      status_message: string | null;
      /** `status_message` as a code and parameters. */
      status_reason: {
        /** Stable message code. New codes may be added in any version. */
        code: string;
        /** Parameters of the message: IDs, names, counts, dates, timestamps, and nano-dollars as strings. */
        params: Record<string, unknown>;
      } | null;
      /** ID of the OpenRouter account that the key belongs to. `null` if unknown. */
      account_id: number | null;
      /** Name of the key's workspace at OpenRouter. `null` if unknown. */
      workspace: string | null;
      /** Whether the key has a limit at OpenRouter. A limit of 0 is a limit. `null` if unknown. */
      has_limit: boolean | null;
      /** `null` if the key has no limit or the limit is unknown; see `has_limit`. In USD, as a decimal string. */
      limit: string | null;
      /** Amount left until the limit resets. Can be negative. `null` if there is no limit or the amount is unknown, for example between a reset and the next sync. In USD, as a decimal string. */
      limit_remaining: string | null;
      /** Whether spend on your own provider keys (BYOK) counts toward the limit. `null` until it has been read from OpenRouter. */
      include_byok_in_limit: boolean | null;
      /** How often the limit resets: `daily`, `weekly` or `monthly`. `null` if it never resets. */
      limit_reset: string | null;
      /** All-time spend, as counted by OpenRouter. In USD, as a decimal string. */
      usage: string | null;
      /** Spend of the current UTC day. `null` if it has not been read since the day began. In USD, as a decimal string. */
      usage_daily: string | null;
      /** Spend of the current week, which starts on Monday (UTC). `null` if it has not been read since the week began. In USD, as a decimal string. */
      usage_weekly: string | null;
      /** Spend of the current calendar month (UTC). `null` if it has not been read since the month began. In USD, as a decimal string. */
      usage_monthly: string | null;
      /** All-time spend on your own provider keys (BYOK), as estimated by OpenRouter. Not charged by OpenRouter. `null` if unknown. In USD, as a decimal string. */
      byok_usage: string | null;
      /** `byok_usage` of the current UTC day. `null` if unknown. In USD, as a decimal string. */
      byok_usage_daily: string | null;
      /** `byok_usage` of the current week. `null` if unknown. In USD, as a decimal string. */
      byok_usage_weekly: string | null;
      /** `byok_usage` of the current month. `null` if unknown. In USD, as a decimal string. */
      byok_usage_monthly: string | null;
      /** When the limit and the spend counters were last read, by OpenRouter's clock. */
      counters_at: string | null;
      /** When the key expires at OpenRouter. `null` if never, or unknown. */
      expires_at: string | null;
      /** When the key was last used at OpenRouter. `null` if never, or unknown. */
      last_used_at: string | null;
      /** When the key was last checked at OpenRouter. `null` if never. */
      last_validated_at: string | null;
      /** End of the last successful sync. `null` if there was none. */
      last_synced_at: string | null;
      /** Why the last sync failed, in English. `null` if it succeeded. */
      last_sync_error: string | null;
      /** `last_sync_error` as a code and parameters. */
      last_sync_error_message: {
        /** Stable message code. New codes may be added in any version. */
        code: string;
        /** Parameters of the message: IDs, names, counts, dates, timestamps, and nano-dollars as strings. */
        params: Record<string, unknown>;
      } | null;
      /** Totals of the stored usage of the key. */
      stats: {
        /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
        requests: number | null;
        /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
        cost: string;
        /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
        byok_cost: string;
        /** Use `requests` instead. */
        total_requests: number | null;
        /** Use `cost` instead. In USD, as a decimal string. */
        total_cost: string;
      };
    };
  };
  /** Usage by day, key and model, one page at a time. Sorted by day (newest first), then by key name, model and key ID. */
  usage: {
    input: {
      /** First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. */
      start_date: string;
      /** Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. A range has at most 366 days. */
      end_date: string;
      /** Return only usage of these keys, at most 1000. An ID that is not yours matches nothing. */
      api_key_id?: number[] | undefined;
      /** Return only usage of these models, at most 200, by their exact slugs. */
      model?: string[] | undefined;
      /** Exclude usage of these keys. */
      exclude_api_key_id?: number[] | undefined;
      /** Exclude usage of these models. */
      exclude_model?: string[] | undefined;
      /** Page number, starting at 1. */
      page?: number | undefined;
      /** `next_cursor` of the previous page, with the same other parameters. Unlike with `page`, usage that changes meanwhile moves no rows between pages. Not with `group_by`, `sort` or `page`. */
      cursor?: string | undefined;
      /** Maximum number of items to return, 1 to 1000. */
      limit?: number | undefined;
      /** Dimensions to group by: at most 2, with at most one of `day`, `week` (starting on Monday) and `month`. `vendor` is the part of a model before the slash. Without it, rows are not grouped. */
      group_by?: ("day" | "key" | "model" | "month" | "vendor" | "week")[] | undefined;
      /** Column to sort by. Prefix it with `-` for descending order. Unknown values come last. `requests_count` is deprecated: use `requests`. Default: newest first, then by model, then by key. */
      sort?:
        | "-cost"
        | "-date"
        | "-key"
        | "-model"
        | "-requests"
        | "-requests_count"
        | "-tokens_input"
        | "-tokens_output"
        | "-vendor"
        | "cost"
        | "date"
        | "key"
        | "model"
        | "requests"
        | "requests_count"
        | "tokens_input"
        | "tokens_output"
        | "vendor"
        | undefined;
    };
    output: {
      /** Oldest of the last successful syncs of the selected active keys. `null` if none was synced. */
      as_of: string | null;
      /** Last day that is final, except for later restatements by OpenRouter. `null` if there is none. */
      complete_through: string | null;
      /** Rows of this page. */
      items: {
        /** Reasoning tokens, included in `tokens_output`. `null` if unknown. */
        reasoning_tokens: number | null;
        /** Input tokens read from a prompt cache, included in `tokens_input`. `null` if unknown. */
        cached_tokens: number | null;
        /** Requests on your own provider keys, included in `requests`. `null` if unknown. */
        byok_requests: number | null;
        /** Amount charged by the provider, as reported by OpenRouter (`usage_upstream`). `null` if unknown. In USD, as a decimal string. */
        upstream_cost: string | null;
        /** Effect of prompt caching on the cost, with the sign reported by OpenRouter (`usage_cache`). `null` if unknown. In USD, as a decimal string. */
        cache_saving: string | null;
        /** Discount for data logging, with the sign reported by OpenRouter (`usage_data`), usually negative. `null` if unknown. In USD, as a decimal string. */
        data_discount: string | null;
        /** Cost of web search, as reported by OpenRouter (`usage_web`). `null` if unknown. In USD, as a decimal string. */
        web_search_cost: string | null;
        /** UTC date in `YYYY-MM-DD` format. With `group_by`, `null` unless the rows are grouped by it. */
        date: string | null;
        /** Monday of the week. Only with `group_by`; `null` unless the rows are grouped by it. */
        week?: string | null;
        /** Month in `YYYY-MM` format. Only with `group_by`; `null` unless the rows are grouped by it. */
        month?: string | null;
        /** ID of the key. `null` for usage of an OpenRouter account that belongs to no key in orwatch; see `kind`. With `group_by`, `null` unless the rows are grouped by it. */
        api_key_id: number | null;
        /** Current name of the key. With `group_by`, `null` unless the rows are grouped by it. */
        api_key_name: string | null;
        /** Model slug, such as `openai/gpt-5`. `(unattributed)` for spend whose model is unknown. With `group_by`, `null` unless the rows are grouped by it. */
        model: string | null;
        /** Part of the model before the slash, or the whole without one. Only with `group_by`; `null` unless the rows are grouped by it. */
        vendor?: string | null;
        /** Number of requests. `null` if unknown: spend known only from a key's counters has no counts. */
        requests: number | null;
        /** Use `requests` instead. */
        requests_count: number | null;
        /** Prompt tokens, including cached ones. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_input: number | null;
        /** Completion tokens, including reasoning. `null` if unknown: spend known only from a key's counters has no counts. */
        tokens_output: number | null;
        /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
        cost: string;
        /** Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost. In USD, as a decimal string. */
        byok_cost: string;
        /** Origin of usage of an OpenRouter account that belongs to no key in orwatch (`api_key_id` is `null`). `not_watched`: keys that are not watched. `deleted`: deleted keys. `chatroom`: OpenRouter's chatroom. `other_workspace`: workspaces whose keys OpenRouter does not list. `restatement`: corrections of finished days that are not read for the key yet. `unknown`: not attributed to a key. `null` for usage of a key. */
        kind: "chatroom" | "deleted" | "not_watched" | "other_workspace" | "restatement" | "unknown" | null;
        /** ID of the OpenRouter account. `null` if unknown. */
        account_id: number | null;
      }[];
      /** Send it as `cursor` to get the next page. `null` after the last page, and with `group_by` or `sort`. */
      next_cursor: string | null;
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
  };
  /** Version of the server, as in the header `X-Orwatch-Version`. */
  version: {
    input: Record<string, never>;
    output: {
      /** Version of the server, such as `0.1.0`. */
      version: string;
    };
  };
}
