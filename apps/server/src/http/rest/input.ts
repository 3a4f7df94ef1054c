import type { IncomingMessage } from "node:http";
import { type Message, message } from "@orwatch/messages/message";
import { unwrapZodType } from "trpc-to-openapi";
import { z } from "zod";
import { invalidRequest } from "../../rpc/app-error.ts";
import { describeUnknown } from "../../rpc/nearest-name.ts";
import { findFlaw, type Issue } from "../../rpc/validation-issues.ts";
import { describeFailure, type RestError } from "./error.ts";

/** A larger body is rejected with 413, over REST and tRPC. */
export const MAX_BODY_BYTES = 64 * 1024;

export type Query = Record<string, string[]>;
type Rejected = { error: RestError };

const rejected = (status: number, code: string, reason: Message): Rejected => ({ error: { status, code, reason } });

const TOO_LARGE = rejected(413, "PAYLOAD_TOO_LARGE", message("body_too_large", { limit_kib: MAX_BODY_BYTES / 1024 }));
const NOT_JSON = rejected(415, "UNSUPPORTED_MEDIA_TYPE", message("body_not_json", {}));

/** The body of a request as an object. No body counts as `{}`. */
export async function readBody(req: IncomingMessage): Promise<{ value: object } | Rejected> {
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
      return rejected(400, "PARSE_ERROR", message("body_not_object", {}));
    const flaw = findFlaw(value);
    return flaw ? { error: describeFailure(invalidRequest([flaw])) } : { value };
  } catch {
    return rejected(400, "PARSE_ERROR", message("body_invalid_json", {}));
  }
}

