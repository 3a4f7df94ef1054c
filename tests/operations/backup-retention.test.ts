import fs from "node:fs";
import path from "node:path";
import { runJobNow, startJob } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { environmentOf, runCommand } from "../support/server/command.ts";
import { type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { BACKUP_KEEP: "3" } });
  await harness.createUser();
});
afterEach(() => harness.close());

const folder = () => path.join(harness.folder, "backups");
const copies = () => fs.readdirSync(folder()).sort();
const place = (...names: string[]) => {
  fs.mkdirSync(folder(), { recursive: true });
  for (const name of names) fs.writeFileSync(path.join(folder(), name), "");
};
const lastRun = async () => {
  const run = await harness.server.app.db.prisma.jobRun.findFirst({ orderBy: { id: "desc" } });
  return { outcome: run?.outcome, counts: JSON.parse(run?.counts ?? "null"), error: run?.error };
};
const daily = (day: string) => `orwatch-${day.replaceAll("-", "")}T010000Z.db`;

const manualCopies = () => copies().filter((name) => name.startsWith("orwatch-manual-"));
const backUpByCommand = () => runCommand("backup", [], { ...environmentOf(harness), BACKUP_KEEP: "3" });

describe("manual backups", () => {
  test("backups by command never replace daily backups", async () => {
    const dailies = [daily("2026-03-08"), daily("2026-03-09"), daily("2026-03-10")];
    place(...dailies);
    for (let n = 0; n < 3; n += 1) {
      expect(await backUpByCommand()).toMatchObject({ code: 0, error: "" });
      expect(copies()).toEqual(expect.arrayContaining(dailies));
      expect(manualCopies().length).toBeGreaterThan(0);
    }
  });

  test("backups by an administrator never replace daily backups and are counted separately", async () => {
    const dailies = [daily("2026-03-08"), daily("2026-03-09"), daily("2026-03-10")];
    place(...dailies);
    for (let n = 0; n < 5; n += 1) {
      harness.sim.clock.advance(1000);
      await startJob(harness.server.app, {
        name: "backup",
        userId: 1,
        origin: { address: "192.0.2.1", userAgent: null },
      });
      while ((await lastRun()).outcome === "running") await new Promise((resolve) => setImmediate(resolve));
    }
    expect(manualCopies()).toEqual(["03", "04", "05"].map((second) => `orwatch-manual-20260310T1200${second}Z.db`));
    expect(copies()).toEqual(expect.arrayContaining(dailies));
    expect(await lastRun()).toMatchObject({ outcome: "ok", counts: { kept: 3, removed: 1 } });
  });

  test("manual backups are not replaced by daily backups", async () => {
    place("orwatch-manual-20250101T000000Z.db");
    for (let n = 0; n < 4; n += 1) {
      harness.sim.clock.advance(86_400_000);
      await runJobNow(harness.server.app, "backup");
    }
    expect(copies()).toEqual([
      "orwatch-20260312T120000Z.db",
      "orwatch-20260313T120000Z.db",
      "orwatch-20260314T120000Z.db",
      "orwatch-manual-20250101T000000Z.db",
    ]);
  });
});

describe("backups dated in the future", () => {
  const future = [daily("2031-01-01"), daily("2031-01-02"), daily("2031-01-03"), daily("2031-01-04")];

  test("backups dated in the future do not replace the newest backup and are kept until their date has passed", async () => {
    place(...future, daily("2026-03-07"), daily("2026-03-08"), daily("2026-03-09"));
    await runJobNow(harness.server.app, "backup");
    const made = "orwatch-20260310T120000Z.db";
    expect(copies()).toEqual([daily("2026-03-08"), daily("2026-03-09"), made, ...future]);
    expect(fs.statSync(path.join(folder(), made)).size).toBeGreaterThan(4096);
    expect(await lastRun()).toMatchObject({ outcome: "ok", counts: { kept: 7, removed: 1 } });
    await harness.server.app.db.prisma.jobRun.deleteMany();
    harness.sim.clock.set(new Date("2031-01-05T00:00:00Z"));
    await runJobNow(harness.server.app, "backup");
    expect(copies()).toEqual([future[2], future[3], "orwatch-20310105T000000Z.db"]);
  });

  test("backups dated in the future from before a migration do not replace older ones", async () => {
    const later = [1, 2, 3].map((n) => `before-29990101000000_x-${Date.parse("2031-01-01") + n}.db`);
    const earlier = ["before-20260101000000_a-1767225600000.db"];
    place(...later, ...earlier);
    await runJobNow(harness.server.app, "backup");
    expect(copies()).toEqual([...earlier, ...later, "orwatch-20260310T120000Z.db"]);
  });
});

describe("pruning", () => {
  test("pruning keeps the newest backups from before migrations, whatever the migrations' names", async () => {
    const at = (day: string, migration: string) => `before-${migration}-${Date.parse(day)}.db`;
    const names = [
      at("2026-03-01", "20260228000000_z"),
      at("2026-03-02", "20260101000000_a"),
      at("2026-03-03", "20260101000000_a"),
      at("2026-03-04", "20260101000000_a"),
    ];
    place(...names);
    await runJobNow(harness.server.app, "backup");
    expect(copies().filter((name) => name.startsWith("before-"))).toEqual(names.slice(1));
  });

  test("pruning ignores folders and impossible dates", async () => {
    place("orwatch-20260230T010000Z.db", "orwatch-99999999T999999Z.db", "orwatch-20260310T250000Z.db");
    fs.mkdirSync(path.join(folder(), daily("2020-01-01")));
    place(daily("2026-03-07"), daily("2026-03-08"), daily("2026-03-09"));
    await runJobNow(harness.server.app, "backup");
    expect(copies()).toEqual(
      [
        "orwatch-20260230T010000Z.db",
        "orwatch-99999999T999999Z.db",
        "orwatch-20260310T250000Z.db",
        daily("2020-01-01"),
        daily("2026-03-08"),
        daily("2026-03-09"),
        "orwatch-20260310T120000Z.db",
      ].sort(),
    );
    expect(await lastRun()).toMatchObject({ outcome: "ok", counts: { kept: 3, removed: 1 } });
  });

  test("pruning never removes the newest backup, even when keeping one of two in the same second", async () => {
    await harness.restart({ BACKUP_KEEP: "1" });
    place("orwatch-20260310T120000Z.db");
    await runJobNow(harness.server.app, "backup");
    expect(copies()).toEqual(["orwatch-20260310T120000Z.db"]);
    expect(fs.statSync(path.join(folder(), "orwatch-20260310T120000Z.db")).size).toBeGreaterThan(4096);
  });
});
