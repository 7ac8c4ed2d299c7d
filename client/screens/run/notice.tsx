import { useEffect } from 'preact/hooks'
import { t } from '../texts.ts'
import { useRun } from './running.ts'

export const SHOWN_MS = 5_000

/** What just happened or was refused, for a moment. */
export function Notice() {
  const { notice } = useRun()
  const text = notice.value
  useEffect(() => {
    if (!text) return
    const timer = setTimeout(() => {
      notice.value = null
    }, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [text, notice])
  return (
    <div class="notices" role="status">
      {text && (
        <p class="toast">
          {text}
          <button
            type="button"
            class="quiet cross toast-close"
            aria-label={t.common.dismiss}
            onClick={() => {
              notice.value = null
            }}
          >
            ×
          </button>
        </p>
      )}
    </div>
  )
}
