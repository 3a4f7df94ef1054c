import type { App } from "../../app.ts";

export type ChannelKind = "email" | "webhook" | "slack" | "discord" | "telegram" | "ntfy";

/** Where a channel leads and what opens it; stored sealed as a whole. */
export type Settings =
  | { kind: "email"; address: string }
  /** The present secret first; the one before signs as well `until` (RFC 3339) it is forgotten. */
  | { kind: "webhook"; url: string; secrets: { value: string; until: string | null }[] }
  | { kind: "slack" | "discord"; url: string }
  /** `threadId`: a topic of a forum; absent in channels of earlier versions. */
  | { kind: "telegram"; url: string; botToken: string; chatId: string; threadId?: number | null }
  | { kind: "ntfy"; url: string; topic: string; accessToken: string | null };

interface Owner {
  userId: number;
  ref: string;
}

const bindingOf = ({ userId, ref }: Owner) => ({ userId, keyHash: `channel:${ref}` });

export const sealSettings = (cipher: App["cipher"], settings: Settings, owner: Owner): string =>
  cipher.seal(JSON.stringify(settings), bindingOf(owner));

/** `null` when no encryption key of ours opens them for this channel. */
export function openSettings(cipher: App["cipher"], envelope: string, owner: Owner): Settings | null {
  const text = cipher.open(envelope, bindingOf(owner));
  return text === null ? null : (JSON.parse(text) as Settings);
}

const SHOWN = 3;

/** Where the channel leads, as it may be shown: paths, topics and tokens open things. */
export function targetOf(settings: Settings): string {
  if (settings.kind === "email") return settings.address;
  if (settings.kind === "telegram")
    return `chat ${settings.chatId}${settings.threadId ? `, topic ${settings.threadId}` : ""}`;
  const { protocol, host, pathname } = new URL(settings.url);
  if (settings.kind === "ntfy") return `${protocol}//${host}/${settings.topic.slice(0, SHOWN)}…`;
  return `${protocol}//${host}/${pathname === "/" ? "" : "…"}`;
}

/** Texts that must not come back from a receiver's answer into the log. */
export function secretsOf(settings: Settings): string[] {
  if (settings.kind === "email") return [];
  const { href, pathname, search } = new URL(settings.url);
  const parts = [href, pathname + search, pathname, search, ...pathname.split("/")];
  if (settings.kind === "webhook") parts.push(...settings.secrets.map(({ value }) => value));
  if (settings.kind === "telegram") parts.push(settings.botToken);
  if (settings.kind === "ntfy") parts.push(settings.topic, settings.accessToken ?? "");
  const LEAST = 6;
  return [...new Set(parts)].filter((part) => part.length >= LEAST).sort((a, b) => b.length - a.length);
}
