/** Code that is loaded when it is needed, so that the buttons somebody came for work first. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from './texts.ts'

const AGAIN_AFTER_MS = 2_000

/** Loads a part of the page; in a dead zone it tries until it comes. */
export async function whenLoaded<Module>(load: () => Promise<Module>): Promise<Module> {
  for (;;) {
    try {
      return await load()
    } catch {
      // No network just now, or a new version of the page is being put up.
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS))
    }
  }
}

/** A component whose code is loaded when it is first drawn. `isQuiet`: until then nothing is said. */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { isQuiet = false } = {},
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null
  return (props: Props) => {
    const [, setIsHere] = useState(loaded !== null)
    useEffect(() => {
      if (loaded) return
      let isLeft = false
      void whenLoaded(load).then((component) => {
        loaded = component
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
}
