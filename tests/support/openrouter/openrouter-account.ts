import type { KeyInput, LedgerKey, usd } from "@orwatch/openrouter-sim";
import type { Caller, Harness } from "../server/harness.ts";
import { settle } from "../server/harness.ts";
import type { Scenario } from "./scenario.ts";

export const DAY_MS = 86_400_000;

/** An OpenRouter account with workspaces, keys and a management key, none of which orwatch knows. */
export interface Remote {
  id: string;
  manager: LedgerKey;
  defaultSpace: string;
  addKey(name: string, input?: KeyInput): LedgerKey;
  addSpace(name: string): string;
}

export function createRemote(
  { harness }: { harness: Pick<Harness, "sim"> },
  credits: ReturnType<typeof usd> = 0n,
): Remote {
  const { ledger } = harness.sim;
  const account = ledger.addAccount({ creditsNanos: credits });
  return {
    id: account.id,
    manager: ledger.addManagementKey(account.id, { name: "manager" }),
    defaultSpace: account.defaultWorkspaceId,
    addKey: (name, input = {}) => ledger.addKey(account.id, { name, ...input }),
    addSpace: (name) => ledger.addWorkspace(account.id, name).id,
  };
}

/** Adds the account to orwatch, waits for its first sync, and returns its id. */
export async function watchRemote(
  { harness, user }: Scenario,
  remote: Remote,
  owner: Caller = user,
): Promise<{ id: number }> {
  const answer = await owner.post("/api/accounts", { name: "Acme", key: remote.manager.secret });
  if (answer.status !== 201) throw new Error(answer.text);
  await settle(harness);
  return { id: answer.body.id };
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever JSON came
export type Json = any;

/** All keys of the user by name. */
export async function keysByName({ user }: Pick<Scenario, "user">): Promise<Record<string, Json>> {
  const { items } = (await user.get("/api/keys?limit=100")).body;
  return Object.fromEntries(items.map((key: Json) => [key.name, key]));
}

/** Codes and parameters of what happened in an account, oldest first. */
export async function historyOf({ user }: Pick<Scenario, "user">, id: number): Promise<[string, Json][]> {
  const { items } = (await user.get(`/api/accounts/${id}/history?limit=100`)).body;
  return items.map(({ message }: Json) => [message.code, message.params]).reverse();
}
