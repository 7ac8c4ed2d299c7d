/** What a custom property of the page's styles is as a colour just now: a canvas does not follow themes by itself. */
export function coloursOf<Name extends string>(box: HTMLElement, names: readonly Name[]): Record<Name, string> {
  const probe = document.createElement('i')
  probe.hidden = true
  const beside = box.parentElement ?? document.body
  beside.append(probe)
  const colours = names.map((name) => {
    probe.style.color = `var(--${name})`
    return [name, getComputedStyle(probe).color]
  })
  probe.remove()
  return Object.fromEntries(colours) as Record<Name, string>
}

/** Calls when the theme may have changed, until what is returned is called. */
export function onTheme(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', changed)
  // Where a theme is chosen by hand it stands on the root.
  const root = new MutationObserver(changed)
  root.observe(document.documentElement, { attributes: true })
  return () => {
    dark.removeEventListener('change', changed)
    root.disconnect()
  }
}
