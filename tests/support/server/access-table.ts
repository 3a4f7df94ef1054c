import type { Person } from "../users/person.ts";
import type { Harness } from "./harness.ts";

/**
 * Who may call what. Every procedure has one line here, or tests/security/access-walk.test.ts fails:
 *
 * anyone()            needs no credential
 * session(input)       a session; the input refers to no record, so all users get their own data
 * owner(input)         a session; the input refers to a record of its owner: others get 404
 * filtered(input)      a session; the input filters by a record that others do not have
 * admin(input)         a session of an administrator; others get 403
 * apiToken(input)      an API token only; with `isOwned`, of the team that owns the record the input refers to: others get 404
 *
 * `input` is built from a person (their ids, their password) so that the call succeeds for them. Records that do not exist yet are
 * created by `make`: `owner(({ made }) => ({ id: made }), { make: async (it) => (await it.call("rules.create", …)).id })`.
 */
export interface Access {
  kind: "anybody" | "session" | "owner" | "filtered" | "admin" | "apiToken";
  // biome-ignore lint/suspicious/noExplicitAny: whatever the procedure takes
  input: (it: Person & { made: any }) => object | undefined;
  /** Creates the record that the input refers to, as the person, and returns its id. */
  make?: (it: Person, harness: Harness) => Promise<unknown>;
  /** Whether the input refers to a record of the API token's team. */
  isOwned?: boolean;
  /** Whether the call deletes the created record. */
  isConsumed?: boolean;
  /** Expected status of the person's own call when it does not succeed. */
  ok?: number;
}

type Input = Access["input"];
type More = Pick<Access, "make" | "ok" | "isConsumed" | "isOwned">;
const none: Input = () => ({});
const line =
  (kind: Access["kind"]) =>
  (input: Input = none, more: More = {}): Access => ({ kind, input, ...more });
const anybody = line("anybody");
const session = line("session");
const owner = line("owner");
const filtered = line("filtered");
const admin = line("admin");
const apiToken = line("apiToken");

/** A connection to a provider of which the server knows nothing. */
const identity: More["make"] = async (it, { server }) => {
  const [subject = ""] = it.marks;
  const data = { userId: it.userId, issuer: `https://${crypto.randomUUID()}.example`, subject, email: subject };
  return (await server.app.db.prisma.identity.create({ data: { ...data, createdAt: server.app.clock.now() } })).id;
};

/** A webhook to the simulator, which answers 404 at once. */
const channel: More["make"] = async (it, { sim }) => {
  const id =
    channels.get(it) ?? it.call("channels.create", { kind: "webhook", name: it.marks[0], url: `${sim.url}/hook` });
  channels.set(it, id);
  return (await id).id;
};
/** Channels are limited per user, so one is reused until it is deleted. */
const channels = new WeakMap<Person, Promise<{ id: number }>>();
const delivery: More["make"] = async (it, harness) =>
  (await it.call("channels.test", { id: await channel(it, harness) })).id;
const rule: More["make"] = async (it) =>
  (await it.call("alerts.createRule", { name: it.marks[0], kind: "spend", span: "day", amount: "1" })).id;
