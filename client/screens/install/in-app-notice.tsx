import { useState } from 'preact/hooks'
import { lazily } from '../lazily.tsx'
import { type InApp, inAppOf } from './in-app.ts'
import { isInstalled } from './install-offer.ts'

const Notice = lazily(async () => (await import('./open-in-browser.tsx')).OpenInBrowser, { isQuiet: true })

export const inApp = (): InApp | null =>
  inAppOf({
    userAgent: navigator.userAgent,
    isTelegram: 'TelegramWebviewProxy' in window || 'TelegramWebview' in window,
    isStandalone: isInstalled(),
  })

/** Nothing in a browser, where most people are. */
export function InAppNotice() {
  const [found] = useState(inApp)
  return found ? <Notice found={found} /> : null
}
