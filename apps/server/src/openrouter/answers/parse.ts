import type { Message } from "@orwatch/messages/message";
import type { z } from "zod";
import type { AnswerLimit } from "./limits.ts";

/** Yields to the event loop after each slice of work. */
export type Pause = () => Promise<void>;
/** Reads parsed JSON. @throws UnreadableAnswer */
export type Read<T> = (json: unknown, pause: Pause) => Promise<T>;

/** A response in an unexpected format. */
export class UnreadableAnswer extends Error {
  override name = "UnreadableAnswer";
  /** Message for the user, if it says more than that the response could not be read. */
  readonly problem: Message | null;
  constructor(issue: string, problem: Message | null = null) {
    super(issue);
    this.problem = problem;
  }
}

const SLICE = 1024 * 1024;
const [COMMA, OPEN_LIST, OPEN_OBJECT] = [0x2c, 0x5b, 0x7b];

/**
 * Parses the text of a response. Millions of tiny values would take a hundred times their size as objects, so values are counted
 * before the text is parsed.
 * @throws UnreadableAnswer
 */
export async function parseJson(text: string, limit: AnswerLimit, pause: Pause): Promise<unknown> {
  let values = 1;
  for (let start = 0; start < text.length; start += SLICE) {
    const end = Math.min(start + SLICE, text.length);
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === OPEN_LIST || code === OPEN_OBJECT) values += 1;
    }
    if (values > limit.values) throw new UnreadableAnswer("too many values");
    await pause();
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableAnswer("not JSON");
  }
}

const issueOf = (error: z.ZodError) => {
  const [issue] = error.issues;
  return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
};

/** Reads one object. */
export const readOne =
  <S extends z.ZodType>(schema: S): Read<z.output<S>> =>
  async (json) => {
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw new UnreadableAnswer(issueOf(parsed.error));
    return parsed.data;
  };

const ROWS_A_SLICE = 100;

/** Reads rows one by one and stops at the first that cannot be read. @throws UnreadableAnswer */
export async function readRows<S extends z.ZodType>(
  rows: unknown[],
  input: { schema: S; limit: AnswerLimit; pause: Pause },
): Promise<z.output<S>[]> {
  if (rows.length > input.limit.rows) throw new UnreadableAnswer(`${rows.length} rows`);
  const read: z.output<S>[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_A_SLICE === 0) await input.pause();
    const parsed = input.schema.safeParse(row);
    if (!parsed.success) throw new UnreadableAnswer(`row ${index}: ${issueOf(parsed.error)}`);
    read.push(parsed.data);
  }
  return read;
}
