import { appendFileSync } from "node:fs";
import path from "node:path";

/** Where `npm test` collects server logs and used secrets; `scripts/lib/suite.mjs` compares the two. */
const folder = process.env.SUITE_LOG;

const SECRET_FIELD = /password|^key$|token|secret|recovery/i;
/** Shorter values occur in logs by chance; the server accepts no shorter password, key or token. */
const MIN_LENGTH = 12;

const known = new Set<string>();

/** Records server output: whole lines of this process, or chunks printed by another one. */
export function keepLog(text: string, pid: number | undefined = process.pid): void {
  if (folder) appendFileSync(path.join(folder, `${pid}.log`), text);
}

/** Records a credential used by a test: no log may contain it. */
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
    // Without JSON there are no fields.
  }
};

/** Records the credentials of a request and its response. Rejected credentials open nothing, so guesses of attack tests are not recorded. */
export async function keepSecretsOf(init: RequestInit, response: Response): Promise<void> {
  const authorization = new Headers(init.headers).get("authorization") ?? "";
  if (response.status !== 401) keepSecret(authorization.replace(/^bearer\s+/i, ""));
  if (typeof init.body === "string" && response.ok) keepJson(init.body);
  for (const cookie of response.headers.getSetCookie()) keepSecret(/^[^=]*session=([^;]*)/.exec(cookie)?.[1] ?? "");
  if (
    /\/(auth|tokens|security)|token|factor|channel|invitation|share/i.test(response.url) &&
    /json/.test(response.headers.get("content-type") ?? "")
  )
    keepJson(await response.clone().text());
}

export const isKept = folder !== undefined;
