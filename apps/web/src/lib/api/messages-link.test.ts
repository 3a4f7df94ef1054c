import { TRPCClientError } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { expect, it } from "vitest";
import { i18n } from "../i18n/i18n.ts";
import { messagesLink } from "./messages-link.ts";

const areLoaded = () => Object.hasOwn(i18n.getState().catalog, "key_limit_reached");

/** Whether the messages are there when the error of a call arrives. */
async function refuse(type: "query" | "mutation", code: string): Promise<boolean> {
  const refused = Object.assign(new TRPCClientError("In English."), { data: { code } });
  const op = { id: 1, type, path: "keys.add", input: {}, context: {}, signal: null };
  await new Promise((resolve) => {
    const link = messagesLink({} as never);
    link({ op, next: () => observable((observer) => observer.error(refused as never)) }).subscribe({ error: resolve });
  });
  return areLoaded();
}

it("loads the server's messages before an error is shown, but not for a query without a session", async () => {
  expect(await refuse("query", "UNAUTHORIZED")).toBe(false);
  expect(await refuse("mutation", "BAD_REQUEST")).toBe(true);
});