function isJson({ headers }: IncomingMessage): boolean {
  const [type = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  const encoding = headers["content-encoding"] ?? "identity";
  return type.trim() === "application/json" && isUtf8 && encoding === "identity";
}

/** Path (decoded, without a trailing slash) and query of a request URL, both strictly UTF-8. */
export function readAddress(url: string): { path: string; query: Query } | Rejected {
  const start = url.indexOf("?");
  const raw = start < 0 ? url : url.slice(0, start);
  const query: Query = Object.create(null);
  try {
    // An encoded slash would be part of a name, which no path here contains.
    const path = (/%2f/i.test(raw) ? raw : decodeURIComponent(raw)).replace(/(.)\/$/, "$1");
    for (const pair of start < 0 ? [] : url.slice(start + 1).split("&")) {
      if (pair === "") continue;
      const [name = "", ...rest] = pair.split("=");
      const key = decode(name);
      query[key] ??= [];
      query[key].push(decode(rest.join("=")));
    }
    return { path, query };
  } catch {
    return rejected(400, "BAD_REQUEST", message("address_not_decodable", {}));
  }
}

const decode = (text: string) => decodeURIComponent(text.replaceAll("+", " "));

/** The parameters of an operation, to parse its query. */
export interface Fields {
  names: string[];
  /** Numbers and lists of numbers, which are text in a URL. */
  numbers: Set<string>;
  /** May be repeated. */
  lists: Set<string>;
}

/** The type of a field, or of the items of a list, however it is wrapped. */
const typeOf = (schema: z.ZodType) => unwrapZodType(schema as never, false);

const isWrapper = (schema: z.ZodType) =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;

const isList = (schema: z.ZodType): boolean =>
  schema instanceof z.ZodArray || (isWrapper(schema) && isList(schema.unwrap() as z.ZodType));

const shapesOf = (inputs: z.ZodType[]): [name: string, field: z.ZodType][] =>
  inputs.flatMap((input) => {
    const object = unwrapZodType(input as never, true);
    return object instanceof z.ZodObject ? Object.entries(object.shape as Record<string, z.ZodType>) : [];
  });

/** Description of a field, however it is wrapped. */
export function describeField(inputs: z.ZodType[], name: string): string | undefined {
  let field = shapesOf(inputs).find(([known]) => known === name)?.[1];
  while (field && field.description === undefined && isWrapper(field)) field = field.unwrap() as z.ZodType;
  return field?.description;
}

export function fieldsOf(inputs: z.ZodType[]): Fields {
  const fields = shapesOf(inputs);
  const named = (isMeant: (field: z.ZodType) => boolean) =>
    new Set(fields.filter(([, field]) => isMeant(field)).map(([name]) => name));
  return {
    names: fields.map(([name]) => name),
    numbers: named((field) => typeOf(field) instanceof z.ZodNumber),
    lists: named(isList),
  };
}

/**
 * The parameters of a query by name: `model[]` and `model[0]` are `model`. Unknown, empty and repeated parameters are
 * reported, never ignored.
 */
export function readParameters(query: Query, fields: Fields): { query: Query; issues: Issue[] } {
  const found: Query = Object.create(null);
  const issues: Issue[] = [];
  for (const [written, values] of Object.entries(query)) {
    const list = /^(.+)\[\d*\]$/s.exec(written)?.[1];
    const name = list !== undefined && fields.lists.has(list) ? list : written;
    if (fields.names.includes(name)) found[name] = [...(found[name] ?? []), ...values];
    else issues.push({ path: written.slice(0, MAX_NAME), reason: describeUnknown(written, fields.names) });
  }
  for (const [name, values] of Object.entries(found)) {
    if (values.includes("")) issues.push({ path: name, reason: message("field_no_value", {}) });
    else if (values.length > 1 && !fields.lists.has(name))
      issues.push({ path: name, reason: message("field_repeated", {}) });
  }
  return { query: found, issues };
}

const TEAM = "team_id";

/**
 * Takes the team that the request is about out of the query, where every operation with a credential accepts it, also one with a body.
 * A number that is the ID of no team is returned as that of a team without members.
 */
export function takeTeam({ [TEAM]: values, ...query }: Query): { team: number | null; query: Query; issues: Issue[] } {
  if (values === undefined) return { team: null, query, issues: [] };
  const [text = ""] = values;
  const reason =
    values.length > 1
      ? message("field_repeated", {})
      : text === ""
        ? message("field_no_value", {})
        : /^\d{1,15}$/.test(text)
          ? null
          : message("field_not_whole_number", {});
  return reason === null
    ? { team: Number(text), query, issues: [] }
    : { team: null, query, issues: [{ path: TEAM, reason }] };
}

const MAX_NAME = 60;

/** An operation with a body accepts no query parameters. */
export const rejectQuery = (query: Query, body: Fields): Issue[] =>
  Object.keys(query).map((name) => ({
    path: name.slice(0, MAX_NAME),
    reason: body.names.includes(name) ? message("field_belongs_in_body", {}) : describeUnknown(name, []),
  }));

/** Whether a request with query parameters also has parameters in a body. `{}` counts as none. */
export async function bringsBody(req: IncomingMessage): Promise<boolean> {
  const { "content-length": length, "transfer-encoding": encoding } = req.headers;
  if (encoding === undefined && Number(length ?? 0) === 0) return false;
  const body = await readBody(req);
  return "error" in body || Object.keys(body.value).length > 0;
}

export const NO_BODY: RestError = {
  status: 400,
  code: "BAD_REQUEST",
  reason: message("body_not_allowed", {}),
};

const WHOLE = /^-?(0|[1-9]\d{0,15})$/;
/** A text that no schema accepts as a number. */
export const NOT_A_NUMBER = "not a number";

/**
 * The parameters of a query as input of a procedure. Number() would also accept `" 5 "`, `0x10`
 * and `1e2`. In a URL only decimal digits are a number; anything else is replaced by a text that the schema rejects.
 */
export function toInput(query: Query, { numbers, lists }: Fields): Record<string, string | string[] | undefined> {
  const input = Object.entries(query).map(([name, values]) => {
    const texts = numbers.has(name) ? values.map((text) => (WHOLE.test(text) ? text : NOT_A_NUMBER)) : values;
    return [name, lists.has(name) ? texts : texts[0]];
  });
  return Object.fromEntries(input);
}
