import type { AppRouter } from "@orwatch/server/router";
import type { inferRouterInputs } from "@trpc/server";
import { currentTexts } from "../i18n/i18n.ts";
import { trpcClient } from "./trpc.ts";

const { passkeys } = trpcClient;

type Inputs = inferRouterInputs<AppRouter>["passkeys"];
export type UsedPasskey = Inputs["signIn"]["credential"];

/** Loaded when it is needed, because the login page has no room for it. */
const library = () => import("@simplewebauthn/browser");

const isAddress = /^[\d.]+$|^\[/;

/** Whether this browser has passkeys for this page. It has none at an IP address and without https, except at localhost. */
export const hasPasskeys = (): boolean => "PublicKeyCredential" in window && !isAddress.test(window.location.hostname);

/** Runs a dialog of the browser. @throws an error for the form if the user cancels it or it fails */
async function askBrowser<T>(dialog: () => Promise<T>): Promise<T> {
  try {
    return await dialog();
  } catch (error) {
    const isKnown = error instanceof Error && error.name === "InvalidStateError";
    const { alreadyAdded, notUsed } = currentTexts().account.passkey;
    throw Object.assign(new Error(isKnown ? alreadyAdded : notUsed), { data: { code: "PASSKEY_NOT_USED" } });
  }
}

/** Asks the user for one of their passkeys. */
export async function askForPasskey(): Promise<UsedPasskey> {
  const [optionsJSON, { startAuthentication }] = await Promise.all([passkeys.beginUse.mutate({}), library()]);
  const { id, response } = await askBrowser(() => startAuthentication({ optionsJSON }));
  return {
    id,
    client_data: response.clientDataJSON,
    authenticator_data: response.authenticatorData,
    signature: response.signature,
    user_handle: response.userHandle ?? null,
  };
}

/** Creates a passkey and adds it to the user. */
export async function createPasskey() {
  const [optionsJSON, { startRegistration }] = await Promise.all([passkeys.begin.mutate({}), library()]);
  const { id, response } = await askBrowser(() => startRegistration({ optionsJSON }));
  return passkeys.add.mutate({
    credential: {
      id,
      client_data: response.clientDataJSON,
      attestation: response.attestationObject,
      transports: response.transports ?? [],
    },
  });
}

export const signInWithPasskey = async () => passkeys.signIn.mutate({ credential: await askForPasskey() });
export const confirmWithPasskey = async () => passkeys.confirm.mutate({ credential: await askForPasskey() });
