import { type ZodError, z } from "zod";
import { describeUnknown } from "./nearest-name.ts";

/** What is wrong with one field of a request, in words for whoever sent it. */
export interface Issue {
  /** Names joined by dots; empty for the whole. */
  path: string;
  message: string;
}

type ZodIssue = ZodError["issues"][number];

/** Unknown fields are reported with the name that was probably meant, one line for each; only here is the schema known. */
z.config({
  customError: (issue) => {
    if (issue.code !== "unrecognized_keys") return undefined;
    const known = Object.keys((issue.inst as { shape?: object } | undefined)?.shape ?? {});
    return issue.keys.map((name) => describeUnknown(name, known)).join("\n");
  },
});

function wordsOf(issue: ZodIssue): string {
  if (issue.code !== "invalid_type") return issue.message;
  if (issue.message.endsWith("received undefined")) return "is missing";
  if (issue.expected === "number" || issue.expected === "int") return "must be a whole number";
  return issue.message;
}

export const toIssues = (error: ZodError): Issue[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), message: wordsOf(issue) }];
    const lines = issue.message.split("\n");
    return issue.keys.map((name, index) => ({
      path: [...path, name].join("."),
      message: lines[index] ?? lines[0] ?? "",
    }));
  });

/** It names the parameter itself. */
const isWholeSentence = ({ message }: Issue) => message.startsWith("Unknown parameter ");

/** The first issue, and how many more there are. */
export function describeIssues(issues: Issue[]): string {
  const first = issues[0];
  if (!first) return "The request is not valid.";
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return `${first.path && !isWholeSentence(first) ? `${first.path}: ` : ""}${first.message}${more}`;
}

const MAX_DEPTH = 20;

/**
 * The first thing in `input` that no database or client can be trusted with: NUL, half of a surrogate pair, nesting without end.
 * `null` when there is none.
 */
export function findFlaw(input: unknown): Issue | null {
  const queue: { value: unknown; path: string; depth: number }[] = [{ value: input, path: "", depth: 0 }];
  for (let item = queue.pop(); item; item = queue.pop()) {
    const { value, path, depth } = item;
    if (typeof value === "string") {
      const message = flawOfText(value);
      if (message) return { path, message };
    } else if (typeof value === "object" && value !== null) {
      if (depth === MAX_DEPTH) return { path: "", message: `is nested more than ${MAX_DEPTH} deep` };
      for (const [name, inner] of Object.entries(value)) {
        if (flawOfText(name)) return { path, message: "has a field whose name is not text" };
        queue.push({ value: inner, path: path ? `${path}.${name}` : name, depth: depth + 1 });
      }
    }
  }
  return null;
}

// The compiler's library is older than Node 20.
const isWellFormed = (text: string) => (text as unknown as { isWellFormed(): boolean }).isWellFormed();

function flawOfText(text: string): string | null {
  if (text.includes("\0")) return "contains a NUL character";
  return isWellFormed(text) ? null : "contains half of a surrogate pair";
}
