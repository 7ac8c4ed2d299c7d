/** Which page an address shows. */
import { render } from 'preact'
import { seatFor } from './screens/kept.ts'
import { startLanguage } from './screens/language.ts'
import { lazily } from './screens/lazily.tsx'
import { address } from './screens/navigate.ts'
import { foresee, RunPage } from './screens/run/role-screens.ts'
import { startLook } from './screens/settings/look.ts'
import { Settings } from './screens/settings/settings-button.tsx'

const isFirst = { isFirst: true }
const JoinPage = lazily(async () => (await import('./screens/start/join-page.tsx')).JoinPage, isFirst)
const SeatPage = lazily(async () => (await import('./screens/start/seat-page.tsx')).SeatPage, isFirst)
const StartPage = lazily(async () => (await import('./screens/start/start-page.tsx')).StartPage)
const PlanPage = lazily(async () => (await import('./screens/plan/plan-page.tsx')).PlanPage)
const ClubPage = lazily(async () => (await import('./screens/club/club-page.tsx')).ClubPage)
const PrivacyPage = lazily(async () => (await import('./screens/start/privacy-page.tsx')).PrivacyPage)
const UnknownRunPage = lazily(
  async () => (await import('./screens/start/unknown-run-page.tsx')).UnknownRunPage,
  isFirst,
)

/** What an address will show is on its way while the words are. */
function foreseePage(): void {
  const [path = '/', secret] = address.value.split('#', 2)
  const [, page, key = ''] = path.split('/')
  if (page === 'j') JoinPage.load()
  else if (page === 's' && secret) foresee('runner')
  else if (page === 'r') {
    const kept = seatFor(key)
    foresee(kept?.role ?? 'runner', kept?.isMapForTwo)
  } else if (!page) StartPage.load()
}

function App() {
  const [path = '/', secret = ''] = address.value.split('#', 2)
  const [, page, key] = path.split('/')
  if (page === 'j' && secret) return <JoinPage key={secret} invite={secret} />
  if (page === 's' && secret) return <SeatPage key={secret} seat={secret} />
  if (page === 'r' && key) return seatFor(key) ? <RunPage key={key} runKey={key} /> : <UnknownRunPage />
  if (page === 'plan') return <PlanPage key={path} runKey={key || null} />
  if (page === 'c') return <ClubPage key={path + secret} clubId={key || null} secret={secret} />
  if (page === 'privacy') return <PrivacyPage />
  return <StartPage />
}

const root = document.getElementById('app')
startLook()
foreseePage()
if (root)
  void startLanguage().then(() => {
    render(
      <>
        <App />
        <Settings />
      </>,
      root,
    )
    void import('./screens/install/after-start.ts').then(({ afterStart }) => afterStart())
  })
