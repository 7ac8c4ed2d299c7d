/** Which page an address shows. */
import { render } from 'preact'
import { seatFor } from './screens/kept.ts'
import { language, startLanguage } from './screens/language.ts'
import { address } from './screens/navigate.ts'
import { RunPage } from './screens/run/run-page.tsx'
import { JoinPage } from './screens/start/join-page.tsx'
import { SeatPage } from './screens/start/seat-page.tsx'
import { StartPage } from './screens/start/start-page.tsx'
import { UnknownRunPage } from './screens/start/unknown-run-page.tsx'

function App() {
  const [path = '/', secret = ''] = address.value.split('#', 2)
  const [, page, key] = path.split('/')
  if (page === 'j' && secret) return <JoinPage key={secret} invite={secret} />
  if (page === 's' && secret) return <SeatPage key={secret} seat={secret} />
  if (page === 'r' && key) return seatFor(key) ? <RunPage key={key} runKey={key} /> : <UnknownRunPage />
  return <StartPage />
}

const root = document.getElementById('app')
// Another language is another page: everything is drawn anew.
const Speaking = () => <App key={language.value} />
if (root) void startLanguage().then(() => render(<Speaking />, root))
