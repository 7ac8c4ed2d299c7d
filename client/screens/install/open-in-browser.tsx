import { useState } from 'preact/hooks'
import { t } from '../texts.ts'
import { type InApp, intentLink } from './in-app.ts'

/** Whoever came from a chat: how to get out of it. Joining works in here as well. */
export function OpenInBrowser({ found: { name, system } }: { readonly found: InApp }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      setCopied(true)
    } catch {
      copyByHand(location.href)
      setCopied(true)
    }
  }
  return (
    <section class="card notice in-app" aria-labelledby="in-app">
      <h2 id="in-app">{t.install.inApp.heading(name)}</h2>
      <p>{t.install.inApp.why}</p>
      {system === 'android' ? (
        <a class="button" href={intentLink(location.href)}>
          {t.install.inApp.open}
        </a>
      ) : (
        <p>{t.install.inApp.ios}</p>
      )}
      <button type="button" class="quiet" onClick={copy}>
        {isCopied ? t.install.inApp.copied : t.install.inApp.copy}
      </button>
    </section>
  )
}

/** Views inside apps often forbid the clipboard, and not this. */
function copyByHand(text: string): void {
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
