import { AsyncLocalStorage } from "node:async_hooks";

export type LogLevel = "debug" | "info" | "warn" | "error";

export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

const ORDER: LogLevel[] = ["debug", "info", "warn", "error"];
/** OpenRouter keys, API tokens, webhook secrets, Telegram bot tokens, bearer credentials and session cookies, anywhere in a text. */
const SECRETS =
  /sk-or-[\x21\x23-\x5b\x5d-\x7e]{8,}|or_api_[\w-]+|whsec_[\w+/=-]+|\d{5,20}:[\w-]{30,}|(?<=\bbearer\s+)[^\s"\\]+|(?<=orwatch_session=)[^;\s"\\]+/gi;
/** Fields whose whole value is redacted. */
const SECRET_NAMES =
  /password|passphrase|secret|cookie|authorization|credential|^(api_?|encryption_?|session_?|access_?)?(key|token)$|^session(_?id)?$|encrypted|_?hash$/i;

/** Redacts everything that looks like a credential. */
export const redact = (text: string): string => text.replace(SECRETS, "[redacted]");

const surroundings = new AsyncLocalStorage<Record<string, unknown>>();

/** Adds `fields` to every log event of `work` and of what it starts, such as the ID of the request or job run. */
export const withinLog = <T>(fields: Record<string, unknown>, work: () => T): T =>
  surroundings.run({ ...surroundings.getStore(), ...fields }, work);

/**
 * Writes one JSON line per event, with secrets redacted.
 * @param options.secrets texts to redact in addition to everything that looks like a credential
 */
export function createLog(options: {
  level: LogLevel;
  write: (line: string) => void;
  secrets?: (string | null)[];
  now?: () => Date;
}): Log {
  // As encoded in JSON.
  const secrets = (options.secrets ?? []).flatMap((secret) => (secret ? [JSON.stringify(secret).slice(1, -1)] : []));
  const clean = (line: string) => secrets.reduce((text, secret) => text.replaceAll(secret, "[redacted]"), redact(line));
  const emit =
    (level: LogLevel) =>
    (event: string, fields: Record<string, unknown> = {}) => {
      if (ORDER.indexOf(level) < ORDER.indexOf(options.level)) return;
      const time = (options.now?.() ?? new Date()).toISOString();
      const line = stringify({ time, level, event, ...surroundings.getStore(), ...fields }, { time, level, event });
      options.write(`${clean(line)}\n`);
    };
  return { debug: emit("debug"), info: emit("info"), warn: emit("warn"), error: emit("error") };
}

/** JSON of `fields`, or of `least` if they cannot be serialized, so that logging never throws. */
function stringify(fields: Record<string, unknown>, least: Record<string, unknown>): string {
  const within: object[] = [];
  const readable = function (this: object, name: string, value: unknown) {
    if (value !== null && value !== undefined && SECRET_NAMES.test(name)) return "[redacted]";
    if (typeof value === "bigint") return value.toString();
    if (typeof value !== "object" || value === null) return value;
    while (within.length > 0 && within.at(-1) !== this) within.pop();
    const plain = value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value;
    if (within.includes(value)) return "[circular]";
    within.push(plain);
    return plain;
  };
  try {
    return JSON.stringify(fields, readable);
  } catch {
    return JSON.stringify({ ...least, problem: "the fields of this line cannot be written" });
  }
}
