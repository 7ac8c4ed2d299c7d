import { keepSeat, keptSeats } from '../kept.ts'
import { t } from '../texts.ts'
import { useRun } from './running.ts'

const order = ['leader', 'runner', 'cyclist']

/** In the demo this browser holds three seats of one run: the last used is the one on the screen. */
export function DemoSwitch({ onOtherSeat }: { readonly onOtherSeat: () => void }) {
  const { kept } = useRun()
  const seats = keptSeats()
    .filter(({ key }) => key === kept.key)
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
  return (
    <fieldset class="choice demo">
      <legend>{t.demo.long}</legend>
      {seats.map((each) => (
        <button
          key={each.seat}
          type="button"
          class="demo-seat"
          aria-pressed={each.seat === kept.seat}
          onClick={() => {
            keepSeat(each)
            onOtherSeat()
          }}
        >
          {t.roles[each.role]}
        </button>
      ))}
    </fieldset>
  )
}
