import { generateKeyPairSync } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { CLIENT_ID, CLIENT_SECRET } from "./identity-provider.ts";

/**
 * `oidc-provider` with its own login and consent pages, where the name is the subject and the address is NAME@example.com. Any password is
 * accepted. It serves once it knows the URL of its client, which must know the issuer before it starts.
 */
export async function startRealProvider() {
  let answer: http.RequestListener = (_req, res) => res.writeHead(503).end();
  const server = http.createServer((req, res) => answer(req, res));
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    issuer,
    serve(clientUrl: string) {
      const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: CLIENT_ID,
            client_secret: CLIENT_SECRET,
            redirect_uris: [`${clientUrl}/auth/oidc/callback`],
            backchannel_logout_uri: `${clientUrl}/auth/oidc/backchannel-logout`,
            backchannel_logout_session_required: true,
          },
        ],
        jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "e2e" }] },
        cookies: { keys: ["a-key-for-cookies-of-tests"] },
        claims: { openid: ["sub"], email: ["email", "email_verified"] },
        pkce: { required: () => true },
        // Its own would not send a logout token to this machine.
        fetch: (url, options = {}) => {
          const { dispatcher: _, ...rest } = options as RequestInit & { dispatcher?: unknown };
          return fetch(url, rest);
        },
        features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
        findAccount: (_context, id) => ({
          accountId: id,
          claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true }),
        }),
      });
      const handle = provider.callback();
      answer = (req, res) => void handle(req, res);
    },
    down: close,
    up: () => listen(port),
    close,
  };
}

export type RealProvider = Awaited<ReturnType<typeof startRealProvider>>;
