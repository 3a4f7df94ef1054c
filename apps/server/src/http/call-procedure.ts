import type { IncomingMessage, ServerResponse } from "node:http";
import { type AnyTRPCRouter, getTRPCErrorFromUnknown } from "@trpc/server";
import type { App } from "../app.ts";
import { type Arrival, createContext } from "./context.ts";

/** A request that a procedure is called for. */
export interface CallingRequest {
  req: IncomingMessage;
  res: ServerResponse;
  arrival: Arrival;
}

/** Calls a procedure by its name, with the credential of a request that does not come over /trpc. @throws TRPCError */
export async function callProcedure(
  app: App,
  { router, name, input, request }: { router: AnyTRPCRouter; name: string; input: object; request: CallingRequest },
): Promise<unknown> {
  try {
    const context = await createContext(app, { ...request, transport: "rest" });
    let called: unknown = router.createCaller(context);
    for (const part of name.split(".")) called = (called as Record<string, unknown>)[part];
    return await (called as (input: object) => Promise<unknown>)(input);
  } catch (cause) {
    throw getTRPCErrorFromUnknown(cause);
  }
}
