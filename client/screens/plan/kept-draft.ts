/** The plan that is being typed: it outlives another language, a look at another page, and a refusal. */
import { signal } from '@preact/signals'
import { newSecretKey } from '../../net/new-id.ts'
import { freshDraft, type PlanDraft } from '../../state/plan-draft.ts'
import { myName, myPhone } from '../kept.ts'

type KeptDraft = {
  /** The earlier run it began with, by the key of its seat. */
  readonly of: string | null
  readonly draft: PlanDraft
  /** The same until an answer came: a tap repeated after a lost answer is the same run. */
  readonly createKey: string
}

export const keptDraft = signal<KeptDraft | null>(null)

export const newDraft = (): PlanDraft => freshDraft(Date.now(), { name: myName.get(), phone: myPhone.get() })

export function beginDraft(of: string | null, draft: PlanDraft): void {
  keptDraft.value = { of, draft, createKey: newSecretKey() }
}

export function changeDraft(change: Partial<PlanDraft>): void {
  const kept = keptDraft.peek()
  if (kept) keptDraft.value = { ...kept, draft: { ...kept.draft, ...change } }
}

/** What was refused did not become a run; corrected, it is another one. */
export function renewKey(): void {
  const kept = keptDraft.peek()
  if (kept) keptDraft.value = { ...kept, createKey: newSecretKey() }
}
