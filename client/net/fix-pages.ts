/**
 * Fixes as a phone keeps them: in pages, each time the phone is opened in a stream of its own. A stream's
 * numbers are never continued: a page that was lost with the power may hold numbers the server has already.
 */
import type { Fix } from '../../shared/geo/fix.ts'
import { OUTBOX_VERSION } from '../../shared/protocol/version.ts'
import type { NumberedFix } from '../../shared/protocol/wire.ts'
import { addRanges, hasSeq, type SeqRanges } from '../../shared/seq-ranges.ts'
import { newId } from './new-id.ts'
import type { PhoneStorage } from './phone-storage.ts'

const PAGE_FIXES = 64
const STREAM = 'stream/'

export type KeptFix = { readonly streamId: string; readonly fix: NumberedFix }
type StoredStream = { readonly v: number; readonly ranges: SeqRanges }

export class FixPages {
  private readonly storage: PhoneStorage
  private readonly streamId = newId<string>('x').slice(2, 18)
  private readonly ranges = new Map<string, SeqRanges>()
  /** In the order they were recorded, as far as one phone can tell. */
  private kept = new Map<string, KeptFix>()
  private nextSeq = 1
  private page: NumberedFix[] = []

  constructor(storage: PhoneStorage) {
    this.storage = storage
  }

  /** What earlier pages or processes recorded and the server has not confirmed goes before what is new. */
  async load(): Promise<void> {
    const keys = await this.storage.keys()
    const old = new Map<string, KeptFix>()
    for (const streamKey of keys.filter((key) => key.startsWith(STREAM))) {
      const streamId = streamKey.slice(STREAM.length)
      const stream = (await this.storage.get(streamKey)) as StoredStream | undefined
      if (streamId === this.streamId || stream?.v !== OUTBOX_VERSION) continue
      this.ranges.set(streamId, stream.ranges)
      for (const key of keys.filter((each) => each.startsWith(`fixes/${streamId}/`)).sort()) {
        if (isCovered(stream.ranges, Number(key.split('/')[2]))) continue
        for (const fix of ((await this.storage.get(key)) ?? []) as NumberedFix[])
          if (!hasSeq(stream.ranges, fix.seq)) old.set(`${streamId}/${fix.seq}`, { streamId, fix })
      }
    }
    this.kept = new Map([...old, ...this.kept])
  }

  add(fix: Fix): KeptFix {
    const { streamId } = this
    if (this.nextSeq === 1) {
      this.ranges.set(streamId, [])
      this.keepStream(streamId)
    }
    const numbered = { ...fix, seq: this.nextSeq++ }
    const pageNo = Math.floor((numbered.seq - 1) / PAGE_FIXES)
    if ((numbered.seq - 1) % PAGE_FIXES === 0) this.page = []
    this.page.push(numbered)
    this.keep(pageKey(streamId, pageNo), this.page)
    const kept = { streamId, fix: numbered }
    this.kept.set(`${streamId}/${numbered.seq}`, kept)
    return kept
  }

  /** All that this phone recorded since it was opened, and nothing of it was sent: its clock was wrong by so much. */
  retime(errorMs: number): void {
    const { streamId } = this
    const pages = new Map<number, NumberedFix[]>()
    for (const [key, one] of this.kept) {
      if (one.streamId !== streamId) continue
      const fix = { ...one.fix, takenAtMs: Math.max(0, one.fix.takenAtMs + errorMs) }
      this.kept.set(key, { streamId, fix })
      const pageNo = Math.floor((fix.seq - 1) / PAGE_FIXES)
      pages.set(pageNo, [...(pages.get(pageNo) ?? []), fix])
    }
    for (const [pageNo, page] of pages) {
      this.page = page
      this.keep(pageKey(streamId, pageNo), page)
    }
  }

  received(streamId: string, ranges: SeqRanges): void {
    const all = addRanges(this.ranges.get(streamId) ?? [], ranges)
    this.ranges.set(streamId, all)
    for (const [key, { fix, streamId: of }] of this.kept)
      if (of === streamId && hasSeq(all, fix.seq)) this.kept.delete(key)
    this.keepStream(streamId)
  }

  streamIds = (): string[] => [...this.ranges.keys()]

  /** What the server has of a stream now, be it less than it once said: what is missing is unstored again. */
  async replace(streamId: string, ranges: SeqRanges): Promise<void> {
    const before = this.ranges.get(streamId) ?? []
    if (before.every(([from, to]) => ranges.some((range) => range[0] <= from && to <= range[1])))
      return this.received(streamId, ranges)
    this.ranges.set(streamId, ranges)
    this.keepStream(streamId)
    const missing = new Map<string, KeptFix>()
    const keys = (await this.storage.keys()).filter((key) => key.startsWith(`fixes/${streamId}/`)).sort()
    for (const key of keys)
      for (const fix of ((await this.storage.get(key)) ?? []) as NumberedFix[])
        if (!hasSeq(this.ranges.get(streamId) ?? [], fix.seq)) missing.set(`${streamId}/${fix.seq}`, { streamId, fix })
    for (const [key, one] of this.kept) missing.set(key, one) // the same objects as before for what is on its way
    this.kept = missing
  }

  isUnstored = ({ streamId, fix }: KeptFix): boolean => this.kept.has(`${streamId}/${fix.seq}`)
  unstored = (): Iterable<KeptFix> => this.kept.values()
  unstoredCount = (): number => this.kept.size
  newestUnstored = (): KeptFix | undefined => [...this.kept.values()].at(-1)

  private keepStream(streamId: string): void {
    this.keep(STREAM + streamId, { v: OUTBOX_VERSION, ranges: this.ranges.get(streamId) ?? [] } satisfies StoredStream)
  }

  /** A write that fails costs what a reload would find, not what is sent from memory. */
  private keep(key: string, value: unknown): void {
    void this.storage.set(key, value).catch(() => undefined)
  }
}

const pageKey = (streamId: string, pageNo: number): string => `fixes/${streamId}/${String(pageNo).padStart(6, '0')}`

function isCovered(ranges: SeqRanges, pageNo: number): boolean {
  const [first, last] = [pageNo * PAGE_FIXES + 1, (pageNo + 1) * PAGE_FIXES]
  return ranges.some(([from, to]) => from <= first && last <= to)
}
