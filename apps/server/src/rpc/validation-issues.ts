import { type AnyMessage, type Message, message } from "@orwatch/messages/message";
import { isMessage, parseStoredMessage, storeMessage } from "@orwatch/messages/parse";
import { type ZodError, z } from "zod";
import { describeUnknown } from "./nearest-name.ts";

/** What is wrong with one field of a request. */
export interface Issue {
  /** Path joined by dots; empty for the whole input. */
  path: string;
  reason: AnyMessage;
}

type ZodIssue = ZodError["issues"][number];

/** A message as the error text of a zod check. `toIssues` parses it. */
export const issueText = (reason: Message): string => storeMessage(reason);

/** Reports each unknown field with the name that was probably meant. Done here, because the schema is known only here. */
z.config({
  customError: (issue) => {
    if (issue.code !== "unrecognized_keys") return undefined;
    const known = Object.keys((issue.inst as { shape?: object } | undefined)?.shape ?? {});
    return issue.keys.map((name) => issueText(describeUnknown(name, known))).join("\n");
  },
});

export const toIssues = (error: ZodError): Issue[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), reason: reasonOf(issue) }];
    const lines = issue.message.split("\n");
    return issue.keys.map((name, index) => ({
      path: [...path, name].join("."),
      reason: parseStoredMessage(lines[index] ?? ""),
    }));
  });

/** The message of the schema, or one for the issue that zod found. */
function reasonOf(issue: ZodIssue): AnyMessage {
  const own = messageIn(issue.message) ?? (ZODS_OWN.test(issue.message) ? foundByZod(issue) : null);
  return own ?? message("field_invalid", { text: issue.message });
}

/** Beginning of zod's own texts. */
const ZODS_OWN = /^(Invalid|Too )/;

function messageIn(text: string): AnyMessage | null {
  if (!text.startsWith("{")) return null;
  const parsed = parseStoredMessage(text);
  return isMessage(parsed) && parsed.code !== "legacy_text" ? parsed : null;
}

const TYPES = { string: "text", boolean: "boolean", array: "list", object: "object" } as const;

function foundByZod(issue: ZodIssue): Message | null {
  switch (issue.code) {
    case "invalid_type": {
      if (issue.message.endsWith("received undefined")) return message("field_missing", {});
      if (issue.expected === "number" || issue.expected === "int") return message("field_not_whole_number", {});
      const expected = TYPES[issue.expected as keyof typeof TYPES] ?? "other";
      return message("field_wrong_type", { expected });
    }
    case "too_small": {
      const limit = Number(issue.minimum);
      if (issue.origin === "string")
        return limit === 1 ? message("field_missing", {}) : message("field_too_short", { limit });
      return issue.origin === "array" ? message("field_empty_list", {}) : message("field_too_small", { limit });
    }
    case "too_big": {
      const limit = Number(issue.maximum);
      if (issue.origin === "string") return message("field_too_long", { limit });
      return issue.origin === "array" ? message("field_too_many", { limit }) : message("field_too_large", { limit });
    }
    case "invalid_value":
      return message("field_not_allowed", { allowed: issue.values.map(String) });
    case "invalid_format":
      return issue.format === "email" ? message("field_not_email", {}) : message("field_wrong_format", {});
    default:
      return null;
  }
}

/** The first issue, and the number of others. */
export function summarizeIssues(issues: Issue[]): Message {
  const [first] = issues;
  if (!first) return message("request_invalid", {});
  // This message already contains the parameter.
  const isNamed = first.reason.code.startsWith("parameter_unknown");
  const path = isNamed ? null : first.path || null;
  return message("invalid_request", { path, issue: first.reason, more: issues.length - 1 });
}

const MAX_DEPTH = 20;

/**
 * The first part of `input` that databases and clients cannot handle: a NUL character, a lone surrogate or too deep nesting.
 * `null` if there is none.
 */
export function findFlaw(input: unknown): Issue | null {
  const queue: { value: unknown; path: string; depth: number }[] = [{ value: input, path: "", depth: 0 }];
  for (let item = queue.pop(); item; item = queue.pop()) {
    const { value, path, depth } = item;
    if (typeof value === "string") {
      const reason = flawOfText(value);
      if (reason) return { path, reason };
    } else if (typeof value === "object" && value !== null) {
      if (depth === MAX_DEPTH) return { path: "", reason: message("field_nested_too_deep", { limit: MAX_DEPTH }) };
      for (const [name, inner] of Object.entries(value)) {
        if (flawOfText(name)) return { path, reason: message("field_name_broken", {}) };
        queue.push({ value: inner, path: path ? `${path}.${name}` : name, depth: depth + 1 });
      }
    }
  }
  return null;
}

// The type definitions of the compiler are older than Node 20.
const isWellFormed = (text: string) => (text as unknown as { isWellFormed(): boolean }).isWellFormed();

function flawOfText(text: string): Message | null {
  if (text.includes("\0")) return message("field_nul_character", {});
  return isWellFormed(text) ? null : message("field_broken_text", {});
}
