import type { Fix } from '../../shared/geo/fix.ts'

/** What a tracker app posted, before anybody looked at it. */
export type TrackerPost = {
  /** Lower case, without parameters: `application/json`. */
  readonly contentType: string
  readonly query: URLSearchParams
  readonly bodyText: string
  /** Stands in for a time the app did not send, and shows which wrong ones can be put right. */
  readonly receivedAtMs: number
}

/** What one post says, in our units. */
export type TrackerReport = {
  readonly fixes: readonly Fix[]
  /** Points that could not be read; they are counted, never refused: apps retry or delete on a refusal. */
  readonly unreadable: number
  /** The person pressed the app's SOS. */
  readonly isCallForHelp: boolean
}

/** One tracker app's way of speaking. Never throws, whatever was posted. */
export type IngestProtocol = {
  readonly name: string
  read(post: TrackerPost): TrackerReport
}
