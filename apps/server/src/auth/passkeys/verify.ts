import { message } from "@orwatch/messages/message";
import { z } from "zod";
import type { App } from "../../app.ts";
import { AppError } from "../../rpc/app-error.ts";
import { takeChallenge } from "./challenges.ts";
import type { Ceremony, Challenge } from "./memory.ts";
import type { CreatedCredential, UsedCredential } from "./schema.ts";

/** Loaded when the first passkey is checked: with its certificate formats it takes memory that most servers never need. */
const loadWebAuthn = () => import("@simplewebauthn/server");

/** Signature algorithms, preferred first: EdDSA, ES256 and RS256, which together every authenticator has. */
export const ALGORITHMS = [-8, -7, -257];

const clientData = z.object({ challenge: z.string() });

/**
 * Closes the challenge that the browser has answered.
 * @throws BAD_REQUEST if it is not open
 */
function takeAnswered(app: App, input: { clientData: string; ceremony: Ceremony }): Challenge & { challenge: string } {
  const parsed = clientData.safeParse(parseJson(Buffer.from(input.clientData, "base64url").toString("utf8")));
  const { challenge } = parsed.success ? parsed.data : { challenge: "" };
  const found = takeChallenge(app, { challenge, ceremony: input.ceremony });
  if (!found) throw new AppError("BAD_REQUEST", message("passkey_challenge_expired", {}));
  return { ...found, challenge };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A new credential, checked. */
export interface NewCredential {
  credentialId: string;
  publicKey: string;
  counter: number;
  userHandle: string;
  host: string;
}

/**
 * Checks the response of `navigator.credentials.create()`.
 * @throws BAD_REQUEST if the challenge is not open for this user or the response is wrong
 */
export async function verifyCreated(
  app: App,
  input: { credential: CreatedCredential; userId: number },
): Promise<NewCredential> {
  const { id, client_data, attestation, transports } = input.credential;
  const { challenge, site, userId, userHandle } = takeAnswered(app, { clientData: client_data, ceremony: "create" });
  if (userId !== input.userId || userHandle === null) throw notCreated();
  const { verifyRegistrationResponse } = await loadWebAuthn();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: "public-key",
      clientExtensionResults: {},
      response: { clientDataJSON: client_data, attestationObject: attestation, transports },
    },
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((error: unknown) => {
    app.log.debug("passkey.not_created", { error });
    throw notCreated();
  });
  if (!verified) throw notCreated();
  const { credential } = registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString("base64url"),
    counter: credential.counter,
    userHandle,
    host: site.host,
  };
}

const notCreated = () => new AppError("BAD_REQUEST", message("passkey_not_created", {}));

/** A passkey as stored. */
interface StoredPasskey {
  credentialId: string;
  publicKey: string;
  userHandle: string;
  counter: number;
}

/**
 * The new counter if the response of `navigator.credentials.get()` was signed by this passkey; `null` if not, and if the counter is not
 * higher than before, because a copy of the passkey may have been used.
 * @throws BAD_REQUEST if the challenge is not open
 */
export async function verifyUsed(
  app: App,
  input: { credential: UsedCredential; passkey: StoredPasskey | null; userId: number | null },
): Promise<{ counter: number } | null> {
  const { passkey, credential } = input;
  const { challenge, site, userId } = takeAnswered(app, { clientData: credential.client_data, ceremony: "use" });
  if (!passkey || (userId !== null && userId !== input.userId)) return null;
  const { id, client_data, authenticator_data, signature, user_handle } = credential;
  if (user_handle !== null && user_handle !== passkey.userHandle) return null;
  const { verifyAuthenticationResponse } = await loadWebAuthn();
  return verifyAuthenticationResponse({
    response: {
      id,
      rawId: id,
      type: "public-key",
      clientExtensionResults: {},
      response: { clientDataJSON: client_data, authenticatorData: authenticator_data, signature },
    },
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
      counter: passkey.counter,
    },
    requireUserVerification: true,
  }).then(
    ({ verified, authenticationInfo }) => (verified ? { counter: authenticationInfo.newCounter } : null),
    (error: unknown) => {
      app.log.debug("passkey.not_used", { error });
      return null;
    },
  );
}
