import { askToConfirm } from "./confirm.ts";
import { watchedFetch } from "./connection.ts";
import { codeOf } from "./errors.ts";

/** As the tRPC client throws it: `lib/errors.ts` reads either by shape. */
class CallError extends Error {
  override name = "TRPCClientError";
  data: unknown;
  constructor({ message, data }: { message: string; data: unknown }) {
    super(message);
    this.data = data;
  }
}

type Answer = { result: { data: unknown } } | { error: { message: string; data: unknown } };

interface Waiting {
  name: string;
  input: unknown;
  resolve: (data: unknown) => void;
  reject: (error: CallError) => void;
}

/** The most that the server takes in one request. */
const MAX_BATCH = 10;

const isAnswer = (answer: unknown): answer is Answer =>
  typeof answer === "object" && answer !== null && ("result" in answer || "error" in answer);

async function send(calls: Waiting[], method: "GET" | "POST"): Promise<Answer[]> {
  const where = `/trpc/${calls.map(({ name }) => name).join(",")}?batch=1`;
  const inputs = JSON.stringify(Object.fromEntries(calls.map(({ input }, index) => [index, input])));
  const response = await (method === "GET"
    ? watchedFetch(`${where}&input=${encodeURIComponent(inputs)}`)
    : watchedFetch(where, { method, headers: { "Content-Type": "application/json" }, body: inputs }));
  const answers: unknown = await response.json();
  if (isAnswer(answers)) return calls.map(() => answers);
  if (Array.isArray(answers) && answers.length === calls.length && answers.every(isAnswer)) return answers;
  throw new Error(`answered with ${response.status}`);
}

async function settle(calls: Waiting[], method: "GET" | "POST") {
  try {
    for (const [index, answer] of (await send(calls, method)).entries()) {
      const call = calls[index];
      if ("error" in answer) call?.reject(new CallError(answer.error));
      else call?.resolve(answer.result.data);
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    for (const { reject } of calls) reject(new CallError({ message, data: null }));
  }
}

let waiting: Waiting[] = [];

function flush() {
  const calls = waiting;
  waiting = [];
  for (let first = 0; first < calls.length; first += MAX_BATCH)
    void settle(calls.slice(first, first + MAX_BATCH), "GET");
}

const post = (name: string, input: unknown) =>
  new Promise<unknown>((resolve, reject) => void settle([{ name, input, resolve, reject }], "POST"));

/** The server's procedures by name, over tRPC's batches: its own client weighs 4 kB of the first load. */
export const caller = {
  /** Queries asked for within one tick share a request. */
  query: (name: string, input: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      if (waiting.length === 0) setTimeout(flush);
      waiting.push({ name, input, resolve, reject });
    }),
  /** What wants password and code again waits for them and is then sent once more: the form it came from notices nothing. */
  async mutation(name: string, input: unknown): Promise<unknown> {
    try {
      return await post(name, input);
    } catch (error) {
      if (codeOf(error) === "REAUTHENTICATE" && (await askToConfirm())) return post(name, input);
      throw error;
    }
  },
};
