/** How members take part in Serik's runs. */
import { dial, seated, wish } from './serik-phone.ts'
import { addressFor, type Join } from './system.ts'

/** Of a run's members the leader is the first. */
export type Seats = readonly (readonly string[])[]

/** Of the lane alone: nobody is anybody. */
export const frameJoin =
  (addresses: readonly string[]): Join =>
  async (runNo, memberNo, onPlace) =>
    (await dial(addressFor(addresses, memberNo), `${runNo}/${memberNo + 1}`, { onPlace })).asLine

type Seated = Awaited<ReturnType<typeof seated>>
export type SeatedPhone = Seated & { readonly runNo: number; readonly memberNo: number }

export type Joining = {
  /** Takes its fixes just before the run's tick, as the SDK does. */
  readonly isForTheTick?: boolean
  readonly onEvent?: (runNo: number, memberNo: number, event: string, body: unknown) => void
  readonly onSeated?: (phone: SeatedPhone) => unknown
}

/** Takes its seat, lets the run begin when it is the leader's, and shares its place. */
export const seatedJoin =
  (addresses: readonly string[], seats: Seats, { isForTheTick = false, onEvent, onSeated }: Joining = {}): Join =>
  async (runNo, memberNo, onPlace) => {
    const phone = await seated(addressFor(addresses, memberNo), seats[runNo]?.[memberNo] ?? '', {
      onPlace,
      onEvent: (event, body) => onEvent?.(runNo, memberNo, event, body),
    })
    const { line, asLine, welcome, nextFixInMs } = phone
    await wish(line, { type: 'start-sharing', sinceMs: welcome.nowMs })
    if (memberNo === 0) await wish(line, { type: 'start-run' })
    await onSeated?.({ ...phone, runNo, memberNo })
    return isForTheTick ? { ...asLine, nextFixInMs } : asLine
  }
