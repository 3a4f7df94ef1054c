import { Link } from "@tanstack/react-router";
import { Bookmark, Check, ChevronDown, Link2, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import { useState } from "react";
import * as z from "zod/mini";
import { TextField } from "../../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../../components/forms/form.tsx";
import { FormModal } from "../../../components/forms/form-modal.tsx";
import { text } from "../../../components/forms/schemas.ts";
import { useAnnounce } from "../../../components/ui/announcer.tsx";
import { Button, buttonClasses } from "../../../components/ui/button.tsx";
import { useNeed } from "../../../components/ui/permitted.tsx";
import { Popover } from "../../../components/ui/popover.tsx";
import { messageOf } from "../../../lib/api/errors.ts";
import { usePermission } from "../../../lib/api/permission.ts";
import { type SavedView, trpc } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { IconButton } from "../annotations.tsx";
import type { ExploreSearch } from "../search/explore-search.ts";
import { parseQuery, toQuery } from "../search/saved-query.ts";

/** The saved views of the team: to open, and for editors to save, rename, pin and delete. */
export function SavedViews({ search }: { search: ExploreSearch }) {
  const t = useTexts("explore");
  const words = t.explore.views;
  const mayEdit = usePermission("edit");
  const need = useNeed("edit");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const views = trpc.views.list.useQuery({}).data?.items ?? [];
  const query = toQuery(search);
  /** What the form names: a new view or an existing one. */
  const [named, setNamed] = useState<SavedView | "new" | null>(null);
  const settled = {
    onSettled: () => utils.views.invalidate(),
    onError: (error: unknown) => announce(messageOf(error), "bad"),
  };
  const update = trpc.views.update.useMutation(settled);
  const remove = trpc.views.delete.useMutation({ ...settled, onSuccess: () => announce(words.deleted) });
  const current = views.find((view) => view.query === query);

  async function copyLink() {
    try {
      await navigator.clipboard.writeText(window.location.href);
      announce(words.linkCopied);
    } catch {
      announce(t.common.notCopied, "bad");
    }
  }

  return (
    <>
      <Popover
        label={words.title}
        panel="w-[calc(100vw-2rem)] sm:w-96"
        className={buttonClasses()}
        trigger={
          <>
            <Bookmark aria-hidden className="size-4 text-muted" />
            <span dir="auto" className="max-w-40 truncate">
              {current?.name ?? words.title}
            </span>
            <ChevronDown aria-hidden className="size-4 text-muted" />
          </>
        }
      >
        {(close) => (
          <div className="flex flex-col gap-2">
            {views.length === 0 && <p className="p-2 text-table text-muted">{words.none}</p>}
            <ul className="flex max-h-80 flex-col overflow-y-auto">
              {views.map((view) => (
                <li key={view.id} className="flex items-center gap-0.5">
                  <Link
                    to="/explore"
                    search={parseQuery(view.query)}
                    preload={false}
                    resetScroll={false}
                    activeProps={{}}
                    activeOptions={{ exact: true }}
                    aria-current={view === current ? "true" : undefined}
                    onClick={close}
                    className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-2 text-table no-underline hover:bg-sunken"
                  >
                    <Check
                      aria-hidden
                      className={`size-4 shrink-0 text-accent ${view === current ? "" : "invisible"}`}
                    />
                    <span dir="auto" title={view.name} className="truncate">
                      {view.name}
                    </span>
                  </Link>
                  {mayEdit && (
                    <>
                      <IconButton
                        label={view.pinned ? words.unpin({ name: view.name }) : words.pin({ name: view.name })}
                        Icon={view.pinned ? PinOff : Pin}
                        onClick={() => update.mutate({ id: view.id, pinned: !view.pinned })}
                      />
                      <IconButton
                        label={words.rename({ name: view.name })}
                        Icon={Pencil}
                        onClick={() => setNamed(view)}
                      />
                      <IconButton
                        label={words.delete({ name: view.name })}
                        Icon={Trash2}
                        onClick={() => remove.mutate({ id: view.id })}
                      />
                    </>
                  )}
                </li>
              ))}
            </ul>
            <div className="flex flex-wrap gap-2">
              {mayEdit && !current && (
                <Button variant="primary" onClick={() => setNamed("new")}>
                  {words.save}
                </Button>
              )}
              <Button onClick={() => void copyLink()}>
                <Link2 aria-hidden className="size-4 text-muted" />
                {words.copyLink}
              </Button>
            </div>
            {!mayEdit && <p className="text-caption text-muted">{need}</p>}
          </div>
        )}
      </Popover>
      {named !== null && (
        <NameDialog view={named === "new" ? null : named} query={query} onClose={() => setNamed(null)} />
      )}
    </>
  );
}

const schema = z.object({ name: text });

/** Saves the page under a name, or renames a view. */
function NameDialog({ view, query, onClose }: { view: SavedView | null; query: string; onClose: () => void }) {
  const t = useTexts("explore");
  const words = t.explore.views;
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const create = trpc.views.create.useMutation();
  const update = trpc.views.update.useMutation();
  const form = useApiForm({
    defaultValues: { name: view?.name ?? "" },
    schema,
    fieldOf: () => "name",
    async send({ name }) {
      await (view ? update.mutateAsync({ id: view.id, name }) : create.mutateAsync({ name, query }));
      await utils.views.invalidate();
      announce(words.saved({ name }));
      onClose();
    },
  });
  return (
    <FormModal
      form={form}
      title={view ? words.renameTitle : words.save}
      lead={words.lead}
      submit={words.submit}
      needs="edit"
      onClose={onClose}
    >
      <form.Field name="name">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={words.name}
            required
            dir="auto"
            maxLength={80}
            autoComplete="off"
          />
        )}
      </form.Field>
    </FormModal>
  );
}
