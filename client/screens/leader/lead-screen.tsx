import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import { toLookAfterCount } from '../../state/to-look-after.ts'
import { PackStrip } from '../pack/pack-strip.tsx'
import { useRun } from '../run/running.ts'
import { isVeryWide, isWide } from '../run/wide.ts'
import { t } from '../texts.ts'
import { LeadNow } from './lead-now.tsx'
import { LeadPeople } from './lead-people.tsx'
import { LeadRun } from './lead-run.tsx'
import { RollSentence } from './roll-sentence.tsx'

type Part = 'now' | 'people' | 'run'
const parts: Record<Part, ComponentType> = { now: LeadNow, people: LeadPeople, run: LeadRun }
const order: readonly Part[] = ['now', 'people', 'run']

/** Accounting for everybody: how they stand in one sentence, and three parts; a phone shows one of them, a table all. */
export function LeadScreen() {
  const { view, nowMs } = useRun()
  const [chosen, setChosen] = useState<Part>('now')
  if (!view.isCaughtUp && view.run.version === 0) return <p role="status">{t.common.loading}</p>
  const isAll = isWide.value
  const toDo = toLookAfterCount(view, nowMs)
  return (
    <div class={isAll ? 'lead all' : 'lead'}>
      <RollSentence />
      {isVeryWide.value && <PackStrip />}
      {!isAll && (
        <nav class="lead-tabs" aria-label={t.leadTabs.label}>
          {order.map((part) => (
            <button
              key={part}
              type="button"
              aria-current={part === chosen ? 'true' : undefined}
              onClick={() => setChosen(part)}
            >
              {t.leadTabs[part]}
              {part === 'now' && toDo > 0 && (
                <>
                  <span class="count" aria-hidden="true">
                    {toDo}
                  </span>
                  <span class="unseen">, {t.leadTabs.toDo(toDo)}</span>
                </>
              )}
            </button>
          ))}
        </nav>
      )}
      {order
        .filter((part) => isAll || part === chosen)
        .map((part) => {
          const Shown = parts[part]
          return (
            <div key={part} class={`lead-${part}`}>
              <Shown />
            </div>
          )
        })}
    </div>
  )
}
