import { SCOPE_NAMES, type Scope } from "@orwatch/domain/permissions";
import { type ClientOptions, createClient, type UsageRow } from "../../packages/sdk/src/index.ts";
import { add, createAccount, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";

/** Late enough in March that every earlier day can have usage. */
export const NOW = "2026-03-20T12:00:00Z";
export const MARCH = { start_date: "2026-03-01", end_date: "2026-03-20" };
const MODELS = ["anthropic/claude-sonnet-5", "openai/gpt-5", 'vendor/with "quotes", and commas'];

/** A scenario with usage of two keys on ten days, and an API token that reads it. */
export interface SdkScenario extends Scenario {
  token: string;
  tokenId: number;
  accounts: ReturnType<typeof createAccount>[];
  keyIds: number[];
  client(options?: ClientOptions): ReturnType<typeof createClient>;
}

export async function issueToken(
  { user }: Scenario,
  scopes: Scope[] = SCOPE_NAMES,
): Promise<{ token: string; tokenId: number }> {
  const { body } = await user.post("/api/tokens", { name: "sdk", scopes });
  return { token: body.token, tokenId: body.id };
}

export async function startSdkScenario(env: Record<string, string> = {}): Promise<SdkScenario> {
  const scenario = await startScenario(NOW, { env: { RATE_LIMIT_REQUESTS: "100000", ...env } });
  const accounts = [createAccount(scenario), createAccount(scenario)];
  for (const [place, { key }] of accounts.entries())
    for (let day = 10; day < 20; day += 1)
      for (const [index, model] of MODELS.entries())
        spend(scenario, key, `2026-03-${day}`, BigInt(day * 1_000_003 + place * 17 + index), model);
  const keyIds: number[] = [];
  for (const { manager, key } of accounts) {
    await add(scenario, manager);
    keyIds.push(await add(scenario, key));
  }
  await syncAt(scenario, NOW);
  const { token, tokenId } = await issueToken(scenario);
  return {
    ...scenario,
    token,
    tokenId,
    accounts,
    keyIds,
    client: (options) => createClient({ baseUrl: scenario.harness.url, token, maxRetries: 0, ...options }),
  };
}

export const identify = ({ date, api_key_id, model }: UsageRow) => `${date} ${api_key_id} ${model}`;

export async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of iterable) items.push(item);
  return items;
}

/** The error a promise rejects with. */
export const failureOf = (promise: PromiseLike<unknown>): Promise<Error & Record<string, unknown>> =>
  Promise.resolve(promise).then(
    (value) => {
      throw new Error(`nothing failed, but ${JSON.stringify(value)}`);
    },
    (error) => error,
  );
