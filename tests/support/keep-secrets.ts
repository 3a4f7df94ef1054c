// Every credential that crosses `fetch` in a test, ours or the server's own towards OpenRouter, is noted.
import { isKept, keepSecretsOf } from "./suite-log.ts";

const WRAPPED = Symbol.for("orwatch.tests.keeps-secrets");

// Files that share a worker come here once each.
if (isKept && !(WRAPPED in globalThis.fetch)) {
  const real = globalThis.fetch;
  const noting: typeof fetch = async (input, init = {}) => {
    const response = await real(input, init);
    await keepSecretsOf(init, response);
    return response;
  };
  globalThis.fetch = Object.assign(noting, { [WRAPPED]: true });
}
