import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PrismaClient } from "../generated/prisma/client.ts";
import { type Db, openDb } from "../index.ts";
import { makeMigrated, type Scratch } from "../test-support.ts";

let scratch: Scratch;
let db: Db;
beforeEach(async () => {
  scratch = await makeMigrated();
  db = await openDb(scratch.file);
});
afterEach(async () => {
  await db.close();
  scratch.remove();
});

const newUser = (email: string) => ({ data: { email, passwordHash: "x" } });
const emails = () => db.reader.prepare("SELECT email FROM users ORDER BY email").pluck().all();
const insert = (connection: Database.Database, email: string) =>
  connection.prepare("INSERT INTO users (email, password_hash, updated_at) VALUES (?, 'x', '2026-01-01')").run(email);

/** A promise that the test resolves with `open`. */
function createGate() {
  let open = () => {};
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { isOpen, open: () => open() };
}

const isQueued = () => vi.waitFor(() => expect(db.queued).toBe(1), { timeout: 10_000, interval: 1 });

/** A transaction that rolls back after another caller's plain statement was queued or, without a queue, has run. */
async function rollBackBesidePlainStatement(
  prisma: PrismaClient,
  statement = async () => void (await prisma.user.create(newUser("plain@example.com"))),
): Promise<void> {
  let plain: Promise<unknown> = Promise.resolve();
  const transaction = prisma.$transaction(async (tx) => {
    await tx.user.create(newUser("undone@example.com"));
    plain = statement();
    await Promise.race([plain, isQueued()]);
    throw new Error("changed my mind");
  });
  await expect(transaction).rejects.toThrow("changed my mind");
  await plain;
}

test("a plain statement never joins a transaction that rolls back", async () => {
  await rollBackBesidePlainStatement(db.prisma);
  expect(emails()).toEqual(["plain@example.com"]);
});

test("a statement that returns a count, or raw SQL, never joins a transaction that rolls back", async () => {
  const { prisma } = db;
  await prisma.user.create(newUser("before@example.com"));
  const rename = (from: string, to: string) => async () =>
    void (await prisma.user.updateMany({ where: { email: from }, data: { email: to } }));
  await rollBackBesidePlainStatement(prisma, rename("before@example.com", "between@example.com"));
  const byHand = "UPDATE users SET email = 'after@example.com' WHERE email = 'between@example.com'";
  await rollBackBesidePlainStatement(prisma, async () => void (await prisma.$executeRawUnsafe(byHand)));
  expect(emails()).toEqual(["after@example.com"]);
});

test("the adapter without the queue loses a statement in the same case", async () => {
  const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${scratch.file}` }) });
  await rollBackBesidePlainStatement(prisma);
  await prisma.$disconnect();
  expect(emails()).toEqual([]);
});

test("a bulk write waits for the transaction before it and survives its rollback", async () => {
  let bulk: Promise<unknown> = Promise.resolve();
  const transaction = db.prisma.$transaction(async (tx) => {
    await tx.user.create(newUser("undone@example.com"));
    bulk = db.write((connection) => insert(connection, "bulk@example.com"));
    await isQueued();
    throw new Error("changed my mind");
  });
  await expect(transaction).rejects.toThrow();
  await bulk;
  expect(emails()).toEqual(["bulk@example.com"]);
});

test("a bulk write that throws leaves nothing, and the next one succeeds", async () => {
  const failed = db.write((connection) => {
    insert(connection, "half@example.com");
    throw new Error("no further");
  });
  await expect(failed).rejects.toThrow("no further");
  expect(await db.write((connection) => insert(connection, "next@example.com").changes)).toBe(1);
  expect(emails()).toEqual(["next@example.com"]);
});

test("a failed statement in a transaction rolls it back", async () => {
  await db.prisma.user.create(newUser("taken@example.com"));
  const transaction = db.prisma.$transaction([
    db.prisma.user.create(newUser("undone@example.com")),
    db.prisma.user.create(newUser("taken@example.com")),
  ]);
  await expect(transaction).rejects.toMatchObject({ code: "P2002" });
  expect(emails()).toEqual(["taken@example.com"]);
});

test("a transaction that takes too long is rolled back and lets the next one in", async () => {
  const started = createGate();
  const next = createGate();
  const slow = db.prisma.$transaction(
    async (tx) => {
      started.open();
      await tx.user.create(newUser("slow@example.com"));
      await next.isOpen;
    },
    { timeout: 40 },
  );
  const failed = expect(slow).rejects.toMatchObject({ code: "P2028" });
  await started.isOpen;
  await db.prisma.user.create(newUser("next@example.com"));
  next.open();
  await failed;
  expect(emails()).toEqual(["next@example.com"]);
});

test("a transaction that timed out while waiting does not block the queue", async () => {
  const started = createGate();
  const timedOut = createGate();
  const holder = db.prisma.$transaction(async (tx) => {
    started.open();
    await tx.user.create(newUser("holder@example.com"));
    await timedOut.isOpen;
  });
  await started.isOpen;
  const impatient = db.prisma.$transaction((tx) => tx.user.create(newUser("impatient@example.com")), { maxWait: 30 });
  await expect(impatient).rejects.toMatchObject({ code: "P2028" });
  timedOut.open();
  await holder;
  await db.prisma.$transaction((tx) => tx.user.create(newUser("next@example.com")));
  expect(emails()).toEqual(["holder@example.com", "next@example.com"]);
});

test("a lock of another program fails one transaction only", async () => {
  await db.prisma.$queryRawUnsafe("PRAGMA busy_timeout = 50");
  const other = new Database(scratch.file);
  other.exec("BEGIN IMMEDIATE");
  await expect(db.prisma.$transaction((tx) => tx.user.create(newUser("locked@example.com")))).rejects.toThrow();
  await expect(db.write((connection) => insert(connection, "locked@example.com"))).rejects.toThrow();
  await expect(db.prisma.user.create(newUser("locked@example.com"))).rejects.toThrow();
  other.exec("ROLLBACK");
  other.close();
  await db.prisma.$transaction((tx) => tx.user.create(newUser("one@example.com")), { maxWait: 500 });
  await db.write((connection) => insert(connection, "two@example.com"));
  await db.prisma.user.create(newUser("zero@example.com"));
  expect(emails()).toEqual(["one@example.com", "two@example.com", "zero@example.com"]);
}, 10_000);

test("a hundred writers of every kind lose nothing in parallel", async () => {
  const writers = Array.from({ length: 100 }, (_, index) => {
    const email = `writer${String(index).padStart(3, "0")}@example.com`;
    if (index % 3 === 0) return db.prisma.user.create(newUser(email));
    if (index % 3 === 1) return db.write((connection) => insert(connection, email));
    return db.prisma.$transaction((tx) => tx.user.create(newUser(email)));
  });
  await Promise.all(writers);
  expect(emails()).toHaveLength(100);
});
