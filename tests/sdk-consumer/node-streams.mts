import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createClient } from "@orwatch/sdk";

const file = createClient({ baseUrl: new URL("http://localhost") }).usage.export({
  start_date: "2026-03-01",
  end_date: "2026-03-31",
});
Readable.fromWeb(await file.toStream());
await writeFile("usage.csv", await file.toStream());
await pipeline(await file.toStream(), createWriteStream("usage.csv"));
new Response(await file.toStream());
