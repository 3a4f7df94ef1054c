import { createHash, randomBytes } from "node:crypto";

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** `sk-or-v1-abc...9f2` */
export function maskOf(secret: string): string {
  return `${secret.slice(0, 12)}...${secret.slice(-3)}`;
}

export function secretFrom(seedText: string): string {
  return `sk-or-v1-${sha256Hex(`secret:${seedText}`)}`;
}

export function randomSeedText(): string {
  return randomBytes(16).toString("hex");
}

/** A stable UUID (version 5 in shape) for a name. */
export function uuidFrom(name: string): string {
  const hex = sha256Hex(`uuid:${name}`);
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

export type Random = () => number;

/** mulberry32 over an FNV-1a hash of the text: small, fast and the same on every machine. */
export function randomFrom(seedText: string): Random {
  let state = 0x811c9dc5;
  for (let i = 0; i < seedText.length; i++) {
    state = Math.imul(state ^ seedText.charCodeAt(i), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
