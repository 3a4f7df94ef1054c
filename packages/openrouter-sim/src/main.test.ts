import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("the standalone program prints its address and keys as one line, serves them, and stops on a signal", async () => {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const args = ["--import", "tsx", main, "--port", "0", "--days", "40", "--seed", "3"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const { url, managementKey, keys } = JSON.parse(line.toString());
    const headers = { authorization: `Bearer ${managementKey}` };
    const { data } = (await (await fetch(`${url}/keys/${keys[0].hash}`, { headers })).json()) as {
      data: { name: string; usage: number };
    };
    expect(data.name).toBe(keys[0].name);
    expect(data.usage).toBeGreaterThan(0);
  } finally {
    child.kill("SIGTERM");
  }
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
}, 30_000);
