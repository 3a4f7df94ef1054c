export type LogLevel = "debug" | "info" | "warn" | "error";

export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

const ORDER: LogLevel[] = ["debug", "info", "warn", "error"];
/** OpenRouter keys, our API tokens, bearer credentials and session cookies, wherever they stand in a line. */
const SECRETS = /sk-or-[\w-]{8,}|or_api_[\w-]+|(?<=[Bb]earer )[^\s"\\]+|(?<=orwatch_session=)[^;\s"\\]+/g;
const SECRET_NAMES = /^(.*password.*|key|secret|token|access_token|authorization|cookie)$/i;

/** The text without anything that looks like a credential. */
export const redact = (text: string): string => text.replace(SECRETS, "[redacted]");

/** One JSON line an event, secrets redacted, to `write`. */
export function createLog(options: { level: LogLevel; write: (line: string) => void; now?: () => Date }): Log {
  const emit =
    (level: LogLevel) =>
    (event: string, fields: Record<string, unknown> = {}) => {
      if (ORDER.indexOf(level) < ORDER.indexOf(options.level)) return;
      const time = (options.now?.() ?? new Date()).toISOString();
      const line = JSON.stringify({ time, level, event, ...fields }, (name, value) => {
        if (SECRET_NAMES.test(name) && typeof value === "string") return "[redacted]";
        if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack };
        return typeof value === "bigint" ? value.toString() : value;
      });
      options.write(`${redact(line)}\n`);
    };
  return { debug: emit("debug"), info: emit("info"), warn: emit("warn"), error: emit("error") };
}
