import { followHere } from '../navigate.ts'
import { SettingsButton } from '../settings/settings-button.tsx'

/** Whose page it is, and how it looks: above every page that is not a run's. */
export function PageTop() {
  return (
    <header class="page-top">
      <a class="brand" href="/" onClick={followHere}>
        <svg class="mark-of-serik" viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="12" r="12" />
          <path d="M12 4.5c3 4 4.5 6 4.5 8.5a4.5 4.5 0 0 1-9 0c0-2.5 1.5-4.5 4.5-8.5z" />
        </svg>
        Serik
      </a>
      <SettingsButton />
    </header>
  )
}
