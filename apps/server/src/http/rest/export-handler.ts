import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { message } from "@orwatch/messages/message";
import { TRPCError } from "@trpc/server";
import type { z } from "zod";
import type { App } from "../../app.ts";
import { createYielder } from "../../platform/scheduling/read-scheduler.ts";
import { AppError, invalidRequest } from "../../rpc/app-error.ts";
import type { Principal } from "../../rpc/principal.ts";
import { requireScope } from "../../rpc/require-access.ts";
import { requireSecondFactorSetup } from "../../rpc/second-factor-setup.ts";
import { findFlaw, toIssues } from "../../rpc/validation-issues.ts";
import { type ExportFile, exportPublicUsage, exportUsage } from "../../stats/exports/export.ts";
import {
  csvExportInput,
  type ExportInput,
  exportInput,
  jsonExportInput,
  publicCsvExportInput,
  publicExportInput,
  publicJsonExportInput,
} from "../../stats/exports/schema.ts";
import { type Arrival, identifyByCookie, isStillValid } from "../context.ts";
import { createPacker } from "../responses/compression.ts";
import { describeFailure, sendError } from "./error.ts";
import { fieldsOf, toInput } from "./input.ts";
import type { StreamRoute } from "./routes.ts";

/** Maximum number of simultaneous exports per user. Each uses a connection and delays checkpoints of the database. */
const AT_ONCE = 3;
/** An export of which the client has read nothing for this long is ended if the user starts another one. */
const ABANDONED_MS = 10_000;
/** A client that reads nothing for this long is considered gone. */
const STALL_MS = 60_000;

interface Download {
  res: ServerResponse;
  /** When it began to wait for the client to read, on the monotonic clock; `null` if it is not waiting. */
  waitingSinceMs: number | null;
}

/** The streamed exports. They parse query and credential themselves, because a procedure cannot stream. */
export function createExportRoutes(app: App): StreamRoute[] {
  const running = new Map<number, Set<Download>>();

  /** Registers an export. Returns `false` if too many are running. */
  function admit(teamId: number, download: Download): boolean {
    const others = running.get(teamId) ?? new Set();
    if (others.size >= AT_ONCE) {
      const abandoned = [...others].find(
        ({ waitingSinceMs: since }) => since !== null && app.clock.monotonicMs() - since >= ABANDONED_MS,
      );
      if (!abandoned) return false;
      abortResponse(abandoned.res);
      others.delete(abandoned);
    }
    running.set(teamId, others.add(download));
    return true;
  }

  function release(teamId: number, download: Download): void {
    const others = running.get(teamId);
    others?.delete(download);
    if (others?.size === 0) running.delete(teamId);
  }

  async function answer(
    { req, res, arrival }: Parameters<StreamRoute["handle"]>[0],
    principal: Principal,
    open: () => ExportFile,
  ): Promise<void> {
    const { teamId } = principal;
    const file = open();
    const download: Download = { res, waitingSinceMs: null };
    if (!admit(teamId, download))
      return sendError(
        res,
        {
          status: 429,
          code: "TOO_MANY_REQUESTS",
          reason: message("exports_busy", { count: AT_ONCE }),
          retryAfterS: 10,
        },
        arrival.requestId,
      );
    res.setHeader("Content-Type", file.contentType);
    res.setHeader("Content-Disposition", `attachment; filename="${file.name}"`);
    res.setHeader("Cache-Control", "no-store");
    const { as_of, complete_through } = file.syncState;
    if (as_of !== null) res.setHeader("X-Orwatch-As-Of", as_of);
    if (complete_through !== null) res.setHeader("X-Orwatch-Complete-Through", complete_through);
    try {
      if (req.method === "HEAD") res.end();
      else await send(app, { req, file, download, isAllowed: () => isStillValid(app, principal) });
    } finally {
      release(teamId, download);
    }
  }

  const guarded =
    (work: StreamRoute["handle"]): StreamRoute["handle"] =>
    (input) =>
      work(input).catch((error) => {
        if (!(error instanceof TRPCError)) throw error;
        sendError(input.res, describeFailure(error), input.arrival.requestId);
      });

  const ofSession = (path: StreamRoute["path"], schema: z.ZodObject, format?: "csv" | "json"): StreamRoute => ({
    path,
    fields: fieldsOf([schema]),
    credential: "session",
    handle: guarded(async (input) => {
      const identity = await identifyForExport(app, input);
      if (identity.principal?.kind !== "session")
        throw new AppError(
          "UNAUTHORIZED",
          identity.authError ?? message(identity.principal ? "session_required" : "login_required", {}),
        );
      requireOwnTeam(identity);
      requireSecondFactorSetup(identity.principal);
      const { teamId } = identity.principal;
      const { format: asked = "csv", ...query } = parseQuery(schema, input) as Query;
      return answer(input, identity.principal, () => exportUsage(app, { ...query, format: format ?? asked, teamId }));
    }),
  });

  const ofToken = (path: StreamRoute["path"], schema: z.ZodObject, format?: "csv" | "json"): StreamRoute => ({
    path,
    fields: fieldsOf([schema]),
    credential: "apiToken",
    handle: guarded(async (input) => {
      const { principal = null, authError = null, isForeignTeam } = input.arrival.identity ?? {};
      if (principal?.kind !== "apiToken")
        throw new AppError(
          "UNAUTHORIZED",
          authError ?? message(principal ? "session_not_accepted" : "api_token_required", {}),
        );
      requireOwnTeam({ isForeignTeam });
      requireScope(principal, "read");
      const { format: asked = "csv", ...query } = parseQuery(schema, input) as Query;
      const { teamId } = principal;
      return answer(input, principal, () => exportPublicUsage(app, { ...query, format: format ?? asked, teamId }));
    }),
  });

  return [
    ofSession("/usage/export", exportInput),
    ofSession("/usage/export.csv", csvExportInput, "csv"),
    ofSession("/usage/export.json", jsonExportInput, "json"),
    ofToken("/v1/usage/export", publicExportInput),
    ofToken("/v1/usage/export.csv", publicCsvExportInput, "csv"),
    ofToken("/v1/usage/export.json", publicJsonExportInput, "json"),
  ];
}

