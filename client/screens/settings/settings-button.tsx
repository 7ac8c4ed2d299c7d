import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import { allWords, t } from '../texts.ts'

export type SettingsDialogProps = { readonly onClose: () => void }

const isOpen = signal(false)
const loaded = signal<ComponentType<SettingsDialogProps> | null>(null)

async function open(): Promise<void> {
  loaded.value ??= (await import('./settings-dialog.tsx')).SettingsDialog
  await allWords()
  isOpen.value = true
}

/** How the page looks and speaks; what it opens is loaded with the first tap. */
export function SettingsButton() {
  const [hasFailed, setFailed] = useState(false)
  return (
    <button
      type="button"
      class="quiet settings-button"
      aria-label={hasFailed ? t.settings.notLoaded : t.settings.heading}
      aria-haspopup="dialog"
      onClick={() => void open().catch(() => setFailed(true))}
    >
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
        <circle cx="15" cy="7" r="2" />
        <circle cx="9" cy="17" r="2" />
      </svg>
    </button>
  )
}

/** Stands beside the page, not in it: any page may have the button. */
export function Settings() {
  const Dialog = loaded.value
  return Dialog && isOpen.value ? <Dialog onClose={close} /> : null
}

function close(): void {
  isOpen.value = false
}
