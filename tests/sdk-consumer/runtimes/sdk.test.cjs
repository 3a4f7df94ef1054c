const sdk = require("@orwatch/sdk");
const { check } = require("./check.cjs");

test("uses the SDK in jest", async () => {
  expect(await check(sdk)).toEqual(JSON.parse(process.env.EXPECTED));
  expect(
    structuredClone(await sdk.createClient().usage.list({ start_date: "2026-03-01", end_date: "2026-03-20" })).items,
  ).toHaveLength(60);
});
