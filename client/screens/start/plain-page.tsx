import type { ComponentChildren } from 'preact'
import { PageTop } from './page-top.tsx'

/** A page that is not a run's. Without a title of its own it is Serik's. */
export function PlainPage({ title, children }: { readonly title?: string; readonly children: ComponentChildren }) {
  return (
    <>
      <PageTop />
      <main class="page">
        <h1 class={title === undefined ? 'unseen' : undefined}>{title ?? 'Serik'}</h1>
        {children}
      </main>
    </>
  )
}
