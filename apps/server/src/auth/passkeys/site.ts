import { isIP } from "node:net";
import { message } from "@orwatch/messages/message";
import { AppError } from "../../rpc/app-error.ts";
import type { RelyingParty } from "./memory.ts";

/** The site of a page at `origin`. @throws BAD_REQUEST at an IP address, where browsers have no passkeys */
export function siteOf(origin: string): RelyingParty {
  const host = URL.canParse(origin) ? new URL(origin).hostname : "";
  if (host === "" || isIP(host.replace(/^\[|\]$/g, "")) !== 0)
    throw new AppError("BAD_REQUEST", message("passkey_needs_host_name", {}));
  return { host, origin };
}
