import type { z } from "zod";
import type { PARTS } from "./schema/index.ts";

type Entry = (typeof PARTS)[keyof typeof PARTS][number];
type CodeOf<E extends Entry> = z.infer<E["shape"]["code"]>;

/** The parameters of each code. A map, since the compiler looks codes up in it faster than it searches a union of hundreds. */
type Params = { [E in Entry as CodeOf<E>]: z.infer<E["shape"]["params"]> };

export type MessageCode = keyof Params;
export type ParamsOf<C extends MessageCode> = Params[C];

/** One thing the product says: a stable code, and parameters that hold nothing formatted. */
export type Message<C extends MessageCode = MessageCode> = { [K in C]: { code: K; params: Params[K] } }[C];

/** A message as it may arrive: of this version, or of a newer one with codes that are not known here. */
export interface AnyMessage {
  code: string;
  params: Record<string, unknown>;
}

/** `message("host_not_found", { host })`, with the parameters of that code. */
export const message = <C extends MessageCode>(code: C, params: ParamsOf<C>) => ({ code, params }) as Message<C>;
