import type { RequestKind } from '../../../shared/run/requests.ts'

/** Drawn by hand on a sheet of 24; a glance must do at running pace. */
const paths: Record<RequestKind, string> = {
  water: 'M12 3c4 5 6 8 6 11a6 6 0 0 1-12 0c0-3 2-6 6-11z',
  isotonic: 'M9.5 2.5h5v3l1.5 2.5v11.5a2 2 0 0 1-2 2h-4a2 2 0 0 1-2-2V8l1.5-2.5zM8 12h8M8 16h8',
  gel: 'M8 6h8l1 3v10a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9zM10 6V3h4v3M12 11v6',
  snack: 'M12 3a9 9 0 1 0 9 9 4 4 0 0 1-5-4 4 4 0 0 1-4-5zM9 9.5v.1M8.5 14.5v.1M13.5 16.5v.1M14 12v.1',
  salt: 'M9 9h6l2 12H7zM9 9V6a3 3 0 0 1 6 0v3M11 6v.1M13 6v.1M12 4.5v.1',
  mechanical: 'M20 7a5 5 0 0 1-7 5l-6.5 6.5a2 2 0 0 1-3-3L10 9a5 5 0 0 1 6-6.5L13 5.5l2.5 2.5L19 5z',
  'slow-down':
    'M8 11V6a1.5 1.5 0 0 1 3 0v4-6a1.5 1.5 0 0 1 3 0v6-4a1.5 1.5 0 0 1 3 0v9a6 6 0 0 1-6 6c-3 0-4-1-7-6 0-1 1-2 2-1z',
  'first-aid': 'M9 3h6v6h6v6h-6v6H9v-6H3V9h6z',
  help: 'M12 3l10 18H2zM12 10v5M12 18v.1',
}

export function KindIcon({ kind }: { readonly kind: RequestKind }) {
  return (
    <svg class={`icon ${kind}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[kind]} />
    </svg>
  )
}
