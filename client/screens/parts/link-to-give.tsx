import { useEffect, useState } from 'preact/hooks'
import { t } from '../texts.ts'

type LinkToGiveProps = { readonly url: string; readonly label: string; readonly hasCode?: boolean }

/** A link to hand on: to copy, to send with the phone's own share sheet, to scan. */
export function LinkToGive({ url, label, hasCode = true }: LinkToGiveProps) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url)
      setCopied(true)
    } catch {
      setCopied(false) // no clipboard on plain http: the link can be marked and copied by hand
    }
  }
  return (
    <div class="link">
      <input
        class="link-url"
        type="text"
        readOnly
        value={url}
        aria-label={label}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="row">
        {window.isSecureContext && (
          <button type="button" onClick={copy}>
            {isCopied ? t.common.copied : t.common.copy}
          </button>
        )}
        {'share' in navigator && (
          <button type="button" onClick={() => void navigator.share({ title: label, url }).catch(() => {})}>
            {t.common.share}
          </button>
        )}
      </div>
      {hasCode && <QrCode text={url} label={label} />}
    </div>
  )
}

/** Drawn when it is first shown: most visits need no code and do not load it. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const [svg, setSvg] = useState<string | null>(null)
  useEffect(() => {
    let isCurrent = true
    void import('uqr').then(({ renderSVG }) => {
      if (isCurrent) setSvg(renderSVG(text, { border: 2 }))
    })
    return () => {
      isCurrent = false
    }
  }, [text])
  if (!svg) return <div class="qr" aria-hidden="true" />
  return <img class="qr" alt={label} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />
}
