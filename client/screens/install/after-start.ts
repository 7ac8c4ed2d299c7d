/** What the page does once its buttons work: it is made to open without network, and hears what its worker has to say. */
import { noteLanguage } from '../../net/worker-notes.ts'
import { language } from '../language.ts'
import { hearWorker } from '../push/rung.ts'
import { hearInstallOffer } from './install-offer.ts'
import { registerWorker } from './register-worker.ts'

/** The first seconds belong to whoever has just tapped a link. */
const CALM_MS = 1_500

export function afterStart(): void {
  hearInstallOffer()
  if (!window.isSecureContext || !('serviceWorker' in navigator)) return
  hearWorker()
  language.subscribe((tag) => void noteLanguage(tag).catch(() => undefined)) // else it speaks English
  const calm = () => setTimeout(() => void registerWorker(), CALM_MS)
  if (document.readyState === 'complete') calm()
  else window.addEventListener('load', calm, { once: true })
}
