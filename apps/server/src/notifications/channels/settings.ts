import type { Channel } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { AppError, invalidRequest } from "../../rpc/app-error.ts";
import {
  type ChannelKind,
  FIELD_NAMES,
  foreignFields,
  providerOf,
  type SettingFields,
  type Settings,
} from "../providers/index.ts";
import { changesSettings } from "./schema.ts";

interface Owner {
  teamId: number;
  ref: string;
}

const bindingOf = ({ teamId, ref }: Owner) => ({ ownerId: teamId, keyHash: `channel:${ref}` });

export const encryptSettings = (cipher: App["cipher"], settings: Settings, owner: Owner): string =>
  cipher.encrypt(JSON.stringify(settings), bindingOf(owner));

/** `null` if no configured encryption key decrypts them for this channel. */
export function decryptSettings(cipher: App["cipher"], encrypted: string, owner: Owner): Settings | null {
  const text = cipher.decrypt(encrypted, bindingOf(owner));
  return text === null ? null : (JSON.parse(text) as Settings);
}

/** Target of a channel without secrets. */
export const targetOf = (settings: Settings): string => providerOf(settings.kind).target(settings);

/**
 * The settings of a new channel.
 * @throws BAD_REQUEST for an address this server does not send to
 */
export function createSettings(app: App, { kind, ...given }: SettingFields & { kind: ChannelKind }): Settings {
  const { fields, toSettings, findUrlFlaw } = providerOf(kind);
  const values: Record<string, unknown> = {};
  for (const [name, { fallback }] of Object.entries(fields))
    values[name] = (given as Record<string, unknown>)[name] ?? fallback;
  if (typeof values.url === "string") {
    const flaw = app.outgoing.findFlaw(values.url) ?? findUrlFlaw?.(new URL(values.url)) ?? null;
    if (flaw) throw invalidRequest([{ path: "url", reason: flaw }]);
    values.url = new URL(values.url).href;
  }
  return { kind, ...toSettings(values) } as Settings;
}

/**
 * The settings of a channel after a change; `null` if unchanged. Fields that are left out or empty are not changed, and neither is the
 * signing secret of a webhook.
 * @throws BAD_REQUEST for settings that the kind does not have, an address this server does not send to, or a new server that would
 *   receive a credential that was not entered for it
 * @throws CONFLICT if the current settings cannot be decrypted
 */
export function changeSettings(app: App, channel: Channel, input: SettingFields): Settings | null {
  if (!changesSettings(input)) return null;
  const given = Object.fromEntries(
    FIELD_NAMES.filter((name) => input[name] !== undefined && input[name] !== "").map((name) => [name, input[name]]),
  );
  const kind = channel.kind as ChannelKind;
  const foreign = foreignFields(kind, given);
  if (foreign.length > 0)
    throw invalidRequest(foreign.map((path) => ({ path, reason: message("field_not_for_kind", { kind }) })));
  const before = decryptSettings(app.cipher, channel.settingsEncrypted, channel);
  if (before === null) throw new AppError("CONFLICT", message("channel_undecryptable", {}));
  const { toFields, keep, credential } = providerOf(kind);
  const entered = toFields(before) as Record<string, unknown>;
  const after = createSettings(app, { kind, ...entered, ...given });
  // Someone who can edit a channel must not be able to send its credential to their own server.
  if (credential && isOtherServer(before, after) && given[credential] === undefined && entered[credential])
    throw invalidRequest([{ path: credential, reason: message("field_enter_again", {}) }]);
  const kept = (keep?.(after, before) ?? after) as Settings;
  return JSON.stringify(toFields(kept)) === JSON.stringify(entered) ? null : kept;
}

const isOtherServer = (before: Settings, after: Settings): boolean =>
  "url" in before && "url" in after && new URL(before.url).origin !== new URL(after.url).origin;

const SHORTEST_SECRET = 6;

/** Secrets that must be redacted in a receiver's response before it is logged. */
export function secretsOf(settings: Settings): string[] {
  const secrets = providerOf(settings.kind).secrets(settings);
  if ("url" in settings) {
    const { href, pathname, search } = new URL(settings.url);
    secrets.push(href, pathname + search, pathname, search, ...pathname.split("/"));
  }
  return [...new Set(secrets)].filter((text) => text.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
}
