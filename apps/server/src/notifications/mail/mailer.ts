import { createHash } from "node:crypto";
import { isIP } from "node:net";
import { type Message, type MessageCode, message } from "@orwatch/messages/message";
import type { Config } from "../../config.ts";
import type { Mail } from "./page.ts";

export interface MailOptions {
  /** `null` without SMTP_URL. */
  smtp: Config["smtp"];
  /** Timeouts of each step and of the whole conversation. Default: 10 and 20 s. */
  timeoutMs?: number;
  /** Additional trusted certificates. */
  ca?: string;
}

/** `answer` is the mail server's last line, with our password redacted. `error` is for the user. */
type MailOutcome = { ok: true; answer: string } | { ok: false; answer: string; error: Message };

export type Mailer = ReturnType<typeof createMailer>;

const TIMEOUT_MS = 10_000;

/** Sends every email of this server. */
export function createMailer(options: MailOptions) {
  const { smtp } = options;
  const stepMs = options.timeoutMs ?? TIMEOUT_MS;
  return {
    isConfigured: smtp !== null,

    /** Sends one email over its own connection. Never throws. */
    async send(input: {
      to: string;
      messageId: string;
      mail: Mail;
      headers?: Record<string, string>;
      signal?: AbortSignal;
    }): Promise<MailOutcome> {
      if (!smtp) return { ok: false, answer: "", error: message("mail_not_configured", {}) };
      // Loaded when first needed, because most servers never send email.
      const { createTransport } = await import("nodemailer");
      const transport = createTransport({
        host: smtp.host,
        port: smtp.port,
        secure: smtp.isTls,
        // A password is never sent unencrypted.
        requireTLS: smtp.login !== null && !smtp.isLoopback,
        connectionTimeout: stepMs,
        greetingTimeout: stepMs,
        socketTimeout: stepMs,
        dnsTimeout: stepMs,
        disableFileAccess: true,
        disableUrlAccess: true,
        ...(smtp.login ? { auth: { user: smtp.login.user, pass: smtp.login.password } } : {}),
        tls: {
          ...(isIP(smtp.host) === 0 ? { servername: smtp.host } : {}),
          ...(options.ca === undefined ? {} : { ca: options.ca }),
          // A relay on this machine often has a self-signed certificate, and the connection cannot be intercepted.
          ...(smtp.isLoopback && !smtp.isTls ? { rejectUnauthorized: false } : {}),
        },
      });
      const signal = AbortSignal.any([AbortSignal.timeout(stepMs * 2), ...(input.signal ? [input.signal] : [])]);
      const cutOff = () => transport.close();
      signal.addEventListener("abort", cutOff, { once: true });
      try {
        const sending = transport.sendMail({
          from: smtp.from,
          to: { name: "", address: input.to },
          subject: input.mail.subject,
          text: input.mail.text,
          html: input.mail.html,
          messageId: `<${input.messageId}@${smtp.from.replace(/^.*@|>$/g, "")}>`,
          headers: { "Auto-Submitted": "auto-generated", ...input.headers },
        });
        const sent = await Promise.race([sending, whenAborted(signal)]);
        if (sent === null) {
          sending.catch(() => {});
          return {
            ok: false,
            answer: "",
            error: message("mail_timeout", { seconds: Math.round((stepMs * 2) / 1000) }),
          };
        }
        return { ok: true, answer: clean(sent.response) };
      } catch (error) {
        const {
          code = "",
          response = "",
          responseCode,
        } = error as { code?: string; response?: string; responseCode?: number };
        return { ok: false, answer: clean(response), error: errorOf(code, responseCode) };
      } finally {
        signal.removeEventListener("abort", cutOff);
        transport.close();
      }
    },
  };

  /** A mail server could send our own password back. */
  function clean(text: string): string {
    const password = smtp?.login?.password;
    if (!password) return text;
    let cleaned = text;
    for (const shape of [password, Buffer.from(password).toString("base64")])
      cleaned = cleaned.replaceAll(shape, "[redacted]");
    return cleaned;
  }
}

const CODES = {
  EAUTH: "mail_login_rejected",
  ENOAUTH: "mail_login_required",
  ECONNECTION: "mail_server_unreachable",
  ESOCKET: "mail_connection_failed",
  EDNS: "mail_server_not_found",
  ETIMEDOUT: "mail_server_no_response",
  ETLS: "mail_encryption_untrusted",
  EREQUIRETLS: "mail_encryption_missing",
} as const satisfies Record<string, MessageCode>;

function errorOf(code: string, status: number | undefined): Message {
  if (Object.hasOwn(CODES, code)) return message(CODES[code as keyof typeof CODES], {});
  return status === undefined ? message("mail_failed", {}) : message("mail_rejected", { status });
}

const whenAborted = (signal: AbortSignal) =>
  new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });

/**
 * Hash of the mailbox of an address, for rate limits: `ada+shop@example.com` is the mailbox `ada@example.com`. Variants that only some
 * servers treat as the same, such as those with dots, are distinguished.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at).split("+")[0] || address.slice(0, at);
  return createHash("sha256")
    .update(`${local}${address.slice(at)}`.normalize("NFKC").toLowerCase())
    .digest("base64url");
}
