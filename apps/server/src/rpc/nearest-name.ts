import { type Message, message } from "@orwatch/messages/message";

/** Edit distance (Levenshtein) between two texts. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** `apiKeyId`, `API-Key-ID` and `api_key_id[]` are spellings of one name. */
const plain = (name: string) =>
  name
    .replace(/\[.*$/s, "")
    .replace(/[^a-z0-9]/gi, "")
    .toLowerCase();

const MAX_LENGTH = 60;

/** The known name that was probably meant; `null` if none is similar. */
export function findNearest(unknown: string, known: readonly string[]): string | null {
  const normalized = plain(unknown.slice(0, MAX_LENGTH));
  if (normalized.length === 0) return null;
  let nearest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const name of known) {
    const spelled = plain(name);
    // A missing part, as in `key_id`, counts less than the same number of wrong letters.
    const isPart = normalized.length >= 3 && spelled.includes(normalized);
    const edits = isPart ? 1 : distance(normalized, spelled);
    if (edits < least) [nearest, least] = [name, edits];
  }
  return least <= Math.max(2, Math.floor(normalized.length / 3)) ? nearest : null;
}

/** Message about a parameter, field or option that does not exist. */
export function describeUnknown(unknown: string, known: readonly string[]): Message {
  const parameter = unknown.length > MAX_LENGTH ? `${unknown.slice(0, MAX_LENGTH)}…` : unknown;
  const nearest = findNearest(unknown, known);
  if (nearest !== null) return message("parameter_unknown", { parameter, nearest });
  return message("parameter_unknown_of", { parameter, known: known.length > 0 ? [...known] : null });
}
