import { SCOPE_NAMES } from "@orwatch/domain/permissions";
import { issueToken, seedUsage } from "../openrouter/seed.ts";
import { type Answer, type Harness, PASSWORD, request, settle } from "../server/harness.ts";

const TODAY = "2026-03-10";

/** A user with one of everything, whose data contains marks to recognize it by. */
export interface Person {
  email: string;
  password: string;
  userId: number;
  teamId: number;
  /** Session id. */
  session: string;
  token: string;
  tokenId: number;
  keyId: number;
  /** A key that cannot be polled, with usage. */
  spentKeyId: number;
  /** A key that OpenRouter knows and this user has not added. */
  spareSecret: string;
  /** A management key that this user has not added. */
  spareManager: string;
  /** A response that contains any of these has this user's data. */
  marks: string[];
  /** Calls a procedure over /trpc with this user's session; fails unless it succeeds. */
  // biome-ignore lint/suspicious/noExplicitAny: the output of any procedure
  call(procedure: string, input?: unknown): Promise<any>;
  /** Creates another session, as from another device. */
  logInAgain(): Promise<void>;
}

/** @param names what to call the things of the user; by default, names with a mark */
export async function openPerson(
  harness: Harness,
  name: string,
  names = {
    key: `key-of-${name}`,
    token: `token-of-${name}`,
    spentKey: `usage-of-${name}`,
    model: `model-of-${name}`,
  },
): Promise<Person> {
  harness.sim.clock.advance(61_000);
  const user = await harness.createUser(`${name}@example.com`);
  const account = harness.sim.ledger.addAccount();
  const [key, spare] = [harness.sim.ledger.addKey(account.id), harness.sim.ledger.addKey(account.id)];
  const added = await user.post("/api/keys", { name: names.key, key: key.secret });
  await settle(harness);
  const issued = await issueToken(user, names.token, { scopes: SCOPE_NAMES });
  const seeded = seedUsage(harness, {
    email: user.email,
    keys: [names.spentKey],
    models: [names.model],
    through: TODAY,
    days: 2,
  });
  const cookie = `orwatch_session=${user.credential}`;
  return {
    email: user.email,
    password: PASSWORD,
    userId: seeded.userId,
    teamId: seeded.teamId,
    session: user.credential,
    token: issued.token,
    tokenId: issued.id,
    keyId: added.body.id,
    spentKeyId: seeded.keyIds[0] as number,
    spareSecret: spare.secret,
    spareManager: harness.sim.ledger.addManagementKey(account.id).secret,
    marks: [user.email, ...Object.values(names)],
    async logInAgain() {
      const body = JSON.stringify({ email: user.email, password: PASSWORD });
      const headers = { "content-type": "application/json" };
      await request(`${harness.url}/api/auth/login`, { method: "POST", headers, body });
    },
    async call(procedure, input) {
      const answer = await callProcedure(harness, { name: procedure, isQuery: false, input, headers: { cookie } });
      if (answer.status !== 200) throw new Error(`${procedure}: ${answer.text}`);
      return answer.body.result.data;
    },
  };
}

export function callProcedure(
  harness: Harness,
  call: { name: string; isQuery: boolean; input: unknown; headers: Record<string, string> },
): Promise<Answer> {
  const url = `${harness.url}/trpc/${call.name}`;
  const json = call.input === undefined ? undefined : JSON.stringify(call.input);
  if (call.isQuery)
    return request(json === undefined ? url : `${url}?input=${encodeURIComponent(json)}`, { headers: call.headers });
  return request(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...call.headers },
    ...(json === undefined ? {} : { body: json }),
  });
}
