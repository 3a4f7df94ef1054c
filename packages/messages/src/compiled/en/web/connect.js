// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  defaultName: "OpenRouter",
  keyHint: (d) => "Starts with " + d.prefix + ". Stored encrypted, sent only to OpenRouter, never shown again.",
  prefix: (d) => "An OpenRouter key starts with " + d.prefix + ".",
  first: {
    lead: "Paste an OpenRouter key. A management key finds every key of your account and a year of history. An inference key shows its own cost from now on.",
    key: "OpenRouter key",
    hint: "Stored encrypted. orwatch only reads: it never creates, changes or deletes keys.",
    submit: "Add key",
    inferenceTitle: "Cost only",
    inferenceBody: "Your key shows its own cost from now on. A management key of the same OpenRouter account adds models, tokens, every other key and a year of history.",
    addManagement: "Add management key"
  },
  power: {
    summary: "What can a management key do?",
    body: "A management key can list, create, change and delete the keys of your OpenRouter account. It cannot call models. orwatch only reads with it, using these requests:",
    listKeys: "keys with their limits and counters",
    readCredits: "purchased and used credits",
    readActivity: "usage per day and model",
    readWorkspaces: "names of workspaces",
    query: "usage per key, day and model (a query; it changes nothing)",
    never: "orwatch never sends a request that creates, changes or deletes anything."
  }
}
