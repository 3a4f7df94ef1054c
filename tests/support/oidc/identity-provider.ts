import { createHash, randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { keepSecret } from "../server/suite-log.ts";

export const CLIENT_ID = "orwatch";
export const CLIENT_SECRET = "a-client-secret-for-tests";

/** What the provider says about the person who signs in. */
export interface Claims {
  sub: string;
  email?: string | undefined;
  email_verified?: boolean | string | undefined;
  [name: string]: unknown;
}

interface Visit {
  nonce: string;
  challenge: string;
  redirectUri: string;
}

/** Ways in which a provider, or someone who pretends to be one, can be wrong. */
export interface Faults {
  /** Changes the ID token before it is signed. */
  idToken?: (claims: JWTPayload) => JWTPayload;
  /** Signs with a key that is not published. */
  signsWithOtherKey?: boolean;
  /** Sends the claims of the person from the userinfo endpoint only. */
  usesUserinfo?: boolean;
  /** What the browser comes back with instead of a code. */
  error?: string;
  /** Status of every response. */
  status?: number;
}

/**
 * A provider of OpenID Connect that approves everything at once, as the person of the moment, and that can be told to make mistakes. The real
 * one is in tests/e2e/auth/oidc.e2e.ts.
 */
export async function startIdentityProvider() {
  const [own, other] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  const visits = new Map<string, Visit>();
  const asked: string[] = [];
  let person: Claims = { sub: "1", email: "ada@example.com", email_verified: true };
  let faults: Faults = {};
  let port = 0;

  const sign = (claims: JWTPayload, type = "JWT") =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "1", typ: type })
      .sign(faults.signsWithOtherKey ? other.privateKey : own.privateKey);
  const issuer = () => `http://127.0.0.1:${port}`;
  const nowS = () => Math.floor(Date.now() / 1000);

  const sendJson = (res: ServerResponse, body: unknown, status = 200) =>
    res.writeHead(faults.status ?? status, { "content-type": "application/json" }).end(JSON.stringify(body));

  async function answer(req: IncomingMessage, res: ServerResponse) {
    const url = new URL(req.url ?? "/", issuer());
    asked.push(url.pathname);
    const query = Object.fromEntries(url.searchParams) as Record<string, string>;
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return sendJson(res, {
          issuer: issuer(),
          authorization_endpoint: `${issuer()}/authorize`,
          token_endpoint: `${issuer()}/token`,
          userinfo_endpoint: `${issuer()}/userinfo`,
          jwks_uri: `${issuer()}/jwks`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
        });
      case "/jwks":
        return sendJson(res, { keys: [{ ...(await exportJWK(own.publicKey)), kid: "1", alg: "RS256", use: "sig" }] });
      case "/authorize": {
        const code = randomUUID();
        const { nonce = "", code_challenge: challenge = "", redirect_uri: redirectUri = "", state = "" } = query;
        visits.set(code, { nonce, challenge, redirectUri });
        const back = new URLSearchParams(faults.error ? { error: faults.error, state } : { code, state });
        return res.writeHead(303, { location: `${redirectUri}?${back}` }).end();
      }
      case "/token": {
        const body = new URLSearchParams(await readText(req));
        const visit = visits.get(body.get("code") ?? "");
        visits.delete(body.get("code") ?? "");
        const [, credentials = ""] = /^Basic (.+)$/.exec(req.headers.authorization ?? "") ?? [];
        const [id, secret] = Buffer.from(credentials, "base64").toString().split(":").map(decodeURIComponent);
        const challenge = createHash("sha256")
          .update(body.get("code_verifier") ?? "")
          .digest("base64url");
        const isRight =
          visit?.challenge === challenge &&
          visit.redirectUri === body.get("redirect_uri") &&
          id === CLIENT_ID &&
          secret === CLIENT_SECRET;
        if (!visit || !isRight) return sendJson(res, { error: "invalid_grant" }, 400);
        const claims: JWTPayload = {
          iss: issuer(),
          aud: CLIENT_ID,
          iat: nowS(),
          exp: nowS() + 60,
          auth_time: nowS(),
          nonce: visit.nonce,
          ...(faults.usesUserinfo ? { sub: person.sub } : person),
        };
        const idToken = await sign(faults.idToken?.(claims) ?? claims);
        keepSecret(idToken);
        return sendJson(res, { access_token: "access", token_type: "Bearer", expires_in: 60, id_token: idToken });
      }
      case "/userinfo":
        return sendJson(res, person);
      default:
        return res.writeHead(404).end();
    }
  }

  const server = http.createServer((req, res) => void answer(req, res));
  const listen = () => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen();
  ({ port } = server.address() as AddressInfo);

  return {
    issuer: issuer(),
    /** Paths of all requests so far. */
    asked,
    /** The person who signs in from now on. */
    be(claims: Claims) {
      person = claims;
    },
    /** Mistakes from now on; none by default. */
    fail(next: Faults = {}) {
      faults = next;
    },
    /** A logout token about a person or a session of the provider. */
    logoutToken: (claims: JWTPayload, type = "logout+jwt") =>
      sign(
        {
          iss: issuer(),
          aud: CLIENT_ID,
          iat: nowS(),
          exp: nowS() + 60,
          jti: randomUUID(),
          events: { "http://schemas.openid.net/event/backchannel-logout": {} },
          ...claims,
        },
        type,
      ),
    async down() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    up: listen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type IdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>;

async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
