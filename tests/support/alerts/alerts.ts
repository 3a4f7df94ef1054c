import type { Message } from "@orwatch/messages/message";
import type { LedgerKey } from "@orwatch/openrouter-sim";
import { expect } from "vitest";
import { type Scenario, syncAt } from "../openrouter/scenario.ts";

export const DOLLAR = 1_000_000_000n;

interface Item {
  event: string;
  message: Message;
  threshold: string | null;
  value: string | null;
  window: string | null;
}

/** What tests of rules do and ask, on the harness that there is when they ask. */
export function alertsOf(scenario: () => Scenario) {
  const inbox = async () => (await scenario().user.get("/api/inbox?limit=100")).body;

  /** All notifications so far, oldest first, each as its list of items. */
  const notified = async (): Promise<Item[][]> =>
    (await inbox()).items.map(({ items }: { items: Item[] }) => items).reverse();

  return {
    inbox,
    notified,
    messages: async () => (await notified()).map((items) => items.map(({ message }) => message)),
    at: (instant: string) => syncAt(scenario(), instant),

    /** A rule of its own instead of the first ones. */
    async only(rule: object): Promise<{ id: number }> {
      const { user } = scenario();
      for (const { id } of (await user.get("/api/alerts/rules")).body.items)
        await user.delete(`/api/alerts/rules/${id}`);
      const made = await user.post("/api/alerts/rules", { name: "my rule", ...rule });
      expect(made.status, made.text).toBe(201);
      return made.body;
    },

    limitTo: (key: LedgerKey, dollars: bigint | null, reset: "daily" | "weekly" | "monthly" | null = null) =>
      scenario().harness.sim.ledger.updateKey(key, {
        limitNanos: dollars === null ? null : dollars * DOLLAR,
        limitReset: reset,
      }),
  };
}
