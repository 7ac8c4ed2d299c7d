/** Code that is loaded when it is needed, so that the buttons somebody came for work first. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { allWords, t } from './texts.ts'
import { whenLoaded } from './when-loaded.ts'

type How = {
  /** Until it is here nothing is said. */
  readonly isQuiet?: boolean
  /** It is drawn with the first words alone. */
  readonly isFirst?: boolean
}

export type Lazily<Props extends object> = ComponentType<Props> & {
  /** Begins to load it before it is drawn. */
  readonly load: () => void
}

/** A component whose code is loaded when it is first drawn, or sooner. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>, how: How = {}): Lazily<Props> {
  const { isQuiet = false, isFirst = false } = how
  let loaded: ComponentType<Props> | null = null
  let loading: Promise<void> | null = null
  const begin = (): Promise<void> => {
    loading ??= (async () => {
      // To begin loading takes a slow phone some time: what is not first begins in a turn of its own, so that a touch is heard between two.
      if (!isFirst) await new Promise((resolve) => setTimeout(resolve))
      const component = await whenLoaded(load)
      if (!isFirst) await allWords()
      loaded = component
    })()
    return loading
  }
  const Lazily = (props: Props) => {
    const [, setIsHere] = useState(loaded !== null)
    useEffect(() => {
      let isLeft = false
      void begin().then(() => {
        if (!isLeft) setIsHere(true)
      })
      return () => {
        isLeft = true
      }
    }, [])
    if (loaded) {
      const Loaded = loaded
      return <Loaded {...props} />
    }
    return isQuiet ? null : <p role="status">{t.common.loading}</p>
  }
  return Object.assign(Lazily, { load: () => void begin() })
}
