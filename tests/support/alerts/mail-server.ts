import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface Mailed {
  to: string[];
  from: string;
  /** Headers and body as they came. */
  source: string;
  secure: boolean;
  user: string | undefined;
}

/** An SMTP server on loopback that records mails, without those about new channels unless `keepChannelNotifications` is set. */
export async function startMailServer(
  options: SMTPServerOptions & { port?: number; keepChannelNotifications?: boolean } = {},
) {
  const mails: Mailed[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => {
        const source = Buffer.concat(chunks).toString().replace(/=\r\n/g, "").replaceAll("=3D", "=");
        if (!options.keepChannelNotifications && /A notification channel was (added|changed)/.test(source))
          return done();
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          from: session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address,
          source,
          secure: session.secure,
          user: session.user as string | undefined,
        });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
