import type { z } from "zod";
import type { messageSchema } from "./schema/index.ts";

/** One thing the product says: a stable code, and parameters that hold nothing formatted. */
export type Message = z.infer<typeof messageSchema>;
export type MessageCode = Message["code"];

/** Looked up by code: `Extract` over the union is compared with every message anew, which took most of the type check. */
type MessageByCode = { [M in Message as M["code"]]: M };
export type ParamsOf<C extends MessageCode> = MessageByCode[C]["params"];

/** A message as it may arrive: of this version, or of a newer one with codes that are not known here. */
export interface AnyMessage {
  code: string;
  params: Record<string, unknown>;
}

/** `message("host_not_found", { host })`, with the parameters of that code. */
export const message = <C extends MessageCode>(code: C, params: ParamsOf<C>): MessageByCode[C] =>
  ({ code, params }) as unknown as MessageByCode[C];
