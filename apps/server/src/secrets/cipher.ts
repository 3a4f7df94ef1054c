import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** What a ciphertext is bound to: it can be decrypted for this owner and key only. */
export interface Binding {
  /** ID of the team, or of the user for their second factor. */
  ownerId: number;
  keyHash: string;
}

export interface Cipher {
  /** Envelope `v1.<encryption key id>.<nonce>.<tag>.<ciphertext>`, the last three in base64url. */
  encrypt(secret: string, binding: Binding): string;
  /** The secret, or `null` if no configured encryption key decrypts the envelope for this binding. */
  decrypt(envelope: string, binding: Binding): string | null;
  /** True if the envelope was encrypted with the current encryption key. */
  isCurrent(envelope: string): boolean;
}

interface EncryptionKey {
  id: string;
  bytes: Buffer;
}

function derive(secret: string): EncryptionKey {
  const bytes = Buffer.from(hkdfSync("sha256", secret, "orwatch", "api-keys/aes-256-gcm/v1", 32));
  const id = Buffer.from(hkdfSync("sha256", secret, "orwatch", "api-keys/key-id/v1", 6)).toString("base64url");
  return { id, bytes };
}

const additionalData = ({ ownerId, keyHash }: Binding) => Buffer.from(`orwatch:v1:${ownerId}:${keyHash}`);

/** AES-256-GCM with a fresh 96-bit nonce for each secret, under keys derived from ENCRYPTION_KEY by HKDF-SHA256. */
export function createCipher(options: { key: string; previous: string | null }): Cipher {
  const current = derive(options.key);
  const keys = new Map([[current.id, current]]);
  if (options.previous) {
    const previous = derive(options.previous);
    keys.set(previous.id, previous);
  }
  return {
    encrypt(secret, binding) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", current.bytes, nonce);
      cipher.setAAD(additionalData(binding));
      const ciphertext = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return [
        "v1",
        current.id,
        ...[nonce, cipher.getAuthTag(), ciphertext].map((part) => part.toString("base64url")),
      ].join(".");
    },
    decrypt(envelope, binding) {
      const [version, keyId = "", nonce = "", tag = "", ciphertext = ""] = envelope.split(".");
      const key = keys.get(keyId);
      if (version !== "v1" || !key) return null;
      try {
        const decipher = createDecipheriv("aes-256-gcm", key.bytes, Buffer.from(nonce, "base64url"), {
          authTagLength: 16,
        });
        decipher.setAAD(additionalData(binding));
        decipher.setAuthTag(Buffer.from(tag, "base64url"));
        return Buffer.concat([decipher.update(Buffer.from(ciphertext, "base64url")), decipher.final()]).toString(
          "utf8",
        );
      } catch {
        return null;
      }
    },
    isCurrent: (envelope) => envelope.startsWith(`v1.${current.id}.`),
  };
}
