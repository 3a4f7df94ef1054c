import { toDay } from "@orwatch/domain/day";
import { ChevronDown, Download, FileChartColumn, FileJson, FileSpreadsheet, FileText } from "lucide-react";
import { Menu } from "../../../components/overlays/menu.tsx";
import { useAnnounce } from "../../../components/ui/announcer.tsx";
import { buttonClasses } from "../../../components/ui/button.tsx";
import { useNow } from "../../../components/ui/values.tsx";
import { useKeyNames } from "../../../lib/api/keys.ts";
import type { ExploreAnswer } from "../../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { excelHref, exportHref, toStatsQuestion } from "../../../lib/search/stats-search.ts";
import { useActiveFilters } from "../controls/filter-chips.tsx";
import type { Question } from "../model/question.ts";
import type { Sorting } from "../model/sort-rows.ts";
import { type TableRow, toPivot } from "../model/view.ts";
import { type ExploreSearch, filtersOfExplore, toStatsSearch } from "../search/explore-search.ts";
import { canShowRows } from "../tables/table-section.tsx";
import { useGroupNames } from "../use-group-names.ts";
import { download, drawPng, drawSvg } from "./chart-file.ts";
import { fileOfGroups, fileOfIntervals, fileOfPivot } from "./shown-table.ts";
import {
  type CsvStyle,
  excelStyle,
  type FileFacts,
  nameFile,
  PLAIN_CSV,
  type TableFile,
  toCsv,
  toJson,
} from "./table-file.ts";

interface ExportMenuProps {
  search: ExploreSearch;
  question: Question;
  answers: Partial<Record<"chart" | "rows" | "pairs" | "columns", ExploreAnswer>>;
  table: { rows: TableRow[]; total: TableRow } | null;
  sorting: Sorting;
}

/** Files of exactly what is shown: the table as CSV and JSON, the chart as a picture. */
export function ExportMenu(props: ExportMenuProps) {
  const { search, question, answers } = props;
  const t = useTexts("explore", "stats");
  const format = useFormat();
  const announce = useAnnounce();
  const names = useGroupNames();
  const keys = useKeyNames();
  const today = toDay(useNow());
  const filters = useActiveFilters(search);
  const { chart } = answers;
  const isRows = search.table === "rows" && canShowRows(search);
  if (!chart) return null;
  const facts: FileFacts = {
    ...question.range,
    ...{ interval: question.interval, metric: chart.metric, group_by: question.groups },
    filters: filtersOfExplore(search),
  };
  const name = nameFile(facts);

  /** Of all usage rows, not only of the page of them that is shown, the server makes the files. */
  function saveRows(type: "csv" | "excel" | "json") {
    const asked = toStatsQuestion(toStatsSearch(search, question.interval, question.range), today);
    const isCounted = ({ id, kind }: (typeof keys)[number]) =>
      kind !== "management" && (search.api_key_id?.includes(id) ?? true) && !search.exclude_api_key_id?.includes(id);
    const excel = { locale: navigator.language, hasSeveralKeys: keys.filter(isCounted).length > 1 };
    const link = document.createElement("a");
    link.href = type === "excel" ? excelHref(asked, excel) : exportHref(asked, type);
    link.download = "";
    link.click();
  }

  function saveCsv(style: CsvStyle) {
    const file = tableOf(props, names);
    if (file) download(toCsv(file, facts, style), { name: `${name}.csv`, type: "text/csv;charset=utf-8" });
  }

  function saveJson() {
    const file = tableOf(props, names);
    if (file) download(toJson(file, facts), { name: `${name}.json`, type: "application/json" });
  }

  async function saveChart(type: "svg" | "png") {
    const svg = document.querySelector<SVGSVGElement>("[data-chart] > svg");
    if (!svg) return;
    const legend = document.querySelectorAll<HTMLElement>("[data-series]");
    const picture = drawSvg(svg, {
      title: `${t.explore.metrics[facts.metric as keyof typeof t.explore.metrics]}, ${format.days(facts.start_date, facts.end_date)}`,
      subtitle: filters.map(({ label }) => label).join(" · ") || t.explore.noFilters,
      series: [...legend].map((one) => ({ name: one.textContent ?? "", colour: one.dataset.series ?? "" })),
    });
    try {
      if (type === "svg") download(picture, { name: `${name}.svg`, type: "image/svg+xml" });
      else download(await drawPng(picture), { name: `${name}.png`, type: "image/png" });
    } catch {
      announce(t.explore.files.failed, "bad");
    }
  }

  const hasChart = !question.isHeatmap && search.chart !== "none";
  const words = t.explore.files;
  return (
    <Menu
      trigger={
        <button type="button" className={buttonClasses()}>
          <Download aria-hidden className="size-4 text-muted" />
          {words.export}
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </button>
      }
      items={[
        { label: words.csv, Icon: FileText, onSelect: () => (isRows ? saveRows("csv") : saveCsv(PLAIN_CSV)) },
        // Excel uses the separators of the system's language, which the browser knows.
        {
          label: words.excel,
          Icon: FileSpreadsheet,
          onSelect: () => (isRows ? saveRows("excel") : saveCsv(excelStyle(navigator.language))),
        },
        { label: words.json, Icon: FileJson, onSelect: () => (isRows ? saveRows("json") : saveJson()) },
        { label: words.png, Icon: FileChartColumn, onSelect: () => void saveChart("png"), disabled: !hasChart },
        { label: words.svg, Icon: FileChartColumn, onSelect: () => void saveChart("svg"), disabled: !hasChart },
      ]}
    />
  );
}

/** The table that is shown, as a file. */
function tableOf(
  { search, question, answers, table, sorting }: ExportMenuProps,
  names: ReturnType<typeof useGroupNames>,
): TableFile | null {
  const { chart, rows, pairs, columns } = answers;
  const { groups } = question;
  if (search.table === "pivot" && rows && pairs && columns)
    return fileOfPivot(toPivot({ rows, pairs, columns }), groups, names);
  if (search.table === undefined && table && rows) return fileOfGroups({ answer: rows, table, groups, sorting, names });
  return chart ? fileOfIntervals(chart, names) : null;
}
