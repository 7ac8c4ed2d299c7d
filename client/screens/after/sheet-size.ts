import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

export type Size = { readonly widthPx: number; readonly heightPx: number }

/** How large a box is just now; of one that is not shown, what it was. */
export function useSize(box: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ widthPx: 340, heightPx: 280 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => {
      const { clientWidth: widthPx, clientHeight: heightPx } = element
      if (widthPx > 0 && heightPx > 0) setSize({ widthPx, heightPx })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return size
}
