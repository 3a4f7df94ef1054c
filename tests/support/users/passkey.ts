import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { type Answer, type Caller, type Harness, PASSWORD, request } from "../server/harness.ts";

/** CBOR (RFC 8949) of what an authenticator sends: maps, integers, texts and bytes. */
function cbor(value: unknown): Buffer {
  const head = (major: number, size: number) =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([name, item]) => [cbor(name), cbor(item)])]);
}

const hash = (data: string | Buffer) => createHash("sha256").update(data).digest();
const encode = (data: Buffer | string) => Buffer.from(data).toString("base64url");

const PRESENT = 1;
const VERIFIED = 4;
const WITH_CREDENTIAL = 64;

/** What a page may lie about, or an authenticator get wrong. */
interface Lies {
  origin?: string;
  host?: string;
  counter?: number;
  flags?: number;
  /** Signs with this key. */
  key?: KeyObject;
  type?: string;
}

/** An authenticator in software with one passkey (ES256), independent of the library of the server. */
export function createAuthenticator(site: { origin: string; host: string }) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(32);
  let counter = 0;
  let handle: string | null = null;
  const clientData = (type: string, challenge: string, origin: string) =>
    JSON.stringify({ type, challenge, origin, crossOrigin: false });
  const authenticatorData = (host: string, flags: number, count: number) => {
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(count);
    return Buffer.concat([hash(host), Buffer.from([flags]), counted]);
  };
  return {
    id: encode(id),
    /** As `navigator.credentials.create()`. */
    create(options: { challenge: string; user: { id: string } }, lies: Lies = {}) {
      const { origin = site.origin, host = site.host, flags = PRESENT | VERIFIED } = lies;
      handle = options.user.id;
      const key = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ]);
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(key)]);
      const authData = Buffer.concat([authenticatorData(host, flags | WITH_CREDENTIAL, counter), credential]);
      const attestation = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData],
      ]);
      return {
        id: encode(id),
        client_data: encode(clientData(lies.type ?? "webauthn.create", options.challenge, origin)),
        attestation: encode(cbor(attestation)),
        transports: ["internal"],
      };
    },
    /** As `navigator.credentials.get()`. Counts its uses. */
    use(options: { challenge: string }, lies: Lies = {}) {
      const { origin = site.origin, host = site.host, flags = PRESENT | VERIFIED, key = privateKey } = lies;
      counter += 1;
      const data = authenticatorData(host, flags, lies.counter ?? counter);
      const client = clientData(lies.type ?? "webauthn.get", options.challenge, origin);
      return {
        id: encode(id),
        client_data: encode(client),
        authenticator_data: encode(data),
        signature: encode(sign("sha256", Buffer.concat([data, hash(client)]), key)),
        user_handle: handle,
      };
    },
  };
}

export type Authenticator = ReturnType<typeof createAuthenticator>;

/** The site at localhost: passkeys do not work at 127.0.0.1. */
export const siteOf = ({ url }: Pick<Harness, "url">) => {
  const origin = url.replace("127.0.0.1", "localhost");
  return { origin, host: "localhost" };
};

/** Calls a procedure as a page at localhost does. */
export function callAt(
  harness: Harness,
  { name, input, headers = {} }: { name: string; input: unknown; headers?: Record<string, string> },
): Promise<Answer> {
  const { origin } = siteOf(harness);
  return request(`${origin}/trpc/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, ...headers },
    body: JSON.stringify(input),
  });
}

export const cookieOf = ({ credential }: Pick<Caller, "credential">) => ({ cookie: `orwatch_session=${credential}` });

/** Adds a passkey to a user without an authenticator app. */
export async function addPasskey(
  harness: Harness,
  caller: Caller,
): Promise<{ authenticator: Authenticator; recoveryCodes: string[]; id: number }> {
  const call = (name: string, input: unknown) => callAt(harness, { name, input, headers: cookieOf(caller) });
  await caller.post("/api/auth/reauthenticate", { password: PASSWORD });
  const begun = await call("passkeys.begin", {});
  if (begun.status !== 200) throw new Error(begun.text);
  const authenticator = createAuthenticator(siteOf(harness));
  const added = await call("passkeys.add", { credential: authenticator.create(begun.body.result.data) });
  if (added.status !== 200) throw new Error(added.text);
  const { passkey, recovery_codes } = added.body.result.data;
  return { authenticator, recoveryCodes: recovery_codes, id: passkey.id };
}
