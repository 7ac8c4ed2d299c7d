/** What waits to be stored of one member and source, gathered from many messages. */
import type { AsideReason } from '../../shared/protocol/wire.ts'
import type { FixBatch, Stored } from '../store/store.ts'
import type { Batch } from './fix-batcher.ts'

export type FixGroup = Pick<FixBatch, 'runId' | 'memberId' | 'source'> & {
  readonly points: FixBatch['points'][number][]
  readonly droppedKeys: number[]
  readonly aside: Record<string, number>
  progress: Batch['progress']
  readonly awaiting: { resolve(stored: Stored): void; reject(fault: unknown): void }[]
  onStored: ((stored: Stored) => void) | undefined
}

/** Made once for many batches: it costs more than the rest of gathering one. */
export const groupKey = (runId: string, memberId: string, source: string): string => `${runId} ${memberId} ${source}`

export const sizeOf = ({ points, droppedKeys }: Pick<FixBatch, 'points' | 'droppedKeys'>): number =>
  points.length + droppedKeys.length

/** Written out: spread from parts it costs several times as much, and each few fixes make one. */
export const emptyGroup = ({ runId, memberId, source, progress }: Batch): FixGroup => ({
  runId,
  memberId,
  source,
  points: [],
  droppedKeys: [],
  aside: {},
  progress,
  awaiting: [],
  onStored: undefined,
})

export function gather(group: FixGroup, { points, droppedKeys, aside, progress }: Batch): void {
  for (const point of points) group.points.push(point)
  for (const key of droppedKeys) group.droppedKeys.push(key)
  for (const reason in aside) group.aside[reason] = (group.aside[reason] ?? 0) + (aside[reason as AsideReason] ?? 0)
  group.progress = progress
}

export const asPut = ({
  runId,
  memberId,
  source,
  points,
  droppedKeys,
  aside,
  progress,
  awaiting,
}: FixGroup): FixBatch => ({
  ...{ runId, memberId, source, points, droppedKeys, aside },
  progress: progress(awaiting.length > 0),
})
