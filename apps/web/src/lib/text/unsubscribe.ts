import { translated } from "../language.ts";
import { text as shared } from "../text.ts";

/** The page behind the link in a weekly digest. */
export const en = {
  unsubscribe: {
    title: "Stop the weekly digest",
    lead: "orwatch sent you a summary of a week. No more will come to that address; alerts and your account stay as they are.",
    submit: "Stop the digest",
    done: "The weekly digest does not come to this address any more. It can be switched on again under Alerts, Channels.",
    dead: "This link is no longer valid: the channel is gone, or the digest was switched off or on since that e-mail. Choose what comes under Alerts, Channels.",
    failed: "The server did not answer. Try again in a while.",
    toApp: "Open orwatch",
  },
};

export const text = { ...shared, ...translated("unsubscribe", en) };
