import { coordinates } from '../parts/place-text.ts'
import { useRun } from '../run/running.ts'
import { clockText, t } from '../texts.ts'
import { myPlace } from './where-i-am.tsx'

type SmsLinksProps = { readonly leaders: readonly { readonly name: string; readonly phone: string }[] }

/** BR23: a text message goes where no page does; its words are ready, with a link that any phone opens. */
export function SmsLinks({ leaders }: SmsLinksProps) {
  const run = useRun()
  const place = myPlace(run)
  const body = place
    ? t.sms.body(coordinates(place), mapLink(place), clockText(place.takenAtMs, run.nowMs))
    : t.sms.bodyNoPlace
  const href = (phone: string) => `sms:${phone.replaceAll(/[^+0-9]/g, '')}?&body=${encodeURIComponent(body)}`
  return (
    <>
      {leaders.map(({ name, phone }) => (
        <a key={phone} class="button call-leader" href={href(phone)}>
          {t.sms.write(name)}
        </a>
      ))}
      {leaders.length === 0 && (
        <a class="button call-leader" href={href('')}>
          {t.sms.anybody}
        </a>
      )}
      <p class="hint">{t.sms.hint}</p>
    </>
  )
}

type Point = { readonly latitudeDeg: number; readonly longitudeDeg: number }

const mapLink = ({ latitudeDeg, longitudeDeg }: Point): string => {
  const at = `${latitudeDeg.toFixed(5)}`
  const on = `${longitudeDeg.toFixed(5)}`
  return `https://www.openstreetmap.org/?mlat=${at}&mlon=${on}#map=17/${at}/${on}`
}
