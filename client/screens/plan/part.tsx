/** What the parts of the form share. */
import type { ComponentChildren } from 'preact'
import type { DraftField, DraftProblem, PlanDraft } from '../../state/plan-draft.ts'
import { t } from '../texts.ts'

export type Told = { readonly field: DraftField | null; readonly text: string }
export type PartProps = {
  readonly draft: PlanDraft
  readonly change: (more: Partial<PlanDraft>) => void
  /** What is wrong, and where. */
  readonly told: Told | null
}

export const isAt = (told: Told | null, field: DraftField): boolean => told?.field === field

export function TroubleAt({ told, field }: { readonly told: Told | null; readonly field: DraftField }) {
  if (!told || told.field !== field) return null
  return <small class="trouble">{told.text}</small>
}

type FoldedProps = {
  readonly heading: string
  /** What stands beside the heading while it is folded. */
  readonly says?: string
  readonly fields: readonly (keyof PlanDraft)[]
  readonly told: Told | null
  readonly children: ComponentChildren
}

/** Folded away, unless what is wrong is in it. */
export function Folded({ heading, says, fields, told, children }: FoldedProps) {
  const isWrong = told?.field != null && fields.some((field) => told.field?.split('.')[0] === field)
  return (
    <details class="card" open={isWrong || undefined}>
      <summary>
        <span>
          <strong>{heading}</strong> {says && <small class="block">{says}</small>}
        </span>
      </summary>
      <div class="stack">{children}</div>
    </details>
  )
}

export const problemText = (problem: DraftProblem): string =>
  problem === 'no-phone' ? t.fields.phone : t.planning.problems[problem]
