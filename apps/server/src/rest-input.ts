import type { IncomingMessage } from "node:http";
import { unwrapZodType } from "trpc-to-openapi";
import type { z } from "zod";
import { findFlaw } from "./issues.ts";
import type { RestError } from "./rest-error.ts";

/** A larger body is refused with 413, on either door. */
export const MAX_BODY_BYTES = 64 * 1024;

export type Query = Record<string, string[]>;
type Refused = { refusal: RestError };

const refuse = (status: number, code: string, message: string): Refused => ({ refusal: { status, code, message } });

const TOO_LARGE = refuse(413, "PAYLOAD_TOO_LARGE", "The body is larger than 64 KiB.");
const NOT_JSON = refuse(415, "UNSUPPORTED_MEDIA_TYPE", "Send the body as Content-Type: application/json, in UTF-8.");

/** The body of a request as an object; nothing sent counts as `{}`. */
export async function readBody(req: IncomingMessage): Promise<{ value: object } | Refused> {
  if (Number(req.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return TOO_LARGE;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return TOO_LARGE;
    chunks.push(chunk);
  }
  if (size === 0) return { value: {} };
  if (!isJson(req)) return NOT_JSON;
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return refuse(400, "PARSE_ERROR", "The body must be a JSON object.");
    const flaw = findFlaw(value);
    return flaw
      ? refuse(400, "BAD_REQUEST", flaw.path ? `${flaw.path}: ${flaw.message}` : `The body ${flaw.message}.`)
      : { value };
  } catch {
    return refuse(400, "PARSE_ERROR", "The body is not valid JSON.");
  }
}

function isJson({ headers }: IncomingMessage): boolean {
  const [type = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  const encoding = headers["content-encoding"] ?? "identity";
  return type.trim() === "application/json" && isUtf8 && encoding === "identity";
}

/** Path (decoded, without a slash at the end) and query of a request's address, both strictly UTF-8. */
export function readAddress(url: string): { path: string; query: Query } | Refused {
  const start = url.indexOf("?");
  const raw = start < 0 ? url : url.slice(0, start);
  const query: Query = Object.create(null);
  try {
    // An encoded slash is part of a name, and no address here has one.
    const path = (/%2f/i.test(raw) ? raw : decodeURIComponent(raw)).replace(/(.)\/$/, "$1");
    for (const pair of start < 0 ? [] : url.slice(start + 1).split("&")) {
      if (pair === "") continue;
      const [name = "", ...rest] = pair.split("=");
      const key = decode(name);
      if (key === "__proto__") continue;
      query[key] ??= [];
      query[key].push(decode(rest.join("=")));
    }
    return { path, query };
  } catch {
    return refuse(400, "BAD_REQUEST", "The address is not valid: percent-encode it as UTF-8.");
  }
}

const decode = (text: string) => decodeURIComponent(text.replaceAll("+", " "));

/** Fields of an input that are numbers; in an address they stand as text. */
export function numberFields(schema: z.ZodType): Set<string> {
  const object = unwrapZodType(schema as never, true) as unknown as { shape?: Record<string, z.ZodType> };
  const isNumber = ([, field]: [string, z.ZodType]) =>
    (unwrapZodType(field as never, false) as unknown as z.ZodType)._zod.def.type === "number";
  return new Set(
    Object.entries(object.shape ?? {})
      .filter(isNumber)
      .map(([name]) => name),
  );
}

const WHOLE = /^-?(0|[1-9]\d{0,15})$/;
const NOT_A_NUMBER = "not a number";

/**
 * Number() reads `""`, `" 5 "`, `0x10` and `1e2` as numbers too; in an address only decimal digits are one. Anything else is replaced
 * by what the schema refuses.
 */
export function tightenNumbers(query: Query, numbers: Set<string>): void {
  for (const name of Object.keys(query))
    if (numbers.has(name)) query[name] = query[name]!.map((text) => (WHOLE.test(text) ? text : NOT_A_NUMBER));
}
