import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import type { Config } from "../../config.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Provider } from "./memory.ts";

export type OidcConfig = NonNullable<Config["oidc"]>;

/** After this, what was discovered is read again. */
const FRESH_MS = 3_600_000;
/** If that fails, what is known is used for so long. */
const USABLE_MS = 24 * 3_600_000;
/** A failed discovery is not repeated earlier, so that an unreachable provider does not keep each visitor waiting. */
const RETRY_MS = 10_000;
/** Permitted difference between the clocks of the provider and of this machine. */
export const CLOCK_TOLERANCE_S = 60;

export const CALLBACK = "/auth/oidc/callback";

/** Where the provider sends people back to. It must be registered there. */
export const redirectUriOf = ({ config }: Pick<App, "config">): string => `${config.publicUrl}${CALLBACK}`;

/** @throws NOT_FOUND if no provider is configured */
export function requireOidc(app: Pick<App, "config">): OidcConfig {
  if (app.config.oidc === null) throw new AppError("NOT_FOUND", message("oidc_not_configured", {}));
  return app.config.oidc;
}

export const unreachable = (cause?: unknown) => new AppError("BAD_GATEWAY", message("oidc_unreachable", {}), { cause });

/** A visit to the provider that has expired, was already used, or began in another browser or tab. */
export const stateInvalid = () => new AppError("BAD_REQUEST", message("oidc_state_invalid", {}));

/**
 * The provider, from memory or discovered now.
 * @throws BAD_GATEWAY if it does not respond, or not as a provider does
 */
export async function getProvider(app: App): Promise<Provider> {
  const { oidc } = app.memory;
  const now = app.clock.monotonicMs();
  const { known } = oidc;
  if (known && now - known.at < FRESH_MS) return known.provider;
  const mayTry = oidc.failedAt === null || now - oidc.failedAt >= RETRY_MS;
  const usable = known && now - known.at < USABLE_MS ? known.provider : null;
  if (!mayTry && oidc.pending === null) {
    if (usable) return usable;
    throw unreachable();
  }
  oidc.pending ??= discover(app).finally(() => {
    oidc.pending = null;
  });
  try {
    return await oidc.pending;
  } catch (error) {
    if (usable) return usable;
    throw unreachable(error);
  }
}

async function discover(app: App): Promise<Provider> {
  const { oidc } = app.memory;
  try {
    const provider = await readProvider(app, requireOidc(app));
    app.memory.oidc.known = { provider, at: app.clock.monotonicMs() };
    oidc.failedAt = null;
    return provider;
  } catch (error) {
    oidc.failedAt = app.clock.monotonicMs();
    app.log.warn("oidc.discovery", { issuer: app.config.oidc?.issuer, why: explain(error) });
    throw error;
  }
}

async function readProvider(app: App, config: OidcConfig): Promise<Provider> {
  // Loaded when they are first used: most servers have no provider.
  const [openid, jose] = await Promise.all([import("openid-client"), import("jose")]);
  const { operatorFetch } = app;
  const isSecure = config.issuer.startsWith("https:");
  const client = await openid.discovery(
    new URL(config.issuer),
    config.clientId,
    { [openid.clockTolerance]: CLOCK_TOLERANCE_S },
    authenticationOf(openid, config),
    {
      // The types of undici and of this fetch differ in what is not used.
      [openid.customFetch]: operatorFetch as never,
      execute: [openid.enableNonRepudiationChecks, ...(isSecure ? [] : [openid.allowInsecureRequests])],
    },
  );
  const { issuer, jwks_uri, ...metadata } = client.serverMetadata();
  if (!metadata.authorization_endpoint || !metadata.token_endpoint || !jwks_uri)
    throw new Error("the discovery document has no authorization_endpoint, token_endpoint or jwks_uri");
  const keys = jose.createRemoteJWKSet(new URL(jwks_uri), { [jose.customFetch]: operatorFetch as never });
  const algorithms = (metadata.id_token_signing_alg_values_supported ?? ["RS256"]).filter(
    (name) => !/^(HS|none)/.test(name),
  );
  return { issuer, client, algorithms, keys };
}

/**
 * In the body if the provider lists that, because some do not decode the Authorization header as OAuth demands; otherwise by the header.
 * By PKCE alone without a secret.
 */
function authenticationOf(openid: typeof import("openid-client"), { clientSecret }: OidcConfig) {
  if (clientSecret === null) return openid.None();
  const basic = openid.ClientSecretBasic(clientSecret);
  const post = openid.ClientSecretPost(clientSecret);
  const choose: typeof basic = (server, client, body, headers) => {
    const listed = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (listed.includes("client_secret_post") ? post : basic)(server, client, body, headers);
  };
  return choose;
}

/** Errors by which a provider did not respond, in contrast to a response that is not accepted. */
export function isNoResponse(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if (
      at.name === "OperatorFetchError" ||
      ["OAUTH_TIMEOUT", "OAUTH_ABORT"].includes((at as { code?: string }).code ?? "")
    )
      return true;
  return false;
}

/** Why, for the log of the operator: the messages of an error and its causes. They contain no token. */
export function explain(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error && parts.length < 4; at = at.cause) {
    const {
      code,
      error: name,
      error_description: description,
    } = at as {
      code?: string;
      error?: string;
      error_description?: string;
    };
    parts.push([at.message, code, name, description].filter(Boolean).join(" ").slice(0, 300));
  }
  return parts.join(": ");
}
