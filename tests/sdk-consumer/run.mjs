import * as sdk from "@orwatch/sdk";
import { check } from "./check.cjs";

process.stdout.write(JSON.stringify(await check(sdk)));
