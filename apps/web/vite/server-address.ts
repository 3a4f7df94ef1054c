/** Where the server of `npm run dev` listens: HOST and PORT as it reads them itself. */
export function serverAddress({ HOST, PORT }: Record<string, string | undefined>): string {
  const host = (HOST || "127.0.0.1").replace(/^\[(.*)\]$/, "$1");
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${PORT || "3000"}`;
}
