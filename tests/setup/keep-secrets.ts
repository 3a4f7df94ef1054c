// Records every credential that passes `fetch` in a test, including the server's own requests to OpenRouter.
import { isKept, keepSecretsOf } from "../support/server/suite-log.ts";

const WRAPPED = Symbol.for("orwatch.tests.keeps-secrets");

// Files that share a worker load this once each.
if (isKept && !(WRAPPED in globalThis.fetch)) {
  const real = globalThis.fetch;
  const noting: typeof fetch = async (input, init = {}) => {
    const response = await real(input, init);
    await keepSecretsOf(init, response);
    return response;
  };
  globalThis.fetch = Object.assign(noting, { [WRAPPED]: true });
}
