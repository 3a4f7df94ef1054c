import { createHash, randomBytes } from "node:crypto";

export const TOKEN_PREFIX = "or_api_";

/** `or_api_` and 48 random bytes in base64url: 71 characters. */
export const createTokenSecret = (): string => TOKEN_PREFIX + randomBytes(48).toString("base64url");

export const isTokenShaped = (text: string): boolean => /^or_api_[\w-]{64}$/.test(text);

/** SHA-256 (hex) of the whole token. With 384 random bits, a fast hash is enough. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");
