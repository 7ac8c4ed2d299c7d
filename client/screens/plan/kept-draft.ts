/** The plan that is being typed: it outlives another language, a look at another page, a refusal, and a tab that the phone puts away. */
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

export const newDraft = (): PlanDraft => freshDraft(Date.now(), { name: myName.get(), phone: myPhone.get() })

const STORED = 'serik.plan'

function stored(): KeptDraft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as KeptDraft | null
    return kept && { ...kept, draft: { ...newDraft(), ...kept.draft } }
  } catch {
    return null // storage is forbidden here
  }
}

export const keptDraft = signal(stored())

/** Whoever looks for the route in another app may find this one begun anew. */
function store(): void {
  try {
    if (keptDraft.peek()) sessionStorage.setItem(STORED, JSON.stringify(keptDraft.peek()))
    else sessionStorage.removeItem(STORED)
  } catch {
    // Too large a route, or forbidden: it lasts as long as the page.
  }
}
addEventListener('visibilitychange', store)
addEventListener('pagehide', store)

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
