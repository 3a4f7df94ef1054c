import { appendFileSync } from "node:fs";
import path from "node:path";

/** Where `npm test` collects what servers logged and which secrets were used; `scripts/lib/log-secrets.mjs` compares the two. */
const folder = process.env.SUITE_LOG;

const SECRET_FIELD = /password|^key$|token|secret|recovery/i;
/** Shorter ones are words that stand in a log by chance; the server accepts no shorter password, key or token. */
const MIN_LENGTH = 12;

const known = new Set<string>();

/** Keeps what a server wrote to its log: whole lines of this process, or pieces of what another one printed. */
export function keepLog(text: string, pid: number | undefined = process.pid): void {
  if (folder) appendFileSync(path.join(folder, `${pid}.log`), text);
}

/** Notes a credential that a test used: no log may ever hold it. */
export function keepSecret(secret: string): void {
  if (!folder || secret.length < MIN_LENGTH || known.has(secret)) return;
  known.add(secret);
  appendFileSync(path.join(folder, `${process.pid}.secrets`), `${JSON.stringify(secret)}\n`);
}

function keepFields(value: unknown, name = ""): void {
  if (typeof value === "string") {
    if (SECRET_FIELD.test(name)) keepSecret(value);
  } else if (Array.isArray(value)) {
    for (const item of value) keepFields(item, name);
  } else if (value !== null && typeof value === "object") {
    for (const [field, inner] of Object.entries(value)) keepFields(inner, field);
  }
}

const keepJson = (text: string) => {
  try {
    keepFields(JSON.parse(text));
  } catch {
    // What is no JSON holds no field.
  }
};

/** Notes the credentials in a request and its answer. What a server refused opens nothing: attackers' guesses and odd texts. */
export async function keepSecretsOf(init: RequestInit, response: Response): Promise<void> {
  const authorization = new Headers(init.headers).get("authorization") ?? "";
  if (response.status !== 401) keepSecret(authorization.replace(/^bearer\s+/i, ""));
  if (typeof init.body === "string" && response.ok) keepJson(init.body);
  for (const cookie of response.headers.getSetCookie()) keepSecret(/^[^=]*session=([^;]*)/.exec(cookie)?.[1] ?? "");
  if (
    /\/(auth|tokens|security)|token|factor|channel/i.test(response.url) &&
    /json/.test(response.headers.get("content-type") ?? "")
  )
    keepJson(await response.clone().text());
}

export const isKept = folder !== undefined;