/** Input of an export; a path of one format has no `format`. */
type Query = Omit<ExportInput, "format"> & Partial<Pick<ExportInput, "format">>;

/** A link in the web app sends the session cookie. Only allowed from pages of this site. */
async function identifyForExport(app: App, { req, res, arrival }: Parameters<StreamRoute["handle"]>[0]) {
  const found: NonNullable<Arrival["identity"]> = arrival.identity ?? { principal: null, authError: null };
  const isOwnPage = req.headers["sec-fetch-site"] === "same-origin";
  const team = arrival.team ?? null;
  return req.headers.authorization === undefined && isOwnPage
    ? identifyByCookie(app, { req, res, arrival, team })
    : found;
}

/** @throws NOT_FOUND */
function requireOwnTeam({ isForeignTeam = false }: { isForeignTeam?: boolean | undefined }): void {
  if (isForeignTeam) throw new AppError("NOT_FOUND", message("team_not_found", {}));
}

/** @throws BAD_REQUEST with the issues */
function parseQuery<Schema extends z.ZodObject>(
  schema: Schema,
  { query, issues }: Pick<Parameters<StreamRoute["handle"]>[0], "query" | "issues">,
): z.infer<Schema> {
  if (issues.length > 0) throw invalidRequest(issues);
  const input = toInput(query, fieldsOf([schema]));
  const flaw = findFlaw(input);
  if (flaw) throw invalidRequest([flaw]);
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data as z.infer<Schema>;
  throw invalidRequest(toIssues(parsed.error));
}

/** How often the credential is checked while the client does not read. */
const CHECK_MS = 1000;

/**
 * Aborts a response so that it cannot be mistaken for a complete one. Over HTTP/1.0, as used by some proxies, a normal end of the
 * connection is the end of the file.
 */
function abortResponse(res: ServerResponse): void {
  res.socket?.resetAndDestroy();
  res.destroy();
}

/**
 * Writes at the speed of the client, in steps between which other requests run, while the credential of the request
 * is valid.
 */
async function send(
  app: App,
  {
    req,
    file,
    download,
    isAllowed,
  }: { req: IncomingMessage; file: ExportFile; download: Download; isAllowed: () => boolean },
): Promise<void> {
  const { res } = download;
  const pieces = file.open();
  const packer = createPacker(req, res);
  const sink = packer ?? res;
  const gone = new AbortController();
  res.once("close", () => {
    gone.abort();
    packer?.destroy();
  });
  const check = () => {
    if (!gone.signal.aborted && !isAllowed()) abortResponse(res);
  };
  const timer = setInterval(check, CHECK_MS).unref();
  const breathe = createYielder("download");
  const write = async (text: string): Promise<void> => {
    if (text === "" || sink.write(text)) return;
    download.waitingSinceMs = app.clock.monotonicMs();
    await once(sink, "drain", { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(STALL_MS)]) });
    download.waitingSinceMs = null;
  };
  /** The head of the file, sent with the first rows: until then, an error response is still possible. `null` once it is sent. */
  let head: string | null = "";
  try {
    await breathe();
    for (const piece of pieces) {
      check();
      if (res.destroyed || gone.signal.aborted) return;
      if (head === null) await write(piece);
      else if (head === "" || piece === "") head += piece;
      else {
        await write(head + piece);
        head = null;
      }
      await breathe();
    }
    check();
    if (!res.destroyed) sink.end(head ?? "");
  } catch (error) {
    packer?.destroy();
    // An incomplete file must not look complete. If nothing has been sent yet, an error response is sent.
    if (res.headersSent || gone.signal.aborted) abortResponse(res);
    if (!gone.signal.aborted && (error as Error).name !== "AbortError") throw error;
  } finally {
    clearInterval(timer);
    pieces.return();
  }
}
