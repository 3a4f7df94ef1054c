// CPU time of the server for one hourly sync of KEYS keys (1000) of a tenth as many users, each with a management key of its own.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { openDb } from "@orwatch/db";
import { type LedgerKey, startSim } from "@orwatch/openrouter-sim";
import { hashKey } from "@orwatch/server/keys/service";
import { addOwner } from "@orwatch/server/memberships/test-support";
import { createCipher } from "@orwatch/server/secrets/cipher";
import { makeFile, modelName } from "./support/file.ts";
import { print } from "./support/measure.ts";
import { NODE_FLAGS } from "./support/node-flags.ts";

const KEYS = Number(process.env.KEYS ?? 1000);
const KEYS_OF_A_USER = 10;
const MODELS_A_DAY = 5;
const DAYS = 60;
const AIM_S = 5;
const ENCRYPTION_KEY = "a-key-for-benches-of-more-than-32-characters";

const sim = await startSim({ warnings: "never", lagMs: 0, analyticsPerMinute: Number.POSITIVE_INFINITY });
const { folder, file } = await makeFile();
const db = await openDb(file);
const cipher = createCipher({ key: ENCRYPTION_KEY, previous: null });

async function store(teamId: number, { secret, name }: LedgerKey, kind: "inference" | "management") {
  const keyHash = hashKey(secret);
  const keyEncrypted = cipher.encrypt(secret, { ownerId: teamId, keyHash });
  await db.prisma.apiKey.create({ data: { teamId, name, keyHash, keyEncrypted, label: "-", kind, status: "valid" } });
}

for (let index = 0; index < KEYS / KEYS_OF_A_USER; index += 1) {
  const { teamId: id } = await addOwner(db, `user${index}@example.com`);
  const account = sim.ledger.addAccount();
  await store(id, sim.ledger.addManagementKey(account.id), "management");
  for (let number = 0; number < KEYS_OF_A_USER; number += 1) {
    const key = sim.ledger.addKey(account.id);
    for (let day = 0; day < DAYS; day += 1)
      for (let model = 0; model < MODELS_A_DAY; model += 1)
        sim.ledger.spendOnDay(
          new Date(Date.now() - day * 86_400_000).toISOString().slice(0, 10),
          key,
          modelName(model),
          {
            costNanos: 1_000_003n * BigInt(1 + model + day),
            requests: 1 + model,
            promptTokens: 1000 + day,
            completionTokens: 100,
          },
        );
    await store(id, key, "inference");
  }
}
await db.close();

const child = spawn(
  process.execPath,
  [...NODE_FLAGS, "--import", "tsx", path.join(import.meta.dirname, "support/hourly-sync.ts")],
  {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATABASE_URL: `file:${file}`,
      BACKUP_DIR: folder,
      ENCRYPTION_KEY,
      OPENROUTER_API_URL: sim.url,
    },
  },
);
try {
  for await (const line of createInterface({ input: child.stdout })) {
    const { name, cpuS, wallS, outcome, counts } = JSON.parse(line);
    const isHourly = name !== "first";
    print(
      `${String(name).padEnd(13)} ${outcome}, ${counts.keys} keys, ${counts.rows_written} rows: ${cpuS.toFixed(2)} s of CPU (${wallS.toFixed(1)} s without the waiting)${isHourly ? `, the aim is under ${AIM_S} s` : ""}`,
    );
  }
} finally {
  child.kill();
  await sim.close();
  rmSync(folder, { recursive: true, force: true });
}
