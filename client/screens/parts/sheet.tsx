import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { useBack } from '../navigate.ts'
import { t } from '../texts.ts'

type SheetProps = {
  readonly heading: string
  /** Also by Escape, by "back", and by a tap beside it. The focus is back where it was by then. */
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A dialog that lies over the page: from below on a phone, in the middle where there is room. */
export function Sheet({ heading, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const headingId = useId()
  useLayoutEffect(() => {
    dialog.current?.showModal()
  }, [])
  useBack(() => dialog.current?.close())
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby={headingId} onClose={onClose} {...{ closedby: 'any' }}>
      <div class="row spread">
        <h2 id={headingId}>{heading}</h2>
        <button type="button" class="quiet cross" aria-label={t.settings.close} onClick={() => dialog.current?.close()}>
          ×
        </button>
      </div>
      {children}
    </dialog>
  )
}
