import { t } from '../texts.ts'

/** In place of a button that no browser lets work on plain http. */
export function HttpsNotice() {
  const host = location.hostname
  return (
    <div class="card notice">
      <h3>{t.sharing.needsHttps}</h3>
      <p>{t.sharing.needsHttpsLong}</p>
      <details>
        <summary>{t.sharing.caddyHow}</summary>
        <pre>
          {`apt-get install caddy
caddy reverse-proxy --from YOUR.DOMAIN --to ${host}:${location.port || '80'}`}
        </pre>
      </details>
    </div>
  )
}
