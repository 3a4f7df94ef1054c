import { check } from "./own-client.mts";

process.stdout.write(JSON.stringify(await check()));
