const sdk = require("@orwatch/sdk");
const { check } = require("./check.cjs");

check(sdk).then((seen) => process.stdout.write(JSON.stringify(seen)));
