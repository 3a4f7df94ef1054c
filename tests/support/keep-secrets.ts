// Every credential that crosses `fetch` in a test, ours or the server's own towards OpenRouter, is noted.
import { isKept, keepSecretsOf } from "./suite-log.ts";

if (isKept) {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init = {}) => {
    const response = await real(input, init);
    await keepSecretsOf(init, response);
    return response;
  };
}
