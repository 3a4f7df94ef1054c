import { isDay } from "@orwatch/domain/day";
import { z } from "zod";

/**
 * The kind of a parameter, which defines how it is shown:
 * `id` never · `name` and `text` as they are · `names` quoted, one after the other · `texts` as a list · `nanos` as money · `count` by plural rules · `integer`, `number`, `percent`, `day`, `days`,
 * `month` and `instant` in the formats of the language · `choice` selects words of the catalog · `message` and `messages` by their own entries ·
 * `variant` is an object whose `kind` selects words; its other fields are the arguments `NAME_FIELD`.
 */
export type ParamKind =
  | "id"
  | "name"
  | "names"
  | "text"
  | "texts"
  | "nanos"
  | "count"
  | "integer"
  | "number"
  | "percent"
  | "day"
  | "days"
  | "instant"
  | "choice"
  | "message"
  | "messages"
  | "variant";

const of = <S extends z.ZodType>(kind: ParamKind, schema: S): S => schema.meta({ kind });

/** Database ID, for links, never shown. */
export const id = of("id", z.int().positive());
/** Text entered by a user: the name of a key, rule, channel or token, or an email address. Never changed. */
export const name = of("name", z.string());
/** Names entered by users. */
export const names = of("names", z.array(z.string()).min(1).max(100));
/** Technical text: a host, model or device. Never changed. */
export const text = of("text", z.string());
/** Technical texts. Earlier versions stored them joined. */
export const texts = of(
  "texts",
  z.preprocess((value) => (typeof value === "string" ? value.split(", ") : value), z.array(z.string()).min(1)),
);
/** Nano-dollars as an integer string. */
export const nanos = of("nanos", z.string().regex(/^-?\d{1,40}$/));
export const count = of("count", z.int().min(0));
/** A number that is not a quantity, such as a status or port. */
export const integer = of("integer", z.int());
export const number = of("number", z.number());
/** Percent: `93` is 93%. */
export const percent = of("percent", z.number());
const dayText = z.string().refine(isDay);
/** UTC day, `YYYY-MM-DD`. */
export const day = of("day", dayText);
export const days = of("days", z.array(dayText).min(1));
/** RFC 3339 instant in UTC. */
export const instant = of("instant", z.iso.datetime());
export const choice = <const V extends [string, ...string[]]>(values: V) => of("choice", z.enum(values));

/** A message within a message, such as the reason of a failure. It is validated where it is read: see `parseMessage`. */
export const message = of("message", z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }));

/** Messages that are listed: "2 alerts and 1 resolved alert". */
export const messages = of("messages", z.array(message).min(1).max(100));

/** Scope of the spend: one key, all keys, or the keys of the rule. */
export const scope = of(
  "variant",
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("key"), id, name }),
    z.object({ kind: z.literal("all") }),
    z.object({ kind: z.literal("selected"), count }),
  ]),
);
/** Origin of a change. `device` is from the User-Agent header, null if not recognized. */
export const origin = of(
  "variant",
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("request"), address: text, device: text.nullable() }),
    z.object({ kind: z.literal("command_line") }),
  ]),
);

/** One entry of the union. */
export const entry = <const C extends string, S extends z.ZodRawShape>(code: C, params: S) =>
  z.object({ code: z.literal(code), params: z.object(params) });
