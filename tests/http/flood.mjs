// Opens many connections from addresses of 127.0.0.0/8 and keeps them open: node flood.mjs PORT COUNT ADDRESSES KIND
// KIND: idle (sends nothing), head (never finishes its headers), body (never finishes its body).
import net from "node:net";

const [port, count, addresses, kind] = process.argv.slice(2).map((it, index) => (index < 3 ? Number(it) : it));
const HEAD = "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
const FIRST = { idle: "", head: HEAD, body: `${HEAD}Content-Length: 50000\r\n\r\n{` };
const MORE = { idle: "", head: "X-More: 1\r\n", body: " " };
const AT_ONCE = 200;
const seen = { opened: 0, refused: 0, closed: 0 };
const sockets = new Set();

const open = (index) =>
  new Promise((resolve) => {
    const localAddress = `127.0.0.${10 + (index % addresses)}`;
    const socket = net.connect({ port, host: "127.0.0.1", localAddress }, () => {
      seen.opened += 1;
      sockets.add(socket);
      if (FIRST[kind]) socket.write(FIRST[kind]);
      resolve();
    });
    socket.on("data", () => {});
    socket.on("error", () => {});
    socket.on("close", () => {
      if (!sockets.delete(socket)) seen.refused += 1;
      else seen.closed += 1;
      resolve();
    });
  });

for (let from = 0; from < count; from += AT_ONCE)
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => open(from + index)));
const drip = setInterval(() => {
  for (const socket of sockets) if (MORE[kind]) socket.write(MORE[kind]);
}, 300);
process.send({ ...seen, kept: sockets.size });
process.on("message", () => {
  clearInterval(drip);
  process.send({ ...seen, kept: sockets.size }, () => process.exit(0));
});
