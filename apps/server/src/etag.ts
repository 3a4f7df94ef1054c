import { createHmac, randomBytes } from "node:crypto";

/** What an answer is made of; the same facts give the same answer, byte for byte. */
export interface Facts {
  userId: number;
  /** users.data_version: grows with every change to the user's keys or usage. */
  version: number;
  /** UTC day, for answers that depend on it; `null` for the others. */
  today: string | null;
  /** Path and query. */
  target: string;
}

/**
 * Names answers. A name cannot be guessed, so whoever sends one has seen the answer: its request was valid. Names die with the
 * process: another build, or a database restored from a copy, must not answer to them.
 */
export function createEtags() {
  const secret = randomBytes(32);
  return {
    of: ({ userId, version, today, target }: Facts): string =>
      `"${createHmac("sha256", secret)
        .update(`${userId}\n${version}\n${today}\n${target}`)
        .digest("base64url")
        .slice(0, 27)}"`,
  };
}

/** Whether an If-None-Match header names `etag`. `*` is not looked at: it needs an answer to exist. */
export function isNamed(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  return header.split(",").some((item) => item.trim().replace(/^W\//, "") === etag);
}

/** Text of an answer: one string goes out in one write together with its headers, which a buffer does not. */
export interface Answer {
  text: string;
  bytes: number;
}

export const toAnswer = (text: string): Answer => ({ text, bytes: Buffer.byteLength(text) });

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_ANSWER_BYTES = 512 * 1024;

/** Serialised answers by ETag; the least recently used go first. An ETag names one answer for ever, so nothing here goes stale. */
export function createAnswerCache(maxBytes = MAX_BYTES) {
  const answers = new Map<string, Answer>();
  let bytes = 0;
  return {
    get(etag: string): Answer | undefined {
      const found = answers.get(etag);
      if (!found) return undefined;
      answers.delete(etag);
      answers.set(etag, found);
      return found;
    },
    put(etag: string, answer: Answer): void {
      if (answer.bytes > MAX_ANSWER_BYTES || answers.has(etag)) return;
      answers.set(etag, answer);
      bytes += answer.bytes;
      for (const [oldest, old] of answers) {
        if (bytes <= maxBytes) break;
        answers.delete(oldest);
        bytes -= old.bytes;
      }
    },
    size: () => ({ answers: answers.size, bytes }),
  };
}
