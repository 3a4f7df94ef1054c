import type { z } from "zod";
import type { PARTS } from "./schema/index.ts";

type Entry = (typeof PARTS)[keyof typeof PARTS][number];
type CodeOf<E extends Entry> = z.infer<E["shape"]["code"]>;

/** The parameters of each code. A map, because the compiler is faster with it than with a union of hundreds. */
type Params = { [E in Entry as CodeOf<E>]: z.infer<E["shape"]["params"]> };

export type MessageCode = keyof Params;
export type ParamsOf<C extends MessageCode> = Params[C];

/** A message of the product: a stable code, and parameters without formatting. */
export type Message<C extends MessageCode = MessageCode> = { [K in C]: { code: K; params: Params[K] } }[C];

/** A message of this version, or of a newer one with unknown codes. */
export interface AnyMessage {
  code: string;
  params: Record<string, unknown>;
}

/** `message("host_not_found", { host })`, with the parameters of that code. */
export const message = <C extends MessageCode>(code: C, params: ParamsOf<C>) => ({ code, params }) as Message<C>;
