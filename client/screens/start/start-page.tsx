import { useEffect, useState } from 'preact/hooks'
import { about, isRefusal } from '../../net/http-calls.ts'
import { InAppNotice } from '../install/in-app-notice.tsx'
import { lazily } from '../lazily.tsx'
import { t } from '../texts.ts'
import { DemoButton } from './demo-button.tsx'
import { MyClubs } from './my-clubs.tsx'
import { MyRuns } from './my-runs.tsx'
import { PageTop } from './page-top.tsx'
import { RunNowForm } from './run-now-form.tsx'

const InstallCard = lazily(async () => (await import('../install/install-card.tsx')).InstallCard, { isQuiet: true })

export function StartPage() {
  const [hasDemo, setHasDemo] = useState(false)
  useEffect(() => {
    void about(location.origin).then((answer) => setHasDemo(!isRefusal(answer) && answer.hasDemo))
  }, [])
  return (
    <>
      <PageTop />
      <main class="page start">
        <h1 class="unseen">Serik</h1>
        <p class="lead">{t.start.tagline}</p>
        <InAppNotice />
        <MyRuns />
        <RunNowForm />
        <MyClubs />
        {hasDemo && <DemoButton />}
        <InstallCard />
      </main>
    </>
  )
}