const notice: More["make"] = async (it, { server }) => {
  const data = { teamId: it.teamId, kind: "alert", title: it.marks[0] ?? "", createdAt: server.app.clock.now() };
  return (await server.app.db.prisma.notification.create({ data })).id;
};
/** An OpenRouter account that the person watches, a key of it, and a further management key. */
const account: More["make"] = async (it, { sim, server }) => {
  const known = accounts.get(it) ?? open();
  accounts.set(it, known);
  const { remote, ...made } = await known;
  return { ...made, spare: sim.ledger.addManagementKey(remote).secret };
  async function open() {
    const remote = sim.ledger.addAccount().id;
    const { hash } = sim.ledger.addKey(remote, { name: it.marks[0] ?? "" });
    const { secret } = sim.ledger.addManagementKey(remote);
    const { id } = await it.call("accounts.add", { name: it.marks[0], key: secret });
    while (server.app.background.size > 0) await Promise.allSettled(server.app.background);
    return { id: id as number, hash, remote };
  }
};
/** A key at OpenRouter that nobody has added. */
const newKey: More["make"] = async (_, { sim }) => sim.ledger.addKey(sim.ledger.addAccount().id).secret;
const accounts = new WeakMap<Person, Promise<{ id: number; hash: string; remote: string }>>();
const ofAccount: Input = ({ made }) => ({ id: made.id });
/** Creates another session of the person, as from another device. */
const otherSession: More["make"] = async (it, harness) => {
  const { prisma } = harness.server.app.db;
  const before = await prisma.session.findMany({ where: { userId: it.userId } });
  await it.logInAgain();
  const after = await prisma.session.findMany({ where: { userId: it.userId } });
  return after.find(({ id }) => !before.some((session) => session.id === id))?.publicId;
};
const ofMade: Input = ({ made }) => ({ id: made });
const team: More["make"] = async (it) => (await it.call("teams.create", { name: it.marks[0] })).id;
const invitation: More["make"] = async (it) =>
  (await it.call("teams.invite", { id: it.teamId, role: "editor", email: `new+${it.email}` })).id;
const shareLink: More["make"] = async (it) => (await it.call("shares.create", { name: it.marks[0] })).id;
const shareToken: More["make"] = async (it) => (await it.call("shares.create", { name: "For the board" })).token;
const view: More["make"] = async (it) =>
  (await it.call("views.create", { name: `${it.marks[0]} ${crypto.randomUUID().slice(0, 8)}`, query: "group=model" }))
    .id;
const annotation: More["make"] = async (it) =>
  (await it.call("annotations.create", { date: "2026-03-01", text: it.marks[0] })).id;
const project: More["make"] = async (it) =>
  (await it.call("projects.create", { name: `${it.marks[0]} ${crypto.randomUUID().slice(0, 8)}` })).id;
const projectWithKey: More["make"] = async (it, harness) => {
  const id = await project(it, harness);
  // Earlier projects have the key on other days.
  const from = `${2020 - projectsWithKey}-01-01`;
  projectsWithKey += 1;
  await it.call("projects.setKeys", {
    id,
    keys: [{ api_key_id: it.keyId, from, to: from.replace("-01-01", "-12-31") }],
  });
  return { id, from };
};
let projectsWithKey = 0;
const ofInvitation: Input = ({ teamId, made }) => ({ id: teamId, invitation_id: made });

const RANGE = { start_date: "2026-03-01", end_date: "2026-03-10" };

/** Answers to challenges that were never opened. A passkey of one's own would turn on two-factor authentication. */
const USED_CREDENTIAL = { id: "aWQ", client_data: "e30", authenticator_data: "YQ", signature: "cw", user_handle: null };
const CREATED_CREDENTIAL = { id: "aWQ", client_data: "e30", attestation: "YQ", transports: [] };
const UNKNOWN_ID = 2 ** 30;

