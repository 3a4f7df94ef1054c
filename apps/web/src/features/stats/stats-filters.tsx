import { useNavigate } from "@tanstack/react-router";
import { Boxes, KeyRound } from "lucide-react";
import { useState } from "react";
import { useSeriesName } from "../../components/charts/series-name.ts";
import { toggled, without } from "../../components/filters/filter-chips.tsx";
import { type KeyName, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { rangeOf, type StatsSearch } from "../../lib/search/stats-search.ts";
import { PickList } from "./pick-list.tsx";

interface StatsFiltersProps {
  search: StatsSearch;
  keys: KeyName[];
  today: string;
}

/** Included and excluded keys and models of the table. */
export function StatsFilters({ search, keys, today }: StatsFiltersProps) {
  const t = useTexts("stats", "usage");
  const navigate = useNavigate({ from: "/stats" });
  const [isAsked, setAsked] = useState(false);
  const models = trpc.stats.dashboard.useQuery(rangeOf(search, today), { enabled: isAsked, staleTime: 300_000 });
  const nameOf = useSeriesName();
  const spenders = keys.filter(({ kind }) => kind !== "management");
  const change = (part: Partial<StatsSearch>) =>
    void navigate({ search: { ...search, ...part, page: undefined }, resetScroll: false });

  return (
    <>
      {spenders.length > 1 && (
        <PickList
          label={t.stats.filterKeys}
          Icon={KeyRound}
          items={spenders.map(({ id, name }) => ({ value: id, name }))}
          only={search.api_key_id ?? []}
          without={search.exclude_api_key_id ?? []}
          onOnly={(id) =>
            change({
              api_key_id: toggled(search.api_key_id, id),
              exclude_api_key_id: without(search.exclude_api_key_id, id),
            })
          }
          onWithout={(id) =>
            change({
              exclude_api_key_id: toggled(search.exclude_api_key_id, id),
              api_key_id: without(search.api_key_id, id),
            })
          }
          nothing={t.usage.filters.allKeys}
        />
      )}
      <PickList
        label={t.stats.filterModels}
        Icon={Boxes}
        items={models.data?.by_model.map(({ model }) => ({ value: model, name: nameOf(model) }))}
        only={search.model ?? []}
        without={search.exclude_model ?? []}
        onOnly={(model) =>
          change({ model: toggled(search.model, model), exclude_model: without(search.exclude_model, model) })
        }
        onWithout={(model) =>
          change({ exclude_model: toggled(search.exclude_model, model), model: without(search.model, model) })
        }
        onOpen={() => setAsked(true)}
        nothing={t.stats.noModels}
      />
    </>
  );
}
