// Child process that checks a database in use. It may take minutes and can be killed at any time.
import os from "node:os";
import Database from "better-sqlite3";

const [, , file, pragma] = process.argv;

try {
  os.setPriority(os.constants.priority.PRIORITY_LOW);
} catch {
  // A sandbox may forbid it.
}

function check() {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    db.pragma("cache_size = -8000");
    const found = db.pragma(`${pragma}(1)`, { simple: true });
    return found === "ok" ? null : String(found).replace(/\s+/g, " ").slice(0, 300);
  } finally {
    db.close();
  }
}

let answer;
try {
  answer = { damage: check() };
} catch (error) {
  answer = { failure: { code: String(error.code ?? ""), message: error.message } };
}
process.stdout.write(JSON.stringify(answer));
