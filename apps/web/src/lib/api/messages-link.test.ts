import { TRPCClientError } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, expect, it, vi } from "vitest";
import { i18n } from "../i18n/i18n.ts";
import { messagesLink } from "./messages-link.ts";

afterEach(() => void vi.restoreAllMocks());

/** Whether the server's messages were loaded before the error of a call arrived. */
async function showsMessageOf(type: "query" | "mutation", code: string): Promise<boolean> {
  let isLoaded = false;
  vi.spyOn(i18n, "load").mockImplementation(async () => {
    isLoaded = true;
  });
  const refused = Object.assign(new TRPCClientError("In English."), { data: { code } });
  const op = { id: 1, type, path: "keys.add", input: {}, context: {}, signal: null };
  return new Promise((resolve) => {
    const link = messagesLink({} as never);
    link({ op, next: () => observable((observer) => observer.error(refused as never)) }).subscribe({
      error: () => resolve(isLoaded),
    });
  });
}

it("loads the server's messages before an error is shown, but not for a query without a session", async () => {
  expect(await showsMessageOf("query", "UNAUTHORIZED")).toBe(false);
  expect(await showsMessageOf("mutation", "BAD_REQUEST")).toBe(true);
});
