import { isDay } from "@orwatch/domain/day";
import { Flag, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { text } from "../../components/forms/schemas.ts";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type ChartAnnotation, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import type { DayRange } from "./search/periods.ts";

/** Annotations of a range, and whether the user may change them. */
export function useAnnotations(range: DayRange): { annotations: ChartAnnotation[]; mayEdit: boolean } {
  const mayEdit = usePermission("edit");
  return { annotations: trpc.annotations.list.useQuery(range).data?.items ?? [], mayEdit };
}

interface AnnotationListProps {
  annotations: ChartAnnotation[];
  mayEdit: boolean;
  onAdd: () => void;
}

/** The annotations of the chart in words, with what editors can do. */
export function AnnotationList({ annotations, mayEdit, onAdd }: AnnotationListProps) {
  const t = useTexts("explore");
  const format = useFormat();
  const utils = trpc.useUtils();
  const announce = useAnnounce();
  const [edited, setEdited] = useState<ChartAnnotation | null>(null);
  const remove = trpc.annotations.delete.useMutation({
    onSettled: () => utils.annotations.invalidate(),
    onError: (error) => announce(messageOf(error), "bad"),
    onSuccess: () => announce(t.explore.annotations.deleted),
  });
  if (annotations.length === 0 && !mayEdit) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2 text-table">
      {annotations.length > 0 && (
        <ul aria-label={t.explore.annotations.title} className="flex min-w-0 flex-wrap gap-x-4 gap-y-1">
          {annotations.map((one) => (
            <li key={one.id} className="flex min-w-0 items-center gap-1.5">
              <Flag aria-hidden className="size-3.5 shrink-0 text-muted" />
              <span className="whitespace-nowrap text-muted">{format.day(one.date)}</span>
              <span dir="auto" className="wrap-anywhere">
                {one.text}
              </span>
              {mayEdit && (
                <>
                  <IconButton
                    label={t.explore.annotations.edit({ text: one.text })}
                    Icon={Pencil}
                    onClick={() => setEdited(one)}
                  />
                  <IconButton
                    label={t.explore.annotations.delete({ text: one.text })}
                    Icon={Trash2}
                    onClick={() => remove.mutate({ id: one.id })}
                  />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayEdit && (
        <button type="button" className={`${buttonClasses("ghost")} -ml-3`} onClick={onAdd}>
          <Plus aria-hidden className="size-4 text-muted" />
          {t.explore.annotations.add}
        </button>
      )}
      {edited && <AnnotationDialog date={edited.date} annotation={edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

interface IconButtonProps {
  label: string;
  Icon: typeof Pencil;
  onClick: () => void;
}

export function IconButton({ label, Icon, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="flex size-7 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink print:hidden"
    >
      <Icon aria-hidden className="size-3.5" />
    </button>
  );
}

const schema = z.object({ date: z.string().check(z.refine(isDay)), text });

interface AnnotationDialogProps {
  date: string;
  annotation?: ChartAnnotation;
  onClose: () => void;
}

/** Adds an annotation to a day, or changes one. */
export function AnnotationDialog({ date, annotation, onClose }: AnnotationDialogProps) {
  const t = useTexts("explore");
  const words = t.explore.annotations;
  const utils = trpc.useUtils();
  const announce = useAnnounce();
  const create = trpc.annotations.create.useMutation();
  const update = trpc.annotations.update.useMutation();
  const form = useApiForm({
    defaultValues: { date, text: annotation?.text ?? "" },
    schema,
    async send(values) {
      await (annotation ? update.mutateAsync({ id: annotation.id, ...values }) : create.mutateAsync(values));
      await utils.annotations.invalidate();
      announce(words.saved);
      onClose();
    },
  });
  return (
    <FormModal
      form={form}
      title={annotation ? words.change : words.add}
      lead={words.lead}
      submit={words.save}
      needs="edit"
      onClose={onClose}
    >
      <form.Field name="text">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={words.text}
            required
            dir="auto"
            maxLength={200}
            autoComplete="off"
          />
        )}
      </form.Field>
      <form.Field name="date">
        {(field) => <TextField {...textProps(field)} label={words.date} type="date" required />}
      </form.Field>
    </FormModal>
  );
}
