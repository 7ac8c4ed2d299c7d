/** What a node has done since it began: plain numbers, cheap to count where work is hot. The metrics read them. */
export type Tally = {
  fixesTaken: number
  fixesRefused: number
  framesSent: number
  keyFramesSent: number
  /** A reader was behind. */
  framesSkipped: number
  /** Held too much unread. */
  readersLetGo: number
  /** Taken by a push service. */
  pushesSent: number
  /** Refused by it, or not sent in time. */
  pushesFailed: number
  /** Not sent because too many waited. */
  pushesDropped: number
  /** Subscriptions that were over. */
  pushesGone: number
  /** What is left out for load now (core/load.ts). */
  loadLevel: number
}

export const newTally = (): Tally => ({
  fixesTaken: 0,
  fixesRefused: 0,
  framesSent: 0,
  keyFramesSent: 0,
  framesSkipped: 0,
  readersLetGo: 0,
  pushesSent: 0,
  pushesFailed: 0,
  pushesDropped: 0,
  pushesGone: 0,
  loadLevel: 0,
})
