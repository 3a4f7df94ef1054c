/**
 * Cause of a TRPCError whose `code` on the wire says more than the status does: what the client must do before it asks again.
 * `SECOND_FACTOR_REQUIRED`: log in with a `code` too. `REAUTHENTICATE`: give password and code again.
 */
export class AppError extends Error {
  override name = "AppError";
  readonly code: "SECOND_FACTOR_REQUIRED" | "REAUTHENTICATE";
  constructor(code: AppError["code"]) {
    super(code);
    this.code = code;
  }
}

/** What a client reads as `code`. */
export const codeOnWire = (error: { code: string; cause?: unknown }): string =>
  error.cause instanceof AppError ? error.cause.code : error.code;

/** What a client gets for an error of the server. */
export const OUR_FAULT = {
  status: 500,
  code: "INTERNAL_SERVER_ERROR",
  message: "Something broke on our side; nothing was changed. Quote the request id when you report it.",
} as const;
