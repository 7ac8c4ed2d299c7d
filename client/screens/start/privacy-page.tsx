import { useEffect, useState } from 'preact/hooks'
import type { About } from '../../../shared/protocol/http.ts'
import { about, isRefusal } from '../../net/http-calls.ts'
import { followHere } from '../navigate.ts'
import { t } from '../texts.ts'
import { PageTop } from './page-top.tsx'

type MapSource = { readonly map?: { readonly styleUrl: string; readonly hosts?: readonly string[] } | null }

/** Whom the map asks besides this server. */
function foreignHosts({ map }: About & MapSource): readonly string[] {
  const hosts = [map?.styleUrl, ...(map?.hosts ?? [])].flatMap((url) => (url ? [new URL(url, location.href).host] : []))
  return [...new Set(hosts)].filter((host) => host !== location.host)
}

/** `/privacy`: true on the server it came from, whose map it names. */
export function PrivacyPage() {
  const [mapHosts, setMapHosts] = useState<readonly string[]>([])
  useEffect(() => {
    void about(location.origin).then((answer) => {
      if (!isRefusal(answer)) setMapHosts(foreignHosts(answer))
    })
  }, [])
  const mapWords = mapHosts.length > 0 ? t.privacy.mapFrom(mapHosts.join(', ')) : t.privacy.mapOwn
  const parts: readonly (readonly [heading: string, ...said: string[]])[] = [
    [t.privacy.what, t.privacy.whatYours, t.privacy.whatPlace],
    [t.privacy.untilWhen, t.privacy.untilStop, t.privacy.untilGone, t.privacy.clubs],
    [t.privacy.whom, t.privacy.whomRun, t.privacy.whomNumbers, t.privacy.whomOthers],
    [t.privacy.erase, t.privacy.eraseHow],
    [t.privacy.minors, t.privacy.minorsHow],
    [t.privacy.where, t.privacy.whereServer(location.host), t.privacy.wherePhone],
    [t.privacy.trackers, t.privacy.trackersHow],
    [t.privacy.push, t.privacy.pushHow],
    [t.privacy.map, mapWords],
  ]
  return (
    <>
      <PageTop />
      <main class="page reading">
        <h1>{t.privacy.heading}</h1>
        <p class="lead">{t.privacy.short}</p>
        {parts.map(([heading, ...said]) => (
          <section key={heading}>
            <h2>{heading}</h2>
            {said.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </section>
        ))}
        <a class="button" href="/" onClick={followHere}>
          {t.common.home}
        </a>
      </main>
    </>
  )
}
