import { useState } from 'preact/hooks'
import { takesPart } from '../../../shared/run/roles.ts'
import { lazily } from '../lazily.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

const AfterScreen = lazily(async () => (await import('./after-screen.tsx')).AfterScreen)

/** On the own screen while the run goes on: nothing of it is loaded before it is opened. */
export function SoFar() {
  const { view, mine } = useRun()
  const [isOpen, setOpen] = useState(false)
  if (!mine || !takesPart(mine.role) || mine.windows.length === 0 || view.run.head.phase !== 'live') return null
  return (
    <details class="so-far" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t.after.soFar}</summary>
      {isOpen && <AfterScreen />}
    </details>
  )
}
