import { checkIntegrity } from "@orwatch/db/integrity";
import { readConfig, readEnvironment } from "../config.ts";
import { systemClock } from "../platform/clock.ts";
import { findConfigWarnings } from "./checks/config-warnings.ts";
import {
  examineBackups,
  examineFiles,
  examineKeys,
  examineOpenRouter,
  examineSpace,
  type Finding,
  formatFindings,
} from "./checks/doctor-checks.ts";
import { CommandError, runCommand } from "./command.ts";

/** `npm run doctor`: checks everything a server needs to work, and changes nothing. */
await runCommand("doctor", async () => {
  const config = readConfig();
  const findings: Finding[] = findConfigWarnings(readEnvironment(), config).map(({ message }) => ({
    what: "settings",
    level: "warning",
    message,
  }));
  if (findings.length === 0) findings.push({ what: "settings", level: "ok", message: "no likely mistakes" });
  const files = examineFiles(config);
  findings.push(...files);
  if (files.every(({ level }) => level !== "problem")) {
    findings.push(...examineSpace(config), ...examineKeys(config));
    const damage = await checkIntegrity(config.databaseFile, { check: "integrity_check" }).catch(
      (error: Error) => `it could not be checked: ${error.message}`,
    );
    findings.push(
      damage === null
        ? { what: "database", level: "ok", message: "passes the integrity check" }
        : { what: "database", level: "problem", message: `${damage}; restore the latest backup` },
    );
    findings.push(...examineBackups(config, systemClock));
  }
  findings.push(await examineOpenRouter(config, systemClock));
  const report = formatFindings(findings);
  if (findings.some(({ level }) => level === "problem")) throw new CommandError(report.trimEnd());
  return report;
});
