import { useEffect, useState } from 'preact/hooks'
import { SECOND_MS } from '../../../shared/units.ts'
import { ageText, t } from '../texts.ts'
import { openPhone } from './open-phone.ts'

const KB = 1_000
const MB = 1_000 * KB
const COUNTED_EVERY_MS = 5 * SECOND_MS

const sizeText = (bytes: number): string =>
  bytes < MB ? t.push.data.kb(t.formats.decimal(bytes / KB, 0)) : t.push.data.mb(t.formats.decimal(bytes / MB, 1))

/** PW10: what the open run has cost so far; nothing outside of one. */
export function DataUsed() {
  const phone = openPhone.value
  const [, setLooks] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setLooks((looks) => looks + 1), COUNTED_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const { sentBytes, receivedBytes, sinceMs } = phone?.traffic() ?? { sentBytes: 0, receivedBytes: 0, sinceMs: null }
  if (!phone || sinceMs === null) return null
  const size = sizeText(sentBytes + receivedBytes)
  return (
    <p class="hint">
      {t.push.data.heading}: <strong>{t.push.data.used(size, ageText(Math.max(0, phone.nowMs() - sinceMs)))}</strong>.{' '}
      {t.push.data.hint}
    </p>
  )
}
