import {
  type AnyOrwatchError,
  addMoney,
  createClient,
  formatMoney,
  isOrwatchError,
  type KeyTotals,
  type OrwatchClient,
  parseMoney,
  type RateLimit,
  RateLimitError,
  type Stats,
  type StatsInput,
  type UsageInput,
  type UsagePage,
  type UsageRow,
  ValidationError,
} from "@orwatch/sdk";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <_Is extends true>() => {};

interface Row {
  date: string;
  api_key_id: number | null;
  api_key_name: string;
  model: string;
  requests: number | null;
  requests_count: number | null;
  tokens_input: number | null;
  tokens_output: number | null;
  cost: string;
  byok_cost: string;
  kind: "not_watched" | "deleted" | "chatroom" | "other_workspace" | "restatement" | "unknown" | null;
  account_id: number | null;
  reasoning_tokens: number | null;
  cached_tokens: number | null;
  byok_requests: number | null;
  upstream_cost: string | null;
  cache_saving: string | null;
  data_discount: string | null;
  web_search_cost: string | null;
}
same<Same<{ [Name in keyof UsageRow]: UsageRow[Name] }, { [Name in keyof Row]: Row[Name] }>>();
same<Same<UsageRow["requests_count"], number | null>>();
same<Same<UsageRow["cost"], string>>();
same<Same<Stats["summary"]["total_tokens"], number | null>>();
same<Same<Stats["period"], { start_date: string; end_date: string; days: number }>>();
same<Same<KeyTotals["is_active"], boolean>>();
same<Same<UsageInput["model"], string[] | undefined>>();
same<
  Same<keyof StatsInput, "start_date" | "end_date" | "api_key_id" | "model" | "exclude_api_key_id" | "exclude_model">
>();
same<
  Same<
    AnyOrwatchError["name"],
    | "ApiError"
    | "AuthenticationError"
    | "ConnectionError"
    | "NotFoundError"
    | "RateLimitError"
    | "TimeoutError"
    | "ValidationError"
  >
>();

export async function use(client: OrwatchClient): Promise<string> {
  const march = { start_date: "2026-03-01", end_date: "2026-03-31" };
  const page: UsagePage = await client.usage.list({ ...march, api_key_id: [1], model: ["x"], page: 1, limit: 10 });
  const next = await page.nextPage();
  same<Same<typeof next, UsagePage | null>>();
  for await (const row of client.usage.list(march, { signal: AbortSignal.timeout(1000), timeoutMs: 5, maxRetries: 1 }))
    same<Same<typeof row, UsageRow>>();
  const stream = await client.usage.export({ ...march, format: "csv" }).toStream();
  const plain: ReadableStream<Uint8Array> = stream;
  const chunk: Uint8Array | undefined = (await stream.getReader().read()).value;
  await client.usage.export(march).toFile("usage.csv");
  const rows = await client.usage.export(march).toArray();
  const stats = await client.stats.get();
  same<Same<typeof stats, Stats>>();
  same<Same<typeof client.rateLimit, RateLimit | null>>();
  const nanos: bigint = addMoney(rows.map((row) => row.cost)) + parseMoney("1.00");
  try {
    await client.keys.list();
  } catch (error) {
    if (error instanceof RateLimitError) same<Same<typeof error.retryAfterMs, number | null>>();
    if (error instanceof ValidationError) same<Same<(typeof error.issues)[number]["path"], string>>();
    if (isOrwatchError(error) && error.name === "TimeoutError") same<Same<typeof error.timeoutMs, number>>();
  }

  // @ts-expect-error the end of the range is required
  client.usage.list({ start_date: "2026-03-01" });
  // @ts-expect-error ids are numbers
  client.usage.list({ ...march, api_key_id: ["1"] });
  // @ts-expect-error there is no such format
  client.usage.export({ ...march, format: "xml" });
  // @ts-expect-error money is no number
  addMoney([1.5]);
  // @ts-expect-error a misspelt option
  createClient({ baseURL: "http://localhost" });
  return formatMoney(nanos, { digits: 2 }) + plain.locked + chunk?.length;
}
