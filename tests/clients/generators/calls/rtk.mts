import { configureStore } from "@reduxjs/toolkit";
import { orwatch } from "../generated/rtk";
import { print } from "./arguments.mts";

const store = configureStore({
  reducer: { [orwatch.reducerPath]: orwatch.reducer },
  middleware: (standard) => standard().concat(orwatch.middleware),
});
const range = { startDate: "2026-11-01", endDate: "2026-11-30" };
const stats = await store.dispatch(orwatch.endpoints.v1Stats.initiate(range));
const page = await store.dispatch(orwatch.endpoints.v1Usage.initiate({ ...range, limit: 2, model: ["b", "a"] }));
print(stats.data?.summary.total_cost, page.data);
