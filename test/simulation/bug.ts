import type { Dial } from '../../client/net/connection.ts'
import type { PhoneStorage } from '../../client/net/phone-storage.ts'
import type { Bus } from '../../server/store/bus.ts'
import type { Store } from '../../server/store/store.ts'
import type { VirtualTime } from './virtual-time.ts'

export type Seam = { readonly time: VirtualTime }

/** What a planted bug puts around a part of the product, where the product meets the world. */
export type Bug = {
  readonly store?: (store: Store, seam: Seam) => Store
  readonly bus?: (bus: Bus, seam: Seam) => Bus
  /** A phone's way to the nodes. `phone` names its member: the same in all of its lives. */
  readonly dial?: (dial: Dial, seam: Seam, phone: string) => Dial
  readonly storage?: (storage: PhoneStorage, seam: Seam, phone: string) => PhoneStorage
}
