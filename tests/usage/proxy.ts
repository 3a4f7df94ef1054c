import http from "node:http";
import type { AddressInfo } from "node:net";

/** Changes a JSON answer on its way; its return value is sent. */
export type Meddle = (input: { path: string; requestBody: unknown; answer: unknown }) => unknown;

/** Sits between the server and the simulator, for answers that a correct OpenRouter would not send. */
export async function startProxy(
  target: () => string,
): Promise<{ url: string; meddle: Meddle | null; close(): Promise<void> }> {
  const state = { url: "", meddle: null as Meddle | null, close: async () => {} };
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const upstream = await fetch(`${target()}${req.url}`, {
      method: req.method ?? "GET",
      headers: { authorization: req.headers.authorization ?? "", "content-type": "application/json" },
      ...(body.length > 0 ? { body } : {}),
    });
    const text = await upstream.text();
    const meddled =
      state.meddle && upstream.status === 200
        ? JSON.stringify(
            state.meddle({
              path: req.url ?? "",
              requestBody: body.length > 0 ? JSON.parse(body.toString()) : null,
              answer: JSON.parse(text),
            }),
          )
        : text;
    res.sendDate = false;
    res.writeHead(upstream.status, { "content-type": "application/json", date: upstream.headers.get("date") ?? "" });
    res.end(meddled);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return state;
}
