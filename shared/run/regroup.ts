/** A place and a time where a group, or all, come together. */
import { z } from 'zod/mini'
import { placeSchema } from '../geo/fix.ts'
import { type GroupId, groupIdSchema, memberIdSchema, regroupIdSchema, timeMsSchema } from '../units.ts'

export const regroupAnswers = ['coming', 'not-coming', 'here'] as const
export const regroupAnswerSchema = z.enum(regroupAnswers)
export type RegroupAnswer = z.infer<typeof regroupAnswerSchema>

export const regroupSchema = z.strictObject({
  regroupId: regroupIdSchema,
  /** `null` for everybody. */
  groupId: z.nullable(groupIdSchema),
  place: placeSchema,
  /** Along the route, when it lies there. */
  atM: z.nullable(z.number()),
  atMs: timeMsSchema,
  calledById: memberIdSchema,
  calledAtMs: timeMsSchema,
  answers: z.array(z.strictObject({ memberId: memberIdSchema, answer: regroupAnswerSchema })),
  isOver: z.boolean(),
})
export type Regroup = z.infer<typeof regroupSchema>

/** Whether it is for this member to come, and to answer. */
export const isCalled = (
  { groupId }: Pick<Regroup, 'groupId'>,
  member: { readonly groupId: GroupId | null },
): boolean => groupId === null || groupId === member.groupId
