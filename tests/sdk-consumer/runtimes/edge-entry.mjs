import * as sdk from "@orwatch/sdk";
import { check } from "./check.cjs";

globalThis.result = check(sdk);
