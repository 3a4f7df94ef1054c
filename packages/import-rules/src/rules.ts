import { forbid, forbidEverywhere, NOT_TYPES, type Rule } from "./rule.ts";
import { SERVER_RULES } from "./server-rules.ts";

const WEB = "^apps/web/src/";
const ROUTER_TYPE = "^apps/server/src/router\\.ts$";

const webRules = [
  forbid(
    "web-knows-a-type",
    "The web app knows the server by `import type { AppRouter }` alone: ask for data over tRPC.",
    {
      from: WEB,
      path: "^apps/server/",
      pathNot: [ROUTER_TYPE],
    },
  ),
  forbid("web-loads-no-server", "Import the router with `import type`: a value import would bundle server code.", {
    from: WEB,
    path: ROUTER_TYPE,
    ...NOT_TYPES,
  }),
  forbid("web-packages", "Of the workspace the web app uses packages/domain and packages/messages.", {
    from: WEB,
    path: "^packages/",
    pathNot: ["^packages/(domain|messages)/"],
  }),
  forbid("web-lib", "lib is below components, features and routes: hand it in as an argument, or move the code up.", {
    from: `${WEB}lib/`,
    path: `${WEB}(app|routes|features|components)/`,
  }),
  forbid("web-components", "components are below features and routes: hand it in as a prop, or move the code up.", {
    from: `${WEB}components/`,
    path: `${WEB}(app|routes|features)/`,
  }),
  forbid("web-features", "features are below app and routes: hand it in as a prop, or move the code up.", {
    from: `${WEB}features/`,
    path: `${WEB}(app|routes)/`,
  }),
  forbid(
    "web-features-apart",
    "Features do not know each other: what two of them show belongs in components, and a route puts them together.",
    {
      from: `${WEB}features/([^/]+)/`,
      path: `${WEB}features/`,
      pathNot: [`${WEB}features/$1/`],
    },
  ),
  forbid("web-app", "app is below routes: only the routes and the start of the app know which pages there are.", {
    from: `${WEB}app/`,
    path: `${WEB}routes/`,
  }),
  forbid(
    "web-primitives",
    "components/ui are primitives: what knows this product belongs one folder up or in features.",
    {
      from: `${WEB}components/ui/`,
      path: `${WEB}components/(?!ui/)`,
    },
  ),
  forbid("web-start", "What the start of the app holds comes to components through React or the router's context.", {
    from: `${WEB}(lib|components|features)/`,
    path: `${WEB}[^/]+\\.tsx?$`,
    ...NOT_TYPES,
  }),
];

const packageRules = [
  forbid(
    "domain-imports-nothing",
    "packages/domain is pure: code that needs a library, Node or another package belongs to its user.",
    {
      from: "^packages/domain/",
      path: ".",
      pathNot: ["^packages/domain/"],
    },
  ),
  forbid("messages-are-shared", "packages/messages knows packages/domain alone: hand the rest in as parameters.", {
    from: "^packages/messages/",
    path: "^(apps|packages)/",
    pathNot: ["^packages/(messages|domain)/"],
  }),
  forbid("db-stands-alone", "packages/db opens and migrates files: what knows users and keys belongs to the server.", {
    from: "^packages/db/",
    path: "^(apps|packages)/",
    pathNot: ["^packages/(db|domain)/"],
  }),
  forbid(
    "sim-stands-alone",
    "The OpenRouter simulator has its own ledger. With the server's code, it would repeat the server's mistakes.",
    {
      from: "^packages/openrouter-sim/",
      path: "^(apps|packages)/",
      pathNot: ["^packages/(openrouter-sim|domain)/"],
    },
  ),
  forbid(
    "sdk-stands-alone",
    "The SDK is published on its own: of the workspace it takes packages/domain, and types of the server's router.ts.",
    {
      from: "^packages/sdk/src/",
      path: "^(apps|packages)/",
      pathNot: ["^packages/(sdk|domain)/", ROUTER_TYPE],
    },
  ),
  forbid("sdk-runs-no-server", "The SDK takes types of the server's router.ts and nothing that runs.", {
    from: "^packages/sdk/src/",
    path: ROUTER_TYPE,
    ...NOT_TYPES,
  }),
];

const generalRules: Rule[] = [
  forbidEverywhere(
    "no-cycle",
    "Modules that need each other in a circle are one: move what both need into a third, or let a third call both.",
    {
      from: "",
      circular: true,
      // TanStack Router writes routeTree.gen.ts, which declares the type of the router that is made of it.
      viaOnly: { pathNot: "^apps/web/src/routeTree\\.gen\\.ts$" },
    },
  ),
  forbid("product-without-tests", "The product never imports tests: move what both need into the product.", {
    from: "^(apps|packages)/",
    path: "^(tests|bench)/|\\.test(-d)?\\.tsx?$|/test-support(\\.ts$|/)",
  }),
  forbidEverywhere(
    "resolvable",
    "The file or package is not there: correct the path, or add the package to the package.json beside it.",
    {
      from: "",
      // They use the SDK as its users do, installed from a tarball.
      fromNot: ["^tests/(sdk-consumer|clients)/", "^examples/"],
      couldNotResolve: true,
    },
  ),
];

export const RULES: Rule[] = [...generalRules, ...SERVER_RULES, ...webRules, ...packageRules];
