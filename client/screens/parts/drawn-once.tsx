import type { ComponentChildren, ComponentType } from 'preact'
import { useRef } from 'preact/hooks'

/** A component that is drawn again only when one of its properties is another. */
export function drawnOnce<Props extends object>(Draw: ComponentType<Props>): (props: Props) => ComponentChildren {
  return (props) => {
    const last = useRef<{ readonly props: Props; readonly drawn: ComponentChildren } | null>(null)
    if (!last.current || !isSame(last.current.props, props)) last.current = { props, drawn: <Draw {...props} /> }
    return last.current.drawn
  }
}

const isSame = <Props extends object>(a: Props, b: Props): boolean =>
  Object.keys(b).every((name) => a[name as keyof Props] === b[name as keyof Props])
