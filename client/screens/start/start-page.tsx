import { useEffect, useState } from 'preact/hooks'
import { about, isRefusal } from '../../net/http-calls.ts'
import { t } from '../texts.ts'
import { DemoButton } from './demo-button.tsx'
import { MyRuns } from './my-runs.tsx'
import { RunNowForm } from './run-now-form.tsx'

export function StartPage() {
  const [hasDemo, setHasDemo] = useState(false)
  useEffect(() => {
    void about(location.origin).then((answer) => setHasDemo(!isRefusal(answer) && answer.hasDemo))
  }, [])
  return (
    <main class="page start">
      <h1>Serik</h1>
      <p class="lead">{t.start.tagline}</p>
      <MyRuns />
      <RunNowForm />
      {hasDemo && <DemoButton />}
    </main>
  )
}
