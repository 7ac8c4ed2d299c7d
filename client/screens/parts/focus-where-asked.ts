import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * AX17: what `of` is given to has the focus whenever the question comes or goes, and is in sight with it. Where it is drawn
 * no more once it is answered, the screen has the focus.
 */
export function useFocusWhereAsked<Asks extends HTMLElement>(isAsking: boolean) {
  const of = useRef<Asks & HTMLButtonElement>(null)
  const before = useRef(isAsking)
  useLayoutEffect(() => {
    if (before.current !== isAsking) of.current?.focus()
    before.current = isAsking
  }, [isAsking])
  useLayoutEffect(
    () => () => {
      if (of.current?.contains(document.activeElement)) document.querySelector('main')?.focus({ preventScroll: true })
    },
    [],
  )
  return of
}
