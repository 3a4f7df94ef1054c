import { hash, randomBytes } from "node:crypto";

/** What a response depends on. Equal values produce the same response, byte for byte. */
interface Facts {
  teamId: number;
  /** teams.data_version: grows with every change to the team's keys or usage. */
  version: number;
  /** UTC day, for responses that depend on it; otherwise `null`. */
  today: string | null;
  /** Path and query. */
  target: string;
}

/**
 * Creates ETags. They cannot be guessed, so a client that sends one has received that response and its request was valid. They are
 * only valid for this process: another build or a restored database must not match them.
 */
export function createEtags() {
  // A secret of fixed length before the text, and a part of the digest, are as good as an HMAC, which Node 24 makes a sixth of a request.
  const secret = randomBytes(32).toString("base64url");
  return {
    of: ({ teamId, version, today, target }: Facts): string =>
      `"${hash("sha256", `${secret}\n${teamId}\n${version}\n${today}\n${target}`, "base64url").slice(0, 27)}"`,
  };
}

/** Whether an If-None-Match header contains `etag`. `*` is handled elsewhere. */
export function isNamed(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  return header.split(",").some((item) => item.trim().replace(/^W\//, "") === etag);
}

/** Text of a response. A string is written together with the headers in one write, a buffer is not. */
export interface Answer {
  text: string;
  bytes: number;
  /** Link header. */
  links: string | null;
}

export const toAnswer = (text: string, links: string | null = null): Answer => ({
  text,
  bytes: Buffer.byteLength(text),
  links,
});

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_ANSWER_BYTES = 512 * 1024;
/** Memory of a cached response in addition to its text. */
const ENTRY_BYTES = 500;

/**
 * Cached responses by ETag, in two generations: when the young one is full, it becomes the old one and the previous old one is dropped.
 * An ETag always identifies the same response, so entries never become stale.
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
