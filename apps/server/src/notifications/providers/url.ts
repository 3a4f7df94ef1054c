import { z } from "zod";
import { withoutInvisible } from "../../platform/invisible-characters.ts";

/** Pasted text: removes surrounding white space and invisible characters. */
export const pasted = z.string().overwrite(withoutInvisible).trim();

export const url = pasted.min(1).max(2000);

export const webhookUrl = url.describe("URL to send to, `http://` or `https://`.");

/** Without the path, which is often a secret. */
export function describeUrl(text: string): string {
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}/${pathname === "/" ? "" : "…"}`;
}
