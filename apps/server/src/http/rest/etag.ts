import { createHmac, randomBytes } from "node:crypto";

/** What a response is made of; the same facts give the same answer, byte for byte. */
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
 * Names answers. A name cannot be guessed, so whoever sends one has seen the response: its request was valid. Names die with the
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

/** Whether an If-None-Match header names `etag`. `*` is not looked at: it needs a response to exist. */
export function isNamed(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  return header.split(",").some((item) => item.trim().replace(/^W\//, "") === etag);
}

/** Text of a response: one string goes out in one write together with its headers, which a buffer does not. */
export interface Answer {
  text: string;
  bytes: number;
}

export const toAnswer = (text: string): Answer => ({ text, bytes: Buffer.byteLength(text) });

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_ANSWER_BYTES = 512 * 1024;
/** What a response costs beside its text. */
const ENTRY_BYTES = 500;

/**
 * Answers by ETag, in two halves: when the young one is full it becomes the old one, and what no one asked for meanwhile is forgotten.
 * An ETag names one response forever, so nothing here goes stale.
 */
export function createAnswerCache(maxBytes = MAX_BYTES) {
  let young = new Map<string, Answer>();
  let old = new Map<string, Answer>();
  let youngBytes = 0;

  function keep(etag: string, answer: Answer): void {
    const cost = answer.bytes + ENTRY_BYTES;
    if (youngBytes + cost > maxBytes / 2) {
      old = young;
      young = new Map();
      youngBytes = 0;
    }
    young.set(etag, answer);
    youngBytes += cost;
  }

  return {
    get(etag: string): Answer | undefined {
      const found = young.get(etag);
      if (found) return found;
      const older = old.get(etag);
      if (older) keep(etag, older);
      return older;
    },
    put(etag: string, answer: Answer): void {
      if (answer.bytes <= MAX_ANSWER_BYTES && !young.has(etag)) keep(etag, answer);
    },
    size: (): number => young.size + old.size,
  };
}