export const ACCESS: Record<string, Access> = {
  "auth.register": anybody(),
  "auth.login": anybody(),
  "auth.signIn": anybody(),
  "auth.settings": anybody(),
  "auth.logout": session(),
  "auth.me": session(),
  "auth.account": session(),
  "auth.changePassword": session(({ password }) => ({
    current_password: password,
    new_password: "Another-Horse-10",
    new_password_confirm: "Another-Horse-10",
  })),
  "auth.deleteAccount": session(({ password }) => ({ password })),
  "auth.exportData": session(() => undefined),
  "auth.security": session(),
  "auth.reauthenticate": session(({ password }) => ({ password })),
  "auth.sessions": session(),
  "auth.endSession": owner(ofMade, { make: otherSession, isConsumed: true }),
  "auth.endOtherSessions": session(),
  "auth.endAllSessions": session(),
  "auth.beginSecondFactor": session(({ password }) => ({ password })),
  "auth.enableSecondFactor": session(() => ({ code: "000000" }), { ok: 400 }),
  "auth.disableSecondFactor": session(none, { ok: 409 }),
  "auth.renewRecoveryCodes": session(none, { ok: 409 }),
  "auth.requestPasswordReset": anybody(),
  "auth.resetPassword": anybody(),
  "auth.requestEmailChange": session(() => ({ email: "other@example.com", language: "en" }), { ok: 403 }),
  "auth.cancelEmailChange": session(),
  "auth.confirmEmailChange": anybody(),
  "passkeys.beginUse": anybody(),
  "passkeys.signIn": anybody(),
  "passkeys.confirm": session(() => ({ credential: USED_CREDENTIAL }), { ok: 400 }),
  "passkeys.begin": session(none, { ok: 403 }),
  "passkeys.add": session(() => ({ credential: CREATED_CREDENTIAL }), { ok: 400 }),
  "passkeys.list": session(),
  "passkeys.rename": session(() => ({ id: UNKNOWN_ID, name: "renamed" }), { ok: 404 }),
  "passkeys.remove": session(() => ({ id: UNKNOWN_ID }), { ok: 404 }),
  "oidc.begin": anybody(),
  "oidc.pending": anybody(),
  "oidc.finish": anybody(),
  "oidc.identities": session(none, { make: identity }),
  "oidc.disconnect": owner(ofMade, { make: identity, isConsumed: true }),
  "audit.list": session(),
  "auth.update": owner(({ teamId }) => ({ default_team_id: teamId })),
  "teams.create": session(() => ({ name: "Research" })),
  "teams.list": session(),
  "teams.update": owner(({ teamId }) => ({ id: teamId, name: "renamed" })),
  "teams.delete": owner(ofMade, { make: team, isConsumed: true }),
  "teams.handOver": owner(({ teamId, userId }) => ({ id: teamId, user_id: userId }), { ok: 409 }),
  "teams.members": owner(({ teamId }) => ({ id: teamId })),
  "teams.setRole": owner(({ teamId, userId }) => ({ id: teamId, user_id: userId, role: "owner" })),
  "teams.removeMember": owner(({ teamId, userId }) => ({ id: teamId, user_id: userId }), { ok: 409 }),
  "teams.invite": owner(({ teamId }) => ({ id: teamId, role: "editor" })),
  "teams.invitations": owner(({ teamId }) => ({ id: teamId })),
  "teams.invitation": owner(ofInvitation, { make: invitation }),
  "teams.revokeInvitation": owner(ofInvitation, { make: invitation, isConsumed: true }),
  "teams.audit": owner(({ teamId }) => ({ id: teamId })),
  "invitations.preview": anybody(),
  "invitations.accept": session(() => ({ token: "or_inv_made_up" }), { ok: 404 }),
  "shares.create": session(() => ({ name: "For the board" })),
  "shares.list": session(none, { make: shareLink }),
  "shares.revoke": owner(ofMade, { make: shareLink, isConsumed: true }),
  "share.get": anybody(({ made }) => ({ token: made }), { make: shareToken }),
  "share.open": anybody(({ made }) => ({ token: made }), { make: shareToken }),
  "users.list": admin(),
  "users.update": admin(({ userId }) => ({ id: userId, is_active: true })),
  "users.endSessions": admin(({ userId }) => ({ id: userId })),
  "keys.add": session(({ spareSecret }) => ({ name: "one more", key: spareSecret })),
  "keys.list": session(),
  "keys.get": owner(({ keyId }) => ({ id: keyId })),
  "keys.update": owner(({ keyId }) => ({ id: keyId, name: "renamed" })),
  "keys.delete": owner(({ keyId }) => ({ id: keyId })),
  "keys.validate": owner(({ keyId }) => ({ id: keyId })),
  "accounts.add": session(({ spareManager }) => ({ name: "one more", key: spareManager })),
  "accounts.list": session(none, { make: account }),
  "accounts.get": owner(ofAccount, { make: account }),
  "accounts.update": owner(({ made }) => ({ id: made.id, watch: "selected" }), { make: account }),
  "accounts.delete": owner(ofAccount, { make: account, isConsumed: true }),
  "accounts.replaceKey": owner(({ made }) => ({ id: made.id, key: made.spare }), { make: account }),
  "accounts.sync": owner(ofAccount, { make: account }),
  "accounts.keys": owner(ofAccount, { make: account }),
  "accounts.setKey": owner(({ made }) => ({ id: made.id, hash: made.hash, is_watched: true }), { make: account }),
  "accounts.history": owner(ofAccount, { make: account }),
  "accounts.credits": owner(({ made }) => ({ id: made.id, ...RANGE }), { make: account }),
  "accounts.reconciliation": owner(({ made }) => ({ id: made.id, ...RANGE }), { make: account }),
  "sync.key": owner(({ keyId }) => ({ id: keyId })),
  "sync.all": session(),
  "tokens.issue": session(() => ({ name: "another" })),
  "tokens.list": session(),
  "tokens.revoke": owner(({ tokenId }) => ({ id: tokenId })),
  "stats.dashboard": filtered(({ spentKeyId }) => ({ api_key_id: [spentKeyId] })),
  "stats.usage": filtered(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
  "stats.table": filtered(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId], group_by: ["model"] })),
  "stats.export": filtered(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
  "stats.exportCsv": filtered(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
  "stats.exportJson": filtered(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
  "jobs.list": session(),
  "jobs.runNow": admin(() => ({ name: "cleanup" })),
  "keys.deletionImpact": owner(({ keyId }) => ({ id: keyId })),
  "keys.page": owner(({ keyId }) => ({ id: keyId })),
  "keys.attention": session(),
  "keys.names": session(),
  "keys.limits": filtered(({ spentKeyId }) => ({ api_key_id: [spentKeyId] })),
  "sync.progress": session(),
  "stats.series": filtered(({ spentKeyId }) => ({ api_key_id: [spentKeyId], by: "key" })),
  "stats.unusual": session(),
  "stats.freshness": session(),
  "overview.get": filtered(({ spentKeyId }) => ({ api_key_id: [spentKeyId] })),
  "models.list": session(),
  "models.get": session(() => ({ model: "openai/gpt-5" })),
  "views.list": session(none, { make: view }),
  "views.create": session(() => ({ name: "Cost by model", query: "group=model" })),
  "views.update": owner(({ made }) => ({ id: made, query: "group=key" }), { make: view }),
  "views.delete": owner(ofMade, { make: view, isConsumed: true }),
  "annotations.list": session(() => RANGE, { make: annotation }),
  "annotations.create": session(() => ({ date: "2026-03-01", text: "Release" })),
  "annotations.update": owner(({ made }) => ({ id: made, text: "Release 2" }), { make: annotation }),
  "annotations.delete": owner(ofMade, { make: annotation, isConsumed: true }),
  "projects.list": session(none, { make: project }),
  "projects.get": owner(ofMade, { make: project }),
  "projects.report": session(() => RANGE, { make: project }),
  "projects.create": session(() => ({ name: "Acme" })),
  "projects.update": owner(({ made }) => ({ id: made, color: "#112233" }), { make: project }),
  "projects.delete": owner(ofMade, { make: project, isConsumed: true }),
  "projects.setKeys": owner(({ made }) => ({ id: made, keys: [] }), { make: project }),
  "projects.moveKey": owner(
    ({ made, keyId }) => ({ id: made.id, api_key_id: keyId, from_date: made.from, to_project_id: null }),
    { make: projectWithKey, isConsumed: true },
  ),
  "channels.create": session(() => ({ kind: "slack", name: "s", url: "https://hooks.slack.com/x" })),
  "channels.list": session(none, { make: channel }),
  "channels.get": owner(ofMade, { make: channel }),
  "channels.update": owner(({ made }) => ({ id: made, name: "renamed" }), { make: channel }),
  "channels.delete": owner(ofMade, { make: channel, isConsumed: true }),
  "channels.confirm": owner(({ made }) => ({ id: made, code: "000000" }), { make: channel, ok: 409 }),
  "channels.sendCode": owner(ofMade, { make: channel, ok: 409 }),
  "channels.rotateSecret": owner(ofMade, { make: channel }),
  "channels.test": owner(ofMade, { make: channel }),
  "channels.deliveries": filtered(({ made }) => ({ channel_id: made }), { make: channel }),
  "channels.retry": owner(ofMade, { make: delivery, ok: 409 }),
  "digest.preview": session(),
  "alerts.listRules": session(none, { make: rule }),
  "alerts.getRule": owner(ofMade, { make: rule }),
  "alerts.preview": owner(({ spentKeyId }) => ({ kind: "spend", span: "day", amount: "1", api_key_ids: [spentKeyId] })),
  "alerts.thresholds": filtered(({ spentKeyId }) => ({ api_key_id: spentKeyId })),
  "alerts.createRule": session(() => ({ name: "r", kind: "key_invalid" })),
  "alerts.updateRule": owner(({ made }) => ({ id: made, name: "renamed" }), { make: rule }),
  "alerts.deleteRule": owner(ofMade, { make: rule }),
  "alerts.snoozeRule": owner(({ made }) => ({ id: made, hours: 1 }), { make: rule }),
  "alerts.settings": session(),
  "alerts.updateSettings": session(() => ({ max_per_day: 5 })),
  "alerts.snooze": session(() => ({ hours: 1 })),
  "inbox.list": session(none, { make: notice }),
  "inbox.read": owner(ofMade, { make: notice }),
  "inbox.readAll": session(none, { make: notice }),
  "forecast.get": filtered(({ spentKeyId }) => ({ api_key_id: spentKeyId })),
  "v1.forecast": apiToken(({ spentKeyId }) => ({ api_key_id: spentKeyId })),
  "breakdowns.get": filtered(({ spentKeyId }) => ({ ...RANGE, dimension: "hour", api_key_id: [spentKeyId] })),
  "breakdowns.speed": filtered(({ made }) => ({ ...RANGE, account_id: made.id }), { make: account }),
  "v1.breakdowns": apiToken(({ spentKeyId }) => ({ ...RANGE, dimension: "hour", api_key_id: [spentKeyId] })),
  "changes.get": filtered(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
  "explore.get": filtered(({ spentKeyId }) => ({ ...RANGE, group_by: ["key"], api_key_id: [spentKeyId] })),
  "v1.breakdown": apiToken(({ spentKeyId }) => ({ ...RANGE, group_by: ["key"], api_key_id: [spentKeyId] })),
  "v1.projects": apiToken(() => RANGE, { make: project }),
  "v1.changes": apiToken(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
  "v1.stats": apiToken(() => RANGE),
  "v1.usage": apiToken(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
  "v1.keys": apiToken(),
  "v1.credits": apiToken(),
  "v1.models": apiToken(),
  "v1.alerts": apiToken(),
  "v1.version": apiToken(),
  "v1.team": apiToken(),
  "v1.sync": apiToken(),
  "v1.addKey": apiToken(({ made }) => ({ name: "one more", key: made }), { make: newKey }),
  "v1.updateKey": apiToken(({ keyId }) => ({ id: keyId, name: "renamed" }), { isOwned: true }),
  "v1.export": apiToken(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
  "v1.exportCsv": apiToken(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
  "v1.exportJson": apiToken(({ spentKeyId }) => ({ ...RANGE, api_key_id: [spentKeyId] })),
};

/** Operations of the document without a procedure that need no credential. */
export const OPEN_OPERATIONS = ["health", "healthReady"];
