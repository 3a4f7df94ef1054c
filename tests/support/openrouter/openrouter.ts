import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type LedgerKey, type Sim, startSim } from "@orwatch/openrouter-sim";
import { createOpenRouter, type OpenRouter } from "@orwatch/server/openrouter/client";
import type { Answer, Caller } from "@orwatch/server/openrouter/requests/request";
import type { ListedKey } from "@orwatch/server/openrouter/schema";
import { createLog } from "@orwatch/server/platform/log";
import { type SimOptions, simulatedClock } from "../server/harness.ts";
import { keepLog } from "../server/suite-log.ts";

/** The OpenRouter client alone, on a simulator whose clock advances while it waits. */
export interface Line {
  sim: Sim;
  client: OpenRouter;
  /** How long the client waited between tries, in ms. */
  waits: number[];
  logged: string[];
  close(): Promise<void>;
}

export async function openLine(
  options: { sim?: SimOptions; baseUrl?: string; timeoutMs?: number; random?: () => number; signal?: AbortSignal } = {},
): Promise<Line> {
  const sim = await startSim({ now: "2026-03-10T12:00:00Z", warnings: "never", lagMs: 0, ...options.sim });
  const waits: number[] = [];
  const logged: string[] = [];
  const clock = simulatedClock(sim);
  const client = createOpenRouter({
    baseUrl: options.baseUrl ?? sim.url,
    clock: {
      now: clock.now,
      monotonicMs: clock.monotonicMs,
      sleep(ms, signal) {
        waits.push(ms);
        return clock.sleep(ms, signal);
      },
    },
    log: createLog({
      level: "debug",
      write(line) {
        logged.push(line);
        keepLog(line);
      },
    }),
    timeoutMs: options.timeoutMs ?? 2000,
    ...(options.random ? { random: options.random } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return { sim, client, waits, logged, close: () => sim.close() };
}

export const as = (key: LedgerKey, priority: Caller["priority"] = "person"): Caller => ({
  secret: key.secret,
  lane: key.accountId,
  priority,
});

/** Every key of the account, as a sync lists them; without the workspaces those of the default one. */
export async function listEveryKey(client: OpenRouter, caller: Caller): Promise<Answer<ListedKey[]>> {
  const spaces = await client.listWorkspaces(caller);
  let all: Answer<ListedKey[]> = { ...spaces, data: [] } as Answer<ListedKey[]>;
  for (const workspaceId of spaces.ok ? spaces.data.map(({ id }) => id) : [null])
    for await (const page of client.listKeyPages(caller, workspaceId)) {
      if (!page.ok) return page;
      all = { ...page, data: [...(all.ok ? all.data : []), ...page.data] };
    }
  return all;
}

/** A server with a configurable answer that records its requests. */
export interface Stub {
  url: string;
  seen: { path: string; authorization: string | undefined }[];
  close(): Promise<void>;
}

export async function startStub(
  answer: (req: IncomingMessage, res: ServerResponse, turn: number) => void,
): Promise<Stub> {
  const seen: Stub["seen"] = [];
  const server = createServer((req, res) => {
    seen.push({ path: req.url ?? "", authorization: req.headers.authorization });
    answer(req, res, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
